"""The page of source types says what the modules say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crawlers.describe import describe
from crawlers.registry import adapters

ROOT = Path(__file__).parents[2]


def test_the_page_of_source_types_is_current() -> None:
    assert (ROOT / "docs" / "sources.md").read_text(encoding="utf-8") == describe()


def test_every_type_is_on_the_page() -> None:
    page = describe()
    assert all(adapter.spec.name in page for adapter in adapters())


def test_knowing_the_types_and_starting_a_crawl_loads_neither_scrapy_nor_playwright() -> None:
    code = "import sys, crawlers.run, crawlers.dry, crawlers.registry as _"
    code += "; print({'scrapy', 'playwright', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
