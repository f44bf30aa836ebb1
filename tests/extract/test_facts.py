"""Facts from where a page titles them: names, clauses, limits, stories and their addresses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.facts.clauses import without_number
from extract.read import read_document
from extract.reading.zones import AD, words_of, zone_of
from extract.values.days import without_outer_day
from extract.values.links import clean_link
from store.database import Database
from store.kinds import FactAction, FactKind, Look, PageType
from store.records import Fact
from tests.extract.watching import Watch

NAMES = st.from_regex(r"[A-Z][a-z]{3,8} (?:Bank|Books|Cloud)", fullmatch=True)


def read(main: str, page_type: PageType) -> Document:
    body = f"<html><head><title>Northbeam</title></head><body><main><h1>Page</h1>{main}</main></body></html>"
    return read_document(
        body.encode(),
        url="https://northbeam.example/a/b",
        page_type=page_type,
        options=ReadOptions(article=False),
    )


def facts(main: str, page_type: PageType, kind: FactKind) -> list[Fact]:
    return [fact for fact in read(main, page_type).facts if fact.kind is kind]


def news_card(title: str, reads: int, sid: str) -> str:
    return (
        f'<article class="c"><h3><a href="/news/{title.replace(" ", "-")}?sid={sid}">{title}</a></h3>'
        f"<p>It was said today.</p><p>7 May 2026 · {reads:,} reads</p></article>"
    )


@given(session=st.from_regex(r"[a-z0-9]{4,16}", fullmatch=True))
@pytest.mark.parametrize("name", ["sid", "sessionid", "utm_source", "token", "fbclid", "PHPSESSID"])
def test_address_of_a_visit_is_the_address_of_the_page(name: str, session: str) -> None:
    plain = clean_link("/news/story?page=2", "https://northbeam.example/news")
    assert plain == "https://northbeam.example/news/story?page=2"
    assert clean_link(f"/news/story?{name}={session}&page=2", "https://northbeam.example/news") == plain


@given(target=st.text(max_size=60), base=st.sampled_from(["https://northbeam.example/a", ""]))
def test_any_text_can_be_an_address_and_cleaning_twice_changes_nothing(target: str, base: str) -> None:
    once = clean_link(target, base)
    assert clean_link(once, base) == once


def test_script_is_no_address() -> None:
    assert clean_link("javascript:void(0)", "https://northbeam.example/") == ""


@given(reads=st.integers(1, 99_999), sid=st.from_regex(r"[a-z0-9]{8}", fullmatch=True))
def test_story_is_the_same_for_every_reader(reads: int, sid: str) -> None:
    cards = news_card("Northbeam opens in Oslo", reads, sid) + news_card("Northbeam buys Tally", 5, sid)
    found = facts(cards, PageType.NEWS, FactKind.ENTRY)
    assert [(f.name, f.attributes["date"], f.attributes["url"]) for f in found] == [
        (title, "7 May 2026", f"https://northbeam.example/news/{title.replace(' ', '-')}")
        for title in ("Northbeam opens in Oslo", "Northbeam buys Tally")
    ]


def test_counter_behind_a_title_is_no_part_of_it() -> None:
    line = '<ul><li><a href="/news/oslo-office">We are in Oslo now · 4,782 reads</a> 7 May 2026</li></ul>'
    assert [f.name for f in facts(line, PageType.HOME, FactKind.ENTRY)] == ["We are in Oslo now"]


@pytest.mark.parametrize(
    "cells",
    [
        '<td>7 May 2026</td><td><a href="/news/we-are-in-oslo">We are in Oslo</a><br>Forty people work there.</td>',
        "<td>7 May 2026</td><td>We are in Oslo</td><td>Forty people work there</td>",
    ],
)
def test_story_in_a_row_is_named_by_its_link_or_by_the_cell_beside_the_date(cells: str) -> None:
    table = f"<table><tr><th>Date</th><th>Release</th></tr><tr>{cells}</tr></table>"
    assert [f.name for f in facts(table, PageType.NEWS, FactKind.ENTRY)] == ["We are in Oslo"]


@pytest.mark.parametrize(
    "card",
    [
        "Northbeam raises $65 million <time>Oct 24, 2026</time>",
        "<time>Oct 24, 2026</time> Northbeam raises $65 million",
    ],
)
def test_story_of_a_start_page_is_one_entry_wherever_its_day_stands(card: str) -> None:
    main = f"<h1>Ship faster</h1><h2>Latest news</h2><ul><li><a href='/news/northbeam-raises'>{card}</a></li></ul>"
    told = facts(main, PageType.HOME, FactKind.ENTRY)
    assert [(fact.name, fact.attributes["date"]) for fact in told] == [
        ("Northbeam raises $65 million", "Oct 24, 2026")
    ]


def test_day_below_a_heading_that_labels_it_is_the_effective_date_and_no_clause() -> None:
    main = "<h1>Privacy Notice</h1><h2>Last updated</h2><p>March 4, 2024</p><h2>Refunds</h2><p>None are given.</p>"
    told = facts(main, PageType.POLICY, FactKind.CLAUSE)
    assert {fact.name: dict(fact.attributes) for fact in told if fact.attributes} == {
        "effective date": {"effective": "March 4, 2024"},
        "Refunds": {"text": "None are given."},
    }
    assert "Last updated" not in {fact.name for fact in told}


def test_day_in_bold_before_a_story_names_nothing() -> None:
    main = "<h2>News</h2><ul><li><b>21 May 2024</b> Northbeam opens a second data region in Oslo</li></ul>"
    [told] = facts(main, PageType.HOME, FactKind.ENTRY)
    assert (told.name, told.attributes["date"]) == (
        "Northbeam opens a second data region in Oslo",
        "21 May 2024",
    )


@pytest.mark.parametrize(
    "title",
    ["Review of 24 October 2026 in numbers", "24 October 2026", "Story of 8 November 2025", "No day at all"],
)
def test_day_inside_a_title_or_alone_stays(title: str) -> None:
    assert without_outer_day(title) == title


def test_date_above_a_heading_dates_the_story() -> None:
    item = '<article><time>7 May 2026</time><h2><a href="/news/we-are-in-oslo">We are in Oslo</a></h2>'
    (found,) = facts(
        f"{item}<p>Forty people work there and some live there.</p></article>", PageType.NEWS, FactKind.ENTRY
    )
    assert (found.name, found.attributes["date"]) == ("We are in Oslo", "7 May 2026")


@given(
    names=st.lists(NAMES, min_size=2, max_size=5, unique=True),
    tag=st.sampled_from(["Data", "Alerts", "Sales"]),
)
def test_card_is_named_by_its_heading_and_not_by_its_tag(names: list[str], tag: str) -> None:
    grid = "".join(f'<div class="c"><span>{tag}</span><h3>{n}</h3><p>Does it.</p></div>' for n in names)
    assert [f.name for f in facts(grid, PageType.INTEGRATIONS, FactKind.PARTNER)] == names


@given(name=NAMES)
def test_item_is_named_by_the_bold_text_it_begins_with(name: str) -> None:
    item = f"<ul><li><strong>{name}</strong> (Association). Screening for 140 savings banks.</li></ul>"
    assert [f.name for f in facts(item, PageType.PARTNERS, FactKind.PARTNER)] == [name]


@given(digest=st.from_regex(r"[0-9a-f]{6}", fullmatch=True))
@pytest.mark.parametrize("form", ["css-{}", "Wall_root__{}", "sc-{}"])
def test_hash_in_a_class_name_is_no_word(form: str, digest: str) -> None:
    from lxml import etree

    element = etree.Element("div", {"class": form.format(digest)})
    assert zone_of(element) is None
    assert zone_of(etree.Element("div", {"class": "ad"})) == AD


@given(number=st.integers(1, 40), mark=st.sampled_from([".", ")", " -", ""]))
def test_clause_keeps_its_name_when_its_number_moves(number: int, mark: str) -> None:
    assert without_number(f"{number}{mark} Governing law") == "Governing law"


def test_changed_clause_quotes_the_words_that_changed() -> None:
    def terms(months: str) -> Document:
        clause = f"Our liability is limited to the fees of the {months} months before the event."
        return read(
            f"<h2>7. Liability</h2><p>{clause}</p><h2>8. Law</h2><p>That of Ireland.</p>", PageType.POLICY
        )

    (change,) = compare_documents(terms("twelve"), terms("six")).facts
    assert change.name == "Liability"
    assert "twelve" in (change.before or {})["text"]
    assert change.quote == "Our liability is limited to the fees of the six months before the event."


def test_limit_of_a_matrix_belongs_to_the_plan_of_its_column() -> None:
    table = """<table><tr><th>Plan</th><th>Hobby</th><th>Growth</th></tr>
    <tr><th>Price</th><td>$0 per month</td><td>$149 per month</td></tr>
    <tr><th>Five sites</th><td>–</td><td>✓</td></tr><tr><th>Events</th><td>1,000</td><td>400,000</td></tr></table>"""
    found = facts(table, PageType.PRICING, FactKind.FEATURE)
    assert [(f.name, f.attributes["plan"], f.attributes["text"]) for f in found] == [
        ("Five sites", "Hobby", "–"),
        ("Five sites", "Growth", "✓"),
        ("Events", "Hobby", "1,000"),
        ("Events", "Growth", "400,000"),
    ]


def matrix(*cells: str) -> Document:
    heads = "<tr><th></th><th>Team</th><th>Business</th></tr><tr><td>Price</td><td>$19</td><td>$49</td></tr>"
    row = "".join(f"<td>{cell}</td>" for cell in ("Audit log", *cells))
    return read(f"<table>{heads}<tr>{row}</tr></table>", PageType.PRICING)


def test_feature_that_a_plan_no_longer_has_is_gone_with_what_stands_there_now() -> None:
    (change,) = compare_documents(matrix("Yes", "Yes"), matrix("No", "Yes")).facts
    assert (change.action, change.name) == (FactAction.REMOVED, "Audit log")
    assert (change.before, change.after) == ({"plan": "Team", "text": "Yes"}, {"plan": "Team", "text": "No"})
    (back,) = compare_documents(matrix("–", "✓"), matrix("✓", "✓")).facts
    assert (back.action, back.before) == (FactAction.ADDED, {"plan": "Team", "text": "–"})


def test_feature_that_a_plan_lacks_is_no_news_however_it_is_written() -> None:
    assert not compare_documents(matrix("–", "Yes"), matrix("No", "Yes")).facts


def test_story_with_a_counter_is_confirmed_by_a_look_with_another_count(database: Database) -> None:
    watch = Watch(database, type="news", url="https://northbeam.example/news")
    first = news_card("Northbeam opens in Oslo", 12, "aaaa1111") + news_card(
        "Northbeam buys Tally", 7, "aaaa1111"
    )

    def page(cards: str) -> str:
        return f"<html><head><title>News</title></head><body><main><h1>News</h1>{cards}</main></body></html>"

    watch.capture(page(first))
    watch.capture(page(news_card("Northbeam leaves Lisbon", 3, "bbbb2222") + first))
    watch.capture(
        page(news_card("Northbeam leaves Lisbon", 9, "cccc3333") + first),
        Look.CONFIRM,
        after=timedelta(minutes=10),
    )
    (change,) = watch.changes()
    assert change.state.value == "confirmed"
    assert [fact.name for fact in change.facts] == ["Northbeam leaves Lisbon"]


def test_teaser_that_has_made_room_for_the_next_was_not_taken_back(database: Database) -> None:
    watch = Watch(database, type="home", url="https://northbeam.example/")

    def page(*titles: str) -> str:
        items = "".join(
            f'<li><a href="/news/{t.replace(" ", "-")}">{t}</a> <time>7 May 2026</time></li>' for t in titles
        )
        lead = "<p>Identity checks in 6 seconds for banks and their customers, in 40 countries.</p>"
        return f"<html><body><main><h1>Northbeam</h1>{lead}<h2>News</h2><ul>{items}</ul></main></body></html>"

    titles = [f"Northbeam opens office number {number}" for number in ("one", "two", "three", "four")]
    for start in range(3):
        watch.capture(page(*titles[start : start + 2]), after=timedelta(days=7))
    assert "reverted" not in watch.states()
    assert [fact.name for change in watch.changes() for fact in change.facts] == titles[2:]


@given(order=st.permutations(range(3)), reads=st.integers(1, 99_999), other=st.integers(2, 9))
def test_card_taken_apart_into_lines_says_nothing_new_unless_a_line_does(
    order: list[int], reads: int, other: int
) -> None:
    def cards(text: str) -> str:
        story = f"<h3>Northbeam opens in Oslo</h3><p>{text}</p><p>7 May 2026 · {reads:,} reads</p>"
        return "".join(
            f'<div class="c">{part}</div>' for part in (story, "<h3>Rest</h3><p>Is as it was.</p>")
        )

    def lines(text: str) -> str:
        parts = ("<h2>Northbeam opens in Oslo</h2>", f"<p>{text}</p>", "<p>2026-05-07</p>")
        return "".join(parts[number] for number in order) + "<p>Rest</p><p>Is as it was.</p>"

    same = "Four people of ours work there, near the water."
    before = read(cards(same), PageType.GENERIC)
    assert not compare_documents(before, read(lines(same), PageType.GENERIC)).changed
    news = same.replace("Four", f"{other}00")
    assert compare_documents(before, read(lines(news), PageType.GENERIC)).changed


def incident(*updates: str, name: str = "Delayed webhooks", day: str = "May 5, 2026") -> str:
    lines = "".join(f"<p>{update}</p>" for update in updates)
    return f"<p>All systems operational</p><h2>Past incidents</h2><h3>{day}</h3><h4>{name}</h4>{lines}"


def test_incident_has_a_name_a_day_a_state_and_its_end() -> None:
    updates = "Resolved - Webhooks are on time. May 6, 2026, 09:10 UTC", "Investigating - Webhooks are late."
    (fact,) = facts(incident(*updates), PageType.STATUS, FactKind.ENTRY)
    assert fact.name == "Delayed webhooks"
    assert {key: fact.attributes[key] for key in ("date", "state", "resolved")} == {
        "date": "May 5, 2026",
        "state": "Resolved",
        "resolved": "May 6, 2026",
    }


@pytest.mark.parametrize("text", ["No incidents reported.", ""])
def test_day_without_incident_names_none(text: str) -> None:
    page = f"<h2>Past incidents</h2><h3>May 5, 2026</h3><p>{text}</p><h3>May 4, 2026</h3><p>{text}</p>"
    assert facts(page, PageType.STATUS, FactKind.ENTRY) == []


def test_incident_on_a_card_is_read_too() -> None:
    card = '<li><a href="/incidents/7"><strong>Slow checks</strong></a> Monitoring since 3 June 2026</li>'
    (fact,) = facts(f"<ul>{card}<li><b>Dashboard</b> Operational</li></ul>", PageType.STATUS, FactKind.ENTRY)
    assert (fact.name, fact.attributes["state"]) == ("Slow checks", "Monitoring")


def test_incident_that_ended_is_a_change_of_its_state() -> None:
    old = incident("Investigating - Webhooks are late.")
    new = incident("Resolved - Webhooks are on time again.", "Investigating - Webhooks are late.")
    difference = compare_documents(read(old, PageType.STATUS), read(new, PageType.STATUS))
    (fact,) = difference.facts
    assert fact.before is not None
    assert fact.after is not None
    assert (fact.before["state"], fact.after["state"]) == ("Investigating", "Resolved")


@given(cities=st.lists(st.sampled_from(["Berlin", "Lisbon", "Oslo", "Singapore"]), min_size=1, unique=True))
@pytest.mark.parametrize(
    "markup", ["<h3>{}</h3><p>Main street 4</p>", "<li><b>{}</b><span>Main street 4</span></li>"]
)
def test_offices_are_the_places_below_their_heading(markup: str, cities: list[str]) -> None:
    page = f"<h2>Our offices</h2><div>{''.join(markup.format(city) for city in cities)}</div><h2>Berlin</h2>"
    assert [fact.name for fact in facts(page, PageType.GENERIC, FactKind.OFFICE)] == cities


def test_start_page_has_a_tagline_and_the_line_below_it() -> None:
    found = facts("<p>Checks that an auditor can read.</p>", PageType.HOME, FactKind.FEATURE)
    assert [(fact.attributes["part"], fact.quote) for fact in found] == [
        ("tagline", "Page"),
        ("hero", "Checks that an auditor can read."),
    ]


def test_how_a_firm_presents_itself_is_compared_and_not_stored_as_a_fact(database: Database) -> None:
    watch = Watch(database, type="home", url="https://northbeam.example/")
    rest = "<p>Every check comes with a reason that an auditor can read, and with the time it took.</p>"
    old, new = (
        f"<html><body><h1>{line}</h1>{rest}</body></html>" for line in ("Know your customer", "Trust nobody")
    )
    for body, look in ((old, Look.REGULAR), (new, Look.REGULAR), (new, Look.CONFIRM)):
        watch.capture(body, look)
    (change,) = watch.changes()
    assert (change.state.value, change.added, change.facts) == ("confirmed", ("Trust nobody",), ())


@given(digest=st.from_regex(r"[a-z0-9]{1,7}", fullmatch=True))
@pytest.mark.parametrize("prefix", ["css", "sc", "jss", "svelte"])
def test_generated_class_name_says_nothing_by_chance(prefix: str, digest: str) -> None:
    assert words_of(f"{prefix}-{digest}") <= {prefix}
    assert words_of(f"{prefix}-{digest} ad-slot") >= {"ad", "slot"}


def test_incident_is_stored_with_its_words_and_without_a_fact(database: Database) -> None:
    watch = Watch(database, type="status", url="https://status.northbeam.example/")
    title = "<html><body><h1>Status</h1>"
    old = incident("Resolved - Webhooks are on time again.")
    new = old + "<h4>Slow checks</h4><p>Investigating - Checks take a minute or more for some customers.</p>"
    for body, look in ((old, Look.REGULAR), (new, Look.REGULAR), (new, Look.CONFIRM)):
        watch.capture(f"{title}{body}</body></html>", look)
    (change,) = watch.changes()
    assert change.facts == ()
    assert "Slow checks" in change.added


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("Billed annually: save 20%", "annual discount", "20%"),
        ("Jährliche Zahlung: 15 % Rabatt", "annual discount", "15%"),
        ("Save 25%", "annual discount", "25%"),
        ("Every plan starts with a 14-day free trial.", "free trial", "14 day"),
        ("Try it free for 30 days", "free trial", "30 days"),
        ("30 Tage kostenlos testen", "free trial", "30 tage"),
    ],
)
def test_offers_for_all_plans_are_facts(line: str, name: str, text: str) -> None:
    page = f"<h1>Pricing</h1><p>{line}</p><h2>Pro</h2><p>$20 per month</p>"
    found = [fact for fact in facts(page, PageType.PRICING, FactKind.FEATURE) if fact.name == name]
    assert [fact.attributes["text"] for fact in found] == [text]


@pytest.mark.parametrize(
    "line", ["Charities get 30 % off.", "30-day money-back guarantee", "History of 90 days"]
)
def test_other_shares_and_days_are_no_offer(line: str) -> None:
    page = f"<h1>Pricing</h1><p>{line}</p><h2>Pro</h2><p>$20 per month</p>"
    names = {fact.name for fact in facts(page, PageType.PRICING, FactKind.FEATURE)}
    assert names.isdisjoint({"annual discount", "free trial"})
