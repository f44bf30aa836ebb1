from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.kinds import Band
from store.pages.accounts import HealthPoint
from store.pages.digests import Reader
from web.charts import CHART_HEIGHT, CHART_WIDTH, draw_dial, draw_history, draw_sparkline
from web.facts import describe_attributes, describe_price, known_facts
from web.formats import format_ago, format_days, format_delta, format_every, format_score, safe_href
from web.listing import AccountQuery, address, week_bounds, week_of
from web.routes.overview import next_send
from web.routes.sources import decode
from web.words import pair_texts

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
texts = st.lists(st.text(max_size=60), max_size=6)
scores = st.one_of(st.none(), st.floats(0, 100))


def joined(pieces):
    return "".join(piece.text for piece in pieces)


@given(texts, texts)
def test_side_by_side_loses_no_text_and_invents_none(removed, added):
    pairs = pair_texts(removed, added)
    assert sorted(joined(pair.before) for pair in pairs if joined(pair.before)) == sorted(
        t for t in removed if t
    )
    assert sorted(joined(pair.after) for pair in pairs if joined(pair.after)) == sorted(t for t in added if t)


@given(st.text(max_size=80))
def test_equal_texts_do_not_differ(text):
    pairs = pair_texts([text], [text])
    assert len(pairs) == 1
    assert not any(piece.differs for piece in (*pairs[0].before, *pairs[0].after))


def test_the_words_that_moved_are_marked_and_no_other():
    (pair,) = pair_texts(["Pro costs $49 a month"], ["Pro costs $59 a month"])
    assert [piece.text for piece in pair.before if piece.differs] == ["$49"]
    assert [piece.text for piece in pair.after if piece.differs] == ["$59"]


def test_like_stands_beside_like():
    pairs = pair_texts(
        ["Basic $9 a month", "Pro $49 a month"], ["Pro $59 a month", "Basic $9 a month, billed yearly"]
    )
    assert [(joined(pair.before)[:3], joined(pair.after)[:3]) for pair in pairs] == [
        ("Bas", "Bas"),
        ("Pro", "Pro"),
    ]


@given(st.text(max_size=300))
def test_an_address_in_a_link_is_http_or_there_is_no_link(url):
    safe = safe_href(url)
    assert safe is None or (safe == url and urlsplit(safe).scheme in ("http", "https"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
        "//evil.example", "http://", "https:///path", "http://[::1", "ftp://x.example", "", None,
        "https://x.example/\x00", "http://x.example/" + "a" * 3000,
    ],
)  # fmt: skip
def test_dangerous_and_broken_addresses_are_no_links(url):
    assert safe_href(url) is None


@given(st.lists(st.tuples(scores, scores), max_size=30))
def test_charts_stay_in_their_box_whatever_is_unknown(values):
    points = [
        HealthPoint(
            as_of=date(2026, 5, 1) + timedelta(days=7 * n),
            score=score,
            without=without,
            index=None,
            band=Band.GREY,
        )
        for n, (score, without) in enumerate(values)
    ]
    line, history = draw_sparkline(points), draw_history(points, 75, 50)
    assert (line is None) == (sum(score is not None for score, _ in values) < 2)
    assert "nan" not in str(line).lower()
    for mark in history.marks if history else ():
        assert 0 <= mark.x <= CHART_WIDTH
        assert 0 <= mark.y <= CHART_HEIGHT


@given(scores)
def test_the_dial_never_exceeds_its_track(score):
    dial = draw_dial(score)
    assert 0 <= dial.value <= dial.track <= dial.round


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(days=2), "2 days ago"), (timedelta(hours=1, minutes=59), "1 hour ago"), (timedelta(), "just now"),
        (-timedelta(hours=3), "in 3 hours"), (-timedelta(seconds=5), "in a moment"),
        (timedelta(days=800), "2 years ago"),
    ],
)  # fmt: skip
def test_times_are_told_in_the_readers_words(distance, words):
    assert format_ago(NOW - distance, NOW) == words


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_every_distance_in_time_has_words(moment, now):
    assert format_ago(moment, now)


def test_unknown_is_a_dash():
    assert (format_score(None), format_delta(None)) == ("–", "–")
    assert (format_delta(-0.04), format_delta(3.25), format_delta(-7)) == ("±0", "+3.2", "−7")


def test_days_and_cadences_in_words():
    assert format_days(date(2026, 11, 17), date(2026, 11, 16)) == "tomorrow"
    assert format_days(date(2026, 11, 1), date(2026, 11, 16)) == "15 days ago"
    assert [format_every(timedelta(hours=h)) for h in (6, 24, 168, 36)] == [
        "every 6 hours", "every day", "every week", "every 1.5 days"
    ]  # fmt: skip


def test_prices_in_words():
    assert describe_price({"amount": "49", "currency": "USD", "period": "month"}) == "$49 per month"
    assert describe_price({"amount": "4.90", "currency": "EUR", "unit": "user"}) == "€4.90 per user"
    assert describe_price({"amount": None, "note": "contact us"}) == "contact us"
    assert describe_price({"amount": "NaN"}) == "no public price"
    assert describe_attributes({"role": "CFO", "url": ""}) == "CFO"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["prices", "money", "people", "event", "x"]), values))
def test_facts_of_any_shape_become_lines(facts):
    assert all(lines and all(isinstance(line, str) for line in lines) for _, lines in known_facts(facts))


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_any_bytes_are_shown_as_text(body, content_type):
    assert isinstance(decode(body, content_type), str)


def test_bytes_are_read_by_their_charset():
    assert decode("Müller".encode("latin-1"), "text/html; charset=ISO-8859-1") == "Müller"
    assert decode(b'<meta charset="windows-1252">' + "€".encode("cp1252"), None).endswith("€")


def test_addresses_keep_filters_and_drop_what_is_default():
    active = AccountQuery(band=Band.RED).active()
    assert address("/accounts", active, sort="name") == "/accounts?band=red&sort=name"
    assert address("/accounts", active, band=None, page=1) == "/accounts"


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_a_moment_lies_in_its_week(moment):
    bounds = week_bounds(week_of(moment))
    assert bounds is not None
    assert bounds[0] <= moment < bounds[1]


def test_the_next_mail_follows_the_readers_clock_across_summer_time():
    reader = Reader(
        id=1, key="a", email="a@us.example", name="A", timezone="Europe/Dublin", weekday=0, send_minute=420,
        token="t", active=True, weekly=True, unsubscribed_at=None,
    )  # fmt: skip
    before = next_send(reader, datetime(2026, 10, 23, 12, tzinfo=UTC))
    assert before.astimezone(UTC) == datetime(2026, 10, 26, 7, tzinfo=UTC)
    assert next_send(reader, datetime(2026, 10, 26, 7, tzinfo=UTC)).astimezone(UTC) == datetime(
        2026, 11, 2, 7, tzinfo=UTC
    )
