"""The demo drives the ordinary pipeline, in a folder of its own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from demo.calendar import Calendar, written
from demo.configuration import competitor
from demo.errors import DemoFolderError, WorldNotStartedError
from demo.folder import DemoFolder
from demo.play import Play, next_week
from demo.process import free_port, serving_world
from demo.tally import tally
from demo.truth import truths
from demo.world.state import rivals_at
from digest.week import week_period
from store.signal_listing import list_signals
from store.subscribers import Subscriber
from store.users import authenticate

WATCHED = ("northbeam", "tessaly", "deedwell")


def reader(timezone: str) -> Subscriber:
    return Subscriber(
        id=1,
        key="a",
        email="a@us.example",
        name="A",
        timezone=timezone,
        weekday=0,
        send_minute=420,
        token="t",
    )


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(DemoFolderError, match="holds other files"):
        DemoFolder(tmp_path).start_afresh()
    assert (tmp_path / "thesis.txt").exists()


def test_starting_afresh_keeps_the_password_and_forgets_the_rest(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    folder.start_afresh()
    password = folder.password()
    (folder.root / "rivalwatch.db").touch()
    folder.mails.mkdir()
    folder.start_afresh()
    assert folder.password() == password
    assert not (folder.root / "rivalwatch.db").exists()
    assert not folder.mails.exists()
    assert stat.S_IMODE((folder.root / "login.txt").stat().st_mode) == 0o600 or os.name == "nt"


@pytest.mark.parametrize("timezone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_the_mail_asked_for_always_covers_the_moment_before(timezone: str) -> None:
    for hours in range(0, 24 * 8, 5):
        now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC) + timedelta(hours=hours)
        period = week_period(reader(timezone), next_week(reader(timezone), now)).cut(now)
        assert period.since <= now - timedelta(minutes=1) < period.until or period.since == now


def test_a_taken_port_is_replaced_by_a_free_one() -> None:
    taken = free_port(0)
    with (
        httpx.Client(),
        subprocess.Popen(
            [sys.executable, "-m", "http.server", str(taken), "--bind", "127.0.0.1"],
            stderr=subprocess.DEVNULL,
        ) as other,
    ):
        try:
            _wait_for(taken)
            assert free_port(taken) != taken
        finally:
            other.terminate()


def _wait_for(port: int) -> None:
    transport = httpx.HTTPTransport(retries=5)
    with httpx.Client(transport=transport, trust_env=False) as client:
        client.get(f"http://127.0.0.1:{port}/")


def test_a_world_that_can_not_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(WorldNotStartedError, match="--world-port"),
        serving_world(99_999, tmp_path / "week.txt"),
    ):
        pass


def test_the_world_ends_with_its_context(tmp_path: Path) -> None:
    (tmp_path / "week.txt").write_text("1")
    with serving_world(free_port(0), tmp_path / "week.txt") as port:
        assert httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)


def test_the_command_refuses_a_foreign_folder(tmp_path: Path) -> None:
    from service import cli

    if not any(command.name == "demo" for command in cli.app.registered_commands):
        cli.add_commands_of_upper_layers()
    (tmp_path / "other.txt").touch()
    result = CliRunner().invoke(cli.app, ["demo", "--once", "--folder", str(tmp_path)])
    assert isinstance(result.exception, DemoFolderError)


def test_dates_are_written_as_sites_write_them() -> None:
    day = Calendar(datetime(2026, 11, 1, tzinfo=UTC).date()).date_of(5)
    assert [written(day, style) for style in ("long", "short", "iso")] == [
        "6 November 2026",
        "Nov 6, 2026",
        "2026-11-06",
    ]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """Two weeks of which three rivals are watched in full, the others by their home page."""
    folder = DemoFolder(tmp_path / "demo")
    folder.start_afresh()
    port = free_port(0)
    made = Play(folder=folder, world_port=port, web_port=8000, weeks=2, now=datetime.now(UTC))
    made.prepare()
    for rival in rivals_at(1):
        if rival.key not in WATCHED:
            entry = competitor(rival, port)
            entry["sources"] = entry["sources"][:1]
            with (folder.configuration / "competitors" / f"{rival.key}.yaml").open("w") as target:
                YAML(typ="safe").dump(entry, target)
    with serving_world(port, folder.week_file):
        yield made


@pytest.mark.slow
def test_two_weeks_are_found_reported_and_mailed(play: Play) -> None:
    pipeline = play.open()
    with pipeline.database:
        first, second = play.week(pipeline, 1), play.week(pipeline, 2)
        with pipeline.database.read() as session:
            signals = [signal for signal in list_signals(session) if signal["rival"] in WATCHED]
            password = play.folder.password()
            assert authenticate(session, "demo@us.example", password, play.now) is not None
    assert (first.processed.changes, first.mails, second.mails) == (0, 0, 3)
    assert len(play.folder.digests()) == 3
    true = [truth for truth in truths(2) if truth.rival in WATCHED]
    result = tally(signals, true, play.calendar).total()
    assert result.recall is not None
    assert result.recall >= 0.8
    assert result.wrong <= result.found
