"""A rival's home page leads to proposed sources, each with its reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from crawlers.discovery.code_hosts import CodeHosts
from crawlers.discovery.edgar_names import Company, folded, propose_filings, tickers_in
from crawlers.discovery.explore import Discovery, Services, discover
from crawlers.discovery.links import read_links
from crawlers.discovery.page_content import names_of
from crawlers.discovery.proposal import Proposal, as_yaml
from crawlers.dry import fetch_all
from crawlers.page_signs import read_signs
from tests.crawlers.conftest import QUICK
from tests.crawlers.site import PROSE, Reply, Site, page

ITEM = b"<item><guid>1</guid><title>One</title></item>"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>' + ITEM + b"</channel></rss>"
LINKS = (
    ("/pricing", "Pricing"),
    ("/pricing?ref=footer", "Plans"),
    ("/jobs", "Work with us"),
    ("/company", "Company"),
    ("/x/77", "Customer stories"),
    ("/legal/terms", "Terms"),
    ("/privacy", "Privacy"),
    ("/blog/a-long-post-about-nothing", "A post"),
    ("https://www.youtube.com/channel/UCBcRF18a7Qf58cCRy5xuWwQ", "YouTube"),
    ("https://bsky.app/profile/north.example", "Bluesky"),
    ("https://mastodon.example/@north", "Mastodon"),
    ("https://github.com/northbeam", "GitHub"),
    ("https://github.com/northbeam/sdk", "SDK"),
    ("https://www.linkedin.com/company/northbeam", "LinkedIn"),
    ("javascript:alert(1)", "Nothing"),
)


@pytest.fixture
def rival(site: Site) -> Site:
    """A rival's site with all that is found."""
    anchors = "".join(f'<a href="{url}">{text}</a> ' for url, text in LINKS)
    home = page("Northbeam", PROSE, anchors).replace(
        b"</head>", b'<link rel="alternate" type="application/rss+xml" title="News" href="/news.rss"></head>'
    )
    board = '<iframe src="https://boards.greenhouse.io/embed/job_board?for=northbeam"></iframe>'
    lever = '<a href="https://jobs.lever.co/northbeam/1">Engineer</a>'
    site.routes |= {
        "/": Reply(home),
        "/jobs": Reply(page("Jobs", PROSE, board + lever)),
        "/robots.txt": Reply(f"User-agent: *\nDisallow: /admin\nSitemap: {site.url('/map.xml')}\n".encode()),
    }
    return site


def found_at(site: Site) -> Discovery:
    """Discover the site's sources through the crawling process."""
    return discover(site.url("/"), lambda sources: fetch_all(sources, QUICK))


def test_every_kind_of_source_is_proposed_once_with_a_reason(rival: Site) -> None:
    found = found_at(rival)
    proposed = {
        (one.type, one.url.removeprefix(rival.url("")) if one.url.startswith(rival.url("")) else "")
        for one in found.proposals
    }
    assert {
        ("home", "/"), ("pricing", "/pricing"), ("careers", "/jobs"), ("team", "/company"), ("customers", "/x/77"),
        ("terms", "/legal/terms"), ("terms", "/privacy"), ("feed", "/news.rss"), ("sitemap", "/map.xml"),
    } <= proposed  # fmt: skip
    services = {one.type: dict(one.parameters) for one in found.proposals if one.parameters}
    assert services == {
        "youtube": {"channel": "UCBcRF18a7Qf58cCRy5xuWwQ"},
        "bluesky": {"handle": "north.example"},
        "mastodon": {"account": "north@mastodon.example"},
        "github-releases": {"repo": "northbeam/sdk"},
        "github-repos": {"owner": "northbeam"},
        "greenhouse": {"board": "northbeam"},
        "lever": {"site": "northbeam"},
    }
    assert all(one.reason for one in found.proposals)
    assert sum(one.type == "pricing" for one in found.proposals) == 1
    assert not any("linkedin" in one.url for one in found.proposals)
    assert max(count for path, count in rival.asked.items() if path != "/robots.txt") == 1


def test_feeds_are_looked_for_in_common_places_when_none_is_declared(site: Site) -> None:
    site.routes |= {"/": Reply(page()), "/blog/rss.xml": Reply(RSS, content_type="application/rss+xml")}
    feeds = [one for one in found_at(site).proposals if one.type == "feed"]
    assert [one.url for one in feeds] == [site.url("/blog/rss.xml")]


def test_robots_and_private_addresses_hold_for_discovery_too(rival: Site) -> None:
    rival.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n")
    found = found_at(rival)
    assert rival.asked["/"] == 0
    assert found.problem is not None
    assert "robots" in found.problem
    shut = discover("http://127.0.0.1:1/", lambda sources: fetch_all(sources, QUICK))
    assert "not a public address" in str(shut.problem)


