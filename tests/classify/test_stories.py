"""One act told twice is one story; acts that differ in who, what, where or how much are two."""
# ruff: noqa: E501

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.classifier import Classifier
from classify.facts import read_facts
from classify.model.embed import cosine, from_bytes, to_bytes
from classify.signals import Actor
from classify.tellings.merge import merge_facts
from classify.tellings.stories import likeness, same_story
from classify.tellings.story import Story
from classify.tellings.story_facts import differing
from classify.tellings.story_words import same_frame
from store.kinds import Category

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
ACTOR = Actor(name="Northbeam Identity", aliases=("Northbeam",), products=("VerifyFlow",))


def story(classifier: Classifier, text: str, category: Category) -> Story:
    # The category is given: what is tried here is the comparison, whatever head is in force.
    return Story(
        category=category,
        facts=read_facts(text, {category}, ACTOR).to_json(),
        text=text,
        embedding=classifier.embed([text])[0],
        own_names=ACTOR.names,
        known_products=ACTOR.products,
    )


@pytest.mark.parametrize(
    ("category", "one", "other"),
    [
        (Category.EXPANSION, "Northbeam opens engineering hub in Dublin", "We're coming to Dublin! Today we open our new engineering hub on the quays."),
        (Category.FINANCE, "Northbeam raises $40 million Series B led by Oak Hill Partners", "Announcing our $40M Series B. Oak Hill Partners leads the round."),
        (Category.REGULATORY, "Northbeam completes SOC 2 Type II audit", "We are now SOC 2 Type II certified. An independent auditor examined our controls."),
        (Category.ACQUISITION, "Northbeam acquires fraud-scoring start-up Pelican", "Welcome Pelican! We have bought the fraud-scoring company Pelican and its team."),
        (Category.CUSTOMER, "Harbour Bank selects Northbeam for account opening", "Case study: How Harbour Bank cut account opening to four minutes"),
        (Category.EVENT, "Northbeam to exhibit at Money Europe in Amsterdam", "Meet us at Money Europe, hall 4, stand 212"),
        (Category.PARTNERSHIP, "Northbeam partners with Mapwise on address checks", "We've teamed up with Mapwise to bring address checks into VerifyFlow"),
        (Category.LAUNCH, "Introducing Voice Notes", "Voice Notes. Whoever inspects a site can dictate."),
        (Category.FINANCE, "Northbeam's backlog tops $400 million as revenue jumps 31%", "Revenue rose 31% to $88.4 million; the order backlog reached $402 million."),
        (Category.PRICING, "Northbeam scraps free tier, cheapest plan now $7", "We are ending the free plan. From 1 August the cheapest plan, Hobby, costs $7 a month."),
        (Category.REGULATORY, "Northbeam fined by Irish data regulator", "The Data Protection Commission of Ireland has fined Northbeam over late reports to the regulator."),
        (Category.FINANCE, "Northbeam reports revenue of A$71.5 million, up 22%", "Northbeam revenue jumps 22pc to $71.5m"),
        (Category.HIRING, "Northbeam lays off 8 percent of staff", "Northbeam cuts 40 jobs, about 8% of its workforce"),
        (Category.EXPANSION, "Northbeam opens branch in Gdansk", "Dzień dobry, Gdańsk! Our branch number 58 is open."),
        (Category.EXPANSION, "Northbeam to open first shop in Edinburgh. Doors on Leith Street open in May.", "From a screen to Leith Street. Our first shop in Scotland will smell of cedar."),
        (Category.LEADERSHIP, "Northbeam Appoints Marisol Etxeberria as Chief Customer Officer", "On the move: Polarquay’s Marisol Etxeberria goes to Northbeam to run customer success"),
        (Category.FINANCE, "Northbeam Reports Second Quarter Results. Revenue was $212.4 million, an increase of 9%.", "Item 2.02 Results of Operations. On May 5, 2026, Northbeam issued a press release announcing its results for the second quarter."),
        (Category.FINANCE, "Northbeam half-year report 2026: revenue EUR 71.4 million, EBITDA EUR 2.1 million", "Northbeam reports first half of 2026. Revenue declined 14% to €71.4 million as growers postponed investments."),
        (Category.LEADERSHIP, "Fiona Hale to retire as Northbeam chief executive; Imran Qadir named successor.", "Northbeam boss Hale to step down after fine, COO Qadir takes over."),
        (Category.LAUNCH, "Northbeam introduces K7 series of readers. With no slot there is nothing to jam.", "New products: slotless K7 readers from Northbeam"),
        (Category.CUSTOMER, "Rosa Group Picks Northbeam for 48 Hotels", "Rosa Group of Tampere to run on Northbeam"),
        (Category.FINANCE, "Northbeam: First quarter 2026 results. Revenue of NOK 742 million, EBITDA of NOK 96 million.", "Northbeam lifts Q1 earnings by a third. EBITDA came in at NOK 96m."),
        (Category.ACQUISITION, "Northbeam buys receipt scanner Snapslip. Founder Owain Bellis and his colleagues move to Bristol.", "No more shoeboxes: Snapslip is now part of the family."),
    ],
)  # fmt: skip
def test_same_act_in_other_words_is_one_story(classifier, category, one, other):
    assert same_story(story(classifier, one, category), story(classifier, other, category))
    assert same_story(story(classifier, other, category), story(classifier, one, category))


