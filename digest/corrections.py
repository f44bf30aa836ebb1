"""What an earlier mail told and what was found out since: taken back, or of another kind than it was told as."""

from __future__ import annotations

from digest.gather import Earlier, Readings, Recategorised
from digest.items import HEADLINE_LIMIT, NAME_LIMIT, WHY_LIMIT, Reader
from digest.record import Correction
from digest.themes import ACTIONS, LABELS
from digest.words import day, listed, plain, sentence
from store.readings import SignalReading

MOST_CORRECTIONS = 10
WHO_LIMIT = 80


def corrections_of(readings: Readings, reader: Reader) -> tuple[Correction, ...]:
    """Return what is corrected in this mail, what was taken back first; what has no room comes in the next."""
    found = [_taken_back(signal, earlier, reader) for signal, earlier in readings.retracted]
    found += [_told_anew(one, reader) for one in readings.recategorised]
    return tuple(found[:MOST_CORRECTIONS])


def _taken_back(signal: SignalReading, earlier: Earlier, reader: Reader) -> Correction:
    names = _names(earlier)
    return Correction(
        signal_id=signal.id,
        told=day(earlier.at, reader.timezone),
        headline=plain(earlier.told.headline, HEADLINE_LIMIT),
        reason=sentence(signal.retraction or "the page shows it no longer"),
        points=f"Its points are given back to the health of {listed(names)}." if names else "",
    )


def _told_anew(one: Recategorised, reader: Reader) -> Correction:
    """Say what it is instead, why that matters and what to do: reason and advice of the wrong kind were told before."""
    signal, names = one.signal, _names(one.earlier)
    before = plain(one.earlier.told.headline, HEADLINE_LIMIT)
    now = plain(signal.headline, HEADLINE_LIMIT)
    parts = [f"It now reads: “{now}”."] if now != before else []
    parts += [sentence(signal.why, WHY_LIMIT)] if signal.why else []
    kinds = f"it belongs under {LABELS[signal.category]}, not {LABELS[one.was]}"
    return Correction(
        signal_id=signal.id,
        told=day(one.earlier.at, reader.timezone),
        headline=before,
        reason=f"Corrected by {plain(one.who, WHO_LIMIT)}: {kinds}.",
        instead=" ".join(parts),
        to_do=ACTIONS[signal.category].format(who=listed(names, 2)) if names else "",
        points=f"The health of {listed(names)} was computed anew." if names else "",
        headline_now=now,
        category=signal.category,
        accounts=tuple(names),
    )


def _names(earlier: Earlier) -> list[str]:
    return [plain(name, NAME_LIMIT) for name in earlier.told.accounts]
