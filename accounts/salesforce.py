"""Salesforce: accounts, contacts and opportunities by SOQL; health and exposure back into fields of Account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from accounts.errors import ConnectionFailedError, Trouble
from accounts.systems import Access, Pull, cursor_at, seconds_to_wait, since_of
from config.connections import SalesforceConfig
from store.connections import Item, ItemKind
from store.records import JsonObject

T = TypeVar("T")

WRITTEN_AT_ONCE = 200  # records that one collection request takes
_DAILY_LIMIT = "REQUEST_LIMIT_EXCEEDED"
_NEXT_PAGE = "/services/data/"


def pull(access: Access, cursor: Mapping[str, object]) -> Pull:
    """Return what changed since the cursor, everything without one. Raises: ConnectionFailedError."""
    config = access.config
    assert isinstance(config, SalesforceConfig)
    since = since_of(cursor)
    moved = f"SystemModstamp >= {since:%Y-%m-%dT%H:%M:%SZ}" if since else ""
    # The condition is the configuration's own words; field names were checked when it was loaded.
    among = f"AccountId IN (SELECT Id FROM Account WHERE {config.where})" if config.where else ""  # noqa: S608
    with _organisation(access) as organisation:
        companies = organisation.query("Account", _account_fields(config), config.where or "", moved)
        contacts = organisation.query("Contact", _contact_fields(config), among or "AccountId != null", moved)
        deals = organisation.query("Opportunity", _deal_fields(config), among or "AccountId != null", moved)
    records = [
        *(("Account", record) for record in companies),
        *(("Contact", record) for record in contacts),
        *(("Opportunity", record) for record in deals),
    ]
    items = [_item(kind, record, config) for kind, record in records if not record.get("IsDeleted")]
    gone = [(_KINDS[kind], str(record["Id"])) for kind, record in records if record.get("IsDeleted")]
    return Pull(items=tuple(items), cursor=cursor_at(access.now), full=since is None, gone=tuple(gone))


def write_back(access: Access, updates: Mapping[str, JsonObject]) -> dict[str, str]:
    """Fill fields of accounts, by account id; return why those that were refused were, by id."""
    refused: dict[str, str] = {}
    ids = sorted(updates)
    with _organisation(access) as organisation:
        for start in range(0, len(ids), WRITTEN_AT_ONCE):
            batch = ids[start : start + WRITTEN_AT_ONCE]
            records = [{"attributes": {"type": "Account"}, "id": key, **updates[key]} for key in batch]
            results = organisation.update(records)
            for key, result in zip(batch, results, strict=True):
                if not result.get("success"):
                    errors = result.get("errors") or [{}]
                    refused[key] = str(errors[0].get("message", "refused without a reason"))
    return refused


_KINDS = {"Account": ItemKind.COMPANY, "Contact": ItemKind.CONTACT, "Opportunity": ItemKind.DEAL}


def _account_fields(config: SalesforceConfig) -> list[str]:
    return [name for name in config.companies.model_dump().values() if name]


def _contact_fields(config: SalesforceConfig) -> list[str]:
    return [
        "Name",
        "AccountId",
        *(name for name in (config.contacts.role, config.contacts.last_activity) if name),
    ]


def _deal_fields(config: SalesforceConfig) -> list[str]:
    own = [name for name in (config.deals.competitor, config.deals.type) if name]
    return ["AccountId", "IsClosed", "IsWon", "CloseDate", *own]


def _item(kind: str, record: Mapping[str, Any], config: SalesforceConfig) -> Item:
    key = str(record["Id"])
    if kind == "Account":
        fields = config.companies.model_dump()
        data = {field: _value(record, name) for field, name in fields.items() if name}
        return Item(kind=ItemKind.COMPANY, external_id=key, parent=key, data=data)
    parent = str(record.get("AccountId") or "")
    if kind == "Contact":
        data = {
            "name": record.get("Name"),
            "role": _value(record, config.contacts.role),
            "last_activity": _value(record, config.contacts.last_activity),
        }
        return Item(kind=ItemKind.CONTACT, external_id=key, parent=parent, data=data)
    data = {
        "closed": bool(record.get("IsClosed")),
        "won": bool(record.get("IsWon")),
        "close_date": record.get("CloseDate"),
        "competitor": _value(record, config.deals.competitor),
        "type": _value(record, config.deals.type),
    }
    return Item(kind=ItemKind.DEAL, external_id=key, parent=parent, data=data)


def _value(record: Mapping[str, Any], name: str | None) -> Any:
    found: Any = record
    for part in name.split(".") if name else ():
        found = found.get(part) if isinstance(found, Mapping) else None
    return None if found is record or isinstance(found, Mapping) else found


class _Organisation:
    """One signed-in organisation. A session that runs out is renewed once where the credentials allow it."""

    def __init__(self, access: Access, session: Any) -> None:
        self._access = access
        self._session = session
        self._client = _sign_in(access, session)

    def query(self, table: str, fields: Sequence[str], *conditions: str) -> list[Mapping[str, Any]]:
        """Return all records, deleted ones marked; the count that Salesforce states must be reached."""
        wanted = ", ".join(dict.fromkeys(("Id", "IsDeleted", *fields)))
        where = " AND ".join(f"({condition})" for condition in conditions if condition)
        soql = f"SELECT {wanted} FROM {table}" + (f" WHERE {where}" if where else "")  # noqa: S608
        page = self._ask(lambda client: client.query(soql, include_deleted=True))
        records = list(page["records"])
        while not page["done"]:
            following = str(page["nextRecordsUrl"])
            if not following.startswith(_NEXT_PAGE):
                raise self._access.failure(
                    Trouble.BROKEN_ANSWER, f"{table}: the next page is at a strange place"
                )
            page = self._ask(_next_page(following))
            records.extend(page["records"])
        if len(records) != page["totalSize"]:
            raise self._access.failure(
                Trouble.BROKEN_ANSWER, f"{table}: {page['totalSize']} records announced, {len(records)} came"
            )
        return records

    def update(self, records: Sequence[JsonObject]) -> list[Mapping[str, Any]]:
        """Write up to 200 records; return one result each, in their order."""
        body = {"allOrNone": False, "records": list(records)}
        results = self._ask(
            lambda client: client.restful("composite/sobjects", method="PATCH", json=body), shape=list
        )
        if len(results) != len(records):
            raise self._access.failure(Trouble.BROKEN_ANSWER, "fewer results than records came back")
        return list(results)

    def _ask(
        self, request: Callable[[Any], Any], shape: type[dict[str, Any]] | type[list[Any]] = dict
    ) -> Any:
        renewed = False
        while True:
            try:
                return self._access.patiently(lambda: self._once(request, shape))
            except ConnectionFailedError as error:
                if (
                    error.reason is not Trouble.CREDENTIALS
                    or renewed
                    or self._access.secret("CLIENT_ID") is None
                ):
                    raise
                renewed, self._client = True, _sign_in(self._access, self._session)

    def _once(self, request: Callable[[Any], Any], shape: type[dict[str, Any]] | type[list[Any]]) -> Any:
        with _translated(self._access, self._session):
            answer = request(self._client)
        if not isinstance(answer, shape):
            raise self._access.failure(Trouble.BROKEN_ANSWER, "the answer has another shape than documented")
        if isinstance(answer, dict):
            self._check_page(answer)
        return answer

    def _check_page(self, page: Mapping[str, Any]) -> None:
        if not {"records", "done", "totalSize"} <= page.keys() or not isinstance(page["records"], list):
            raise self._access.failure(Trouble.BROKEN_ANSWER, "the answer lacks records, done or totalSize")
        if not page["done"] and "nextRecordsUrl" not in page:
            raise self._access.failure(Trouble.BROKEN_ANSWER, "the answer ends before its last page")


def _next_page(url: str) -> Callable[[Any], Any]:
    return lambda client: client.query_more(url, identifier_is_url=True)


@contextmanager
def _organisation(access: Access) -> Iterator[_Organisation]:
    access.require_secrets()
    try:
        import requests
        import simple_salesforce  # noqa: F401
    except ImportError as error:
        raise access.failure(
            Trouble.NO_CLIENT, "simple-salesforce is not installed; run pip install 'rivalwatch[crm]'"
        ) from error
    config = access.config
    assert isinstance(config, SalesforceConfig)
    address, timeout = config.url, config.timeout.total_seconds()

    class Session(requests.Session):
        """Adds the timeout that the client leaves out, and speaks plain HTTP to a stand-in on this machine."""

        retry_after: str | None = None

        def request(self, method: Any, url: Any, *rest: Any, **named: Any) -> requests.Response:
            named.setdefault("timeout", timeout)
            secure = address.replace("http://", "https://", 1)
            if str(url).startswith(secure + "/"):
                url = address + str(url)[len(secure) :]
            answer = super().request(method, url, *rest, **named)
            self.retry_after = answer.headers.get("Retry-After")
            return answer

    with Session() as session:
        yield _Organisation(access, session)


def _sign_in(access: Access, session: Any) -> Any:
    from simple_salesforce.api import Salesforce

    config = access.config
    assert isinstance(config, SalesforceConfig)
    token, address = access.secret("TOKEN"), config.url
    if access.secret("CLIENT_ID"):
        token = access.patiently(lambda: _new_token(access, session))
    return Salesforce(
        instance_url=address.replace("http://", "https://", 1),
        session_id=token,
        session=session,
        version=config.version,
    )


def _new_token(access: Access, session: Any) -> str:
    """Return an access token by the client credentials flow; the organisation's address stays the configured one."""
    config = access.config
    assert isinstance(config, SalesforceConfig)
    form = {
        "grant_type": "client_credentials",
        "client_id": access.secret("CLIENT_ID"),
        "client_secret": access.secret("CLIENT_SECRET"),
    }
    with _translated(access, session):
        answer = session.request("POST", f"{config.url}/services/oauth2/token", data=form)
        if answer.status_code in (400, 401):
            raise access.expired()
        if answer.status_code >= 300:
            raise access.failure(Trouble.UNREACHABLE, f"signing in failed (status {answer.status_code})")
        found = answer.json()
    token = found.get("access_token") if isinstance(found, dict) else None
    if not isinstance(token, str):
        raise access.failure(Trouble.BROKEN_ANSWER, "signing in gave no access token")
    return token