@pytest.mark.parametrize(
    ("category", "one", "other"),
    [
        (Category.EXPANSION, "Northbeam opens office in Dublin", "Northbeam opens office in Singapore"),
        (Category.LAUNCH, "VerifyFlow adds passkeys", "VerifyFlow adds dark mode"),
        (Category.REGULATORY, "Northbeam completes SOC 2 Type II audit", "Northbeam obtains ISO 27001 certificate"),
        (Category.EVENT, "Northbeam to exhibit at Money Europe in Amsterdam", "Northbeam to speak at Identity Week in London"),
        (Category.CUSTOMER, "Harbour Bank selects Northbeam for account opening", "Rosa Group selects Northbeam for account opening"),
        (Category.PARTNERSHIP, "Northbeam partners with Mapwise on checks", "Northbeam partners with Lumo on checks"),
        (Category.LEADERSHIP, "Northbeam appoints Mara Quill as CRO", "Northbeam appoints Jonas Brandt as CRO"),
        (Category.LEADERSHIP, "Northbeam appoints Mara Quill as CRO", "Mara Quill steps down as CRO of Northbeam"),
        (Category.LEADERSHIP, "Northbeam appoints Mara Quill as CRO", "Northbeam's CRO Mara Quill is out as sales slump"),
        (Category.ACQUISITION, "Northbeam acquires fraud-scoring firm Pelican", "Northbeam acquires chat firm Heron. It bought the fraud-scoring firm Pelican last month."),
        (Category.EXPANSION, "Northbeam opens branch in Zürich", "Northbeam opens branch in Gdańsk"),
        (Category.FINANCE, "Northbeam raises $40 million Series B", "Northbeam raises $90 million Series C"),
        (Category.REGULATORY, "Northbeam fined by data protection office", "Northbeam wins patent case against Castlewood"),
        (Category.LAUNCH, "VerifyFlow 5.1 released", "VerifyFlow 5.2 released"),
        (Category.LAUNCH, "VerifyFlow 5.1 released", "VerifyFlow 5.1.3 released"),
        (Category.LAUNCH, "Northbeam adds scheduling to its desktop product", "Northbeam pulls the plug on its desktop product"),
        (Category.REGULATORY, "Attorney General of Ohio sues Northbeam over patient data", "Northbeam settles with Ohio Attorney General over patient data"),
        (Category.REGULATORY, "Northbeam receives clearance for the SepsiQuick test", "Northbeam receives clearance for the FeverTrack panel"),
    ],
)  # fmt: skip
def test_other_person_place_sum_or_partner_is_another_story(classifier, category, one, other):
    assert not same_story(story(classifier, one, category), story(classifier, other, category))


lists = st.lists(st.text(max_size=8), max_size=4, unique_by=str.lower)
facts = st.fixed_dictionaries(
    {"customers": lists, "partners": lists, "product": st.none() | st.text(max_size=8)}
)


