"""The shipped head belongs to the shipped rows, and nothing in it is executable."""

import json
from pathlib import Path

import pytest

from classify.cues import CUES
from classify.errors import ModelError, TrainingDataError
from classify.head import ARTEFACTS, CARD_FILE, WEIGHTS_FILE, load_head
from classify.rows import joined, read_rows, rows_digest, training_files, training_rows
from store.kinds import Category

LIMIT_BYTES = 3_000_000


def test_head_was_trained_on_the_rows_in_the_project():
    head = load_head()
    rows = training_rows()
    assert head.rows == len(rows)
    assert head.data_digest == rows_digest(rows), "run 'python -m classify.train'"


def test_artefact_is_small_and_holds_no_pickle():
    assert sum(path.stat().st_size for path in ARTEFACTS.iterdir()) < LIMIT_BYTES
    assert {path.name for path in ARTEFACTS.iterdir()} == {WEIGHTS_FILE, CARD_FILE}
    assert load_head().categories == tuple(Category)


def test_every_category_has_training_rows_and_every_file_is_read():
    rows = training_rows()
    assert {row.label for row in rows} == set(Category)
    assert {row.origin for row in rows} == {path.name for path in training_files()}


def test_head_of_another_version_is_refused(tmp_path: Path):
    for path in ARTEFACTS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    card = json.loads((tmp_path / CARD_FILE).read_text())
    card["cues"] = [name for name, _ in CUES][1:]
    (tmp_path / CARD_FILE).write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"another version.*classify\.train"):
        load_head(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not a zip file"])
def test_damaged_head_is_refused_with_a_remedy(tmp_path: Path, damage: bytes):
    (tmp_path / CARD_FILE).write_bytes((ARTEFACTS / CARD_FILE).read_bytes())
    (tmp_path / WEIGHTS_FILE).write_bytes(damage)
    with pytest.raises(ModelError, match=r"python -m classify\.train"):
        load_head(tmp_path)


def test_bad_row_names_file_line_and_field(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "label": "none"}\n\n{"text": "b", "label": "gossip"}\n')
    with pytest.raises(TrainingDataError, match=r"rows\.jsonl:3: label: "):
        read_rows(path)


def test_title_and_text_are_joined_once():
    assert joined("We moved", "Our office is new.") == "We moved. Our office is new."
    assert joined("We moved!", "Our office is new.") == "We moved! Our office is new."
    assert joined("We moved", "We moved to Leeds.") == "We moved to Leeds."
    assert joined(None, " x ") == "x"
