"""Pages of new entries: opened once, a few a visit, and no failure of one is a failure of the list."""

from __future__ import annotations

import base64
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ConfigurationError
from config.load import load_configuration
from config.settings import CrawlSettings
from crawlers.errors import SourceError
from crawlers.followed import END, MARK, MOST_PAGES, FollowedPage, split_pages, with_pages
from crawlers.following import Scope, mark_of, new_addresses
from crawlers.page_text import page_text
from crawlers.registry import adapter_for, catalogue
from store.kinds import FetchState
from store.records import Entry
from store.snapshots import snapshot_bytes
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.lists import listing, told
from tests.crawlers.processes import children_of
from tests.crawlers.site import PROSE, Reply, Site, bomb, drip, page

DAY = timedelta(days=1)
ROOT = Path(__file__).parents[2]
SHORT = QUICK.model_copy(update={"timeout": timedelta(seconds=0.5)})


def urlset(site: Site, *names: str) -> Reply:
    """Return a sitemap of these pages."""
    places = "".join(f"<url><loc>{site.url(name)}</loc></url>" for name in names)
    return Reply(f"<urlset>{places}</urlset>".encode(), content_type="application/xml")


def feed(site: Site, *names: str) -> Reply:
    """Return a feed whose entries say no more than their titles."""
    items = "".join(
        f"<item><guid>{name}</guid><title>{name}</title><link>{site.url(name)}</link></item>"
        for name in names
    )
    return Reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), content_type="text/xml")


def visit(watch: Watch, day: int, settings: CrawlSettings = QUICK) -> FetchState | None:
    """Crawl on that day and extract; return the state of the only source."""
    watch.crawl(settings, after=day * DAY)
    return watch.stored()[0].state


def baseline(site: Site, watch: Watch, **options: object) -> None:
    """Watch a listing of two pages, visited once."""
    site.routes["/news"] = listing("/news/a", "/news/b")
    watch.sources(watch.page("news", site.url("/news"), "page-list", **options))
    assert visit(watch, 0) is FetchState.OK
    assert told(watch) == {}


def test_a_new_link_is_opened_once_and_says_what_its_page_says(site: Site, watch: Watch) -> None:
    baseline(site, watch)
    assert site.asked["/news/a"] == 0
    site.routes |= {
        "/news": listing("/news/c", "/news/a", "/news/b"),
        "/news/c": Reply(page("Northbeam buys Southbeam", "The price was 40 million euro. " * 9)),
    }
    assert visit(watch, 1) is FetchState.OK
    text = told(watch)
    assert list(text) == ["/news/c"]
    assert text["/news/c"].startswith(
        "About news/c | Northbeam buys Southbeam The price was 40 million euro."
    )
    assert watch.crawl(after=2 * DAY).counts == {FetchState.UNCHANGED: 1}, "the pages make no new list"
    site.routes["/news"] = listing("/news/b", "/news/c", "/news/a")
    assert visit(watch, 4) is FetchState.OK
    assert told(watch) == text
    assert {name: site.asked[name] for name in ("/news/a", "/news/b", "/news/c")} == {
        "/news/a": 0,
        "/news/b": 0,
        "/news/c": 1,
    }


def test_nothing_is_opened_twice_where_extraction_did_not_run_in_between(site: Site, watch: Watch) -> None:
    site.routes["/news"] = listing("/news/a")
    watch.sources(watch.page("news", site.url("/news"), "page-list"))
    visit(watch, 0)
    for day in (1, 2):
        site.routes |= {"/news": listing(*("/news/b", "/news/a")[::day]), "/news/b": Reply(page("b"))}
        visit(watch, day)
    site.routes["/news"] = listing("/news/a", "/news/b")
    visit(watch, 9)
    assert [site.asked[f"/news/{name}"] for name in "ab"] == [0, 1]
    assert set(told(watch)) == {"/news/b"}


