"""Why it matters says what such an act means, by its facts and words, and names nothing that the text does not."""
# ruff: noqa: E501

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify.facts import read_facts
from classify.headline import write_date
from classify.signals import Actor, EventFact, Money, Opening, Person, Price, PriceMove, SignalFacts
from classify.story_headline import story_headline
from classify.tellings.merge import merge_meaning
from classify.why import explain, find_reason, is_vague
from classify.whys.rule import GENERAL, MOST_WORDS
from store.kinds import Category
from store.signals import Meaning
from tests.classify.told_rows import ACTOR, ROOT, told_rows

TEXTS = [
    json.loads(line)
    for line in Path(__file__).with_name("whys.jsonl").read_text(encoding="utf-8").splitlines()
]
#: What our own sentences begin with, as they stand in the rules.
OURS = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "classify" / "whys").glob("*.py"))
BUZZ = re.compile(
    r"leverag|synerg|ecosystem|landscape|game[- ]chang|disrupt|empower|unlock|seamless|robust|holistic|paradigm|stakeholder|cutting|world-class|solution"
)


def reason(category, text, facts=None):
    facts = facts if facts is not None else read_facts(text, {category}, ACTOR)
    headline = story_headline(category, facts, None, text, ACTOR)
    return find_reason(category, facts, f"{headline}\n{text}", ACTOR)


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: f"{row['category']}: {row['text'][:40]}")
def test_the_sentence_is_about_what_is_told(row):
    assert reason(Category(row["category"]), row["text"]).about == row["about"]


def price(amount):
    return Price(amount=Decimal(amount), currency="USD", period="month")


def opening(title, place="", team="", action="added"):
    return Opening(title=title, place=place, team=team, action=action)


@pytest.mark.parametrize(
    ("category", "facts", "expected"),
    [
        (Category.HIRING, SignalFacts(openings=(opening("Sales Director", "Dublin, Ireland"),)), "A post for a leader in Dublin is a plan that has not begun; see our accounts there before it is filled."),
        (Category.HIRING, SignalFacts(openings=(opening("Country Manager, Spain", "Madrid, Spain"),)), "They look for somebody to open or run a market; see our accounts in Spain before the post is filled."),
        (Category.HIRING, SignalFacts(openings=(opening("Principal Data Scientist", "Leeds"),)), "Data and research people in Leeds are hired for what comes next; read the ads for the problem they are to solve."),
        (Category.HIRING, SignalFacts(openings=(opening("Gardener", "Leeds"), opening("Data Engineer", "Leeds"))), "Openings in several departments mean growth rather than one plan; look for the places and products that come up again."),
        (Category.ACQUISITION, SignalFacts(acquired="Pelican"), "Customers of Pelican get another supplier without having chosen one; ask which of our accounts are among them, and what is to stay."),
        (Category.EXPANSION, SignalFacts(places=("Canada", "Toronto")), "Accounts in Canada now have them as a nearer choice; see the largest of ours there first."),
        (Category.PARTNERSHIP, SignalFacts(partners=("Mapwise", "Lumo")), "Mapwise and Lumo can bring them reach or capability that they lack alone; ask accounts that know both whether they were offered the two together."),
        (Category.PARTNERSHIP, SignalFacts(removed=("Mapwise",)), "Without Mapwise they may lack reach or capability; customers who relied on it may ask around, so be easy to find."),
        (Category.CUSTOMER, SignalFacts(customers=("Harbour Bank",)), "Harbour Bank can be named against us at other banks; have a customer of the same kind to name in reply."),
        (Category.CUSTOMER, SignalFacts(removed=("Harbour Bank",)), "Harbour Bank may have moved away from them; ask why, and whether a second source is wanted."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Pro", before=price(50), after=price(54)),)), "A price move of +8 % gives their customers a reason to compare before they renew, and us room where accounts weigh both."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Pro", before=price(50), after=price(51)),)), "A price move of +2 % makes hardly anybody leave; mention it only where an account has complained about cost."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Pro", before=price(50), after=price(60)), PriceMove(plan="Solo", before=price(9), after=price(8)))), "Some of their prices rise and others fall; work out which of their customers pay more, and call accounts of that kind first."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Launchpad", before=price(0)),)), "Whoever used Launchpad for nothing now pays or leaves; have an entry offer ready for those who compare."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Solo", before=price(9)),)), "Customers of Solo have to choose anew, and may look around before they do; be there first."),
        (Category.PRICING, SignalFacts(prices=(PriceMove(plan="Solo", before=price(9), after=Price(amount=None, note="On request")),)), "Prices that are not shown are negotiated; ask accounts what they were quoted, and say ours openly where that helps."),
        (Category.EVENT, SignalFacts(event=EventFact(name="Takeover Week", date="2026-11-22")), "Customers and prospects may meet them at Takeover Week; before 22 November 2026, find out which accounts go, and see those first."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="CEO"), Person(name="B", role="CEO", action="departed"))), "A new CEO takes over as another leaves: contacts are loose now, and priorities change within the first quarters."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="interim CEO of portfolio company"),)), "An interim CEO decides little that lasts; accounts that need commitments may welcome a supplier whose plans are settled."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="vice president, manufacturing"),)), "A new vice president looks at delivery and cost; ask accounts whether dates and service change for better or worse."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="Management Board"), Person(name="B", role="CTO", action="departed"))), "Know-how leaves with who built it; ask accounts which technical promises they still wait for."),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="CHIEF REVENUE OFFICER"),)), explain(Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="Chief Revenue Officer"),)))),
        (Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="VP OF IT"),)), explain(Category.LEADERSHIP, SignalFacts(people=(Person(name="A", role="VP of IT"),)))),
        (Category.NONE, SignalFacts(), ""),
    ],
)  # fmt: skip
def test_facts_alone_make_the_sentence(category, facts, expected):
    assert explain(category, facts) == expected


