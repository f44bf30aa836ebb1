"""Labelled rows that cannot be compared are named with file, line and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classify.errors import TrainingDataError
from classify.measuring.evaluate_facts import evaluate_facts, read_fact_rows
from classify.rows import read_rows

FACT = {
    "id": "1",
    "kind": "money",
    "category": "finance",
    "actor": "Northbeam",
    "text": "Northbeam raises $5m",
    "expected": {"amount": "5000000", "currency": "USD", "round": None},
}


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json.dumps(FACT).encode() + b"\n\xe9\n")
    with pytest.raises(TrainingDataError, match=r"rows\.jsonl:\d: not written in UTF-8"):
        read_fact_rows(path)
    path.write_bytes(b'{"text": "caf\xe9", "label": "none"}\n')
    with pytest.raises(TrainingDataError, match=r"rows\.jsonl:1: not written in UTF-8"):
        read_rows(path)


def test_a_byte_order_mark_before_the_first_row_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "x", "label": "none"}\n\n')
    assert [row.text for row in read_rows(path)] == ["x"]


def test_a_line_separator_within_a_text_ends_no_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({**FACT, "text": "Northbeam\u2028raises $5m"}, ensure_ascii=False) + "\n")
    assert len(read_fact_rows(path)) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "moneys"}, "kind is 'moneys'; use one of"),
        ({"expected": "5000000"}, "expected: "),
        ({"expected": {"amount": "five", "currency": "USD", "round": None}}, "'five' is no number"),
        ({"expected": {"amount": "5"}}, "expected.currency: field required"),
        ({"kind": "people", "expected": [{"name": "Mara Quill"}]}, "expected.0.role: field required"),
        ({"kind": "partners", "expected": "Lumo"}, "expected: input should be a valid list"),
        ({"kind": "prices", "expected": None}, "expected: input should be a valid list"),
        ({"colour": "red"}, "colour: extra inputs are not permitted"),
    ],
)
def test_what_a_row_expects_has_the_shape_of_its_kind(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{json.dumps(FACT)}\n\n{json.dumps(FACT | change)}\n")
    with pytest.raises(TrainingDataError, match=r"rows\.jsonl:3: ") as caught:
        evaluate_facts(path)
    assert said in str(caught.value)


def test_a_file_without_a_row_has_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n")
    with pytest.raises(TrainingDataError, match="no row"):
        evaluate_facts(path)
