"""The labels of recorded payloads fit the payloads, and hold no text of their publishers."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.classify.real_rows import LABELS, PARTS, part_of, read_labels, rows

MOST_OF_A_FILE = 25


def test_each_label_is_a_category_and_leads_its_row() -> None:
    labels = read_labels()
    assert len(labels) >= 500
    assert [label.id for label in labels if label.labels[:1] != (label.label,)] == []
    assert [label.id for label in labels if len(set(label.labels)) != len(label.labels)] == []


def test_each_entry_is_labelled_once_and_no_payload_outweighs_the_others() -> None:
    labels = read_labels()
    assert [one for one, times in Counter(label.id for label in labels).items() if times > 1] == []
    assert max(Counter(label.sample for label in labels).values()) <= MOST_OF_A_FILE


def test_the_file_holds_no_text() -> None:
    with LABELS.open(encoding="utf-8") as lines:
        assert {frozenset(json.loads(line)) for line in lines} == {
            frozenset({"sample", "entry", "label", "labels"})
        }


def test_both_parts_hold_every_row_once() -> None:
    parts = Counter(part_of(label.id) for label in read_labels())
    assert set(parts) == set(PARTS)
    assert min(parts.values()) >= 200


def test_each_labelled_entry_is_found_in_its_payload(shared: Path) -> None:
    samples = shared / "samples"
    if not samples.is_dir():
        pytest.skip("the recorded payloads do not stand beside this checkout")
    written = list(rows(samples))
    assert len(written) == len(read_labels())
    assert [row["id"] for row in written if not row["text"]] == []
    assert {row["id"] for part in PARTS for row in rows(samples, part)} == {row["id"] for row in written}
