# ruff: noqa: E501  (a table reads better in one line a row)
"""Every source type reads its recorded payload, and nothing but `SourceError` comes out for any bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.catalogue import Parameter
from crawlers.adapter import Adapter
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.judge import Answer, judge
from crawlers.registry import adapter_for, adapters, catalogue
from crawlers.types.sitemap import combine, follow
from store.kinds import Category, FactKind, FetchState
from store.sources import Source

PAYLOADS = Path(__file__).parent / "payloads"
URL = "https://site.example/feed"
NAMES = [
    "home",
    "pricing",
    "team",
    "careers",
    "customers",
    "partners",
    "integrations",
    "events",
    "changelog",
    "product",
    "terms",
    "news",
    "status",
    "page",
    "trust",
    "feed",
    "sitemap",
    "youtube",
    "hackernews",
    "statuspage",
    "greenhouse",
    "lever",
    "ashby",
    "workable",
    "smartrecruiters",
    "github-releases",
    "edgar",
    "crtsh",
    "robots",
]


def read(type: str, name: str, **parameters: object) -> tuple[object, ...]:
    """Read a payload."""
    return adapter_for(type).parse((PAYLOADS / name).read_bytes(), URL, None, {"parameters": parameters})


def source(type: str, url: str = "", base: str | None = None, **parameters: Any) -> Source:
    """Return a source of a type."""
    return Source(
        id=1,
        key="north/x",
        rival_id=1,
        rival_key="north",
        type=type,
        url=url,
        every=timedelta(hours=1),
        active=True,
        options={"base": base, "parameters": parameters},
    )


@pytest.mark.parametrize(
    ("type", "name", "count", "title"),
    [
        ("apple", "apple-lookup--slack-lookup.json", 1, "Slack 3.3.3"),
        (
            "companies-house",
            "companies-house--filing_history-fictional.json",
            4,
            "Companies House filing TM01: termination director company with name termination date",
        ),
        ("crates", "crates--regex.json", 4, "regex 1.0.0"),
        ("crtsh", "crtsh--koodari-dev.json", 7, "New host name koodari.dev"),
        ("feed", "feed-atom--atom-heise.xml", 15, "Java-Anwendungsserver: Red Hat gibt WildFly 10 frei"),
        ("feed", "feed-illformed--feedparser-aaa_illformed.xml", 0, None),
        ("feed", "feed-illformed--feedparser-rss_incomplete_cdata.xml", 0, None),
        ("feed", "feed-illformed--real-windows-1252-incorrect-prolog.xml", 0, None),
        ("feed", "feed-json--jsonfeed-1.1-full.json", 1, "title"),
        ("feed", "feed-rss--rss-2.0-guid-duplicates.xml", 1, "Huh?"),
        ("feed", "feed-rss--rss-2.0-relative-links.xml", 2, "Neverwinter & Jingle Jam Humble Bundle!"),
        ("feed", "feed-rss--rss-2.0-windows-1251.xml", 50, "Цитата #17703"),
        ("gdelt", "gdelt--doc-artlist-synthetic.json", 3, "World leaders gather for climate summit"),
        ("github-releases", "github-releases--releases-business.json", 6, "business v1.7.0.beta"),
        ("github-releases", "github-releases--releases-short.atom", 2, "1.2.2"),
        ("ashby", "jobs-ashby--linear-job-board.json", 2, "Senior / Staff Fullstack Engineer"),
        (
            "greenhouse",
            "jobs-greenhouse--amplitude-board.json",
            2,
            "Customer Data Scientist - Experimentation",
        ),
        (
            "lever",
            "jobs-lever--postings-careerkit.json",
            2,
            "(1099 Contract) Nonprofit Salesforce Consultant: Enterprise Project Manager",
        ),
        ("personio", "jobs-personio--positions-anonymised.xml", 1, "Staff Software Engineer, Data Platform"),
        (
            "recruitee",
            "jobs-recruitee--offers-anonymised.json",
            2,
            "(Senior) Financial Accountant (f/m/d) - Berlin/Brandenburg Region, Germany",
        ),
        (
            "smartrecruiters",
            "jobs-smartrecruiters--postings-careerkit.json",
            1,
            "CNA / LPN - Consistent Hours. Start Next Week.",
        ),
        ("teamtailor", "jobs-teamtailor--jobs-feed.json", 2, "Account Executive - Italy (Madrid based)"),
        ("workable", "jobs-workable--zaelab-widget.json", 1, "Business Analyst - Spanish Speaking"),
        ("podcast", "podcast--podcast-podigee-episode-type.rss", 1, "Trailer"),
        ("robots", "robots--www.intercom.com.txt", 5, "robots.txt forbids /assets/books"),
        ("robots", "robots--www.sec.gov.txt", 56, "robots.txt allows /core/*.css$"),
        (
            "edgar",
            "sec-submissions--tesla-CIK0001318605.json",
            39,
            "Tesla, Inc. filed 10-Q: quarterly report",
        ),
        ("sitemap", "sitemap--bad-namespace.xml", 2, "1"),
        ("sitemap", "sitemap--hreflang.xml", 2, "Page"),
        ("sitemap", "sitemap--index-ill-formed.xml", 15, "Sitemap"),
        ("sitemap", "sitemap--plain-text-with-bom.txt", 2, "Page1"),
        ("sitemap", "sitemap--sitemaps-org.xml", 84, "www.sitemaps.org"),
        ("sitemap", "sitemap--urlset-trafilatura.xml.gz", 84, "www.sitemaps.org"),
        ("sitemap", "sitemap--urlset.gz", 5, "www.example.com"),
        (
            "statuspage",
            "statuspage--github-incidents.json",
            5,
            "Incident: Copilot model Claude Fable 5 experiencing elevated errors",
        ),
        ("substack", "substack--feed-short.xml", 4, "Newest fixture post"),
        ("youtube", "youtube--channel-feed.xml", 15, "Buy Now, Bitches*"),
        ("medium", "medium--publication-feed.rss", 3, "THE CREATIVE FORAGER"),
        ("reddit", "reddit--subreddit-new.json", 3, "r/ClaudeAI List of Ongoing Megathreads"),
        ("reddit", "reddit--front-page-home.rss", 3, "How the British as seen by Americans and Europeans"),
        (
            "hackernews",
            "hackernews--algolia-search-by-date.json",
            3,
            "Show HN: We open-sourced our internal tool for scoring PRs with Claude AI",
        ),
        (
            "federal-register",
            "federal-register--documents-search.json",
            5,
            "Notice: Re-Establishment of the Hunting and Shooting Sports Conservation and Access Council; Request for Nominations",
        ),
        (
            "courtlistener",
            "courtlistener--search-recap.json",
            4,
            "Court case Joslin v. U.S. Department of the Interior, District Court, E.D. California",
        ),
        (
            "clinicaltrials",
            "clinicaltrials--NCT02210780.json",
            1,
            "Clinical trial: Study of Dupilumab and Immune Responses in Adults With Atopic Dermatitis (AD)",
        ),
        (
            "openfda",
            "openfda-510k--510k-examples.json",
            1,
            "FDA decision on VENTRESCREEN (TM) MONO by VENTREX LABORATORIES, INC.",
        ),
        ("mastodon", "mastodon--status-entity.json", 1, "test post for mastodon.py stuff"),
        (
            "companies-house-officers",
            "companies-house--officers-fictional.json",
            5,
            "Wanda Widgetsmith was appointed director on 2019-05-14",
        ),
        (
            "companies-house-owners",
            "companies-house--psc-fictional.json",
            1,
            "Ms Wanda Widgetsmith controls the company: ownership of shares 75 to 100 percent, voting rights 75 to 100 percent",
        ),
        ("edgar-search", "sec-fulltext--efts-synthetic.json", 3, "NVIDIA CORP (NVDA) filed a document"),
        ("arxiv", "arxiv--one-id.xml", 1, "Heat-bath random walks with Markov bases"),
        ("crossref", "crossref--works-query.json", 2, "Communicating Ecology"),
        (
            "ted",
            "ted-notice--contract-award-F03-013921-2021.xml",
            1,
            "Sectra ImaXperts won: Medical software package, for vzw Jessa Ziekenhuis",
        ),
        (
            "ted",
            "ted-notice--eforms-can_24_maximal.xml",
            1,
            "Gyro Soft SA, The best App Ltd., Competitor won: Procurement Title ---, for Financial Adinistration for ...",
        ),
        (
            "statuspage",
            "statuspage--google-cloud-incidents.json",
            2,
            "Incident: Google Cloud VMware Engine (GCVE), Google Cloud NetApp Volumes, and Bare Metal Solutions (BMS) services are experiencing a service outage in europe-west4-a due to a cooling failure.",
        ),
        (
            "schema-org",
            "jsonld--event-001.html",
            1,
            "Miami Heat at Philadelphia 76ers - Game 3 (Home Game 1), 2016-04-21",
        ),
        ("schema-org", "jsonld--product-microdata.html", 1, "Executive Anvil: 119.99 USD"),
        ("schema-org", "jsonld--product.html", 1, "Executive Anvil: 119.99 USD"),
        ("schema-org", "jsonld--jsonld-with-js-comment.html", 1, "讓AI挑出感興趣 SparkAmplify精準行銷當紅"),
        ("schema-org", "jsonld--jsonld-control-characters.html", 0, None),
        ("schema-org", "jsonld--null-ld.html", 0, None),
        ("sitemap", "sitemap--news-wordpress-com.xml", 3, "Job Opening: Reischauer Policy Research Fellow"),
        ("sitemap", "sitemap--video-extension.xml", 3, "Some video landing page"),
        ("docker", "constructed--docker-tags.json", 1, "Container image 3.0.1"),
        ("bluesky", "constructed--bluesky-feed.json", 1, "VerifyFlow 3 is out."),
        ("wordpress", "constructed--wordpress-posts.json", 1, "We open in Riga – soon"),
        ("gitlab-releases", "constructed--gitlab-releases.json", 1, "SDK 2.1 v2.1.0"),
        ("google-news", "constructed--google-news.rss", 1, "Northbeam opens in Riga - Baltic Times"),
        (
            "ted",
            "constructed--ted-search.json",
            1,
            "Northbeam GmbH won: Identity checks, for Stadt Musterstadt",
        ),
        (
            "wikidata",
            "constructed--wikidata-company.json",
            3,
            "Wikidata on Northbeam: chief executive officer is Q2",
        ),
        ("workday", "constructed--workday.json", 2, "Engineer 1"),
        ("page-list", "constructed--listing.html", 5, "Post 0"),
        (
            "github-repos",
            "constructed--github-repos.json",
            2,
            "New repository northbeam/sdk: SDK for VerifyFlow",
        ),
        (
            "gitlab-projects",
            "constructed--gitlab-projects.json",
            1,
            "New repository northbeam/sdk: SDK for VerifyFlow",
        ),
    ],
)
def test_a_recorded_payload_gives_its_entries(type: str, name: str, count: int, title: str | None) -> None:
    entries = adapter_for(type).parse((PAYLOADS / name).read_bytes(), URL)
    assert len(entries) == count
    assert (entries[0].title if entries else None) == title
    assert len({entry.id for entry in entries}) == count


@pytest.mark.parametrize(
    "name", ["feed-illformed--html-instead-of-feed.html", "feed-illformed--feedparser-rss_empty_document.xml"]
)
def test_what_is_no_feed_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="not a feed"):
        read("feed", name)


def test_jobs_are_openings_with_place_and_team() -> None:
    job = adapter_for("greenhouse").parse(
        (PAYLOADS / "jobs-greenhouse--amplitude-board.json").read_bytes(), URL
    )[0]
    assert (job.id, job.kind, job.category_hint) == ("8636903002", FactKind.OPENING, Category.HIRING)
    assert job.attributes["place"] == "London, UK"
    assert job.attributes["team"] == "Solutions Consulting"
    assert "Amplitude is the leading AI analytics platform" in job.text
    assert "&lt;" not in job.text


def test_filings_have_readable_titles_and_categories() -> None:
    entries = read("edgar", "sec-submissions--tesla-CIK0001318605.json", forms=["8-K"])
    titles = {entry.title: entry.category_hint for entry in entries}  # type: ignore[attr-defined]
    assert titles["Tesla, Inc. filed 8-K: results of operations"] is Category.FINANCE
    assert any(hint is Category.LEADERSHIP for hint in titles.values()) or len(titles) > 1
    assert all(title.startswith("Tesla, Inc. filed 8-K") for title in titles)


def test_an_eight_k_takes_its_category_from_the_gravest_item() -> None:
    columns = {
        "accessionNumber": ["0000000000-26-000001", "0000000000-26-000002"],
        "form": ["8-K", "8-K/A"],
        "items": ["2.02,5.02,9.01", "1.01,2.01,9.01"],
        "filingDate": ["2026-11-13", "2026-11-14"],
    }
    body = json.dumps({"name": "Northbeam", "cik": "42", "filings": {"recent": columns}}).encode()
    first, second = adapter_for("edgar").parse(body, URL)
    assert first.category_hint is Category.LEADERSHIP
    assert (
        first.title
        == "Northbeam filed 8-K: results of operations; departure or appointment of directors or officers"
    )
    assert first.published == datetime(2026, 11, 13, tzinfo=UTC)
    assert second.category_hint is Category.ACQUISITION


def test_repeated_reads_of_a_payload_are_equal() -> None:
    for path in PAYLOADS.glob("feed-*"):
        body = path.read_bytes()
        assert _read_or_refuse("feed", body) == _read_or_refuse("feed", body)


def _read_or_refuse(type: str, body: bytes) -> object:
    try:
        return adapter_for(type).parse(body, URL)
    except SourceError as error:
        return str(error)


def test_hostile_values_become_plain_ones() -> None:
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {
                    "id": "1\n2",
                    "title": "a\r\nBcc: x\u202e<b>bold</b>",
                    "url": "javascript:alert(1)",
                    "content_html": "<script>alert(1)</script><p>one</p><p>two</p>",
                    "date_published": "0001-01-01T00:00:00+23:00",
                },
                {"id": "x" * 2000, "title": "t" * 5000, "url": "http://[::1", "content_text": "\ud800"},
                {"title": "no id"},
                7,
                None,
                [],
            ],
        }
    ).encode()
    first, second, third = adapter_for("feed").parse(body, URL)
    assert (first.id, first.title, first.url, first.text, first.published) == (
        "1 2",
        "a Bcc: x bold",
        "",
        "one two",
        None,
    )
    assert len(second.id) == 64
    assert len(second.title) == 300
    assert third.title == "no id"


def test_feeds_are_never_opened_as_addresses_or_files() -> None:
    for body in (b"http://127.0.0.1:9/feed.xml", b"file:///etc/passwd", b"/etc/passwd"):
        with pytest.raises(SourceError):
            adapter_for("feed").parse(body, URL)


def test_xml_entities_are_not_expanded() -> None:
    body = b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    assert all("root" not in entry.url for entry in adapter_for("sitemap").parse(body, URL))


def test_a_sitemap_index_is_followed_and_joined() -> None:
    index = b"<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-01-01</lastmod></sitemap><sitemap><loc>/b.xml</loc><lastmod>2026-11-01</lastmod></sitemap></sitemapindex>"
    assert follow(index, URL) == ("https://site.example/b.xml", "https://site.example/a.xml")
    one = b"<urlset><url><loc>https://site.example/one</loc></url></urlset>"
    whole = combine([index, one, b"https://site.example/two\n"])
    assert [entry.url for entry in adapter_for("sitemap").parse(whole, URL)] == [
        "https://site.example/one",
        "https://site.example/two",
    ]


def test_walls_of_the_sec_are_no_filings() -> None:
    for name, status in (
        ("web--http-403-sec-automated-tool.html", 403),
        ("web--http-429-sec-rate-exceeded.html", 200),
    ):
        answer = Answer(asked=URL, url=URL, status=status, body=(PAYLOADS / name).read_bytes())
        assert judge(answer, adapter_for("edgar"), {}).state is FetchState.BLOCKED


@pytest.mark.parametrize(
    ("url", "type", "parameters"),
    [
        ("https://northbeam.example", "home", {}),
        ("https://northbeam.example/en", "home", {}),
        ("https://northbeam.example/pricing", "pricing", {}),
        ("https://www.northbeam.example/en-gb/pricing/?ref=nav", "pricing", {}),
        ("https://northbeam.example/company/team", "team", {}),
        ("https://careers.northbeam.example/", "careers", {}),
        ("https://northbeam.example/legal/subprocessors", "terms", {}),
        ("https://trust.northbeam.example", "trust", {}),
        ("https://northbeam.example/products/verifyflow", "product", {}),
        ("https://northbeam.example/blog/2026/new-pricing", "page", {}),
        ("https://northbeam.example/blog/rss.xml", "feed", {}),
        ("https://northbeam.example/sitemap_index.xml", "sitemap", {}),
        ("https://northbeam.example/robots.txt", "robots", {}),
        ("https://northbeam.statuspage.io", "statuspage", {}),
        ("https://status.northbeam.example", "status", {}),
        ("https://boards.greenhouse.io/northbeam", "greenhouse", {"board": "northbeam"}),
        ("https://jobs.eu.lever.co/northbeam", "lever", {"site": "northbeam", "region": "eu"}),
        ("https://jobs.ashbyhq.com/northbeam", "ashby", {"board": "northbeam"}),
        ("https://apply.workable.com/northbeam/", "workable", {"account": "northbeam"}),
        ("https://careers.smartrecruiters.com/Northbeam", "smartrecruiters", {"company": "Northbeam"}),
        ("https://github.com/northbeam/sdk", "github-releases", {"repo": "northbeam/sdk"}),
        ("https://github.com/northbeam/sdk/releases", "github-releases", {"repo": "northbeam/sdk"}),
        (
            "https://www.youtube.com/channel/UCBcRF18a7Qf58cCRy5xuWwQ",
            "youtube",
            {"channel": "UCBcRF18a7Qf58cCRy5xuWwQ"},
        ),
        (
            "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0001318605",
            "edgar",
            {"cik": "0001318605"},
        ),
        ("https://crt.sh/?q=northbeam.example", "crtsh", {"domain": "northbeam.example"}),
        ("https://t.me/s/northbeam", "telegram", {"channel": "northbeam"}),
        ("https://x.com/northbeam", "x", {"account": "northbeam"}),
        ("https://www.linkedin.com/company/northbeam/", "linkedin", {"company": "northbeam"}),
        (
            "https://mastodon.example/@northbeam",
            "mastodon",
            {"account": "https://mastodon.example/@northbeam"},
        ),
        ("https://medium.com/@northbeam", "medium", {"publication": "@northbeam"}),
        ("https://search.gleif.org/#/record/529900T8BM49AURSDO55", "gleif", {"lei": "529900T8BM49AURSDO55"}),
        ("https://www.wikidata.org/wiki/Q478214", "wikidata", {"item": "Q478214"}),
        (
            "https://find-and-update.company-information.service.gov.uk/company/01234567/officers",
            "companies-house-officers",
            {"company": "01234567"},
        ),
        (
            "https://northbeam.wd5.myworkdayjobs.com/en-US/Careers",
            "workday",
            {"site": "https://northbeam.wd5.myworkdayjobs.com/en-US/Careers"},
        ),
        ("https://northbeam.example/files/Price-list.pdf", "pdf", {}),
        ("https://feeds.buzzsprout.com/12345.rss", "podcast", {}),
        ("https://bridge.us.example/?action=display&bridge=Twitter&format=Atom", "rss-bridge", {}),
        ("https://ted.europa.eu/en/notice/-/detail/13921-2021", "page", {}),
    ],
)
def test_a_bare_address_finds_its_type(url: str, type: str, parameters: dict[str, str]) -> None:
    assert catalogue().guess(url) == (type, parameters)


def test_all_promised_types_exist() -> None:
    assert all(catalogue().find(name) for name in NAMES)
    assert len({adapter.spec.name for adapter in adapters()}) == len(adapters())


@pytest.mark.parametrize("adapter", adapters(), ids=lambda adapter: adapter.spec.name)
def test_every_type_builds_an_address_below_its_base(adapter: Adapter) -> None:
    values: dict[str, Any] = {one.name: _example(one) for one in adapter.spec.parameters}
    url = "https://northbeam.example/x" if adapter.spec.url_required else ""
    public = adapter.address(source(adapter.spec.name, url, **values)).url
    assert public.startswith(adapter.own_schemes or "https://")
    if not adapter.spec.url_required and not adapter.own_schemes:
        with_base = adapter.address(source(adapter.spec.name, base="http://api.localhost:1/", **values)).url
        assert with_base.startswith("http://api.localhost:1/")
        with pytest.raises(SourceSettingsError):
            adapter.address(source(adapter.spec.name))


def _example(parameter: Parameter) -> object:
    return parameter.example.strip("[]").split(", ") if parameter.many else parameter.example


@pytest.mark.parametrize(
    "hostile", ["../../etc", "a/b?c#d", "x@evil.example/", "a b", "\r\nHost: x", "%2e%2e", "日本"]
)
@pytest.mark.parametrize(
    "type", ["greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee", "personio", "crates"]
)
def test_parameters_never_leave_their_place_in_the_address(type: str, hostile: str) -> None:
    name = next(one.name for one in adapter_for(type).spec.parameters)
    try:
        url = adapter_for(type).address(source(type, base="http://api.localhost", **{name: hostile})).url
    except SourceSettingsError:
        return
    assert url.startswith("http://api.localhost/")
    assert "evil.example/" not in url
    assert "\n" not in url


def test_keys_go_into_headers_only() -> None:
    spec = adapter_for("companies-house").address(source("companies-house", company="01234567"), "secret-key")
    assert "secret-key" not in spec.url
    assert spec.headers["Authorization"].startswith("Basic ")


READERS = [adapter for adapter in adapters() if adapter.is_entries]
KEYS = st.sampled_from(
    [
        "jobs",
        "items",
        "id",
        "title",
        "name",
        "content",
        "location",
        "filings",
        "recent",
        "accessionNumber",
        "form",
        "cik",
        "incidents",
        "hits",
        "objectID",
        "versions",
        "num",
        "crate",
        "results",
        "feed",
        "post",
        "uri",
        "record",
        "text",
        "articles",
        "url",
        "studies",
        "protocolSection",
        "released",
        "tag_name",
        "draft",
        "body",
        "version",
        "isListed",
        "offers",
        "shortcode",
        "totalFound",
        "company",
        "departments",
        "categories",
        "createdAt",
        "date_published",
        "items",
        "components",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.parametrize("adapter", READERS, ids=lambda adapter: adapter.spec.name)
@settings(max_examples=20, deadline=None)
@given(value=JSON)
def test_any_json_gives_entries_or_source_error(adapter: Adapter, value: object) -> None:
    _entries_or_refusal(adapter, json.dumps(value).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("adapter", READERS, ids=lambda adapter: adapter.spec.name)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_damaged_payloads_give_entries_or_source_error(adapter: Adapter, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(SMALL))
    body = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    _entries_or_refusal(adapter, bytes(body))


SMALL = sorted(path for path in PAYLOADS.iterdir() if path.stat().st_size < 6_000 and path.suffix != ".md")


def _entries_or_refusal(adapter: Adapter, body: bytes) -> None:
    try:
        entries = adapter.parse(body, URL, "text/xml", {})
    except SourceError:
        return
    for entry in entries:
        assert entry.id
        assert entry.title
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published.tzinfo is not None
        assert "\n" not in entry.title + entry.text + entry.id
    if adapter.follow is not None:
        adapter.follow(body, URL)
