"""The cheap view: it saves the reading, and never hides what the comparison would report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from extract.compare import compare_documents
from extract.document import VERSION, Document, ReadOptions
from extract.read import read_document
from extract.watching.sight import Capture, Known, Sight, first_look, look_at
from store.database import Database
from store.documents import DocumentMark, last_accepted_document
from store.kinds import Look, PageType
from store.prune import prune_database
from store.snapshots import latest_ok_snapshot
from tests.extract.watching import Watch, pricing_page

FOLDER = Path(__file__).parent
PAGES = sorted([*FOLDER.glob("pages/*/*.html"), *FOLDER.glob("pairs/*/*.html")])
OPTIONS = ReadOptions(article=False, marks=False)
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
URL = "https://northbeam.example/page"


def capture(body: bytes, page_type: PageType | None = None) -> Capture:
    return Capture(body=body, url=URL, content_type=None, page_type=page_type, options=OPTIONS)


def known_of(sight: Sight, before: bytes = b"", page_type: PageType | None = None) -> Known:
    """Return what is known after a look: a document, or the capture alone if it was not read."""
    document = sight.document
    mark = DocumentMark(
        id=1,
        source_id=1,
        snapshot_id=1,
        page_type=document.page_type if document else page_type or PageType.GENERIC,
        fingerprint=sight.fingerprint,
        view=sight.view,
        sketch=sight.sketch,
        seen_at=NOON,
        version=VERSION,
    )
    return Known(
        mark=mark,
        blocks=lambda: document.blocks if document else (),
        capture=lambda: capture(before, page_type),
    )


def is_same(before: bytes, after: bytes, page_type: PageType | None = None) -> bool:
    """Return whether the cheap looks take the two for the same, and hold that nothing would be reported then.

    The first is known read and unread.
    """
    first = look_at(capture(before, page_type))
    assert first.document is not None
    second = look_at(capture(after, page_type), known_of(first, before, page_type))
    unread = look_at(
        capture(after, page_type), known_of(first_look(capture(before, page_type)), before, page_type)
    )
    if second.document is None or unread.document is None:
        hold(
            first.document, read_document(after, url=URL, page_type=first.document.page_type, options=OPTIONS)
        )
    if second.document is None and second.noise:
        assert all(item.reason for item in second.noise)
    return second.document is None


def hold(before: Document, after: Document) -> None:
    for difference in (compare_documents(before, after), compare_documents(after, before)):
        assert not difference.changed, (difference.added, difference.removed, difference.facts)


@pytest.mark.parametrize(
    "folder", sorted(FOLDER.glob("pairs/*")) + sorted(FOLDER.glob("pages/*")), ids=lambda f: f.name
)
def test_same_at_a_cheap_look_is_nothing_to_report(folder: Path) -> None:
    before, after = (next(iter(folder.glob(f"{side}.*")), None) for side in ("before", "after"))
    if before is not None and after is not None:
        is_same(before.read_bytes(), after.read_bytes())
        assert is_same(after.read_bytes(), after.read_bytes())


_FIGURE = re.compile(rb"(?<=[>\s$\xe2\x82\xac])\d+(?=[<\s,.%kKM])")
_WORD = re.compile(rb"(?<=[>\s])[A-Za-z]{4,}(?=[<\s,.])")


def edits(body: bytes) -> st.SearchStrategy[bytes]:
    """Return mutations of a page: of figures, words, attributes, and of whole elements."""

    def replaced(pattern: re.Pattern[bytes], value: bytes, place: float) -> bytes:
        found = list(pattern.finditer(body))
        if not found:
            return body
        match = found[int(place * (len(found) - 1))]
        return body[: match.start()] + value + body[match.end() :]

    return st.one_of(
        st.builds(
            replaced, st.just(_FIGURE), st.integers(0, 99_999).map(lambda n: b"%d" % n), st.floats(0, 1)
        ),
        st.builds(
            replaced,
            st.just(_WORD),
            st.sampled_from([b"never", b"Contoso", b"today", b"free"]),
            st.floats(0, 1),
        ),
        st.builds(
            lambda place, kind: altered(body, place, kind), st.floats(0, 1), st.sampled_from(sorted(ALTER))
        ),
    )


def altered(body: bytes, place: float, kind: str) -> bytes:
    root = html.fromstring(body)
    elements = [e for e in root.iter(etree.Element) if e.getparent() is not None]
    if not elements:
        return body
    ALTER[kind](elements[int(place * (len(elements) - 1))])
    return bytes(etree.tostring(root, method="html"))


def _drop(element: etree._Element) -> None:
    element.getparent().remove(element)


def _swap(element: etree._Element) -> None:
    following = element.getnext()
    if following is not None:
        following.addnext(element)


ALTER = {
    "drop": _drop,
    "swap": _swap,
    "rename": lambda e: setattr(e, "tag", "div"),
    "nonce": lambda e: e.set("nonce", "r4nd0m"),
    "class": lambda e: e.set("class", "cookie-banner"),
    "id": lambda e: e.set("id", "testimonials"),
    "role": lambda e: e.set("role", "navigation"),
    "label": lambda e: e.set("aria-label", "Advertisement"),
    "variant": lambda e: e.set("data-variant", "b"),
    "slot": lambda e: e.set("data-ad-slot", "1"),
    "hidden": lambda e: e.set("type", "hidden"),
    "alt": lambda e: e.set("alt", "Contoso logo"),
    "src": lambda e: e.set("src", "/logos/contoso.png"),
    "lazy": lambda e: e.set("data-src", "/customers/fabrikam-logo.svg"),
    "set": lambda e: e.set("srcset", "/customers/fabrikam-logo.svg 2x"),
    "style": lambda e: e.set("style", "display:block"),
    "bare": lambda e: e.attrib.clear(),
    "classes": lambda e: e.set("class", (e.get("class") or "") + " css-1a2b3c"),
    "logo": lambda e: e.insert(0, html.fromstring("<svg><title>Contoso</title></svg>")),
    "span": lambda e: e.insert(0, html.fromstring("<span>Director</span>")),
    "href": lambda e: e.set("href", "/elsewhere"),
    "text": lambda e: setattr(e, "text", "Pro costs $59 a month"),
    "tail": lambda e: setattr(e, "tail", "and 12 stars"),
}


@settings(max_examples=200)
@given(st.data())
def test_no_mutation_of_a_page_is_hidden_by_a_cheap_look(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(PAGES)).read_bytes()
    once = data.draw(edits(body))
    is_same(body, once)
    is_same(once, data.draw(edits(once)))


#: What changes by itself, and ways in which a page may hold it; the mark stands for its figure.
MARK = "4040404"
CLOCKS = (
    "Updated {} minutes ago", "{} reviews", "{} people are viewing this page", "{}:14:02", "Last updated: {} May 2026",
    "{} open positions", "Served in {} ms", "{} min read", "{} stars", "Page {} of 9", "{}", "$9 {} reviews", "- {} -",
)  # fmt: skip
HOLDERS = (
    "<p>{}</p>", "<span>{}</span>", "<li>{}</li>", "<small class='meta'>{}</small>", "<td>{}</td>", "<b>{}</b>",
    "<div><span>{}</span></div>", "<h3>{}</h3>", "<a href='/more'>{}</a>", "<tr><td>Seen</td><td>{}</td></tr>",
    "<sup>{}</sup>", "<div class='counter'>{}</div>", "<div>{}<br>more</div>", "<select><option>{}</option></select>",
)  # fmt: skip


def with_clock(body: bytes, place: float, within: bool, clock: str, holder: str) -> bytes:
    """Return a page with something that changes by itself inside or behind one of its elements."""
    root = html.fromstring(body)
    elements = [
        e
        for e in root.iter("p", "li", "td", "h2", "h3", "div", "span", "tr", "ul")
        if e.getparent() is not None
    ]
    if not elements:
        return body
    element = elements[int(place * (len(elements) - 1))]
    new = html.fragment_fromstring(holder.format(clock.format(MARK)))
    if within:
        element.append(new)
    else:
        element.addnext(new)
    return bytes(etree.tostring(root, method="html"))


@settings(max_examples=100)
@given(st.data())
def test_clock_beside_anything_hides_nothing(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(PAGES)).read_bytes()
    page = with_clock(
        body,
        data.draw(st.floats(0, 1)),
        data.draw(st.booleans()),
        data.draw(st.sampled_from(CLOCKS)),
        data.draw(st.sampled_from(HOLDERS)),
    )
    figures = st.one_of(
        st.integers(1, 12_000).map(lambda number: b"%d" % number),
        st.sampled_from(
            [b"an", b"two", b"3 hours, 2", b"a few", b"Monday, 4", b"12 June", b"December 3", b"days 5"]
        ),
    )
    before, after = (page.replace(MARK.encode(), data.draw(figures)) for _ in range(2))
    page_type = data.draw(st.sampled_from([None, PageType.PRICING, PageType.CAREERS]))
    is_same(before, after, page_type)
    is_same(before, data.draw(edits(after)), page_type)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$49 / month", "$59 / month"),
        ("Up to 10 seats", "Up to 25 seats"),
        ("5 GB of storage", "8 GB of storage"),
        ("We are 250 people", "We are 310 people"),
        ("Harbour Summit, 12 March 2027", "Harbour Summit, 19 March 2027"),
        ("Uptime of 99.9 %", "Uptime of 99.5 %"),
        ("Notice is 30 days", "Notice is 60 days"),
    ],
)
@pytest.mark.parametrize(
    "shape", ["<ul><li>{}</li><li>{}</li></ul>", "<p>{} <span>{}</span></p>", "<p>{}</p><p>{}</p>"]
)
def test_figure_that_is_a_fact_is_never_taken_for_the_clock_beside_it(
    before: str, after: str, shape: str
) -> None:
    for page_type in (None, PageType.PRICING):
        pages = [
            pricing_page(
                extra=shape.format(text, f"Updated {clock} minutes ago") + "<p>More words to read.</p>" * 40
            )
            for text, clock in ((before, 3), (after, 14))
        ]
        one, other = (page.encode() for page in pages)
        assert not is_same(one, other, page_type)


def test_counted_things_in_the_lists_of_plans_are_limits() -> None:
    pages = [
        pricing_page(
            extra=f"<ul><li>{count} reviews a month</li><li>Mail</li></ul>" + "<p>More words.</p>" * 90
        )
        for count in ("1,200", "900")
    ]
    one, other = (page.encode() for page in pages)
    assert not is_same(one, other, PageType.PRICING)


@pytest.mark.parametrize(
    "line",
    [
        "Updated {} minutes ago",
        "Last updated: {} May 2026",
        "Served in {} ms",
        "Read by <b>{} people</b> today",
        "{} reviews",
        "Posted {} days ago by the team",
    ],
)
def test_clock_alone_needs_no_reading(line: str) -> None:
    pages = [
        capture(
            pricing_page(extra=f"<p>{line.format(number)}</p>" + "<p>More words to read.</p>" * 60).encode()
        )
        for number in (3, 14)
    ]
    known = known_of(first_look(pages[0]))
    seen = look_at(pages[1], replace(known, capture=lambda: None))
    assert seen.known == 1
    assert [item.reason for item in seen.noise] != []


@pytest.mark.parametrize(
    "noise",
    [
        lambda n: f"<script nonce='{n}'>window.seed='{n}'</script>",
        lambda n: f"<input type='hidden' name='csrf' value='{n}'>",
        lambda n: f"<!-- built {n} -->",
        lambda n: f"<img src='/pixel.gif?cache={n}' data-request='{n}'>",
        lambda n: f"<a href='/plans?utm_source={n}&sid={n}'>All plans</a>",
        lambda n: f"<style>.x{n}{{color:red}}</style>",
    ],
)
def test_tokens_of_a_request_need_no_reading(noise: Callable[[str], str]) -> None:
    long = "<p>" + "Every word of this page stays as it is. " * 40 + "</p>"
    first, second = (look_at(capture(pricing_page(extra=long + noise(n)).encode())) for n in ("a81f", "c90b"))
    assert first.view == second.view != ""
    assert (
        look_at(capture(pricing_page(extra=long + noise("d12e")).encode()), known_of(first)).document is None
    )


def test_plans_that_swap_their_prices_are_read_whole() -> None:
    page = "<h2>Starter</h2><p>{} / month</p><h2>Pro</h2><p>{} / month</p>" + "<p>More words.</p>" * 120
    before, after = page.format("$9", "$49"), page.format("$49", "$9")
    first = look_at(capture(before.encode(), PageType.PRICING))
    assert look_at(capture(after.encode(), PageType.PRICING), known_of(first)).document is not None


def test_page_that_rests_keeps_one_document_and_is_met_again(database: Database) -> None:
    watch = Watch(database)
    for minutes in range(4):
        watch.capture(pricing_page(extra=f"<p>Updated {minutes} minutes ago</p>"))
    with database.read() as session:
        stored = last_accepted_document(session, watch.source_id)
        newest = latest_ok_snapshot(session, watch.source_id)
    assert stored is not None
    assert newest is not None
    assert stored.snapshot_id < newest.id
    assert stored.seen_at == newest.fetched_at
    assert "relative date" in watch.drop_reasons()


def test_what_a_resting_page_is_compared_with_is_never_pruned(database: Database) -> None:
    watch = Watch(database)
    for minutes in range(4):
        watch.capture(pricing_page(extra=f"<p>Updated {minutes} minutes ago</p>"), after=timedelta(days=200))
    with database.write() as session:
        prune_database(session, watch.now, watch.now)
    watch.capture(pricing_page("$59"))
    assert watch.states() == ["pending"]


def test_text_that_went_after_a_long_rest_is_remembered_as_seen_until_then(database: Database) -> None:
    watch = Watch(database)
    extra = "<p>We open on the first of the month.</p>"
    watch.capture(pricing_page(extra=extra))
    for minutes in range(3):
        watch.capture(
            pricing_page(extra=f"{extra}<p>Updated {minutes} minutes ago</p>"), after=timedelta(days=60)
        )
    watch.capture(pricing_page(), after=timedelta(days=1))
    watch.capture(pricing_page(), after=timedelta(days=1))
    watch.capture(pricing_page(extra=extra), after=timedelta(days=40))
    assert [change.added for change in watch.changes()] == [()]
    assert watch.changes()[0].removed == ("We open on the first of the month.",)


def test_second_visit_within_moments_teaches_also_after_cheap_looks(database: Database) -> None:
    watch = Watch(database)
    watch.capture(pricing_page(quote="It saved us a day a week, every week."))
    watch.capture(pricing_page(quote="Nobody wants to go back."), Look.LEARN, after=timedelta(seconds=2))
    watch.capture(pricing_page(quote="It saved us a day a week, every week."))
    watch.capture(pricing_page(quote="The best decision we made in the spring."))
    assert watch.changes() == []
