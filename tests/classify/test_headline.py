"""Headlines assert nothing that the evidence does not hold."""
# ruff: noqa: E501

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify.headline import LENGTH, clip, fact_headline, text_headline
from classify.signals import Actor, EventFact, Opening, Person, Price, PriceMove, SignalFacts
from classify.story_headline import story_headline
from store.kinds import Category
from tests.classify.told_rows import ACTOR, told_rows

WORD = re.compile(r"[^\W\d_]+|\d+")
# The words that the sentence patterns themselves bring.
OURS = frozenset(
    [
        "northbeam",
        "identity",
        "raised",
        "cut",
        "changed",
        "from",
        "to",
        "a",
        "an",
        "its",
        "price",
        "and",
        "more",
        "prices",
        "replaced",
        "with",
        "added",
        "at",
        "removed",
        "appointed",
        "as",
        "promoted",
        "leaves",
        "leave",
        "each",
        "now",
        "lists",
        "no",
        "longer",
        "on",
        "team",
        "page",
        "advertises",
        "role",
        "roles",
        "in",
        "took",
        "down",
        "event",
        "customer",
        "customers",
        "partner",
        "partners",
        "change",
        "changes",
        "month",
        "year",
        "week",
        "day",
        "user",
        "per",
        "seat",
        "free",  # How a price of 0 is told.
    ]
)


def unsupported(headline, evidence, *extra):
    """Words and numbers of a headline that neither the evidence nor our patterns hold."""
    known = {word.lower() for word in WORD.findall(" ".join([evidence, *extra]))} | OURS
    return [word for word in WORD.findall(headline) if word.lower() not in known]


@pytest.fixture(scope="module")
def told():
    return told_rows()


def test_every_word_of_a_story_headline_stands_in_its_text(told):
    """Only the percentage may be new: it is computed from two prices of the text."""
    for row, facts in told:
        moves = [abs(price.percent) for price in facts.prices if price.percent]
        computed = " ".join(f"{move:f} {round(move)}" for move in moves)
        headline = story_headline(row.label, facts, None, row.text, ACTOR)
        amounts = row.text.replace(",", "")
        assert unsupported(headline, row.text, computed, amounts) == [], (headline, row.text)


def test_every_fact_stands_in_its_text(told):
    for row, facts in told:
        names = [*facts.partners, *facts.customers, *facts.places, facts.acquired, facts.date]
        names += [person.name for person in facts.people]
        names += [facts.event.name, facts.event.place, facts.event.date] if facts.event else []
        names += [facts.money.quote] if facts.money else []
        names += [opening.title for opening in facts.openings] + [price.plan for price in facts.prices]
        flat = " ".join(row.text.split())
        for name in filter(None, names):
            assert name in flat, (name, row.text)
        for role in (person.role for person in facts.people):
            # Two "new members of the Board" are one "member of the Board" each.
            said = " ".join(rf"{re.escape(word)}s?" for word in role.split())
            assert re.search(said, flat), (role, row.text)


def price(amount, currency="USD", period="month"):
    return Price(amount=Decimal(amount), currency=currency, period=period)


