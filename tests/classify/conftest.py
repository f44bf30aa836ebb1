"""The real classifier, once per run, and a small world of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from classify.classifier import Classifier, load_classifier
from config.settings import ClassifySettings
from store.database import Database
from store.kinds import ChangeState
from store.models.evidence import ChangeRow, SnapshotRow
from store.models.watch import RivalRow, SourceRow
from store.records import FactChange


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return load_classifier(ClassifySettings(threads=2))


@dataclass
class World:
    """One rival with sources made on demand; each call adds one confirmed change."""

    session: Session
    now: datetime
    snapshots: int = 0

    def rival(self, key: str = "northbeam", name: str = "Northbeam Identity") -> RivalRow:
        found = self.session.query(RivalRow).filter_by(key=key).first()
        if found is None:
            found = RivalRow(
                key=key,
                name=name,
                domain=f"{key}.example",
                market="identity-verification",
                aliases=[name.split(maxsplit=1)[0]],
                products=[{"name": "VerifyFlow", "tags": ["kyc"]}],
            )
            self.session.add(found)
            self.session.flush()
        return found

    def change(
        self,
        *,
        source: str = "blog",
        page_type: str = "generic",
        title: str | None = None,
        added: list[str] | None = None,
        removed: list[str] | None = None,
        facts: list[FactChange] | None = None,
        at: datetime | None = None,
        published: datetime | None = None,
        hint: str | None = None,
        state: ChangeState = ChangeState.CONFIRMED,
        rival: str = "northbeam",
    ) -> ChangeRow:
        at = at or self.now
        row = self._source(rival, source)
        self.snapshots += 1
        snapshot = SnapshotRow(
            source_id=row.id,
            url=row.url,
            look="regular",
            fetched_at=at,
            state="ok",
            reason=str(self.snapshots),
        )
        snapshot.look = f"look{self.snapshots}"
        self.session.add(snapshot)
        self.session.flush()
        change = ChangeRow(
            source_id=row.id,
            after_snapshot_id=snapshot.id,
            unit="page",
            url=row.url,
            title=title,
            observed_at=at,
            published_at=published,
            page_type=page_type,
            added=added or [],
            removed=removed or [],
            facts=[fact.to_json() for fact in facts or []],
            category_hint=hint,
            state=state.value,
            state_at=at,
        )
        self.session.add(change)
        self.session.flush()
        return change

    def _source(self, rival: str, name: str) -> SourceRow:
        key = f"{rival}/{name}"
        found = self.session.query(SourceRow).filter_by(key=key).first()
        if found is None:
            found = SourceRow(
                key=key,
                rival_id=self.rival(rival).id,
                type="page",
                url=f"https://{rival}.example/{name}",
                options={},
                every_seconds=3600,
                memory={},
            )
            self.session.add(found)
            self.session.flush()
        return found


@pytest.fixture
def world(database: Database, now: datetime) -> Iterator[World]:
    with database.write() as session:
        yield World(session, now)


@pytest.fixture
def run(world: World, classifier: Classifier) -> Callable[[], int]:
    from classify.run import run_classify

    return lambda: run_classify(world.session, world.now, classifier, ClassifySettings())
