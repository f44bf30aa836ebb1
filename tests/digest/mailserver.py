"""A real SMTP server on loopback whose manners a test sets: refuse, put off, break off, answer slowly, encrypt."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Manners:
    """How the server behaves, and what it took. ``after`` answers come by the recipient's address."""

    at_recipient: dict[str, str] = field(default_factory=dict)
    at_sender: str | None = None
    after_text: dict[str, str] = field(default_factory=dict)
    swallows_answer_for: set[str] = field(default_factory=set)
    answers_after: float = 0.0
    taken: list[tuple[str, Message]] = field(default_factory=list)
    connections: int = 0

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.taken]

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_sender:
            return self.at_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.at_recipient:
            return self.at_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        recipient = envelope.rcpt_tos[0]
        if self.answers_after:
            await asyncio.sleep(self.answers_after)
        if recipient in self.after_text:
            return self.after_text[recipient]
        assert isinstance(envelope.content, bytes)
        self.taken.append((recipient, message_from_bytes(envelope.content)))
        if recipient in self.swallows_answer_for:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 taken"


@contextmanager
def serving(manners: Manners, port: int = 0, *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run the server and give its port."""
    controller = Controller(
        manners,
        hostname="127.0.0.1",
        port=port or _free_port(),
        ready_timeout=10,
        tls_context=tls,
        require_starttls=tls is not None,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def hanging_up(port: int = 0) -> Iterator[int]:
    """Run a server that answers DATA with 354 and ends the connection in the same breath."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        thread = threading.Thread(target=_hang_up_always, args=(listening,), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _hang_up_always(listening: socket.socket) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in lines:
                if line.upper().startswith(b"DATA"):
                    # The answer and the end travel in one packet, so the client's next look sees both.
                    connection.send(b"354 go on\r\n", socket.MSG_MORE)
                    connection.shutdown(socket.SHUT_WR)
                    break
                connection.sendall(b"250 OK\r\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
