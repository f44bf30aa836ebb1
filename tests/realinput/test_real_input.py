"""Real pages and recorded payloads go the ordinary way: configuration, crawl, extract, …, digest."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawlers.registry import adapter_for
from service.pipeline import Pipeline
from store.changes import list_changes
from store.drops import drops_since
from store.records import Entry
from store.signal_listing import list_signals
from store.sources import list_sources
from tests.loopback import LoopbackSite, serve_loopback
from tests.realinput.material import (
    Pair,
    Payload,
    read_pairs,
    without_first_element,
    without_first_filing,
    without_first_item,
)

TESTS = Path(__file__).resolve().parent.parent
PAYLOADS = TESTS / "crawlers" / "payloads"
PAIRS = TESTS / "extract" / "pairs"
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

SETTINGS = """\
crawl:
  allow_hosts: ["*.localhost"]
  delay: 0s
  concurrency_per_host: 8
  contact: test@example.com
  double_first_visit: false
detection: {confirm_after: 0s}
"""
ACCOUNT = """\
- key: harbour-bank
  name: Harbour Bank
  owner: dana@us.example
  tier: strategic
  uses: [kyc]
  rivals_present: [real]
  arr: 250000
"""
SUBSCRIBER = """\
- email: dana@us.example
  name: Dana
  timezone: Europe/Dublin
  send: mon 07:00
  accounts: all
  min_impact: 0
