"""Entries of feeds and lists to changes: what is new, gone or renamed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from extract.comparing.cosmetic import is_cosmetic
from extract.values.normalise import normalise
from extract.watching.importance import facts_importance
from store.changes import Change
from store.entries import KnownEntry
from store.kinds import Category, FactAction, FactKind, PageType
from store.records import Entry, FactChange
from store.snapshots import Snapshot

#: Job boards list what is open: what leaves them is closed. All other lists only ever show their newest entries.
JOB_BOARDS = frozenset(
    {"greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee", "personio", "teamtailor"}
)
#: An entry published so long before the source was first seen is a backfill, not news.
BACKFILL = timedelta(days=30)

_PAGE_TYPES: Mapping[FactKind, PageType] = {
    FactKind.OPENING: PageType.CAREERS,
    FactKind.EVENT: PageType.EVENTS,
    FactKind.ENTRY: PageType.NEWS,
    FactKind.PERSON: PageType.TEAM,
    FactKind.PRODUCT: PageType.PRODUCT,
    FactKind.PRICE: PageType.PRICING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNews:
    """What became of one entry: a change to report, or the reason why there is none."""

    entry_id: str
    change: Change | None = None
    reason: str = ""
    text: str = ""


def digest_of(entry: Entry) -> str:
    """Return a digest of what an editor may change in an entry: its title."""
    return hashlib.sha256(normalise(entry.title, counts=True).encode("utf-8", "replace")).hexdigest()


def known_form(entry: Entry, seen_at: datetime) -> KnownEntry:
    """Return an entry as it is stored."""
    return KnownEntry(
        entry_id=entry.id,
        title=entry.title,
        url=entry.url,
        digest=digest_of(entry),
        published_at=entry.published,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
    )


def news_of(
    entries: Sequence[Entry], known: Mapping[str, KnownEntry], snapshot: Snapshot, since: datetime | None
) -> Iterator[EntryNews]:
    """Yield what is to be said of each entry that is new, back or renamed. ``since``: the source's first visit."""
    places = {(_title_key(k.title), _place(k.url)) for k in known.values()}
    for entry in entries:
        before = known.get(entry.id)
        if before is None:
            yield _first_seen(entry, places, snapshot, since)
        elif before.gone_at is not None:
            yield EntryNews(entry_id=entry.id, reason="seen before", text=entry.title)
        elif before.digest != digest_of(entry):
            yield _renamed(entry, before, snapshot)


def closed_openings(
    entries: Sequence[Entry], known: Mapping[str, KnownEntry], snapshot: Snapshot
) -> Iterator[EntryNews]:
    """Yield the openings that have left a job board."""
    listed = {entry.id for entry in entries}
    for entry_id, before in known.items():
        if entry_id not in listed and before.gone_at is None:
            fact = FactChange(
                kind=FactKind.OPENING,
                action=FactAction.REMOVED,
                name=before.title,
                before={"url": before.url} if before.url else {},
                quote=before.title,
            )
            unit = f"gone:{before.first_seen_at:%Y%m%d}:{entry_id}"
            change = _change(snapshot, unit, before.url, before.title, (), (before.title,), fact, None, None)
            yield EntryNews(entry_id=entry_id, change=change)


def _first_seen(
    entry: Entry, places: set[tuple[str, str]], snapshot: Snapshot, since: datetime | None
) -> EntryNews:
    if entry.url and (_title_key(entry.title), _place(entry.url)) in places:
        return EntryNews(entry_id=entry.id, reason="same entry under another id", text=entry.title)
    # A job board lists all that is open: what was not there before is open now, whenever it was first written.
    published = None if entry.kind is FactKind.OPENING else entry.published
    if published is not None and since is not None and published < since - BACKFILL:
        return EntryNews(entry_id=entry.id, reason="old entry", text=entry.title)
    attributes = dict(entry.attributes)
    if entry.url:
        attributes.setdefault("url", entry.url)
    if entry.published is not None:
        attributes.setdefault("date", entry.published.date().isoformat())
    fact = FactChange(
        kind=entry.kind, action=FactAction.ADDED, name=entry.title, after=attributes, quote=entry.title
    )
    texts = tuple(dict.fromkeys(text for text in (entry.title, entry.text) if text))
    change = _change(
        snapshot, entry.id, entry.url, entry.title, texts, (), fact, entry.published, entry.category_hint
    )
    return EntryNews(entry_id=entry.id, change=change)


def _renamed(entry: Entry, before: KnownEntry, snapshot: Snapshot) -> EntryNews:
    if is_cosmetic(before.title, entry.title):
        return EntryNews(entry_id=entry.id, reason="cosmetic edit", text=entry.title)
    fact = FactChange(
        kind=entry.kind,
        action=FactAction.CHANGED,
        name=entry.title,
        before={"title": before.title},
        after={"url": entry.url} if entry.url else {},
        quote=entry.title,
    )
    unit = f"renamed:{digest_of(entry)[:12]}:{entry.id}"
    change = _change(
        snapshot,
        unit,
        entry.url,
        entry.title,
        (entry.title,),
        (before.title,),
        fact,
        entry.published,
        entry.category_hint,
    )
    return EntryNews(entry_id=entry.id, change=change)


def _change(
    snapshot: Snapshot,
    unit: str,
    url: str,
    title: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    fact: FactChange,
    published: datetime | None,
    hint: Category | None,
) -> Change:
    return Change(
        source_id=snapshot.source_id,
        before_snapshot_id=None,
        after_snapshot_id=snapshot.id,
        unit=unit,
        url=url or snapshot.url,
        title=title,
        observed_at=snapshot.fetched_at,
        published_at=published,
        page_type=_PAGE_TYPES.get(fact.kind, PageType.NEWS),
        added=added,
        removed=removed,
        facts=(fact,),
        category_hint=hint,
        importance=facts_importance((fact,)),
        state_at=snapshot.fetched_at,
    )


def _title_key(title: str) -> str:
    return normalise(title, counts=True)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
