"""Newsletters by e-mail: a mailbox that the analyst subscribed with, or a folder of ``.eml`` files. Each mail an entry.

What is stored is the list of the mails' texts, made by `crawlers.mailbox`; nothing in a mailbox is changed or marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, listed, parameters
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.types.mail_message import Mail
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a list of mails"
KEY_VARIABLE = "RIVALWATCH_IMAP_PASSWORD"
MAX_MAILS = 100
_SENDER = r"(?:[A-Za-z0-9._%+-]{1,64}@|@)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_MAILBOX = r"[A-Za-z0-9 ._/&+,\[\]-]{1,200}"
_USER = r"[^\s\"\\]{1,200}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOrder:
    """What is to be read: a folder, or a mailbox of a server; ``days`` back, from ``senders`` alone."""

    senders: tuple[str, ...]
    days: int
    folder: Path | None = None
    host: str = ""
    port: int = 993
    starttls: bool = False
    user: str = ""
    mailbox: str = "INBOX"


def order_of(source: Source) -> MailOrder:
    """Return what a source wants to be read. Raises: SourceSettingsError."""
    given = parameters(source.options)
    senders, days = listed(given.get("senders")), str(given.get("days", "30"))
    if not senders or not all(re.fullmatch(_SENDER, one) for one in senders):
        raise SourceSettingsError(source.key, "'senders' must name addresses or domains")
    if not re.fullmatch(r"[1-9]\d{0,2}", days):
        raise SourceSettingsError(source.key, "'days' is no number from 1 to 999")
    if folder := given.get("folder"):
        return MailOrder(senders=senders, days=int(days), folder=Path(str(folder)))
    return _server(source, given, senders, int(days))


def _server(source: Source, given: Mapping[str, Any], senders: tuple[str, ...], days: int) -> MailOrder:
    host, user = str(given.get("host", "")), str(given.get("user", ""))
    if not host or not user:
        raise SourceSettingsError(source.key, "needs 'folder', or 'host' and 'user'")
    mailbox, tls = str(given.get("mailbox", "INBOX")), str(given.get("tls", "direct"))
    port = str(given.get("port", "143" if tls == "starttls" else "993"))
    for name, value, pattern in (
        ("host", host, _HOST),
        ("user", user, _USER),
        ("mailbox", mailbox, _MAILBOX),
        ("tls", tls, "direct|starttls"),
        ("port", port, r"[1-9]\d{0,4}"),
    ):
        if not re.fullmatch(pattern, value):
            raise SourceSettingsError(source.key, f"'{name}' is {value[:60]!r}, which cannot be used")
    return MailOrder(
        senders=senders, days=days, host=host, port=int(port), starttls=tls == "starttls", user=user, mailbox=mailbox
    )  # fmt: skip


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the mails; its scheme is not HTTP's. Raises: SourceSettingsError."""
    order = order_of(source)
    if order.folder is not None:
        return RequestSpec(url="mailfolder://localhost" + quote(str(order.folder.absolute())))
    scheme = "imap" if order.starttls else "imaps"
    headers = {"Authorization": key} if key else {}
    return RequestSpec(
        url=f"{scheme}://{order.host}:{order.port}/{quote(order.mailbox, safe='')}", headers=headers
    )


def bundle(mails: Sequence[Mail], limit: int) -> bytes:
    """Return the mails as stored, the newest first, as many as fit into ``limit`` bytes.

    Angle brackets are escaped, so that no reader takes what somebody mailed for a web page.
    """
    newest = sorted(
        mails, key=lambda mail: (mail.date.isoformat() if mail.date else "", mail.id), reverse=True
    )
    rows: list[str] = []
    size = 20
    for mail in newest[:MAX_MAILS]:
        row = json.dumps(
            {
                "id": mail.id,
                "from": mail.sender,
                "subject": mail.subject,
                "date": mail.date.isoformat() if mail.date else None,
                "text": mail.text,
            },
        )
        row = row.replace("<", "\\u003c").replace(">", "\\u003e")
        size += len(row) + 2
        if size > limit:
            break
        rows.append(row)
    return ('{"mails": [' + ", ".join(rows) + "]}").encode("ascii")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per mail. Raises: SourceError."""
    mails = read_json(body, WHAT)["mails"].need_list(WHAT)
    return tuple(_entry(mail) for mail in mails if mail["id"])


def _entry(mail: Node) -> Entry:
    return Entry(
        id=mail["id"].text(),
        title=mail["subject"].text() or f"A mail from {mail['from'].text()}",
        text=mail["text"].text(),
        published=mail["date"].moment(),
        attributes={"sender": mail["from"].text()},
    )


NEWSLETTER = Adapter(
    spec=SourceTypeSpec(
        name="newsletter",
        about="mails of a rival's newsletter, from a mailbox (IMAP with TLS) or a folder of .eml files; the 100 newest",
        default_every=timedelta(hours=2),
        url_required=False,
        one_of=("host", "folder"),
        parameters=(
            Parameter(
                name="senders",
                about="addresses or domains whose mails are this rival's; one mailbox may serve several rivals",
                required=True,
                many=True,
                pattern=_SENDER,
                example="[northbeam.example, news@mail.northbeam.example]",
            ),
            Parameter(name="host", about="the mail server", pattern=_HOST, example="imap.us.example"),
            Parameter(
                name="user",
                about="the mailbox's user (needed with host)",
                pattern=_USER,
                example="watch@us.example",
            ),
            Parameter(name="mailbox", about="which folder of the mailbox", pattern=_MAILBOX, example="INBOX"),
            Parameter(
                name="tls",
                about="direct or starttls; never without",
                pattern="direct|starttls",
                example="direct",
            ),
            Parameter(name="port", about="the server's port", pattern=r"[1-9]\d{0,4}", example="993"),
            Parameter(
                name="folder", about="a folder of .eml files instead of a server", example="mails/northbeam"
            ),
            Parameter(name="days", about="how many days to look back", pattern=r"[1-9]\d{0,2}", example="30"),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
    key_variable=KEY_VARIABLE,
    own_schemes=("imaps://", "imap://", "mailfolder://"),
)
