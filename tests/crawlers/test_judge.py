# ruff: noqa: E501  (a table reads better in one line a row)
"""How answers are judged, without a network: walls are seen, pages that only speak of walls are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import FetchError, FetchReason
from crawlers.judge import Answer, Verdict, judge, judge_failure
from crawlers.page_signs import read_signs
from crawlers.registry import adapter_for, adapters
from crawlers.retry_after import LONGEST, retry_after
from store.kinds import FetchState
from tests.crawlers.site import page

OK, BLOCKED, BROKEN, EMPTY = FetchState.OK, FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY
URL = "https://northbeam.example/pricing"
CLOUDFLARE = b"""<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>
<div class="main-wrapper"><h1 class="zone-name-title">northbeam.example</h1><noscript>Enable JavaScript and cookies to
continue</noscript></div><script>(function(){window._cf_chl_opt={cvId:'3'};})();</script></body></html>"""
DATADOME = b"""<html><head><title>northbeam.example</title></head><body><p id="cmsg">Please enable JS and disable any ad
blocker</p><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>"""
INCAPSULA = b"""<html><head><META NAME="robots" CONTENT="noindex,nofollow"></head><body><iframe id="main-iframe"
src="/_Incapsula_Resource?SWUDNSAI=31">Request unsuccessful. Incapsula incident ID: 100</iframe></body></html>"""
AKAMAI = b"""<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access
this server.<P>Reference 18 <P>https://errors.edgesuite.net/18</BODY></HTML>"""
HUMAN = b"""<html><head><title>Access to this page has been denied</title></head><body><div id="px-captcha"></div>
<p>Press and hold to confirm you are a human.</p></body></html>"""


def judged(body: bytes, status: int = 200, url: str = URL, type: str = "pricing", **more: object) -> Verdict:
    """Judge an answer of the pricing page."""
    headers = {"content-type": "text/html", **more.pop("headers", {})}  # type: ignore[dict-item]
    answer = Answer(
        asked=URL,
        url=url,
        status=status,
        headers=headers,
        body=body,
        rendered=bool(more.pop("rendered", False)),
    )
    return judge(answer, adapter_for(type), more)


@pytest.mark.parametrize("body", [CLOUDFLARE, DATADOME, INCAPSULA, AKAMAI, HUMAN])
@pytest.mark.parametrize("status", [200, 403, 503])
def test_bot_checks_are_seen_whatever_their_status(body: bytes, status: int) -> None:
    assert (judged(body, status).state, judged(body, status).code) == (BLOCKED, "bot-check")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Captcha alternatives | Northbeam",
            "Stop bots without a captcha. Are you human? We check it. " * 12,
        ),
        (
            "Bot protection",
            "Our challenge replaces _cf_chl_opt and px-captcha with proof of work for every visitor. " * 9,
        ),
        (
            "Predictive maintenance for factories",
            "Maintenance windows shrink by half with our sensors. " * 12,
        ),
        (
            "Maintenance plans and prices",
            "Basic maintenance is 49 dollars, full maintenance 99 dollars. " * 9,
        ),
        (
            "Login security",
            "Sign in without passwords. Log in from any device. " * 12 + '<input type="password">',
        ),
        ("Error tracking", "See every 404 page not found and 500 error of your shop in one place. " * 9),
        ("Domains for sale brokers", "We broker domain sales for companies of every size. " * 12),
        ("Consent management", "Before you continue, ask for consent. We value your privacy. " * 12),
    ],
)
def test_pages_that_only_speak_of_walls_are_ok(title: str, text: str) -> None:
    assert judged(page(title, text)).state is OK


@pytest.mark.parametrize(
    ("body", "state", "code"),
    [
        (
            b"<title>Site maintenance</title><h1>We'll be back soon!</h1><p>Sorry for the inconvenience.",
            BROKEN,
            "maintenance",
        ),
        (page("404 - Page not found | Northbeam"), BROKEN, "gone"),
        (page("Oops! That page can't be found."), BROKEN, "gone"),
        (page("Seite nicht gefunden"), BROKEN, "gone"),
        (
            b"<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, it works.",
            BROKEN,
            "default-page",
        ),
        (
            b"<title>northbeam.example is for sale</title><p>Make an offer for this domain today.",
            BROKEN,
            "parked",
        ),
        (
            b'<title>x</title><p>Related searches and many links</p><script src="//www.sedoparking.com/a.js"></script>',
            BROKEN,
            "parked",
        ),
        (
            b'<title>Northbeam</title><form><input type="password"><p>Welcome back, please sign in</form>',
            BLOCKED,
            "login",
        ),
        (
            b"<title>Before you continue</title><p>We and our partners use cookies to make this better.",
            BLOCKED,
            "consent",
        ),
        (
            b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script></script>",
            EMPTY,
            "needs-browser",
        ),
    ],
)
def test_pages_in_the_place_of_content_are_named(body: bytes, state: FetchState, code: str) -> None:
    assert (judged(body).state, judged(body).code) == (state, code)