"""


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serve_loopback() as running:
        yield running


def write_configuration(folder: Path, sources: Sequence[str]) -> Path:
    """Write the YAML an analyst would write."""
    (folder / "competitors").mkdir(parents=True)
    (folder / "settings.yaml").write_text(SETTINGS)
    (folder / "accounts.yaml").write_text(ACCOUNT)
    (folder / "subscribers.yaml").write_text(SUBSCRIBER)
    lines = [
        "name: Real",
        "domain: real.example",
        "market: identity",
        "products: [{name: Check, tags: [kyc]}]",
        "sources:",
        *(f"  - {{{source}}}" for source in sources),
    ]
    (folder / "competitors" / "real.yaml").write_text("\n".join(lines) + "\n")
    return folder


def run(pipeline: Pipeline, at: datetime) -> None:
    pipeline.synchronise(at)
    pipeline.crawl(at, "all", clock=at)
    pipeline.process(at + timedelta(minutes=30), clock=at + timedelta(minutes=31))


def open_pipeline(tmp_path: Path, sources: Sequence[str], url: str | None = None) -> Pipeline:
    folder = write_configuration(tmp_path / "config", sources)
    return Pipeline.open(folder, url or f"sqlite:///{tmp_path}/real.db", tmp_path / "data")


def payloads() -> list[Payload]:
    def read(name: str) -> bytes:
        return (PAYLOADS / name).read_bytes()

    greenhouse = read("jobs-greenhouse--amplitude-board.json")
    releases = read("github-releases--releases-business.json")
    filings = read("sec-submissions--tesla-CIK0001318605.json")
    rss = read("feed-rss--rss-2.0-windows-1251.xml")
    atom = read("feed-atom--atom-heise.xml")
    feed = read("feed-json--jsonfeed-1.1-full.json")
    return [
        Payload(
            name="board", source="type: greenhouse, board: amplitude", path="/v1/boards/amplitude/jobs?content=true",
            content_type="application/json", whole=greenhouse, short=without_first_element(greenhouse, "jobs"),
        ),
        Payload(
            name="releases", source="type: github-releases, repo: example/business",
            path="/repos/example/business/releases", content_type="application/json",
            whole=releases, short=without_first_element(releases),
        ),
        Payload(
            name="filings", source='type: edgar, cik: "0001318605", forms: [8-K, 10-Q, 10-K, "4"]',
            path="/submissions/CIK0001318605.json", content_type="application/json",
            whole=filings, short=without_first_filing(filings),
        ),
        Payload(
            name="rss", source="type: feed", path="/rss.xml", content_type="application/rss+xml",
            whole=rss, short=without_first_item(rss, "item"),
        ),
        Payload(
            name="atom", source="type: feed", path="/atom.xml", content_type="application/atom+xml",
            whole=atom, short=without_first_item(atom, "entry"),
        ),
        Payload(
            name="jsonfeed", source="type: feed", path="/feed.json", content_type="application/feed+json",
            whole=feed, short=with_another_id(feed),
        ),
    ]  # fmt: skip


def with_another_id(feed: bytes) -> bytes:
    """Return the feed with an earlier story in place of its only one; without any it would be empty, no baseline."""
    told = json.loads(feed)
    earlier = {
        **told["items"][0],
        "id": "earlier",
        "title": "An earlier story",
        "url": "https://earlier.example/",
    }
    return json.dumps({**told, "items": [earlier]}).encode()


def new_entry(item: Payload) -> Entry:
    """Return the one entry that the whole payload has and the short one lacks."""
    adapter = adapter_for(item.source.removeprefix("type: ").partition(",")[0])
    options = {"parameters": {"forms": ("8-K", "10-Q", "10-K", "4")}} if item.name == "filings" else {}
    known = {entry.id for entry in adapter.parse(item.short, item.path, item.content_type, options)}
    whole = adapter.parse(item.whole, item.path, item.content_type, options)
    (entry,) = [entry for entry in whole if entry.id not in known]
    return entry


@pytest.mark.slow
@pytest.mark.parametrize("item", payloads(), ids=lambda item: str(item.name))
def test_a_recorded_payload_reports_exactly_its_new_entry(
    tmp_path: Path, site: LoopbackSite, now: datetime, item: Payload
) -> None:
    expected = new_entry(item)
    seen = (expected.published or now) + timedelta(days=1)
    host = f"{item.name}.localhost"
    site.put(host, item.path, item.short, item.content_type)
    address = f"http://{host}:{site.port}"
    place = f"url: {address}{item.path}" if item.source == "type: feed" else f"base: {address}"
    pipeline = open_pipeline(tmp_path, [f"name: {item.name}, {item.source}, {place}"])
    run(pipeline, seen - timedelta(days=7))
    with pipeline.database.read() as session:
        assert [source.state for source in list_sources(session)] == ["ok"]
        assert list_changes(session, EPOCH) == [], "the first look is the baseline"
    site.put(host, item.path, item.whole, item.content_type)
    run(pipeline, seen)
    with pipeline.database.read() as session:
        (change,) = list_changes(session, EPOCH)
    assert change["source"] == f"real/{item.name}"
    assert any(expected.title in text for text in change["added"])
    run(pipeline, seen + timedelta(hours=12))
    with pipeline.database.read() as session:
        assert len(list_changes(session, EPOCH)) == 1, "an unchanged source is silent"


def outcome(pair: Pair, changes: Sequence[dict[str, object]]) -> tuple[bool, int, int]:
    """Return (reported at all, expected strings found, expected strings)."""
    added = fold(" ".join(text for change in changes for text in change["added"]))  # type: ignore[attr-defined]
    removed = fold(" ".join(text for change in changes for text in change["removed"]))  # type: ignore[attr-defined]
    found = sum(fold(text) in added for text in pair.added) + sum(
        fold(text) in removed for text in pair.removed
    )
    return bool(changes), found, len(pair.added) + len(pair.removed)


def fold(text: str) -> str:
    return "".join(text.split()).casefold()


def follow_pairs(
    tmp_path: Path, site: LoopbackSite, now: datetime, pairs: Sequence[Pair], url: str | None = None
) -> Pipeline:
    host = "pairs.localhost"
    sources = []
    for pair in pairs:
        page = site.put(host, f"/{pair.id}", pair.before, pair.content_type)
        sources.append(f"name: p-{pair.id}, type: {pair.type}, url: {page}")
    pipeline = open_pipeline(tmp_path, sources, url)
    run(pipeline, now - timedelta(days=7))
    for pair in pairs:
        site.put(host, f"/{pair.id}", pair.after, pair.content_type)
    run(pipeline, now - timedelta(hours=1))
    return pipeline


def judge(pipeline: Pipeline, pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Return (false alarm rate, share of meaningful pairs reported, share of expected strings found).

    The pairs are from other years: an event that went from a list after its day had passed is no news by today's
    clock. Such a pair is left out, if the drop says so.
    """
    with pipeline.database.read() as session:
        changes = list_changes(session, EPOCH)
        over = {
            drop.source_id
            for drop in drops_since(session, EPOCH, limit=100_000)
            if drop.reason == "event over"
        }
        past = {source.key for source in list_sources(session) if source.id in over}
    by_source: dict[str, list[dict[str, object]]] = {}
    for change in changes:
        by_source.setdefault(change["source"], []).append(change)
    results = [
        (pair, *outcome(pair, by_source.get(f"real/p-{pair.id}", [])))
        for pair in pairs
        if f"real/p-{pair.id}" not in past
    ]
    noise = [reported for pair, reported, _, _ in results if pair.noise]
    real = [reported for pair, reported, _, _ in results if not pair.noise]
    found = sum(got for pair, _, got, _ in results if not pair.noise)
    wanted = sum(expected for pair, _, _, expected in results if not pair.noise)
    return sum(noise) / len(noise), sum(real) / len(real), found / wanted


