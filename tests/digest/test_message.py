"""The message as it leaves: headers that mail programs rely on, and nothing of a rival's in them but the subject."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import MailSettings
from digest.links import Links
from digest.outbox import Envelope, build_message
from digest.render import RenderedMail
from store.kinds import MailKind

MAIL = RenderedMail(subject="Northbeam raised Pro · 5 more", html="<p>Größe → 20 %</p>", text="Größe → 20 %")
NOW = datetime.fromisoformat("2026-11-16T06:00:00+00:00")
SETTINGS = MailSettings.model_validate(
    {"sender": "digest@us.example", "unsubscribe_mailbox": "bye@us.example"}
)


def envelope(
    name: str = "Dana", base_url: str = "https://watch.us.example", week: str = "2026-W47"
) -> Envelope:
    return Envelope(
        recipient="dana@us.example",
        name=name,
        kind=MailKind.WEEKLY,
        identity=week,
        links=Links(base_url=base_url, token="tok"),
    )


def test_the_headers_are_those_of_a_mail_to_a_list() -> None:
    message = build_message(MAIL, envelope(), SETTINGS, NOW)
    assert message["From"] == "Rivalwatch <digest@us.example>"
    assert message["To"] == "Dana <dana@us.example>"
    assert message["Date"] == "Mon, 16 Nov 2026 06:00:00 +0000"
    assert (message["Auto-Submitted"], message["Precedence"]) == ("auto-generated", "bulk")
    assert message["List-Unsubscribe"] == (
        "<https://watch.us.example/u/tok>, <mailto:bye@us.example?subject=unsubscribe>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_https_there_is_no_one_click_header() -> None:
    message = build_message(MAIL, envelope(base_url="http://127.0.0.1:8000"), MailSettings(), NOW)
    assert message["List-Unsubscribe"] is None
    assert message["List-Unsubscribe-Post"] is None
    with_mailbox = build_message(MAIL, envelope(base_url="http://127.0.0.1:8000"), SETTINGS, NOW)
    assert with_mailbox["List-Unsubscribe"] == "<mailto:bye@us.example?subject=unsubscribe>"
    assert with_mailbox["List-Unsubscribe-Post"] is None


def test_one_digest_is_always_the_same_bytes_and_another_has_another_id() -> None:
    first = build_message(MAIL, envelope(), SETTINGS, NOW)
    again = build_message(MAIL, envelope(), SETTINGS, NOW)
    assert first.as_bytes() == again.as_bytes()
    assert first["Message-ID"] != build_message(MAIL, envelope(week="2026-W48"), SETTINGS, NOW)["Message-ID"]
    assert str(first["Message-ID"]).endswith("@us.example>")


def test_both_parts_arrive_as_they_were_and_lines_are_short() -> None:
    raw = build_message(MAIL, envelope(), SETTINGS, NOW).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    read = message_from_bytes(raw, policy=default)
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == MAIL.text
    assert html.get_content().strip() == MAIL.html


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b"])
def test_a_line_break_in_a_name_or_subject_adds_no_header(break_: str) -> None:
    bad = f"x{break_}Bcc: victim@example.org{break_}{break_}<html>"
    mail = RenderedMail(subject=bad, html="", text="")
    settings = MailSettings.model_construct(**{**dict(SETTINGS), "sender_name": bad})
    read = message_from_bytes(build_message(mail, envelope(name=bad), settings, NOW).as_bytes())
    assert read["Bcc"] is None
    assert read.is_multipart()


@given(st.text(max_size=300), st.text(max_size=100))
def test_no_subject_or_name_breaks_the_message(subject: str, name: str) -> None:
    mail = RenderedMail(subject=subject, html="<p>x</p>", text="x")
    raw = build_message(mail, envelope(name=name), SETTINGS, NOW).as_bytes()
    head, _, _ = raw.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert sorted(names) == sorted(
        [
            *(b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"Precedence"),
            *(b"List-Unsubscribe", b"List-Unsubscribe-Post", b"MIME-Version", b"Content-Type"),
        ]
    )