def test_no_failure_of_a_page_is_one_of_the_list(site: Site, watch: Watch) -> None:
    baseline(site, watch)
    bad: dict[str, Reply] = {
        "gone": Reply(b"", status=404),
        "good1": Reply(page("Good one")),
        "error": Reply(b"", status=500),
        "binary": Reply(os.urandom(2_000), content_type="application/octet-stream"),
        "good2": Reply(page("Good two")),
        "bomb": Reply(bomb(5_000_000), headers={"Content-Encoding": "gzip"}),
        "drip": Reply(raw=drip),
        "good3": Reply(page("Good three")),
        "away": Reply(status=302, headers={"Location": site.url("/x", host="other.localhost")}),
        "deep": Reply(b"<div>" * 20_000 + page("Deep")),
    }
    assert len(bad) == MOST_PAGES
    site.routes |= {f"/news/{name}": reply for name, reply in bad.items()}
    site.routes |= {"/news": listing(*(f"/news/{name}" for name in bad)), "/x": Reply(page("Elsewhere"))}
    assert visit(watch, 1, SHORT) is FetchState.OK
    text = told(watch)
    assert set(text) == {f"/news/{name}" for name in bad}
    full = {name for name, words in text.items() if "Northbeam verifies" in words}
    assert full == {"/news/good1", "/news/good2", "/news/good3"}
    assert text["/news/gone"] == "About news/gone"
    assert site.asked["/x"] == 0
    assert visit(watch, 2) is FetchState.OK
    assert {site.asked[f"/news/{name}"] for name in bad} == {1}


def test_a_few_pages_a_visit_and_none_after_three_failures_in_a_row(site: Site, watch: Watch) -> None:
    baseline(site, watch)
    many = [f"/news/n{number}" for number in range(30)]
    site.routes |= {"/news": listing(*many)} | {name: Reply(page(name)) for name in many}
    visit(watch, 1)
    assert [site.asked[name] for name in many] == [1] * MOST_PAGES + [0] * (30 - MOST_PAGES)
    assert len(told(watch)) == 30
    lost = [f"/news/lost{number}" for number in range(9)]
    site.routes["/news"] = listing(*lost)
    assert visit(watch, 2) is FetchState.OK
    assert sum(site.asked[name] for name in lost) == 3
    assert len(told(watch)) == 39


def test_robots_and_a_host_that_says_later_are_obeyed_by_pages_too(site: Site, watch: Watch) -> None:
    site.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /news/secret", content_type="text/plain")
    baseline(site, watch)
    site.routes |= {
        "/news": listing("/news/secret", "/news/later", "/news/next"),
        "/news/secret": Reply(page("Secret")),
        "/news/later": Reply(b"", status=429, headers={"Retry-After": "7200"}),
        "/news/next": Reply(page("Next")),
    }
    assert visit(watch, 1) is FetchState.OK
    assert [site.asked[f"/news/{name}"] for name in ("secret", "later", "next")] == [0, 1, 0]
    assert set(told(watch)) == {"/news/secret", "/news/later", "/news/next"}


def test_pages_keep_the_pause_of_their_host(site: Site, watch: Watch) -> None:
    baseline(site, watch)
    names = [f"/news/n{number}" for number in range(4)]
    site.routes |= {"/news": listing(*names)} | {name: Reply(page(name)) for name in names}
    site.times.clear()
    visit(watch, 1, QUICK.model_copy(update={"delay": timedelta(seconds=0.2)}))
    times = [at for path, at in site.times if path.startswith("/news")]
    assert len(times) == 5
    assert min(after - before for before, after in itertools.pairwise(times)) >= 0.19