def test_a_status_page_may_announce_maintenance() -> None:
    body = b"<title>Scheduled maintenance</title><p>All systems operational. Maintenance on Sunday."
    assert judged(body, type="status").state is OK


@pytest.mark.parametrize(
    ("url", "state", "code"),
    [
        ("https://northbeam.example/", BROKEN, "gone"),
        ("https://www.northbeam.example/pricing", OK, ""),
        ("https://northbeam.example/login?next=pricing", BLOCKED, "login"),
        ("https://accounts.google.com/v3/signin", BLOCKED, "login"),
        ("https://consent.northbeam.example/collect", BLOCKED, "consent"),
        ("https://northbeam.example/plans", OK, ""),
    ],
)
def test_where_a_redirect_leads_matters(url: str, state: FetchState, code: str) -> None:
    assert (judged(page(), url=url).state, judged(page(), url=url).code) == (state, code)


def test_a_selector_that_finds_nothing_is_broken_and_says_so() -> None:
    assert judged(page(), only=("main",)).state is OK
    assert judged(page(), only=("#plans", "h1")).state is OK
    gone = judged(page(), only=("#plans",))
    assert (gone.state, gone.code) == (BROKEN, "selector")
    assert "'#plans'" in gone.sentence
    assert judged(page(), only=("!!",)).code == "selector"


def test_pdf_and_text_are_readable() -> None:
    assert judged(b"%PDF-1.7 ...", headers={"content-type": "application/pdf"}).state is OK
    assert judged(b"plans and prices", headers={"content-type": "text/plain"}).state is OK


def test_an_empty_page_in_the_browser_asks_for_wait_for() -> None:
    assert "wait_for" in judged(b'<div id="root"></div><script></script>', rendered=True).sentence


@pytest.mark.parametrize(
    ("value", "date", "wait"),
    [
        ("120", "", timedelta(seconds=120)),
        ("Mon, 16 Nov 2026 07:00:00 GMT", "Mon, 16 Nov 2026 06:00:00 GMT", timedelta(hours=1)),
        ("Mon, 16 Nov 2026 05:00:00 GMT", "Mon, 16 Nov 2026 06:00:00 GMT", timedelta(0)),
        ("99999999999999999999", "", LONGEST),
        ("soon", "", None),
        ("-5", "", None),
        ("", "", None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_capped(value: str, date: str, wait: timedelta | None) -> None:
    assert retry_after({"retry-after": value, "date": date}) == wait


def test_robots_block_and_networks_break() -> None:
    assert judge_failure(FetchError(FetchReason.ROBOTS, "no")).state is BLOCKED
    for reason in FetchReason:
        assert judge_failure(FetchError(reason, "x")).state in (BLOCKED, BROKEN)


@given(st.binary(max_size=400), st.integers(200, 599), st.sampled_from(adapters()))
def test_judging_any_bytes_gives_a_state(body: bytes, status: int, adapter: object) -> None:
    answer = Answer(asked=URL, url=URL, status=status, headers={"content-type": "text/html"}, body=body)
    verdict = judge(answer, adapter, {})  # type: ignore[arg-type]
    assert isinstance(verdict.state, FetchState)
    assert (verdict.reason is None) == (verdict.state in (OK, FetchState.UNCHANGED))


@given(st.text(max_size=200))
def test_signs_of_any_text_are_read(text: str) -> None:
    assert read_signs(text.encode("utf-8", "surrogatepass")).length >= 0


def test_readable_length_leaves_out_scripts_and_styles() -> None:
    signs = read_signs(
        b"<title>T</title><style>.a{}</style><script>var x</script><p>One <b>two</b> three<!-- c --> four</p>"
    )
    assert signs.text == "One two three four"
