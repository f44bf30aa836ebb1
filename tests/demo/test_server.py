"""The world is served to real clients, week by week, with the failures that were planted and no other."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from config.load import load_configuration
from crawlers.registry import catalogue
from demo.configuration import write_configuration
from demo.world.faults import fault_of
from demo.world.state import LAST_WEEK, RIVAL_KEYS, rival_at
from tests.demo.conftest import World
from tests.demo.looking import address


def sources_of_world() -> list[tuple[str, str, str, str]]:
    return [
        (key, source.type, *address(rival_at(key, 1), source))
        for key in RIVAL_KEYS
        for source in rival_at(key, 1).sources
    ]


@pytest.mark.parametrize("week", range(1, LAST_WEEK + 1))
def test_all_sources_answer_except_the_planted_failures(world: World, week: int) -> None:
    world.move_to(week)
    for key, kind, host, path in sources_of_world():
        fault = fault_of(key, kind, week)
        expected = {
            None: 200,
            "maintenance": 200,
            "not a feed": 200,
            "error": 500,
            "challenge": 403,
            "gone": 410,
        }
        assert world.get(world.url(host, path)).status_code == expected[fault], (key, kind)


def test_the_week_file_moves_the_world_without_a_restart(world: World) -> None:
    assert "$499" in world.get(world.url("corvane", "/api/plans.json")).text
    world.move_to(2)
    assert "$399" in world.get(world.url("corvane", "/api/plans.json")).text


def test_feeds_and_interfaces_answer_conditional_requests(world: World) -> None:
    for host, path in (
        ("northbeam", "/newsroom/rss.xml"),
        ("sec", "/submissions/CIK0001988001.json"),
        ("greenhouse", "/v1/boards/kestrane/jobs"),
        ("github", "/repos/fennmark/trace-js/releases"),
        ("northbeam", "/legal/terms"),
    ):
        first = world.get(world.url(host, path))
        again = world.get(world.url(host, path), **{"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    world.move_to(2)
    assert world.get(world.url("northbeam", "/newsroom/rss.xml")).headers["etag"] != first.headers["etag"]


def test_every_host_has_a_robots_file_that_allows_what_is_watched(world: World) -> None:
    for host in (*RIVAL_KEYS, "sec", "greenhouse", "github"):
        text = world.get(world.url(host, "/robots.txt")).text
        assert text.startswith("User-agent: *")
        assert "Disallow: /\n" not in text


def test_a_head_request_has_no_body(world: World) -> None:
    with httpx.Client(trust_env=False) as client:
        answer = client.head(
            f"http://127.0.0.1:{world.port}/", headers={"Host": f"tessaly.localhost:{world.port}"}
        )
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 500


def test_a_visitor_may_leave_in_the_middle(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", world.port)) as visitor:
            visitor.sendall(b"GET / HTTP/1.1\r\nHost: tessaly.localhost\r\n\r\n")
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert world.get(world.url("tessaly", "/")).status_code == 200
    assert "Traceback" not in capfd.readouterr().err


def test_an_unknown_host_or_page_is_not_found(world: World) -> None:
    assert world.get(world.url("nobody", "/")).status_code == 404
    assert world.get(world.url("tessaly", "/nothing")).status_code == 404
    assert world.get(world.url("greenhouse", "/v1/boards/corvane/jobs")).status_code == 404


def test_links_lead_to_pages_that_exist(world: World) -> None:
    from lxml import html

    for key in RIVAL_KEYS:
        page = html.fromstring(world.get(world.url(key, "/")).text)
        for link in {anchor.get("href").partition("?")[0] for anchor in page.iter("a")}:
            assert world.get(world.url(key, link)).status_code == 200, (key, link)


def test_the_directory_lists_the_rivals(world: World) -> None:
    text = httpx.get(f"http://127.0.0.1:{world.port}/", trust_env=False).text
    assert all(f"http://{key}.localhost:{world.port}/" in text for key in RIVAL_KEYS)


@pytest.mark.slow
def test_the_server_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    week_file = tmp_path / "week.txt"
    week_file.write_text("1")
    command = [sys.executable, "-m", "demo.server", "--week-file", str(week_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            assert httpx.get(f"http://127.0.0.1:{port}/robots.txt", trust_env=False).status_code == 200
        finally:
            process.terminate()


def test_a_week_outside_the_world_is_refused(tmp_path: Path) -> None:
    from demo.server import read_week

    (tmp_path / "week.txt").write_text("7")
    with pytest.raises(ValueError, match="write 1 to 6"):
        read_week(tmp_path / "week.txt")


def test_the_configuration_goes_through_the_ordinary_loader(tmp_path: Path) -> None:
    write_configuration(tmp_path, 8010)
    loaded = load_configuration(tmp_path, catalogue())
    assert len(loaded.competitors) >= 13
    assert len(loaded.sources) >= 88
    assert len({source.type for source in loaded.sources}) >= 12
    assert sum(source.render == "browser" for source in loaded.sources) >= 4
    assert len(loaded.accounts) == 8
    assert len(loaded.subscribers) == 3
    known = {tag for rival in loaded.competitors for product in rival.products for tag in product.tags}
    assert all(known >= set(account.uses) for account in loaded.accounts)
