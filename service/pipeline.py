"""The pipeline: drives the stages until nothing waits. No stage knows who drives it.

Each batch is one transaction: a crash between two batches loses nothing and repeats nothing, because the rows that
were not handled still wait and unique keys refuse what was stored before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from sqlalchemy.orm import Session

from accounts.tiers import apply_tier_rule
from config.configuration import Configuration
from config.load import load_configuration
from crawlers.registry import adapters, catalogue
from crawlers.run import CrawlReport, crawl
from service.environment import Environment, read_environment
from store.account_writes import sync_accounts
from store.changes import changes_to_confirm
from store.connections import sync_connections
from store.database import Database
from store.kinds import FetchState, Look
from store.prune import PruneReport, prune_database
from store.schema import upgrade
from store.sources import Source, due_sources, list_sources, sync_rivals
from store.subscribers import sync_subscribers

if TYPE_CHECKING:
    from accounts.taking import SyncReport
    from accounts.writeback import WriteBackReport
    from classify.classifier import Classifier
    from digest.deliver import DeliveryReport

log = logging.getLogger(__name__)

LOOKS_AGAIN = (
    3  # A slogan that turns by chance is told from a new one by three looks; `confirm_after` lies between.
)
LINK_BATCH = 200
DIGEST_BATCH = 20

Which = Literal["due", "all"] | Collection[str]
Progress = Callable[[str, FetchState], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessReport:
    """How many rows each stage handled."""

    snapshots: int = 0
    looked_again: int = 0
    changes: int = 0
    signals: int = 0
    accounts: int = 0


@dataclass(slots=True)
class Pipeline:
    """One configuration and one database, and the stages between them."""

    database: Database
    configuration: Configuration
    environment: Environment
    _classifier: Classifier | None = field(default=None, repr=False)

    @classmethod
    def open(cls, config_folder: Path, database_url: str, data_folder: Path) -> Self:
        """Load, upgrade, synchronise nothing yet. Raises: ConfigurationError, StoreError."""
        environment = replace(read_environment(config_folder, database_url), data_folder=data_folder)
        configuration = load_configuration(config_folder, catalogue())
        database = Database(database_url)
        upgrade(database)
        return cls(database, configuration, environment)

    def synchronise(self, now: datetime) -> None:
        """Make the rows of rivals, sources, accounts and subscribers say what the configuration says."""
        with self.database.write() as session:
            sync_rivals(session, self.configuration.competitors)
            sync_connections(session, self.configuration.connections, now)
            sync_accounts(session, self.configuration.accounts, now)
            apply_tier_rule(session, self.configuration.settings.tiers)
            sync_subscribers(session, self.configuration.subscribers, now)

    def crawl(
        self,
        now: datetime,
        which: Which = "due",
        *,
        clock: datetime | None = None,
        in_quiet_hours: bool = False,
        on_progress: Progress | None = None,
    ) -> CrawlReport | None:
        """Fetch sources; None when none is due. ``clock`` replaces the real time of what is stored (demo, tests).

        ``in_quiet_hours`` asks then too, because a person wants to know now.
        """
        with self.database.read() as session:
            sources = _chosen(session, which, now)
        if not sources:
            return None
        return self._fetch(sources, Look.REGULAR, clock, on_progress, in_quiet_hours=in_quiet_hours)

    def wanted(self, now: datetime, look: Look) -> list[Source]:
        """Return the sources whose time for a regular look has come, or for a second one."""
        with self.database.read() as session:
            if look is Look.REGULAR:
                return due_sources(session, now)
            wanted = set(changes_to_confirm(session, now))
            return [source for source in list_sources(session) if source.id in wanted]

    def look_at(self, sources: list[Source], look: Look) -> CrawlReport:
        """Fetch these sources now, whether their time has come or not."""
        return self._fetch(sources, look, None, None)

    def connect(
        self, now: datetime, *, keys: Sequence[str] | None = None, everything: bool = False
    ) -> list[SyncReport]:
        """Read the connected systems that are due (or those named), and tell people of any that fail."""
        if not self.configuration.connections:
            self.tell_failures(now)
            return []
        from service.connecting import read_connections

        reports = read_connections(
            self.database, self.configuration, self.environment, now, keys=keys, everything=everything
        )
        self.tell_failures(now)
        return reports

    def write_back(self, now: datetime, *, keys: Sequence[str] | None = None) -> list[WriteBackReport]:
        """Write health into the connected systems that ask for it."""
        if not self.configuration.connections:
            return []
        from service.connecting import write_back_health

        return write_back_health(self.database, self.configuration, self.environment, now, keys=keys)

    def tell_failures(self, now: datetime) -> int:
        """Put mails about data that does not come in into the outbox; return how many."""
        from digest.operations import tell_of_failures

        with self.database.write() as session:
            return tell_of_failures(session, now, self.configuration.settings)

    @contextmanager
    def extracting(self, clock: Callable[[], datetime]) -> Iterator[None]:
        """Extract in a thread while the block crawls; what it does not reach waits for `process`."""
        from extract.ahead import Beside

        with Beside(self.database.url, self.configuration.settings.detection, clock):
            yield

    def process(self, now: datetime, *, clock: datetime | None = None) -> ProcessReport:
        """Run extract, second looks, classify, linking and healthmerge until nothing waits."""
        snapshots = self.extract(now)
        looked_again = 0
        for _ in range(LOOKS_AGAIN):
            looked = self._look_again(now, clock)
            if not looked:
                break
            looked_again += looked
            snapshots += self.extract(now)
        changes = self.classify(now)
        signals = self.link(now)
        accounts = self.merge_health(now)
        return ProcessReport(
            snapshots=snapshots,
            looked_again=looked_again,
            changes=changes,
            signals=signals,
            accounts=accounts,
        )

    def reprocess(self, now: datetime, *, health: bool) -> None:
        """Run the stages over what waits without asking any server again; of health only where it is wanted."""
        self.extract(now)
        self.classify(now)
        self.link(now)
        if health:
            self.merge_health(now)

    def compose(self, now: datetime, *, week: str | None = None, subscriber: str | None = None) -> int:
        """Put the digests that are due (or those of ``week``) in the outbox; return how many."""
        from digest.run import run_digests

        settings = self.configuration.settings
        return self._until_nothing_waits(
            lambda s: run_digests(s, now, settings, week=week, subscriber=subscriber, limit=DIGEST_BATCH)
        )

    def deliver(self, now: datetime, *, hurry: bool = False) -> DeliveryReport:
        """Deliver what waits in the outbox; ``hurry`` also tries what would wait for its next attempt."""
        from digest.deliver import deliver

        mail = self.configuration.settings.mail
        folder = self.environment.data_folder / mail.folder
        password = self.environment.smtp_password
        return deliver(self.database, now, mail, folder=folder, password=password, hurry=hurry)

    def prune(self, now: datetime) -> PruneReport:
        """Remove what is older than the retention in the settings; what a living signal rests on stays."""
        retention = self.configuration.settings.retention
        with self.database.write() as session:
            return prune_database(session, now - retention.snapshots, now - retention.drops)

    def send(self, now: datetime, *, week: str | None = None) -> DeliveryReport:
        """Compose what is due and deliver what waits."""
        self.compose(now, week=week)
        return self.deliver(now)

    def classifier(self) -> Classifier:
        """Return the classifier, loaded on first use (a second or two, once)."""
        if self._classifier is None:
            from classify.classifier import load_classifier
            from classify.model.head import own_folder

            self._classifier = load_classifier(
                self.configuration.settings.classify, own_folder(self.environment.data_folder)
            )
        return self._classifier

    def _fetch(
        self,
        sources: list[Source],
        look: Look,
        clock: datetime | None,
        on_progress: Progress | None,
        *,
        in_quiet_hours: bool = False,
    ) -> CrawlReport:
        settings = self.configuration.settings.crawl
        return crawl(
            self.database.url,
            sources,
            settings,
            now=clock,
            look=look,
            keys=source_keys(self.environment),
            in_quiet_hours=in_quiet_hours,
            on_progress=on_progress,
        )

    def extract(self, now: datetime) -> int:
        """Make documents and changes of the snapshots that wait; return how many were handled."""
        from extract.ahead import extract_some

        total, detection = 0, self.configuration.settings.detection
        while handled := extract_some(self.database, now, detection):
            total += handled
        return total

    def _look_again(self, now: datetime, clock: datetime | None) -> int:
        sources = self.wanted(now, Look.CONFIRM)
        if sources:
            self._fetch(sources, Look.CONFIRM, clock, None)
        return len(sources)

    def classify(self, now: datetime) -> int:
        """Make signals of the confirmed changes that wait; return how many were handled."""
        from classify.tellings.retractions import retract_undone
        from store.changes import count_waiting_changes

        with self.database.write() as session:
            retract_undone(session, now)
            if not count_waiting_changes(session):
                return 0  # the model is not loaded for nothing
        from classify.run import classify_some

        classifier, settings = self.classifier(), self.configuration.settings.classify
        total = 0
        while handled := classify_some(self.database, now, classifier, settings):
            total += handled
        return total

    def link(self, now: datetime) -> int:
        """Link the signals that wait to accounts; return how many were handled."""
        from linking.run import run_linking

        settings = self.configuration.settings.linking
        return self._until_nothing_waits(lambda s: run_linking(s, now, settings, limit=LINK_BATCH))

    def merge_health(self, now: datetime) -> int:
        """Write today's health of the accounts that lack it; return how many."""
        from healthmerge.run import run_health

        settings = self.configuration
        with self.database.write() as session:
            return run_health(session, now, settings.health, settings.settings.linking)

    def _until_nothing_waits(self, batch: Callable[[Session], int]) -> int:
        total = 0
        while True:
            with self.database.write() as session:
                handled = batch(session)
            if not handled:
                return total
            total += handled


def source_keys(environment: Environment) -> dict[str, str]:
    """Return the services' keys by source type, from the variables that the types name."""
    named = {adapter.spec.name: adapter.key_variable or "" for adapter in adapters()}
    return {name: environment.secrets[key] for name, key in named.items() if key in environment.secrets}


def _chosen(session: Session, which: Which, now: datetime) -> list[Source]:
    if which == "due":
        return due_sources(session, now)
    return list_sources(session, None if which == "all" else which)
