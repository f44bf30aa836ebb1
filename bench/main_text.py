"""The main text of articles beside plain trafilatura: F1 over words, and over runs of four words.

Run from the project's folder: ``python -m bench.main_text FOLDER``. The folder is

- a checkout of the public article extraction benchmark (``ground-truth.json`` and ``html/*.html.gz``), or
- the test pages of Mozilla's Readability (``*/source.html`` beside ``*/expected.html``, at any depth), or
- holds feeds: then the articles that these carry in full are set into the main part of real pages of the labelled
  pairs, and the article is what should be found.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from statistics import mean

import feedparser
import trafilatura
from lxml import etree, html

from extract.reading.main_text import main_text

FEEDS = (".xml", ".rss", ".atom", ".rdf")
SHELLS = Path("tests/extract/pairs")
WORDS = 150  # of an article; shorter entries are teasers
_WORD = re.compile(r"\w+")

Page = tuple[str, str]


def main(folder: Path) -> None:
    """Print both figures for the plain library and for ours."""
    kind, pages = pages_of(folder)
    print(f"{len(pages)} pages {kind}")
    for name, extract in (("plain trafilatura", plain), ("our main text", main_text)):
        found = [(true, extract(source)) for source, true in pages]
        print(f"{name:18} words F1 {f1(found, 1):.4f}   four-word runs F1 {f1(found, 4):.4f}")


def pages_of(folder: Path) -> tuple[str, list[Page]]:
    """Return what kind of pages the folder gives, and the pages as (source, main text)."""
    if (folder / "ground-truth.json").exists():
        return "of the article extraction benchmark", list(benchmark_pages(folder))
    if pages := list(readability_pages(folder)):
        return "of Readability's tests", pages
    return "built from feeds and real pages", list(built_pages(folder))


def plain(source: str) -> str:
    """Return what the library finds by its defaults, without readers' comments, as the benchmark calls it."""
    return trafilatura.extract(source, include_comments=False) or ""


def benchmark_pages(folder: Path) -> Iterator[Page]:
    """Yield (source, main text) of the public benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for key, item in truth.items():
        with gzip.open(folder / "html" / f"{key}.html.gz", "rt", encoding="utf-8") as file:
            yield file.read(), item["articleBody"]


def readability_pages(folder: Path) -> Iterator[Page]:
    """Yield (source, main text) of the test pages of Mozilla's Readability."""
    for path in sorted(folder.rglob("source.html")):
        expected = path.with_name("expected.html")
        if expected.exists():
            article = html.fromstring(f"<div>{expected.read_text(encoding='utf-8')}</div>")
            yield path.read_text(encoding="utf-8"), " ".join(article.itertext())


def built_pages(folder: Path) -> Iterator[Page]:
    """Yield (source, main text): every full article of a feed in the main part of a real page."""
    shells = cycle(sorted(filter(_has_main, SHELLS.glob("*/before.html"))))
    for title, content in articles(folder):
        root = html.fromstring(next(shells).read_bytes())
        place = next(root.iter("main", "article"))
        tail = place.tail
        place.clear()
        place.tail = tail
        place.append(_article(title, content))
        text = " ".join(html.fromstring(f"<div>{content}</div>").itertext())
        yield etree.tostring(root, method="html", encoding="unicode"), f"{title} {text}"


def articles(folder: Path) -> Iterator[Page]:
    """Yield (title, HTML) of the articles that the feeds below a folder carry in full."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in FEEDS):
        for entry in feedparser.parse(path.read_bytes()).entries:
            content = next((part.value for part in entry.get("content", ())), entry.get("summary", ""))
            if "<p" in content and len(_WORD.findall(re.sub(r"<[^>]*>", " ", content))) >= WORDS:
                yield entry.get("title", ""), content


def f1(found: list[Page], length: int) -> float:
    """Return F1 of the mean precision and recall over runs of ``length`` words, every page weighing the same."""
    scores = [_precision_and_recall(_runs(true, length), _runs(text, length)) for true, text in found]
    precision, recall = mean(score[0] for score in scores), mean(score[1] for score in scores)
    return 2 * precision * recall / (precision + recall)


def _precision_and_recall(
    true: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]
) -> tuple[float, float]:
    hits = (true & found).total()
    return hits / max(1, found.total()), hits / max(1, true.total())


def _runs(text: str, length: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + length]) for at in range(max(1, len(words) - length + 1)))


def _has_main(path: Path) -> bool:
    return next(html.fromstring(path.read_bytes()).iter("main", "article"), None) is not None


def _article(title: str, content: str) -> etree._Element:
    article: etree._Element = html.fromstring(f"<article><h1></h1><div>{content}</div></article>")
    next(article.iter("h1")).text = title
    return article


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bench.main_text FOLDER")
    main(Path(sys.argv[1]))
