"""Crawling a real server on loopback, in a real child process."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from config.errors import OperationError
from crawlers.dry import fetch_once
from crawlers.run import crawl
from store.kinds import FetchState, Look
from store.snapshots import latest_ok_snapshot, snapshot_bytes, waiting_snapshots
from store.sources import due_sources, source_turns
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page, with_etag

SIX_HOURS = timedelta(hours=6)
RSS = b'<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>One</title></item></channel></rss>'


def test_a_page_is_stored_once_and_then_asked_for_conditionally(site: Site, watch: Watch) -> None:
    site.routes["/a"] = with_etag(page("A"), '"one"')
    site.routes["/b"] = Reply(page("B"))
    a, b = watch.sources(watch.page("a", site.url("/a")), watch.page("b", site.url("/b")))
    first = watch.crawl()
    assert first.counts == {FetchState.OK: 2}
    assert "if-none-match" not in site.seen["/a"]
    second = watch.crawl(after=SIX_HOURS)
    assert second.counts == {FetchState.UNCHANGED: 2}
    assert site.seen["/a"]["if-none-match"] == '"one"'
    assert site.seen["/a"]["if-modified-since"] == "Mon, 09 Nov 2026 08:00:00 GMT"
    assert [len(watch.snapshots(source)) for source in (a, b)] == [1, 1]
    with watch.database.read() as session:
        assert len(waiting_snapshots(session, 10)) == 2


def test_validators_are_believed_for_a_week_and_only_for_the_same_options(site: Site, watch: Watch) -> None:
    site.routes["/a"] = with_etag(page("A"), '"one"')
    watch.sources(watch.page("a", site.url("/a")))
    watch.crawl()
    watch.sources(watch.page("a", site.url("/a"), only=("h1",)))
    watch.crawl(after=SIX_HOURS)
    assert "if-none-match" not in site.seen["/a"]
    watch.crawl(after=SIX_HOURS * 2)
    assert "if-none-match" in site.seen["/a"]
    watch.crawl(after=timedelta(days=9))
    assert "if-none-match" not in site.seen["/a"]


def test_moments_follow_the_given_now_and_the_rhythm(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page("A"))
    watch.sources(watch.page("a", site.url("/a")))
    watch.crawl()
    [source] = watch.stored()
    assert source.last_attempt_at is not None
    assert source.next_due_at is not None
    assert timedelta(0) <= source.last_attempt_at - watch.now < timedelta(seconds=20)
    assert source.next_due_at - source.last_attempt_at == SIX_HOURS
    with watch.database.read() as session:
        assert due_sources(session, watch.now + timedelta(hours=1)) == []


def test_we_say_who_we_are_and_obey_robots(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/robots.txt": Reply(
            b"User-agent: Rivalwatch\nDisallow: /private\nCrawl-delay: 0.3\n", content_type="text/plain"
        ),
        "/private/a": Reply(page()),
        "/open/1": Reply(page("1")),
        "/open/2": Reply(page("2")),
        "/hop": Reply(status=302, headers={"Location": "/private/a"}),
        "/v1/boards/private/jobs?content=true": Reply(b'{"jobs": []}', content_type="application/json"),
    }
    watch.sources(
        watch.page("closed", site.url("/private/a")),
        watch.page("hop", site.url("/hop")),
        watch.page("open1", site.url("/open/1")),
        watch.page("open2", site.url("/open/2")),
        watch.page("api", "", "greenhouse", base=site.url(""), parameters={"board": "private"}),
    )
    found = watch.look_at()
    assert found["closed"][0] is FetchState.BLOCKED
    assert "robots.txt does not let Rivalwatch fetch /private/a" in str(found["closed"][1])
    assert found["hop"][0] is FetchState.BLOCKED
    assert {found[name][0] for name in ("open1", "open2", "api")} == {FetchState.OK}
    assert site.asked["/private/a"] == 0
    assert site.asked["/robots.txt"] == 1
    assert site.seen["/open/1"]["user-agent"] == "Rivalwatch/0.1 (+watch@us.example)"


def test_robots_in_trouble_forbid_everything_and_can_be_switched_off(site: Site, watch: Watch) -> None:
    site.routes |= {"/robots.txt": Reply(status=503), "/a": Reply(page())}
    watch.sources(watch.page("a", site.url("/a")))
    assert watch.look_at()["a"][0] is FetchState.BLOCKED
    assert watch.look_at(QUICK.model_copy(update={"obey_robots": False}))["a"][0] is FetchState.OK


def test_pages_of_one_host_are_asked_for_one_after_the_other_with_a_pause(site: Site, watch: Watch) -> None:
    names = [f"p{n}" for n in range(4)]
    site.routes |= {f"/{name}": Reply(page(name)) for name in names}
    watch.sources(*(watch.page(name, site.url(f"/{name}")) for name in names))
    watch.crawl(QUICK.model_copy(update={"delay": timedelta(seconds=0.3), "concurrency_per_host": 1}))
    times = [at for path, at in site.times if path != "/robots.txt"]
    assert len(times) == 4
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) > 0.25


def test_retry_after_moves_the_next_visit(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/slow": Reply(b"", status=429, headers={"Retry-After": "86400"}),
        "/down": Reply(b"", status=500),
    }
    watch.sources(watch.page("slow", site.url("/slow")), watch.page("down", site.url("/down")))
    watch.crawl()
    pause = {source.key: source.next_due_at - source.last_attempt_at for source in watch.stored()}  # type: ignore[operator]
    assert pause == {"north/slow": timedelta(days=1), "north/down": timedelta(minutes=15)}


def test_a_passing_failure_is_tried_again_in_the_same_crawl(site: Site, watch: Watch) -> None:
    site.routes["/a"] = lambda handler: Reply(b"", status=502) if site.asked["/a"] == 1 else Reply(page())
    watch.sources(watch.page("a", site.url("/a")))
    assert watch.look_at(QUICK.model_copy(update={"retries": 1}))["a"] == (FetchState.OK, None)
    assert site.asked["/a"] == 2


def test_a_turn_is_told_once_and_the_proof_is_kept_once(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page("A"))
    [source] = watch.sources(watch.page("a", site.url("/a")))
    watch.crawl()
    site.routes["/a"] = lambda handler: Reply(
        f"<title>Access denied</title>{site.asked['/a']}".encode(), status=403
    )
    turned = watch.crawl(after=SIX_HOURS)
    assert [(turn.source_key, turn.before, turn.after) for turn in turned.turns] == [
        ("north/a", FetchState.OK, FetchState.BLOCKED)
    ]
    assert watch.crawl(after=SIX_HOURS * 2).turns == ()
    site.routes["/a"] = Reply(page("A"))
    assert [turn.after for turn in watch.crawl(after=SIX_HOURS * 3).turns] == [FetchState.OK]
    snapshots = watch.snapshots(source)
    assert [one.state for one in snapshots] == [FetchState.OK, FetchState.BLOCKED]
    with watch.database.read() as session:
        assert b"Access denied" in snapshot_bytes(session, snapshots[1])
        turns = source_turns(session, watch.now - SIX_HOURS, watch.now + timedelta(days=2))
    assert [turn.after for turn in turns] == [FetchState.OK, FetchState.BLOCKED, FetchState.OK]


def test_the_first_visit_looks_twice_and_keeps_what_differs(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/same": Reply(page("same")),
        "/differs": lambda handler: Reply(page("differs", extra=f"<p>{site.asked['/differs']}</p>")),
        "/feed": Reply(RSS, content_type="application/rss+xml"),
    }
    same, differs, _ = sorted(
        watch.sources(
            watch.page("1-same", site.url("/same")),
            watch.page("2-differs", site.url("/differs")),
            watch.page("3-feed", site.url("/feed"), "feed"),
        ),
        key=lambda source: source.key,
    )
    twice = QUICK.model_copy(update={"double_first_visit": True})
    assert watch.crawl(twice).total == 3
    assert (site.asked["/same"], site.asked["/differs"], site.asked["/feed"]) == (2, 2, 1)
    assert [one.look for one in watch.snapshots(same)] == [Look.REGULAR]
    assert [one.look for one in watch.snapshots(differs)] == [Look.REGULAR, Look.LEARN]
    watch.crawl(twice, after=SIX_HOURS)
    assert (site.asked["/same"], site.asked["/feed"]) == (3, 2)


def test_a_confirming_look_is_unconditional_stored_and_moves_nothing(site: Site, watch: Watch) -> None:
    site.routes["/a"] = with_etag(page("A"), '"one"')
    [source] = watch.sources(watch.page("a", site.url("/a")))
    watch.crawl()
    [before] = watch.stored()
    report = watch.crawl(look=Look.CONFIRM, after=timedelta(minutes=10))
    assert report.counts == {FetchState.OK: 1}
    assert "if-none-match" not in site.seen["/a"]
    with watch.database.read() as session:
        confirming = latest_ok_snapshot(session, source.id, look=Look.CONFIRM)
        regular = latest_ok_snapshot(session, source.id)
    assert confirming is not None
    assert regular is not None
    assert confirming.blob_sha256 == regular.blob_sha256
    assert watch.stored() == [before]


def test_pages_of_a_list_become_one_snapshot(site: Site, watch: Watch) -> None:
    root = "/v1/companies/North/postings?limit=100&offset="
    for offset, name in ((0, "One"), (1, "Two")):
        posting = f'{{"totalFound": 2, "content": [{{"id": "{offset}", "name": "{name}"}}]}}'
        site.routes[f"{root}{offset}"] = Reply(posting.encode(), content_type="application/json")
    [source] = watch.sources(
        watch.page("jobs", "", "smartrecruiters", base=site.url(""), parameters={"company": "North"})
    )
    assert watch.look_at()["jobs"] == (FetchState.OK, None)
    with watch.database.read() as session:
        body = snapshot_bytes(session, watch.snapshots(source)[0])
    assert body.count(b"totalFound") == 2


def test_wrong_settings_of_one_source_leave_the_others_alone(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page())
    watch.sources(
        watch.page("a", site.url("/a")),
        watch.page("no-board", "", "greenhouse"),
        watch.page("no-type", site.url("/a"), "telepathy"),
        watch.page("no-key", "", "companies-house", parameters={"company": "01234567"}),
        watch.page("no-url", "not an address"),
    )
    found = watch.look_at()
    assert found["a"] == (FetchState.OK, None)
    assert found["no-board"] == (FetchState.BROKEN, "settings: source north/no-board: 'board' is missing")
    assert str(found["no-type"][1]).startswith("settings: there is no source type 'telepathy'")
    assert "$RIVALWATCH_COMPANIES_HOUSE_KEY" in str(found["no-key"][1])
    assert str(found["no-url"][1]).startswith("bad-address")


def test_keys_reach_the_service_and_are_stored_nowhere(site: Site, watch: Watch) -> None:
    path = "/company/01234567/filing-history?items_per_page=100"
    site.routes[path] = Reply(b'{"items": []}', content_type="application/json")
    watch.sources(
        watch.page("filings", "", "companies-house", base=site.url(""), parameters={"company": "01234567"})
    )
    keys = {"companies-house": "our-secret"}
    report = crawl(watch.database.url, watch.stored(), QUICK, now=watch.now, keys=keys)
    assert report.counts == {FetchState.OK: 1}
    assert site.seen[path]["authorization"].startswith("Basic ")
    raw = watch.database.engine.url.database
    assert raw is not None
    with open(raw, "rb") as file:  # noqa: PTH123
        assert b"our-secret" not in file.read()


def test_a_dry_fetch_shows_and_stores_nothing(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page("A"))
    [source] = watch.sources(watch.page("a", site.url("/a")))
    snapshot, body = fetch_once(source, QUICK)
    assert (snapshot.state, snapshot.status, body) == (FetchState.OK, 200, page("A"))
    assert watch.snapshots(source) == ()
    assert watch.stored()[0].state is None


def test_a_store_that_cannot_be_reached_is_named(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page())
    sources = watch.sources(watch.page("a", site.url("/a")))
    with pytest.raises(OperationError, match="db upgrade"):
        crawl("sqlite://", sources, QUICK, now=watch.now)


def test_nothing_to_do_starts_nothing(watch: Watch) -> None:
    assert crawl(watch.database.url, [], QUICK).total == 0
