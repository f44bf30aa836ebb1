"""Delivery by SMTP against a real server: never twice, nothing lost, one clear sentence when nothing can leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import Message
from pathlib import Path

import pytest

from config.settings import MailSettings
from digest.deliver import DeliveryReport, back_off, deliver
from store.database import Database
from store.kinds import MailState
from store.outbox import settle_mail
from tests.digest.mailserver import Manners, hanging_up, serving
from tests.digest.outmail import fill, mails, states

ADA, BEN, CAT = "ada@us.example", "ben@us.example", "cat@us.example"
NEVER_MIND = Path("unused")


def smtp(port: int, **more: object) -> MailSettings:
    values = {
        "delivery": "smtp",
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "timeout": "5s",
        **more,
    }
    return MailSettings.model_validate(values)


def send(
    database: Database, now: datetime, port: int, *, hurry: bool = False, **more: object
) -> DeliveryReport:
    return deliver(database, now, smtp(port, **more), folder=NEVER_MIND, hurry=hurry)


def bodies(message: Message) -> list[str]:
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return [part.decode().replace("\r\n", "\n") for part in parts if isinstance(part, bytes)]


def test_all_mails_leave_over_one_connection_and_arrive_whole(database: Database, now: datetime) -> None:
    fill(database, now, ADA, BEN, CAT)
    manners = Manners()
    with serving(manners) as port:
        report = send(database, now, port)
    assert report == DeliveryReport(sent=3, waiting=0, failed=0, in_doubt=0)
    assert manners.recipients == [ADA, BEN, CAT]
    assert manners.connections == 1
    text, html = bodies(manners.taken[0][1])
    assert text == "News\n.\n..dots\n"
    assert html == "<p>News</p>\n.\n..\n"


def test_what_was_sent_is_not_sent_again(database: Database, now: datetime) -> None:
    fill(database, now, ADA)
    manners = Manners()
    with serving(manners) as port:
        send(database, now, port)
        assert send(database, now + timedelta(days=9), port, hurry=True).sent == 0
    assert manners.recipients == [ADA]


def test_a_refused_recipient_fails_alone_with_the_servers_words(database: Database, now: datetime) -> None:
    fill(database, now, ADA, BEN, CAT)
    manners = Manners(at_recipient={BEN: "550 5.1.1 no such person"})
    with serving(manners) as port:
        report = send(database, now, port)
    assert (report.sent, report.failed, report.waiting) == (2, 1, 0)
    assert report.problem is not None
    assert "ben@us.example" in report.problem
    assert mails(database)[BEN].last_error == "550 5.1.1 no such person"


@pytest.mark.parametrize("answer", ["450 4.2.0 greylisted, come back", "452 too many"])
def test_a_mail_put_off_waits_longer_each_time_and_then_arrives(
    database: Database, now: datetime, answer: str
) -> None:
    fill(database, now, ADA, BEN)
    manners = Manners(at_recipient={ADA: answer})
    with serving(manners) as port:
        assert send(database, now, port).waiting == 1
        first = mails(database)[ADA]
        assert timedelta(minutes=5) <= first.next_attempt_at - now < timedelta(minutes=6)
        assert send(database, now + timedelta(minutes=4), port).sent == 0
        later = now + timedelta(minutes=6)
        send(database, later, port)
        assert mails(database)[ADA].next_attempt_at - later >= timedelta(minutes=10)
        manners.at_recipient.clear()
        assert send(database, later + timedelta(minutes=11), port).sent == 1
    assert sorted(manners.recipients) == [ADA, BEN]


def test_a_mail_put_off_for_good_fails(database: Database, now: datetime) -> None:
    fill(database, now, ADA)
    with serving(Manners(at_recipient={ADA: "450 later"})) as port:
        for turn in range(3):
            report = send(database, now + turn * timedelta(days=1), port, max_attempts=3)
    assert report.failed == 1
    assert states(database)[ADA] is MailState.FAILED


def test_a_refusal_after_the_text_is_an_answer_not_a_doubt(database: Database, now: datetime) -> None:
    fill(database, now, ADA, BEN)
    manners = Manners(after_text={ADA: "554 looks like spam", BEN: "451 try later"})
    with serving(manners) as port:
        send(database, now, port)
    assert states(database) == {ADA: MailState.FAILED, BEN: MailState.QUEUED}


def test_a_server_that_dies_in_the_middle_of_the_text_ends_the_run_and_loses_nothing(
    database: Database, now: datetime
) -> None:
    fill(database, now, ADA, BEN)
    with hanging_up() as port:
        report = send(database, now, port)
    assert (report.sent, report.waiting, report.in_doubt) == (0, 2, 0)
    assert report.problem is not None
    assert "all mail stays queued" in report.problem
    manners = Manners()
    with serving(manners) as port:
        assert send(database, now, port).sent == 2
    assert sorted(manners.recipients) == [ADA, BEN]


def test_a_mail_that_breaks_the_connection_again_does_not_block_the_others(
    database: Database, now: datetime
) -> None:
    fill(database, now, ADA, BEN)
    with hanging_up() as port:
        for _ in range(2):
            send(database, now, port)
    manners = Manners()
    with serving(manners) as port:
        send(database, now, port)
    assert manners.recipients == [BEN]
    assert states(database)[ADA] is MailState.QUEUED


def test_no_answer_after_the_last_byte_is_a_doubt_and_is_never_sent_again(
    database: Database, now: datetime
) -> None:
    fill(database, now, ADA, BEN)
    manners = Manners(swallows_answer_for={ADA})
    with serving(manners) as port:
        report = send(database, now, port)
        assert (report.sent, report.in_doubt) == (1, 1)
        assert report.problem is not None
        assert "may or may not have arrived" in report.problem
        for day in range(1, 4):
            send(database, now + timedelta(days=day), port, hurry=True)
    assert manners.recipients == [ADA, BEN]
    assert states(database)[ADA] is MailState.IN_DOUBT


def test_a_person_may_have_a_mail_in_doubt_sent_again(database: Database, now: datetime) -> None:
    fill(database, now, ADA)
    manners = Manners(swallows_answer_for={ADA})
    with serving(manners) as port:
        send(database, now, port)
        manners.swallows_answer_for.clear()
        with database.write() as session:
            assert settle_mail(session, mails(database)[ADA].id, False, now)
        assert send(database, now, port).sent == 1
    assert states(database)[ADA] is MailState.SENT


def test_a_dead_server_is_one_sentence_and_all_mail_leaves_when_it_is_back(
    database: Database, now: datetime
) -> None:
    fill(database, now, ADA, BEN, CAT)
    with serving(Manners()) as port:
        pass
    for minute in range(20):
        report = send(database, now + timedelta(minutes=minute), port)
    assert (report.sent, report.waiting, report.failed, report.in_doubt) == (0, 3, 0, 0)
    assert report.problem == (
        f"mail server 127.0.0.1:{port} could not be reached (Connection refused); all mail stays queued"
    )
    assert all("could not be reached" in (mail.last_error or "") for mail in mails(database).values())
    manners = Manners()
    with serving(manners, port):
        assert send(database, now + timedelta(minutes=20), port).sent == 3
    assert sorted(manners.recipients) == [ADA, BEN, CAT]


def test_a_server_without_answer_is_not_waited_for_for_ever(database: Database, now: datetime) -> None:
    import socket

    fill(database, now, ADA)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        report = send(database, now, silent.getsockname()[1], timeout="0.3s")
    assert report.waiting == 1
    assert report.problem is not None
    assert "no answer in time" in report.problem


def test_a_refused_sender_is_the_settings_fault_and_no_mails(database: Database, now: datetime) -> None:
    fill(database, now, ADA, BEN)
    with serving(Manners(at_sender="550 who are you")) as port:
        report = send(database, now, port)
    assert (report.failed, report.waiting) == (0, 2)
    assert report.problem is not None
    assert "does not take mail from rivalwatch@localhost.localdomain" in report.problem


def test_a_server_without_encryption_is_not_used_when_encryption_is_asked_for(
    database: Database, now: datetime
) -> None:
    fill(database, now, ADA)
    manners = Manners()
    with serving(manners) as port:
        report = send(database, now, port, security="starttls")
    assert manners.taken == []
    assert report.problem is not None
    assert "mail.security" in report.problem


def test_waiting_times_double_up_to_four_hours() -> None:
    waits = [back_off(n, timedelta(minutes=5)) for n in (1, 2, 3, 40)]
    assert waits == [timedelta(minutes=m) for m in (5, 10, 20, 240)]
