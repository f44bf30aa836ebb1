"""Monthly figures from tickets and invoices: raw ones, from which ``health.yaml`` works out its metrics. All pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import mean

from accounts.values import as_moment, month_of, next_month
from store.connections import Item
from store.metrics import MetricValue

GRACE = timedelta(days=1)  # a payment that arrives the day after still is on time: banks book overnight
LONG_OVERDUE = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Invoice:
    billed: datetime
    due: datetime
    paid: datetime | None
    amount: float
    open: float


def ticket_figures(account: str, tickets: Sequence[Item], first: date, today: date) -> Iterator[MetricValue]:
    """Yield tickets opened, hours until solved and satisfaction in percent, for each month from ``first`` to today.

    A month without tickets counts none; hours and satisfaction are left out where nothing was solved or rated.
    """
    opened = [(as_moment(item.data.get("created")), item) for item in tickets]
    solved = [(as_moment(item.data.get("solved")), item) for item in tickets]
    for month in _months(first, today):
        hours = [
            i.data["hours"] for at, i in solved if _falls_in(at, month) and i.data.get("hours") is not None
        ]
        new = [item for at, item in opened if _falls_in(at, month)]
        content = [item.data["content"] for item in new if item.data.get("content") is not None]
        yield _value(account, "tickets", month, len(new))
        if hours:
            yield _value(account, "resolution_hours", month, mean(hours))
        if content:
            yield _value(account, "csat", month, 100 * sum(content) / len(content))


def invoice_figures(account: str, invoices: Sequence[Item], now: datetime) -> Iterator[MetricValue]:
    """Yield what was due, paid on time, sold on credit and still open, for each month from the first invoice to now.

    Amounts are as of the month's end (or now). ``dso_days`` and
    ``payment_on_time_share`` follow from them in health.yaml.
    """
    read = [invoice for item in invoices if (invoice := _read(item)) is not None]
    if not read:
        return
    for month in _months(min(invoice.billed for invoice in read).date(), now.date()):
        end = min(datetime.combine(next_month(month), time(), UTC), now)
        yield from _month_figures(account, read, month, end)


def _month_figures(
    account: str, invoices: Sequence[_Invoice], month: date, end: datetime
) -> Iterator[MetricValue]:
    due = [i for i in invoices if _falls_in(i.due, month) and i.due + GRACE < end]
    standing = [(i, _open_at(i, end)) for i in invoices]
    yield _value(account, "invoices_due", month, len(due))
    if due:
        late = [_days_late(invoice, end) for invoice in due]
        yield _value(account, "invoices_on_time", month, sum(days == 0 for days in late))
        yield _value(account, "payment_days_late", month, mean(late))
    yield _value(
        account, "credit_sales", month, sum(i.amount for i in invoices if _falls_in(i.billed, month))
    )
    yield _value(account, "receivables", month, sum(amount for _, amount in standing))
    overdue = sum(amount for i, amount in standing if i.due + LONG_OVERDUE < end)
    yield _value(account, "receivables_over_60", month, overdue)


def _read(item: Item) -> _Invoice | None:
    data = item.data
    billed, due = as_moment(data.get("billed")), as_moment(data.get("due"))
    if billed is None or due is None or not isinstance(data.get("amount"), int | float):
        return None
    still_open = data.get("open")
    return _Invoice(
        billed=billed,
        due=due,
        paid=as_moment(data.get("paid")),
        amount=data["amount"],
        open=still_open if isinstance(still_open, int | float) else data["amount"],
    )


def _open_at(invoice: _Invoice, end: datetime) -> float:
    if invoice.billed >= end or (invoice.paid is not None and invoice.paid < end):
        return 0.0
    return invoice.amount if invoice.paid is not None else invoice.open


def _days_late(invoice: _Invoice, end: datetime) -> float:
    settled = invoice.paid if invoice.paid is not None and invoice.paid < end else end
    if invoice.paid is None and not invoice.open:
        return 0.0
    return 0.0 if settled <= invoice.due + GRACE else (settled - invoice.due) / timedelta(days=1)


def _months(first: date, today: date) -> Iterator[date]:
    month = month_of(first)
    while month <= today:
        yield month
        month = next_month(month)


def _falls_in(moment: datetime | None, month: date) -> bool:
    return moment is not None and month_of(moment.astimezone(UTC).date()) == month


def _value(account: str, name: str, period: date, value: float) -> MetricValue:
    return MetricValue(account_key=account, name=name, period=period, value=round(float(value), 4))
