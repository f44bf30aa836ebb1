"""The rows that teach the score: filled templates, reworded sentences, blocks of stored pages, headlines of news."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.materials.slots import HERE, choose, fill, fill_slots, sections
from extract.comparing.align import align
from extract.document import Document
from extract.read import read_pair
from store.kinds import BlockKind, PageType

ROOT = HERE.parents[1]
CORPORA = ROOT / "tests" / "extract"
NEWS = ROOT / "classify" / "data"
#: Whose pages teach; later corpora judge.
TEACHING = (
    "pairs", "pages", "sites", "sites_held", "sites_third", "sites_fourth", "sites_fifth", "sites_sixth", "sites_wild",
    "sites_seventh", "sites_eighth", "sites_ninth",
)  # fmt: skip
FILLINGS = 14  # of one template
PAGE_BLOCKS, HEADLINES = 12_000, 3_000
BLOCK_WEIGHT, BOX_WEIGHT, MENU_WEIGHT, NEWS_WEIGHT, WORDING_WEIGHT, KIND_WEIGHT, MET_WEIGHT = (
    1.0, 0.5, 0.25, 0.25, 0.3, 2.0, 3.0,
)  # fmt: skip
_KINDS = [BlockKind(kind) for kind in ["paragraph", "paragraph", "item", "card", "heading", "row"]]
_USUAL = [PageType.HOME, PageType.PRICING, PageType.GENERIC, PageType.PRODUCT]
_COMMON = frozenset((HERE / "common.txt").read_text("utf-8").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line (``before`` None) or an edit, whether it is ``beside`` the matter, and who wrote it (``author``)."""

    beside: bool
    before: str | None
    after: str
    kind: BlockKind
    page_type: PageType
    origin: str
    weight: float = 1.0
    author: str = ""


def all_rows(seed: int = 5) -> list[Row]:
    """Return every row but those met in differences of pages, which `met_rows` reads."""
    r = random.Random(seed)
    blocks = list(page_rows())
    matter = [row for row in blocks if not row.beside]
    r.shuffle(matter)
    return [
        *template_rows(r), *kind_rows(), *news_rows(r), *(row for row in blocks if row.beside), *matter[:PAGE_BLOCKS],
        *wording_rows(matter[:PAGE_BLOCKS], r),
    ]  # fmt: skip


def template_rows(r: random.Random) -> Iterator[Row]:
    """Yield the fillings of all templates."""
    for name in ("beside.txt", "matter.txt", "wording.txt"):
        beside = name != "matter.txt"
        types = [kind for kind in PageType if not beside or kind is not PageType.POLICY]
        for title, lines in sections(name):
            for line in lines:
                fillings = (_filled(line, title, lines, r, beside=beside) for _ in range(FILLINGS))
                for before, after in dict.fromkeys(fillings):
                    form: dict[str, Any] = {
                        "kind": r.choice(_KINDS),
                        "page_type": r.choice(types) if r.random() < 0.7 else r.choice(_USUAL),
                    }
                    if before != after:
                        yield Row(beside=beside, before=before, after=after, origin=line, **form)


def _filled(
    line: str, title: str, lines: Sequence[str], r: random.Random, *, beside: bool
) -> tuple[str | None, str]:
    """Return one filling: a line alone, or with what stood in its place."""
    if " => " in line:
        before, after = (fill(side, r) for side in line.split(" => "))
        return (before, after) if r.random() < 0.5 else (after, before)
    chance = r.random()
    if "figures" in title and chance < 0.3:
        said = choose(line, r)
        return fill_slots(said, r), fill_slots(said, r)
    if chance < 0.5:
        return None, fill(line, r)
    if "turn" in title and chance < 0.75:
        return fill(line, r), fill(line, r)
    if chance < (0.7 if beside else 0.6):
        return fill(r.choice(lines), r), fill(line, r)
    return None, fill(line, r)


def kind_rows() -> Iterator[Row]:
    """Yield the lines of the kinds of noise that are held one by one."""
    for case in json.loads((CORPORA / "kinds" / "noise.json").read_text("utf-8")):
        before, after = _texts(case["before"]), _texts(case["after"])
        gone, come = [t for t in before if t not in after], [t for t in after if t not in before]
        form: dict[str, Any] = {"beside": True, "kind": BlockKind.PARAGRAPH, "page_type": PageType.GENERIC}
        if len(gone) == len(come) == 1:
            yield Row(before=gone[0], after=come[0], origin=case["name"], weight=KIND_WEIGHT, **form)
        elif len(gone) + len(come) < 8:
            for text in (*gone, *come):
                yield Row(before=None, after=text, origin=case["name"], **form)


