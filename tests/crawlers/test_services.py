# ruff: noqa: E501  (a table reads better in one line a row)
"""Facts of services' answers beyond count and title: identity, links, dates, what is left out, how pages are turned."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.adapter import RequestSpec
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.judge import Answer
from crawlers.registry import adapter_for
from crawlers.visits import Visit, next_part, whole, with_part
from store.kinds import Category, FactKind, Look
from store.records import Entry
from tests.crawlers.test_types import PAYLOADS, URL, source


def entries(type: str, name: str, url: str = URL) -> tuple[Entry, ...]:
    """Read a recorded payload."""
    return adapter_for(type).parse((PAYLOADS / name).read_bytes(), url)


def read(type: str, value: Any, url: str = URL) -> tuple[Entry, ...]:
    """Read a value as the service's answer."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return adapter_for(type).parse(body, url)


@pytest.mark.parametrize(
    ("type", "name", "id", "url", "published"),
    [
        ("medium", "medium--publication-feed.rss", "https://medium.com/p/125af37d838f", "https://medium.com/invironment/the-creative-forager-125af37d838f?source=rss----d12c403d4976--food", "2018-04-09T18:55:38"),
        ("reddit", "reddit--subreddit-new.json", "t3_1s7fepn", "https://www.reddit.com/r/ClaudeAI/comments/1s7fepn/rclaudeai_list_of_ongoing_megathreads/", "2026-03-30T03:18:44"),
        ("reddit", "reddit--front-page-home.rss", "t3_42tizy", "https://www.reddit.com/r/funny/comments/42tizy/how_the_british_as_seen_by_americans_and_europeans/", "2016-01-26T20:31:34"),
        ("hackernews", "hackernews--algolia-search-by-date.json", "46221321", "https://github.com/MergeMint/mergemint-app", "2025-12-10T18:19:51"),
        ("federal-register", "federal-register--documents-search.json", "2026-07755", "https://www.federalregister.gov/documents/2026/04/21/2026-07755/re-establishment-of-the-hunting-and-shooting-sports-conservation-and-access-council-request-for", "2026-04-21T00:00:00"),
        ("courtlistener", "courtlistener--search-recap.json", "72491415", "https://www.courtlistener.com/docket/72491415/joslin-v-us-department-of-the-interior/", "2026-03-13T00:00:00"),
        ("clinicaltrials", "clinicaltrials--NCT02210780.json", "NCT02210780", "https://clinicaltrials.gov/study/NCT02210780", "2014-08-07T00:00:00"),
        ("openfda", "openfda-510k--510k-examples.json", "K872032", "https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfpmn/pmn.cfm?ID=K872032", "1987-06-29T00:00:00"),
        ("mastodon", "mastodon--status-entity.json", "https://icosahedron.website/@halcy/110446222386355655", "https://icosahedron.website/@halcy/110446222386355655", "2023-05-28T12:06:50"),
        ("arxiv", "arxiv--one-id.xml", "http://arxiv.org/abs/1605.08386", "https://arxiv.org/abs/1605.08386v1", "2016-05-26T17:59:46"),
        ("crossref", "crossref--works-query.json", "10.1093/obo/9780199830060-0238", "https://doi.org/10.1093/obo/9780199830060-0238", "2022-07-26T00:00:00"),
        ("ted", "ted-notice--contract-award-F03-013921-2021.xml", "13921-2021", "https://ted.europa.eu/en/notice/-/detail/13921-2021", "2021-01-13T00:00:00"),
        ("statuspage", "statuspage--google-cloud-incidents.json", "3BvH3LVGcupoYqV6F4Nw", "https://status.cloud.google.com/incidents/3BvH3LVGcupoYqV6F4Nw", "2026-07-15T23:57:00"),
        ("sitemap", "sitemap--news-wordpress-com.xml", "https://shinpaideshou.wordpress.com/2017/04/25/job-opening-reischauer-policy-research-fellow/", "https://shinpaideshou.wordpress.com/2017/04/25/job-opening-reischauer-policy-research-fellow/", "2017-04-25T10:00:36"),
        ("companies-house-officers", "companies-house--officers-fictional.json", "/officers/fictOfficer001/appointments, director, 2019-05-14", "https://find-and-update.company-information.service.gov.uk/officers/fictOfficer001/appointments", "2019-05-14T00:00:00"),
    ],
)  # fmt: skip
def test_an_entry_has_the_service_s_own_id_link_and_date(
    type: str, name: str, id: str, url: str, published: str
) -> None:
    first = entries(type, name)[0]
    assert (first.id, first.url) == (id, url)
    assert first.published is not None
    assert first.published.replace(microsecond=0) == datetime.fromisoformat(published).replace(tzinfo=UTC)


