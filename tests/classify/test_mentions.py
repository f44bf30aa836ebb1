"""A text that is no news of its own tells a standing story further, or is dropped; it never changes the story."""

from dataclasses import dataclass, replace

import pytest

from classify.classifier import Classifier
from classify.run import run_classify
from config.settings import ClassifySettings
from store.kinds import Category, FactKind
from store.signal_listing import show_signal
from tests.classify.test_run import drops, named, news, signals


@dataclass(frozen=True, kw_only=True)
class Doubting(Classifier):
    """The real classifier, but it believes that texts with one word in them are no news, whatever head is in force."""

    word: str

    def read(self, texts):
        return [
            self._doubted(reading) if self.word in f"{text.title} {text.text}" else reading
            for text, reading in zip(texts, super().read(texts), strict=True)
        ]

    def _doubted(self, reading):
        rest = {c: p * 0.3 for c, p in reading.categories.items() if c is not Category.NONE}
        # Not surely: a text that is plainly none is not looked at again.
        return replace(reading, categories={Category.NONE: 0.7, **rest})


def doubting(classifier, word):
    return Doubting(encoder=classifier.encoder, head=classifier.head, word=word)


def shown(world, row):
    found = show_signal(world.session, row.id)
    assert found is not None
    return found


def told(world, classifier, text, word):
    news(world, "Northbeam launches Voice Notes", "Voice Notes lets site inspectors dictate their reports.")
    news(world, text, source="linkedin")
    run_classify(world.session, world.now, doubting(classifier, word), ClassifySettings())
    return signals(world)


def test_text_that_is_no_news_is_evidence_of_the_story_it_tells(world, classifier):
    (row,) = told(
        world, classifier, "It is here: Voice Notes. Inspectors just talk, the report writes itself", "It is"
    )
    assert drops(world) == []
    assert len(shown(world, row)["evidence"]) == 2
    assert "writes itself" not in row.text


def test_text_that_is_no_news_and_tells_no_story_is_dropped(world, classifier):
    (row,) = told(world, classifier, "Why our kitchen has a new coffee machine", "coffee")
    assert drops(world) == ["category none"]
    assert len(shown(world, row)["evidence"]) == 1


def test_story_told_again_by_the_same_change_gains_nothing(world, classifier):
    (row,) = told(
        world, classifier, "It is here: Voice Notes. Inspectors just talk, the report writes itself", "It is"
    )
    before = shown(world, row)
    run_classify(world.session, world.now, doubting(classifier, "It is"), ClassifySettings())
    assert shown(world, row) == before


@pytest.mark.parametrize("title", ["Country Manager, Singapore", "Country Manager"])
@pytest.mark.parametrize("ad_first", [True, False])
def test_ad_for_who_leads_a_new_market_belongs_to_its_opening(world, run, ad_first, title):
    ad = named(FactKind.OPENING, title, place="Singapore", team="Sales")
    if ad_first:
        world.change(source="careers", page_type="careers", added=[ad.name], facts=[ad])
    news(
        world,
        "Northbeam opens in Singapore",
        "Northbeam has opened an office in Singapore, its first in Asia.",
    )
    if not ad_first:
        world.change(source="careers", page_type="careers", added=[ad.name], facts=[ad])
    run()
    (row,) = signals(world)
    assert (row.category, row.headline) == ("expansion", "Northbeam opens in Singapore")


def test_any_other_ad_in_the_new_market_stays_a_story_of_its_own(world, run):
    ad = named(FactKind.OPENING, "Account Executive", place="Singapore", team="Sales")
    world.change(source="careers", page_type="careers", added=[ad.name], facts=[ad])
    news(
        world,
        "Northbeam opens in Singapore",
        "Northbeam has opened an office in Singapore, its first in Asia.",
    )
    run()
    assert sorted(row.category for row in signals(world)) == ["expansion", "hiring"]
