"""What is wrong with the accounts as they stand: impossible, out of range, missing, stale, unknown, ambiguous."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from config.accounts import Tier
from config.health import HealthConfig
from store.accounts import Account, list_accounts
from store.connections import ConnectionState, connection_states
from store.data_problems import DataProblem, ProblemKind, stored_problems
from store.metrics import metric_history

STALE = timedelta(days=180)  # the age from which health no longer counts a value as coverage
AHEAD = timedelta(days=31)  # a period may have begun; one a month ahead is a slip

SHARE, PERCENT_CHANGE = (0.0, 100.0), (-100.0, 1000.0)
#: What a figure can be at all; names as in health.yaml.
RANGES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(
        (
            "payment_on_time_share",
            "overdue_share",
            "revenue_stability",
            "adoption",
            "feature_depth",
            "csat",
            "strategic_engagement_rate",
            "stakeholder_coverage",
            "relationship_decay",
            "plan_compliance",
            "expansion_readiness",
            "strategic_importance",
        ),
        SHARE,
    ),
    **dict.fromkeys(("revenue_change", "active_users_change"), PERCENT_CHANGE),
    **dict.fromkeys(
        (
            "dso_days",
            "payment_days_late",
            "arr_potential",
            "tickets",
            "ticket_volume",
            "resolution_hours",
            "touchpoints",
            "exec_meetings",
            "relationship_depth",
            "stakeholder_loss",
            "active_users",
            "licences",
            "licences_used",
            "contacts",
            "contacts_engaged",
            "days_since_contact",
            "invoices_due",
            "invoices_on_time",
            "receivables",
            "receivables_over_60",
            "credit_sales",
            "revenue",
            "arr",
        ),
        (0.0, float("inf")),
    ),
    "margin": (-1000.0, 100.0),
    "nps": (-100.0, 100.0),
    "sentiment": (-1.0, 1.0),
}
#: A part can not be more than its whole.
PARTS_OF = {
    "contacts_engaged": "contacts",
    "invoices_on_time": "invoices_due",
    "receivables_over_60": "receivables",
    "licences_used": "licences",
}

Metrics = Mapping[str, Sequence[tuple[date, float]]]


def check_accounts(session: Session, now: datetime, health: HealthConfig | None = None) -> list[DataProblem]:
    """Return everything that is wrong: connections that fail, what systems gave, and the accounts as they stand.

    With ``health``, metrics that nothing in it uses are named too.
    """
    accounts, today = list_accounts(session), now.date()
    history = metric_history(session, date.min)
    problems = [problem for state in connection_states(session) for problem in _connection(state, now)]
    problems += stored_problems(session)
    for account in accounts:
        problems += check_account(account, history.get(account.id, {}), today)
    problems += _shared_domains(accounts)
    if health is not None:
        problems += _unused(history, health)
    return problems


def check_account(account: Account, metrics: Metrics, today: date) -> Iterator[DataProblem]:
    """Yield what is wrong with one account. Pure."""
    if account.renewal is not None and account.renewal < today:
        message = f"the renewal {account.renewal} has passed"
        yield _of(account, "renewal", ProblemKind.IMPOSSIBLE, message, "write the next one")
    for field, remedy in _missing(account):
        yield _of(account, field, ProblemKind.MISSING, f"no {field.replace('_', ' ')}", remedy)
    if not metrics:
        remedy = "import metrics, connect a system, or push them; its health stays unknown until then"
        yield _of(account, "metrics", ProblemKind.MISSING, "no metric at all", remedy)
    for name, points in metrics.items():
        yield from _metric(account, name, points, today)
    for part, whole in PARTS_OF.items():
        yield from _part(account, metrics, part, whole)


def _missing(account: Account) -> Iterator[tuple[str, str]]:
    if account.owner is None:
        yield "owner", "name the account manager; its flags reach nobody"
    if account.tier == Tier.MAINTENANCE:
        return
    if account.renewal is None:
        yield "renewal", "write the day; nobody is warned of a renewal that is not known"
    if account.arr is None:
        yield "arr", "write the yearly revenue; the order of what is urgent needs it"
    if not account.stakeholders:
        yield "stakeholders", "name who decides there; nobody notices when they move"


def _metric(
    account: Account, name: str, points: Sequence[tuple[date, float]], today: date
) -> Iterator[DataProblem]:
    low, high = RANGES.get(name, (float("-inf"), float("inf")))
    wrong = [(period, value) for period, value in points if not low <= value <= high]
    if wrong:
        period, value = wrong[-1]
        more = f", and in {len(wrong) - 1} earlier periods" if len(wrong) > 1 else ""
        limits = f"{low:g} or more" if high == float("inf") else f"{low:g} to {high:g}"
        message = f"{name} is {value:g} in {period:%Y-%m}{more}, where it can be {limits}"
        yield _of(account, name, ProblemKind.OUT_OF_RANGE, message, "send the right value for that period")
    newest = points[-1][0]
    if newest > today + AHEAD:
        message = f"{name} has a value for {newest}, which has not come yet"
        yield _of(account, name, ProblemKind.IMPOSSIBLE, message, "correct the period")
    elif today - newest > STALE:
        message = f"the last value of {name} is of {newest:%Y-%m}"
        yield _of(account, name, ProblemKind.STALE, message, "send a newer one; it no longer counts as known")


def _part(account: Account, metrics: Metrics, part: str, whole: str) -> Iterator[DataProblem]:
    wholes = dict(metrics.get(whole, ()))
    wrong = [p for p, value in metrics.get(part, ()) if p in wholes and value > wholes[p]]
    if wrong:
        message = f"{part} is more than {whole} in {wrong[-1]:%Y-%m}"
        yield _of(account, part, ProblemKind.IMPOSSIBLE, message, "correct one of the two")


def _shared_domains(accounts: Sequence[Account]) -> Iterator[DataProblem]:
    owners: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        if account.domain:
            owners[account.domain].append(account.key)
    for domain, keys in sorted(owners.items()):
        if len(keys) > 1:
            yield DataProblem(
                origin="accounts",
                subject=keys[0],
                field="domain",
                kind=ProblemKind.AMBIGUOUS,
                message=f"{domain} stands at {', '.join(keys[:5])}",
                remedy="give each its own, or make them one account; companies of systems fit none of them",
            )


def _unused(history: Mapping[int, Metrics], health: HealthConfig) -> Iterator[DataProblem]:
    counts = Counter(name for metrics in history.values() for name in metrics)
    for name in sorted(counts.keys() - health.metric_names() - RANGES.keys()):
        yield DataProblem(
            origin="accounts",
            subject="health.yaml",
            field=name,
            kind=ProblemKind.UNKNOWN,
            message=f"{counts[name]} accounts have values of '{name}', which health.yaml does not use",
            remedy="correct its name where it comes from, or add it to health.yaml",
        )


def _connection(state: ConnectionState, now: datetime) -> Iterator[DataProblem]:
    if state.error:
        since = f" since {state.failing_since:%Y-%m-%d %H:%M}" if state.failing_since else ""
        yield DataProblem(
            origin=state.key,
            subject=state.key,
            field="connection",
            kind=ProblemKind.STALE,
            message=f"fails{since}: {state.error}",
            remedy="mend it; until then its figures are those of the last read",
        )


def _of(account: Account, field: str, kind: ProblemKind, message: str, remedy: str) -> DataProblem:
    origin = account.origins.get(field, "accounts")
    return DataProblem(
        origin=origin, subject=account.key, field=field, kind=kind, message=message, remedy=remedy
    )
