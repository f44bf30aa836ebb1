"""Reads mails from a folder or an IMAP server, in a thread; nothing is marked or changed there.

A server that sends too much or too slowly is cut off: by bytes of a literal and of the whole conversation, and by a
watch that closes the connection when the time is over.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.errors import FetchError, FetchReason
from crawlers.types.mail_message import MAX_MAIL, Mail, is_from, read_mail
from crawlers.types.newsletter import KEY_VARIABLE, MAX_MAILS, MailOrder

MAX_FILES = 2_000
MAX_CONVERSATION = 120_000_000  # bytes: a hundred mails of the largest size, and what is said around them
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Where the server is: the address that was checked, and how long everything may take."""

    address: str
    timeout: float


def read_folder(order: MailOrder, now: datetime) -> list[Mail]:
    """Return the wanted mails of a folder's ``.eml`` files, the newest files first. Raises: FetchError."""
    assert order.folder is not None
    if not order.folder.is_dir():
        raise FetchError(FetchReason.BAD_ADDRESS, f"there is no folder {order.folder}; check 'folder'")
    found = (read_mail(data) for data in _files(order.folder))
    return _wanted((mail for mail in found if mail is not None), order, now)


def _files(folder: Path) -> Iterator[bytes]:
    rows = []
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            about = path.lstat()
            # A pipe would wait for ever, a link may lead anywhere.
            if path.suffix.lower() == ".eml" and stat.S_ISREG(about.st_mode):
                rows.append((about.st_mtime, path.name, path))
    for _, _, path in sorted(rows, reverse=True)[:MAX_FILES]:
        with contextlib.suppress(OSError), path.open("rb") as file:
            yield file.read(MAX_MAIL)


def read_imap(order: MailOrder, peer: Peer, password: str | None, now: datetime) -> list[Mail]:
    """Return the wanted mails of a mailbox. Raises: FetchError, OSError."""
    if not password:
        raise FetchError(
            FetchReason.KEY_MISSING, f"the mailbox's password is missing; put it in ${KEY_VARIABLE}"
        )
    try:
        with _connected(order, peer) as server:
            _log_in(server, order.user, password)
            found = (read_mail(data) for data in _messages(server, order, now))
            return _wanted((mail for mail in found if mail is not None), order, now)
    except imaplib.IMAP4.abort as error:
        raise FetchError(FetchReason.CONNECTION, "the mail server broke off") from error
    except imaplib.IMAP4.error as error:
        raise FetchError(FetchReason.BAD_ANSWER, "the mail server does not speak proper IMAP") from error


def _wanted(mails: Iterator[Mail], order: MailOrder, now: datetime) -> list[Mail]:
    since = now - timedelta(days=order.days)
    found: list[Mail] = []
    for mail in mails:
        if is_from(mail.sender, order.senders) and (mail.date is None or mail.date >= since):
            found.append(mail)
            if len(found) >= MAX_MAILS:
                break
    return found


class _Server(imaplib.IMAP4):
    """A connection to the checked address that counts what it is sent."""

    def __init__(self, order: MailOrder, peer: Peer, context: ssl.SSLContext) -> None:
        self._order, self._peer, self._tls = order, peer, context
        self._read_bytes = 0
        super().__init__(order.host, order.port, timeout=peer.timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._peer.address, self._order.port), timeout)
        if self._order.starttls:
            return plain
        return self._tls.wrap_socket(plain, server_hostname=self._order.host)

    def read(self, size: int) -> bytes:
        """Return the next bytes of a literal. Raises: FetchError if it is larger than a mail may be."""
        self._count(size)
        if size > MAX_MAIL + 1_000:
            raise FetchError(FetchReason.TOO_LARGE, "the mail server sends more of a mail than was asked for")
        return super().read(size)

    def readline(self) -> bytes:
        """Return the next line."""
        line = super().readline()
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self._read_bytes += size
        if self._read_bytes > MAX_CONVERSATION:
            raise FetchError(FetchReason.TOO_LARGE, "the mail server sends without end")


@contextlib.contextmanager
def _connected(order: MailOrder, peer: Peer) -> Iterator[_Server]:
    context = ssl.create_default_context()
    server = _Server(order, peer, context)
    over = threading.Event()

    def cut() -> None:
        over.set()
        with contextlib.suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(peer.timeout, cut)
    watch.daemon = True
    watch.start()
    try:
        if order.starttls:
            server.starttls(context)
        yield server
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            server.logout()
    except (imaplib.IMAP4.abort, OSError) as error:
        if over.is_set():
            raise FetchError(FetchReason.TIMEOUT, "no complete answer in time") from error
        raise
    finally:
        watch.cancel()
        with contextlib.suppress(OSError):
            server.shutdown()


def _log_in(server: _Server, user: str, password: str) -> None:
    try:
        if "AUTH=PLAIN" in server.capabilities:
            server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        else:
            server.login(user, password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        raise FetchError(
            FetchReason.KEY_MISSING, f"the mail server refuses the user, or the password in ${KEY_VARIABLE}"
        ) from error


def _messages(server: _Server, order: MailOrder, now: datetime) -> Iterator[bytes]:
    status, _ = server.select(f'"{order.mailbox}"', readonly=True)
    if status != "OK":
        raise FetchError(FetchReason.BAD_ADDRESS, f"there is no mailbox '{order.mailbox}'; check 'mailbox'")
    status, rows = server.uid("SEARCH", _question(order, now))
    numbers = (rows[0] or b"").split() if status == "OK" and rows else []
    wanted = [number for number in numbers if number.isdigit()][-MAX_MAILS:]
    for number in reversed(wanted):
        # PEEK leaves the mail unread.
        status, answer = server.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{MAX_MAIL}>)")
        yield from (part[1] for part in answer if isinstance(part, tuple) and len(part) > 1)


def _question(order: MailOrder, now: datetime) -> str:
    since = now - timedelta(days=order.days + 1)
    froms = [f'FROM "{one.removeprefix("@")}"' for one in order.senders]
    either = "OR " * (len(froms) - 1) + " ".join(froms)
    return f"SINCE {since.day:02d}-{_MONTHS[since.month - 1]}-{since.year} {either}"