def _texts(markup: str) -> list[str]:
    parts = re.split(r"</(?:p|li|h\d|td|th|div|a|button|label|span|option|summary|small)>|<br>", markup)
    said = (re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", part))).strip() for part in parts)
    return [text for text in said if text]


def news_rows(r: random.Random) -> list[Row]:
    """Return headlines of news of companies."""
    rows = [
        json.loads(line)
        for path in sorted(NEWS.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    titles = [row.get("title") or row["text"] for row in rows if row["label"] != "none"]
    titles = [title for title in titles if len(title.split()) <= 22]
    r.shuffle(titles)
    form: dict[str, Any] = {"kind": BlockKind.PARAGRAPH, "page_type": PageType.NEWS, "weight": NEWS_WEIGHT}
    return [
        Row(beside=False, before=None, after=title, origin="news", **form) for title in titles[:HEADLINES]
    ]


def page_rows() -> Iterator[Row]:
    """Yield what stored pages say in their boxes and menus, and what of their matter stays from capture to capture."""
    seen: set[str] = set()
    for author, before, after in captures():
        form: dict[str, Any] = {"before": None, "page_type": after.page_type, "author": author}
        for aside in (*before.asides, *after.asides):
            if aside.text not in seen and len(aside.text) <= 300:
                seen.add(aside.text)
                weight = MENU_WEIGHT if aside.reason == "navigation" else BOX_WEIGHT
                box = {**form, "kind": BlockKind.PARAGRAPH, "weight": weight}
                yield Row(beside=True, after=aside.text, origin="box", **box)
        for left, right in align(before.blocks, after.blocks).equal:
            if left.text not in seen and left.text == right.text and len(left.text) <= 300:
                seen.add(left.text)
                yield Row(
                    beside=False, after=left.text, kind=left.kind, origin="block", weight=BLOCK_WEIGHT, **form
                )


def captures() -> Iterator[tuple[str, Document, Document]]:
    """Yield who wrote each stored pair, and its two documents."""
    for path in (path for corpus in TEACHING for path in sorted((CORPORA / corpus).glob("*/expected.json"))):
        sides = [next(iter(sorted(path.parent.glob(f"{side}.*")))) for side in ("before", "after")]
        yield author_of(path.parts[-3]), *_read(*sides)


@cache
def _read(before: Path, after: Path) -> tuple[Document, Document]:
    return read_pair(before.read_bytes(), after.read_bytes(), url=f"page{before.suffix}")


def author_of(corpus: str) -> str:
    """Return whose pages these are; the first corpora are of one hand."""
    return (
        corpus
        if corpus.rsplit("_", maxsplit=1)[-1] in ("wild", "seventh", "eighth", "ninth", "tenth")
        else "first"
    )


def wording_rows(blocks: Sequence[Row], r: random.Random) -> Iterator[Row]:
    """Yield sentences of pages in other words, and with another word for one that counts."""
    pairs = [line.split(" = ") for _, lines in sections("synonyms.txt") for line in lines]
    pool = [word for row in blocks for word in re.findall(r"[^\W\d_]{5,}", row.after)]
    for row in blocks:
        if len(row.after.split()) < 6 or row.kind not in (
            BlockKind.PARAGRAPH,
            BlockKind.CARD,
            BlockKind.ITEM,
        ):
            continue
        form: dict[str, Any] = {
            "before": row.after,
            "kind": row.kind,
            "page_type": row.page_type,
            "author": row.author,
        }
        for beside, text in (
            (True, _reworded(row.after, pairs, r)),
            (False, _another(row.after, pool, r)),
        ) * 2:
            if text is not None and text != row.after:
                yield Row(beside=beside, after=text, origin="wording", weight=WORDING_WEIGHT, **form)


def _reworded(text: str, pairs: Sequence[Sequence[str]], r: random.Random) -> str | None:
    said, changes = text, 0
    for old, new in r.sample(pairs, len(pairs)):
        if found := re.search(rf"(?<!\w){re.escape(old.strip())}(?!\w)", said, re.I):
            word = "" if new.strip() == "-" else new.strip()
            word = word[:1].upper() + word[1:] if found.group()[:1].isupper() else word
            said = re.sub(r"\s+", " ", said[: found.start()] + word + said[found.end() :]).strip()
            changes += 1
            if changes >= r.choice((1, 2, 3, 4)):
                break
    head, comma, tail = said.partition(", ")
    if comma and r.random() < 0.25 and said.endswith(".") and min(len(head.split()), len(tail.split())) > 2:
        return f"{tail[:1].upper()}{tail[1:-1]}, {head[:1].lower()}{head[1:]}."
    return said if changes else None


def _another(text: str, pool: Sequence[str], r: random.Random) -> str | None:
    words = text.split()
    telling = [
        n for n, word in enumerate(words) if len(word) > 3 and word.isalpha() and word.lower() not in _COMMON
    ]
    chance = r.random()
    if chance < 0.45 and telling:
        words[r.choice(telling)] = r.choice(pool)
    elif chance < 0.6 and telling:
        words.insert(r.choice(telling), r.choice(["not", "no longer", "never", "only", "no"]))
    elif chance < 0.75 and (found := re.search(r", [^,]+ and [^,.]+|, [^,]+(?=,)", text)):
        return text[: found.start()] + text[found.end() :]
    elif chance < 0.9 and telling:
        words[r.choice(telling) : 0] = [r.choice(pool), "and"]
    elif found := re.search(r"\d+", text):
        return f"{text[: found.start()]}{r.randint(2, 900)}{text[found.end() :]}"
    else:
        return None
    return " ".join(words)
