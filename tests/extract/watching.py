"""A source whose captures a test writes itself, and what the stage makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from config.competitors import CompetitorConfig, SourceConfig
from config.settings import DetectionSettings
from extract.run import run_extract
from store.blobs import put_blob
from store.changes import Change, get_change, list_changes
from store.database import Database
from store.drops import drops_since
from store.kinds import FetchState, Look
from store.snapshots import Snapshot, add_snapshot
from store.sources import list_sources, record_attempt, sync_rivals

#: Enough prose for a page to be known by its view, so that its first capture is not read.
PROSE = (
    "<p>Every word of this paragraph stays as it is, whatever else the page may say of its plans today.</p>"
    * 12
)
START = datetime.fromisoformat("2026-11-16T06:00:00+00:00")


@dataclass
class Watch:
    """One rival with one source; time moves with every capture."""

    database: Database
    type: str = "pricing"
    url: str = "https://northbeam.example/pricing"
    parameters: dict[str, str] = field(default_factory=dict)
    settings: DetectionSettings = field(default_factory=DetectionSettings)
    now: datetime = START
    source_id: int = 0
    prose: str = ""

    def __post_init__(self) -> None:
        source = SourceConfig(
            key="northbeam/watched",
            rival="northbeam",
            type=self.type,
            url=self.url,
            every=timedelta(hours=12),
            parameters=dict(self.parameters),
        )
        rival = CompetitorConfig(
            key="northbeam",
            name="Northbeam",
            domain="northbeam.example",
            market="identity",
            sources=(source,),
        )
        with self.database.write() as session:
            sync_rivals(session, [rival])
            self.source_id = list_sources(session)[0].id

    def capture(
        self,
        body: str,
        look: Look = Look.REGULAR,
        state: FetchState = FetchState.OK,
        after: timedelta = timedelta(hours=12),
    ) -> None:
        """Store a capture, with the watch's own prose at its end, and let the stage handle it."""
        self.now += after
        body = body.replace("</main>", f"{self.prose}</main>")
        with self.database.write() as session:
            snapshot = Snapshot(
                id=0,
                source_id=self.source_id,
                url=self.url,
                look=look,
                fetched_at=self.now,
                state=state,
                content_type="text/html" if self.type not in ("greenhouse",) else "application/json",
                blob_sha256=put_blob(session, body.encode()),
            )
            add_snapshot(session, snapshot)
        self.process()

    def unchanged(self, after: timedelta = timedelta(hours=12)) -> None:
        """Note a regular visit that found the same bytes."""
        self.now += after
        with self.database.write() as session:
            due = self.now + timedelta(hours=12)
            record_attempt(session, self.source_id, FetchState.UNCHANGED, None, self.now, due)

    def process(self) -> None:
        """Run the stage until nothing waits."""
        handled = 1
        while handled:
            with self.database.write() as session:
                handled = run_extract(session, self.now, self.settings)

    def changes(self) -> list[Change]:
        """Return all changes, oldest first."""
        with self.database.read() as session:
            found = [get_change(session, row["id"]) for row in list_changes(session)]
        return [change for change in reversed(found) if change is not None]

    def states(self) -> list[str]:
        """Return the states of all changes, oldest first."""
        return [change.state.value for change in self.changes()]

    def drop_reasons(self) -> set[str]:
        """Return the reasons of all drops."""
        with self.database.read() as session:
            return {drop.reason for drop in drops_since(session, START)}


def pricing_page(
    pro: str = "$49", quote: str = "It saved us a day a week, every week.", extra: str = ""
) -> str:
    """Return a small pricing page."""
    return f"""<html><head><title>Pricing - Northbeam</title></head><body><main><h1>Pricing</h1>
    <section><h2>Starter</h2><p>$9 / month</p><ul><li>One seat</li><li>Ten checks a day</li></ul></section>
    <section><h2>Pro</h2><p>{pro} / month</p><ul><li>Five seats</li><li>Unlimited checks</li></ul></section>
    <section><h2>What people say</h2><p>{quote}</p></section>{extra}
    <p>Every plan comes with two-factor authentication, audit logs, encryption at rest and support by e-mail on working
    days. Prices are without tax. You can change your plan at any time, and what you have paid is counted.</p>
    </main></body></html>"""
