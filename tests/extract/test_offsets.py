"""Offsets: the slice of the snapshot, read as text, is what is quoted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from extract.document import ReadOptions
from extract.read import read_document
from extract.reading.decode import decode
from extract.reading.offsets import LONGEST, Source
from extract.values.normalise import fold
from store.database import Database
from store.snapshots import get_snapshot, snapshot_bytes
from tests.extract.watching import Watch, pricing_page

PAGES = sorted(Path(__file__).parent.glob("pa*/*/*.html"))
_UNREAD = ("script", "style", "noscript", "template", "svg", "iframe", etree.Comment)
OPTIONS = ReadOptions(article=False, marks=False)


def as_text(source: str) -> str:
    """Read a piece of source as a browser shows it, without white space."""
    root = html.fromstring(f"<div>{source}</div>")
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    return "".join(fold(" ".join(root.itertext())).split())


def test_slice_of_a_changed_page_reads_as_the_text_that_is_quoted(database: Database) -> None:
    watch = Watch(database)
    watch.capture(pricing_page())
    watch.capture(pricing_page("<b>$59</b>&nbsp;", quote="R&amp;D likes it, and so do <i>we</i>."))
    (change,) = watch.changes()
    assert len(change.places) == len(change.added) + len(change.removed) == 4
    with database.read() as session:
        sources = {
            added: decode(snapshot_bytes(session, snapshot))
            for added, number in ((True, change.after_snapshot_id), (False, change.before_snapshot_id))
            if number and (snapshot := get_snapshot(session, number))
        }
    for place in change.places:
        assert place.start is not None
        assert as_text(sources[place.added][place.start : place.end]) == "".join(place.text.split())
    pro = next(place for place in change.places if place.added and "$59" in place.text)
    assert pro.path == ("Pricing", "Pro")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_what_is_located_reads_as_the_block_and_most_blocks_are(page: Path) -> None:
    body = page.read_bytes()
    source = Source(decode(body))
    blocks = read_document(body, url="page.html", options=OPTIONS).blocks
    found = 0
    for block in blocks:
        span = source.locate(block.text, block.path)
        if span is not None:
            found += 1
            assert as_text(source.text[span.start : span.end]) == "".join(block.text.split())
    assert found >= 0.85 * len(blocks)


def test_text_is_found_below_its_own_heading() -> None:
    source = Source("<h2>Starter</h2><p>$9</p><h2>Pro</h2><p>$9</p>")
    span = source.locate("$9", ("Pro",))
    assert span is not None
    assert span.start > source.text.index("Pro")


def test_name_of_a_logo_is_found_in_its_attribute() -> None:
    source = Source('<img src="a.svg" alt="Contoso &amp; Sons">')
    span = source.locate("Contoso & Sons")
    assert span is not None
    assert source.text[span.start : span.end] == "Contoso &amp; Sons"


def test_what_does_not_stand_there_is_not_located() -> None:
    assert Source("<p>Pro costs $49</p>").locate("Pro costs $59") is None
    assert Source("word " + "x" * LONGEST).locate("word") is None


@settings(deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_any_source_is_cut_and_any_span_lies_inside(text: str, quote: str) -> None:
    for place in (text, f"<p>{text}{quote}</p>"):
        span = Source(place).locate(quote)
        assert span is None or 0 <= span.start < span.end <= len(place)


@pytest.mark.parametrize(
    "piece", ['<a "', "<b>", "<script>", "<script ", "<!--", "<!", "&", "&amp", "<a 'x' "]
)
def test_hostile_markup_is_cut_in_a_moment(piece: str) -> None:
    began = time.perf_counter()
    Source(piece * 200_000 + "word").locate("word")
    assert time.perf_counter() - began < 20
