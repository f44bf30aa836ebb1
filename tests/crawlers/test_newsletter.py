"""Newsletters: mails of one sender become entries, whatever else lies in the mailbox and however it was built."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import DetectionSettings
from crawlers.errors import FetchError, FetchReason, SourceSettingsError
from crawlers.mailbox import MAX_CONVERSATION, Peer, read_folder, read_imap
from crawlers.registry import adapter_for
from crawlers.run import crawl
from crawlers.types.mail_message import MAX_MAIL, is_from, read_mail
from crawlers.types.newsletter import MailOrder, bundle, order_of
from extract.run import run_extract
from store.kinds import FetchState
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.imap_server import (
    HOST,
    PASSWORD,
    USER,
    MailServer,
    running_mail_server,
    write_certificate,
)
from tests.crawlers.test_types import source

MAILS = Path(__file__).parent / "mails"
SENDERS = ("northbeam.example",)
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


def test_a_mail_gives_sender_subject_date_and_the_words_that_a_reader_sees() -> None:
    mail = read_mail((MAILS / "launch.eml").read_bytes())
    assert mail is not None
    assert mail.id == "20261112.launch@mail.northbeam.example"
    assert mail.sender == "news@mail.northbeam.example"
    assert mail.subject == "VerifyFlow 3 is out – faster checks"
    assert mail.date == datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
    assert mail.text == "VerifyFlow 3 Document checks now take 4 seconds, and cost 0.80 € each. Read more"
    assert "us.example" not in repr(mail)


def test_old_charsets_and_encodings_are_read() -> None:
    mail = read_mail((MAILS / "prices-latin.eml").read_bytes())
    assert mail is not None
    assert (mail.subject, mail.text) == (
        "Neue Preise für 2027",
        "Preise für Größen ab 1. Januar: 59 € statt 49 €",
    )


def test_forged_mails_and_other_senders_are_left_out(tmp_path: Path) -> None:
    found = read_folder(MailOrder(senders=SENDERS, days=30, folder=MAILS), NOW)
    assert sorted(mail.id for mail in found) == [
        "20261112.launch@mail.northbeam.example",
        "prices@northbeam.example",
    ]
    assert read_folder(MailOrder(senders=("elsewhere.example",), days=30, folder=MAILS), NOW)[0].subject
    assert read_folder(MailOrder(senders=SENDERS, days=1, folder=MAILS), NOW) == []
    with pytest.raises(FetchError, match="there is no folder"):
        read_folder(MailOrder(senders=SENDERS, days=30, folder=tmp_path / "none"), NOW)


@pytest.mark.parametrize(
    ("sender", "wanted", "is_one"),
    [
        ("news@northbeam.example", ("northbeam.example",), True),
        ("news@mail.northbeam.example", ("northbeam.example",), True),
        ("news@notnorthbeam.example", ("northbeam.example",), False),
        ("news@northbeam.example.evil.example", ("northbeam.example",), False),
        ("a@x.example", ("b@x.example",), False),
        ("b@x.example", ("a@y.example", "B@X.example"), True),
    ],
)
def test_senders_are_addresses_or_domains_with_what_is_below(
    sender: str, wanted: tuple[str, ...], is_one: bool
) -> None:
    assert is_from(sender, wanted) is is_one


def nested(depth: int) -> bytes:
    """Return a mail of parts within parts."""
    lines = [b"From: a@northbeam.example"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"'.encode(), b"", f"--b{level}".encode()]
    return b"\r\n".join([*lines, b"", b"text"])


HEAD = b"From: a@northbeam.example\r\nSubject: x\r\n"


@pytest.mark.parametrize(
    "data",
    [
        nested(40),
        nested(5_000),
        HEAD + b"Content-Type: text/plain; " + b'a="b";' * 150_000 + b"\r\n\r\nx",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 100_000,
        HEAD + b"Content-Type: text/plain; charset=zip\r\n\r\nx",
        HEAD + b"Content-Type: text/plain; charset=" + b"u" * 3_000 + b"\r\n\r\nx",
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<style" * 160_000,
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 190_000,
        HEAD + b"X: y\r\n" * 150_000 + b"\r\nx",
        b"From: a@northbeam.example\r\nSubject: " + b"=?utf-8?q?" * 90_000 + b"\r\n\r\nx",
        HEAD + b"Date: " + b"1 " * 400_000 + b"\r\n\r\nx",
        b"From: a@x.example\r\nFrom: b@x.example\r\n\r\nx",
        b"\x00" * 1_000_000,
        b"",
    ],
    ids=lambda data: str(len(data)) + repr(data[40:70]),
)
def test_mails_that_are_built_to_do_harm_cost_little(data: bytes) -> None:
    began = time.process_time()
    mail = read_mail(data)
    assert time.process_time() - began < 3
    assert mail is None or len(mail.text) <= 20_000


@settings(max_examples=150)
@given(st.data())
def test_damaged_mails_are_read_or_left_out(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(sorted(MAILS.iterdir()))).read_bytes())
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=20))
    mail = read_mail(bytes(body))
    if mail is not None:
        assert "\n" not in mail.id + mail.subject + mail.text + mail.sender
        assert adapter_for("newsletter").parse(bundle([mail], 1_000_000), "imaps://x/")[0].id


def test_what_is_stored_fits_the_limit_and_holds_no_markup() -> None:
    mail = read_mail(
        HEAD + b"\r\n<meta http-equiv=refresh content='0;url=http://evil.example/'> " + b"a" * 9_000
    )
    assert mail is not None
    body = bundle([mail] * 50, 100_000)
    assert len(body) <= 100_000
    assert b"<" not in body


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the loopback mail server."""
    return write_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch):
    """A mail server with all recorded mails, whose certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with running_mail_server(certificate) as running:
        running.mails = {n: path.read_bytes() for n, path in enumerate(sorted(MAILS.iterdir()), 1)}
        yield running


def order(server: MailServer, **changes: object) -> MailOrder:
    """Return what to read of the server."""
    known = {"senders": SENDERS, "days": 30, "host": HOST, "port": server.port, "user": USER}
    return MailOrder(**{**known, **changes})  # type: ignore[arg-type]


PEER = Peer(address="127.0.0.1", timeout=1.5)


def test_a_mailbox_is_read_over_tls_and_left_as_it_was(server: MailServer) -> None:
    found = read_imap(order(server), PEER, PASSWORD, NOW)
    assert sorted(mail.sender for mail in found) == [
        "events@northbeam.example",
        "news@mail.northbeam.example",
    ]
    asked = " | ".join(server.said)
    assert "EXAMINE" in asked
    assert 'SINCE 16-Oct-2026 FROM "northbeam.example"' in asked
    assert "BODY.PEEK" in asked
    assert not any(word in asked for word in ("STORE", "SELECT", "EXPUNGE", PASSWORD))


@pytest.mark.parametrize(
    ("manner", "changes", "password", "reason"),
    [
        ("", {}, "wrong", FetchReason.KEY_MISSING),
        ("", {}, None, FetchReason.KEY_MISSING),
        ("", {"mailbox": "Archive"}, PASSWORD, FetchReason.BAD_ADDRESS),
        ("endless", {}, PASSWORD, FetchReason.TOO_LARGE),
        ("drip", {}, PASSWORD, FetchReason.TIMEOUT),
        ("flood", {}, PASSWORD, None),
        ("silent", {}, PASSWORD, FetchReason.TIMEOUT),
    ],
)
def test_mail_servers_that_refuse_or_attack_end_as_a_named_reason(
    server: MailServer,
    manner: str,
    changes: dict[str, object],
    password: str | None,
    reason: FetchReason | None,
) -> None:
    server.manner = manner
    began = time.perf_counter()
    with pytest.raises((FetchError, TimeoutError)) as raised:
        read_imap(order(server, **changes), PEER, password, NOW)
    assert time.perf_counter() - began < 15
    if reason is not None and isinstance(raised.value, FetchError):
        assert raised.value.reason is reason
    assert MAX_CONVERSATION >= 100 * MAX_MAIL


def test_a_certificate_that_is_not_trusted_ends_the_reading(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(OSError, match="certificate"):
        read_imap(order(server), PEER, PASSWORD, NOW)


def test_a_newsletter_goes_the_same_way_as_every_other_source(
    server: MailServer, watch: Watch, tmp_path: Path
) -> None:
    shutil.copy(MAILS / "prices-latin.eml", tmp_path / "one.eml")
    mailbox = {"senders": SENDERS, "host": HOST, "port": str(server.port), "user": USER}
    watch.sources(
        watch.page("box", "", "newsletter", parameters=mailbox),
        watch.page("folder", "", "newsletter", parameters={"senders": SENDERS, "folder": str(tmp_path)}),
        watch.page("bad", "", "newsletter", parameters={"senders": SENDERS}),
    )

    def look(hours: int) -> dict[str, tuple[FetchState | None, str | None]]:
        after = timedelta(hours=hours)
        keys = {"newsletter": PASSWORD}
        crawl(watch.database.url, watch.stored(), QUICK, now=watch.now + after, keys=keys)
        return {one.key.split("/")[1]: (one.state, one.reason) for one in watch.stored()}

    first = look(0)
    assert first["box"] == first["folder"] == (FetchState.OK, None)
    assert first["bad"][0] is FetchState.BROKEN
    assert "needs 'folder', or 'host' and 'user'" in str(first["bad"][1])
    look(3)
    assert all(len(watch.snapshots(one)) == 1 for one in watch.stored() if "bad" not in one.key)
    with watch.database.write() as session:
        while run_extract(session, watch.now, DetectionSettings()):
            pass
    shutil.copy(MAILS / "launch.eml", tmp_path / "two.eml")
    assert look(6)["folder"][0] is FetchState.OK
    box, _, _ = sorted(watch.stored(), key=lambda one: one.key != "north/box")
    assert len(watch.snapshots(box)) >= 1
    assert {snapshot.url.partition("://")[0] for snapshot in watch.snapshots(box)} == {"imaps"}
    server.manner = "endless"
    assert look(9)["box"][0] is FetchState.BROKEN


def test_settings_that_cannot_be_used_are_told() -> None:
    for wrong in (
        {"senders": ["a b"]},
        {"senders": ["x.example"]},
        {"senders": ["x.example"], "host": "mail.example"},
        {"senders": ["x.example"], "host": "mail.example", "user": "a", "mailbox": 'a"\r\nDELETE'},
        {"senders": ["x.example"], "folder": "x", "days": "0"},
    ):
        with pytest.raises(SourceSettingsError):
            order_of(source("newsletter", **wrong))
