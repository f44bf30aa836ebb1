"""The stage: one health row an account and day, and the flags that follow from it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from config.health import HealthConfig
from config.settings import LinkingSettings
from healthmerge.activity import BLIND_WINDOW, JUMP_WINDOW, activity_index, blind_shares, is_blind
from healthmerge.churn import churn_risk
from healthmerge.flags import FlagChanges, History, Situation, decide_flags
from healthmerge.moves import moves_since
from healthmerge.outlook import green_again
from healthmerge.score import Merged, merge
from linking.capabilities import normal_tag
from linking.decay import decayed
from store.accounts import Account, list_accounts, metric_history
from store.drops import Drop, record_drops
from store.exposures import Exposure, exposures_since
from store.flags import Flag, closed_by_people, living_flags, write_flags
from store.health import Health, health_before, save_health, scores_between
from store.kinds import Stage
from store.sources import Rival, list_rivals, list_sources, source_turns

log = logging.getLogger(__name__)

#: A value older than this still counts, so that a metric that stops coming improves nothing, but it is not coverage.
STALE = timedelta(days=180)
TREND_4W, TREND_13W = timedelta(weeks=4), timedelta(weeks=13)
TREND_SLACK = timedelta(weeks=2)  # how much older the compared row may be when none is from that very day


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was loaded once for all accounts."""

    now: datetime
    health: HealthConfig
    linking: LinkingSettings
    exposures: Mapping[int, Sequence[Exposure]]
    metrics: Mapping[int, History]
    previous: Mapping[int, Health]
    four_weeks: Mapping[int, float]
    thirteen_weeks: Mapping[int, float]
    blind: Mapping[str, float]
    rival_tags: Mapping[str, frozenset[str]]
    living: Mapping[int, Sequence[Flag]]
    closed: Mapping[tuple[int, str, str], datetime]


def run_health(session: Session, now: datetime, health: HealthConfig, linking: LinkingSettings) -> int:
    """Write the health row of today for every active account, and open, refresh or end its flags.

    Returns the number of accounts written. A second run on the same day replaces the rows with the same numbers.
    """
    known = load_known(session, now, health, linking)
    results: list[tuple[Health, FlagChanges]] = []
    for account in list_accounts(session):
        try:
            results.append(account_health(account, known))
        except Exception:
            log.exception("health crashed on an account", extra={"account": account.key})
            crash = Drop(stage=Stage.HEALTH, reason="crashed", subject=f"account:{account.id}", at=now)
            record_drops(session, [crash])
    save_health(session, [row for row, _ in results])
    changes = [change for _, change in results]
    write_flags(
        session,
        opened=[flag for change in changes for flag in change.opened],
        updated=[flag for change in changes for flag in change.updated],
        ended=[flag for change in changes for flag in change.ended],
        now=now,
    )
    return len(results)


def account_health(account: Account, known: Known) -> tuple[Health, FlagChanges]:
    """Return an account's row of today and what becomes of its flags. Pure."""
    now, today = known.now, known.now.date()
    exposures = [item for item in known.exposures.get(account.id, ()) if item.counts]
    history = known.metrics.get(account.id, {})
    values, stale = metric_values(account, history, today)
    index = activity_index(exposures, now, known.linking)
    blind = is_blind(
        threatening_rivals(account, known.rival_tags), known.blind, known.health.competitors.blind_share
    )
    before = known.previous.get(account.id)
    merged = merge(
        known.health,
        values,
        index,
        blind=blind,
        previous=before.band if before else None,
        previous_without=before.band_without_competitors if before else None,
        stale=stale,
    )
    row = _row(account, known, merged, values, index, None if blind else index, exposures, before)
    return row, _flags(account, known, merged, values, index, exposures, history)


