"""What ``sources test`` finds out of one source: is it reached, does it hold what is wanted, is it the same twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from crawlers.dry import fetch_once
from crawlers.errors import SourceError
from crawlers.page_signs import count_selected
from crawlers.registry import adapter_for
from extract.compare import compare_documents
from extract.errors import UnreadableError
from extract.run import read_source_document
from store.kinds import FetchState

if TYPE_CHECKING:
    from config.settings import CrawlSettings
    from crawlers.adapter import Adapter
    from extract.document import Document
    from store.records import Entry
    from store.snapshots import Snapshot
    from store.sources import Source

TEXT_ENOUGH = 200  # characters of main text below which a page is likely not what was meant
READABLE = (FetchState.OK, FetchState.UNCHANGED)


class Finding(StrEnum):
    """How a check ended. A warning is for a person to judge."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question to a source, and its answer in a sentence."""

    name: str
    finding: Finding
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """All checks of one source, with what would be extracted: a document, or entries."""

    source: Source
    snapshot: Snapshot
    size_bytes: int
    checks: tuple[Check, ...]
    document: Document | None = None
    entries: tuple[Entry, ...] | None = None

    @property
    def failed(self) -> bool:
        """True if the source can not be watched as it is configured."""
        return any(check.finding is Finding.FAILED for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        """Return it as ``sources test --json`` prints it."""
        facts = [
            {"kind": fact.kind.value, "name": fact.name, "attributes": dict(fact.attributes)}
            for fact in (self.document.facts if self.document else ())
        ]
        entries = [
            {"id": one.id, "title": one.title, "url": one.url, "published": one.published}
            for one in self.entries or ()
        ]
        return {
            "key": self.source.key,
            "type": self.source.type,
            "url": self.snapshot.url,
            "state": self.snapshot.state.value,
            "reason": self.snapshot.reason,
            "status": self.snapshot.status,
            "bytes": self.size_bytes,
            "content_type": self.snapshot.content_type,
            "browser": self.snapshot.rendered,
            "checks": [
                {"name": one.name, "finding": one.finding.value, "detail": one.detail} for one in self.checks
            ],
            "page_type": self.document.page_type.value if self.document else None,
            "facts": facts,
            "entries": entries,
        }


def check_source(source: Source, settings: CrawlSettings, keys: dict[str, str]) -> SourceReport:
    """Fetch a source twice and check it; nothing is stored. Raises: CrawlerDiedError."""
    adapter = adapter_for(source.type)
    snapshot, body = fetch_once(source, settings, keys=keys)
    checks = [_reached(snapshot, body), _robots(snapshot, adapter, settings)]
    if snapshot.state not in READABLE:
        return SourceReport(source=source, snapshot=snapshot, size_bytes=len(body), checks=tuple(checks))
    second, again = fetch_once(source, settings, keys=keys)
    if adapter.is_entries:
        entries = _entries(adapter, source, snapshot, body)
        checks += [_has_entries(entries), _same_entries(adapter, source, entries, second, again)]
        return SourceReport(
            source=source, snapshot=snapshot, size_bytes=len(body), checks=tuple(checks), entries=entries
        )
    checks += _selectors(source, snapshot, body)
    document = _document(source, snapshot, body)
    checks += [_has_text(document), _same_page(source, document, body, second, again)]
    return SourceReport(
        source=source, snapshot=snapshot, size_bytes=len(body), checks=tuple(checks), document=document
    )


def _check(name: str, finding: Finding, detail: str) -> Check:
    return Check(name=name, finding=finding, detail=detail)


def _reached(snapshot: Snapshot, body: bytes) -> Check:
    if snapshot.state not in READABLE:
        return _check("reachable", Finding.FAILED, f"{snapshot.state.value}, {snapshot.reason}")
    how = "in the browser" if snapshot.rendered else "without a browser"
    detail = f"status {snapshot.status}, {len(body)} bytes, {snapshot.content_type or 'no type'}, {how}"
    return _check("reachable", Finding.PASSED, detail)


def _robots(snapshot: Snapshot, adapter: Adapter, settings: CrawlSettings) -> Check:
    if (snapshot.reason or "").startswith("robots"):
        return _check("robots.txt", Finding.FAILED, snapshot.reason or "")
    if not adapter.robots:
        return _check("robots.txt", Finding.PASSED, "not asked: a public API with terms of its own")
    if not settings.obey_robots:
        return _check("robots.txt", Finding.WARNING, "not asked: crawl.obey_robots is off")
    return _check("robots.txt", Finding.PASSED, "allows the address")


def _selectors(source: Source, snapshot: Snapshot, body: bytes) -> list[Check]:
    checks = []
    for option in ("only", "ignore"):
        for selector in source.options.get(option) or ():
            count = count_selected(body, snapshot.content_type, selector)
            finding = Finding.PASSED if count else Finding.WARNING
            checks.append(_check("selector", finding, f"{option} '{selector}' matches {count} elements"))
    return checks


def _document(source: Source, snapshot: Snapshot, body: bytes) -> Document | None:
    try:
        return read_source_document(source, body, snapshot.url, snapshot.content_type)
    except UnreadableError:
        return None


def _has_text(document: Document | None) -> Check:
    if document is None:
        return _check("text", Finding.FAILED, "the page can not be read as text")
    size = sum(len(block.text) for block in document.blocks)
    if size < TEXT_ENOUGH:
        advice = "'render: browser', 'wait_for' or another 'only' may help"
        return _check("text", Finding.WARNING, f"only {size} characters; {advice}")
    return _check("text", Finding.PASSED, f"{size} characters in {len(document.blocks)} blocks")


def _same_page(
    source: Source, document: Document | None, body: bytes, second: Snapshot, again: bytes
) -> Check:
    if second.state not in READABLE:
        return _check(
            "same twice", Finding.WARNING, f"the second time: {second.state.value}, {second.reason}"
        )
    if body == again:
        return _check("same twice", Finding.PASSED, "the same bytes")
    other = _document(source, second, again)
    if document is None or other is None:
        return _check("same twice", Finding.WARNING, "the bytes differ, and can not be compared")
    difference = compare_documents(document, other)
    reasons = Counter(noise.reason for noise in difference.suppressed)
    named = ", ".join(f"{reason} ({count})" for reason, count in sorted(reasons.items()))
    if difference.changed:
        texts = "; ".join([*difference.added, *difference.removed])[:120]
        detail = f"this differs from one request to the next: {texts}; leave it out with 'ignore'"
        return _check("same twice", Finding.WARNING, detail)
    return _check("same twice", Finding.PASSED, f"only noise differs: {named or 'markup'}")


def _entries(adapter: Adapter, source: Source, snapshot: Snapshot, body: bytes) -> tuple[Entry, ...]:
    return adapter.parse(body, snapshot.url, snapshot.content_type, source.options)


def _has_entries(entries: tuple[Entry, ...]) -> Check:
    dates = [one.published for one in entries if one.published is not None]
    newest = f", the newest of {max(dates):%Y-%m-%d}" if dates else ""
    return _check(
        "entries", Finding.PASSED if entries else Finding.WARNING, f"{len(entries)} entries{newest}"
    )


def _same_entries(
    adapter: Adapter, source: Source, entries: tuple[Entry, ...], second: Snapshot, again: bytes
) -> Check:
    if second.state not in READABLE:
        return _check(
            "same twice", Finding.WARNING, f"the second time: {second.state.value}, {second.reason}"
        )
    try:
        other = _entries(adapter, source, second, again)
    except SourceError as error:
        return _check("same twice", Finding.WARNING, f"the second time: {error}")
    moved = {one.id for one in entries} ^ {one.id for one in other}
    if moved:
        return _check("same twice", Finding.WARNING, f"{len(moved)} entries had other ids the second time")
    return _check("same twice", Finding.PASSED, "the same entries")
