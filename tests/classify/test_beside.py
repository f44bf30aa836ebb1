"""What a text names beside the matter is no part of it: advisers, customers, superiors, deals that are off."""
# ruff: noqa: E501

import pytest

from classify.facts import read_facts
from classify.measuring.evaluate_facts import FactRow
from classify.rules.beside import is_beside, is_off, only_beside
from classify.rules.companies import find_acquired, find_partners, partner_said
from classify.rules.people.beside import is_named_beside
from classify.rules.people.find import find_people
from classify.rules.people.scan import scan
from classify.rules.roles import clean_role, singular
from classify.signals import Actor
from classify.training.tagger_examples import example_of
from store.kinds import Category


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Peel Marsh", "Northbeam signs with Lumo. Peel Marsh acted as legal adviser."),
        ("Sol Air", "Northbeam and Lumo extend their alliance; customers include Nordbank and Sol Air"),
        ("Jade Gate", "Northbeam, whose investors include Temerity and Jade Gate, teams up with Lumo."),
        ("Tamar", "Northbeam and Lumo form a joint venture; rival Tamar already works with banks"),
        ("Orangerie", "Northbeam and Lumo sign. Rival Tamar already works with Orangerie."),
        ("Spore", "Northbeam will resell sensors of Lumo, which is backed by Spore."),
    ],
)
def test_who_is_named_by_the_way_is_no_partner(name, text):
    assert is_beside(name, text, of_partners=True)
    assert not is_beside("Lumo", text, of_partners=True)


def test_a_rival_may_be_bought():
    assert find_acquired("Northbeam snaps up rival Pelican", ("Northbeam",)) == "Pelican"
    assert not is_beside("Pelican", "Northbeam snaps up rival Pelican", of_partners=False)


@pytest.mark.parametrize(
    "text",
    [
        "Northbeam and Lumo call off merger",
        "Northbeam walks away from Lumo deal",
        "Northbeam’s offer for Lumo lapses as shareholders hold out",
        "Northbeam scraps Lumo purchase after the authority objects",
        "The takeover of Lumo by Northbeam collapses",
        "Northbeam denies talks to buy Lumo",
    ],
)
def test_a_purchase_that_is_off_buys_nobody(text):
    assert is_off(text)
    assert read_facts(text, [Category.ACQUISITION], Actor(name="Northbeam")).acquired is None


def test_a_purchase_after_one_that_fell_through_is_one():
    assert not is_off("Lumo sold to Northbeam after the bid of Harbour collapses")


def test_deals_of_others_are_not_the_rivals():
    own = ("Northbeam",)
    assert only_beside("Northbeam customer Vesterhav bought by pension fund", own)
    assert only_beside("Helder, which competes with Northbeam in dikes, has acquired Peilbuis", own)
    assert not only_beside("Northbeam buys rival Peilbuis", own)
    assert find_acquired("Northbeam customers Rivet and Bolt merge", own) is None


@pytest.mark.parametrize(
    ("said", "text", "name"),
    [
        ("Paylater", "Northbeam teams with Paylater firm Snooze to offer instalments", "Snooze"),
        ("MSP Greenlight", "New in our partner network: MSP Greenlight, which sells it", "Greenlight"),
        ("AWS Marketplace", "Northbeam is now on the AWS Marketplace", "AWS"),
        ("Sumter", "Northbeam works with Sumter Partners.", "Sumter Partners"),
    ],
)
def test_partners_are_named_without_their_kind(said, text, name):
    assert partner_said(said, text) == name


def test_signs_set_partners_side_by_side():
    assert find_partners("Announcing: Northbeam ♥ Lintel", ("Northbeam",)) == ("Lintel",)
    assert find_partners("Northbeam ships with Voxbridge telephony built in", ("Northbeam",)) == (
        "Voxbridge",
    )