@pytest.mark.parametrize(
    ("category", "facts", "expected"),
    [
        (
            Category.PRICING,
            SignalFacts(prices=(PriceMove(plan="Pro", before=price("49"), after=price("59")),)),
            "Northbeam raised Pro from $49 to $59 a month (+20 %)",
        ),
        (
            Category.PRICING,
            SignalFacts(prices=(PriceMove(plan="Pro", before=price("10"), after=price("9.5")),)),
            "Northbeam cut Pro from $10 to $9.50 a month (-5 %)",
        ),
        (
            Category.PRICING,
            SignalFacts(prices=(PriceMove(plan="Pro", before=price("10"), after=price("100", period="year")),)),
            "Northbeam changed Pro from $10 a month to $100 a year",
        ),
        (
            Category.PRICING,
            SignalFacts(prices=(PriceMove(plan="Solo", after=price("9", "EUR")),)),
            "Northbeam added Solo at €9 a month",
        ),
        (
            Category.PRICING,
            SignalFacts(prices=(PriceMove(plan="Free", before=price("0")), PriceMove(plan="Solo", after=price("9")))),
            "Northbeam replaced Free with Solo at $9 a month",
        ),
        (
            Category.LEADERSHIP,
            SignalFacts(people=(Person(name="Mara Quill", role="Chief Revenue Officer"),)),
            "Northbeam appointed Mara Quill as Chief Revenue Officer",
        ),
        (
            Category.LEADERSHIP,
            SignalFacts(people=(Person(name="Mara Quill", role="CRO", action="departed"),)),
            "Mara Quill leaves Northbeam as CRO",
        ),
        (Category.CUSTOMER, SignalFacts(customers=("Harbour Bank",)), "Northbeam lists Harbour Bank as a customer"),
        (Category.PARTNERSHIP, SignalFacts(partners=("Mapwise", "Lumo")), "Northbeam lists Mapwise and Lumo as partners"),
        (
            Category.HIRING,
            SignalFacts(openings=tuple(Opening(title=f"Engineer {n}", place="Berlin", team="engineering") for n in "ABC")),
            "Northbeam advertises 3 engineering roles in Berlin",
        ),
        (
            Category.HIRING,
            SignalFacts(openings=(Opening(title="Data Engineer", place="Berlin"),)),
            "Northbeam advertises a role in Berlin: Data Engineer",
        ),
        (
            Category.PRICING,
            SignalFacts(prices=(PriceMove(plan="Launchpad", before=price("0")),)),
            "Northbeam removed Launchpad (free)",
        ),
        (
            Category.HIRING,
            SignalFacts(openings=(Opening(title="Country Manager, Spain", place="Spain"),)),
            "Northbeam advertises a role: Country Manager, Spain",
        ),
        (
            Category.EVENT,
            SignalFacts(event=EventFact(name="Takeover Week", date="2026-11-22")),
            "Northbeam lists an event: Takeover Week (22 November 2026)",
        ),
        (
            Category.EVENT,
            SignalFacts(event=EventFact(name="Money Europe", date="3 June", place="Amsterdam")),
            "Northbeam lists an event: Money Europe in Amsterdam (3 June)",
        ),
        (Category.LEADERSHIP, SignalFacts(), None),
        (Category.NONE, SignalFacts(), None),
    ],
)  # fmt: skip
def test_facts_make_plain_sentences(category, facts, expected):
    assert fact_headline(category, facts, ACTOR) == expected


def test_title_names_the_rival_as_actor_only_where_it_does_not_itself():
    assert text_headline("We moved to Leeds", "", ACTOR) == "Northbeam: We moved to Leeds"
    assert text_headline("NORTHBEAM moves to Leeds", "", ACTOR) == "NORTHBEAM moves to Leeds"
    assert text_headline("Northbeamer of the year", "", ACTOR) == "Northbeam: Northbeamer of the year"
    assert text_headline(None, "We moved. To Leeds.", None) == "We moved"
    assert text_headline("News | Northbeam Blog", "", ACTOR) == "Northbeam: News"
    assert text_headline("", "", ACTOR) == ""


def test_the_first_word_of_a_name_of_several_names_the_rival_where_nothing_else_bears_it():
    full = Actor(name="Northbeam Identity")
    assert text_headline("Northbeam lowers the price of Pro", "", full) == "Northbeam lowers the price of Pro"
    plain = Actor(name="Global Freight")
    assert text_headline("Global demand rises", "", plain) == "Global Freight: Global demand rises"


