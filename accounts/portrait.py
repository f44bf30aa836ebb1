"""What a CRM's records say of one account: its fields, who decides there, and which rivals are in the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.values import Reader, as_moment, folded_name, month_of, split_names
from config.connections import CrmConfig, HubSpotConfig, SalesforceConfig
from store.connections import Item, ItemKind
from store.data_problems import DataProblem, ProblemKind
from store.metrics import MetricValue
from store.records import JsonObject

ENGAGED = timedelta(days=90)  # a contact we have been in touch with for no longer than a quarter
LOST_COUNTS = timedelta(days=730)  # a deal lost to a rival longer ago says little of who is there today
MOST_STAKEHOLDERS = 100


class Standing(StrEnum):
    """How a rival stands at an account; the first is the strongest."""

    INCUMBENT = "incumbent"
    EVALUATION = "in evaluation"
    LOST = "lost deal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What a CRM says of one account, ready to be claimed, and what could not be taken."""

    fields: JsonObject
    key: str | None
    domains: tuple[str, ...]
    problems: tuple[DataProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """How rivals are called: by key, name, alias, domain, and by what the connection's ``competitors`` say."""

    keys: Mapping[str, str]

    @classmethod
    def named(cls, rivals: Mapping[str, Sequence[str]], extra: Mapping[str, str]) -> Rivals:
        """Return the names by which rivals are found, rival key → its names, and the configured ones."""
        known = {folded_name(name): key for key, names in rivals.items() for name in (key, *names)}
        return cls(keys={**known, **{folded_name(name): key for name, key in extra.items()}})

    def find(self, name: str) -> str | None:
        """Return the key of the rival with that name."""
        return self.keys.get(folded_name(name))


def portrait(items: Sequence[Item], config: CrmConfig, rivals: Rivals, today: date) -> Portrait | None:
    """Return what the records of one company say; None if the company itself is not among them. Pure."""
    company = next((item for item in items if item.kind is ItemKind.COMPANY), None)
    if company is None:
        return None
    reader = Reader(origin=config.key, subject=_subject(company))
    said = company.data
    contacts = [item for item in items if item.kind is ItemKind.CONTACT]
    deals = [item for item in items if item.kind is ItemKind.DEAL]
    domain = reader.domain("domain", said.get("domain"))
    renewal = reader.day("renewal", said.get("renewal")) or _next_renewal(deals, config, reader, today)
    standings = _standings(company, deals, rivals, reader, today)
    arr, region = reader.amount("arr", said.get("arr")), reader.region("region", said.get("region"))
    fields: JsonObject = {
        "name": reader.line("name", said.get("name")),
        "domain": domain,
        "tier": reader.tier("tier", said.get("tier")),
        "owner": reader.email("owner", said.get("owner")),
        "industry": reader.line("industry", said.get("industry")),
        "segment": reader.line("segment", said.get("segment")),
        "regions": [region] if region else [],
        "uses": list(split_names(said.get("uses"))),
        "rivals_present": sorted(standings),
        "rival_standings": {rival: standings[rival].value for rival in sorted(standings)},
        "stakeholders": _stakeholders(contacts, reader),
        "renewal": renewal.isoformat() if renewal else None,
        "arr": str(arr) if arr is not None else None,
    }
    if not fields["name"]:
        reader.note(
            "name", ProblemKind.MISSING, "the company has no name", "give it one there; it is left out"
        )
    own = reader.line("key", said.get("key"))
    return Portrait(
        fields={name: value for name, value in fields.items() if value},
        key=own.lower() if own else None,
        domains=(domain,) if domain else (),
        problems=tuple({(p.subject, p.field): p for p in reader.problems}.values()),
    )


def contact_figures(account: str, items: Sequence[Item], today: date) -> Iterator[MetricValue]:
    """Yield this month's figures of the people there: how many, how many engaged, days since the last contact."""
    contacts = [item for item in items if item.kind is ItemKind.CONTACT]
    seen = [as_moment(item.data.get("last_activity")) for item in contacts]
    days = [(today - moment.date()).days for moment in seen if moment and moment.date() <= today]
    month = month_of(today)
    if contacts:
        yield MetricValue(account_key=account, name="contacts", period=month, value=float(len(contacts)))
    # Without a single known day nobody can tell engaged people from a field that is not kept.
    if days:
        engaged = sum(passed <= ENGAGED.days for passed in days)
        yield MetricValue(account_key=account, name="contacts_engaged", period=month, value=float(engaged))
        yield MetricValue(
            account_key=account, name="days_since_contact", period=month, value=float(min(days))
        )


def _subject(company: Item) -> str:
    return f"{company.data.get('name') or 'company'} ({company.external_id})"


def _stakeholders(contacts: Sequence[Item], reader: Reader) -> list[JsonObject]:
    people: dict[str, JsonObject] = {}
    for item in contacts:
        name, role = reader.line("contact", item.data.get("name")), reader.line("role", item.data.get("role"))
        if name:
            people.setdefault(name.casefold(), {"name": name, "role": role})
    return [people[key] for key in sorted(people)][:MOST_STAKEHOLDERS]


def _next_renewal(deals: Sequence[Item], config: CrmConfig, reader: Reader, today: date) -> date | None:
    """Return the nearest close date, from today on, of an open deal that is a renewal."""
    assert isinstance(config, SalesforceConfig | HubSpotConfig)
    kinds = {kind.casefold() for kind in config.deals.renewal_types}
    wanted = [
        item
        for item in deals
        if not item.data.get("closed") and str(item.data.get("type") or "").casefold() in kinds
    ]
    days = [reader.day("close date", item.data.get("close_date")) for item in wanted]
    return min((day for day in days if day and day >= today), default=None)


def _standings(
    company: Item, deals: Sequence[Item], rivals: Rivals, reader: Reader, today: date
) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    ranks = list(Standing)

    def add(names: object, standing: Standing, field: str) -> None:
        for name in split_names(names):
            rival = rivals.find(name)
            if rival is None:
                remedy = "name it under 'competitors' of the connection, or watch it"
                reader.note(field, ProblemKind.UNKNOWN, f"'{name[:60]}' is no competitor we watch", remedy)
            elif rival not in found or ranks.index(standing) < ranks.index(found[rival]):
                found[rival] = standing

    add(company.data.get("incumbent"), Standing.INCUMBENT, "incumbent")
    for item in deals:
        standing = _deal_standing(item, today)
        if standing:
            add(item.data.get("competitor"), standing, f"competitor of {item.external_id}")
    return found


def _deal_standing(deal: Item, today: date) -> Standing | None:
    if not deal.data.get("closed"):
        return Standing.EVALUATION
    closed = as_moment(deal.data.get("close_date"))
    is_recent = closed is not None and today - closed.date() <= LOST_COUNTS
    return Standing.LOST if is_recent and not deal.data.get("won") else None
