"""What is watched and how each source fares; stored snapshots, shown as text and never as a page."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from store.errors import BlobMissingError
from store.kinds import FetchState
from store.pages.changes import ChangeFilter, change_pages
from store.pages.sources import (
    SourceLine,
    find_snapshot,
    find_source,
    latest_crawl,
    rival_names,
    snapshot_lines,
    source_lines,
    turn_counts,
    turn_lines,
)
from store.snapshots import get_snapshot, snapshot_bytes
from web.access import LoggedIn
from web.errors import NotFoundError
from web.listing import RowId, SourceQuery
from web.rendering import render
from web.site import site_of

router = APIRouter()
SNAPSHOT_LIMIT = 400_000  # characters; a browser is slow to lay out more as one text
RECENT = timedelta(days=30)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


@router.get("/sources")
def show_sources(request: Request, visitor: LoggedIn, query: Annotated[SourceQuery, Query()]) -> Response:
    """Show the sources by rival, rivals with blind sources first."""
    site, now = site_of(request), site_of(request).now()
    with site.database.read() as session:
        lines = source_lines(session)
        turns = turn_counts(session, now - RECENT)
        crawl = latest_crawl(session)
        rivals = rival_names(session)
    picked = [line for line in lines if _fits(line, query)]
    groups = [(name, list(group)) for name, group in groupby(picked, key=lambda line: line.rival_name)]
    return render(
        request,
        "sources.html",
        {
            "groups": sorted(
                groups, key=lambda group: (-sum(line.is_blind for line in group[1]), group[0].lower())
            ),
            "lines": lines,
            "blind": sum(line.is_blind for line in lines),
            "counts": {state: sum(line.state is state for line in lines) for state in FetchState},
            "new": sum(line.state is None for line in lines),
            "turns": turns,
            "crawl": crawl,
            "query": query,
            "active": query.active(),
            "rivals": rivals,
        },
    )


@router.get("/sources/{key:path}")
def show_source(request: Request, visitor: LoggedIn, key: str) -> Response:
    """Show one source: when could we see it, what did it say last, what changed?"""
    with site_of(request).database.read() as session:
        source = find_source(session, key)
        if source is None:
            raise NotFoundError(f"there is no source {key[:80]!r}; the list shows all of them")
        turns = turn_lines(session, source.id)
        snapshots = snapshot_lines(session, source.id)
        changes = change_pages(session, ChangeFilter(source=key), 10)
    return render(
        request,
        "source.html",
        {"source": source, "turns": turns, "snapshots": snapshots, "changes": changes},
    )


@router.get("/snapshots/{snapshot_id}")
def show_snapshot(request: Request, visitor: LoggedIn, snapshot_id: RowId) -> Response:
    """Show what came over the wire, as text."""
    with site_of(request).database.read() as session:
        line, snapshot = find_snapshot(session, snapshot_id), get_snapshot(session, snapshot_id)
        if line is None or snapshot is None:
            raise NotFoundError(
                "there is no such snapshot; old ones are pruned after the time in settings.yaml"
            )
        try:
            body = snapshot_bytes(session, snapshot)
            missing = ""
        except BlobMissingError as error:
            body, missing = b"", str(error)
    text = decode(body, snapshot.content_type)
    return render(
        request,
        "snapshot.html",
        {
            "snapshot": line,
            "headers": dict(sorted(snapshot.headers.items())),
            "text": text[:SNAPSHOT_LIMIT],
            "cut": max(len(text) - SNAPSHOT_LIMIT, 0),
            "missing": missing,
        },
    )


def decode(body: bytes, content_type: str | None) -> str:
    """Return bytes as text by their declared charset, or UTF-8; what does not fit becomes a mark."""
    match = _CHARSET.search(content_type or "") or _CHARSET.search(body[:2_048].decode("latin-1"))
    try:
        return body.decode(match[1] if match else "utf-8", errors="replace").replace(
            "\x00", "\N{REPLACEMENT CHARACTER}"
        )
    except LookupError:
        return body.decode("utf-8", errors="replace")


def _fits(line: SourceLine, query: SourceQuery) -> bool:
    if query.rival is not None and line.rival_key != query.rival:
        return False
    if query.state is None:
        return True
    return line.state is None if query.state == "new" else line.state == query.state
