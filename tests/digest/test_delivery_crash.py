"""Delivery under two processes and under SIGKILL: no reader gets a mail twice, none is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import MailSettings
from digest.deliver import deliver
from digest.holder import is_gone, my_name
from store.database import Database
from store.kinds import MailState
from store.outbox import begin_handing_over, claim_next_mail
from tests.digest.mailserver import Manners, serving
from tests.digest.outmail import fill, states

READERS = [f"reader{n:02d}@us.example" for n in range(20)]

DELIVER = """
import sys
from datetime import datetime
from pathlib import Path
from config.settings import MailSettings
from digest.deliver import deliver
from store.database import Database
url, port, now = sys.argv[1:]
settings = MailSettings(delivery="smtp", host="127.0.0.1", port=int(port), security="none")
deliver(Database(url), datetime.fromisoformat(now), settings, folder=Path("unused"))
"""


def smtp(port: int) -> MailSettings:
    return MailSettings(delivery="smtp", host="127.0.0.1", port=port, security="none")


def start(database: Database, port: int, now: datetime) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-c", DELIVER, database.url, str(port), now.isoformat()]
    return subprocess.Popen(arguments, cwd=Path(__file__).parents[2])


def wait_until_taken(manners: Manners, at_least: int) -> None:
    ends = time.monotonic() + 30
    while len(manners.taken) < at_least:
        assert time.monotonic() < ends, "the server got too few mails in 30 s"
        threading.Event().wait(0.01)


def test_a_killed_delivery_is_finished_by_the_next_run_without_a_double(
    database: Database, now: datetime
) -> None:
    fill(database, now, *READERS)
    manners = Manners(answers_after=0.05)
    with serving(manners) as port:
        process = start(database, port, now)
        wait_until_taken(manners, 5)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        manners.answers_after = 0.0
        report = deliver(database, now, smtp(port), folder=Path("unused"))
    counts = Counter(manners.recipients)
    assert max(counts.values()) == 1
    in_doubt = {who for who, state in states(database).items() if state is MailState.IN_DOUBT}
    assert set(READERS) - in_doubt == {
        who for who, state in states(database).items() if state is MailState.SENT
    }
    assert set(READERS) - in_doubt <= set(counts)
    assert len(in_doubt) <= 1
    assert report.waiting == 0


def test_two_processes_at_once_share_the_outbox_without_a_double(database: Database, now: datetime) -> None:
    fill(database, now, *READERS)
    manners = Manners(answers_after=0.02)
    with serving(manners) as port:
        for process in [start(database, port, now), start(database, port, now)]:
            assert process.wait(60) == 0
    assert sorted(manners.recipients) == READERS
    assert manners.connections == 2
    assert set(states(database).values()) == {MailState.SENT}


def test_a_mail_being_handed_over_elsewhere_is_left_alone_until_its_claim_ends(
    database: Database, now: datetime
) -> None:
    fill(database, now, "ada@us.example")
    with database.write() as session:
        mail = claim_next_mail(session, now, "far-away|1|2|ab", now + timedelta(minutes=4))
        assert mail is not None
        assert begin_handing_over(session, mail.id, "far-away|1|2|ab", now + timedelta(minutes=4))
    manners = Manners()
    with serving(manners) as port:
        report = deliver(database, now + timedelta(minutes=3), smtp(port), folder=Path("unused"), hurry=True)
        assert (report.waiting, report.in_doubt) == (1, 0)
        report = deliver(database, now + timedelta(minutes=5), smtp(port), folder=Path("unused"), hurry=True)
        assert (report.waiting, report.in_doubt) == (0, 1)
    assert manners.taken == []


def test_a_holder_that_lost_its_claim_may_not_send_the_last_byte(database: Database, now: datetime) -> None:
    fill(database, now, "ada@us.example")
    with database.write() as session:
        slow = claim_next_mail(session, now, "far-away|1|2|ab", now + timedelta(minutes=4))
    manners = Manners()
    with serving(manners) as port:
        deliver(database, now + timedelta(minutes=5), smtp(port), folder=Path("unused"))
    assert manners.recipients == ["ada@us.example"]
    assert slow is not None
    with database.write() as session:
        assert not begin_handing_over(session, slow.id, "far-away|1|2|ab", now + timedelta(minutes=9))


def test_a_run_of_this_process_is_there_and_one_of_an_ended_process_is_gone() -> None:
    assert not is_gone(my_name())
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    name = my_name().replace(f"|{os.getpid()}|", f"|{child.pid}|")
    child.wait(10)
    assert is_gone(name)
    assert not is_gone("another-host|1|2|ab")
