"""The look at a page's bytes says OK only where the full judgement does, and is quick whatever the bytes are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.judge import OK, Answer, judge
from crawlers.quick_look import is_surely_readable
from crawlers.registry import adapter_for
from crawlers.walls import WALL_LINKS
from tests.crawlers.site import PROSE, page
from tests.crawlers.test_walls import CHALLENGES, NAV, PLACES

URL = "https://north.example/pricing"
LONG = f"<main><h1>Plans</h1><p>{PROSE * 10}</p></main>"
MANY_LINKS = "".join(f'<a href="/{number}">Read more</a>' for number in range(WALL_LINKS + 1))
SHORT = f"<h2>Plans</h2><p>{PROSE * 2}</p>"
PIECES = (
    "<!doctype html>", "<html>", NAV, LONG, "<title>404 not found</title>", "<h1>Page not found</h1>", "<form>",
    "</form>", "<input type=password>", "<script>", "</script>", "<!--", "-->", "<noscript>", "<div id=root></div>",
    "<main>", "<title>Sign in</title>", "<template>", "Loading…", f"<p>{PROSE}</p>", "<h1>", "<", "<a", "\0", "</nav>",
    "<nav>", "<header>", "</header>", "<footer>", "</footer>", "<div>", "</div>", "<table><tr><td>", "</table>",
    '<div role="navigation">', "<aside role=search>", "<svg/>", "<script/>", "<a href=/x>", "</a>", MANY_LINKS, SHORT,
    "<select>", "<title>This domain is for sale</title>", '<script src="//sedoparking.com/x.js"></script>',
    "<main><p>Loading plans, please wait…</p></main>", "<div class=skeleton></div>", '<p title="', "<xmp>", "</xmp>",
)  # fmt: skip


def answer(body: str | bytes, headers: dict[str, str] | None = None) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    return Answer(
        asked=URL, url=URL, status=200, headers={"content-type": "text/html", **(headers or {})}, body=raw
    )


def surely(body: str | bytes, kind: str = "pricing", headers: dict[str, str] | None = None) -> bool:
    return is_surely_readable(answer(body, headers), adapter_for(kind), {})


def test_an_ordinary_page_needs_no_parsing() -> None:
    assert surely(page(text=PROSE * 10))
    assert not surely(page(text="Short."))


def test_a_short_page_with_more_links_than_walls_have_needs_no_parsing() -> None:
    assert surely(f"<!doctype html>{MANY_LINKS}{SHORT}")
    assert not surely(f"<!doctype html>{SHORT}")


@pytest.mark.parametrize(
    "markup",
    [
        f"<nav>{MANY_LINKS}{LONG}",
        f"{MANY_LINKS}<nav><div></nav>{SHORT}",
        f"{MANY_LINKS}<div role='banner'>{SHORT}</div>",
        f"{MANY_LINKS}<svg data-x=1 /><nav><svg></svg>{LONG}",
        f"{MANY_LINKS}{SHORT}<script>window.park = 1</script>",
        f"<script><!--<script></script>{LONG}",
        f'{MANY_LINKS}<p title="{SHORT}',
    ],
)
def test_text_that_may_stand_in_navigation_does_not_count(markup: str) -> None:
    assert not surely("<!doctype html>" + markup)


@pytest.mark.parametrize("name", [*CHALLENGES, *PLACES])
def test_walls_and_strangers_are_judged_in_full(name: str) -> None:
    body = CHALLENGES[name][0] if name in CHALLENGES else PLACES[name][0]
    assert not surely("<!doctype html>" + body)


def test_what_only_headers_selectors_or_addresses_tell_is_judged_in_full() -> None:
    body = page(text=PROSE * 10)
    assert not surely(body, headers={"cf-mitigated": "challenge"})
    assert not is_surely_readable(answer(body), adapter_for("pricing"), {"only": ["#plans"]})
    assert not surely(body, "feed")
    assert not surely(body.replace(b"<h1>Northbeam", b"<h1>Page not found"))
    assert not surely(body + "é".encode("latin-1"))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_surely_readable_is_never_said_of_what_would_be_judged_otherwise(markup: str) -> None:
    body = "<!doctype html>" + markup
    if surely(body):
        assert judge(answer(body), adapter_for("pricing"), {}) == OK


@pytest.mark.parametrize("part", ["<", "<h1>", "<script>", "<!--", "<a", "<title>x", "</h1><h1 ", "<p>a"])
def test_no_markup_takes_long(part: str) -> None:
    began = time.process_time()
    surely("<html>" + part * (2_000_000 // len(part)))
    assert time.process_time() - began < 3


def test_recorded_pages_are_judged_alike() -> None:
    for path in sorted((Path(__file__).parent / "payloads").glob("*.htm*")):
        body = path.read_bytes()
        if surely(body):
            assert judge(answer(body), adapter_for("page"), {}) == OK, path.name
