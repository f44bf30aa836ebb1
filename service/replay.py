"""Runs the stages again over what was seen, beside the real database, and says what they would make otherwise."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.database import Database
from store.replays import Result, results
from store.schema import upgrade
from store.scratch import Moment, copy_basis, copy_moment, extract_moments, replay_moments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from config.configuration import Configuration
    from service.environment import Environment

Progress = Callable[[int, int], None]
KINDS = ("change", "signal", "exposure", "health")


class Effect(StrEnum):
    """What became of a result: it is new, it is not made any more, or it says something else."""

    GAINED = "gained"
    LOST = "lost"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """One result that differs. ``fields`` holds (stored, replayed) of what differs; empty for gained and lost."""

    effect: Effect
    result: Result
    fields: dict[str, tuple[Any, Any]]

    def to_json(self) -> dict[str, Any]:
        """Return it as one line of ``replay --json``."""
        return {
            "effect": self.effect.value,
            "kind": self.result.kind,
            "key": list(self.result.key),
            "at": self.result.at,
            "name": self.result.name,
            "fields": {name: {"stored": old, "replayed": new} for name, (old, new) in self.fields.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """All that differs, and how much was compared, by kind of result."""

    moments: int
    compared: Counter[str]
    divergences: tuple[Divergence, ...]


def replay(
    real: Database,
    configuration: Configuration,
    environment: Environment,
    *,
    since: datetime,
    on_progress: Progress | None = None,
) -> ReplayReport:
    """Run all stages again from the oldest snapshot on and compare what is of ``since`` or later.

    The real database is only read. Raises: StoreError.
    """
    with _scratch() as scratch, real.read() as session:
        moments = replay_moments(session)
        _run(session, scratch, moments, configuration, environment, on_progress)
        stored = {(one.kind, one.key): one for one in results(session, since)}
        with scratch.read() as again:
            divergences = tuple(compare(stored, results(again, since)))
    return ReplayReport(
        moments=len(moments), compared=Counter(kind for kind, _ in stored), divergences=divergences
    )


def replay_source(
    real: Database, configuration: Configuration, environment: Environment, source_id: int
) -> list[Result]:
    """Return the changes that one source's snapshots would make today, oldest first; nothing is stored.

    What is extracted, compared and known as noise is decided as in the pipeline; second looks are those of then.
    """
    from extract.run import run_extract
    from service.pipeline import Pipeline

    with _scratch() as scratch, real.read() as session:
        with scratch.write() as copy:
            copy_basis(session, copy)
        pipeline = Pipeline(scratch, configuration, environment)
        before: datetime | None = None
        for at in extract_moments(session, source_id):
            if before is None:
                pipeline.synchronise(at)
            with scratch.write() as copy:
                copy_moment(session, copy, before, at, source_id)
                while run_extract(copy, at, configuration.settings.detection):
                    pass
            before = at
        with scratch.read() as again:
            everything = datetime(1970, 1, 1, tzinfo=UTC)
            return [one for one in results(again, everything) if one.kind == "change"]


@contextmanager
def _scratch() -> Iterator[Database]:
    with (
        tempfile.TemporaryDirectory(prefix="rivalwatch-replay-") as folder,
        Database(f"sqlite:///{Path(folder) / 'scratch.db'}") as scratch,
    ):
        upgrade(scratch)
        yield scratch


def _run(
    session: Session,
    scratch: Database,
    moments: list[Moment],
    configuration: Configuration,
    environment: Environment,
    on_progress: Progress | None,
) -> None:
    from service.pipeline import Pipeline

    pipeline = Pipeline(scratch, configuration, environment)
    with scratch.write() as copy:
        copy_basis(session, copy)
    if moments:
        pipeline.synchronise(moments[0].at)
    before: datetime | None = None
    for number, moment in enumerate(moments, 1):
        with scratch.write() as copy:
            copy_moment(session, copy, before, moment.at)
        pipeline.reprocess(moment.at, health=moment.health)
        before = moment.at
        if on_progress is not None:
            on_progress(number, len(moments))


def compare(
    stored: dict[tuple[str, tuple[str, ...]], Result], again: Iterable[Result]
) -> Iterator[Divergence]:
    """Yield what differs: gained and altered results in the order of the replay, then those that were lost."""
    met: set[tuple[str, tuple[str, ...]]] = set()
    for new in again:
        met.add((new.kind, new.key))
        old = stored.get((new.kind, new.key))
        if old is None:
            yield Divergence(effect=Effect.GAINED, result=new, fields={})
        elif old.fields != new.fields:
            fields = {
                name: (old.fields[name], new.fields[name])
                for name in new.fields
                if old.fields[name] != new.fields[name]
            }
            yield Divergence(effect=Effect.ALTERED, result=new, fields=fields)
    for key, old in stored.items():
        if key not in met:
            yield Divergence(effect=Effect.LOST, result=old, fields={})
