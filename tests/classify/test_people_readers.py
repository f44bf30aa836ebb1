"""The readers under the scan of people: names, roles, phrases and who is meant again."""

import re

import pytest

from classify.rules.people.clauses import alternative
from classify.rules.people.known import ONESELF, KnownPeople
from classify.rules.people.names import name_end, name_said, past_credentials
from classify.rules.people.phrases import phrase_at
from classify.rules.people.roles import role_alone, role_at
from classify.rules.people.tokens import read_words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Quist, 47, resigns", "Ada Quist"),
        ("Dr. Ada van der Meer resigns", "Dr. Ada van der Meer"),
        ("Omar Bell Jr. resigns", "Omar Bell Jr."),
        ("Will Bell resigns", "Will Bell"),
        ("Chief Officer resigns", ""),
        ("Dutch Bell resigns", ""),
        ("Ada resigns", ""),
    ],
)
def test_a_name_ends_before_what_is_none(text, name):
    told = read_words(text)
    end = name_end(told, 0)
    assert (name_said(told, 0, end) if end else "") == name


def test_a_form_of_address_is_no_part_of_a_name_but_a_doctor_is():
    for text, name in (("Mr Omar Bell’s", "Omar Bell"), ("Dr Omar Bell", "Dr Omar Bell")):
        told = read_words(text)
        assert name_said(told, 0, len(told.words)) == name


def test_credentials_and_ages_behind_a_name_are_passed():
    words = read_words("Ada Quist, MD, MPH, 58, resigns").words
    assert words[past_credentials(words, 2) + 1].text == "resigns"


@pytest.mark.parametrize(
    ("text", "role", "behind"),
    [
        ("Chief Revenue Officer Ada Quist", "Chief Revenue Officer", "Ada"),
        ("VP of Sales, who joined", "VP of Sales", ","),
        ("chief quits", "chief", "quits"),
        ("Senior Director, Polar Mining.", "Senior Director, Polar Mining", "."),
        ("CTO of Northbeam resigns", "CTO", "of"),
        ("sales of Northbeam", "", ""),
    ],
)
def test_a_role_ends_before_names_and_verbs(text, role, behind):
    told = read_words(text, ("Northbeam",))
    end, said = role_at(told, 0, behind_as=True)
    assert said == role
    assert (told.words[end].text if end else "") == behind


def test_what_follows_a_comma_is_a_name_unless_as_stands_before():
    told = read_words("Senior Director, Polar Mining.")
    assert role_at(told, 0, behind_as=False)[1] == "Senior Director"


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("CFO job", "CFO"),
        ("chief executive’s seat", "chief executive"),
        ("AG and chief executive", "chief executive"),
        ("board and chief executive", "chief executive"),
        ("CEO of ten years", "CEO"),
        ("management board at Arden", "management board"),
        ("board of directors", "board of directors"),
    ],
)
def test_a_role_stands_alone_without_its_words_for_a_role(said, role):
    assert role_alone(said) == role


def test_empty_words_do_not_part_a_phrase():
    words = read_words("stepping immediately down").words
    assert phrase_at(words, 0) == (3, "L", "stepping down")
    assert phrase_at(words, 1) is None


def test_to_head_is_an_act_and_head_of_a_role():
    found = phrase_at(read_words("to head sales").words, 0)
    assert found is not None
    assert found[2] == "to head"
    other = phrase_at(read_words("to Head of Sales").words, 0)
    assert other is not None
    assert other[2] == "to"


def test_who_was_told_in_full_is_meant_by_less():
    known = KnownPeople()
    assert known.meet("Dr. Ada Quist") == "Dr. Ada Quist"
    assert known.meet("Ada Quist") == "Dr. Ada Quist"
    assert known.meet("Omar Quist") == "Omar Quist"
    assert known.meant_at(read_words("Ada resigns"), 0) == (1, "Dr. Ada Quist")
    assert known.meant_at(read_words("Ms. Quist resigns"), 0)[0] == 2
    assert known.meant_at(read_words("Bell resigns"), 0) == (0, "")


def test_a_pronoun_means_the_last_one_told_and_i_the_one_who_signs():
    known = KnownPeople()
    assert known.meant_at(read_words("she resigns"), 0) == (0, "")
    known.meet("Ada Quist")
    assert known.meant_at(read_words("she resigns"), 0) == (1, "Ada Quist")
    assert known.meant_at(read_words("I resign"), 0) == (1, ONESELF)
    assert known.meant_at(read_words("my last day is Friday"), 0) == (1, ONESELF)
    assert known.meant_at(read_words("my desk"), 0) == (0, "")


def test_the_alternative_that_matched_is_told_by_its_groups():
    pattern = re.compile("(?P<n>P)(?P<r>R)|(?P<r2>R)?(?P<n2>P)")
    assert [alternative(match) for match in pattern.finditer("PRRPP")] == ["", "2", "2"]
