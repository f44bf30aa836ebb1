"""A small, realistic world for digests: rivals, sources, signals, accounts and readers, built through the models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from config.subscribers import SubscriberConfig
from store.models.accounts import AccountRow, ExposureRow, FlagRow, HealthRow
from store.models.evidence import ChangeRow, EvidenceRow, SignalRow, SnapshotRow
from store.models.health import HealthOverrideRow
from store.models.people import SubscriberRow
from store.models.watch import RivalRow, SourceRow
from store.subscribers import Subscriber, find_subscriber, sync_subscribers

Row = TypeVar("Row")

_stories = count(1)


@dataclass
class World:
    """Adds rows to a session; every method returns the new row, flushed."""

    session: Session
    now: datetime
    rivals: dict[str, RivalRow] = field(default_factory=dict)
    accounts: dict[str, AccountRow] = field(default_factory=dict)

    def rival(self, key: str, name: str, market: str = "identity-verification") -> RivalRow:
        row = RivalRow(key=key, name=name, domain=f"{key}.example", market=market)
        self.rivals[key] = row
        return self._add(row)

    def source(
        self,
        rival: str,
        type: str,
        *,
        state: str | None = "ok",
        last_success: timedelta | None = timedelta(hours=3),
        url: str | None = None,
    ) -> SourceRow:
        name = f"{rival}/{type}-{next(_stories)}"
        return self._add(
            SourceRow(
                key=name,
                rival_id=self.rivals[rival].id,
                type=type,
                url=url or f"https://{rival}.example/{type}",
                every_seconds=6 * 3600,
                state=state,
                last_attempt_at=self.now - timedelta(hours=3),
                last_success_at=self.now - last_success if last_success is not None else None,
            )
        )

    def signal(
        self,
        rival: str,
        category: str,
        headline: str,
        why: str = "",
        *,
        seen: timedelta = timedelta(days=2),
        impact: float = 0.7,
        confidence: float = 0.9,
        review: bool = False,
        held: bool = False,
        facts: Mapping[str, Any] | None = None,
        urls: Sequence[str] = (),
        linked: bool = True,
    ) -> SignalRow:
        at = self.now - seen
        row = self._add(
            SignalRow(
                rival_id=self.rivals[rival].id,
                story=f"story-{next(_stories)}",
                category=category,
                confidence=confidence,
                impact=impact,
                headline=headline,
                why=why,
                facts=dict(facts or {}),
                review=review or held,
                held=held,
                first_seen_at=at,
                last_seen_at=at,
                linked_at=at if linked else None,
            )
        )
        for url in urls or [f"https://{rival}.example/{category}"]:
            self.evidence(row, rival, url, at)
        return row

    def evidence(self, signal: SignalRow, rival: str, url: str, at: datetime) -> EvidenceRow:
        source = self.source(rival, "page", url=url)
        snapshot = self._add(
            SnapshotRow(source_id=source.id, url=url, look="regular", fetched_at=at, state="ok")
        )
        change = self._add(
            ChangeRow(
                source_id=source.id,
                after_snapshot_id=snapshot.id,
                unit="page",
                url=url,
                observed_at=at,
                page_type="news",
                state="confirmed",
                state_at=at,
            )
        )
        source.active = False
        return self._add(
            EvidenceRow(signal_id=signal.id, change_id=change.id, url=url, quote=signal.headline, seen_at=at)
        )

    def account(
        self,
        key: str,
        name: str,
        *,
        owner: str | None = "dana@us.example",
        arr: int | None = 100_000,
        renewal: timedelta | None = timedelta(days=200),
        tier: str = "growth",
    ) -> AccountRow:
        row = AccountRow(
            key=key,
            name=name,
            tier=tier,
            owner=owner,
            renewal=(self.now + renewal).date() if renewal is not None else None,
            arr=Decimal(arr) if arr is not None else None,
            changed_at=self.now,
        )
        self.accounts[key] = row
        return self._add(row)

    def exposure(self, account: str, signal: SignalRow, score: float, *reasons: tuple[str, float, str]):
        return self._add(
            ExposureRow(
                account_id=self.accounts[account].id,
                signal_id=signal.id,
                score=score,
                reasons=[{"code": c, "weight": w, "because": b} for c, w, b in reasons],
                observed_at=signal.first_seen_at,
                computed_at=signal.first_seen_at,
            )
        )

    def health(
        self,
        account: str,
        score: float | None,
        band: str,
        *,
        ago: timedelta = timedelta(0),
        without: float | None = None,
        band_without: str | None = None,
        activity: float | None = None,
        green_again: date | None = None,
        moves: Sequence[Mapping[str, Any]] = (),
    ) -> HealthRow:
        return self._add(
            HealthRow(
                account_id=self.accounts[account].id,
                as_of=(self.now - ago).date(),
                score=score,
                band=band,
                score_without_competitors=without if without is not None else score,
                band_without_competitors=band_without or band,
                coverage=0.9,
                competitor_activity_index=activity,
                moves=[dict(move) for move in moves],
                green_again=green_again,
                computed_at=self.now - ago,
            )
        )

    def override(self, row: HealthRow, reason: str, *, computed: float, computed_band: str) -> None:
        """Make that health a person's word of today, which holds for 30 days."""
        until = (self.now + timedelta(days=30)).replace(hour=0, minute=0, second=0, microsecond=0)
        word = self._add(
            HealthOverrideRow(
                account_id=row.account_id,
                band=row.band,
                reason=reason,
                author="dana@us.example",
                created_at=self.now,
                expires_at=until,
            )
        )
        row.override_id, row.computed_score, row.computed_band = word.id, computed, computed_band
        self.session.flush()

    def flag(
        self,
        account: str,
        code: str,
        because: str,
        *,
        level: int = 2,
        play: str = "",
        signal: SignalRow | None = None,
        opened: timedelta = timedelta(days=1),
        due: timedelta | None = timedelta(days=4),
    ) -> FlagRow:
        return self._add(
            FlagRow(
                account_id=self.accounts[account].id,
                code=code,
                subject=f"signal:{signal.id}" if signal else "",
                level=level,
                state="open",
                because=because,
                play=play,
                signal_id=signal.id if signal else None,
                opened_at=self.now - opened,
                due_at=self.now + due if due is not None else None,
            )
        )

    def subscriber(self, email: str = "dana@us.example", **wishes: Any) -> Subscriber:
        config = SubscriberConfig.model_validate(
            {"email": email, "name": "Dana", "timezone": "Europe/Dublin", "send": "mon 06:00", **wishes}
        )
        known = [row.email for row in self.session.query(SubscriberRow).where(SubscriberRow.active)]
        assert not known, "sync takes all readers at once; use one per world"
        sync_subscribers(self.session, [config], self.now)
        row = self.session.query(SubscriberRow).one()
        row.token = "token-of-" + config.key.partition("@")[0]
        self.session.flush()
        found = find_subscriber(self.session, config.key)
        assert found is not None
        return found

    def _add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row