@given(
    st.lists(
        st.builds(Proposal, type=st.sampled_from(["feed", "page"]), url=st.text(min_size=1), reason=st.text())
    )
)
def test_the_yaml_reads_back_whatever_the_page_said(proposals: list[Proposal]) -> None:
    printable = [one for one in proposals if one.url.isprintable()]
    read = YAML(typ="safe").load(as_yaml(printable))["sources"]
    assert [one if isinstance(one, str) else one["url"] for one in read] == [one.url for one in printable]


@given(st.binary(max_size=500))
def test_links_of_any_bytes_never_raise(data: bytes) -> None:
    read_links(b"<html><a href=" + data, "https://x.example/")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a configuration folder."""
    environment = {
        **os.environ,
        "RIVALWATCH_CONFIG": str(folder / "config"),
        "RIVALWATCH_DB": f"sqlite:///{folder}/db",
    }
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration with one rival."""
    (tmp_path / "config" / "competitors").mkdir(parents=True)
    (tmp_path / "config" / "settings.yaml").write_text("crawl: {delay: 0s, allow_hosts: ['*.localhost']}\n")
    (tmp_path / "config" / "competitors" / "north.yaml").write_text(
        "# Ours\nname: North\ndomain: north.example\nmarket: identity\nsources:\n  # prices\n  - https://north.example/plans\n"
    )
    return tmp_path


def test_the_command_prints_yaml_and_json(rival: Site, folder: Path) -> None:
    shown = run(folder, "discover", rival.url("/"))
    assert shown.returncode == 0, shown.stderr
    sources = YAML(typ="safe").load(shown.stdout)["sources"]
    assert rival.url("/pricing") in sources
    machine = json.loads(run(folder, "discover", rival.url("/"), "--json").stdout)
    assert len(machine["proposals"]) == len(sources)
    assert set(machine["proposals"][0]) == {"type", "url", "reason", "parameters", "confidence"}


def test_a_source_is_added_once_and_checked(folder: Path) -> None:
    path = folder / "config" / "competitors" / "north.yaml"
    before = path.read_text()
    added = run(
        folder, "sources", "add", "https://north.example/customers", "--rival", "north", "--every", "2d"
    )
    assert added.returncode == 0, added.stderr
    assert "added north/customers (type customers, every 2d)" in added.stdout
    assert "sources test north/customers" in added.stderr
    after = path.read_text()
    assert after == before + "  - {url: https://north.example/customers, every: 2d}\n"
    for arguments in (
        ("https://north.example/customers", "--rival", "north"),
        ("ftp://north.example/x", "--rival", "north"),
        ("https://north.example/x", "--rival", "north", "--type", "nonsense"),
        ("https://north.example/x", "--rival", "nobody"),
        ("https://north.example/x", "--rival", "../settings"),
    ):
        refused = run(folder, "sources", "add", *arguments)
        assert refused.returncode == 1, arguments
        assert path.read_text() == after


TICKERS = (Path(__file__).parent / "payloads" / "sec-tickers--company_tickers-excerpt.json").read_bytes()


@pytest.mark.parametrize(
    ("names", "label", "tickers", "cik", "least"),
    [
        (("Microsoft",), "microsoft", (), "0000789019", 0.9),
        (("Home", "Apple, Inc.", "The best"), "x", (), "0000320193", 0.9),
        (("Welcome",), "nvidia", (), "0001045810", 0.7),
        (("Something else",), "x", ("NVDA",), "0001045810", 0.9),
        (("The Coca-Cola Company",), "x", (), "0000021344", 0.9),
    ],
)
def test_a_company_is_found_in_the_sec_s_list_by_its_name(
    names: tuple[str, ...], label: str, tickers: tuple[str, ...], cik: str, least: float
) -> None:
    best = propose_filings(TICKERS, Company(names=names, label=label, tickers=tickers))[0]
    assert (best.type, best.parameters["cik"]) == ("edgar", cik)
    assert best.confidence >= least
    assert best.reason


def test_names_that_nobody_or_several_have_are_not_sure() -> None:
    assert propose_filings(TICKERS, Company(names=("Northbeam", "Inc", ""), label="north")) == ()
    rows = {
        str(n): {"cik_str": n, "ticker": f"N{n}", "title": f"NORTHBEAM {form}"}
        for n, form in ((7, "INC."), (8, "plc"))
    }
    found = propose_filings(json.dumps(rows).encode(), Company(names=("Northbeam",)))
    assert [one.parameters["cik"] for one in found] == ["0000000007", "0000000008"]
    assert all(one.confidence < 0.8 for one in found)
    assert "(confidence 0.54)" in as_yaml(found)
    assert propose_filings(b"<html>", Company(names=("Northbeam",))) == ()
    assert folded("The L'Oréal Holding SA") == ("loreal",)