def test_other_hosts_and_sitemaps_are_followed_where_the_source_says_so(site: Site, watch: Watch) -> None:
    site.routes |= {f"/{part}/{name}": Reply(page(name)) for part in ("blog", "shop") for name in "xy"}
    other = site.url("/blog/y", host="press.localhost")
    sources = {
        "off": watch.page("off", site.url("/map.xml"), "sitemap"),
        "blog": watch.page("blog", site.url("/map.xml"), "sitemap", parameters={"follow": ("/blog/*",)}),
        "press": watch.page(
            "press",
            site.url("/list"),
            "page-list",
            only=("main",),
            parameters={"follow": (site.url("/*", host="press.localhost"),)},
        ),
        "no": watch.page("no", site.url("/list"), "page-list", parameters={"follow": ("false",)}),
    }
    site.routes["/map.xml"] = urlset(site, "/old")
    site.routes["/list"] = listing("/old")
    watch.sources(*sources.values())
    watch.crawl()
    site.routes["/map.xml"] = urlset(site, "/old", "/blog/x", "/shop/x")
    site.routes["/list"] = listing("/old", "/shop/y", other)
    watch.crawl(after=DAY)
    assert {name for name in site.asked if name.startswith(("/blog", "/shop"))} == {"/blog/x", "/blog/y"}
    text = told(watch)
    assert "Northbeam verifies" in text["/blog/x"]
    assert text["/shop/x"] == "X"


def test_a_feed_of_bare_titles_can_be_followed_and_full_entries_are_not(site: Site, watch: Watch) -> None:
    site.routes["/feed"] = feed(site, "/p/a")
    watch.sources(watch.page("feed", site.url("/feed"), "feed", parameters={"follow": ("true",)}))
    watch.crawl()
    place = f"<link>{site.url('/p/f')}</link>"
    full = f"<item><guid>f</guid><title>f</title><description>{PROSE}</description>{place}</item>"
    body = feed(site, "/p/b", "/p/a").body.replace(b"<channel>", b"<channel>" + full.encode())
    site.routes |= {"/feed": Reply(body, content_type="text/xml"), "/p/b": Reply(page("B"))}
    watch.crawl(after=DAY)
    assert [site.asked[f"/p/{name}"] for name in "abf"] == [0, 1, 0]
    assert "Northbeam verifies" in told(watch)["/p/b"]


def test_a_crash_between_the_pages_loses_no_entry_and_tells_none_twice(site: Site, watch: Watch) -> None:
    baseline(site, watch)
    names = [f"/news/n{number}" for number in range(6)]
    site.routes |= {name: Reply(page(name), delay=0.2) for name in names}
    site.routes["/news"] = listing("/news/a", *names)
    command = [
        sys.executable, "-m", "tests.crawlers.crawl_command", watch.database.url, (watch.now + DAY).isoformat(),
    ]  # fmt: skip
    parent = subprocess.Popen(command, cwd=ROOT)
    deadline = time.monotonic() + 20
    while site.asked[names[2]] == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    for victim in [*children_of(parent.pid), parent.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
    parent.wait()
    assert told(watch) == {}
    for _ in range(2):
        assert subprocess.run(command, cwd=ROOT, check=True).returncode == 0
        asked = [site.asked[name] for name in names]
    text = told(watch)
    assert set(text) == set(names)
    assert all("Northbeam verifies" in words for words in text.values())
    visit(watch, 3)
    assert [site.asked[name] for name in names] == asked
    assert asked[3:] == [1, 1, 1]


def test_the_pages_stand_in_the_snapshot_as_they_came(site: Site, watch: Watch) -> None:
    baseline(site, watch)
    body = page("Grüße", "Ein Satz mit ü und € und mehr davon. " * 5)
    site.routes |= {"/news": listing("/news/c"), "/news/c": Reply(body)}
    visit(watch, 1)
    [source] = watch.stored()
    with watch.database.read() as session:
        stored = snapshot_bytes(session, watch.snapshots(source)[0])
    own, pages = split_pages(stored)
    assert own == listing("/news/c").body
    assert [one.body.encode("latin-1") for one in pages.values()] == [body]


@pytest.mark.parametrize(
    ("url", "own", "patterns", "expected"),
    [
        ("https://www.north.example/a", True, (), True),
        ("https://blog.north.example/a", True, (), False),
        ("https://north.example.evil.example/a", True, (), False),
        ("https://north.example/a.pdf", True, (), False),
        ("ftp://north.example/a", True, (), False),
        ("https://[::1/a", True, (), False),
        ("https://north.example/blog/a", False, ("/blog/*",), True),
        ("https://north.example/shop/a", False, ("/blog/*",), False),
        ("https://other.example/blog/a", False, ("/blog/*",), False),
        ("https://blog.north.example/a", False, ("https://blog.north.example/*",), True),
    ],
)
def test_only_pages_of_the_own_host_or_of_a_pattern_are_opened(
    url: str, own: bool, patterns: tuple[str, ...], expected: bool
) -> None:
    assert Scope(host="north.example", own_host=own, patterns=patterns).admits(url) is expected


RIVAL = "name: Northbeam\ndomain: northbeam.example\nmarket: identity\nsources:\n  - type: page-list\n"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("true", ("true",)),
        ("off", None),
        ("/blog/*", ("/blog/*",)),
        ("[/blog/*, https://a.example/*]", ("/blog/*", "https://a.example/*")),
        ("sometimes", None),
        ("[true, 7]", None),
        ("{a: 1}", None),
    ],
)
def test_what_to_follow_is_checked_where_it_stands(
    tmp_path: Path, written: str, kept: tuple[str, ...] | None
) -> None:
    folder = tmp_path / "config" / "competitors"
    folder.mkdir(parents=True)
    (folder / "north.yaml").write_text(
        f"{RIVAL}    url: https://northbeam.example/news\n    follow: {written}\n"
    )
    if kept is not None:
        [source] = load_configuration(folder.parent, catalogue()).sources
        assert source.parameters["follow"] == kept
        return
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(folder.parent, catalogue())
    [problem] = caught.value.problems
    assert "'follow'" in problem.message
    assert (problem.line, problem.column) in {(7, 13), (7, 20)}