def test_awards_name_winner_buyer_value_and_subject() -> None:
    (award,) = entries("ted", "ted-notice--contract-award-F03-013921-2021.xml")
    assert award.category_hint is Category.CUSTOMER
    assert dict(award.attributes) == {
        "winner": "Sectra ImaXperts",
        "buyer": "vzw Jessa Ziekenhuis",
        "value": "2336300.00 EUR",
        "cpv": "48180000",
        "date": "2021-01-13",
    }
    (newer,) = entries("ted", "ted-notice--eforms-can_24_maximal.xml")
    assert newer.attributes["value"] == "9999999.99 EUR"
    assert newer.attributes["cpv"] == "79710000"


def test_an_award_search_is_read_in_any_language() -> None:
    notice = {
        "publication-number": "100-2026",
        "publication-date": "2026-11-02+01:00",
        "notice-title": {"deu": "Prüfung von Ausweisen", "eng": "Identity checks"},
        "buyer-name": {"deu": ["Stadt Musterstadt"]},
        "winner-name": {"deu": ["Northbeam GmbH", "Northbeam GmbH"]},
        "total-value": 120000,
    }
    (award,) = read("ted", {"notices": [notice, {"notice-title": "no number"}], "totalNoticeCount": 1})
    assert award.title == "Northbeam GmbH won: Identity checks, for Stadt Musterstadt"
    assert award.published == datetime(2026, 11, 2, tzinfo=UTC)
    assert award.url == "https://ted.europa.eu/en/notice/-/detail/100-2026"


def test_us_contracts_are_read_by_their_unique_id() -> None:
    row = {
        "internal_id": 1,
        "generated_internal_id": "CONT_AWD_X_9700",
        "Award ID": "X",
        "Recipient Name": "NORTHBEAM INC",
        "Award Amount": 250000.5,
        "Awarding Agency": "Department of Homeland Security",
        "Start Date": "2026-10-01",
        "Description": "IDENTITY CHECKS",
    }
    (award,) = read("usaspending", {"results": [row, {"Recipient Name": "none"}]})
    assert award.title == "NORTHBEAM INC won a contract of Department of Homeland Security: IDENTITY CHECKS"
    assert award.attributes["value"] == "250000.5 USD"
    assert award.url == "https://www.usaspending.gov/award/CONT_AWD_X_9700"


def test_a_renewed_registration_is_no_news_but_a_new_seat_is() -> None:
    def record(city: str, updated: str) -> Entry:
        entity = {
            "legalName": {"name": "Northbeam Ltd"},
            "status": "ACTIVE",
            "legalAddress": {"city": city, "country": "GB"},
        }
        attributes = {"entity": entity, "registration": {"lastUpdateDate": updated}}
        return read("gleif", {"data": {"id": "529900T8BM49AURSDO55", "attributes": attributes}})[0]

    before = record("Leeds", "2025-11-01T00:00:00Z")
    assert before.id == record("Leeds", "2026-11-01T00:00:00Z").id
    assert before.id != record("York", "2026-11-01T00:00:00Z").id
    assert before.title == "Register of legal entities: Northbeam Ltd, status active, legal address Leeds, GB"