def test_filings_and_repositories_with_releases_are_found_by_name(rival: Site) -> None:
    payloads = Path(__file__).parent / "payloads"
    release = json.dumps(
        [{"id": 5, "tag_name": "v3.0", "name": "v3.0", "draft": False, "published_at": "2026-11-10T08:00:00Z",
          "html_url": "https://github.com/northbeam/sdk/releases/tag/v3.0", "body": ""}]
    ).encode()  # fmt: skip
    rows = json.dumps({"0": {"cik_str": 42, "ticker": "NBM", "title": "NORTHBEAM, INC."}}).encode()
    for path, body in {
        "/files/company_tickers.json": rows,
        "/users/northbeam/repos?sort=created&per_page=100": (
            payloads / "constructed--github-repos.json"
        ).read_bytes(),
        "/repos/northbeam/sdk/releases?per_page=30": release,
        "/repos/northbeam/agent/releases?per_page=30": b"[]",
    }.items():
        rival.routes[path] = Reply(body, content_type="application/json")
    services = Services(
        tickers=rival.url("/files/company_tickers.json", "sec.localhost"),
        code=CodeHosts(github=rival.url("", "api.localhost"), gitlab=rival.url("", "gitlab.localhost")),
    )
    found = discover(rival.url("/"), lambda sources: fetch_all(sources, QUICK), services).proposals
    filings = [one for one in found if one.type == "edgar"]
    assert [(one.parameters["cik"], one.confidence) for one in filings] == [("0000000042", 0.9)]
    releases = [one for one in found if one.type == "github-releases"]
    assert [one.parameters["repo"] for one in releases].count("northbeam/sdk") == 1
    assert "northbeam/agent" not in [one.parameters["repo"] for one in releases]
    assert not rival.asked["/repos/northbeam/linux/releases?per_page=30"]


PLANS = "Starter $19 per month. Team $49 per user. Scale $99 per month, billed yearly. " * 3
EVENT = (
    '<script type="application/ld+json">{"@type": "Event", "name": "Day", "startDate": "2026-12-01"}</script>'
)


def test_pages_are_typed_by_title_and_content_where_nothing_else_tells(site: Site) -> None:
    links = (
        '<a href="/a1">More</a><a href="/a2">Go</a><a href="/a3">See</a><a href="/price-list.pdf">List</a>'
    )
    site.routes |= {
        "/": Reply(f"<html><body><h1>Northbeam</h1><p>{PROSE}</p>{links}</body></html>".encode()),
        "/a1": Reply(page("Our customers", PROSE)),
        "/a2": Reply(page("Everything you need", PLANS)),
        "/a3": Reply(page("Nothing special", PROSE)),
        "/events": Reply(page("Events", PROSE, EVENT)),
        "/sitemap.xml": Reply(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{site.url("/events")}</loc></url>'
            "</urlset>".encode(),
            content_type="application/xml",
        ),
        "/api/v2/incidents.json": Reply(
            b'{"page": {}, "incidents": [{"id": "1", "name": "Slow"}]}', content_type="application/json"
        ),
    }
    found = {(one.type, one.url.removeprefix(site.url(""))): one for one in found_at(site).proposals}
    assert "title" in found["customers", "/a1"].reason
    assert "prices" in found["pricing", "/a2"].reason
    assert found["pricing", "/a2"].confidence < found["home", "/"].confidence
    assert found["events", "/events"].reason == "listed in the sitemap"
    assert found["schema-org", "/events"].reason == "the page declares events as schema.org data"
    assert not any(url == "/a3" for _, url in found)
    assert [one.url for kind, one in found.items() if kind[0] == "statuspage"] == [
        site.url("/", "status.site.localhost")
    ]


def test_a_careers_page_that_only_leads_to_a_board_names_the_board(site: Site) -> None:
    site.routes |= {
        "/": Reply(page("Northbeam", PROSE, '<a href="/careers">Careers</a>')),
        "/careers": Reply(
            page("Careers", PROSE, '<script src="https://jobs.ashbyhq.com/northbeam/embed"></script>')
        ),
    }
    assert {"board": "northbeam"} in [
        dict(one.parameters) for one in found_at(site).proposals if one.type == "ashby"
    ]


def test_names_of_a_company_come_from_what_its_page_says() -> None:
    tree = read_signs(
        b"<html><head><title>Identity checks | Northbeam</title><meta property='og:site_name' content='Northbeam ID'>"
        b'<script type="application/ld+json">{"@graph": [{"@type": "Organization", "legalName": "Northbeam, Inc."}]}'
        b"</script></head><body><p>Listed (NYSE: NBM)</p></body></html>"
    )
    assert names_of(tree.tree) == ("Northbeam ID", "Northbeam, Inc.", "Identity checks", "Northbeam")
    assert tickers_in(tree.text) == ("NBM",)
