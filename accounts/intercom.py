"""Intercom: conversations by search, and the companies of the people who wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from accounts.errors import ConnectionFailedError, Trouble
from accounts.rest import RestClient
from accounts.systems import Access, Pull, cursor_at, since_of
from config.connections import IntercomConfig
from store.connections import Item, ItemKind

VERSION = "2.11"
PAGE = 150
CONTENT_FROM = 4  # of 5: what Intercom itself counts as a positive rating


def pull(access: Access, cursor: Mapping[str, object]) -> Pull:
    """Return what changed since the cursor, the configured history without one. Raises: ConnectionFailedError."""
    config = access.config
    assert isinstance(config, IntercomConfig)
    access.require_secrets()
    since = since_of(cursor)
    headers = {"Authorization": f"Bearer {access.secret('TOKEN')}", "Intercom-Version": VERSION}
    items: list[Item] = []
    with RestClient(access, config.url, headers, None) as client:
        people = _People(client)
        for record in _conversations(client, since or access.now - config.history):
            company = people.company_of(record)
            if company:
                items.append(_ticket(record, company))
        items.extend(people.companies.values())
    return Pull(items=tuple(items), cursor=cursor_at(access.now), full=since is None)


def _conversations(client: RestClient, since: datetime) -> Iterator[Mapping[str, Any]]:
    """Yield the conversations updated since then; the count that Intercom states must be reached."""
    after: str | None = None
    seen = 0
    while True:
        pagination = {"per_page": PAGE, **({"starting_after": after} if after else {})}
        query = {"field": "updated_at", "operator": ">", "value": int(since.timestamp())}
        page = client.post("/conversations/search", {"query": query, "pagination": pagination})
        found, pages = page.get("conversations"), page.get("pages") or {}
        if not isinstance(found, list) or not isinstance(pages, dict):
            raise client.access.failure(Trouble.BROKEN_ANSWER, "the answer holds no conversations")
        yield from found
        seen += len(found)
        after = (pages.get("next") or {}).get("starting_after")
        if not after:
            break
    if seen < int(page.get("total_count") or 0):
        detail = f"{page['total_count']} conversations announced, {seen} came"
        raise client.access.failure(Trouble.BROKEN_ANSWER, detail)


class _People:
    """Who wrote, and for which company; each person and company is asked for once."""

    def __init__(self, client: RestClient) -> None:
        self._client = client
        self._company_of: dict[str, str | None] = {}
        self.companies: dict[str, Item] = {}

    def company_of(self, conversation: Mapping[str, Any]) -> str | None:
        """Return the company of the first person of a conversation who has one."""
        people = (conversation.get("contacts") or {}).get("contacts") or ()
        found = (self._ask(str(person["id"])) for person in people if isinstance(person, dict))
        return next((company for company in found if company), None)

    def _ask(self, person: str) -> str | None:
        if person not in self._company_of:
            self._company_of[person] = self._first_company(person)
        return self._company_of[person]

    def _first_company(self, person: str) -> str | None:
        try:
            record = self._client.get(f"/contacts/{quote(person, safe='')}")
        except ConnectionFailedError as error:
            if error.reason is Trouble.REFUSED:
                return None  # archived or merged since: their conversations stay, they do not
            raise
        listed = (record.get("companies") or {}).get("data") or ()
        if not listed:
            return None
        company = str(listed[0]["id"])
        if company not in self.companies:
            self.companies[company] = _company(
                self._client.get(f"/companies/{quote(company, safe='')}"), company
            )
        return company


def _company(record: Mapping[str, Any], key: str) -> Item:
    website = record.get("website")
    data = {
        "name": record.get("name"),
        "domains": [website] if website else [],
        "key": record.get("company_id"),
    }
    return Item(kind=ItemKind.COMPANY, external_id=key, parent=key, data=data)


def _ticket(record: Mapping[str, Any], company: str) -> Item:
    statistics = record.get("statistics") or {}
    closed = statistics.get("last_close_at") if record.get("state") == "closed" else None
    spent = statistics.get("time_to_last_close")
    rating = (record.get("conversation_rating") or {}).get("rating")
    data = {
        "created": _moment(record.get("created_at")),
        "solved": _moment(closed),
        "hours": None if closed is None or spent is None else spent / 3600,
        "content": None if rating is None else rating >= CONTENT_FROM,
    }
    return Item(kind=ItemKind.TICKET, external_id=str(record["id"]), parent=company, data=data)


def _moment(seconds: object) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if isinstance(seconds, int) else None
