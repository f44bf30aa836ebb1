"""What a read gave becomes records, links, claims, figures and problems, in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from accounts.figures import invoice_figures, ticket_figures
from accounts.matching import Company, Match, match_companies
from accounts.portrait import Rivals, contact_figures, portrait
from accounts.systems import Access, Pull
from config.connections import CrmConfig, FigureConfig, StripeConfig
from store.account_writes import take_back_claims, write_claims
from store.accounts import account_ids, list_accounts
from store.claims import Claim
from store.connections import (
    ConnectionState,
    Item,
    ItemKind,
    Link,
    account_links,
    add_links,
    connection_state,
    items_by_company,
    known_items,
    note_success,
    remove_items,
    remove_links,
    write_items,
)
from store.data_problems import DataProblem, ProblemKind, replace_problems
from store.metrics import MetricValue, write_metrics
from store.records import JsonObject
from store.sources import list_rivals

_NAMED = 5  # companies without an account that a problem names; the rest is counted
UNMATCHED = "companies without an account"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What one read came to. ``error`` is set where nothing was taken."""

    connection: str
    full: bool = False
    records: int = 0
    accounts: int = 0
    metrics: int = 0
    problems: int = 0
    error: str | None = None

    def __str__(self) -> str:
        if self.error:
            return f"{self.error}; nothing was taken"
        read = "everything" if self.full else "what changed"
        return (
            f"{self.connection}: read {read}, {self.records} records; {self.accounts} accounts and {self.metrics}"
            f" metric values changed, {self.problems} values could not be taken"
        )


def type_of(access: Access) -> str:
    """Return which kind of system the connection leads to."""
    return str(getattr(access.config, "type", ""))


def take(session: Session, access: Access, pulled: Pull) -> SyncReport:
    """Write what a read gave: records, links, claims, figures, problems and the cursor, in one transaction."""
    connection, now = access.config, access.now
    state = connection_state(session, connection.key)
    if state is None:
        raise ValueError(f"connection {connection.key!r} was not synchronised")
    touched = _take_items(session, state.id, pulled, now)
    work = _Work(session, access, state, touched, pulled.full)
    report = work.crm() if isinstance(connection, CrmConfig) else work.figures()
    counts: JsonObject = dict(Counter(item.kind.value for item in pulled.items))
    note_success(
        session,
        connection.key,
        type_of(access),
        now,
        counts=counts,
        cursor=pulled.cursor,
        full=pulled.full,
    )
    return SyncReport(
        connection=connection.key,
        full=pulled.full,
        records=len(pulled.items),
        accounts=report.accounts,
        metrics=report.metrics,
        problems=report.problems,
    )


def _take_items(session: Session, connection_id: int, pulled: Pull, now: datetime) -> set[str]:
    gone = list(pulled.gone)
    if pulled.full:
        came = {(item.kind, item.external_id) for item in pulled.items}
        gone += [known for known in known_items(session, connection_id) if known not in came]
    touched = remove_items(session, connection_id, gone) if gone else set()
    return touched | write_items(session, connection_id, pulled.items, now)