def test_money_means_by_its_size_and_only_in_currencies_of_like_worth():
    def about(amount, currency):
        money = Money(amount=Decimal(amount), currency=currency)
        return find_reason(
            Category.FINANCE, SignalFacts(money=money), "Northbeam raises money in a funding round"
        ).about

    assert [about(3_000_000, "EUR"), about(30_000_000, "USD"), about(300_000_000, "GBP")] == [
        "early round",
        "round",
        "large round",
    ]
    assert about(300_000_000, "JPY") == "round"


def test_who_sues_or_buys_whom_is_told_where_the_rival_is_known():
    assert reason(Category.REGULATORY, "Pelican sues Northbeam").about == "sued"
    assert reason(Category.REGULATORY, "Northbeam sues Pelican").about == "suing"
    assert find_reason(Category.REGULATORY, SignalFacts(), "Northbeam sues Pelican").about == "lawsuit"
    bought = SignalFacts(acquired="Northbeam Identity", actor="Kingsmere")
    assert find_reason(Category.ACQUISITION, bought, "A deal in Leeds", ACTOR).about == "bought"


def test_the_first_sentence_speaks_before_what_is_mentioned_beside_it():
    text = "Northbeam reports half-year results. Revenue rose 9 percent. An interim dividend of 2p is payable in May."
    assert reason(Category.FINANCE, text).about == "results up"
    text = "Northbeam appoints Mara Quill as CFO. She follows Ada Holt, who was interim CFO."
    assert reason(Category.LEADERSHIP, text).about == "finance"


def test_a_newcomer_whose_contacts_count_is_told_by_where_they_come_from():
    text = "Tom Ferring joins Northbeam from Harbour Bank as Chief Revenue Officer"
    made = reason(Category.LEADERSHIP, text)
    assert (
        made.sentence
        == "Who comes from Harbour Bank knows how Harbour Bank decides; expect that to be used there and at its like, and renew our own contacts."
    )
    assert (
        reason(Category.LEADERSHIP, "Tom Ferring joins Northbeam from July as Chief Revenue Officer").about
        == "sales"
    )


