"""The commands, the jobs and the mails around connections, over the real program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from config.settings import Settings
from digest.operations import tell_of_failures
from service.pipeline import Pipeline
from store.connections import connection_states, note_failure, note_success
from store.database import Database
from store.kinds import MailKind, Role
from store.outbox import list_mails
from store.users import add_user
from tests.accounts.test_salesforce import _account
from tests.accounts.vendors import Vendor
from web.app import create_app

ROOT = Path(__file__).resolve().parent.parent.parent
RIVAL = "name: Northbeam\ndomain: northbeam.example\nmarket: identity\nsources: [https://northbeam.example/pricing]\n"


@pytest.fixture
def place(tmp_path: Path, vendor: Vendor) -> Path:
    """A folder with a configuration that connects the stand-in."""
    vendor.table("Account").append(_account("001A", "Harbour Bank", ARR__c=9))
    folder = tmp_path / "config"
    (folder / "competitors").mkdir(parents=True)
    (folder / "competitors" / "northbeam.yaml").write_text(RIVAL)
    (folder / "connections.yaml").write_text(
        f"- {{key: crm, type: salesforce, url: '{vendor.url}', timeout: 5s,"
        " companies: {arr: ARR__c, renewal: Renewal__c, incumbent: Incumbent__c}}\n"
    )
    (folder / "settings.yaml").write_text("tiers: {by_rule: true}\n")
    return tmp_path


def _run(place: Path, *arguments: str, token: str = "good") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RIVALWATCH_")}
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        cwd=place,
        env={**environment, "PYTHONPATH": str(ROOT), "RIVALWATCH_CRM_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_sync_reads_a_connection_and_show_tells_whose_word_counts(place: Path) -> None:
    done = _run(place, "accounts", "sync", "--connection", "crm", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["read"][0]["accounts"] == 1
    shown = json.loads(_run(place, "accounts", "show", "harbour-bank", "--json").stdout)
    assert shown["tier_origin"] == "rule: 100.0 % of all revenue, from 5 % on"
    assert shown["origins"]["arr"] == "crm"
    text = _run(place, "accounts", "show", "harbour-bank").stdout
    assert "The tier is strategic, by the rule, because of 100.0 % of all revenue" in " ".join(text.split())


def test_a_failed_sync_says_why_and_stands_in_the_check(place: Path, vendor: Vendor) -> None:
    done = _run(place, "accounts", "sync", token="old")
    assert done.returncode == 3
    assert "RIVALWATCH_CRM_TOKEN" in done.stderr
    found = [json.loads(line) for line in _run(place, "accounts", "check", "--json").stdout.splitlines()]
    assert [problem["subject"] for problem in found] == ["crm"]
    assert "old" not in done.stderr + str(found)
    assert _run(place, "accounts", "sync").returncode == 0
    assert '"subject": "crm"' not in _run(place, "accounts", "check", "--json").stdout


def test_an_unknown_connection_is_a_mistake_of_the_caller(place: Path) -> None:
    done = _run(place, "accounts", "sync", "--connection", "crn")
    assert (done.returncode, "known are crm" in done.stderr) == (1, True)


def test_a_failed_import_stands_until_the_file_comes_in(place: Path) -> None:
    path = place / "metrics.csv"
    path.write_text("account,metric,period,value\nnobody,nps,2026-10,1\n")
    assert _run(place, "accounts", "import", "metrics.csv").returncode == 1
    assert "1 mistake, the first: metrics.csv: row 2" in _run(place, "accounts", "check", "--json").stdout
    _run(place, "accounts", "sync")
    path.write_text("account,metric,period,value\nharbour-bank,nps,2026-10,1\n")
    assert _run(place, "accounts", "import", "metrics.csv").returncode == 0
    assert "metrics.csv" not in _run(place, "accounts", "check", "--json").stdout


def test_a_token_is_made_listed_and_revoked(place: Path) -> None:
    made = _run(place, "users", "token", "warehouse")
    assert "token (shown once): rwp_" in made.stderr
    assert "warehouse" in _run(place, "users", "tokens").stdout
    assert _run(place, "users", "revoke", "warehouse").returncode == 0
    assert _run(place, "users", "revoke", "nobody").returncode == 1


def test_the_job_reads_only_what_is_due(
    place: Path, vendor: Vendor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIVALWATCH_CRM_TOKEN", "good")
    pipeline = Pipeline.open(place / "config", f"sqlite:///{place}/rw.db", place)
    with pipeline.database:
        pipeline.synchronise(now)
        assert len(pipeline.connect(now)) == 1
        assert pipeline.connect(now + timedelta(hours=5)) == []
        assert len(pipeline.connect(now + timedelta(hours=7))) == 1


def test_those_who_run_it_are_told_once_and_again_after_a_week(database: Database, now: datetime) -> None:
    def tell(after: timedelta) -> int:
        with database.write() as session:
            return tell_of_failures(session, now + after, Settings())

    with database.write() as session:
        note_failure(session, "crm", "salesforce", "connection 'crm': <b>expired</b>\nInjected: yes", now)
    assert tell(timedelta()) == 0
    with database.write() as session:
        for role in (Role.ADMIN, Role.ANALYST, Role.MANAGER):
            add_user(session, f"{role}@us.example", role.value, role, "correct horse battery", now)
    assert tell(timedelta(minutes=1)) == 2
    assert tell(timedelta(days=6)) == 0
    assert tell(timedelta(days=8)) == 2
    with database.write() as session:
        note_success(session, "crm", "salesforce", now + timedelta(days=9), counts={})
    assert tell(timedelta(days=20)) == 0
    with database.read() as session:
        mails = list_mails(session)
    assert {(mail.kind, mail.recipient) for mail in mails} == {
        (MailKind.OPERATIONS, "admin@us.example"),
        (MailKind.OPERATIONS, "analyst@us.example"),
    }
    mail = mails[0]
    assert mail.subject == "Rivalwatch: Connection crm fails"
    assert "&lt;b&gt;expired" in mail.html
    assert "<b>expired" not in mail.html
    assert b"List-Unsubscribe" not in mail.raw
    assert "Unsubscribe" not in mail.html + mail.text
    assert "again each week" in mail.text


def test_a_file_that_nobody_tries_again_is_given_up_after_a_week(database: Database, now: datetime) -> None:
    def failing(after: timedelta) -> list[str]:
        with database.write() as session:
            tell_of_failures(session, now + after, Settings())
            return [state.key for state in connection_states(session) if state.error]

    with database.write() as session:
        note_success(session, "file:old.csv", "file", now - timedelta(days=30), counts={})
        for key in ("file:old.csv", "file:tpyo.csv"):
            note_failure(session, key, "file", "1 mistake", now)
        note_failure(session, "crm", "salesforce", "expired", now)
    assert failing(timedelta(days=6)) == ["crm", "file:old.csv", "file:tpyo.csv"]
    with database.write() as session:
        note_failure(session, "file:old.csv", "file", "1 mistake", now + timedelta(days=6))
    assert failing(timedelta(days=8)) == ["crm", "file:old.csv"]
    assert failing(timedelta(days=14)) == ["crm"]
    with database.read() as session:
        assert {state.key for state in connection_states(session)} == {"crm", "file:old.csv"}


def test_the_page_shows_what_fails_to_analysts_only(database: Database, now: datetime) -> None:
    with database.write() as session:
        note_failure(session, "crm", "salesforce", "the credentials <i>expired</i>", now)
        add_user(session, "ana@us.example", "Ana", Role.ANALYST, "correct horse battery", now)
        add_user(session, "max@us.example", "Max", Role.MANAGER, "correct horse battery", now)
    app = create_app(database, Settings(), now=lambda: now)
    for email, status in (("ana@us.example", 200), ("max@us.example", 403)):
        with TestClient(app) as client:
            token = client.get("/login").text.partition('name="token" value="')[2].partition('"')[0]
            form = {"token": token, "email": email, "password": "correct horse battery", "next": "/"}
            client.post("/login", data=form)
            page = client.get("/data")
        assert page.status_code == status
        assert ("&lt;i&gt;expired" in page.text) == (status == 200)