def test_each_page_is_opened_once_even_where_two_entries_lead_to_it() -> None:
    scope = Scope(host="n.example", own_host=True)
    entries = [
        Entry(id=name, title=name, url=f"https://n.example/{place}")
        for name, place in (("1", "a"), ("2", "a#part"), ("3", "b"), ("4", ""))
    ]
    found = new_addresses(entries, {mark_of("3")}, scope, "https://n.example/")
    assert found == {"https://n.example/a": "1"}


PAGE = FollowedPage(
    entry="https://n.example/a", url="https://n.example/a", content_type="text/html", body="é"
)


@given(st.binary(max_size=300))
def test_a_list_and_its_pages_are_split_as_they_were_joined(body: bytes) -> None:
    assert split_pages(with_pages(body, [PAGE])) == (body, {PAGE.entry: PAGE})


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_forged_pages_are_left_out(body: bytes, forged: bytes) -> None:
    joined = body + MARK + forged + END
    own, pages = split_pages(joined)
    assert pages == {}
    assert joined.startswith(own)


def test_a_forged_bomb_stays_small() -> None:
    forged = b"<html><a href='/x'>x</a>" + MARK + base64.b64encode(zlib.compress(b"0" * 200_000_000)) + END
    [entry] = adapter_for("page-list").parse(forged, "https://n.example/")
    assert entry.text == ""
    with pytest.raises(SourceError):
        adapter_for("sitemap").parse(MARK + END, "https://n.example/")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<title>New plan | Northbeam</title><nav>Menu</nav><p>It costs 9 euro.</p>", "New plan. It costs 9 euro."),
        (b"<h1>New plan</h1><form>Sign up</form><p>It costs 9 euro.</p>", "New plan It costs 9 euro."),
        (b"<main><h1>All</h1><article>a</article><article>b</article></main>", "All a b"),
        (b"<article><h1>One</h1>" + b"word " * 30 + b"</article><p>aside</p>", "One" + " word" * 30),
        (b"", ""),
    ],
)  # fmt: skip
def test_a_page_says_its_title_and_its_main_text(body: bytes, text: str) -> None:
    assert page_text(body) == text


@given(st.binary(max_size=400))
def test_any_bytes_have_a_text_that_can_be_stored(body: bytes) -> None:
    text = page_text(body)
    assert "\n" not in text
    assert text.isprintable() or text == "" or text.encode()