def test_a_name_without_its_legal_form_or_its_holdings_names_the_rival():
    """A short common word does not: what opens is not "Open Systems"."""
    title = "Aurum Vending to Report Third Quarter"
    assert text_headline(title, "", Actor(name="Aurum Vending Holdings")) == title
    assert text_headline("Lumo opens in Bath", "", Actor(name="Lumo Group")) == "Lumo opens in Bath"
    assert text_headline("LUMO opens in Bath", "", Actor(name="Lumo GmbH")) == "LUMO opens in Bath"
    full = Actor(name="Open Systems")
    assert text_headline("Open again from May", "", full) == "Open Systems: Open again from May"


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (
            (Person(name="Mara Quill", role="CFO"), Person(name="Tom Ash", role="CTO")),
            "Northbeam appointed Mara Quill as CFO and Tom Ash as CTO",
        ),
        (
            (Person(name="Mara Quill", role="board member"), Person(name="Tom Ash", role="board member")),
            "Northbeam appointed Mara Quill and Tom Ash each as board member",
        ),
        (
            (
                Person(name="Mara Quill", role="CFO"),
                Person(name="Tom Ash", role="CTO", action="promoted"),
                Person(name="Ida Rook", role="COO"),
            ),
            "Northbeam appointed Mara Quill as CFO and Ida Rook as COO and promoted Tom Ash to CTO",
        ),
        (
            (Person(name="Tom Ash", role="CFO", action="departed"), Person(name="Mara Quill", role="CFO")),
            "Northbeam appointed Mara Quill as CFO; Tom Ash leaves as CFO",
        ),
        (
            (
                Person(name="Tom Ash", role="CFO", action="departed"),
                Person(name="Mara Quill", role="", action="departed"),
            ),
            "Tom Ash (CFO) and Mara Quill leave Northbeam",
        ),
        (
            tuple(Person(name=f"{name} Quill", role="Chief of Something that Is Long") for name in ("Mara", "Ida", "Tom")),
            "Northbeam appointed Mara Quill, Ida Quill and Tom Quill each as Chief of Something that Is Long",
        ),
        (
            tuple(Person(name=f"{name} Quill", role=f"Chief {name} Officer of the Whole Group") for name in ("Mara", "Ida", "Tom", "Eve")),
            "Northbeam appointed Mara Quill as Chief Mara Officer of the Whole Group and 3 more changes",
        ),
        (
            (Person(name="MARA J. O’QUILL", role="CHIEF REVENUE OFFICER, EMEA"),),
            "Northbeam appointed Mara J. O’Quill as Chief Revenue Officer, EMEA",
        ),
    ],
)  # fmt: skip
def test_of_several_people_as_many_are_named_as_fit(people, expected):
    assert fact_headline(Category.LEADERSHIP, SignalFacts(people=people), ACTOR) == expected


def test_a_version_is_said_once():
    assert text_headline("v4.0.0 Trace 4.0.0 with Passkeys", "", None) == "Trace 4.0.0 with Passkeys"
    assert text_headline("v4.0.0 Trace with Passkeys", "", None) == "v4.0.0 Trace with Passkeys"


def test_a_sentence_that_tells_nothing_gives_way_to_the_next():
    text = "It’s official. Northbeam and Tidal Keys are one team. We closed the deal today."
    assert text_headline(None, text, ACTOR) == "Northbeam and Tidal Keys are one team"
    assert text_headline(None, "Big news!", ACTOR) == "Northbeam: Big news!"


