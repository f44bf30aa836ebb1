"""A person's word against the computed health: both are kept, it ends, and nothing else moves by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.health import BandConfig
from healthmerge.overrides import BadOverrideError, lift_override, moved_into, put_override
from healthmerge.report import account_report
from healthmerge.report_text import report_text
from healthmerge.score import RANKS, band_of
from store.accounts import get_account
from store.health import latest_health
from store.kinds import Band
from store.overrides import NoOverrideError, Override, overrides_in_force

GOOD = {"nps": 55.0, "adoption": 84.0, "payment_on_time_share": 97.0, "stakeholder_coverage": 78.0}


def _word(bank, band=Band.RED, days=14, reason="the CISO told us that they leave", **more) -> Override:
    account = get_account(bank.session, "harbour-bank")
    assert account is not None
    override = Override(
        account_id=account.id,
        band=band,
        reason=reason,
        author="dana@us.example",
        created_at=bank.now,
        expires_at=bank.now + timedelta(days=days),
        **more,
    )
    return put_override(bank.session, account, override, BandConfig(), bank.now)


def test_an_override_is_in_force_at_once_and_the_computed_score_stands_beside_it(
    make_bank, any_database
) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(**GOOD)
        computed = bank.run()
        _word(bank)
        said = latest_health(session, bank.id)[bank.id]
        report = account_report(session, "harbour-bank", bank.now)
        again = bank.run()
    assert computed.band is Band.GREEN
    assert said.band is Band.RED
    assert said.score == pytest.approx(49)
    assert (said.own_band, said.own_score) == (computed.band, computed.score)
    assert said == again
    assert report is not None
    assert report["health"]["band"] == "red"
    assert report["health"]["computed"] == {"score": computed.score, "band": "green"}
    assert report["health"]["override"]["reason"] == "the CISO told us that they leave"
    text = report_text(report)
    assert "is red at 49 of 100" in text
    assert "the word of dana@us.example" in text
    assert "Computed, it is green at" in text


def test_an_override_raises_the_flag_of_its_band_and_says_whose_word_it_is(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(**GOOD)
        bank.run()
        _word(bank)
        bank.run()
        assert bank.flags()["health_red"].because.endswith("by the word of a person")


def test_an_override_ends_by_itself_and_by_a_person(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(**GOOD)
        computed = bank.run()
        _word(bank, days=2)
        assert bank.run(bank.now + timedelta(days=1)).band is Band.RED
        after = bank.run(bank.now + timedelta(days=3))
        assert (after.band, after.override_id) == (Band.GREEN, None)
        assert after.trend_4w is None
        _word(bank, days=9)
        account = get_account(session, "harbour-bank")
        assert account is not None
        lift_override(session, account, "sam@us.example", bank.now + timedelta(hours=1))
        assert latest_health(session, bank.id)[bank.id].band is computed.band
        assert overrides_in_force(session, bank.now + timedelta(hours=2)) == {}
        with pytest.raises(NoOverrideError):
            lift_override(session, account, "sam@us.example", bank.now + timedelta(hours=3))


def test_a_new_word_ends_the_one_before(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(**GOOD)
        bank.run()
        _word(bank)
        _word(bank, band=Band.YELLOW, score=60.0, reason="they stay for a year, not longer")
        row = latest_health(session, bank.id)[bank.id]
        [held] = overrides_in_force(session, bank.now).values()
    assert (row.band, row.score, row.own_band) == (Band.YELLOW, 60, Band.GREEN)
    assert held.reason == "they stay for a year, not longer"


def test_an_override_moves_neither_hysteresis_nor_moves_of_the_days_after(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(**GOOD)
        first = bank.run()
        _word(bank, days=1)
        second = bank.run(bank.now + timedelta(days=2))
    assert second.band is first.band
    assert all(abs(move["points"]) < 2 for move in second.moves)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"days": -1}, "a day after today"),
        ({"days": 400}, "within 180 days"),
        ({"reason": "because"}, "too short"),
        ({"band": Band.GREY}, "green, yellow or red"),
        ({"band": Band.RED, "score": 80.0}, "is not red"),
    ],
)
def test_an_override_that_cannot_be_is_refused(make_bank, database, wrong, words) -> None:
    with database.write() as session:
        bank = make_bank(session)
        with pytest.raises(BadOverrideError, match=words):
            _word(bank, **wrong)


@given(st.floats(0, 100), st.sampled_from(RANKS))
def test_a_moved_score_lies_in_its_band_and_moves_no_further_than_it_must(score, band) -> None:
    bands = BandConfig()
    moved = moved_into(score, band, bands)
    assert moved is not None
    assert band_of(moved, bands) is band
    if band_of(score, bands) is band:
        assert moved == pytest.approx(score, abs=1.0)
