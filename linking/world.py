"""What linking knows besides a signal: the accounts, and which of them a move can touch at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linking.capabilities import normal_tag
from linking.meaning import Meaning
from linking.moves import PeopleIndex
from linking.names import NameIndex
from store.accounts import Account
from store.sources import Rival


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What linking knows besides the signal: the accounts, their names, and which tags belong to which market."""

    accounts: Sequence[Account]
    names: NameIndex
    tags: frozenset[str]
    market_tags: Mapping[str, frozenset[str]]
    market_rivals: Mapping[str, frozenset[str]]
    people: PeopleIndex
    meaning: Meaning
    by_key: Mapping[str, Account]
    by_rival: Mapping[str, frozenset[str]]
    by_tag: Mapping[str, frozenset[str]]

    @classmethod
    def of(
        cls, accounts: Iterable[Account], rivals: Iterable[Rival], *, meaning: Meaning | None = None
    ) -> World:
        """Build the world of these accounts and rivals; the model of ``meaning`` is loaded when needed."""
        listed = sorted(accounts, key=lambda account: account.key)
        watched = list(rivals)
        markets = {rival.market for rival in watched}
        return cls(
            accounts=listed,
            names=NameIndex(listed),
            tags=frozenset(normal_tag(tag) for account in listed for tag in account.uses),
            market_tags={
                market: frozenset(
                    {normal_tag(market)}
                    | {
                        normal_tag(tag)
                        for r in watched
                        if r.market == market
                        for _, tags in r.products
                        for tag in tags
                    }
                )
                for market in markets
            },
            market_rivals={
                market: frozenset(rival.key for rival in watched if rival.market == market)
                for market in markets
            },
            people=PeopleIndex(listed),
            meaning=meaning or Meaning(),
            by_key={account.key: account for account in listed},
            by_rival=_grouped((rival, account.key) for account in listed for rival in account.rivals_present),
            by_tag=_grouped((normal_tag(tag), account.key) for account in listed for tag in account.uses),
        )

    def own_tags(self, rival: Rival) -> frozenset[str]:
        """Return the tags of the rival's own products."""
        return frozenset(normal_tag(tag) for _, tags in rival.products for tag in tags)

    def candidates(self, rival: Rival, tags: Iterable[str], *, whole_market: bool) -> set[str]:
        """Return the keys of the accounts that the rival, these tags or its market can touch; all others stay out."""
        keys = set(self.by_rival.get(rival.key, ()))
        for tag in tags:
            keys |= self.by_tag.get(tag, frozenset())
        if whole_market:
            for tag in self.market_tags.get(rival.market, ()):
                keys |= self.by_tag.get(tag, frozenset())
            for other in self.market_rivals.get(rival.market, ()):
                keys |= self.by_rival.get(other, frozenset())
        return keys

    def buys_in_market_of(self, rival: Rival, account: Account) -> bool:
        """Return True if the account uses a tag of the rival's market, or has one of its rivals in the house."""
        used = {normal_tag(tag) for tag in account.uses}
        if used & self.market_tags.get(rival.market, frozenset()):
            return True
        return bool(set(account.rivals_present) & self.market_rivals.get(rival.market, frozenset()))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for group, member in pairs:
        groups.setdefault(group, set()).add(member)
    return {group: frozenset(members) for group, members in groups.items()}
