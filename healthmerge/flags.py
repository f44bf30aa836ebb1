"""What becomes of an account's flags: new ones, graver ones, woken ones, and those whose condition ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from config.health import FALLING_THRESHOLDS, FlagRuleConfig, HealthConfig
from healthmerge.conditions import CONDITIONS, DEFAULTS, Raised, Situation
from store.flags import MACHINE, Flag, FlagEvent
from store.kinds import FlagState
from store.records import JsonObject

#: After a person closed a flag, the same condition stays quiet for so long.
QUIET = timedelta(days=14)
TOP_LEVEL = 3
#: What the owner gets at each level.
GUIDES = {1: "talking_points", 2: "agenda", 3: "action_plan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChanges:
    """What to write: flags to open, living ones to rewrite, those whose condition ended, and the trail of it."""

    opened: tuple[Flag, ...] = ()
    updated: tuple[Flag, ...] = ()
    ended: tuple[Flag, ...] = ()
    events: tuple[FlagEvent, ...] = ()


def decide_flags(
    config: HealthConfig,
    situation: Situation,
    living: Sequence[Flag],
    closed_by_people: Mapping[tuple[int, str, str], datetime],
) -> FlagChanges:
    """Return what becomes of an account's flags. A rule that is absent is off; its living flags end."""
    opened: list[Flag] = []
    updated: list[Flag] = []
    events: list[FlagEvent] = []
    held: set[tuple[str, str]] = set()
    by_key = {(flag.code, flag.subject): flag for flag in living}
    for rule in config.flags:
        for raised in _raised(rule, situation):
            key = (rule.code, raised.subject)
            if key in held:
                continue
            held.add(key)
            if flag := by_key.get(key):
                fresh, happened = _refreshed(flag, raised, rule, config, situation)
                updated += [fresh] if fresh != flag else []
                events += happened
            elif not _quiet(situation, rule, raised, closed_by_people):
                opened.append(_new(rule, raised, config, situation))
    ended = tuple(flag for key, flag in by_key.items() if key not in held)
    return FlagChanges(opened=tuple(opened), updated=tuple(updated), ended=ended, events=tuple(events))


def _raised(rule: FlagRuleConfig, situation: Situation) -> list[Raised]:
    condition = CONDITIONS.get(rule.code)
    if condition is None:
        return []
    threshold = rule.at_least if rule.at_least is not None else DEFAULTS.get(rule.code, 0.0)
    raised = condition(situation, threshold)
    if rule.code == "renewal_near":
        # Each of the days counts for itself: who closed the flag at 90 days is reminded again at 60 and at 30.
        return [
            replace(item, subject=f"{item.subject}:{_reached(rule, threshold, item):g}") for item in raised
        ]
    return list(raised)


def _reached(rule: FlagRuleConfig, threshold: float, raised: Raised) -> float:
    limits = [threshold, *(step.at for step in rule.levels)]
    return min(limit for limit in limits if raised.amount is None or raised.amount <= limit)


def level_of(rule: FlagRuleConfig, amount: float | None) -> int:
    """Return the level that a figure asks for: the rule's, or that of the gravest step it reaches."""
    falls = rule.code in FALLING_THRESHOLDS
    reached = [
        step.level
        for step in rule.levels
        if amount is not None and (amount <= step.at if falls else amount >= step.at)
    ]
    return max([rule.level, *reached])


def guide_of(config: HealthConfig, rule: FlagRuleConfig, level: int) -> JsonObject:
    """Return what helps the owner at that level: kind, lines, and at the top level the executives to tell."""
    kind = GUIDES[level]
    lines = getattr(rule, kind) or getattr(config.guide, kind)
    executives = list(config.executives) if level == TOP_LEVEL else []
    return {"kind": kind, "lines": list(lines), "executives": executives}


def _quiet(
    situation: Situation,
    rule: FlagRuleConfig,
    raised: Raised,
    closed: Mapping[tuple[int, str, str], datetime],
) -> bool:
    # A flag of one signal or one renewal is dealt with for good; a lasting condition comes back after a while.
    at = closed.get((situation.account.id, rule.code, raised.subject))
    return at is not None and (bool(raised.subject) or situation.now - at < QUIET)


def _new(rule: FlagRuleConfig, raised: Raised, config: HealthConfig, situation: Situation) -> Flag:
    level = level_of(rule, raised.amount)
    return Flag(
        account_id=situation.account.id,
        code=rule.code,
        subject=raised.subject,
        level=level,
        owner=situation.account.owner,
        because=raised.because,
        play=" ".join(rule.play.split()),
        signal_id=raised.signal_id,
        opened_at=situation.now,
        raised_at=situation.now,
        due_at=situation.now + timedelta(days=rule.due_days),
        guide=guide_of(config, rule, level),
    )


def _refreshed(
    flag: Flag, raised: Raised, rule: FlagRuleConfig, config: HealthConfig, situation: Situation
) -> tuple[Flag, list[FlagEvent]]:
    """Return the flag as it stands now, and what happened to it since the last run."""
    now = situation.now
    fresh = replace(flag, because=raised.because, owner=situation.account.owner)
    due = now + timedelta(days=rule.due_days)
    level = level_of(rule, raised.amount)
    if level > flag.level:
        # Graver than when it was put off or taken on: it is news again.
        fresh = _raise(fresh, level, config, rule, now, due)
        return fresh, [_event(fresh, "raised", now, f"the figure asks for level {level}")]
    if flag.state is FlagState.SNOOZED and flag.snoozed_until is not None and flag.snoozed_until <= now:
        fresh = replace(fresh, state=FlagState.OPEN, snoozed_until=None, due_at=due)
        return fresh, [_event(fresh, "woken", now, "its time has come")]
    late = flag.state is FlagState.OPEN and flag.due_at is not None and flag.due_at < now
    if late and flag.level < TOP_LEVEL:
        fresh = _raise(fresh, flag.level + 1, config, rule, now, due)
        return fresh, [_event(fresh, "raised", now, "nobody acted until it was due")]
    return fresh, []


def _raise(
    flag: Flag, level: int, config: HealthConfig, rule: FlagRuleConfig, now: datetime, due: datetime
) -> Flag:
    return replace(
        flag,
        level=level,
        state=FlagState.OPEN,
        snoozed_until=None,
        due_at=due,
        raised_at=now,
        guide=guide_of(config, rule, level),
    )


def _event(flag: Flag, action: str, now: datetime, detail: str) -> FlagEvent:
    return FlagEvent(flag_id=flag.id, at=now, who=MACHINE, action=action, level=flag.level, detail=detail)
