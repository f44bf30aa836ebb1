"""The pages on which people answer health: overrides, flags with their trail, the portfolio, the review."""

from __future__ import annotations

from sqlalchemy import select

from store.kinds import Band, FlagVerdict
from store.models.accounts import AccountRow, ExposureRow, FlagRow
from store.models.evidence import SignalRow
from store.models.health import HealthOverrideRow
from tests.web.seed import OWNER

WORD = {"band": "red", "reason": "the CISO told us that they leave", "until": "2026-12-01"}


def test_an_override_shows_both_scores_with_its_author_reason_and_end(seeded, make_person):
    dana = make_person(OWNER)
    before = dana.get("/accounts/harbour-bank")
    assert dana.post("/accounts/harbour-bank/override", **WORD) == 303
    page = dana.get("/accounts/harbour-bank")
    assert "the CISO told us that they leave" in page
    assert f"<strong>{OWNER}</strong> says red until" in page
    assert "by a person" in page
    assert "Computed, it is" in page
    assert "by a person" not in before
    assert dana.post("/accounts/harbour-bank/override/lift") == 303
    assert "by a person" not in dana.get("/accounts/harbour-bank")
    with seeded.read() as session:
        assert session.scalars(select(HealthOverrideRow)).one().ended_by == OWNER


def test_an_account_says_whose_word_its_tier_is(seeded, make_person):
    dana = make_person(OWNER)
    assert "said by nobody" in dana.get("/accounts/harbour-bank")
    with seeded.write() as session:
        account = session.scalars(select(AccountRow).where(AccountRow.key == "harbour-bank")).one()
        account.origins = {"tier": "rule: arr of 250000"}
    assert "by the rule, because of arr of 250000" in dana.get("/accounts/harbour-bank")


def test_an_override_without_reason_or_end_is_refused(seeded, make_person):
    dana = make_person(OWNER)
    ends = ("2020-01-01", "2028-01-01", "9999-12-31")
    for wrong in ({"reason": "short"}, *({"until": end} for end in ends), {"band": "grey"}):
        assert dana.post("/accounts/harbour-bank/override", **{**WORD, **wrong}) in (400, 409, 422)
    assert dana.post("/accounts/harbour-bank/override/lift") in (400, 409)


def test_what_is_held_for_review_is_marked_and_counts_for_nothing(seeded, make_person):
    with seeded.write() as session:
        account = session.scalars(select(AccountRow).where(AccountRow.key == "harbour-bank")).one()
        exposure = session.scalars(select(ExposureRow).where(ExposureRow.account_id == account.id)).first()
        assert exposure is not None
        signal = session.get_one(SignalRow, exposure.signal_id)
        signal.review = signal.held = True
    person = make_person("viewer@us.example")
    assert "waits for review" in person.get("/accounts/harbour-bank")
    exposures = person.client.get("/api/v1/accounts/harbour-bank").json()["exposures"]
    assert [item["counts"] for item in exposures if item["signal"] == signal.id] == [False]


def test_each_exposure_leads_to_its_address_and_its_change(seeded, make_person):
    page = make_person("viewer@us.example").get("/accounts/harbour-bank")
    assert 'class="fine proofs"' in page
    assert 'href="/changes/' in page


def test_an_analyst_releases_a_signal_and_it_waits_for_linking_again(seeded, make_person):
    analyst = make_person("analyst@us.example")
    assert analyst.post("/signals/8/release") == 303
    assert analyst.post("/signals/8/release") in (400, 409)
    with seeded.read() as session:
        row = session.get_one(SignalRow, 8)
        assert (row.review, row.held, row.linked_at) == (False, False, None)


def test_a_dismissed_signal_is_taken_back_and_says_by_whom(seeded, make_person):
    analyst = make_person("analyst@us.example")
    assert analyst.post("/signals/19/dismiss") == 303
    with seeded.read() as session:
        row = session.get_one(SignalRow, 19)
        assert row.retraction == "dismissed in review by analyst@us.example"
        assert row.retracted_at is not None


def test_a_closed_flag_keeps_verdict_and_trail(seeded, make_person):
    dana = make_person(OWNER)
    assert dana.post("/flags/1/close", outcome="they only run a trial", verdict="helped") == 303
    with seeded.read() as session:
        flag = session.get_one(FlagRow, 1)
        key = session.get_one(AccountRow, flag.account_id).key
        assert flag.verdict == FlagVerdict.HELPED
    assert "they only run a trial" in dana.get(f"/accounts/{key}")
    assert dana.post("/flags/2/close", outcome="nothing came", verdict="marvellous") == 422


def test_flags_are_filtered_by_level_state_and_owner(seeded, make_person):
    person = make_person("viewer@us.example")
    everything = person.get("/flags?scope=all")
    gravest = person.get("/flags?scope=all&level=3")
    assert everything.count("<tr>") > gravest.count("<tr>") > 1
    assert "No flag fits" in person.get("/flags?scope=all&code=nothing_like_it")
    assert person.status("/flags?level=9") == 422


def test_the_portfolio_says_what_it_does_not_know(seeded, make_person):
    page = make_person("viewer@us.example").get("/portfolio")
    assert "Net revenue retention" in page
    assert "unknown" in page
    assert "Were the flags right?" in page


def test_the_bands_of_the_pages_are_those_of_the_configuration(seeded, clock):
    from fastapi.testclient import TestClient

    from config.health import BandConfig
    from config.load import default_health
    from config.settings import Settings
    from web.app import create_app

    health = default_health().model_copy(update={"bands": BandConfig(green=90, yellow=30)})
    app = create_app(seeded, Settings(), now=clock, health=health)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        from tests.web.conftest import Person

        person = Person(client)
        assert person.log_in(OWNER) == 303
        page = person.get("/accounts/harbour-bank")
    assert ">90</text>" in page
    assert ">30</text>" in page
    assert Band.GREEN in page
