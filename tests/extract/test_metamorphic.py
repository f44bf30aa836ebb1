"""Noise never yields a change, news always yields exactly itself, and both together yield the news alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from store.kinds import FactKind, PageType
from store.records import Difference
from tests.extract.news_operators import MARKUPS, NEWS, News
from tests.extract.noise_operators import NOISE, at_end

HERE = Path(__file__).parent
PAGES = sorted(path for path in HERE.glob("pa*s/*/before.html") if path.stat().st_size < 120_000)
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.integers(0, 2**60)
#: A clause is headed text; in a box of plain lines nothing says which line is its name.
HEADED = ("headed", "articles")


def read(html: str, page_type: PageType | None = None) -> Document:
    options = ReadOptions(article=False)
    return read_document(
        html.encode(),
        url="https://northbeam.example/x",
        content_type="text/html",
        page_type=page_type,
        options=options,
    )


def page_with(host: str, news: News, markup: str, *, after: bool) -> str:
    rows = news.after if after else news.before
    return at_end(
        host,
        f'<section class="{markup}"><h2>{news.title}</h2>{MARKUPS[markup](rows)}</section><h2>The end</h2>',
    )


def holds_exactly(difference: Difference, news: News) -> None:
    told = [fact for fact in difference.facts if fact.kind is not FactKind.FEATURE]
    assert [(fact.kind, fact.action, fact.name) for fact in told] == [(news.kind, news.action, news.name)]
    (fact,) = told
    for key, (before, after) in news.values.items():
        assert (fact.before or {}).get(key) == before
        assert (fact.after or {}).get(key) == after
    assert difference.added or difference.removed
    lines = {cell for row in (*news.before, *news.after) for cell in row}
    shown = " ".join(lines)
    for text in (*difference.added, *difference.removed):
        assert all(word in shown for word in text.split()), text


@pytest.mark.parametrize("noise", sorted(NOISE))
@FEW
@given(path=st.sampled_from(PAGES), one=NUMBERS, other=NUMBERS)
def test_noise_is_never_news(noise: str, path: Path, one: int, other: int) -> None:
    html = path.read_text("utf-8", "replace")
    difference = compare_documents(read(NOISE[noise](html, one)), read(NOISE[noise](html, other)))
    assert not difference.changed, (noise, difference.added, difference.removed)


@pytest.mark.parametrize("name", sorted(NEWS))
@FEW
@given(path=st.sampled_from(PAGES), data=st.data())
def test_news_is_always_exactly_that_news(name: str, path: Path, data: st.DataObject) -> None:
    news = NEWS[name]
    markup = data.draw(st.sampled_from(HEADED if news.kind is FactKind.CLAUSE else sorted(MARKUPS)))
    host = path.read_text("utf-8", "replace")
    before, after = (page_with(host, news, markup, after=side) for side in (False, True))
    holds_exactly(compare_documents(read(before, news.page_type), read(after, news.page_type)), news)


@pytest.mark.parametrize("name", sorted(NEWS))
@FEW
@given(path=st.sampled_from(PAGES), data=st.data(), one=NUMBERS, other=NUMBERS)
def test_news_under_noise_is_told_alone(
    name: str, path: Path, data: st.DataObject, one: int, other: int
) -> None:
    news = NEWS[name]
    markup = data.draw(st.sampled_from(HEADED if news.kind is FactKind.CLAUSE else sorted(MARKUPS)))
    noises = data.draw(st.lists(st.sampled_from(sorted(NOISE)), min_size=1, max_size=4, unique=True))
    host = path.read_text("utf-8", "replace")
    before, after = (page_with(host, news, markup, after=side) for side in (False, True))
    for noise in noises:
        before, after = NOISE[noise](before, one), NOISE[noise](after, other)
    holds_exactly(compare_documents(read(before, news.page_type), read(after, news.page_type)), news)


@pytest.mark.parametrize("name", sorted(NEWS))
@FEW
@given(path=st.sampled_from(PAGES), data=st.data())
def test_news_read_backwards_is_the_same_news_undone(name: str, path: Path, data: st.DataObject) -> None:
    news = NEWS[name]
    markup = data.draw(st.sampled_from(HEADED if news.kind is FactKind.CLAUSE else sorted(MARKUPS)))
    host = path.read_text("utf-8", "replace")
    left, right = (read(page_with(host, news, markup, after=side), news.page_type) for side in (False, True))
    there, back = compare_documents(left, right), compare_documents(right, left)
    assert (set(there.added), set(there.removed)) == (set(back.removed), set(back.added))
    assert [(f.kind, f.name, f.before, f.after) for f in there.facts] == [
        (f.kind, f.name, f.after, f.before) for f in back.facts
    ]
