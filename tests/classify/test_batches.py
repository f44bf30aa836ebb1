"""How many changes are handled at once, and whether one of them crashes, makes no difference to the others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from classify.classifier import Classifier, Reading, make_classifier
from classify.model.embed import DIMENSIONS, Embeddings
from classify.model.head import find_head
from classify.run import classify_some, read_ahead, run_classify
from classify.text_input import TextInput
from config.settings import ClassifySettings
from store.changes import narrow_change
from store.database import Database
from store.schema import upgrade
from store.signals import signals_since
from tests.classify.conftest import World

STORED = (
    "SELECT * FROM signal ORDER BY id",
    "SELECT * FROM evidence ORDER BY id",
    "SELECT * FROM relation ORDER BY id",
    'SELECT * FROM "drop" ORDER BY id',
)
RETOLD = (
    "Northbeam appoints Mara Quill as Chief Financial Officer",
    "Mara Quill joins Northbeam as CFO. She was at Castlewood before.",
    "Northbeam acquires Halden Labs for $40 million",
    "Northbeam buys Halden Labs. The price is $40 million.",
    "Northbeam calls off its acquisition of Halden Labs",
)
ACTS = (
    "Northbeam launches {}, a new product for identity checks",
    "We are excited to announce our partnership with {}",
    "{} chooses Northbeam to verify its customers in Spain",
    "Northbeam acquires {} for $12 million",
    "Register now for our webinar with {} on 4 May",
    "How to choose an identity provider: five tips for {}",
    "The price of the {} plan rises from $40 to $55 a month",
    "Northbeam names {} its partner of the year",
    "We use cookies. See what {} stores about you.",
    "Northbeam opens an office in {} and hires 40 engineers",
    "{}",
)


class Hashed:
    """Rows of length 1 that depend on nothing but the text: what the real model gives, to the last bit."""

    name = "builtin"

    def encode(self, texts: Sequence[str]) -> Embeddings:
        rows = np.stack([_noise(text) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _noise(text: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return np.random.default_rng(seed).normal(size=DIMENSIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashing(Classifier):
    """Leaves out what it read of some texts, which nothing that follows is made for."""

    on: frozenset[str]

    def read(self, texts: Sequence[TextInput]) -> list[Reading]:
        readings = Classifier.read(self, texts)
        return [
            replace(reading, categories={}) if given.text in self.on else reading
            for given, reading in zip(texts, readings, strict=True)
        ]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    others = [act.format(name) for name in ("Brindle", "Quanta Vale", "Ostrava") for act in ACTS]
    return [*RETOLD[:3], *others, *RETOLD[3:]]


@pytest.fixture(scope="module")
def quick() -> Classifier:
    return make_classifier(ClassifySettings(), Hashed(), find_head("builtin"))


def stored(
    folder: Path, texts: Sequence[str], classifier: Classifier, now: datetime, limit: int
) -> list[list[tuple[object, ...]]]:
    """Return all rows that the stage leaves after handling the texts ``limit`` at a time."""
    with Database(f"sqlite:///{folder}/at-once-{limit}.db") as database:
        fill(database, texts, now)
        handled = 1
        while handled:
            with database.write() as session:
                handled = run_classify(session, now, classifier, ClassifySettings(), limit=limit)
        return rows_of(database)


def fill(database: Database, texts: Sequence[str], now: datetime) -> None:
    upgrade(database)
    with database.write() as session:
        world = World(session, now)
        for number, words in enumerate(texts):
            world.change(added=[words], source=f"blog-{number % 3}", at=now + timedelta(hours=number))


def rows_of(database: Database) -> list[list[tuple[object, ...]]]:
    with database.read() as session:
        return [[tuple(row) for row in session.execute(text(query))] for query in STORED]


def test_one_by_one_and_all_at_once_store_the_same_rows(tmp_path, texts, quick, now):
    one_by_one = stored(tmp_path, texts, quick, now, 1)
    signals, evidence, _, drops = one_by_one
    assert len(evidence) >= len(signals) > 0
    assert drops
    assert stored(tmp_path, texts, quick, now, 7) == one_by_one
    assert stored(tmp_path, texts, quick, now, 500) == one_by_one


def test_what_is_read_before_the_lock_is_stored_as_what_is_read_under_it(tmp_path, texts, quick, now):
    with Database(f"sqlite:///{tmp_path}/ahead.db") as database:
        fill(database, texts, now)
        assert classify_some(database, now, quick, ClassifySettings()) == len(texts)
        assert classify_some(database, now, quick, ClassifySettings()) == 0
        assert rows_of(database) == stored(tmp_path, texts, quick, now, 500)


def test_change_that_was_narrowed_after_it_was_read_is_read_again(tmp_path, quick, now):
    with Database(f"sqlite:///{tmp_path}/narrowed.db") as database:
        fill(database, RETOLD[2:4], now)
        with database.write() as session:
            ahead = read_ahead(session, quick)
            narrow_change(session, replace(ahead[0].change, added=RETOLD[:1]))
        with database.write() as session:
            run_classify(session, now, quick, ClassifySettings(), ahead=ahead[:1])
        with database.read() as session:
            told = [signal.meaning.text for signal in signals_since(session, now)]
        assert RETOLD[0] in told
        assert RETOLD[2] not in told


@pytest.mark.parametrize("broken", [[0], [3, 4, 37], list(range(0, 38, 2))])
def test_change_that_crashes_is_dropped_and_stops_no_other(tmp_path, texts, quick, now, broken, caplog):
    crashing = Crashing(
        encoder=quick.encoder, head=quick.head, on=frozenset(texts[place] for place in broken)
    )
    one_by_one = stored(tmp_path, texts, crashing, now, 1)
    at_once = stored(tmp_path, texts, crashing, now, 500)
    assert [row[1:] for rows in at_once for row in rows] == [row[1:] for rows in one_by_one for row in rows]
    assert 0 < sum("crashed" in row for row in at_once[3]) <= len(broken)
    assert "change not classified" in caplog.text
