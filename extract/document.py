"""The document: what one capture of a page says, in blocks and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from store.kinds import BlockKind, FactKind, PageType
from store.records import Block, Fact, JsonObject

#: Raised whenever a stored document would be read differently by this code.
VERSION = 7

NO_MARKS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text beside the matter: a cookie notice, an advertisement, a menu. ``reason`` names the noise it
    makes.
    """

    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How a page is read: CSS selectors to keep (``only``) or leave out (``ignore``), patterns of text
    to leave out.

    ``article``: also find the main text and the day of publication, which costs more than all the rest.
    ``marks``: also note what the markup holds besides text, so that its noise can be named.
    """

    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_text: tuple[str, ...] = ()
    article: bool = True
    marks: bool = True


class Attention(StrEnum):
    """What of a page's changes is asked for: all, only what is new, or the order of its lists as well."""

    CHANGES = "changes"
    ADDITIONS = "additions"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Below what a change of a page is not reported.

    ``words``: fewest words of a change without a fact; ``price_step``: smallest share of a price by which it changes,
    in [0, 1]; ``facts_only``: whether a change without a fact counts at all; ``beside``: from which score a change
    without a fact is beside the matter, in [0, 1], None for the usual one of the type of page.
    """

    words: int = 0
    price_step: float = 0.0
    facts_only: bool = False
    beside: float | None = None


NO_THRESHOLD = Threshold()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions:
    """How two documents are compared.

    ``volatile``: keys of blocks known to change by themselves; ``seen_before``: keys the source has shown earlier,
    so that their return is a variant and no news; ``returned``: keys of texts that an undone change had brought or
    taken; ``on`` is the day of the later capture, so that an event that is over leaves quietly. ``attention`` and
    ``threshold`` say which part of what differs is reported.
    """

    volatile: frozenset[str] = frozenset()
    seen_before: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    on: date | None = None
    attention: Attention = Attention.CHANGES
    threshold: Threshold = NO_THRESHOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One capture of a page.

    ``marks`` holds, by noise reason, what differs in markup without being text (nonces, asset versions, link targets).
    ``complete`` is false if the capture ends before the page does.
    """

    url: str
    page_type: PageType
    page_type_confidence: float = 0.0
    language: str | None = None
    title: str | None = None
    published: date | None = None
    main_text: str = ""
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    asides: tuple[Aside, ...] = ()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_MARKS)
    complete: bool = True


def document_to_json(document: Document) -> JsonObject:
    """Return the JSON shape of ``rivalwatch extract --json``; `document_from_json` reads it back."""
    return {
        "url": document.url,
        "page_type": document.page_type.value,
        "page_type_confidence": round(document.page_type_confidence, 3),
        "language": document.language,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "main_text": document.main_text,
        "blocks": [
            {"kind": b.kind.value, "text": b.text, "key": b.key, "path": list(b.path)}
            for b in document.blocks
        ],
        "facts": [
            {"kind": f.kind.value, "name": f.name, "attributes": dict(f.attributes), "quote": f.quote}
            for f in document.facts
        ],
        "asides": [{"reason": a.reason, "text": a.text} for a in document.asides],
        "marks": {reason: list(values) for reason, values in document.marks.items()},
        "complete": document.complete,
    }


def document_from_json(data: JsonObject) -> Document:
    """Read what `document_to_json` wrote."""
    return Document(
        url=data["url"],
        page_type=PageType(data["page_type"]),
        page_type_confidence=data["page_type_confidence"],
        language=data["language"],
        title=data["title"],
        published=date.fromisoformat(data["published"]) if data["published"] else None,
        main_text=data["main_text"],
        blocks=blocks_from_json(data),
        facts=tuple(
            Fact(kind=FactKind(f["kind"]), name=f["name"], attributes=f["attributes"], quote=f["quote"])
            for f in data["facts"]
        ),
        asides=tuple(Aside(reason=a["reason"], text=a["text"]) for a in data["asides"]),
        marks={reason: tuple(values) for reason, values in data["marks"].items()},
        complete=data["complete"],
    )


def blocks_from_json(data: JsonObject) -> tuple[Block, ...]:
    """Read the blocks alone of what `document_to_json` wrote."""
    return tuple(
        Block(kind=BlockKind(b["kind"]), text=b["text"], key=b["key"], path=tuple(b["path"]))
        for b in data["blocks"]
    )