@given(facts, facts)
def test_merging_facts_loses_nothing_and_repeats_nothing(one, other):
    merged = merge_facts(one, other)
    assert merge_facts(merged, other) == merged
    assert merge_facts(merged, one) == merged
    for key in ("customers", "partners"):
        assert merged[key][: len(one[key])] == one[key]
        assert {name.lower() for name in other[key]} <= {name.lower() for name in merged[key]}
    assert merged["product"] == (other["product"] if one["product"] is None else one["product"])


def test_embedding_survives_storage(classifier):
    row = classifier.embed(["Northbeam opens office in Dublin"])[0]
    assert len(to_bytes(row)) == 768
    assert cosine(row, from_bytes(to_bytes(row))) > 0.999


def test_one_of_several_tellings_that_opens_a_text_is_the_same_story(classifier):
    told = "Northbeam reports third quarter results\n\nNorthbeam Inc. filed 10-Q: quarterly report."
    whole = "Northbeam reports third quarter results. Revenue was 63 million dollars, up 13 percent."
    assert same_story(story(classifier, told, Category.FINANCE), story(classifier, whole, Category.FINANCE))


def test_like_sentences_that_end_otherwise_are_two_acts_and_longer_ones_on_one_thing_are_not():
    own = ACTOR.names
    assert same_frame("Northbeam adds passkeys to its app", "Northbeam adds dark mode to its app", own)
    assert not same_frame("Northbeam adds passkeys", "Northbeam adds passkeys to its app", own)
    assert not same_frame("Northbeam raises $40 million", "Northbeam raises $40 million from Oak Hill", own)
    assert not same_frame("Pelican joins us", "Pelican team comes aboard", own)


def test_a_line_about_a_partner_is_no_telling_of_other_news_that_does_not_name_it(classifier):
    brand = "We are now the identity company. From today we call ourselves so, for checking faces was only the beginning."
    named = brand.replace("for checking faces", "for working with Tallow Books")
    line = Story(
        category=Category.PARTNERSHIP,
        facts={"partners": ["Tallow Books"]},
        text="Finance Tallow Books Checks new faces inside Tallow Books.",
        own_names=ACTOR.names,
    )
    assert likeness(line, story(classifier, brand, Category.POSITIONING)) == -math.inf
    assert likeness(line, story(classifier, named, Category.POSITIONING)) > -math.inf
    assert likeness(replace(line, doubt=0.6), story(classifier, brand, Category.POSITIONING)) > -math.inf


def test_a_text_that_teaches_tells_no_act_and_what_opens_is_not_what_closes(classifier):
    launch = story(classifier, "Northbeam ships Columnar 2.0 with vectorised joins.", Category.LAUNCH)
    guide = story(classifier, "Vectorised joins: a deep dive with benchmarks.", Category.LAUNCH)
    assert likeness(replace(guide, doubt=0.9), launch) == -math.inf
    opened = story(
        classifier, "Northbeam reopens depot in Doncaster. Forty people work there.", Category.EXPANSION
    )
    shut = story(classifier, "Northbeam closes depot in Crewe. Work goes to Doncaster.", Category.EXPANSION)
    assert likeness(shut, opened) == likeness(opened, shut) == -math.inf


def test_the_same_source_and_days_between_speak_against_one_act(classifier):
    first = story(classifier, "Northbeam opens engineering hub in Dublin", Category.EXPANSION)
    later = story(classifier, "Our new hub in Dublin is open", Category.EXPANSION)
    told = [replace(first, sources=frozenset({1}), seen=(START, START)), *_retellings(later)]
    odds = [likeness(told[0], one) for one in told[1:]]
    assert odds == sorted(odds, reverse=True)
    assert len(set(odds)) == len(odds)


def _retellings(later: Story) -> list[Story]:
    """Return a retelling from elsewhere on the day and after a week, and from the same source after a week."""
    week = START + timedelta(days=7)
    return [
        replace(later, sources=frozenset({2}), seen=(START, START)),
        replace(later, sources=frozenset({2}), seen=(week, week)),
        replace(later, sources=frozenset({1}), seen=(week, week)),
    ]


def test_sums_in_other_currencies_part_nothing_and_other_sums_in_one_do():
    price, sales = {"money": [(Decimal(90), "SEK")]}, {"money": [(Decimal(48), "DKK")]}
    assert differing(price, sales) == set()
    assert differing(price, {"money": [(Decimal(60), "SEK")]}) == {"money"}
