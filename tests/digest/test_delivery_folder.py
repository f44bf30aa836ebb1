"""Delivery into a folder: whole files under lasting names, and a clear word when the folder takes nothing."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from config.settings import MailSettings
from digest.deliver import DeliveryReport, deliver
from digest.errors import DeliveryError
from digest.folder import FolderTransport, file_name
from store.database import Database
from store.kinds import MailState
from tests.digest.outmail import fill, mails, states

ADA, BEN = "ada@us.example", "ben@us.example"


def test_every_mail_becomes_an_eml_and_an_html_file(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    fill(database, now, ADA, BEN)
    report = deliver(database, now, MailSettings(), folder=tmp_path / "mail")
    assert report == DeliveryReport(sent=2, waiting=0, failed=0, in_doubt=0)
    names = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["eml", "html"] * 2
    assert names[0].startswith("2026-11-16-ada@us.example-weekly-")
    message = message_from_bytes((tmp_path / "mail" / names[0]).read_bytes())
    assert message["To"] == "A reader <ada@us.example>"


def test_writing_a_mail_again_changes_nothing(database: Database, now: datetime, tmp_path: Path) -> None:
    fill(database, now, ADA)
    mail = mails(database)[ADA]
    for _ in range(2):
        FolderTransport(tmp_path / "mail").open()
        FolderTransport(tmp_path / "mail").hand_over(mail, lambda: True)
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_a_place_that_is_no_folder_leaves_the_mail_queued(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    fill(database, now, ADA)
    (tmp_path / "mail").write_text("a file")
    report = deliver(database, now, MailSettings(), folder=tmp_path / "mail")
    assert (report.sent, report.waiting) == (0, 1)
    assert report.problem is not None
    assert str(tmp_path / "mail") in report.problem
    assert "all mail stays queued" in report.problem
    assert states(database)[ADA] is MailState.QUEUED


def test_a_full_disk_leaves_no_half_file_and_the_mail_queued(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    fill(database, now, ADA)
    transport, mail = FolderTransport(tmp_path / "mail"), mails(database)[ADA]
    transport.open()
    with largest_file(100), pytest.raises(DeliveryError, match="stays queued"):
        transport.hand_over(mail, lambda: True)
    assert not [path for path in (tmp_path / "mail").iterdir() if path.suffix in (".eml", ".part")]
    assert deliver(database, now, MailSettings(), folder=tmp_path / "mail").sent == 1


def test_a_file_name_never_leaves_the_folder(database: Database, now: datetime) -> None:
    fill(database, now, "..@us.example", "a/../../b@us.example")
    for mail in mails(database).values():
        assert "/" not in file_name(mail)
        assert not file_name(mail).startswith(".")


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a full disk does; writing more raises OSError."""
    import signal

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
