"""Feeds and job boards: each entry is news once."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from store.database import Database
from tests.extract.watching import Watch


def feed(*titles: str, date: str = "Mon, 16 Nov 2026 08:00:00 GMT") -> str:
    items = "".join(
        f"<item><guid>{title}</guid><title>{title}</title>"
        f"<link>https://northbeam.example/{title.replace(' ', '-')}</link>"
        f"<pubDate>{date}</pubDate></item>"
        for title in titles
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{items}</channel></rss>"


def board(jobs: Sequence[tuple[int, str]]) -> str:
    return json.dumps(
        {
            "jobs": [
                {
                    "id": number,
                    "title": title,
                    "absolute_url": f"https://boards.greenhouse.io/northbeam/jobs/{number}",
                    "location": {"name": "Dublin"},
                }
                for number, title in jobs
            ],
            "meta": {"total": len(jobs)},
        }
    )


@pytest.fixture
def news(database: Database) -> Watch:
    return Watch(database, type="feed", url="https://northbeam.example/rss.xml")


@pytest.fixture
def jobs(database: Database) -> Watch:
    return Watch(database, type="greenhouse", url="", parameters={"board": "northbeam"})


def test_entries_of_the_first_visit_are_the_baseline(news: Watch) -> None:
    news.capture(feed("First post", "Second post"))
    assert news.changes() == []


def test_new_entry_is_one_confirmed_change(news: Watch) -> None:
    news.capture(feed("First post"))
    news.capture(feed("Northbeam raises a round", "First post"))
    news.capture(feed("Northbeam raises a round", "First post"))
    (change,) = news.changes()
    assert change.state.value == "confirmed"
    assert change.added[0] == "Northbeam raises a round"
    assert change.facts[0].kind.value == "entry"


def test_entry_that_leaves_a_feed_is_no_news(news: Watch) -> None:
    news.capture(feed("First post", "Second post"))
    news.capture(feed("Second post"))
    assert news.changes() == []


def test_backfilled_entry_is_dropped(news: Watch) -> None:
    news.capture(feed("First post"))
    news.capture(feed("An old story", "First post", date="Mon, 06 Jan 2020 08:00:00 GMT"))
    assert news.changes() == []
    assert "old entry" in news.drop_reasons()


def test_opened_and_closed_openings_are_reported(jobs: Watch) -> None:
    jobs.capture(board([(1, "Platform Engineer"), (2, "Account Executive")]))
    jobs.capture(board([(2, "Account Executive"), (3, "Head of Sales, DACH")]))
    assert [(c.facts[0].action.value, c.facts[0].name) for c in jobs.changes()] == [
        ("added", "Head of Sales, DACH"),
        ("removed", "Platform Engineer"),
    ]