@dataclass(slots=True)
class _Work:
    """Turning the records of one connection into accounts and figures."""

    session: Session
    access: Access
    state: ConnectionState
    touched: set[str]
    full: bool
    by_company: Mapping[str, Sequence[Item]] = field(default_factory=dict)

    def crm(self) -> SyncReport:
        """Claim accounts for the companies that were touched; those that are gone are taken back."""
        config, now = self.access.config, self.access.now
        assert isinstance(config, CrmConfig)
        rivals = self._rivals(config)
        links = account_links(self.session, self.state.id)
        self.by_company = items_by_company(self.session, self.state.id, None if self.full else self.touched)
        made = {
            company: shown
            for company, items in self.by_company.items()
            if (shown := portrait(items, config, rivals, now.date())) is not None
        }
        companies = [
            Company(external_id=key, name=str(p.fields.get("name") or ""), key=p.key, domains=p.domains)
            for key, p in made.items()
        ]
        linked = {key: link.account_key for key, link in links.items()}
        match = self._match(companies, linked, config.create)
        found = {**match.fitting, **match.new}
        lost = {key for key in self.touched if key not in made and key in links}
        speaking = {key: account for key, account in {**linked, **found}.items() if key not in lost}
        chosen, doubled = _one_each(speaking, made.keys())
        claims = [
            Claim(account_key=account, fields=made[company].fields) for company, account in chosen.items()
        ]
        written = write_claims(self.session, claims, now, origin=config.key)
        self._link(found, set(links))
        self._unlink(lost, links)
        values = [v for c, a in chosen.items() for v in contact_figures(a, self.by_company[c], now.date())]
        metrics = write_metrics(self.session, values, origin=config.key)
        problems = [problem for p in made.values() for problem in p.problems]
        problems += [self._doubled(made[key].fields, key, account) for key, account in doubled.items()]
        problems += self._unmatched(match)
        subjects = None if self.full else self._subjects(made.keys())
        replace_problems(self.session, config.key, subjects, problems, now)
        return SyncReport(
            connection=config.key,
            accounts=written.created + written.updated,
            metrics=metrics.created + metrics.updated,
            problems=len(problems),
        )

    def figures(self) -> SyncReport:
        """Write the figures of the accounts whose tickets or invoices were touched."""
        config, now = self.access.config, self.access.now
        assert isinstance(config, FigureConfig)
        links = account_links(self.session, self.state.id)
        known = items_by_company(self.session, self.state.id, kind=ItemKind.COMPANY)
        companies = [_company(items[0]) for items in known.values()]
        match = self._match(companies, {key: link.account_key for key, link in links.items()}, False)
        self._link(match.fitting, set(links))
        hit = {account for company, account in match.fitting.items() if self.full or company in self.touched}
        speaking = {company: account for company, account in match.fitting.items() if account in hit}
        of_account: dict[str, list[Item]] = defaultdict(list)
        for company, items in items_by_company(self.session, self.state.id, set(speaking)).items():
            of_account[speaking[company]].extend(items)
        problems: list[DataProblem] = []
        values: list[MetricValue] = []
        for account in sorted(hit):
            values += self._figures_of(account, of_account[account], problems)
        metrics = write_metrics(self.session, values, origin=config.key)
        problems += self._unmatched(match)
        replace_problems(self.session, config.key, None if self.full else [*hit, UNMATCHED], problems, now)
        return SyncReport(
            connection=config.key, metrics=metrics.created + metrics.updated, problems=len(problems)
        )

    def _figures_of(
        self, account: str, items: Sequence[Item], problems: list[DataProblem]
    ) -> list[MetricValue]:
        config, now = self.access.config, self.access.now
        assert isinstance(config, FigureConfig)
        if not isinstance(config, StripeConfig):
            tickets = [item for item in items if item.kind is ItemKind.TICKET]
            return list(ticket_figures(account, tickets, (now - config.history).date(), now.date()))
        invoices = [item for item in items if item.kind is ItemKind.INVOICE]
        foreign = sorted({str(i.data.get("currency")) for i in invoices} - {config.currency})
        if foreign:
            message = f"invoices in {', '.join(foreign)} are left out; figures are in {config.currency}"
            remedy = "connect them a second time with their own currency, if there are many"
            problems.append(self._problem(account, "currency", ProblemKind.UNKNOWN, message, remedy))
        own = [item for item in invoices if item.data.get("currency") == config.currency]
        return list(invoice_figures(account, own, now))

    def _match(self, companies: Sequence[Company], linked: Mapping[str, str], create: bool) -> Match:
        taken = set(account_ids(self.session))
        return match_companies(companies, list_accounts(self.session), linked, taken if create else None)

    def _link(self, found: Mapping[str, str], linked: set[str]) -> None:
        ids = account_ids(self.session)
        fresh = {company: ids[account] for company, account in found.items() if company not in linked}
        add_links(self.session, self.state.id, fresh)

    def _unlink(self, lost: set[str], links: Mapping[str, Link]) -> None:
        """Take back what companies that are no more said, unless another company is the same account."""
        speaking = {link.account_key for key, link in links.items() if key not in lost}
        gone = {links[key].account_key for key in lost} - speaking
        take_back_claims(self.session, gone, self.access.now, origin=self.access.config.key)
        remove_links(self.session, self.state.id, lost)

    def _rivals(self, config: CrmConfig) -> Rivals:
        names = {rival.key: (rival.name, rival.domain, *rival.aliases) for rival in list_rivals(self.session)}
        return Rivals.named(names, config.competitors)

    def _subjects(self, companies: Iterable[str]) -> list[str]:
        return [
            f"{item.data.get('name') or 'company'} ({item.external_id})"
            for key in companies
            for item in self.by_company[key]
            if item.kind is ItemKind.COMPANY
        ]

    def _doubled(self, fields: JsonObject, company: str, account: str) -> DataProblem:
        return self._problem(
            f"{fields.get('name') or 'company'} ({company})",
            "key",
            ProblemKind.AMBIGUOUS,
            f"another company is the account '{account}' already; this one is left out",
            "merge the two there, or give this one a key of its own in the field 'companies.key'",
        )

    def _unmatched(self, match: Match) -> list[DataProblem]:
        if not match.unmatched:
            return []
        names = ", ".join(sorted(company.name or company.external_id for company in match.unmatched)[:_NAMED])
        message = f"{len(match.unmatched)} fit no account, such as {names}"
        remedy = "write the account's key into the key field there, or the domain into the account here"
        return [self._problem(UNMATCHED, "key", ProblemKind.UNKNOWN, message, remedy)]

    def _problem(self, subject: str, field: str, kind: ProblemKind, message: str, remedy: str) -> DataProblem:
        origin = self.access.config.key
        return DataProblem(
            origin=origin, subject=subject, field=field, kind=kind, message=message, remedy=remedy
        )


def _one_each(found: Mapping[str, str], wanted: Set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return for the wanted companies those that speak for their account (its lowest id), and the others."""
    chosen: dict[str, str] = {}
    doubled: dict[str, str] = {}
    taken: set[str] = set()
    for company, account in sorted(found.items()):
        if company in wanted:
            (doubled if account in taken else chosen)[company] = account
        taken.add(account)
    return chosen, doubled


def _company(company: Item) -> Company:
    said = company.data
    own = said.get("key")
    return Company(
        external_id=company.external_id,
        name=str(said.get("name") or ""),
        key=str(own) if own else None,
        domains=tuple(str(domain) for domain in said.get("domains") or ()),
    )
