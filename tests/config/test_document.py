from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.document import refreshed
from config.schema import json_schema
from crawlers.registry import catalogue
from tests.config.kinds import CATALOGUE

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_page_is_current() -> None:
    text = PAGE.read_text("utf-8")
    assert refreshed(text, catalogue()) == text, "run: python docs/refresh_configuration.py"


def test_every_key_of_every_file_is_explained() -> None:
    text = PAGE.read_text("utf-8")
    for name, definition in json_schema()["$defs"].items():
        for key in definition.get("properties", {}):
            assert f"| `{key}` |" in text, (name, key)


def test_refreshing_keeps_what_people_wrote() -> None:
    page = "before\n<!-- generated: types -->\nold\n<!-- end -->\nafter\n"
    again = refreshed(page, CATALOGUE)
    assert again.startswith("before\n")
    assert again.endswith("<!-- end -->\nafter\n")
    assert "old" not in again
    assert "| `edgar` |" in again
    assert refreshed(again, CATALOGUE) == again


def test_an_unknown_table_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        refreshed("<!-- generated: nothing -->\n<!-- end -->", CATALOGUE)


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for table in re.findall(r"(?:^\|.*\|\n)+", PAGE.read_text("utf-8"), re.MULTILINE):
        assert len({len(re.split(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
