"""The stage: one health row an account and day, and the flags that follow from it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from config.health import HealthConfig
from config.settings import LinkingSettings
from healthmerge.activity import JUMP_WINDOW, activity_index, activity_shares, is_blind
from healthmerge.churn import churn_risk
from healthmerge.conditions import Situation
from healthmerge.expansion import expansion_likelihood
from healthmerge.figures import Figures
from healthmerge.flags import FlagChanges, decide_flags
from healthmerge.known import Known, load_known
from healthmerge.moves import Turnover, moves_since
from healthmerge.outlook import green_again
from healthmerge.overrides import overridden
from healthmerge.score import Merged, merge
from linking.capabilities import normal_tag
from linking.decay import decayed
from store.accounts import Account
from store.drops import Drop, record_drops
from store.exposures import Exposure
from store.flags import write_flags
from store.health import Health, save_health, thin_history
from store.health_versions import record_version
from store.kinds import Stage

log = logging.getLogger(__name__)


def run_health(session: Session, now: datetime, health: HealthConfig, linking: LinkingSettings) -> int:
    """Write the health row of today for every active account, and open, refresh or end its flags.

    Returns the number of accounts written. A second run on the same day replaces the rows with the same numbers.
    """
    version = record_version(session, health.model_dump(mode="json"), now)
    known = load_known(session, now, health, linking, version)
    results: list[tuple[Health, FlagChanges]] = []
    for account in known.accounts:
        try:
            results.append(account_health(account, known))
        except Exception:
            log.exception("health crashed on an account", extra={"account": account.key})
            crash = Drop(stage=Stage.HEALTH, reason="crashed", subject=f"account:{account.id}", at=now)
            record_drops(session, [crash])
    save_health(session, [row for row, _ in results])
    thin_history(session, now.date())
    changes = [change for _, change in results]
    write_flags(
        session,
        opened=[flag for change in changes for flag in change.opened],
        updated=[flag for change in changes for flag in change.updated],
        ended=[flag for change in changes for flag in change.ended],
        events=[event for change in changes for event in change.events],
        now=now,
    )
    return len(results)


def account_health(account: Account, known: Known) -> tuple[Health, FlagChanges]:
    """Return an account's row of today and what becomes of its flags. Pure."""
    config, figures = known.config_of(account), known.figures_of(account)
    exposures = [item for item in known.exposures.get(account.id, ()) if item.counts]
    index = activity_index(exposures, known.now, known.linking)
    blind = is_blind(
        threatening_rivals(account, known.rival_tags), known.blind, config.competitors.blind_share
    )
    before = known.previous.get(account.id)
    merged = merge(
        config,
        figures.values,
        index,
        blind=blind,
        previous=before.own_band if before else None,
        previous_without=before.band_without_competitors if before else None,
        stale=figures.stale,
        peers=known.peers_of(account),
    )
    row = _row(account, known, merged, figures, index, None if blind else index, exposures)
    override = known.overrides.get(account.id)
    row = row if override is None else overridden(row, override, config.bands)
    return row, _flags(account, known, merged, row, figures, index, exposures)


def _row(
    account: Account,
    known: Known,
    merged: Merged,
    figures: Figures,
    index: float,
    shown_index: float | None,
    exposures: Sequence[Exposure],
) -> Health:
    config, peers, before = known.config_of(account), known.peers_of(account), known.previous.get(account.id)
    risk = None if merged.without is None else churn_risk(merged.without, index, figures.values, known.churn)
    grows = None if merged.score is None else expansion_likelihood(merged.score, figures.values)
    turnover = Turnover(
        config=config,
        before=before,
        now=merged,
        figures=figures,
        peers=peers,
        fresh=_fresh(known, before, exposures),
        version=known.version,
    )
    return Health(
        account_id=account.id,
        as_of=known.now.date(),
        score=_rounded(merged.score),
        band=merged.band,
        score_without_competitors=_rounded(merged.without),
        band_without_competitors=merged.band_without,
        coverage=round(merged.coverage, 4),
        competitor_activity_index=_rounded(shown_index),
        churn_risk=None if risk is None else round(risk.value, 4),
        expansion=None if grows is None else round(grows.value, 4),
        drivers={
            "churn": risk.drivers_json() if risk else [],
            "expansion": grows.drivers_json() if grows else [],
        },
        trend_4w=_trend(merged.score, known.four_weeks.get(account.id)),
        trend_13w=_trend(merged.score, known.thirteen_weeks.get(account.id)),
        parts=tuple(part.to_json() for part in merged.parts),
        moves=moves_since(turnover),
        green_again=green_again(config, known.linking, merged, figures, exposures, known.now, peers),
        activity={} if shown_index is None else activity_shares(exposures, known.now, known.linking),
        version_id=known.version,
        computed_at=known.now,
    )


def _fresh(
    known: Known, before: Health | None, exposures: Sequence[Exposure]
) -> list[tuple[float, Exposure]]:
    since = before.computed_at if before else known.now - JUMP_WINDOW
    # What was held for review, or was published before it was found, counts from when linking judged it.
    return [
        (_left(item, known), item)
        for item in exposures
        if since < (item.computed_at or item.observed_at) <= known.now
    ]


def threatening_rivals(account: Account, rival_tags: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the keys of the rivals that threaten an account: those present, and those with a tag it uses."""
    used = {normal_tag(tag) for tag in account.uses}
    sharing = {rival for rival, tags in rival_tags.items() if tags & used}
    return frozenset(sharing | (set(account.rivals_present) & set(rival_tags)))


def _flags(
    account: Account,
    known: Known,
    merged: Merged,
    row: Health,
    figures: Figures,
    index: float,
    exposures: Sequence[Exposure],
) -> FlagChanges:
    week_ago = known.now - JUMP_WINDOW
    recent = [
        item for item in exposures if known.now - known.linking.half_life <= item.observed_at <= known.now
    ]
    situation = Situation(
        account=account,
        score=row.score,
        band=row.band,
        without=merged.without,
        overridden=row.override_id is not None,
        index=index,
        index_before=activity_index(exposures, week_ago, known.linking),
        values=figures.values,
        history=figures.history,
        exposures=recent,
        now=known.now,
    )
    return decide_flags(known.config_of(account), situation, known.living.get(account.id, ()), known.closed)


def _left(item: Exposure, known: Known) -> float:
    return decayed(item.score, item.observed_at, known.now, known.linking.half_life)


def _trend(score: float | None, then: float | None) -> float | None:
    return None if score is None or then is None else round(score - then, 2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