@contextmanager
def _translated(access: Access, session: Any) -> Iterator[None]:
    import requests
    from simple_salesforce.exceptions import SalesforceError

    try:
        yield
    except SalesforceError as error:
        raise _told(access, error, session.retry_after) from error
    except requests.exceptions.JSONDecodeError as error:
        raise access.failure(Trouble.BROKEN_ANSWER, "the answer is no JSON") from error
    except requests.exceptions.RequestException as error:
        raise access.failure(Trouble.UNREACHABLE, f"can not be reached: {type(error).__name__}") from error
    except ValueError as error:
        raise access.failure(Trouble.BROKEN_ANSWER, "the answer is no JSON") from error


def _told(access: Access, error: Any, retry_after: str | None) -> ConnectionFailedError:
    """Return our error for one of Salesforce's; it tells its codes in a list of objects."""
    content = error.content if isinstance(error.content, list) else []
    first = content[0] if content and isinstance(content[0], Mapping) else {}
    code, message = str(first.get("errorCode", "")), str(first.get("message", ""))
    pause = seconds_to_wait(retry_after, access.now)
    if code == _DAILY_LIMIT:
        # The limit is counted over 24 hours: waiting a minute would only use up more of it.
        detail = (
            "the organisation's daily limit of requests is used up; read less often ('every'), or raise it"
        )
        return access.failure(Trouble.LIMIT, detail, retry_after=24 * 3600.0)
    if error.status == 401:
        return access.expired()
    if error.status == 429:
        return access.failure(Trouble.LIMIT, "too many requests; the next regular read tries again", pause)
    if error.status >= 500:
        return access.failure(Trouble.UNREACHABLE, f"failed over there (status {error.status})", pause)
    detail = f"refused ({code or error.status}): {message}; correct the fields in connections.yaml"
    return access.failure(Trouble.REFUSED, detail)
