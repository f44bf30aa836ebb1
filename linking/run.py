"""The stage: signals that wait become exposures, or drops with a reason."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.settings import LinkingSettings
from linking.concerns import warm
from linking.reasons import Found, quote, reasons_by_account, weigh
from linking.score import exposure, urgency
from linking.story import Story
from linking.world import World
from store.accounts import Account, list_accounts
from store.drops import Drop, record_drops
from store.exposures import WaitingSignal, mark_linked, outdated_signals, save_exposures, waiting_signals
from store.kinds import ReasonCode, Stage
from store.records import Reason
from store.sources import Rival, list_rivals, rivals_by_id

log = logging.getLogger(__name__)

SHOWN_ACCOUNTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An account's exposure to one signal, before the threshold is applied."""

    account: Account
    score: float
    reasons: tuple[Reason, ...]


def run_linking(session: Session, now: datetime, settings: LinkingSettings, *, limit: int = 500) -> int:
    """Link up to ``limit`` signals: those never linked, then those linked before an account changed.

    Returns how many were handled; 0 means that nothing waits. Repeating it changes nothing.
    """
    signals = waiting_signals(session, limit)
    signals += (
        outdated_signals(session, now - settings.window, limit - len(signals)) if len(signals) < limit else []
    )
    if not signals:
        return 0
    rivals = rivals_by_id(session)
    world = World.of(list_accounts(session), list_rivals(session))
    warm((_story_of(signal, rivals[signal.rival_id]) for signal in signals if _is_live(signal)), world)
    for signal in signals:
        _link_guarded(session, signal, rivals[signal.rival_id], world, settings, now)
    return len(signals)


def _link_guarded(
    session: Session,
    signal: WaitingSignal,
    rival: Rival,
    world: World,
    settings: LinkingSettings,
    now: datetime,
) -> None:
    try:
        with session.begin_nested():
            _link(session, signal, rival, world, settings, now)
    except OperationalError:
        raise  # The database was busy or gone, which is no fault of the signal: the batch is tried again.
    except Exception:
        log.exception("linking crashed on a signal", extra={"signal": signal.id})
        _drop(session, signal, "crashed", now)
    mark_linked(session, signal.id, now)


def _link(
    session: Session,
    signal: WaitingSignal,
    rival: Rival,
    world: World,
    settings: LinkingSettings,
    now: datetime,
) -> None:
    if signal.retracted_at is not None:
        _drop(session, signal, "retracted", now)
        return
    scored = score_signal(signal, rival, world, settings)
    reaching = [item for item in scored if item.score >= settings.threshold]
    changed = _changed_since(world, signal.linked_at)
    save_exposures(
        session,
        signal,
        {
            item.account.id: (item.score, item.reasons)
            for item in reaching
            if changed is None or item.account.id in changed
        },
        now,
        among=changed,
    )
    if not scored:
        _drop(session, signal, "not linked", now)
    elif below := [item for item in scored if item.score < settings.threshold]:
        _drop(session, signal, "below threshold", now, _listed(below))


def score_signal(
    signal: WaitingSignal, rival: Rival, world: World, settings: LinkingSettings
) -> list[Scored]:
    """Return the exposure of every account that has a reason, below the threshold too, by account key."""
    found = reasons_by_account(_story_of(signal, rival), world)
    by_key = {account.key: account for account in world.accounts}
    return [
        score_account(by_key[key], reasons, signal.impact, signal.first_seen_at, settings)
        for key, reasons in sorted(found.items())
    ]


def _story_of(signal: WaitingSignal, rival: Rival) -> Story:
    return Story(
        rival=rival, category=signal.category, title=signal.headline, text=signal.text, facts=signal.facts
    )


def _is_live(signal: WaitingSignal) -> bool:
    return signal.retracted_at is None


def score_account(
    account: Account,
    found: Sequence[Found],
    impact: float,
    observed_at: datetime | None,
    settings: LinkingSettings,
) -> Scored:
    """Return an account's exposure: reasons combined, × impact × urgency of a renewal near the day of the signal.

    Without a day the renewal is left out.
    """
    reasons = weigh(found, settings.weights)
    factor = urgency(account.renewal, observed_at.date()) if observed_at else 1.0
    score = exposure([reason.weight for reason in reasons], impact, factor)
    if factor > 1.0 and account.renewal is not None and observed_at is not None:
        days = (account.renewal - observed_at.date()).days
        because = f"because the contract renews in {days} days, which raises the score by {round((factor - 1) * 100)} %"
        reasons.append(Reason(code=ReasonCode.RENEWAL_NEAR, weight=factor - 1.0, because=because))
    return Scored(account=account, score=round(score, 6), reasons=tuple(reasons))


def _changed_since(world: World, linked_at: datetime | None) -> list[int] | None:
    if linked_at is None:
        return None
    return [a.id for a in world.accounts if a.changed_at is not None and a.changed_at > linked_at]


def _listed(items: Sequence[Scored]) -> str:
    shown = ", ".join(f"{item.account.key} {item.score:.2f}" for item in items[:SHOWN_ACCOUNTS])
    return shown if len(items) <= SHOWN_ACCOUNTS else f"{shown} and {len(items) - SHOWN_ACCOUNTS} more"


def _drop(session: Session, signal: WaitingSignal, reason: str, now: datetime, detail: str = "") -> None:
    after = f"{quote(signal.headline)} {detail}".strip()
    record_drops(
        session, [Drop(stage=Stage.LINK, reason=reason, subject=f"signal:{signal.id}", at=now, after=after)]
    )
