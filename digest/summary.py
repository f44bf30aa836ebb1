"""The executive summary: a few plain sentences made of the signals' own headlines and of counted facts."""

from __future__ import annotations

from collections.abc import Sequence

from digest.record import AccountLine, Correction, Item, Watch
from digest.words import count, listed, sentence
from store.kinds import Band

MOST_SENTENCES = 5
NOTABLE_BLINDNESS = 0.1  # from one source in ten, what is missing may change the picture


def summarise(
    items: Sequence[Item],
    accounts: Sequence[AccountLine],
    corrections: Sequence[Correction],
    watch: Watch,
    more: int = 0,
) -> tuple[str, ...]:
    """Return three to five sentences, the most important news first; headlines stand as the signal has them."""
    found = [*_moves(items), *_health(accounts), *_corrections(corrections), *_blindness(watch)]
    return tuple([*_overview(items, more), *found][:MOST_SENTENCES])


def quiet(watch: Watch, accounts_watched: int, span: str) -> tuple[str, ...]:
    """Return the three lines of a week without news."""
    return (
        f"Nothing new that concerns you in the {span}.",
        _seen(watch),
        _accounts_quiet(accounts_watched),
    )


def _overview(items: Sequence[Item], more: int) -> list[str]:
    if not items:
        return []
    rivals = list(dict.fromkeys(item.rival for item in items))
    touched = {account.key for item in items for account in item.affected}
    linked = sum(bool(item.affected) for item in items)
    moves = count(len(items) + more, "move")
    start = (
        f"{moves} by {listed(rivals)}" if len(rivals) <= 2 else f"{moves} by {count(len(rivals), 'rival')}"
    )
    if not linked:
        return [f"{start}; none is linked to an account of yours."]
    verb = "concerns" if linked == 1 else "concern"
    which = "it" if len(items) + more == 1 else f"{linked} of them" if linked < len(items) + more else "all"
    return [f"{start}; {which} {verb} {count(len(touched), 'account')} of yours."]


def _moves(items: Sequence[Item]) -> list[str]:
    linked = [item for item in items if item.affected][:2] or list(items[:1])
    return [_move(item, first=index == 0) for index, item in enumerate(linked)]


def _move(item: Item, *, first: bool) -> str:
    names = [account.name for account in item.affected]
    start = "Most pressing: " if first else "Next: "
    tail = f" ({listed(names)})" if names else ""
    return sentence(f"{start}{item.headline.rstrip('.')}{tail}", limit=300)


def _health(accounts: Sequence[AccountLine]) -> list[str]:
    fallen = [account for account in accounts if account.worsened]
    if fallen:
        return [
            f"{listed([f'{account.name} ({account.score_before} → {account.score})' for account in fallen])}"
            f" fell into a worse band."
        ]
    red = [account.name for account in accounts if account.band is Band.RED]
    return [f"{listed(red)} {'is' if len(red) == 1 else 'are'} still red."] if red else []


def _corrections(corrections: Sequence[Correction]) -> list[str]:
    if not corrections:
        return []
    if len(corrections) == 1:
        return ["One thing we told you before does not hold; it is corrected below."]
    return [f"{len(corrections)} things we told you before do not hold; they are corrected below."]


def _blindness(watch: Watch) -> list[str]:
    if watch.unreached < NOTABLE_BLINDNESS * max(1, watch.sources):
        return []
    return [
        f"We could not see {watch.unreached} of {count(watch.sources, 'source')}: silence there proves nothing."
    ]


def _seen(watch: Watch) -> str:
    if not watch.sources:
        return "No source is watched for you yet."
    start = f"{watch.reached} of {count(watch.sources, 'source')} of {count(watch.rivals, 'rival')} were seen"
    if watch.reached == watch.sources:
        return f"All {count(watch.sources, 'source')} of {count(watch.rivals, 'rival')} were seen: they were silent."
    blind = listed(list(dict.fromkeys(source.rival for source in watch.blind)))
    if not blind:
        return f"{start}, and those were silent; the others were not visited yet."
    return f"{start}, and those were silent; part of {blind} could not be reached, so silence there proves nothing."


def _accounts_quiet(watched: int) -> str:
    if not watched:
        return "No account is assigned to you yet."
    if watched == 1:
        return "Your account did not change its band."
    return f"None of your {watched} accounts changed to a worse band."
