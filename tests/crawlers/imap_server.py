"""A small mail server on loopback that speaks as much IMAP4rev1 over TLS as a reader of mails needs."""

from __future__ import annotations

import base64
import datetime
import re
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "mail.localhost"
USER, PASSWORD = "watch@us.example", "pässword"


def write_certificate(folder: Path) -> Path:
    """Write a certificate for `HOST` with its key, signed by itself; return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "mail.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@dataclass
class MailServer:
    """The running server: ``mails`` by number; ``manner`` is how it misbehaves; ``said`` is what it was asked."""

    port: int
    mails: dict[int, bytes] = field(default_factory=dict)
    manner: str = ""
    said: list[str] = field(default_factory=list)


@contextmanager
def running_mail_server(certificate: Path) -> Iterator[MailServer]:
    """Run the server for the time of a test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = _Server(context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingTCPServer):
    """Answers each client in a thread of its own."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.context = context
        self.state = MailServer(port=self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what the tests are about."""


class _Handler(StreamRequestHandler):
    """One connection of a client."""

    server: _Server

    def setup(self) -> None:
        plain = self.request
        try:
            self.request = self.server.context.wrap_socket(plain, server_side=True)
        except OSError:
            plain.close()
            raise
        super().setup()

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.request.close()

    def handle(self) -> None:
        if self.server.state.manner == "silent":
            time.sleep(5)
            return
        self._line("* OK ready")
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            tag, _, words = line.partition(" ")
            self.server.state.said.append(words)
            self._answer(tag, words)

    def _answer(self, tag: str, words: str) -> None:
        command = words.upper()
        if command.startswith("CAPABILITY"):
            self._line("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
        elif command.startswith("AUTHENTICATE"):
            self._line("+ ")
            given = base64.b64decode(self.rfile.readline()).decode()
            if given != f"\0{USER}\0{PASSWORD}":
                self._line(f"{tag} NO wrong")
                return
        elif command.startswith("EXAMINE"):
            if "INBOX" not in words:
                self._line(f"{tag} NO no such mailbox")
                return
            self._line(f"* {len(self.server.state.mails)} EXISTS")
        elif command.startswith("UID SEARCH"):
            self._line("* SEARCH " + " ".join(str(number) for number in self.server.state.mails))
        elif command.startswith("UID FETCH"):
            self._fetch(int(re.findall(r"\d+", words)[0]))
        self._line(f"{tag} OK done")

    def _fetch(self, number: int) -> None:
        if self.server.state.manner == "endless":
            self._line("* 1 FETCH (BODY[] {99999999999}")
        elif self.server.state.manner == "drip":
            self._line("* 1 FETCH (BODY[] {900000}")
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif self.server.state.manner == "flood":
            while True:
                self.wfile.write(b"* 1 EXISTS\r\n" * 10_000)
        else:
            data = self.server.state.mails[number]
            self._line(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(data)}}}")
            self.wfile.write(data + b")\r\n")

    def _line(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