def test_officers_who_leave_are_other_entries_than_when_they_came() -> None:
    found = entries("companies-house-officers", "companies-house--officers-fictional.json")
    left = [one for one in found if "resigned" in one.title]
    assert len(left) == 2
    assert all(one.category_hint is Category.LEADERSHIP for one in found)
    assert not any("1980" in one.text + str(dict(one.attributes)) for one in found)


def test_an_error_that_arxiv_tells_as_an_entry_is_no_entry() -> None:
    with pytest.raises(SourceError, match="incorrect id format"):
        entries("arxiv", "arxiv--error.xml")


def test_a_statement_of_wikidata_that_ended_is_left_out() -> None:
    def claim(item: str, **qualifiers: object) -> dict[str, object]:
        value = {"value": {"entity-type": "item", "id": item}}
        return {"mainsnak": {"datavalue": value}, "rank": "normal", "qualifiers": qualifiers}

    since = [{"datavalue": {"value": {"time": "+2026-10-00T00:00:00Z"}}}]
    claims = {
        "P169": [claim("Q2", P580=since), claim("Q3", P582=[{"snaktype": "value"}])],
        "P31": [claim("Q4")],
    }
    labels = {"en": {"value": "Northbeam"}}
    found = read("wikidata", {"entities": {"Q1": {"labels": labels, "claims": claims}}})
    assert [one.title for one in found] == ["Wikidata on Northbeam: chief executive officer is Q2"]
    assert found[0].published == datetime(2026, 10, 1, tzinfo=UTC)
    assert entries("wikidata", "wikidata--Q10541491.json") == ()


CHANNEL = (PAYLOADS / "constructed--telegram.html").read_bytes()


def test_a_telegram_channel_gives_its_messages_newest_first_and_the_page_before() -> None:
    adapter = adapter_for("telegram")
    newest, older = adapter.parse(CHANNEL, "https://t.me/s/northbeam")
    assert (newest.id, newest.title, newest.url) == (
        "northbeam/42",
        "VerifyFlow 3 is out & free",
        "https://t.me/northbeam/42",
    )
    assert older.text == "We open an office in Riga"
    assert older.published == datetime(2026, 11, 10, 9, tzinfo=UTC)
    assert adapter.follow is not None
    assert adapter.follow(CHANNEL, "https://t.me/s/northbeam") == ("https://t.me/s/northbeam?before=41",)
    with pytest.raises(SourceError, match="no preview"):
        adapter.parse(
            b"<html><body><p>Telegram: Contact @northbeam</p></body></html>", "https://t.me/northbeam"
        )


def test_networks_that_forbid_crawling_are_read_through_the_analyst_s_own_hub_only() -> None:
    hub = "https://rsshub.us.example"
    assert (
        adapter_for("x").address(source("x", account="@northbeam", hub=hub)).url
        == f"{hub}/twitter/user/northbeam"
    )
    assert (
        adapter_for("linkedin").address(source("linkedin", company="northbeam", hub=hub)).url
        == f"{hub}/linkedin/company/northbeam/posts"
    )
    assert adapter_for("rsshub").address(source("rsshub", route="/a/b?x=1", hub=hub)).url == f"{hub}/a/b?x=1"
    with pytest.raises(SourceSettingsError, match="'hub' is missing"):
        adapter_for("x").address(source("x", account="northbeam"))
    with pytest.raises(SourceSettingsError):
        adapter_for("rsshub").address(source("rsshub", route="/../admin", hub=hub))


