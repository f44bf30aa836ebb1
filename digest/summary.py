"""The executive summary: a few plain sentences made of the signals' own headlines and of counted facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from digest.record import AccountLine, Correction, Item, Line, Watch
from digest.words import count, listed, stopped
from store.kinds import Band

MOST_SENTENCES = 5
NOTABLE_BLINDNESS = 0.1  # from one source in ten, what is missing may change the picture


def summarise(
    items: Sequence[Item],
    accounts: Sequence[AccountLine],
    corrections: Sequence[Correction],
    watch: Watch,
    more: int = 0,
) -> tuple[Line, ...]:
    """Return up to five sentences, the most important news first; headlines stand as the signals have them."""
    found = [
        *_moves(items),
        *_health(accounts),
        *_corrections(corrections),
        *_overview(items, more),
        *_blindness(watch),
    ]
    return tuple(found[:MOST_SENTENCES])


def quiet(watch: Watch, accounts_watched: int, span: str) -> tuple[Line, ...]:
    """Return the three lines of a period without news."""
    return (
        Line("", f"Nothing new that concerns you in the {span}."),
        Line("", _seen(watch)),
        Line("", _accounts_quiet(accounts_watched)),
    )


def _moves(items: Sequence[Item]) -> list[Line]:
    linked = [item for item in items if item.affected][:2] or list(items[:1])
    return [_move(item, "Next" if index else "Most pressing") for index, item in enumerate(linked)]


def _move(item: Item, label: str) -> Line:
    names = [account.name for account in item.affected]
    unnamed = [name for name in names if name not in item.headline]
    tail = f" Concerns {listed(unnamed)}." if unnamed else ""
    return Line(label, stopped(item.headline, limit=200) + tail)


def _health(accounts: Sequence[AccountLine]) -> list[Line]:
    fallen = [account for account in accounts if account.worsened]
    if fallen:
        names = [f"{account.name} ({account.score_before} → {account.score})" for account in fallen]
        return [Line("Health", f"{listed(names)} fell into a worse band.")]
    red = [account.name for account in accounts if account.band is Band.RED]
    return [Line("Health", f"{listed(red)} {'is' if len(red) == 1 else 'are'} red.")] if red else []


def _corrections(corrections: Sequence[Correction]) -> list[Line]:
    if not corrections:
        return []
    one = len(corrections) == 1
    what = "One thing we told you before" if one else f"{len(corrections)} things we told you before"
    if all(correction.category for correction in corrections):
        return [Line("Corrected", f"{what} {'belongs' if one else 'belong'} under another category.")]
    as_told = " as told" if any(correction.category for correction in corrections) else ""
    return [Line("Corrected", f"{what} {'does' if one else 'do'} not hold{as_told}.")]


def _overview(items: Sequence[Item], more: int) -> list[Line]:
    if len(items) + more < 2:
        return []
    rivals = Counter(item.rival for item in items)
    who = listed([f"{rival} ({number})" for rival, number in rivals.most_common()], 4)
    return [Line("In all", f"{count(len(items) + more, 'move')}, by {who}.")]


def _blindness(watch: Watch) -> list[Line]:
    if watch.unreached < NOTABLE_BLINDNESS * max(1, watch.sources):
        return []
    sources = count(watch.sources, "source")
    return [
        Line(
            "Not seen", f"{watch.unreached} of {sources} could not be reached; silence there proves nothing."
        )
    ]


def _seen(watch: Watch) -> str:
    if not watch.sources:
        return "No source is watched for you yet."
    sources, rivals = count(watch.sources, "source"), count(watch.rivals, "rival")
    if watch.reached == watch.sources:
        return f"All {sources} of {rivals} were seen, and they were silent."
    start = f"{watch.reached} of {sources} of {rivals} were seen, and those were silent"
    blind = listed(list(dict.fromkeys(source.rival for source in watch.blind)))
    if not blind:
        return f"{start}; the others were not visited yet."
    return f"{start}; we could not see all of {blind}, so silence there proves nothing."


def _accounts_quiet(watched: int) -> str:
    if not watched:
        return "No account is assigned to you yet."
    if watched == 1:
        return "Your account did not fall into a worse band."
    return f"None of your {watched} accounts fell into a worse band."
