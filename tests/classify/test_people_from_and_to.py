"""Which role, and who of several, where a sentence tells both where somebody comes from and where they go."""

from __future__ import annotations

import pytest

from classify.rules.people.beside import is_named_beside
from classify.rules.people.find import find_people

OWN = ("Northbeam",)


def _told(text: str) -> list[tuple[str, str, str]]:
    return [(person.name, person.role, person.action) for person in find_people(text, OWN)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ada Quist moves up from Head of Stores to Chief Operating Officer.", "Chief Operating Officer"),
        ("Northbeam has promoted Ada Quist from controller to CFO.", "CFO"),
        ("Ada Quist has been promoted from sales manager to head of sales.", "head of sales"),
    ],
)
def test_the_role_behind_from_is_the_old_one(text: str, told: str) -> None:
    assert _told(text) == [("Ada Quist", told, "promoted")]


def test_a_role_ends_where_the_purpose_begins() -> None:
    text = "Northbeam has hired Ada Quist as CMO ahead of its spring launch."
    assert _told(text) == [("Ada Quist", "CMO", "appointed")]


def test_what_somebody_leaves_is_a_company_and_no_person() -> None:
    text = (
        "Northbeam has hired Ada Quist as sales director. She leaves Arden Marine, where she was a manager."
    )
    assert "Arden Marine" not in [name for name, _, _ in _told(text)]


def test_who_hands_over_is_the_one_who_leaves() -> None:
    text = "Founder Omar Bell hands the CEO role to his deputy, Ada Quist, and leaves Northbeam."
    assert ("Ada Quist", "CEO", "appointed") in _told(text)


def test_the_role_beside_a_name_is_surer_than_the_headline() -> None:
    text = (
        "Northbeam finance boss to retire\nAda Quist, finance director at the brewer since 2008, will retire."
    )
    assert _told(text) == [("Ada Quist", "finance director", "departed")]


@pytest.mark.parametrize("lead", ["Enquiries to", "Questions to", "Contact", "Applications please to"])
def test_whom_to_write_to_has_not_moved(lead: str) -> None:
    assert is_named_beside("Jo Bell", f"Ada Quist, sales director, has left Northbeam. {lead} Jo Bell.")
