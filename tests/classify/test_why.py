"""Why it matters says what such an act means, by its facts and words, and names nothing that the text does not."""
# ruff: noqa: E501

import re
from decimal import Decimal

import pytest

from classify.facts import read_facts
from classify.rows import training_rows
from classify.signals import Actor, Opening, Person, Price, PriceMove, SignalFacts
from classify.why import explain
from store.kinds import Category

ACTOR = Actor(name="Northbeam Identity", aliases=("Northbeam",))
EACH = 5  # Every fifth of the training texts: their rules alone take a millisecond each.
CALLED_OFF = "A deal that does not come about leaves plans open and contacts uneasy."
NEW_CEO = "A new CEO tends to set new priorities within the first quarters"


def price(amount):
    return Price(amount=Decimal(amount), currency="USD", period="month")


@pytest.mark.parametrize(
    ("category", "facts", "text", "expected"),
    [
        (Category.REGULATORY, SignalFacts(), "Privacy watchdog fines Northbeam €4.8 million", "Proceedings leave questions open; buyers who care about compliance will ask them."),
        (Category.REGULATORY, SignalFacts(), "Northbeam achieves ISO/IEC 27001 certification", "Approvals and certificates open tenders that ask for them; check whether we hold the same."),
        (Category.REGULATORY, SignalFacts(), "Northbeam added “Sub-processors” in its terms", "Changed terms bind their customers too; those who mind have a reason to look around."),
        (Category.HIRING, SignalFacts(), "Northbeam reduces its workforce by 120 positions", "Cuts unsettle service and contacts; their accounts may be open to a conversation."),
        (Category.HIRING, SignalFacts(openings=(Opening(title="Sales Director", place="Dublin, Ireland"),)), "", "Whom they look for in Dublin, Ireland shows where they invest next."),
        (Category.HIRING, SignalFacts(openings=(Opening(title="Sales Director", action="removed"),)), "", "Ads that go may mean that the role is filled, or no longer wanted."),
        (Category.FINANCE, SignalFacts(), "Northbeam raises $65 million in Series C funding", "New money lets them push harder on price, product and sales."),
        (Category.FINANCE, SignalFacts(), "Northbeam reports third quarter results", "Their results and funding decide how hard they can push on price, product and sales."),
        (Category.LAUNCH, SignalFacts(), "Northbeam announces end of life of Gate 2", "Customers of what is given up have to move, and may look at us."),
        (Category.MEDIA, SignalFacts(), "Mara Quill is a guest of the podcast Merchant Hour", "What is said of them in public finds its way into their pitch; have an answer ready."),
        (Category.MEDIA, SignalFacts(), "Northbeam wins the Berlin Security Prize", "Recognition finds its way into their pitch; have an answer ready."),
        (Category.ACQUISITION, SignalFacts(acquired="Pelican"), "Northbeam acquires Pelican", "The deal for Pelican can change product lines, support and contracts on both sides."),
        (Category.ACQUISITION, SignalFacts(acquired="Pelican"), "Northbeam calls off purchase of Pelican", CALLED_OFF),
        (Category.EXPANSION, SignalFacts(places=("Canada", "Toronto")), "", "Accounts in Canada now have them as a nearer choice."),
        (Category.EXPANSION, SignalFacts(places=("Warsaw", "Europe")), "", "Accounts in Warsaw now have them as a nearer choice."),
        (Category.EXPANSION, SignalFacts(places=("Lyon",)), "Northbeam closes its office in Lyon", "Where they retreat, their accounts lose a supplier close by; worth a call."),
        (Category.PARTNERSHIP, SignalFacts(partners=("Mapwise", "Lumo")), "", "Mapwise and Lumo can bring them reach or capability that they lack alone."),
        (Category.PRICING, SignalFacts(), "Northbeam lowers the price of Pro to $199", "A lower price makes their offer cheaper; expect it to come up in renewals."),
        (Category.PRICING, SignalFacts(), "Northbeam raises Pro and cuts Team", "A price or plan change is a moment when customers compare offers."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Launchpad", before=price("0")),)), "", "Customers of Launchpad have to choose anew, and may look around before they do."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="CEO"), Person(name="B", role="CEO", action="departed"))), "", f"{NEW_CEO}, and who leaves takes contacts along."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="interim CEO"),)), "", "An interim CEO tends to set new priorities within the first quarters."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="vice president, manufacturing"),)), "", "A new vice president tends to set new priorities within the first quarters."),
        (Category.NONE, SignalFacts(), "How to write a price list", ""),
    ],
)  # fmt: skip
def test_the_sentence_fits_what_is_told(category, facts, text, expected):
    assert explain(category, facts, text) == expected


def test_every_name_and_number_of_a_why_stands_in_its_text():
    for row in training_rows()[::EACH]:
        facts = read_facts(row.text, {row.label, *row.labels}, ACTOR)
        why = explain(row.label, facts, row.text)
        computed = " ".join(
            f"{abs(move.percent):f} {round(abs(move.percent))}" for move in facts.prices if move.percent
        )
        held = f"{row.text} {computed}".lower()
        inside = re.findall(r"(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]+|\d+(?:[.,]\d+)*", why)
        assert [word for word in inside if word.lower() not in held] == [], (why, row.text)
