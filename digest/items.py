"""One signal as this reader sees it: what, why it matters to you, for which accounts, what to do, where to see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from classify.rules.amounts import write_percent
from digest.rank import Threat, rank_reason
from digest.record import Affected, Comparison, Item, Proof
from digest.themes import ACTIONS, LABELS
from digest.words import day, listed, money, percent, place, plain, sentence, web_address
from store.readings import SignalReading

HEADLINE_LIMIT = 160
WHY_LIMIT = 320
REASON_LIMIT = 160
ACTION_LIMIT = 260
NAME_LIMIT = 60
MOST_COMPARISONS = 3
MOST_ACCOUNTS = 3
MOST_REASONS = 2
MOST_PROOFS = 3

HIGH_IMPACT = 0.7
MEDIUM_IMPACT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What laying out an item needs to know of its reader."""

    timezone: str
    currency: str
    today: date


def make_item(signal: SignalReading, threats: Sequence[Threat], number: int, reader: Reader) -> Item:
    """Return the signal as this reader sees it; threats come heaviest first."""
    shown = threats[:MOST_ACCOUNTS]
    return Item(
        signal_id=signal.id,
        place=number,
        rival=plain(signal.rival, NAME_LIMIT),
        category=signal.category,
        label=LABELS[signal.category],
        headline=plain(signal.headline, HEADLINE_LIMIT),
        why=sentence(signal.why, WHY_LIMIT),
        action=_action(signal, threats),
        impact=impact_word(signal.impact),
        confidence=percent(signal.confidence),
        certain=not signal.review,
        rank_reason=plain(rank_reason(threats, reader.currency, reader.today), REASON_LIMIT),
        comparisons=comparisons(signal.facts)[:MOST_COMPARISONS],
        affected=tuple(_affected(threat) for threat in shown),
        affected_more=len(threats) - len(shown),
        proofs=tuple(
            _proof(signal, index, reader) for index in range(min(MOST_PROOFS, len(signal.evidence)))
        ),
        proofs_more=max(0, len(signal.evidence) - MOST_PROOFS),
    )


def impact_word(impact: float) -> str:
    """Return an impact in [0, 1] as a word."""
    return "high" if impact >= HIGH_IMPACT else "medium" if impact >= MEDIUM_IMPACT else "low"


def comparisons(facts: Mapping[str, Any]) -> tuple[Comparison, ...]:
    """Return the values that changed, read from a signal's facts; only where both sides are known."""
    found = []
    for price in facts.get("prices") or ():
        before, after = _price(price.get("before")), _price(price.get("after"))
        if before and after and before != after:
            found.append(
                Comparison(
                    label=plain(str(price.get("plan") or "Price"), NAME_LIMIT),
                    before=before,
                    after=after,
                    note=_percent_note(price.get("percent")),
                )
            )
    return tuple(found)


def _price(value: Any) -> str:
    if not isinstance(value, Mapping):
        return "" if value is None else plain(str(value), NAME_LIMIT)
    if value.get("amount") is None:
        return plain(str(value.get("note") or ""), NAME_LIMIT)
    amount = money(str(value["amount"]), str(value.get("currency") or ""))
    return plain(" / ".join([amount, str(value["period"])] if value.get("period") else [amount]), NAME_LIMIT)


def _percent_note(value: Any) -> str:
    return write_percent(Decimal(str(value))) if isinstance(value, int | float) else ""


def _action(signal: SignalReading, threats: Sequence[Threat]) -> str:
    plays = [
        flag.play
        for threat in threats
        for flag in threat.account.flags
        if flag.signal_id == signal.id and flag.play
    ]
    if plays:
        return sentence(plays[0], ACTION_LIMIT)
    names = listed([plain(threat.account.name, NAME_LIMIT) for threat in threats], 2)
    return ACTIONS[signal.category].format(who=names or "your accounts")


def _affected(threat: Threat) -> Affected:
    reasons = [plain(because, REASON_LIMIT) for because in threat.because[:MOST_REASONS]]
    return Affected(
        key=threat.account.key,
        name=plain(threat.account.name, NAME_LIMIT),
        exposure=threat.exposure,
        because=sentence("; ".join(reasons), REASON_LIMIT * 2),
    )


def _proof(signal: SignalReading, index: int, reader: Reader) -> Proof:
    proof = signal.evidence[index]
    address = web_address(proof.url)
    return Proof(
        url=address,
        site=plain(place(address), NAME_LIMIT) if address else "an address that is not linked here",
        seen=day(proof.seen_at, reader.timezone),
    )
