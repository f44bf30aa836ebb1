"""Texts per second of the whole classify stage beside the bare sentence model, in one run.

    python -m bench.classify [--texts N] [--rounds N]

All see the same texts, alternating, so that the machine's mood weighs on each; medians of the rounds. A quarter of the
texts is long, as articles and changelogs are; the bare model encodes them whole, the stage as much as it ever reads.
Seconds on the clock say what a user waits; processor seconds say what the work costs, and hold still on a machine that
others use as well. Without the tagger the rules read facts alone. The peak of memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from classify.classifier import Classifier, TextInput, load_classifier
from classify.model.embed import BATCH, BUILTIN, load_model
from classify.rows import training_rows
from classify.run import classify_some
from config.settings import ClassifySettings
from store.database import Database
from store.kinds import ChangeState
from store.models.evidence import ChangeRow, SnapshotRow
from store.models.watch import RivalRow, SourceRow
from store.schema import upgrade

LONG_FROM = 300  # Characters; of 76 the training texts have on average, most are titles.
LONG_SHARE = 4  # One text in four is long.
RIVALS = 12
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=192)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    texts = _texts(wanted.texts)
    classifier = load_classifier(ClassifySettings(threads=2))
    bare = load_model(BUILTIN)
    inputs = [TextInput(text=text) for text in texts]
    classifier.classify(inputs[:BATCH])
    rules = replace(classifier, tagger=None)
    runs: dict[str, list[Cost]] = {
        "bare encode": [],
        "classify, rules alone": [],
        "classify": [],
        "whole stage": [],
    }
    for _ in range(wanted.rounds):
        runs["bare encode"].append(_cost(lambda: bare.encode(texts, show_progress_bar=False)))
        runs["classify, rules alone"].append(_cost(lambda: rules.classify(inputs)))
        runs["classify"].append(_cost(lambda: classifier.classify(inputs)))
        runs["whole stage"].append(_whole_stage(classifier, texts))
    print(json.dumps(_report(runs, texts), indent=1))


def _texts(wanted: int) -> list[str]:
    """Return texts of the training set, evenly taken, one in `LONG_SHARE` of them long."""
    rows = [row.text for row in training_rows()]
    long = [text for text in rows if len(text) >= LONG_FROM]
    many = wanted // LONG_SHARE
    return [*_evenly(rows, wanted - many), *_evenly(long, many)]


def _evenly(texts: Sequence[str], wanted: int) -> list[str]:
    return list(texts[:: max(1, len(texts) // wanted)])[:wanted]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processor."""

    clock: float
    processor: float


def _cost(work: Callable[[], object]) -> Cost:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - clock, time.process_time() - processor)


def _whole_stage(classifier: Classifier, texts: Sequence[str]) -> Cost:
    """Return the cost from waiting changes to stored signals and drops."""
    with TemporaryDirectory() as folder, Database(f"sqlite:///{Path(folder)}/bench.db") as database:
        upgrade(database)
        _fill(database, texts)
        return _cost(lambda: _run(database, classifier))


def _run(database: Database, classifier: Classifier) -> None:
    handled = 1
    while handled:
        handled = classify_some(database, NOW, classifier, ClassifySettings())


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


def _report(runs: dict[str, list[Cost]], texts: Sequence[str]) -> dict[str, object]:
    clock = {name: statistics.median(cost.clock for cost in costs) for name, costs in runs.items()}
    processor = {name: statistics.median(cost.processor for cost in costs) for name, costs in runs.items()}
    return {
        "texts": len(texts),
        "mean_characters": round(statistics.mean(len(text) for text in texts)),
        "texts_per_second": {name: round(len(texts) / seconds, 1) for name, seconds in clock.items()},
        "throughput_against_bare_encode": _against(clock),
        "throughput_against_bare_encode_by_processor": _against(processor),
        "processor_seconds": {name: round(seconds, 2) for name, seconds in processor.items()},
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _against(seconds: dict[str, float]) -> dict[str, float]:
    return {name: round(seconds["bare encode"] / each, 2) for name, each in seconds.items()}


if __name__ == "__main__":
    main()
