"""HubSpot: companies, contacts and deals by search; health and exposure back into properties of companies."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from accounts.errors import ConnectionFailedError, Trouble
from accounts.systems import Access, Pull, cursor_at, seconds_to_wait, since_of
from config.connections import HubSpotConfig
from store.connections import Item, ItemKind
from store.records import JsonObject

PAGE = 100
SEARCH_END = 10_000  # a search gives no more than this many; further ones begin after the last id
ASSOCIATIONS_AT_ONCE = 1_000
WRITTEN_AT_ONCE = 100
_MODIFIED = {
    "companies": "hs_lastmodifieddate",
    "contacts": "lastmodifieddate",
    "deals": "hs_lastmodifieddate",
}


def pull(access: Access, cursor: Mapping[str, object]) -> Pull:
    """Return what changed since the cursor, everything without one. Raises: ConnectionFailedError."""
    config = access.config
    assert isinstance(config, HubSpotConfig)
    since = since_of(cursor)
    portal = _Portal(access)
    portal.require_properties("companies", [*_company_properties(config), *config.where])
    portal.require_properties("contacts", _contact_properties(config))
    portal.require_properties("deals", _deal_properties(config))
    owners = portal.owners() if not config.companies.owner else {}
    companies = portal.search(
        "companies", [*_company_properties(config), "hubspot_owner_id"], config.where, since
    )
    items = [_company(record, config, owners) for record in companies]
    for kind, properties, make in (
        ("contacts", _contact_properties(config), _contact),
        ("deals", _deal_properties(config), _deal),
    ):
        records = portal.search(kind, properties, {}, since)
        parents = portal.companies_of(kind, [str(record["id"]) for record in records])
        items.extend(
            make(record, parents[record["id"]], config) for record in records if record["id"] in parents
        )
    return Pull(items=tuple(items), cursor=cursor_at(access.now), full=since is None)


def write_back(access: Access, updates: Mapping[str, JsonObject]) -> dict[str, str]:
    """Fill properties of companies, by company id; return why those that were refused were, by id."""
    portal = _Portal(access)
    ids = sorted(updates)
    named = sorted({name for values in updates.values() for name in values})
    portal.require_properties("companies", named)
    refused: dict[str, str] = {}
    for start in range(0, len(ids), WRITTEN_AT_ONCE):
        batch = ids[start : start + WRITTEN_AT_ONCE]
        written = portal.update({key: updates[key] for key in batch})
        refused |= {
            key: "was not among those that HubSpot says it wrote" for key in batch if key not in written
        }
    return refused


def _company_properties(config: HubSpotConfig) -> list[str]:
    return [name for name in config.companies.model_dump().values() if name]


def _contact_properties(config: HubSpotConfig) -> list[str]:
    own = [name for name in (config.contacts.role, config.contacts.last_activity) if name]
    return ["firstname", "lastname", *own]


def _deal_properties(config: HubSpotConfig) -> list[str]:
    own = [name for name in (config.deals.competitor, config.deals.type) if name]
    return ["closedate", "hs_is_closed", "hs_is_closed_won", *own]


def _company(record: Mapping[str, Any], config: HubSpotConfig, owners: Mapping[str, str]) -> Item:
    found = record["properties"]
    data = {field: found.get(name) for field, name in config.companies.model_dump().items() if name}
    data.setdefault("owner", owners.get(str(found.get("hubspot_owner_id"))))
    return Item(kind=ItemKind.COMPANY, external_id=record["id"], parent=record["id"], data=data)


def _contact(record: Mapping[str, Any], parent: str, config: HubSpotConfig) -> Item:
    found = record["properties"]
    name = " ".join(part for part in (found.get("firstname"), found.get("lastname")) if part)
    data = {
        "name": name or None,
        "role": found.get(config.contacts.role or ""),
        "last_activity": found.get(config.contacts.last_activity or ""),
    }
    return Item(kind=ItemKind.CONTACT, external_id=record["id"], parent=parent, data=data)


def _deal(record: Mapping[str, Any], parent: str, config: HubSpotConfig) -> Item:
    found = record["properties"]
    data = {
        "closed": found.get("hs_is_closed") == "true",
        "won": found.get("hs_is_closed_won") == "true",
        "close_date": found.get("closedate"),
        "competitor": found.get(config.deals.competitor or ""),
        "type": found.get(config.deals.type or ""),
    }
    return Item(kind=ItemKind.DEAL, external_id=record["id"], parent=parent, data=data)


class _Portal:
    """One HubSpot portal through its client."""

    def __init__(self, access: Access) -> None:
        access.require_secrets()
        config = access.config
        assert isinstance(config, HubSpotConfig)
        try:
            from hubspot import Client
            from urllib3.util.retry import Retry
        except ImportError as error:
            raise access.failure(
                Trouble.NO_CLIENT, "hubspot-api-client is not installed; run pip install 'rivalwatch[crm]'"
            ) from error
        self._access = access
        self._timeout = config.timeout.total_seconds()
        # Waiting is ours to do: the client's own retries would not see what the portal asks for.
        crm = Client.create(access_token=access.secret("TOKEN"), host=config.url, retry=Retry(0)).crm
        self._search, self._batch = crm.objects.search_api, crm.objects.batch_api
        self._owners, self._properties = crm.owners.owners_api, crm.properties.core_api
        self._associations = crm.associations.v4.batch_api

    def require_properties(self, kind: str, names: Sequence[str]) -> None:
        """Raise ConnectionFailedError for names that the portal does not have: a search would pass them over."""
        answer = self._ask(self._properties.get_all, kind)
        known = {found.name for found in answer.results}
        if unknown := sorted(set(names) - known):
            detail = (
                f"{kind} have no property '{unknown[0]}'; correct it in connections.yaml or make it there"
            )
            raise self._access.failure(Trouble.REFUSED, detail)

    def owners(self) -> dict[str, str]:
        """Return the owners' addresses by their ids."""
        found: dict[str, str] = {}
        after: str | None = None
        while True:
            more = {"after": after} if after else {}
            page = self._ask(self._owners.get_page, limit=PAGE, **more)
            found |= {str(owner.id): owner.email for owner in page.results if owner.email}
            after = _next_page(page)
            if after is None:
                return found

    def search(
        self, kind: str, properties: Sequence[str], where: Mapping[str, str], since: datetime | None
    ) -> list[Mapping[str, Any]]:
        """Return all records that fit, by id; the count that HubSpot states must be reached."""
        filters: list[JsonObject] = [
            {"propertyName": name, "operator": "EQ", "value": value} for name, value in where.items()
        ]
        if since is not None:
            moment = str(int(since.timestamp() * 1000))
            filters.append({"propertyName": _MODIFIED[kind], "operator": "GTE", "value": moment})
        records: dict[str, Mapping[str, Any]] = {}
        last = ""
        while True:
            beyond = [{"propertyName": "hs_object_id", "operator": "GT", "value": last}] if last else []
            found, complete = self._search_once(kind, properties, [*filters, *beyond])
            records |= {record["id"]: record for record in found}
            if complete:
                return list(records.values())
            last = found[-1]["id"]

    def _search_once(
        self, kind: str, properties: Sequence[str], filters: Sequence[JsonObject]
    ) -> tuple[list[Mapping[str, Any]], bool]:
        """Return what one search gives, at most 10,000 records, and whether that is all."""
        from hubspot.crm.objects import PublicObjectSearchRequest

        found: list[Mapping[str, Any]] = []
        after: str | None = None
        while True:
            request = PublicObjectSearchRequest(
                limit=PAGE,
                after=after,
                properties=list(dict.fromkeys(properties)),
                sorts=[{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
                filter_groups=[{"filters": list(filters)}] if filters else [],
            )
            page = self._ask(self._search.do_search, kind, request)
            found += [
                {"id": str(record.id), "properties": record.properties or {}} for record in page.results
            ]
            after = _next_page(page)
            if after is None:
                if len(found) < min(page.total, SEARCH_END):
                    detail = f"{kind}: {page.total} records announced, {len(found)} came"
                    raise self._access.failure(Trouble.BROKEN_ANSWER, detail)
                return found, True
            if int(after) >= SEARCH_END:
                return found, False

    def companies_of(self, kind: str, ids: Sequence[str]) -> dict[str, str]:
        """Return the company of each record, the primary one first; records without one are left out."""
        from hubspot.crm.associations.v4 import BatchInputPublicFetchAssociationsBatchRequest

        parents: dict[str, str] = {}
        for start in range(0, len(ids), ASSOCIATIONS_AT_ONCE):
            inputs = [{"id": key} for key in ids[start : start + ASSOCIATIONS_AT_ONCE]]
            body = BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs)
            answer = self._ask(self._associations.get_page, kind, "companies", body)
            for result in answer.results or ():
                ranked = sorted(result.to, key=lambda to: (not _is_primary(to), int(to.to_object_id)))
                if ranked:
                    parents[str(result._from.id)] = str(ranked[0].to_object_id)
        return parents

    def update(self, values: Mapping[str, JsonObject]) -> set[str]:
        """Write up to 100 companies; return the ids that HubSpot says it wrote."""
        from hubspot.crm.objects import BatchInputSimplePublicObjectBatchInput

        body = BatchInputSimplePublicObjectBatchInput(
            inputs=[{"id": key, "properties": _as_text(fields)} for key, fields in values.items()]
        )
        answer = self._ask(self._batch.update, "companies", body)
        return {str(record.id) for record in answer.results or ()}

    def _ask(self, call: Callable[..., Any], *what: object, **named: object) -> Any:
        return self._access.patiently(lambda: self._once(call, *what, **named))

    def _once(self, call: Callable[..., Any], *what: object, **named: object) -> Any:
        with _translated(self._access), warnings.catch_warnings():
            # The generated client calls what urllib3 means to remove; the call still works.
            warnings.simplefilter("ignore", DeprecationWarning)
            answer = call(*what, **named, _request_timeout=self._timeout)
        if not isinstance(getattr(answer, "results", None), list):
            raise self._access.failure(Trouble.BROKEN_ANSWER, "the answer has another shape than documented")
        return answer


def _next_page(page: Any) -> str | None:
    following = page.paging.next if page.paging else None
    return str(following.after) if following else None


def _is_primary(association: Any) -> bool:
    return any(kind.label == "Primary" for kind in association.association_types or ())


def _as_text(fields: Mapping[str, object]) -> dict[str, str]:
    words = {True: "true", False: "false", None: ""}
    return {
        name: words[value] if isinstance(value, bool) or value is None else str(value)
        for name, value in fields.items()
    }


@contextmanager
def _translated(access: Access) -> Iterator[None]:
    import urllib3
    from hubspot.crm.associations.v4.exceptions import OpenApiException as AssociationsError
    from hubspot.crm.objects.exceptions import OpenApiException as ObjectsError
    from hubspot.crm.owners.exceptions import OpenApiException as OwnersError
    from hubspot.crm.properties.exceptions import OpenApiException as PropertiesError

    try:
        yield
    except (AssociationsError, ObjectsError, OwnersError, PropertiesError) as error:
        raise _told(access, error) from error
    except urllib3.exceptions.HTTPError as error:
        raise access.failure(Trouble.UNREACHABLE, f"can not be reached: {type(error).__name__}") from error
    except (ValueError, TypeError, AttributeError) as error:
        # The generated client fails in these ways on an answer that is no JSON, or of another shape.
        raise access.failure(Trouble.BROKEN_ANSWER, "the answer has another shape than documented") from error


def _told(access: Access, error: Any) -> ConnectionFailedError:
    status = getattr(error, "status", None) or 0
    headers = getattr(error, "headers", None) or {}
    pause = seconds_to_wait(headers.get("Retry-After"), access.now)
    if status in (401, 403):
        return access.expired()
    if status == 429:
        return access.failure(Trouble.LIMIT, "too many requests; the next regular read tries again", pause)
    if status >= 500 or status == 0:
        return access.failure(Trouble.UNREACHABLE, f"failed over there (status {status})", pause)
    return access.failure(Trouble.REFUSED, f"refused (status {status}): {getattr(error, 'body', '')}")
