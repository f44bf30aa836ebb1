"""Mail by SMTP, driven by hand so that the moment before the last byte is known.

A server answers for a mail only after the line with the single dot. Until that line is sent, the mail cannot have
arrived and may be tried again; once it is sent and the answer is missing, it most likely has.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from config.settings import MailSettings
from digest.errors import DeliveryError
from digest.transport import Outcome, Point, Verdict
from digest.words import plain
from store.outbox import Mail

WORDS_LIMIT = 300
_READY = 354
_CLOSING = 421
_LINE_START_DOT = re.compile(rb"^\.", re.MULTILINE)
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(slots=True)
class SmtpTransport:
    """Hands mails over to one server, over one connection for a whole run."""

    settings: MailSettings
    password: str | None = None
    _server: smtplib.SMTP | None = field(default=None, init=False)

    def open(self) -> None:
        """Connect, encrypt and log in as the settings say. Raises: DeliveryError."""
        with self._outage():
            self._server = self._connect()
        try:
            with self._outage():
                self._prepare(self._server)
        except DeliveryError:
            self.close()
            raise

    def hand_over(self, mail: Mail, point_of_no_return: Point) -> Outcome:
        """Hand one mail over. Raises: DeliveryError when the server or the sender's address is the trouble."""
        assert self._server is not None
        server = self._server
        with self._outage():
            refusal = self._address(server, mail)
            if refusal is not None:
                self._reset(server)
                return refusal
            server.send(wire_form(mail.raw))
            self._check_listening(server)
        if not point_of_no_return():
            # Without the dot, the server drops what it was told of this mail when the connection ends.
            self._drop()
            return Outcome(verdict=Verdict.LOST_CLAIM)
        return self._finish(server)

    def close(self) -> None:
        """Say goodbye; nobody minds if the server has gone."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        settings, seconds = self.settings, self.settings.timeout.total_seconds()
        if settings.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(settings.host, settings.port, timeout=seconds, context=context)
        return smtplib.SMTP(settings.host, settings.port, timeout=seconds)

    def _prepare(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self.settings.security == "starttls":
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if self.settings.user:
            server.login(self.settings.user, self.password or "")

    def _address(self, server: smtplib.SMTP, mail: Mail) -> Outcome | None:
        """Send MAIL, RCPT and DATA; return how it ended if the server does not want the text."""
        code, words = server.mail(self.settings.sender)
        if code >= 400:
            raise DeliveryError(
                self._sentence(f"does not take mail from {self.settings.sender}", code, words)
            )
        code, words = server.rcpt(mail.recipient)
        if code < 300:
            code, words = server.docmd("DATA")
        return None if code == _READY else self._judge(code, words)

    def _check_listening(self, server: smtplib.SMTP) -> None:
        """Raise if the server hung up while the text went out: then the mail is no doubt, it did not arrive."""
        sock = server.sock
        assert sock is not None
        sock.setblocking(False)
        try:
            # Nothing may be said before the dot: an end, or any word, means that this mail is not wanted now.
            said = sock.recv(WORDS_LIMIT)
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        finally:
            sock.settimeout(self.settings.timeout.total_seconds())
        self._drop()
        raise smtplib.SMTPServerDisconnected(plain(said.decode("utf-8", "replace")) or "it hung up")

    def _finish(self, server: smtplib.SMTP) -> Outcome:
        try:
            server.send(b".\r\n")
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(verdict=Verdict.UNKNOWN, words=plain(str(error), WORDS_LIMIT))
        return Outcome(verdict=Verdict.TAKEN) if code < 300 else self._judge(code, words)

    def _judge(self, code: int, words: bytes) -> Outcome:
        said = _said(code, words)
        return Outcome(verdict=Verdict.REFUSED if code >= 500 else Verdict.LATER, words=said)

    def _reset(self, server: smtplib.SMTP) -> None:
        code, words = server.rset()
        if code == _CLOSING:
            raise DeliveryError(self._sentence("is closing", code, words))

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    @contextmanager
    def _outage(self) -> Iterator[None]:
        """Translate what the library and the network raise. The password is in none of these messages."""
        try:
            yield
        except smtplib.SMTPAuthenticationError as error:
            raise DeliveryError(
                self._sentence(
                    f"refused the login of {self.settings.user}", error.smtp_code, error.smtp_error
                )
                + "; check mail.user and $RIVALWATCH_SMTP_PASSWORD"
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(
                self._sentence(f"lacks what mail.security '{self.settings.security}' or mail.user needs")
                + "; set mail.security to what the server offers"
            ) from error
        except smtplib.SMTPResponseException as error:
            raise DeliveryError(self._sentence("gave up", error.smtp_code, error.smtp_error)) from error
        except ssl.SSLError as error:
            raise DeliveryError(
                self._sentence(f"could not be trusted ({error.reason or error})")
                + "; check mail.host, mail.port and mail.security"
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(self._sentence(f"could not be reached ({_cause(error)})")) from error

    def _sentence(self, what: str, code: int | None = None, words: bytes | str = b"") -> str:
        said = f" ({_said(code, words)})" if code is not None else ""
        return f"mail server {self.settings.host}:{self.settings.port} {what}{said}; all mail stays queued"


def wire_form(raw: bytes) -> bytes:
    """Return the message with CRLF lines and doubled leading dots, without the final dot. Source: RFC 5321, 4.5.2."""
    lines = _LINE_START_DOT.sub(b"..", _LINE_END.sub(b"\r\n", raw))
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _said(code: int | None, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return plain(f"{code} {text}", WORDS_LIMIT)


def _cause(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return plain(str(error), WORDS_LIMIT) or type(error).__name__
