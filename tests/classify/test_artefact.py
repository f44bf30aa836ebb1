"""The shipped head belongs to the shipped rows, and nothing in it is executable."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classify.errors import ModelError, OutdatedHeadError, TrainingDataError
from classify.model.adapter import ADAPTER_CARD, ADAPTER_FILE, load_adapter
from classify.model.cues import CUES
from classify.model.embed import BUILTIN, encoder_name
from classify.model.features import feature_rows
from classify.model.head import ARTEFACTS, CARD_FILE, WEIGHTS_FILE, find_head, load_head, save_head
from classify.rows import file_digests, joined, read_rows, rows_digest, training_files, training_rows
from classify.tagger.store import TAGGER_CARD, TAGGER_FILE
from store.kinds import Category

LIMIT_BYTES = 18_000_000
# The head follows every new row at once; the adapter takes half an hour, so it follows by the batch. A file of which it
# has read all but some corrected or later rows counts as unread here.
SHARE_READ = 0.80


def test_head_was_trained_on_the_rows_in_the_project():
    head = load_head()
    rows = training_rows()
    assert head.rows == len(rows)
    assert head.data_digest == rows_digest(rows), "run 'python -m classify.training.train'"
    assert head.model == encoder_name(BUILTIN), "run 'python -m classify.training.train'"


def test_adapter_has_read_nearly_all_rows_as_they_are_now():
    now = file_digests(training_rows())
    read = {name for name, digest in load_adapter().files.items() if now.get(name) == digest}
    rows = training_rows()
    assert sum(row.origin in read for row in rows) >= SHARE_READ * len(rows), (
        "run 'python -m classify.training.adapt'"
    )


def test_artefact_is_small_and_holds_no_pickle():
    assert sum(path.stat().st_size for path in ARTEFACTS.iterdir()) < LIMIT_BYTES
    assert {path.name for path in ARTEFACTS.iterdir()} == {
        WEIGHTS_FILE,
        CARD_FILE,
        ADAPTER_FILE,
        ADAPTER_CARD,
        TAGGER_FILE,
        TAGGER_CARD,
    }
    assert load_head().categories == tuple(Category)


def test_every_category_has_training_rows_and_every_file_is_read():
    rows = training_rows()
    assert {row.label for row in rows} == set(Category)
    assert {row.origin for row in rows} == {path.name for path in training_files()}


def test_head_of_another_version_is_refused(tmp_path: Path):
    for name in (WEIGHTS_FILE, CARD_FILE):
        (tmp_path / name).write_bytes((ARTEFACTS / name).read_bytes())
    card = json.loads((tmp_path / CARD_FILE).read_text())
    card["cues"] = [name for name, _ in CUES][1:]
    (tmp_path / CARD_FILE).write_text(json.dumps(card))
    with pytest.raises(OutdatedHeadError, match=r"another version.*rivalwatch train"):
        load_head(tmp_path)


def test_own_head_goes_before_the_packaged_one_and_an_outdated_one_is_left_aside(tmp_path: Path):
    packaged = load_head()
    assert find_head(BUILTIN, tmp_path).data_digest == packaged.data_digest
    save_head(replace(packaged, rows=7), tmp_path)
    assert find_head(BUILTIN, tmp_path).rows == 7
    card = json.loads((tmp_path / CARD_FILE).read_text())
    (tmp_path / CARD_FILE).write_text(json.dumps(card | {"format": 1}))
    assert find_head(BUILTIN, tmp_path).rows == packaged.rows


def test_head_of_another_sentence_model_is_not_used(tmp_path: Path):
    save_head(replace(load_head(), model="some/multilingual-model"), tmp_path)
    assert find_head(BUILTIN, tmp_path).model == encoder_name(BUILTIN)
    assert find_head("some/multilingual-model", tmp_path).model == "some/multilingual-model"
    with pytest.raises(ModelError, match=r"no head is trained for .*another-model.*rivalwatch train"):
        find_head("another-model", tmp_path)


def test_own_head_of_an_earlier_adapter_is_left_aside(tmp_path: Path):
    packaged = load_head()
    save_head(replace(packaged, model="builtin+0123456789ab", rows=7), tmp_path)
    assert find_head(BUILTIN, tmp_path).rows == packaged.rows


def test_stored_head_scores_as_the_one_that_was_stored(tmp_path: Path):
    head = load_head()
    save_head(head, tmp_path)
    features = feature_rows(
        ["Brightwell opens an office"], np.ones((1, 384), dtype=np.float32), head.vocabulary
    )
    assert np.allclose(load_head(tmp_path).scores(features), head.scores(features), atol=1e-3)


@pytest.mark.parametrize("damage", [b"", b"not a zip file"])
def test_damaged_head_is_refused_with_a_remedy(tmp_path: Path, damage: bytes):
    (tmp_path / CARD_FILE).write_bytes((ARTEFACTS / CARD_FILE).read_bytes())
    (tmp_path / WEIGHTS_FILE).write_bytes(damage)
    with pytest.raises(ModelError, match=r"rivalwatch train"):
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
