"""Names that several accounts share, that are words, or that are written in other ways."""

from __future__ import annotations

import pytest

from linking.meaning import Meaning
from linking.reasons import reasons_by_account
from linking.story import Story
from linking.world import World
from store.accounts import Account
from store.kinds import Category
from store.sources import Rival

RIVAL = Rival(
    id=1,
    key="carewire",
    name="Carewire Health",
    domain="carewire.example",
    market="telehealth",
    aliases=("Carewire",),
    products=(("CareCall", ("video-consultations",)), ("CareScript", ("e-prescribing",))),
)


def _account(key: str, name: str, industry: str, regions: tuple[str, ...] = (), **more: object) -> Account:
    values: dict[str, object] = {"id": len(key), "key": key, "name": name, "tier": "growth"}
    return Account(**values, industry=industry, regions=regions, **more)  # type: ignore[arg-type]


ACCOUNTS = (
    _account("bridge", "Pontis Infrastructure Inc.", "construction", ("US",), aliases=("Pontis",)),
    _account("teeth", "Pontis Dental Care", "dental clinics", ("US",), aliases=("Pontis",), domain="pontis.example"),
    _account("atlas-es", "Atlas Foods", "grocery", ("ES",), aliases=("Atlas",)),
    _account("atlas-us", "Atlas Mutual", "insurance", ("US",), aliases=("Atlas",)),
    _account("signal", "Signal Television", "broadcasting", ("DE",), aliases=("Signal",)),
    _account("oster", "Øster Møbler A/S", "furniture retail", ("DK",)),
    _account("keel", "Keel & Sons Construction", "construction", ("GB",), aliases=("Keel",)),
)  # fmt: skip


def _named(title: str, text: str = "", category: Category = Category.CUSTOMER) -> set[str]:
    world = World.of(ACCOUNTS, [RIVAL], meaning=Meaning.without_model())
    found = reasons_by_account(Story(rival=RIVAL, category=category, title=title, text=text), world)
    return {key for key, reasons in found.items() if any(reason.code.value == "named" for reason in reasons)}


@pytest.mark.parametrize(
    ("title", "text", "key"),
    [
        ("Pontis chooses Carewire", "The American chain of dental practices starts in May.", "teeth"),
        ("Pontis chooses Carewire", "The bridge builder from Denver starts in May.", "bridge"),
        ("Pontis chooses Carewire", "See pontis.example for the whole story.", "teeth"),
        ("The US insurer Atlas selects Carewire", "", "atlas-us"),
        ("Spanish grocer Atlas selects Carewire", "", "atlas-es"),
        ("Atlas Mutual selects Carewire", "", "atlas-us"),
    ],
)
def test_a_shared_name_goes_to_the_account_whose_business_the_text_is_about(
    title: str, text: str, key: str
) -> None:
    assert _named(title, text) == {key}


def test_a_shared_name_that_nothing_tells_apart_goes_to_nobody() -> None:
    assert _named("Atlas selects Carewire", "It starts in May.") == set()


@pytest.mark.parametrize(
    "title",
    [
        "Øster Møbler chooses Carewire",
        "Oster Mobler chooses Carewire",
        "ØSTER MØBLER CHOOSES CAREWIRE",
        "Carewire wins Øster Møbler A/S as a customer",
        "How Øster Møbler’s staff see a doctor with Carewire",
    ],
)
def test_a_name_is_found_however_it_is_written(title: str) -> None:
    assert _named(title) == {"oster"}


def test_a_name_that_is_a_word_needs_to_be_meant_as_a_name() -> None:
    assert (
        _named("A signal for patients: Carewire opens", "Vital signs are a signal.", Category.LAUNCH) == set()
    )
    assert _named("Founder of Carewire loses keel off Cowes", "", Category.MEDIA) == set()
    assert _named("The German broadcaster Signal chooses Carewire") == {"signal"}