def test_a_title_that_tells_nothing_gives_way_to_the_facts():
    moved = SignalFacts(prices=(PriceMove(plan="Pro", before=price("49"), after=price("59")),))
    text = "Northbeam Pro goes from $49 to $59 a month."
    made = story_headline(Category.PRICING, moved, "Price change notice", text, ACTOR)
    assert made == "Northbeam raised Pro from $49 to $59 a month (+20 %)"
    kept = story_headline(Category.PRICING, moved, "What Pro costs from May", text, ACTOR)
    assert kept == "Northbeam: What Pro costs from May"


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)  # utf-8 leaves out surrogates
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
prices = st.one_of(
    st.none(), st.builds(Price, amount=amounts, currency=st.sampled_from(["USD", "CHF", None]))
)
facts = st.builds(
    SignalFacts,
    people=st.lists(st.builds(Person, name=names, role=names, action=st.sampled_from(["appointed", "promoted", "departed"])), max_size=4).map(tuple),
    prices=st.lists(st.builds(PriceMove, plan=names, before=prices, after=prices), max_size=4).map(tuple),
    openings=st.lists(st.builds(Opening, title=names, place=names, team=names), max_size=5).map(tuple),
    customers=st.lists(names, max_size=5).map(tuple),
    partners=st.lists(names, max_size=5).map(tuple),
    removed=st.lists(names, max_size=5).map(tuple),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(category=st.sampled_from(Category), facts=facts, told=st.booleans())
def test_hostile_facts_give_one_bounded_line(category, facts, told):
    headline = fact_headline(category, facts, ACTOR, told=told)
    if headline is not None:
        assert 0 < len(headline) <= LENGTH
        assert len(headline.splitlines()) == 1
        assert "\r" not in headline


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=500))
def test_clipping_keeps_one_line_and_the_beginning(text):
    clipped = clip(text)
    assert len(clipped) <= LENGTH
    assert len(clipped.splitlines()) <= 1
    assert " ".join(text.split()).startswith(clipped.removesuffix("…"))


@pytest.mark.parametrize(
    ("category", "title", "text", "expected"),
    [
        (Category.EXPANSION, "Ciao, Torino!", "Office number three is open. Come and see us.", "Northbeam: Office number three is open"),
        (Category.HIRING, "Statement on restructuring", "It was a hard week. Northbeam is reducing its collections team by 90 positions.", "Northbeam is reducing its collections team by 90 positions"),
        (Category.PRICING, "You spoke", "Here is why the processing fee had to go. The processing fee is cancelled.", "Northbeam: The processing fee is cancelled"),
    ],
)  # fmt: skip
def test_a_whim_of_a_title_gives_way_to_the_sentence_that_tells_the_act(category, title, text, expected):
    assert story_headline(category, SignalFacts(), title, text, ACTOR) == expected


@pytest.mark.parametrize(
    ("category", "title", "text"),
    [
        (Category.EXPANSION, "Ciao, Torino!", "Keys in hand, kettle on. Come and see us."),
        (Category.EXPANSION, "Northbeam in Turin", "Our office is open on Monday."),
        (Category.EVENT, "Nutzertag on 24 September", "Sign up now, places are limited."),
        (
            Category.EXPANSION,
            "Today we broke ground in Tucson",
            "The new plant will make 90 million cartridges a year.",
        ),
        (Category.POSITIONING, "We are Tess now", "New name, new logo, same team."),
    ],
)
def test_a_title_stays_where_it_tells_something_or_nothing_tells_more(category, title, text):
    assert story_headline(category, SignalFacts(), title, text, ACTOR).endswith(title)


def test_a_title_says_no_section_and_no_mark_of_news_before_its_matter():
    assert text_headline("People: Mara Quill moves up", "", ACTOR) == "Northbeam: Mara Quill moves up"
    assert text_headline("New: Vault", "", ACTOR) == "Northbeam: New Vault"


def test_a_death_is_told_in_the_words_of_the_text():
    gone = SignalFacts(people=(Person(name="Bert Lummis", role="founder", action="departed"),))
    text = "Northbeam founder Bert Lummis has died, aged 62."
    assert (
        story_headline(Category.LEADERSHIP, gone, None, text, ACTOR)
        == "Northbeam founder Bert Lummis has died, aged 62"
    )


def test_a_price_is_written_with_what_it_is_for():
    per = PriceMove(
        plan="API",
        before=price("1.20", period="1,000 requests"),
        after=price("0.80", period="1,000 requests"),
    )
    seat = PriceMove(plan="Pro", after=price("9", period="month per user"))
    assert (
        fact_headline(Category.PRICING, SignalFacts(prices=(per,)), ACTOR)
        == "Northbeam cut API from $1.20 to $0.80 per 1,000 requests (-33 %)"
    )
    assert (
        fact_headline(Category.PRICING, SignalFacts(prices=(seat,)), ACTOR)
        == "Northbeam added Pro at $9 a month per user"
    )