def test_a_workday_site_is_read_page_after_page_by_post() -> None:
    adapter = adapter_for("workday")
    asked = source("workday", site="https://acme.wd5.myworkdayjobs.com/en-US/External")
    spec = adapter.address(asked)
    assert (spec.url, spec.method) == (
        "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/jobs",
        "POST",
    )

    def page(*numbers: int) -> bytes:
        jobs = [
            {"title": f"Engineer {n}", "externalPath": f"/job/Leeds/Engineer_JR-{n}", "locationsText": "Leeds",
             "postedOn": "Posted Today", "bulletFields": [f"JR-{n}"]}
            for n in numbers
        ]  # fmt: skip
        return json.dumps({"total": 21, "jobPostings": jobs}).encode()

    visit = Visit(source=asked, adapter=adapter, spec=spec, asked=spec.url, look=Look.REGULAR)
    visit = with_part(visit, Answer(asked=spec.url, url=spec.url, status=200, body=page(*range(20))))
    visit = next_part(visit)
    assert json.loads(visit.spec.body)["offset"] == 20
    assert (visit.spec.method, visit.spec.url) == ("POST", spec.url + "#offset=20")
    visit = with_part(visit, Answer(asked=spec.url, url=visit.spec.url, status=200, body=page(20)))
    assert visit.waiting == ()
    joined = whole(visit)
    found = adapter.parse(joined.body, joined.url)
    assert len(found) == 21
    assert (found[20].id, found[20].url, found[20].kind) == (
        "JR-20",
        "https://acme.wd5.myworkdayjobs.com/External/job/Leeds/Engineer_JR-20",
        FactKind.OPENING,
    )


def test_a_page_of_another_host_is_not_asked_with_the_body_of_ours() -> None:
    adapter = adapter_for("usaspending")
    asked = source("usaspending", recipient="Northbeam")
    spec = adapter.address(asked)
    body = json.dumps({"results": [{"Award ID": "1"}] * 100}).encode()
    away = Answer(asked=spec.url, url="https://evil.example/x", status=200, body=body)
    visit = Visit(source=asked, adapter=adapter, spec=spec, asked=spec.url, look=Look.REGULAR)
    visit = Visit(
        **{**{name: getattr(visit, name) for name in visit.__slots__}, "waiting": (f"{away.url}#page=2",)}
    )
    assert next_part(visit).spec == RequestSpec(url=f"{away.url}#page=2", headers=spec.headers)


PAGE = (PAYLOADS / "constructed--schema-org.html").read_bytes()


def test_what_a_page_declares_of_itself_becomes_events_positions_and_offers() -> None:
    event, job, offer = read("schema-org", PAGE, "https://north.example/events")
    assert (event.kind, event.title, event.url) == (
        FactKind.EVENT,
        "Identity Day, 2026-12-01",
        "https://north.example/identity-day",
    )
    assert event.attributes["place"] == "Hall 2, Riga, LV"
    assert (job.kind, job.attributes["place"], job.published) == (
        FactKind.OPENING,
        "Leeds, York",
        datetime(2026, 11, 1, tzinfo=UTC),
    )
    assert (offer.title, offer.category_hint) == ("VerifyFlow: 49 USD, 99.00 USD", Category.PRICING)
    with pytest.raises(SourceError, match="neither JSON-LD nor microdata"):
        read("schema-org", b"<html><body><p>Hello</p></body></html>")


