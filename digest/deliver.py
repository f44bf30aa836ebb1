"""Delivering what waits in the outbox: at most once each, nothing lost, no transaction open while the network works.

Each mail is claimed for one run, handed over, and its new state committed. Just before the step that cannot be taken
back, *handing over* is committed. If no answer follows, nobody can know whether the mail arrived; it becomes *in doubt*
and is never sent again unless a person says so.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import MailSettings
from digest.errors import DeliveryError
from digest.folder import FolderTransport
from digest.holder import is_gone, my_name
from digest.smtp import SmtpTransport
from digest.transport import Outcome, Transport, Verdict
from digest.words import count
from store.database import Database
from store.kinds import MailState
from store.outbox import (
    Mail,
    begin_handing_over,
    claim_next_mail,
    count_mails,
    mark_failed,
    mark_in_doubt,
    mark_sent,
    note_outage,
    queue_again,
    release_claim,
    release_lost_claims,
)

log = logging.getLogger(__name__)

LONGEST_BACK_OFF = timedelta(hours=4)

# A mail costs a server up to eight answers (connect to dot). A claim outlives them all; a dead holder on this host is
# noticed at once, so only a crash on another host makes a mail wait this long.
ANSWERS_PER_MAIL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of the outbox: ``sent`` and ``failed`` in this run, ``waiting`` and ``in_doubt`` as they stand.

    ``problem`` says in a sentence why mail waits, fails or is in doubt; None if all is well.
    """

    sent: int
    waiting: int
    failed: int
    in_doubt: int
    problem: str | None = None


@dataclass(slots=True)
class _Run:
    """One delivery run: the tools, and what happened so far."""

    database: Database
    settings: MailSettings
    transport: Transport
    clock: Callable[[], datetime]
    holder: str
    sent: int = 0
    failed: int = 0
    problem: str | None = None


def deliver(
    database: Database,
    now: datetime,
    settings: MailSettings,
    *,
    folder: Path,
    password: str | None = None,
    hurry: bool = False,
) -> DeliveryReport:
    """Deliver what is due and report. ``hurry`` also takes mails that wait for their next attempt.

    A dead server or a full disk is part of the report, not an error. Raises: StoreError.
    """
    started = time.monotonic()
    run = _Run(
        database=database,
        settings=settings,
        transport=_transport(settings, folder, password),
        clock=lambda: now + timedelta(seconds=time.monotonic() - started),
        holder=my_name(),
    )
    with database.write() as session:
        doubtful = release_lost_claims(session, now, is_gone)
    for mail in doubtful:
        log.warning("mail in doubt after an interrupted delivery", extra={"mail_id": mail.id})
    _deliver_all(run, hurry)
    return _report(run)


def _transport(settings: MailSettings, folder: Path, password: str | None) -> Transport:
    if settings.delivery == "folder":
        return FolderTransport(folder)
    return SmtpTransport(settings, password)


def _deliver_all(run: _Run, hurry: bool) -> None:
    """Work until nothing is due, or the way out is closed."""
    tried: list[int] = []
    is_open = False
    try:
        while (mail := _claim(run, tried, hurry)) is not None:
            tried.append(mail.id)
            try:
                if not is_open:
                    run.transport.open()
                    is_open = True
                outcome = run.transport.hand_over(mail, lambda mail=mail: _begin(run, mail))  # type: ignore[misc]
            except DeliveryError as error:
                _stop(run, mail, str(error), interrupted=is_open)
                return
            except BaseException:
                # A bug or an interruption before the point of no return: the mail is free for the next run.
                _release(run, mail, "the delivery was interrupted", mail.attempts)
                raise
            _settle(run, mail, outcome)
            is_open = outcome.verdict not in (Verdict.UNKNOWN, Verdict.LOST_CLAIM)
    finally:
        run.transport.close()


def _claim(run: _Run, tried: list[int], hurry: bool) -> Mail | None:
    with run.database.write() as session:
        moment = run.clock()
        return claim_next_mail(session, moment, run.holder, moment + _lease(run), but=tried, hurry=hurry)


def _lease(run: _Run) -> timedelta:
    return run.settings.timeout * ANSWERS_PER_MAIL


def _begin(run: _Run, mail: Mail) -> bool:
    with run.database.write() as session:
        return begin_handing_over(session, mail.id, run.holder, run.clock() + _lease(run))


def _stop(run: _Run, mail: Mail, problem: str, *, interrupted: bool) -> None:
    """Give the mail back, because nothing can leave now; all others stay due as they were."""
    run.problem = problem
    _release(run, mail, problem, mail.attempts + interrupted)
    with run.database.write() as session:
        note_outage(session, run.clock(), problem)
    log.warning("mail cannot leave now", extra={"problem": problem})


def _release(run: _Run, mail: Mail, words: str, attempts: int) -> None:
    # A mail that breaks the connection again and again must not keep all others waiting behind it.
    next_attempt = mail.next_attempt_at
    if attempts > 1:
        next_attempt = run.clock() + back_off(attempts, run.settings.retry_after)
    with run.database.write() as session:
        release_claim(session, mail.id, run.holder, words, next_attempt, attempts)


def _settle(run: _Run, mail: Mail, outcome: Outcome) -> None:
    attempts, moment = mail.attempts + 1, run.clock()
    match outcome.verdict:
        case Verdict.TAKEN:
            with run.database.write() as session:
                mark_sent(session, mail.id, run.holder, moment)
            run.sent += 1
        case Verdict.UNKNOWN:
            with run.database.write() as session:
                mark_in_doubt(session, mail.id, run.holder, outcome.words)
            log.warning("mail in doubt", extra={"mail_id": mail.id})
        case Verdict.LATER if attempts < run.settings.max_attempts:
            next_attempt = moment + back_off(attempts, run.settings.retry_after)
            with run.database.write() as session:
                queue_again(session, mail.id, run.holder, outcome.words, next_attempt, attempts)
            run.problem = (
                run.problem
                or f"the mail server put off {mail.recipient} ({outcome.words}); tried again later"
            )
        case Verdict.LATER | Verdict.REFUSED:
            with run.database.write() as session:
                mark_failed(session, mail.id, run.holder, outcome.words, attempts)
            run.failed += 1
            run.problem = f"the mail server refused {mail.recipient} ({outcome.words}); check the address"
        case Verdict.LOST_CLAIM:
            log.warning("mail was taken over by another run", extra={"mail_id": mail.id})


def back_off(attempts: int, first: timedelta) -> timedelta:
    """Return how long to wait after the nth refusal: doubled each time, at most `LONGEST_BACK_OFF`."""
    doublings = max(0, min(attempts - 1, 16))
    return min(first * (1 << doublings), max(first, LONGEST_BACK_OFF))


def _report(run: _Run) -> DeliveryReport:
    with run.database.read() as session:
        counts = count_mails(session)
    in_doubt = counts.get(MailState.IN_DOUBT, 0)
    problem = run.problem
    if problem is None and in_doubt:
        problem = (
            f"{count(in_doubt, 'mail')} may or may not have arrived: the connection ended before the server's answer;"
            " say on the dashboard's digests page whether to send again"
        )
    return DeliveryReport(
        sent=run.sent,
        waiting=counts.get(MailState.QUEUED, 0) + counts.get(MailState.HANDING_OVER, 0),
        failed=run.failed,
        in_doubt=in_doubt,
        problem=problem,
    )
