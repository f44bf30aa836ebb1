"""Were the flags and scores right? What people and contracts said afterwards, rule by rule and band by band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy.orm import Session

from store.flags import CONDITION_ENDED
from store.kinds import FlagState, FlagVerdict, OutcomeKind
from store.outcomes import FlagResult, Foreseen, flag_results, foreseen_outcomes, list_outcomes
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """How one flag rule did: how many were opened, how they ended, and what people said came of them."""

    code: str
    opened: int
    living: int
    ended_alone: int
    verdicts: dict[str, int]
    days_to_close: float | None

    @property
    def useful(self) -> float | None:
        """Share of judged flags that helped or came too late, so were right; None if none was judged."""
        judged = sum(self.verdicts.values())
        right = self.verdicts.get(FlagVerdict.HELPED, 0) + self.verdicts.get(FlagVerdict.TOO_LATE, 0)
        return right / judged if judged else None

    def to_json(self) -> JsonObject:
        """Return the record for ``--json``."""
        return {
            "code": self.code,
            "opened": self.opened,
            "living": self.living,
            "ended_alone": self.ended_alone,
            "verdicts": self.verdicts,
            "useful": self.useful,
            "days_to_close": self.days_to_close,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRecord:
    """What became of the accounts that stood in a band two months before their contract was decided."""

    band: str
    outcomes: int
    churned: int
    downgraded: int

    def to_json(self) -> JsonObject:
        """Return the record for ``--json``."""
        return {
            "band": self.band,
            "outcomes": self.outcomes,
            "churned": self.churned,
            "downgraded": self.downgraded,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What outcomes say of rules and bands; ``recorded`` counts outcomes, also those nothing had foreseen."""

    recorded: int
    rules: tuple[RuleRecord, ...]
    bands: tuple[BandRecord, ...]

    def to_json(self) -> JsonObject:
        """Return the judgement for ``--json``."""
        return {
            "outcomes": self.recorded,
            "rules": [rule.to_json() for rule in self.rules],
            "bands": [band.to_json() for band in self.bands],
        }


def judge(session: Session, since: datetime) -> Judgement:
    """Return what became of the flags opened, and the contracts decided, since a moment."""
    foreseen = [item for item in foreseen_outcomes(session) if item.outcome.day >= since.date()]
    return Judgement(
        recorded=len(list_outcomes(session, since.date())),
        rules=rule_records(flag_results(session, since)),
        bands=band_records(foreseen),
    )


def rule_records(results: Sequence[FlagResult]) -> tuple[RuleRecord, ...]:
    """Return one record a rule, by code. Pure."""
    return tuple(
        _rule(code, [r for r in results if r.code == code]) for code in sorted({r.code for r in results})
    )


def _rule(code: str, results: Sequence[FlagResult]) -> RuleRecord:
    verdicts = {verdict.value: sum(r.verdict is verdict for r in results) for verdict in FlagVerdict}
    by_people = [r for r in results if r.closed_at is not None and r.outcome != CONDITION_ENDED]
    days = [(r.closed_at - r.opened_at).total_seconds() / 86_400 for r in by_people if r.closed_at]
    return RuleRecord(
        code=code,
        opened=len(results),
        living=sum(r.state is not FlagState.CLOSED for r in results),
        ended_alone=sum(r.outcome == CONDITION_ENDED for r in results),
        verdicts={name: count for name, count in verdicts.items() if count},
        days_to_close=round(median(days), 1) if days else None,
    )


def band_records(foreseen: Sequence[Foreseen]) -> tuple[BandRecord, ...]:
    """Return one record a band, the worst first. Pure."""
    found = []
    for band in ("red", "yellow", "green", "grey"):
        kinds = [item.outcome.kind for item in foreseen if item.band == band]
        if kinds:
            found.append(
                BandRecord(
                    band=band,
                    outcomes=len(kinds),
                    churned=kinds.count(OutcomeKind.CHURNED),
                    downgraded=kinds.count(OutcomeKind.DOWNGRADED),
                )
            )
    return tuple(found)
