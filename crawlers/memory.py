"""What the crawler remembers of a source between visits: validators, and for which options they hold. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from crawlers.judge import Answer
from crawlers.plain import moment
from crawlers.render_mode import with_render_mode
from store.sources import Source

#: Some servers keep an ETag although the page changes, so a validator is believed for a week at most.
BELIEVED = timedelta(days=7)
VALIDATOR_LIMIT = 1_000  # characters

_OPTIONS = ("render", "only", "wait_for", "steps", "base", "parameters")


def options_digest(source: Source) -> str:
    """Return a short digest of the options that change what is asked or how the answer is judged."""
    return _digest(source.options) if source.options else _DIGEST_OF_NONE


def _digest(options: Mapping[str, Any]) -> str:
    chosen = {name: options.get(name) for name in _OPTIONS}
    return hashlib.sha256(json.dumps(chosen, sort_keys=True, default=str).encode()).hexdigest()[:16]


_DIGEST_OF_NONE = _digest({})


def same_options(source: Source) -> bool:
    """Return True if the last good answer was judged under today's options."""
    return bool(source.memory.get("options") == options_digest(source))


def validators(source: Source, url: str, now: datetime) -> dict[str, str]:
    """Return the conditional headers for ``url``; none if they are old or the options changed."""
    full_at = moment(source.memory.get("full_at"))
    if full_at is None or not timedelta(0) <= now - full_at < BELIEVED or not same_options(source):
        return {}
    known = source.memory.get("validators")
    etag_and_date = known.get(url) if isinstance(known, dict) else None
    if not isinstance(etag_and_date, (list, tuple)) or len(etag_and_date) != 2:
        return {}
    pairs = zip(("If-None-Match", "If-Modified-Since"), etag_and_date, strict=True)
    return {name: value for name, value in pairs if isinstance(value, str) and value}


def remembered(
    source: Source, answer: Answer, at: datetime, changed: bool = True, listed: str = ""
) -> dict[str, Any]:
    """Return the source's new memory after a complete good answer; ``changed`` if its bytes are new.

    ``listed`` is the sha-256 of the list alone, where the answer holds pages of its entries too.
    """
    found = [_sound(answer.headers, name) for name in ("etag", "last-modified")]
    return {
        **with_render_mode(source.memory, source, answer, at),
        "validators": {answer.url: found} if any(found) and not answer.rendered else {},
        "options": options_digest(source),
        "full_at": at.isoformat(),
        "first_at": source.memory.get("first_at", at.isoformat()),
        "url": answer.url,
        "listed": listed if changed else source.memory.get("listed", ""),
        "changed_at": at.isoformat() if changed else source.memory.get("changed_at", at.isoformat()),
    }


def _sound(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "").strip()
    usable = len(value) <= VALIDATOR_LIMIT and value.isascii() and value.isprintable()
    return value if usable else ""
