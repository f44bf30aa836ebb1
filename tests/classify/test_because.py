"""Each proof says why it was told to be of its signal, from the very facts, words and days that decided."""

from datetime import timedelta

import pytest

from classify.tellings.because import FIRST
from store.kinds import FactKind
from store.signal_listing import show_signal
from tests.classify.test_run import named, news, person, signals

DAY = timedelta(days=1)


def reasons(world):
    """Return why each proof of the only signal is one, in the order in which they were stored."""
    (row,) = signals(world)
    found = show_signal(world.session, row.id)
    assert found is not None
    return [proof["because"] for proof in sorted(found["evidence"], key=lambda proof: proof["change"])]


def test_the_same_person_on_the_same_day_is_named(world, run):
    news(world, "Northbeam appoints Mara Oduya as Chief Revenue Officer")
    world.change(source="team", page_type="team", facts=[person("Mara Oduya", "Chief Revenue Officer")])
    run()
    first, second = reasons(world)
    assert first == FIRST
    assert second.startswith("same person Mara Oduya, same day; text alike 0.")
    assert "in common: " in second


def test_the_same_sum_days_apart_is_named_as_the_text_writes_it(world, run):
    news(
        world,
        "Northbeam raises $28 million Series B led by Cairn Street",
        source="newsroom",
        at=world.now - 2 * DAY,
        published=world.now - 2 * DAY,
    )
    run()
    news(world, "Cairn Street puts $28m into Northbeam", source="press", published=world.now)
    run()
    (_, second) = reasons(world)
    assert second.startswith("same sum $28m, 2 days apart; text alike 0.")
    assert second.endswith(" above the bar")


def test_a_retelling_without_facts_names_the_rare_words_in_common(world, run):
    news(world, "Northbeam launches Voice Notes", "Voice Notes lets site inspectors dictate their reports.")
    news(world, "It is here: Voice Notes. Inspectors just talk, the report writes itself", source="linkedin")
    run()
    (_, second) = reasons(world)
    assert "Voice" in second or "Inspectors" in second
    assert "same day" in second


def test_a_teaser_in_the_same_words_quotes_them(world, run):
    news(world, "Northbeam opens engineering hub in Dublin", "The hub will seat sixty people.")
    world.change(source="home", added=["Northbeam opens engineering hub in Dublin"])
    run()
    (_, second) = reasons(world)
    assert second == "told in the same words: “Northbeam opens engineering hub in Dublin”, same day"


def test_a_list_shown_anew_says_so(world, run):
    news(world, "Northbeam opens engineering hub in Dublin", at=world.now - 20 * DAY)
    run()
    news(world, "Northbeam opens engineering hub in Dublin")
    run()
    assert reasons(world)[1].endswith("in a list shown anew")


@pytest.mark.parametrize("ad_first", [True, False])
def test_an_ad_for_who_leads_a_new_market_says_so(world, run, ad_first):
    ad = named(FactKind.OPENING, "Country Manager", place="Singapore", team="Sales")
    for told in ("ad", "news") if ad_first else ("news", "ad"):
        if told == "ad":
            world.change(source="careers", page_type="careers", added=[ad.name], facts=[ad])
        else:
            news(
                world,
                "Northbeam opens in Singapore",
                "Northbeam has opened an office in Singapore, its first in Asia.",
            )
    run()
    assert reasons(world)[1] == "seeks who leads the market that is entered: Country Manager, same day"


def test_job_ads_of_one_day_say_so(world, run):
    for title in ("Account Executive", "Solutions Engineer"):
        ad = named(FactKind.OPENING, title, place="Oslo", team="Sales")
        world.change(source=title, page_type="careers", added=[ad.name], facts=[ad])
    run()
    assert reasons(world) == [FIRST, "job ads that appeared on one day"]


def test_a_filing_says_how_near_the_news_it_stands(world, run):
    news(
        world,
        "Northbeam appoints Mara Oduya as Chief Financial Officer",
        published=world.now,
    )
    title = "Northbeam Identity filed 8-K: departure or appointment of directors or officers"
    world.change(
        source="edgar",
        title=title,
        added=[title],
        facts=[named(FactKind.ENTRY, title, form="8-K", items="5.02")],
        published=world.now - DAY,
        hint="leadership",
    )
    run()
    assert reasons(world)[1] == "a filing of that kind, 1 day apart"
