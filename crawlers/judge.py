"""How a fetch ended: one of five states with a stable code and a sentence. Pure; the tables are in `walls`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from crawlers import walls
from crawlers.adapter import Adapter, Media
from crawlers.errors import FetchError, FetchReason, SourceError
from crawlers.page_judge import bot_check, in_its_place, moved_away, without_text
from crawlers.page_signs import PageSigns, looks_like_html, read_signs, selects
from crawlers.retry_after import retry_after
from crawlers.verdicts import OK, UNCHANGED, Answer, Verdict, blocked, broken, empty
from store.kinds import FetchState
from store.records import Entry

#: A feed in which nothing was new for so long is dead, or has moved without saying so.
DEAD_FEED = timedelta(days=365)
#: Types that somebody fills regularly; lists of openings, filings or search results may rightly be empty or old.
FEEDS = frozenset({"feed", "podcast", "medium", "substack", "youtube"})
TRANSIENT_STATUSES = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 530})
TRANSIENT_REASONS = frozenset(
    {
        FetchReason.TIMEOUT,
        FetchReason.CONNECTION,
        FetchReason.REFUSED,
        FetchReason.DNS,
        FetchReason.BAD_ANSWER,
    }
)
__all__ = [
    "FEEDS",
    "OK",
    "UNCHANGED",
    "Answer",
    "Verdict",
    "blocked",
    "broken",
    "empty",
    "judge",
    "judge_failure",
]

_BLOCKING_REASONS = frozenset({FetchReason.ROBOTS, FetchReason.ROBOTS_UNAVAILABLE})
_READABLE = ("text/", "application/xhtml", "application/pdf", "application/xml", "application/json")


def judge_failure(error: FetchError) -> Verdict:
    """Return what it means that there was no answer."""
    if error.reason in _BLOCKING_REASONS:
        return blocked(error.reason.value, error.detail)
    return broken(error.reason.value, error.detail, transient=error.reason in TRANSIENT_REASONS)


def judge(
    answer: Answer, adapter: Adapter, options: Mapping[str, Any], now: datetime | None = None
) -> Verdict:
    """Return how the fetch ended: walls first, then the status, then what the body is.

    Without ``now`` nothing is said of how old the entries of a feed are.
    """
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return UNCHANGED
    html = adapter.media is Media.HTML or looks_like_html(answer.body)
    signs = read_signs(answer.body, answer.content_type) if html and answer.body else PageSigns()
    return (
        bot_check(answer, signs)
        or _status(answer, signs, adapter)
        or (
            _entries(answer, adapter, options, now)
            if adapter.is_entries
            else _page(answer, signs, adapter, options)
        )
    )


def _status(answer: Answer, signs: PageSigns, adapter: Adapter) -> Verdict | None:
    status = answer.status
    wait = retry_after(answer.headers)
    if status in adapter.none_statuses:
        return OK
    if status in (204, 205):
        return empty("no-content", f"the server answers {status}, without content")
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if status in _STATUS_VERDICTS:
        state, code, sentence = _STATUS_VERDICTS[status]
        return Verdict(state=state, code=code, sentence=f"{sentence} (status {status})", wait=wait)
    if status == HTTPStatus.SERVICE_UNAVAILABLE and walls.MAINTENANCE_TITLES.match(signs.title):
        return broken("maintenance", "the site is down for maintenance (status 503)", True, wait)
    kind = "a redirect without target" if status < HTTPStatus.BAD_REQUEST else f"an error (status {status})"
    return broken(f"http-{status}", f"the server answers {kind}", status in TRANSIENT_STATUSES, wait)


_STATUS_VERDICTS: Mapping[int, tuple[FetchState, str, str]] = {
    401: (FetchState.BLOCKED, "login", "the server asks for a login"),
    402: (FetchState.BLOCKED, "payment", "the server asks for payment"),
    403: (FetchState.BLOCKED, "forbidden", "the server refuses us"),
    407: (FetchState.BLOCKED, "proxy-login", "the proxy asks for a login"),
    429: (FetchState.BLOCKED, "rate-limited", "the server says we ask too often"),
    451: (FetchState.BLOCKED, "legal", "the server withholds this for legal reasons"),
    999: (FetchState.BLOCKED, "forbidden", "the server refuses us"),
    404: (FetchState.BROKEN, "gone", "there is no such page any more; look for its new address"),
    410: (FetchState.BROKEN, "gone", "the page was taken down; look for its new address"),
}


def _entries(answer: Answer, adapter: Adapter, options: Mapping[str, Any], now: datetime | None) -> Verdict:
    try:
        entries = adapter.parse(answer.body, answer.url, answer.content_type, options)
    except SourceError as error:
        return moved_away(answer) or broken("unreadable", f"the answer is {error}")
    return (_feed(entries, now) if adapter.spec.name in FEEDS else None) or OK


def _feed(entries: Sequence[Entry], now: datetime | None) -> Verdict | None:
    if not entries:
        return empty("no-entries", "the feed has no entries")
    newest = max((entry.published for entry in entries if entry.published is not None), default=None)
    undated = any(entry.published is None for entry in entries)
    if now is None or newest is None or undated or now - newest < DEAD_FEED:
        return None
    return broken("dead-feed", f"nothing new since {newest:%Y-%m-%d}; look for the feed's new address")


def _page(answer: Answer, signs: PageSigns, adapter: Adapter, options: Mapping[str, Any]) -> Verdict:
    media = (answer.content_type or "text/html").lower().strip()
    is_pdf = answer.body.startswith(b"%PDF-")
    if not answer.body.strip():
        return empty("no-text", "the answer has no content")
    if not is_pdf and not media.startswith(_READABLE) and not looks_like_html(answer.body):
        return broken("content-type", f"the answer is no page but {media.partition(';')[0][:60]}")
    if is_pdf or media.startswith(("application/json", "text/plain")):
        return OK
    return (
        moved_away(answer)
        or in_its_place(answer, signs, adapter.page_type)
        or without_text(answer, signs)
        or _selectors(signs, options.get("only") or ())
        or OK
    )


def _selectors(signs: PageSigns, only: Sequence[str]) -> Verdict | None:
    if not only or signs.tree is None:
        return None
    found = selects(signs.tree, only)
    if found:
        return None
    shown = ", ".join(repr(selector[:80]) for selector in only)
    if found is None:
        return broken("selector", f"'only' is no CSS selector: {shown}")
    return broken("selector", f"nothing on the page matches 'only' any more: {shown}")
