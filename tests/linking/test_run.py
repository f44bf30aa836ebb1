from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from config.settings import LinkingSettings
from linking.run import run_linking
from store.account_writes import sync_accounts
from store.accounts import account_ids
from store.database import Database
from store.drops import drops_since
from store.exposures import exposures_since
from store.kinds import ReasonCode
from store.models.accounts import AccountRow
from store.models.evidence import SignalRow
from tests.linking.worlds import ACCOUNTS, FREIGHT, HARBOUR, LIND, add_signal, settle

SETTINGS = LinkingSettings()


def test_a_signal_becomes_exposures_with_reasons(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        add_signal(session, now, "Northbeam launches VerifyFlow 3")
        assert run_linking(session, now, SETTINGS) == 1
        assert run_linking(session, now, SETTINGS) == 0
        found = exposures_since(session, now - timedelta(days=1))
        ids = account_ids(session)
    assert set(found) == {ids["harbour-bank"], ids["lindqvist"]}
    [harbour] = found[ids["harbour-bank"]]
    codes = {reason.code for reason in harbour.reasons}
    assert codes == {ReasonCode.RIVAL_PRESENT, ReasonCode.PRODUCT_OVERLAP, ReasonCode.RENEWAL_NEAR}
    assert all(reason.because.startswith("because ") for reason in harbour.reasons)
    assert 0 < harbour.score <= 1


def test_the_reason_says_how_the_rival_stands_in_the_account(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        for row in session.scalars(select(AccountRow).where(AccountRow.key == "harbour-bank")):
            row.rival_standings = {"northbeam": "in evaluation"}
        add_signal(session, now, "Northbeam raises VerifyFlow prices by 20 %", "pricing")
        run_linking(session, now, SETTINGS)
        [harbour] = exposures_since(session, now - timedelta(days=1))[account_ids(session)["harbour-bank"]]
    [present] = [reason for reason in harbour.reasons if reason.code is ReasonCode.RIVAL_PRESENT]
    assert present.because.startswith("because Northbeam Identity is in evaluation there, and this move")


def test_linking_again_gives_the_same_rows(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        add_signal(session, now, "Northbeam raises VerifyFlow prices by 20 %", "pricing")
        run_linking(session, now, SETTINGS)
        first = exposures_since(session, now - timedelta(days=1))
        for row in session.scalars(select(SignalRow)):
            row.linked_at = None
        run_linking(session, now + timedelta(hours=1), SETTINGS)
        assert exposures_since(session, now - timedelta(days=1)) == first


def test_what_threatens_nobody_is_dropped_once_with_its_reason(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        add_signal(session, now, "Northbeam opens a canteen for its staff", "positioning")
        add_signal(session, now, "Ten tips for a better password", "none")
        run_linking(session, now, SETTINGS)
        reasons = [drop.reason for drop in drops_since(session, now)]
    assert reasons == ["not linked", "not linked"]


def test_weak_links_are_dropped_below_the_threshold(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        add_signal(session, now, "Northbeam looks for a know-your-customer engineer", "hiring", impact=0.1)
        run_linking(session, now, SETTINGS)
        assert exposures_since(session, now) == {}
        [drop] = drops_since(session, now)
    assert drop.reason == "below threshold"
    assert "lindqvist" in drop.after


def test_an_account_that_changed_is_linked_anew_and_others_stay(
    any_database: Database, now: datetime
) -> None:
    with any_database.write() as session:
        settle(session, now)
        add_signal(session, now, "Northbeam launches VerifyFlow 3")
        run_linking(session, now, SETTINGS)
        later = now + timedelta(days=1)
        changed = FREIGHT.model_copy(update={"uses": ("kyc",)})
        unlinked = LIND.model_copy(update={"uses": ("telematics",)})
        sync_accounts(session, [HARBOUR, unlinked, changed], later)
        assert run_linking(session, later + timedelta(hours=1), SETTINGS) == 1
        assert run_linking(session, later + timedelta(hours=2), SETTINGS) == 0
        ids = account_ids(session)
        assert set(exposures_since(session, now)) == {ids["harbour-bank"], ids["oakline"]}


def test_a_retracted_signal_counts_for_nothing(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now, ACCOUNTS)
        signal = add_signal(session, now, "Northbeam launches VerifyFlow 3")
        run_linking(session, now, SETTINGS)
        session.get_one(SignalRow, signal).retracted_at = now
        session.flush()
        found = exposures_since(session, now)
    assert found
    assert not any(item.counts for items in found.values() for item in items)


def test_a_held_signal_weighs_nothing_until_it_is_released(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now, ACCOUNTS)
        signal = add_signal(session, now, "Northbeam launches VerifyFlow 3", review=True, held=True)
        assert run_linking(session, now, SETTINGS) == 1
        held = exposures_since(session, now)
        row = session.get_one(SignalRow, signal)
        row.review, row.held, row.linked_at = False, False, None
        session.flush()
        assert run_linking(session, now + timedelta(days=1), SETTINGS) == 1
        released = exposures_since(session, now)
    assert set(held) == set(released)
    assert not any(item.counts for items in held.values() for item in items)
    assert all(item.counts for items in released.values() for item in items)
