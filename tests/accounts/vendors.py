"""A server on loopback that speaks the documented HTTP of Salesforce, HubSpot, Zendesk, Intercom and Stripe."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

Answer = tuple[int, dict[str, str], bytes]
Record = dict[str, Any]


@dataclass(slots=True)
class Vendor:
    """What the systems hold, what was asked, and which answers go wrong next."""

    port: int = 0
    tokens: set[str] = field(default_factory=lambda: {"good"})
    page: int = 2
    tables: dict[str, list[Record]] = field(default_factory=dict)
    associations: dict[str, dict[str, list[tuple[str, str | None]]]] = field(default_factory=dict)
    properties: dict[str, set[str]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    written: list[Record] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    faults: list[Callable[[str], Answer | None]] = field(default_factory=list)
    signed_in: int = 0
    cut: bool = False
    pages: dict[str, list[Record]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def table(self, name: str) -> list[Record]:
        """Return the records of a kind, to fill or to read."""
        return self.tables.setdefault(name, [])

    def fail(self, status: int, body: Any = "", times: int = 1, only: str = "", **headers: str) -> None:
        """Let the next requests (whose path holds ``only``) go wrong."""
        left = [times]
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def fault(path: str) -> Answer | None:
            if only not in path or not left[0]:
                return None
            left[0] -= 1
            raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            return status, named, raw

        self.faults.append(fault)


def _json(value: Any, status: int = 200, **headers: str) -> Answer:
    return status, {"Content-Type": "application/json", **headers}, json.dumps(value).encode()


@contextmanager
def serve_vendor() -> Iterator[Vendor]:
    """Run the server on a free port."""
    vendor = Vendor()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.reply(b"")

        def do_POST(self) -> None:
            self.reply(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        do_PATCH = do_POST  # noqa: N815

        def reply(self, body: bytes) -> None:
            vendor.requests.append((self.command, self.path))
            answer = next((found for fault in vendor.faults if (found := fault(self.path))), None)
            status, headers, payload = answer or self.route(body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload) + 10 * vendor.cut))
            self.end_headers()
            self.wfile.write(payload)
            self.close_connection = vendor.cut

        def route(self, body: bytes) -> Answer:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            if parts.path == "/services/oauth2/token":
                return _token(vendor, parse_qs(body.decode()))
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            if token not in vendor.tokens and not token.startswith("Basic "):
                return _unauthorised(parts.path)
            for prefix, speak in _SYSTEMS:
                if re.match(prefix, parts.path):
                    return speak(vendor, parts.path, query, json.loads(body) if body[:1] == b"{" else {})
            return _json({"message": "no such path"}, 404)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    vendor.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield vendor
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _token(vendor: Vendor, form: dict[str, list[str]]) -> Answer:
    if form.get("client_secret") != ["right"] or form.get("grant_type") != ["client_credentials"]:
        return _json({"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
    vendor.signed_in += 1
    token = f"signed-in-{vendor.signed_in}"
    vendor.tokens.add(token)
    return _json({"access_token": token, "instance_url": vendor.url, "token_type": "Bearer"})


def _unauthorised(path: str) -> Answer:
    if path.startswith("/services/"):
        return _json([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}], 401)
    if path.startswith("/v1/"):
        return _json({"error": {"type": "invalid_request_error", "message": "Invalid API Key"}}, 401)
    return _json({"status": "error", "category": "EXPIRED_AUTHENTICATION", "message": "expired"}, 401)


def _salesforce(vendor: Vendor, path: str, query: dict[str, str], body: Record) -> Answer:
    if path.endswith("/composite/sobjects"):
        results = []
        for record in body["records"]:
            bad = record["id"] in vendor.refused
            if not bad:
                vendor.written.append(record)
            error = {"statusCode": "ENTITY_IS_LOCKED", "message": "the record is locked", "fields": []}
            results.append({"id": record["id"], "success": not bad, "errors": [error] if bad else []})
        return _json(results)
    if "q" in query:
        soql = query["q"]
        vendor.queries.append(soql)
        found = _select(vendor, soql)
        if isinstance(found, str):
            return _json([{"message": found, "errorCode": "INVALID_FIELD"}], 400)
        vendor.pages["soql"] = found
        return _soql_page(vendor, found, 0)
    start = int(path.rpartition("-")[2])
    return _soql_page(vendor, vendor.pages["soql"], start)


def _soql_page(vendor: Vendor, records: list[Record], start: int) -> Answer:
    end = start + vendor.page
    page: Record = {"totalSize": len(records), "done": end >= len(records), "records": records[start:end]}
    if not page["done"]:
        page["nextRecordsUrl"] = f"/services/data/v62.0/query/01g-{end}"
    return _json(page)


def _select(vendor: Vendor, soql: str) -> list[Record] | str:
    match = re.fullmatch(r"SELECT (.+?) FROM (\w+)(?: WHERE (.+))?", soql)
    assert match, soql
    names, table, where = match[1].split(", "), match[2], match[3] or ""
    records = vendor.table(table)
    for name in names:
        if records and not any(name.partition(".")[0] in record for record in records):
            return f"No such column '{name}' on entity '{table}'"
    since = re.search(r"SystemModstamp >= (\S+?)\)", where)
    if since:
        first = datetime.fromisoformat(since[1].replace("Z", "+00:00"))
        records = [r for r in records if datetime.fromisoformat(r["SystemModstamp"]) >= first]
    wanted = {name.partition(".")[0] for name in names}
    return [
        {name: record.get(name) for name in wanted} | {"attributes": {"type": table}} for record in records
    ]


def _hubspot(vendor: Vendor, path: str, query: dict[str, str], body: Record) -> Answer:
    if match := re.fullmatch(r"/crm/v3/properties/(\w+)", path):
        return _json({"results": [_property(name) for name in sorted(vendor.properties[match[1]])]})
    if path == "/crm/v3/owners/":
        return _json({"results": vendor.table("owners")})
    if match := re.fullmatch(r"/crm/v4/associations/(\w+)/companies/batch/read", path):
        return _associations(vendor.associations.get(match[1], {}), body)
    if match := re.fullmatch(r"/crm/v3/objects/(\w+)/batch/update", path):
        vendor.written.extend(body["inputs"])
        done = [entry for entry in body["inputs"] if entry["id"] not in vendor.refused]
        return _json({"status": "COMPLETE", "results": [_object(entry) for entry in done], **_TIMES})
    if match := re.fullmatch(r"/crm/v3/objects/(\w+)/search", path):
        return _hubspot_search(vendor, match[1], body)
    return _json({"message": "no such path"}, 404)


_TIMES = {"startedAt": "2026-11-16T06:00:00Z", "completedAt": "2026-11-16T06:00:00Z"}


def _property(name: str) -> Record:
    return {
        "name": name,
        "label": name,
        "type": "string",
        "fieldType": "text",
        "groupName": "all",
        "options": [],
        "description": "",
    }


def _object(record: Record) -> Record:
    return {
        "id": record["id"],
        "properties": record["properties"],
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z",
        "archived": False,
    }


def _associations(known: dict[str, list[tuple[str, str | None]]], body: Record) -> Answer:
    results = [
        {
            "from": {"id": entry["id"]},
            "to": [
                {
                    "toObjectId": int(company),
                    "associationTypes": [{"category": "HUBSPOT_DEFINED", "typeId": 1, "label": label}],
                }
                for company, label in known[entry["id"]]
            ],
        }
        for entry in body["inputs"]
        if entry["id"] in known
    ]
    return _json({"status": "COMPLETE", "results": results, **_TIMES})


def _hubspot_search(vendor: Vendor, kind: str, body: Record) -> Answer:
    vendor.queries.append(json.dumps(body.get("filterGroups")))
    records = sorted(vendor.table(kind), key=lambda record: int(record["id"]))
    filters = [entry for group in body.get("filterGroups") or () for entry in group["filters"]]
    records = [record for record in records if all(_passes(record, entry) for entry in filters)]
    start = int(body.get("after") or 0)
    end = min(start + vendor.page, 10_000)
    answer: Record = {"total": len(records), "results": [_object(record) for record in records[start:end]]}
    if end < len(records):
        answer["paging"] = {"next": {"after": str(end), "link": ""}}
    return _json(answer)


def _passes(record: Record, entry: Record) -> bool:
    name, operator, wanted = entry["propertyName"], entry["operator"], entry["value"]
    if name == "hs_object_id":
        return int(record["id"]) > int(wanted)
    found = record["properties"].get(name)
    if operator == "EQ":
        return bool(found == wanted)
    return found is not None and datetime.fromisoformat(found).timestamp() * 1000 >= int(wanted)


def _zendesk(vendor: Vendor, path: str, query: dict[str, str], body: Record) -> Answer:
    if path.endswith("/organizations.json"):
        found = vendor.table("organizations")
        return _json(
            {"organizations": found, "count": len(found), "end_of_stream": True, "end_time": 1_800_000_000}
        )
    tickets = vendor.table("tickets")
    start = int(query.get("cursor", "0"))
    end = min(start + vendor.page, len(tickets))
    return _json(
        {
            "tickets": tickets[start:end],
            "after_cursor": str(end),
            "after_url": f"{vendor.url}{path}?cursor={end}",
            "end_of_stream": end >= len(tickets),
        }
    )


def _intercom(vendor: Vendor, path: str, query: dict[str, str], body: Record) -> Answer:
    if path != "/conversations/search":
        _, kind, key = path.split("/")
        found = next((record for record in vendor.table(kind) if record["id"] == key), None)
        error = {"type": "error.list", "errors": [{"code": "not_found", "message": "no such resource"}]}
        return _json(found) if found else _json(error, 404)
    first = body["query"]["value"]
    records = [record for record in vendor.table("conversations") if record["updated_at"] > first]
    start = int(body["pagination"].get("starting_after") or 0)
    end = start + vendor.page
    pages: Record = {"type": "pages", "page": 1, "per_page": vendor.page, "total_pages": 1}
    if end < len(records):
        pages["next"] = {"page": 2, "starting_after": str(end)}
    return _json(
        {
            "type": "conversation.list",
            "conversations": records[start:end],
            "pages": pages,
            "total_count": len(records),
        }
    )


def _stripe(vendor: Vendor, path: str, query: dict[str, str], body: Record) -> Answer:
    records = vendor.table(path.rpartition("/")[2])
    if "created[gte]" in query:
        records = [record for record in records if record["created"] >= int(query["created[gte]"])]
    after = query.get("starting_after")
    start = next((n + 1 for n, record in enumerate(records) if record["id"] == after), 0)
    end = start + vendor.page
    return _json({"object": "list", "url": path, "has_more": end < len(records), "data": records[start:end]})


_SYSTEMS: tuple[tuple[str, Callable[[Vendor, str, dict[str, str], Record], Answer]], ...] = (
    (r"/services/data/", _salesforce),
    (r"/crm/", _hubspot),
    (r"/api/v2/", _zendesk),
    (r"/v1/", _stripe),
    (r"/(conversations|contacts|companies)/", _intercom),
)
