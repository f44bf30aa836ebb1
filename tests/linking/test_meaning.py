from __future__ import annotations

import tomllib

from linking.meaning import DATA, Meaning, glosses
from linking.story import Story
from store.kinds import Category
from store.sources import Rival

RIVAL = Rival(id=1, key="findara", name="Findara", domain="findara.example", market="e-commerce-search")
TAGS = frozenset({"site search", "product recommendations"})


def _story(category: Category, title: str, text: str) -> Story:
    return Story(rival=RIVAL, category=category, title=title, text=text)


def test_a_description_is_read_as_the_nearest_capability() -> None:
    text = "Shoppers find the right shoes although they type it wrongly."
    story = _story(Category.LAUNCH, "Misspelt words no longer matter", text)
    assert [like.tag for like in Meaning().described(story, story.news, TAGS)] == ["site search"]


def test_news_of_people_and_money_describe_nothing() -> None:
    for category in (Category.FINANCE, Category.LEADERSHIP, Category.MEDIA, Category.NONE):
        story = _story(category, "Shoppers find what they look for", "They type it wrongly.")
        assert Meaning().described(story, story.news, TAGS) == []


def test_a_price_that_says_no_product_describes_nothing() -> None:
    story = _story(Category.PRICING, "Findara changes how it charges", "From March a flat fee is due.")
    assert Meaning().described(story, story.news, TAGS) == []


def test_without_the_model_shared_words_decide() -> None:
    story = _story(Category.LAUNCH, "New", "Shoppers find what they look for although they type it wrongly.")
    assert [like.tag for like in Meaning.without_model().described(story, story.news, TAGS)] == [
        "site search"
    ]
    other = _story(Category.LAUNCH, "New", "The canteen serves soup.")
    assert Meaning.without_model().described(other, other.news, TAGS) == []


def test_no_tag_stands_on_two_lines() -> None:
    lines = tomllib.loads(DATA.read_text(encoding="utf-8"))["glosses"]
    tags = [tag.strip() for names in lines for tag in names.split(",")]
    assert len(tags) == len(set(tags))
    assert all(glosses().values())
