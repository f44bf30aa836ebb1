"""Zendesk: organizations and tickets by the incremental exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.errors import Trouble
from accounts.rest import RestClient
from accounts.systems import OVERLAP, Access, Pull, cursor_at
from config.connections import ZendeskConfig
from store.connections import Item, ItemKind
from store.records import JsonObject

_ORGANIZATIONS = "/api/v2/incremental/organizations.json"
_TICKETS = "/api/v2/incremental/tickets/cursor.json"
_BEGINNING = datetime(2010, 1, 1, tzinfo=UTC)
#: An export must not begin less than a minute ago.
_YOUNGEST = timedelta(minutes=1)


def pull(access: Access, cursor: Mapping[str, object]) -> Pull:
    """Return what changed since the cursor, the configured history without one. Raises: ConnectionFailedError."""
    config = access.config
    assert isinstance(config, ZendeskConfig)
    access.require_secrets()
    full = not isinstance(cursor.get("tickets"), str)
    items: list[Item] = []
    gone: list[tuple[ItemKind, str]] = []
    with RestClient(access, config.url, *_credentials(access)) as client:
        for record in _organizations(client, cursor):
            if record.get("deleted_at"):
                gone.append((ItemKind.COMPANY, str(record["id"])))
            else:
                items.append(_company(record, config))
        reader = _Tickets(client, cursor.get("tickets"), access.now - config.history)
        for record in reader:
            if record.get("status") == "deleted":
                gone.append((ItemKind.TICKET, str(record["id"])))
            elif record.get("organization_id"):
                items.append(_ticket(record))
    return Pull(
        items=tuple(items), cursor=cursor_at(access.now, tickets=reader.cursor), full=full, gone=tuple(gone)
    )


def _credentials(access: Access) -> tuple[dict[str, str], tuple[str, str] | None]:
    if token := access.secret("TOKEN"):
        return {"Authorization": f"Bearer {token}"}, None
    return {}, (f"{access.secret('EMAIL')}/token", access.secret("API_TOKEN") or "")


def _organizations(client: RestClient, cursor: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
    since = cursor.get("since")
    first = datetime.fromisoformat(since) if isinstance(since, str) else _BEGINNING
    start = int(min(first, client.access.now - OVERLAP).timestamp())
    while True:
        page = client.get(_ORGANIZATIONS, start_time=start)
        yield from _records(client, page, "organizations")
        following = page.get("end_time")
        if page.get("end_of_stream", True) or not isinstance(following, int) or following <= start:
            return
        start = following


class _Tickets:
    """The changed tickets; ``cursor`` is where the next export begins, known once all were read."""

    def __init__(self, client: RestClient, cursor: object, first: datetime) -> None:
        self._client = client
        self._first = int(min(first, client.access.now - _YOUNGEST).timestamp())
        self.cursor = cursor if isinstance(cursor, str) else ""

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """Yield page after page until Zendesk says that the stream ends."""
        while True:
            start = {"cursor": self.cursor} if self.cursor else {"start_time": self._first}
            page = self._client.get(_TICKETS, include="metric_sets", **start)
            yield from _records(self._client, page, "tickets")
            following, ended = page.get("after_cursor"), page.get("end_of_stream")
            if not isinstance(ended, bool) or (not ended and (not following or following == self.cursor)):
                raise self._client.access.failure(
                    Trouble.BROKEN_ANSWER, "the export of tickets stops before its end"
                )
            self.cursor = str(following or self.cursor)
            if ended:
                return


def _records(client: RestClient, page: JsonObject, name: str) -> list[Mapping[str, Any]]:
    found = page.get(name)
    if not isinstance(found, list) or any(
        not isinstance(record, dict) or "id" not in record for record in found
    ):
        raise client.access.failure(Trouble.BROKEN_ANSWER, f"the answer holds no {name}")
    return found


def _company(record: Mapping[str, Any], config: ZendeskConfig) -> Item:
    key = str(record["id"])
    own = record.get(config.key_field) or (record.get("organization_fields") or {}).get(config.key_field)
    data = {"name": record.get("name"), "domains": list(record.get("domain_names") or ()), "key": own}
    return Item(kind=ItemKind.COMPANY, external_id=key, parent=key, data=data)


def _ticket(record: Mapping[str, Any]) -> Item:
    measured = record.get("metric_set") or {}
    spent = (measured.get("full_resolution_time_in_minutes") or {}).get("calendar")
    score = (record.get("satisfaction_rating") or {}).get("score")
    data = {
        "created": record.get("created_at"),
        "solved": measured.get("solved_at"),
        "hours": None if spent is None else spent / 60,
        "content": {"good": True, "bad": False}.get(str(score)),
    }
    return Item(
        kind=ItemKind.TICKET,
        external_id=str(record["id"]),
        parent=str(record["organization_id"]),
        data=data,
    )
