"""Which pages are opened in the browser: those that say so, and those that show nothing without it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from crawlers.judge import Answer, Verdict
from crawlers.plain import moment
from store.kinds import FetchState
from store.sources import Source

#: A page that needed the browser is tried without it again after this time: sites get rebuilt, browsers are slow.
STATIC_AGAIN = timedelta(days=7)
#: Codes of `judge` that a browser may mend.
_MENDED = frozenset({"needs-browser", "half-loaded"})
_SINCE = "browser_since"


def wants_browser(source: Source, now: datetime) -> bool:
    """Return True if the source's page is to be opened in the browser at once."""
    if _is_auto(source):
        return _is_remembered(source, now)
    return source.options.get("render") != "static"


def may_need_browser(source: Source, verdict: Verdict) -> bool:
    """Return True if a page that was fetched without the browser should be opened in it."""
    # A selector that once matched without a browser is gone; one that never matched may wait for scripts.
    unmatched = verdict.code == "selector" and source.last_success_at is None
    return _is_auto(source) and (verdict.code in _MENDED or unmatched)


def with_render_mode(
    memory: Mapping[str, Any], source: Source, answer: Answer, at: datetime
) -> dict[str, Any]:
    """Return the memory with how the page was read: since when by browser, or without."""
    others = {name: value for name, value in memory.items() if name != _SINCE}
    if not answer.rendered or not _is_auto(source):
        return others
    # Not believed any more and yet rendered: the page was tried without the browser in this very visit.
    since = source.memory[_SINCE] if _is_remembered(source, at) else at.isoformat()
    return {**others, _SINCE: since}


def without_browser(static: Verdict, problem: Verdict) -> Verdict:
    """Return what to say of a page that needs the browser where there is none."""
    return Verdict(
        state=FetchState.EMPTY if static.state is FetchState.EMPTY else static.state,
        code=static.code,
        sentence=f"{static.sentence.partition(';')[0]}; {problem.sentence}",
    )


def _is_auto(source: Source) -> bool:
    asked = source.options.get("render") or "auto"
    return asked == "auto" and not (source.options.get("wait_for") or source.options.get("steps"))


def _is_remembered(source: Source, now: datetime) -> bool:
    since = moment(source.memory.get(_SINCE))
    return since is not None and timedelta(0) <= now - since < STATIC_AGAIN