def _row(
    account: Account,
    known: Known,
    merged: Merged,
    values: Mapping[str, float],
    index: float,
    shown_index: float | None,
    exposures: Sequence[Exposure],
    before: Health | None,
) -> Health:
    since = before.computed_at if before else known.now - JUMP_WINDOW
    # What was held for review, or was published before it was found, counts from when linking judged it.
    fresh = [
        (_left(item, known), item)
        for item in exposures
        if since < (item.computed_at or item.observed_at) <= known.now
    ]
    risk = None if merged.without is None else churn_risk(merged.without, index, values).risk
    return Health(
        account_id=account.id,
        as_of=known.now.date(),
        score=_rounded(merged.score),
        band=merged.band,
        score_without_competitors=_rounded(merged.without),
        band_without_competitors=merged.band_without,
        coverage=round(merged.coverage, 4),
        competitor_activity_index=_rounded(shown_index),
        churn_risk=None if risk is None else round(risk, 4),
        trend_4w=_trend(merged.score, known.four_weeks.get(account.id)),
        trend_13w=_trend(merged.score, known.thirteen_weeks.get(account.id)),
        parts=tuple(part.to_json() for part in merged.parts),
        moves=moves_since(known.health, before, merged, fresh),
        green_again=green_again(known.health, known.linking, merged, values, exposures, known.now),
        computed_at=known.now,
    )


def metric_values(account: Account, history: History, today: date) -> tuple[dict[str, float], frozenset[str]]:
    """Return the latest value of each metric, and the names of those that are stale.

    What the account's own fields say stands in for metrics that nobody reports: days to the renewal, and its revenue.
    """
    values = {name: points[-1][1] for name, points in history.items() if points}
    stale = frozenset(name for name, points in history.items() if points and today - points[-1][0] > STALE)
    if account.renewal is not None and account.renewal >= today:
        values.setdefault("days_to_renewal", float((account.renewal - today).days))
    if account.arr is not None:
        values.setdefault("arr", float(account.arr))
    return values, stale


def threatening_rivals(account: Account, rival_tags: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the keys of the rivals that threaten an account: those present, and those with a tag it uses."""
    used = {normal_tag(tag) for tag in account.uses}
    sharing = {rival for rival, tags in rival_tags.items() if tags & used}
    return frozenset(sharing | (set(account.rivals_present) & set(rival_tags)))


def _flags(
    account: Account,
    known: Known,
    merged: Merged,
    values: Mapping[str, float],
    index: float,
    exposures: Sequence[Exposure],
    history: History,
) -> FlagChanges:
    week_ago = known.now - JUMP_WINDOW
    recent = [
        item for item in exposures if known.now - known.linking.half_life <= item.observed_at <= known.now
    ]
    situation = Situation(
        account=account,
        merged=merged,
        index=index,
        index_before=activity_index(exposures, week_ago, known.linking),
        values=values,
        history=history,
        exposures=recent,
        now=known.now,
    )
    return decide_flags(known.health, situation, known.living.get(account.id, ()), known.closed)


def load_known(session: Session, now: datetime, health: HealthConfig, linking: LinkingSettings) -> Known:
    """Return what health is computed from, loaded once for all accounts."""
    today = now.date()
    sources = list_sources(session)
    return Known(
        now=now,
        health=health,
        linking=linking,
        # The index of a week ago reaches back a week further than today's.
        exposures=exposures_since(session, now - linking.window - JUMP_WINDOW),
        metrics=metric_history(session, date.min),
        previous=health_before(session, today),
        four_weeks=scores_between(session, today - TREND_4W - TREND_SLACK, today - TREND_4W),
        thirteen_weeks=scores_between(session, today - TREND_13W - TREND_SLACK, today - TREND_13W),
        blind=blind_shares(sources, source_turns(session, now - BLIND_WINDOW, now), now),
        rival_tags={rival.key: _tags(rival) for rival in list_rivals(session)},
        living=living_flags(session),
        closed=closed_by_people(session),
    )


def _tags(rival: Rival) -> frozenset[str]:
    return frozenset(normal_tag(tag) for _, tags in rival.products for tag in tags)


def _left(item: Exposure, known: Known) -> float:
    return decayed(item.score, item.observed_at, known.now, known.linking.half_life)


def _trend(score: float | None, then: float | None) -> float | None:
    return None if score is None or then is None else round(score - then, 2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