def test_a_place_that_is_left_or_excluded_is_not_where_accounts_gain_a_choice():
    text = "Northbeam plans second site outside the Netherlands in Querétaro"
    assert "Netherlands" not in reason(Category.EXPANSION, text).sentence
    text = "Malmö’s Northbeam heads for Chicago with its first showroom in the US"
    assert "Malmö" not in reason(Category.EXPANSION, text).sentence


def test_an_office_is_near_its_town_and_a_market_is_its_country():
    text = "Northbeam enters Japan with an office in Osaka"
    assert reason(Category.EXPANSION, text).sentence.startswith(
        "With people in Osaka, they can visit within the day"
    )
    assert "in Japan now have them" in reason(Category.EXPANSION, "Northbeam enters Japan").sentence


def test_a_fuller_telling_gives_the_reason_that_a_bare_title_did_not():
    def telling(text):
        why = reason(Category.FINANCE, text).sentence
        return Meaning(
            category=Category.FINANCE, confidence=0.9, impact=0.4, headline=text, why=why, text=text
        )

    bare = telling("Northbeam reports third quarter results")
    full = telling("Northbeam reports third quarter results. Revenue was 63 million dollars, up 13 percent.")
    assert is_vague(Category.FINANCE, bare.why)
    assert merge_meaning(bare, full, sources=2).why == full.why
    assert merge_meaning(full, bare, sources=2).why == full.why


def test_a_death_is_no_reason_to_sell():
    assert reason(Category.LEADERSHIP, "Northbeam founder Bert Lummis has died, aged 62").about == "death"


def test_every_name_and_number_of_a_why_stands_in_its_text():
    for row, facts in told_rows():
        headline = story_headline(row.label, facts, None, row.text, ACTOR)
        why = explain(
            row.label, facts, f"{headline}\n{row.text}", Actor(name=row.rival) if row.rival else ACTOR
        )
        computed = " ".join(
            f"{abs(move.percent):f} {round(abs(move.percent))}" for move in facts.prices if move.percent
        )
        dates = [date for date in (facts.date, facts.event and facts.event.date) if date]
        held = " ".join([row.text, computed, *map(write_date, dates)]).lower()
        first, *rest = re.findall(r"[^\W_]+(?:[.,]\d+)*", why) or [""]
        new = [word for word in rest if not word.islower() and word != "IT" and word.lower() not in held]
        assert new == [], (why, row.text)
        assert first.lower() in held or re.search(rf'"(?:\{{role\}}|{first}\b)', OURS), (why, row.text)


def test_every_why_is_one_short_plain_sentence():
    for row, facts in told_rows():
        why = explain(row.label, facts, row.text, Actor(name=row.rival) if row.rival else ACTOR)
        if row.label is Category.NONE:
            continue
        assert len(why.split()) <= MOST_WORDS, why
        assert why.endswith(".")
        assert "{" not in why
        assert why[:1].isupper() or not why[:1].islower()
        assert not BUZZ.search(why), why


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)
facts = st.builds(
    SignalFacts,
    people=st.lists(st.builds(Person, name=names, role=names, action=st.sampled_from(["appointed", "departed"])), max_size=3).map(tuple),
    partners=st.lists(names, max_size=3).map(tuple),
    customers=st.lists(names, max_size=3).map(tuple),
    removed=st.lists(names, max_size=3).map(tuple),
    places=st.lists(names, max_size=3).map(tuple),
    openings=st.lists(st.builds(Opening, title=names, place=names, team=names), max_size=3).map(tuple),
    product=st.none() | names,
    acquired=st.none() | names,
    event=st.none() | st.builds(EventFact, name=names, date=st.none() | names),
    date=st.none() | names,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(category=st.sampled_from(Category), facts=facts, text=st.text(max_size=400))
def test_hostile_facts_and_texts_give_one_bounded_line(category, facts, text):
    why = explain(category, facts, text, ACTOR)
    assert len(why.splitlines()) <= 1
    assert len(why) <= 320
    assert find_reason(category, facts, text, ACTOR).about or category is Category.NONE


def test_none_is_given_no_reason():
    assert find_reason(Category.NONE, SignalFacts(), "How to write a price list").about == GENERAL
