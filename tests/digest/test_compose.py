"""Composing: the right signals, in the reader's own order, each told once, and taken back when they prove wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from config.settings import Settings
from digest.rank import LEAST_CLOSENESS, LEAST_VALUE, closeness_factor, joint_weight, value_factor, weigh
from digest.record import Digest
from digest.run import make_digest, render_for
from digest.week import week_period
from store.account_readings import AccountReading
from store.kinds import Band, MailKind
from store.models.evidence import SignalRow
from store.subscribers import Subscriber
from tests.digest import worlds
from tests.digest.seed import World

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def plain_world(world: World) -> World:
    world.rival("northbeam", "Northbeam")
    world.source("northbeam", "pricing")
    world.account("harbour-bank", "Harbour Bank")
    return world


def digest_of(session: Session, reader: Subscriber, settings: Settings, week: str = "2026-W47") -> Digest:
    return render_for(session, reader, week_period(reader, week), settings)[0].digest


def headlines(digest: Digest) -> list[str]:
    return [item.headline for item in digest.items]


def threatens(
    world: World, signal: SignalRow, account: str = "harbour-bank", score: float = 0.6
) -> SignalRow:
    world.exposure(account, signal, score, ("rival_present", 0.5, f"Northbeam is in evaluation at {account}"))
    return signal


def test_the_rich_week_holds_all_parts(world: World, session: Session, settings: Settings) -> None:
    digest = digest_of(session, worlds.rich(world), settings)
    assert [theme.title for theme in digest.themes] == [
        "Prices and packages",
        "Customers and partners",
        "Products and positioning",
        "People and hiring",
    ]
    assert [line.name for line in digest.accounts] == ["Meridian Freight", "Harbour Bank"]
    assert [line.band for line in digest.accounts] == [Band.RED, Band.YELLOW]
    assert 3 <= len(digest.summary) <= 5
    assert (digest.watch.sources, digest.watch.reached, digest.watch.unreached) == (18, 16, 2)
    assert [held.count for held in digest.held] == [2, 1]
    assert not digest.empty


def test_an_item_says_what_why_for_whom_what_to_do_and_where(
    world: World, session: Session, settings: Settings
) -> None:
    first = digest_of(session, worlds.rich(world), settings).items[0]
    assert first.rival == "Northbeam Identity"
    assert (first.comparisons[0].before, first.comparisons[0].after) == ("$49 / month", "$59 / month")
    assert first.why.startswith("Customers on Pro pay a fifth more")
    assert [account.name for account in first.affected] == ["Harbour Bank", "Quayside Insurance"]
    assert "is in evaluation at Harbour Bank" in first.affected[0].because
    assert "switching would cost Harbour Bank" in first.action
    assert (first.proofs[0].url, first.proofs[0].seen) == ("https://northbeam.example/pricing", "14 November")
    assert first.rank_reason.startswith(
        "Harbour Bank: exposure 69 of 100, $250,000 a year and renewal in 76 days"
    )


def test_the_play_of_a_flag_is_the_advice(world: World, session: Session, settings: Settings) -> None:
    item = digest_of(session, worlds.rich(world), settings).items[1]
    assert item.action.startswith("Call your main contact before they bring it up.")


def test_every_summary_headline_is_a_signals_own(world: World, session: Session, settings: Settings) -> None:
    digest = digest_of(session, worlds.rich(world), settings)
    said = {line.label: line.text for line in digest.summary}
    assert said["Most pressing"].startswith(digest.items[0].headline)
    assert said["Next"].startswith(digest.items[1].headline)


def test_the_same_threat_weighs_more_on_a_larger_contract_with_a_closer_renewal(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.account("small", "Small", arr=5_000, renewal=300 * DAY)
    plain_world.account("large", "Large", arr=500_000, renewal=30 * DAY)
    for account in ("small", "large"):
        signal = plain_world.signal("northbeam", "launch", f"News for {account}")
        threatens(plain_world, signal, account)
    digest = digest_of(session, plain_world.subscriber(), settings)
    assert headlines(digest) == ["News for large", "News for small"]


def test_a_signal_is_mailed_once_even_if_proofs_come_later(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = threatens(plain_world, plain_world.signal("northbeam", "launch", "Northbeam launched X"))
    reader = plain_world.subscriber()
    assert make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    signal.last_seen_at = now + 2 * DAY
    plain_world.evidence(signal, "northbeam", "https://press.example/x", now + 2 * DAY)
    session.flush()
    assert headlines(digest_of(session, reader, settings, "2026-W48")) == []


def test_a_signal_processed_only_after_its_mail_left_is_told_in_the_next(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    reader = plain_world.subscriber()
    threatens(plain_world, plain_world.signal("northbeam", "launch", "Told in time"))
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    threatens(plain_world, plain_world.signal("northbeam", "launch", "Processed late", seen=DAY))
    assert headlines(digest_of(session, reader, settings, "2026-W48")) == ["Processed late"]


def test_a_signal_released_from_review_is_told_in_the_next_mail(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = threatens(plain_world, plain_world.signal("northbeam", "launch", "Doubtful", held=True))
    reader = plain_world.subscriber()
    first = digest_of(session, reader, settings)
    assert headlines(first) == []
    assert first.held[0].reason == "wait for an analyst's review"
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    signal.review = signal.held = False
    session.flush()
    assert headlines(digest_of(session, reader, settings, "2026-W48")) == ["Doubtful"]


def test_what_was_below_the_readers_limit_does_not_come_later(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    plain_world.signal("northbeam", "launch", "Small thing", impact=0.1)
    reader = plain_world.subscriber(min_impact=0.3)
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    later = digest_of(session, reader, settings, "2026-W48")
    assert (headlines(later), later.held) == ([], ())


def test_a_first_mail_tells_its_own_week_only(
    plain_world: World, session: Session, settings: Settings
) -> None:
    for days in (6, 8):
        plain_world.signal("northbeam", "launch", f"{days} days ago", seen=days * DAY)
    assert headlines(digest_of(session, plain_world.subscriber(), settings)) == ["6 days ago"]


def test_what_proved_wrong_is_corrected_once_in_the_words_it_was_told(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = threatens(plain_world, plain_world.signal("northbeam", "pricing", "Northbeam raised Pro"))
    reader = plain_world.subscriber()
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    signal.headline, signal.retracted_at = "Rewritten since", now + DAY
    signal.retraction = "the page shows the old price again"
    session.flush()
    digest = digest_of(session, reader, settings, "2026-W48")
    (correction,) = digest.corrections
    assert correction.headline == "Northbeam raised Pro"
    assert correction.told == "16 November"
    assert correction.reason == "The page shows the old price again."
    assert correction.points == "Its points are given back to the health of Harbour Bank."
    make_digest(session, reader, week_period(reader, "2026-W48"), settings, now + WEEK)
    assert digest_of(session, reader, settings, "2026-W49").corrections == ()


def test_what_proved_wrong_before_it_was_told_is_not_mentioned(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = plain_world.signal("northbeam", "pricing", "Northbeam raised Pro")
    signal.retracted_at = now - DAY
    session.flush()
    digest = digest_of(session, plain_world.subscriber(), settings)
    assert digest.empty


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({}, {"price", "launch", "other rival"}),
        ({"competitors": ["northbeam"]}, {"price", "launch"}),
        ({"categories": ["pricing"]}, {"price"}),
        ({"min_impact": 0.75}, {"price"}),
    ],
)
def test_wishes_are_respected(
    plain_world: World, session: Session, settings: Settings, wishes: dict[str, Any], told: set[str]
) -> None:
    plain_world.rival("oakline", "Oakline")
    plain_world.signal("northbeam", "pricing", "price", impact=0.8)
    plain_world.signal("northbeam", "launch", "launch", impact=0.5)
    plain_world.signal("oakline", "launch", "other rival", impact=0.5)
    assert set(headlines(digest_of(session, plain_world.subscriber(**wishes), settings))) == told


@pytest.mark.parametrize(
    ("accounts", "linked"), [("owned", {"Mine"}), ("all", {"Mine", "Theirs"}), (["theirs"], {"Theirs"})]
)
def test_only_accounts_in_scope_are_named(
    plain_world: World, session: Session, settings: Settings, accounts: object, linked: set[str]
) -> None:
    plain_world.account("mine", "Mine", owner="Dana@us.example")
    plain_world.account("theirs", "Theirs", owner="rui@us.example")
    signal = plain_world.signal("northbeam", "launch", "Northbeam launched X")
    for account in ("mine", "theirs"):
        threatens(plain_world, signal, account)
    (item,) = digest_of(session, plain_world.subscriber(accounts=accounts), settings).items
    assert {account.name for account in item.affected} == linked


def test_an_exposure_below_the_threshold_links_nothing(
    plain_world: World, session: Session, settings: Settings
) -> None:
    signal = plain_world.signal("northbeam", "launch", "Northbeam launched X")
    threatens(plain_world, signal, score=0.1)
    digest = digest_of(session, plain_world.subscriber(), settings)
    assert digest.themes == ()
    assert headlines(digest) == ["Northbeam launched X"]


def test_beyond_forty_items_the_rest_is_counted_and_never_told_late(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    for number in range(45):
        plain_world.signal("northbeam", "launch", f"News {number}")
    reader = plain_world.subscriber()
    digest = digest_of(session, reader, settings)
    assert (len(digest.items), digest.more) == (40, 5)
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    assert digest_of(session, reader, settings, "2026-W48").empty


def test_an_empty_week_says_so_in_three_lines(world: World, session: Session, settings: Settings) -> None:
    digest = digest_of(session, worlds.empty(world), settings)
    assert digest.empty
    assert [line.text for line in digest.summary] == [
        "Nothing new that concerns you in the week to Monday, 16 November 2026.",
        "16 of 18 sources of 3 rivals were seen, and those were silent; we could not see all of Oakline and"
        " Verity Gate, so silence there proves nothing.",
        "Your account did not fall into a worse band.",
    ]


def test_a_fallen_account_is_news_even_without_a_rivals_move(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.health("harbour-bank", 76, "green", ago=8 * DAY)
    plain_world.health("harbour-bank", 48, "red")
    digest = digest_of(session, plain_world.subscriber(), settings)
    assert not digest.empty
    assert (digest.accounts[0].score_before, digest.accounts[0].score) == ("76", "48")


def test_what_moved_a_score_is_the_strongest_move_of_the_whole_period(
    plain_world: World, session: Session, settings: Settings
) -> None:
    small = [{"points": -0.6, "because": "because earlier news fades"}]
    large = [
        {"points": 4.0, "because": "because usage rose"},
        {"points": -9.2, "because": "because of Northbeam: X"},
    ]
    plain_world.health("harbour-bank", 76, "green", ago=8 * DAY)
    plain_world.health("harbour-bank", 60, "yellow", ago=3 * DAY, moves=large)
    plain_world.health("harbour-bank", 59, "yellow", moves=small)
    (line,) = digest_of(session, plain_world.subscriber(), settings).accounts
    assert line.moved == "−9 points because of Northbeam: X."


def test_an_overridden_health_names_whose_word_it_is_and_what_was_computed(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.health("harbour-bank", 72, "green", ago=8 * DAY)
    row = plain_world.health("harbour-bank", 45, "red")
    plain_world.override(row, "Their CISO told us that they leave", computed=64.0, computed_band="yellow")
    reader = plain_world.subscriber()
    composed, mail = render_for(session, reader, week_period(reader, "2026-W47"), settings)
    (line,) = composed.digest.accounts
    assert line.overridden == (
        "This is the word of dana@us.example until 15 December, not the computed health (yellow at 64): "
        "Their CISO told us that they leave."
    )
    assert "Overridden: This is the word of dana@us.example" in mail.text
    assert "Their CISO told us that they leave." in mail.html


def test_a_computed_health_is_nobodys_word(plain_world: World, session: Session, settings: Settings) -> None:
    plain_world.health("harbour-bank", 76, "green", ago=8 * DAY)
    plain_world.health("harbour-bank", 45, "red")
    (line,) = digest_of(session, plain_world.subscriber(), settings).accounts
    assert line.overridden == ""


def test_a_rival_named_twice_in_a_cause_is_named_once(
    plain_world: World, session: Session, settings: Settings
) -> None:
    move = {"points": -9.2, "because": "because of Northbeam: Northbeam raised Pro"}
    plain_world.health("harbour-bank", 76, "green", ago=8 * DAY)
    plain_world.health("harbour-bank", 59, "yellow", moves=[move])
    (line,) = digest_of(session, plain_world.subscriber(), settings).accounts
    assert line.moved == "−9 points: Northbeam raised Pro."


def test_an_unknown_health_is_said_and_not_zero(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.health("harbour-bank", None, "grey")
    plain_world.flag("harbour-bank", "renewal_near", "the renewal is near")
    (line,) = digest_of(session, plain_world.subscriber(), settings).accounts
    assert (line.band, line.score) == (Band.GREY, "")


def test_a_flag_whose_day_has_passed_is_overdue(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.health("harbour-bank", 45, "red")
    plain_world.flag("harbour-bank", "renewal_near", "the renewal is near", due=-3 * DAY)
    plain_world.flag("harbour-bank", "cai_jump", "the index rose by 22 points", due=3 * DAY)
    (line,) = digest_of(session, plain_world.subscriber(), settings).accounts
    assert {flag.due for flag in line.flags} == {"Overdue since 13 November.", "Due 19 November."}


def test_a_source_that_was_not_visited_for_days_is_no_proof_of_silence(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.source("northbeam", "team", last_success=5 * DAY)
    plain_world.source("northbeam", "careers", state=None, last_success=None)
    watch = digest_of(session, plain_world.subscriber(), settings).watch
    assert (watch.sources, watch.reached, watch.unreached, watch.unvisited) == (3, 1, 1, 1)
    assert watch.blind[0].last_seen == "last seen 5 days ago"


def test_a_quiet_week_is_still_a_mail_of_its_own_kind(
    plain_world: World, session: Session, settings: Settings
) -> None:
    digest = digest_of(session, plain_world.subscriber(), settings)
    assert (digest.kind, digest.key, digest.empty) == (MailKind.WEEKLY, "2026-W47", True)


def an_account(arr: int | None, renewal_in: int | None, now: datetime) -> AccountReading:
    renewal = (now + renewal_in * DAY).date() if renewal_in is not None else None
    return AccountReading(id=1, key="a", name="A", tier="growth", arr=arr, renewal=renewal)  # type: ignore[arg-type]


@given(
    exposure=st.floats(0, 1),
    arr=st.integers(0, 10**7) | st.none(),
    renewal_in=st.integers(-400, 2000) | st.none(),
)
def test_a_weight_is_a_share_and_never_hides_an_exposure(
    exposure: float, arr: int | None, renewal_in: int | None
) -> None:
    now = datetime.fromisoformat("2026-11-16T06:00+00:00")
    account = an_account(arr, renewal_in, now)
    threat = weigh(account, exposure, (), account.arr, now.date())
    assert LEAST_VALUE <= value_factor(account, account.arr) <= 1
    assert LEAST_CLOSENESS <= closeness_factor(account.renewal, now.date()) <= 1
    assert exposure * LEAST_VALUE * LEAST_CLOSENESS <= threat.weight <= exposure
    assert threat.weight <= joint_weight([threat, threat]) + 1e-12 <= 1 + 1e-9


def test_what_many_signals_show_together_is_told_with_its_counting(
    plain_world: World, session: Session, settings: Settings
) -> None:
    for key in ("oakline", "velo"):
        plain_world.rival(key, key.title())
    for key, percent in (("northbeam", 20.0), ("oakline", 5.0), ("velo", 8.0)):
        plain_world.signal(key, "pricing", f"{key} raised a price", facts={"prices": [{"percent": percent}]})
    reader = plain_world.subscriber()
    composed, mail = render_for(session, reader, week_period(reader, "2026-W47"), settings)
    (pattern,) = composed.digest.patterns
    assert pattern.headline == "3 rivals in identity verification raised prices within four weeks"
    for part in (mail.html, mail.text):
        assert "3 rivals in identity verification raised prices" in " ".join(part.split())
