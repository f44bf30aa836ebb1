"""Texts per second of the whole classify stage beside the bare sentence model, in one run.

    python -m bench.classify [--texts N]

Both halves see the same texts, alternating, so that the machine's mood weighs on both; medians of five rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from classify.classifier import Classifier, TextInput, load_classifier
from classify.embed import BATCH
from classify.rows import training_rows
from classify.run import run_classify
from config.settings import ClassifySettings
from store.database import Database
from store.kinds import ChangeState
from store.models.evidence import ChangeRow, SnapshotRow
from store.models.watch import RivalRow, SourceRow
from store.schema import upgrade

ROUNDS = 5
RIVALS = 12
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=192)
    wanted = parser.parse_args().texts
    rows = training_rows()
    step = max(1, len(rows) // wanted)
    texts = [row.text for row in rows[::step]][:wanted]
    classifier = load_classifier(ClassifySettings(threads=2))
    classifier.classify([TextInput(text=text) for text in texts[:BATCH]])
    runs: dict[str, list[float]] = {"bare encode": [], "classify": [], "whole stage": []}
    for _ in range(ROUNDS):
        runs["bare encode"].append(_seconds(lambda: classifier.encoder.encode(texts)))
        runs["classify"].append(
            _seconds(lambda: classifier.classify([TextInput(text=text) for text in texts]))
        )
        runs["whole stage"].append(_whole_stage(classifier, texts))
    print(json.dumps(_report(runs, texts), indent=1))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _whole_stage(classifier: Classifier, texts: Sequence[str]) -> float:
    """Return the seconds from waiting changes to stored signals and drops."""
    with TemporaryDirectory() as folder, Database(f"sqlite:///{Path(folder)}/bench.db") as database:
        upgrade(database)
        _fill(database, texts)
        return _seconds(lambda: _run(database, classifier))


def _run(database: Database, classifier: Classifier) -> None:
    handled = 1
    while handled:
        with database.write() as session:
            handled = run_classify(session, NOW, classifier, ClassifySettings())


def _fill(database: Database, texts: Sequence[str]) -> None:
    """Store `RIVALS` rivals and a change for each text, the texts dealt out in turn."""
    with database.write() as session:
        snapshots = [_snapshot(session, f"rival-{number}") for number in range(RIVALS)]
        for number, text in enumerate(texts):
            fact = {
                "kind": "entry",
                "action": "added",
                "title": text[:80],
                "before": None,
                "after": {"text": text},
            }
            snapshot = snapshots[number % RIVALS]
            session.add(
                ChangeRow(
                    source_id=snapshot.source_id,
                    after_snapshot_id=snapshot.id,
                    unit=str(number),
                    url=snapshot.url,
                    observed_at=NOW,
                    page_type="article",
                    added=[text],
                    facts=[fact],
                    state=ChangeState.CONFIRMED.value,
                    state_at=NOW,
                )
            )


def _snapshot(session: Session, key: str) -> SnapshotRow:
    rival = RivalRow(key=key, name=key.title(), domain=f"{key}.example", market="kyc")
    session.add(rival)
    session.flush()
    source = SourceRow(
        key=f"{key}/blog", rival_id=rival.id, type="feed", url=f"https://{key}.example/", every_seconds=3600
    )
    session.add(source)
    session.flush()
    snapshot = SnapshotRow(source_id=source.id, url=source.url, look="regular", fetched_at=NOW, state="ok")
    session.add(snapshot)
    session.flush()
    return snapshot


def _report(runs: dict[str, list[float]], texts: Sequence[str]) -> dict[str, object]:
    medians = {name: statistics.median(seconds) for name, seconds in runs.items()}
    bare = medians["bare encode"]
    return {
        "texts": len(texts),
        "mean_characters": round(statistics.mean(len(text) for text in texts)),
        "texts_per_second": {name: round(len(texts) / seconds, 1) for name, seconds in medians.items()},
        "time_against_bare_encode": {name: round(seconds / bare, 2) for name, seconds in medians.items()},
    }


if __name__ == "__main__":
    main()
