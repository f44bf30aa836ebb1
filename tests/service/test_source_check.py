# ruff: noqa: E501  (a table of pages reads better in one line a row)
"""``sources test``: what it says of good, noisy, empty and forbidden sources, and of stored snapshots."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service import cli
from tests.crawlers.site import Reply, Site, page, running_site

NOISE = itertools.count()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as running:
        running.routes |= {
            "/plans": lambda _: Reply(page(extra=f'<p id="plans">Updated {next(NOISE) % 9 + 1} minutes ago</p>')),
            "/turning": lambda _: Reply(page(extra=f"<p>Voice number {next(NOISE)} of a customer praises the support.</p>")),
            "/short": Reply(b"<title>Short</title><main><p>Our plans come with a yearly review of use.</p></main>"),
            "/news.xml": Reply(
                b'<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>First news</title></item></channel></rss>',
                content_type="text/xml",
            ),
            "/robots.txt": Reply(b"User-agent: *\nDisallow: /secret", content_type="text/plain"),
        }  # fmt: skip
        yield running


@pytest.fixture(scope="module")
def config(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check") / "config"
    (folder / "competitors").mkdir(parents=True)
    (folder / "settings.yaml").write_text(
        'crawl: {allow_hosts: ["*.localhost"], delay: 0s, retries: 0, contact: test@example.com, browser: "off"}\n'
    )
    sources = [
        {"name": "plans", "type": "page", "url": site.url("/plans"), "only": "main", "ignore": [".none"]},
        {"name": "turning", "type": "page", "url": site.url("/turning")},
        {"name": "short", "type": "page", "url": site.url("/short")},
        {"name": "news", "type": "feed", "url": site.url("/news.xml")},
        {"name": "secret", "type": "page", "url": site.url("/secret")},
        {"name": "lost", "type": "page", "url": site.url("/plans?lost"), "only": "#nowhere"},
    ]
    rival = {"name": "Houses", "domain": "site.localhost", "market": "identity", "sources": sources}
    (folder / "competitors" / "houses.yaml").write_text(json.dumps(rival))
    site.routes["/plans?lost"] = Reply(page())
    return folder


def run(config: Path, *arguments: str) -> Result:
    begin = ["--config", str(config), "--db", f"sqlite:///{config.parent}/rw.db"]
    return CliRunner().invoke(cli.app, [*begin, *arguments])


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("plans", 0, {"reachable": "passed", "robots.txt": "passed", "text": "passed", "same twice": "passed"}),
        ("turning", 0, {"same twice": "warning"}),
        ("short", 0, {"text": "warning"}),
        ("news", 0, {"entries": "passed", "same twice": "passed"}),
        ("secret", 3, {"reachable": "failed", "robots.txt": "failed"}),
        ("lost", 3, {"reachable": "failed"}),
    ],
)  # fmt: skip
def test_each_check_says_how_it_ended(name: str, status: int, expected: dict[str, str], config: Path) -> None:
    result = run(config, "sources", "test", f"houses/{name}", "--json")
    assert result.exit_code == status, result.output
    report = json.loads(result.stdout)
    found = {check["name"]: check["finding"] for check in report["checks"]}
    assert expected.items() <= found.items(), report["checks"]
    details = " ".join(check["detail"] for check in report["checks"])
    if name == "plans":
        assert "only 'main' matches 1 elements" in details
        assert "ignore '.none' matches 0 elements" in details
        assert "only noise differs: " in details
    if name == "turning":
        assert "Voice number" in details


def test_people_read_the_same_in_lines(config: Path) -> None:
    result = run(config, "sources", "test", "houses/news")
    assert result.exit_code == 0
    assert "  passed  entries: 1 entries" in result.stdout
    assert "First news" in result.stdout


def test_an_unknown_source_is_the_users_mistake(config: Path) -> None:
    assert "houses/plans" in str(run(config, "sources", "test", "houses/plan").exception)


def test_replay_shows_what_its_stored_snapshots_would_report_under_todays_options(
    config: Path, site: Site
) -> None:
    site.routes["/plans?lost"] = Reply(
        page(extra='<div id="nowhere"><p>Pro costs 49 dollars a month.</p></div>')
    )
    for price in (49, 59):
        text = f'<div id="nowhere"><p>Pro costs {price} dollars a month, for each seat.</p></div>'
        site.routes["/plans?lost"] = Reply(page(extra=text))
        assert run(config, "crawl", "--source", "houses/lost").exit_code == 0
        assert run(config, "process").exit_code == 0
    result = run(config, "sources", "test", "houses/lost", "--replay")
    assert result.exit_code == 0, result.output
    assert "- Pro costs 49 dollars" in result.stdout
    assert "+ Pro costs 59 dollars" in result.stdout
    rival = config / "competitors" / "houses.yaml"
    rival.write_text(
        rival.read_text().replace('"only": "#nowhere"', '"only": "#nowhere", "ignore_text": "costs"')
    )
    again = run(config, "sources", "test", "houses/lost", "--replay")
    assert "would report nothing" in again.stdout