#: Folder of recorded payloads -> the type that reads its files, and those that it must refuse.
RECORDED = {
    "apple-lookup": ("apple", ("things-lookup.json",)),  # one result without its list
    "arxiv": ("arxiv", ("error.xml",)),
    "companies-house": ("companies-house", ()),
    "courtlistener": ("courtlistener", ()),
    "crates": ("crates", ("not_found.json",)),
    "crossref": ("crossref", ("works-one-doi.json",)),
    "crtsh": ("crtsh", ()),
    "federal-register": ("federal-register", ()),
    "feed-atom": ("feed", ()),
    "feed-json": ("feed", ()),
    "feed-rss": ("feed", ()),
    "gdelt": ("gdelt", ()),
    "google-news": ("google-news", ()),
    "hackernews": ("hackernews", ()),
    "jobs-ashby": ("ashby", ()),
    "jobs-lever": ("lever", ()),
    "jobs-personio": ("personio", ()),
    "jobs-recruitee": ("recruitee", ()),
    "jobs-teamtailor": ("teamtailor", ()),
    "jobs-workable": ("workable", ()),
    "medium": ("medium", ()),
    "podcast": ("podcast", ()),
    "reddit": ("reddit", ()),
    "robots": ("robots", ("www.salesforce.com.txt",)),  # a web page in its place
    "sec-fulltext": ("edgar-search", ()),
    "sec-submissions": ("edgar", ()),
    "sitemap": ("sitemap", ()),
    "statuspage": ("statuspage", ()),
    "substack": ("substack", ()),
    "ted-notice": ("ted", ()),
    "websub": ("feed", ()),
    "youtube": ("youtube", ()),
}
OTHERS = {
    "companies-house/officers-fictional.json": "companies-house-officers",
    "companies-house/psc-fictional.json": "companies-house-owners",
    "jobs-greenhouse/amplitude-board.json": "greenhouse",
    "jobs-greenhouse/gitlab-board.json": "greenhouse",
    "jobs-greenhouse/stripe-list.json": "greenhouse",
    "jobs-smartrecruiters/postings-careerkit.json": "smartrecruiters",
    "github-releases/releases-business.json": "github-releases",
    "github-releases/releases-claude-code.json": "github-releases",
    "github-releases/releases-short.atom": "github-releases",
    "mastodon/status-entity.json": "mastodon",
    "wordpress/posts-utah-trust-lands.json": "wordpress",
    "jsonld/event-001.html": "schema-org",
    "jsonld/events-songkick.html": "schema-org",
    "jsonld/product.html": "schema-org",
    "web/events-jsonld-spacenews.html": "schema-org",
    "web/product-page-parallels.html": "schema-org",
}
#: Not this type's own answer, although it lies in its folder.
ELSEWHERE = frozenset(
    {"constants-excerpt.yml", "filing_history_descriptions.yml", "profile-fictional.json", "psc-individual.json",
     "officers-fictional.json", "psc-fictional.json", "search_single-fictional.json", "charges-fictional.json"}
)  # fmt: skip


def test_every_recorded_payload_is_read_or_refused_as_it_should(shared: Path) -> None:
    unread = []
    for folder, (type, refused) in RECORDED.items():
        for path in sorted((shared / "samples" / folder).iterdir()):
            if path.name in ELSEWHERE:
                continue
            try:
                count = len(adapter_for(type).parse(path.read_bytes(), URL))
            except SourceError:
                count = -1
            if (count > 0) is (path.name in refused):
                unread.append(f"{folder}/{path.name}: {count}")
    for name, type in OTHERS.items():
        if not adapter_for(type).parse((shared / "samples" / name).read_bytes(), URL):
            unread.append(name)
    assert unread == []


def test_wrapped_recordings_give_their_facts(shared: Path) -> None:
    samples = shared / "samples"
    study = json.loads((samples / "clinicaltrials" / "NCT02210780.json").read_text())
    (trial,) = read("clinicaltrials", {"studies": [study]})
    assert trial.text == "sponsor Regeneron Pharmaceuticals, status completed, phase 2"
    pages = json.loads((samples / "jobs-workday" / "cxs-jobs.json").read_text())["list_pages"]
    jobs = read("workday", pages, "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/jobs")
    assert jobs[0].url == (
        "https://acme.wd5.myworkdayjobs.com/External/job/US-CA-Santa-Clara/Senior-Software-Engineer_JR-1001"
    )
    bosch = json.loads((samples / "jobs-smartrecruiters" / "bosch-pages-and-detail.json").read_text())
    assert read("smartrecruiters", bosch["list_pages"])
    thread = json.loads((samples / "bluesky" / "thread-post-with-embed.json").read_text())
    post = thread.get("post") or thread["thread"]["post"]
    (said,) = read("bluesky", {"feed": [{"post": post}, {"post": post, "reason": {"$type": "repost"}}]})
    assert said.url.startswith("https://bsky.app/profile/")
    assert said.published is not None


def test_ill_formed_feeds_are_read_or_refused_by_name(shared: Path) -> None:
    told = [_told(path.read_bytes()) for path in sorted((shared / "samples" / "feed-illformed").iterdir())]
    assert sum(one == "" for one in told) == 22
    assert all(one.startswith("not a feed") for one in told if one)


def _told(body: bytes) -> str:
    try:
        adapter_for("feed").parse(body, URL)
    except SourceError as error:
        return str(error)
    return ""