def deliver(pipeline: Pipeline, tmp_path: Path, now: datetime) -> str:
    """Send the week's digest and return its text part."""
    report = pipeline.send(now + timedelta(hours=2))
    assert (report.sent, report.failed) == (1, 0)
    (path,) = (tmp_path / "data" / "mail").rglob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.slow
def test_real_page_pairs_reach_the_digest_and_noise_does_not(
    tmp_path: Path, site: LoopbackSite, now: datetime
) -> None:
    pairs = list(read_pairs(PAIRS))
    pipeline = follow_pairs(tmp_path, site, now, pairs)
    alarms, reported, found = judge(pipeline, pairs)
    assert alarms <= 0.10
    assert reported >= 0.95
    assert found >= 0.90
    with pipeline.database.read() as session:
        signals = list_signals(session, EPOCH)
    assert signals
    text = deliver(pipeline, tmp_path, now)
    mailable = [signal for signal in signals if not signal["held"]]
    assert any(signal["headline"] in text.replace("\n", " ") for signal in mailable)
    assert f"http://pairs.localhost:{site.port}/" in text


@pytest.mark.slow
def test_all_shared_pairs_go_the_same_way(
    tmp_path: Path, site: LoopbackSite, now: datetime, shared: Path
) -> None:
    pairs = list(read_pairs(shared / "data" / "page_pairs_dev"))
    alarms, reported, found = judge(follow_pairs(tmp_path, site, now, pairs), pairs)
    assert alarms <= 0.10
    assert reported >= 0.95
    assert found >= 0.90


@pytest.mark.slow
def test_the_whole_way_runs_on_postgresql_too(
    tmp_path: Path, site: LoopbackSite, now: datetime, postgres_url: str
) -> None:
    pairs = list(read_pairs(PAIRS))[::4]
    with follow_pairs(tmp_path, site, now, pairs, postgres_url).database as database:
        pipeline = Pipeline.open(tmp_path / "config", postgres_url, tmp_path / "data")
        alarms, reported, _ = judge(pipeline, pairs)
        assert (alarms, reported) == (0, 1)
        assert f"http://pairs.localhost:{site.port}/" in deliver(pipeline, tmp_path, now)
        pipeline.database.close()
        with database.read() as session:
            signals = list_signals(session, EPOCH)
        assert all(signal["evidence"] for signal in signals)