def test_the_rival_with_a_new_owner_is_what_was_bought():
    assert find_acquired("Northbeam’s new owner is Falken Group", ("Northbeam",)) == "Northbeam"
    assert find_acquired("Northbeam sold to Granite Software", ("Northbeam",)) == "Northbeam"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quist joins as CTO and reports to chief executive Omar Bell.",
        "The report was signed on behalf of the company by Omar Bell.",
        "Ada Quist comes aboard as CFO, following Omar Bell, who became CMO in May.",
        "Rumour has it that Northbeam is lining up Omar Bell.",
        "Ada Quist leaves us in May. Thank you, Ada. – Omar Bell",
    ],
)
def test_who_is_named_by_the_way_moved_nowhere(text):
    assert is_named_beside("Omar Bell", text)
    assert "Omar Bell" not in {person.name for person in find_people(text) if person.action == "departed"}


def test_who_signs_of_their_own_leave_moves():
    assert not is_named_beside("Omar Bell", "After nine years I am leaving. – Omar Bell")


@pytest.mark.parametrize(
    ("text", "own", "moved"),
    [
        ("Arden hires Northbeam’s sales boss Wim de Groot", "Northbeam", [("Wim de Groot", "sales boss", "departed")]),
        ("Arden rehires Wim de Groot from Northbeam", "Northbeam", [("Wim de Groot", "", "departed")]),
        ("Ada Quist and Omar Bell will become co-CEOs", "Northbeam", [("Ada Quist", "co-CEO", "appointed"), ("Omar Bell", "co-CEO", "appointed")]),
        ("Northbeam gets a new managing director – Ada Quist", "Northbeam", [("Ada Quist", "managing director", "appointed")]),
        ("Northbeam promotes two: Ada Quist becomes Head of Tax.", "Northbeam", [("Ada Quist", "Head of Tax", "promoted")]),
        ("New faces at Northbeam: Ada Quist (CFO), Omar Bell (CTO)", "Northbeam", [("Ada Quist", "CFO", "appointed"), ("Omar Bell", "CTO", "appointed")]),
        ("Ada Quist returns as CEO, a year after she handed over to Omar Bell.", "Northbeam", [("Ada Quist", "CEO", "appointed")]),
        ("Investors call on Northbeam chair Ada Quist to resign", "Northbeam", []),
    ],
)  # fmt: skip
def test_moves_by_whose_act_and_in_company(text, own, moved):
    assert [(p.name, p.role, p.action) for p in find_people(text, (own,))] == moved


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Konrad Adlerstein retires as chair", "Konrad Adlerstein"),
        ("Arden adds Rabbi Joel Stern to its council", "Joel Stern"),
        ("Arden hires Zephyr Robotics' Anselm Kruger", "Anselm Kruger"),
        ("Arden hires Perpetua Nwosu-Gray FCCA", "Perpetua Nwosu-Gray"),
        ("Hi, I'm Gil Neves", "Gil Neves"),
        ("Say goodbye to “Ask Marius”: our chief Marius Ionescu leaves", "Marius Ionescu"),
    ],
)
def test_names_end_where_they_end(text, name):
    scanned = scan(text, ("Adlerstein",))
    people = {said for letter, said in zip(scanned.letters, scanned.said, strict=True) if letter == "P"}
    assert name in people


def test_roles_that_several_share_are_one_each():
    assert singular("co-CEOs") == "co-CEO"
    assert singular("Directors of Sales") == "Director of Sales"
    assert singular("Board of Directors") == "Board of Directors"
    row = FactRow(
        id="x",
        kind="people",
        category=Category.LEADERSHIP,
        actor="Northbeam",
        text="Ada Quist and Omar Bell become co-CEOs",
        expected=[
            {"name": name, "role": "co-CEO", "action": "appointed"} for name in ("Ada Quist", "Omar Bell")
        ],
    )
    example = example_of(row)
    assert example is not None
    assert len({role for _, role in example.pairs}) == 1


def test_a_role_leaves_out_the_rivals_full_name():
    assert clean_role("Chief Medical Officer of Fernhill Health", ("Fernhill",)) == "Chief Medical Officer"
