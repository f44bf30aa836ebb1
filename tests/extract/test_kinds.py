"""Kinds of noise and ways to mark up facts, each on the smallest page that shows it; what still fails says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.compare import compare_documents
from extract.document import ReadOptions
from extract.read import read_document, read_pair

HERE = Path(__file__).parent / "kinds"
NOISE = json.loads((HERE / "noise.json").read_text("utf-8"))
FACTS = json.loads((HERE / "facts.json").read_text("utf-8"))
FILES = json.loads((HERE / "files.json").read_text("utf-8"))
LANGUAGES = json.loads((HERE / "languages.json").read_text("utf-8"))
SHELL = (
    '<html lang="en"><head><title>{title} | Heron</title></head><body><header><a href="/">Heron</a><nav>'
    '<a href="/product">Product</a><a href="/pricing">Pricing</a><a href="/about">About</a></nav></header>{top}'
    "<main><h1>{title}</h1><p>Heron plans shifts for ports, depots and yards of every size.</p>{main}"
    "<h2>How it works</h2><p>Each crew sees its week on one page, and swaps are settled without a phone call.</p>"
    "<p>The planner keeps rest times in view and warns before a rule is broken.</p></main>{end}"
    '<footer><a href="/privacy">Privacy</a><p>© 2026 Heron Ltd</p></footer></body></html>'
)


SHORT = (
    '<html lang="{language}"><head><title>{title} | Heron</title></head><body><header><a href="/">Heron</a></header>'
    "<main><h1>{title}</h1>{main}</main><footer><p>© 2026 Heron</p></footer></body></html>"
)


def page(title: str, **parts: str) -> bytes:
    return SHELL.format(title=title, **{"main": "", "top": "", "end": "", **parts}).encode()


@pytest.mark.parametrize("case", NOISE, ids=lambda case: case["name"])
def test_kind_of_noise_is_no_news(case: dict[str, Any]) -> None:
    before, after = (page(case["title"], **{case["where"]: case[side]}) for side in ("before", "after"))
    told = [
        compare_documents(*read_pair(*sides, url="page.html")).changed
        for sides in ((before, after), (after, before))
    ]
    assert any(told) is case.get("told", False)


@pytest.mark.parametrize("case", FACTS, ids=lambda case: case["name"])
def test_markup_of_facts_is_read_exactly(case: dict[str, Any]) -> None:
    assert is_exact(page(case["title"], main=case["main"]), case) is not case.get("missed", False)


@pytest.mark.parametrize("case", LANGUAGES, ids=lambda case: case["name"])
def test_facts_are_read_exactly_in_other_languages(case: dict[str, Any]) -> None:
    body = SHORT.format(language=case["language"], title=case["title"], main=case["main"]).encode()
    assert is_exact(body, case) is not case.get("missed", False)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case["name"])
def test_facts_are_read_exactly_from_files_of_text_and_data(case: dict[str, Any]) -> None:
    assert is_exact(case["body"].encode(), case, case["file"]) is not case.get("missed", False)


def is_exact(body: bytes, case: dict[str, Any], url: str = "page.html") -> bool:
    document = read_document(body, url=url, options=ReadOptions(article=False))
    found = [fact for fact in document.facts if fact.kind.value == case["kind"]]
    wanted = [(fact.pop("name"), fact) for fact in map(dict, case["facts"])]
    return len(found) == len(wanted) and all(
        any(fact.name == name and values.items() <= fact.attributes.items() for fact in found)
        for name, values in wanted
    )
