"""Stripe: invoices with their customers; between full reads, what the events of the last days tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from accounts.errors import ConnectionFailedError, Trouble
from accounts.systems import Access, Pull, cursor_at, seconds_to_wait, since_of
from config.connections import StripeConfig
from store.connections import Item, ItemKind

PAGE = 100
EVENTS_KEPT = timedelta(days=25)  # Stripe keeps them 30 days; after a longer gap everything is read anew
_EVENTS = [
    *(f"invoice.{what}" for what in ("finalized", "paid", "updated", "voided", "overdue", "deleted")),
    *(f"invoice.{what}" for what in ("payment_failed", "payment_succeeded", "marked_uncollectible")),
    *(f"customer.{what}" for what in ("created", "updated", "deleted")),
]
_WITHOUT_CENTS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"}
    | {"PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_COUNTED = frozenset({"open", "paid", "uncollectible"})


def pull(access: Access, cursor: Mapping[str, object]) -> Pull:
    """Return what changed since the cursor, the configured history without one. Raises: ConnectionFailedError."""
    since = since_of(cursor)
    if since is not None and access.now - since > EVENTS_KEPT:
        since = None
    client = _Stripe(access)
    invoices, customers, gone = client.changed(since) if since else client.everything()
    items = [_company(record, access) for record in customers] + [_invoice(record) for record in invoices]
    return Pull(items=tuple(items), cursor=cursor_at(access.now), full=since is None, gone=tuple(gone))


Records = list[Mapping[str, Any]]
Gone = list[tuple[ItemKind, str]]


class _Stripe:
    """One Stripe account through its client."""

    def __init__(self, access: Access) -> None:
        access.require_secrets()
        config = access.config
        assert isinstance(config, StripeConfig)
        try:
            import stripe
        except ImportError as error:
            raise access.failure(
                Trouble.NO_CLIENT, "stripe is not installed; run pip install 'rivalwatch[crm]'"
            ) from error
        self._access, self._config = access, config
        http = stripe.RequestsClient(timeout=int(config.timeout.total_seconds()))
        self._v1 = stripe.StripeClient(
            access.secret("TOKEN") or "",
            base_addresses={"api": config.url},
            max_network_retries=0,
            http_client=http,
        ).v1

    def everything(self) -> tuple[Records, Records, Gone]:
        """Return the invoices of the configured history and all customers."""
        first = int((self._access.now - self._config.history).timestamp())
        invoices = self._list(self._v1.invoices.list, {"created": {"gte": first}})
        customers = self._list(self._v1.customers.list, {})
        return [record for record in invoices if record.get("status") in _COUNTED], customers, []

    def changed(self, since: datetime) -> tuple[Records, Records, Gone]:
        """Return the last state of every invoice and customer that an event tells of."""
        asked = {"created": {"gte": int(since.timestamp())}, "types": _EVENTS}
        latest: dict[tuple[str, str], Mapping[str, Any]] = {}
        gone: dict[tuple[str, str], bool] = {}
        events = self._list(self._v1.events.list, asked)
        for event in sorted(events, key=lambda event: int(event["created"])):
            record = event["data"]["object"]
            identity = (str(record.get("object")), str(record["id"]))
            latest[identity] = record
            gone[identity] = _is_gone(str(event["type"]), record)
        invoices = [r for (kind, key), r in latest.items() if kind == "invoice" and not gone[kind, key]]
        customers = [r for (kind, key), r in latest.items() if kind == "customer" and not gone[kind, key]]
        kinds = {"invoice": ItemKind.INVOICE, "customer": ItemKind.COMPANY}
        lost = [(kinds[kind], key) for (kind, key), is_gone in gone.items() if is_gone and kind in kinds]
        return [r for r in invoices if r.get("status") in _COUNTED], customers, lost

    def _list(self, call: Callable[..., Any], parameters: Mapping[str, Any]) -> Records:
        records: Records = []
        after: dict[str, str] = {}
        while True:
            page = self._page(call, {**parameters, "limit": PAGE, **after})
            found = [record.to_dict() for record in page.data]
            records.extend(found)
            if not page.has_more:
                return records
            if not found:
                raise self._access.failure(Trouble.BROKEN_ANSWER, "a list goes on after an empty page")
            after = {"starting_after": str(found[-1]["id"])}

    def _page(self, call: Callable[..., Any], parameters: Mapping[str, Any]) -> Any:
        return self._access.patiently(partial(self._once, call, parameters))

    def _once(self, call: Callable[..., Any], parameters: Mapping[str, Any]) -> Any:
        with _translated(self._access):
            page = call(params=dict(parameters))
        if not isinstance(getattr(page, "data", None), list) or not hasattr(page, "has_more"):
            raise self._access.failure(Trouble.BROKEN_ANSWER, "the answer has another shape than documented")
        return page


def _is_gone(event: str, record: Mapping[str, Any]) -> bool:
    return event.endswith(".deleted") or record.get("status") in ("void", "draft")


def _company(record: Mapping[str, Any], access: Access) -> Item:
    config = access.config
    assert isinstance(config, StripeConfig)
    key = str(record["id"])
    mail = str(record.get("email") or "")
    data = {
        "name": record.get("name"),
        "domains": [mail.rpartition("@")[2]] if "@" in mail else [],
        "key": (record.get("metadata") or {}).get(config.key_field),
    }
    return Item(kind=ItemKind.COMPANY, external_id=key, parent=key, data=data)


def _invoice(record: Mapping[str, Any]) -> Item:
    moments = record.get("status_transitions") or {}
    currency = str(record.get("currency") or "").upper()
    finalized = moments.get("finalized_at") or record.get("created")
    data = {
        "billed": _moment(finalized),
        "due": _moment(record.get("due_date") or finalized),
        "paid": _moment(moments.get("paid_at")) if record.get("status") == "paid" else None,
        "amount": _whole(record.get("total"), currency),
        "open": _whole(record.get("amount_remaining"), currency),
        "currency": currency,
    }
    customer = record.get("customer")
    parent = customer["id"] if isinstance(customer, Mapping) else customer
    return Item(kind=ItemKind.INVOICE, external_id=str(record["id"]), parent=str(parent or ""), data=data)


def _whole(amount: object, currency: str) -> float | None:
    """Return an amount in whole units of its currency; Stripe counts in the smallest."""
    return None if not isinstance(amount, int) else amount / (1 if currency in _WITHOUT_CENTS else 100)


def _moment(seconds: object) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if isinstance(seconds, int) else None


@contextmanager
def _translated(access: Access) -> Iterator[None]:
    import stripe

    try:
        yield
    except stripe.StripeError as error:
        raise _told(access, error) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise access.failure(Trouble.BROKEN_ANSWER, "the answer has another shape than documented") from error


def _told(access: Access, error: Any) -> ConnectionFailedError:
    status = error.http_status or 0
    headers = error.headers or {}
    pause = seconds_to_wait(headers.get("Retry-After") or headers.get("retry-after"), access.now)
    if status in (401, 403):
        return access.expired()
    if status == 429:
        return access.failure(Trouble.LIMIT, "too many requests; the next regular read tries again", pause)
    if status == 200:
        return access.failure(Trouble.BROKEN_ANSWER, "the answer is no JSON")
    if status >= 500 or status == 0:
        return access.failure(Trouble.UNREACHABLE, f"can not be reached or failed (status {status})", pause)
    return access.failure(Trouble.REFUSED, f"refused (status {status}): {error.user_message or ''}")
