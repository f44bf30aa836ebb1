"""Which account is a company of another system? By its link, our key, its web domain, its name; else a new one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from accounts.values import folded_name, own_host
from config.complaints import slug
from config.model import KEY_PATTERN
from store.accounts import Account

_LONGEST_KEY = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What is known of a company for telling which account it is."""

    external_id: str
    name: str
    key: str | None
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What matching found: company → account key for those that fit, and for those that become accounts."""

    fitting: Mapping[str, str]
    new: Mapping[str, str]
    unmatched: tuple[Company, ...]


def match_companies(
    companies: Sequence[Company],
    accounts: Iterable[Account],
    linked: Mapping[str, str],
    taken: Set[str] | None,
) -> Match:
    """Return which company is which account; links that exist stay. The order of the companies does not matter. Pure.

    A domain or a name counts only where exactly one account has it. ``taken`` are the keys that new accounts can not
    have; without it nothing becomes an account.
    """
    known = _Known(accounts)
    fitting: dict[str, str] = {}
    new: dict[str, str] = {}
    unmatched: list[Company] = []
    used = set(taken or ())
    for company in sorted(companies, key=lambda company: company.external_id):
        found = linked.get(company.external_id) or known.find(company)
        if found:
            fitting[company.external_id] = found
        elif taken is not None and company.name:
            new[company.external_id] = key = _new_key(company, used)
            used.add(key)
        else:
            unmatched.append(company)
    return Match(fitting=fitting, new=new, unmatched=tuple(unmatched))


class _Known:
    """The accounts by what tells them apart."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.keys: set[str] = set()
        self._domains: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        for account in accounts:
            self.keys.add(account.key)
            if account.domain and (host := own_host(account.domain)):
                self._domains[host].add(account.key)
            for name in (account.name, *account.aliases):
                self._names[folded_name(name)].add(account.key)

    def find(self, company: Company) -> str | None:
        if company.key and company.key.lower() in self.keys:
            return company.key.lower()
        hosts = [host for domain in company.domains if (host := own_host(domain))]
        by_domain = {key for host in hosts for key in self._domains.get(host, ())}
        if len(by_domain) == 1:
            return by_domain.pop()
        by_name = self._names.get(folded_name(company.name), set()) if company.name else set()
        return next(iter(by_name)) if len(by_name) == 1 else None


def _new_key(company: Company, taken: Set[str]) -> str:
    if company.key and re.fullmatch(KEY_PATTERN, company.key.lower()) and company.key.lower() not in taken:
        return company.key.lower()[:_LONGEST_KEY]
    base = slug(company.name)[:_LONGEST_KEY] or f"account-{slug(company.external_id)}"
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
