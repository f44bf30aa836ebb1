"""Figures that a page measures by itself are no news; figures that somebody chose to tell are."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from store.kinds import PageType


def read(line: str, page_type: PageType, heading: str) -> Document:
    tiles = f"<h2>{heading}</h2><ul><li>{line}</li><li>Crews see their week on one page</li></ul>"
    html = f"<html><head><title>Heron</title></head><body><main><h1>Heron</h1>{tiles}</main></body></html>"
    options = ReadOptions(article=False)
    return read_document(html.encode(), url="https://heron.example/x", page_type=page_type, options=options)


def is_told(before: str, after: str, page_type: PageType = PageType.HOME, heading: str = "Figures") -> bool:
    left, right = (read(line, page_type, heading) for line in (before, after))
    return compare_documents(left, right).changed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("412.7 MW under control", "398.2 MW under control"),
        ("98.2 % uptime", "98.4 % uptime"),
        ("1,204 trucks on the road", "1,187 trucks on the road"),
        ("3 min average response", "4 min average response"),
        ("398,2 MW pilotés", "412,7 MW pilotés"),
    ],
)
def test_measured_figure_of_a_front_page_is_no_news(before: str, after: str) -> None:
    assert not is_told(before, after)
    assert not is_told(after, before)


def test_any_figure_below_a_heading_that_speaks_of_this_moment_is_no_news() -> None:
    assert not is_told("38 ports planning", "41 ports planning", PageType.CUSTOMERS, "Right now")
    assert is_told("38 ports planning", "41 ports planning", PageType.CUSTOMERS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$19 per month", "$25 per month"),
        ("99.9 % uptime promised", "99.99 % uptime promised"),
        ("10 GB of storage", "50 GB of storage"),
        ("14 days to try", "30 days to try"),
        ("Heron now plans for 200 customers.", "Heron now plans for 300 customers."),
    ],
)
def test_figure_that_somebody_chose_is_told(before: str, after: str) -> None:
    assert is_told(before, after)


@pytest.mark.parametrize(
    "line",
    [
        "175 people are looking at this site right now",
        "9 people are looking at this page",
        "12 people viewing this product now",
    ],
)
def test_a_line_that_only_counts_who_looks_is_no_news_when_it_comes_or_goes(line: str) -> None:
    before, after = "Quotes arrive in a minute", f"Quotes arrive in a minute</li><li>{line}"
    assert not is_told(before, after, PageType.CHANGELOG)
    assert not is_told(after, before, PageType.CHANGELOG)


def test_who_looks_at_something_new_is_told() -> None:
    before, after = (
        "Crews plan",
        "Crews plan</li><li>The Harrow plan for agencies is here: 175 people are looking at it",
    )
    assert is_told(before, after)
