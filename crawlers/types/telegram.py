"""Public Telegram channels, by the page that anybody may read at t.me/s/NAME: about 20 messages, older by paging.

The marks of messages are those that the RSS-Bridge project reads (``bridges/TelegramBridge.php``); no recorded page was
at hand. Where a channel has its preview switched off, the answer leads to another page, and the source says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from lxml import etree

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.html_classes import first_of_class, has_class, text_of
from crawlers.page_signs import read_signs
from crawlers.paging import with_query
from crawlers.plain import moment, one_line
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a public Telegram channel"
_NAME = r"[A-Za-z][A-Za-z0-9_]{3,31}"
_POST = re.compile(rf"({_NAME})/(\d{{1,12}})")


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the newest messages. Raises: SourceSettingsError for what is no channel's name."""
    name = parameter(source, "channel").removeprefix("@")
    if not re.fullmatch(_NAME, name):
        raise SourceSettingsError(source.key, f"'channel' is {name[:60]!r}; write the name behind t.me/")
    return RequestSpec(url=f"{base_url(source, 'https://t.me')}/s/{name}")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per message, the newest first. Raises: SourceError for a page without a channel."""
    found = _messages(body, content_type)
    if not found and not _is_channel(body, content_type):
        raise SourceError(f"not {WHAT}: there is no preview; the channel is closed, renamed or no channel")
    entries = [_entry(message) for message in found]
    return tuple(sorted(entries, key=lambda one: int(one.id.rpartition("/")[2]), reverse=True))


def _messages(body: bytes, content_type: str | None = None) -> list[etree._Element]:
    tree = read_signs(body, content_type).tree
    if tree is None:
        raise SourceError(f"not {WHAT}: the answer is no page")
    return [one for one in tree.iter("div") if _POST.fullmatch(one.get("data-post") or "")]


def _is_channel(body: bytes, content_type: str | None) -> bool:
    tree = read_signs(body, content_type).tree
    return tree is not None and any(has_class(one, "tgme_channel_info") for one in tree.iter("div"))


def _entry(message: etree._Element) -> Entry:
    number = message.get("data-post") or ""
    text = _text(message)
    meta = first_of_class(message, "tgme_widget_message_meta")
    stamp = next((one.get("datetime") for one in (meta if meta is not None else message).iter("time")), None)
    return Entry(
        id=number,
        title=one_line(text, 120) or "A message without words",
        url=f"https://t.me/{number}",
        text=text,
        published=moment(stamp),
    )


def _text(message: etree._Element) -> str:
    # A reply shows the message that it answers in the same class, above its own words.
    own = first_of_class(message, "js-message_text")
    if own is None:
        own = first_of_class(message, "tgme_widget_message_poll")
    preview = first_of_class(message, "link_preview_title")
    parts = [text_of(one) for one in (own, preview) if one is not None]
    return one_line(" — ".join(part for part in parts if part), 6_000)


def follow(body: bytes, url: str) -> tuple[str, ...]:
    """Return the page before this one, while there is one."""
    numbers = [int((one.get("data-post") or "").rpartition("/")[2]) for one in _messages(body)]
    oldest = min(numbers, default=0)
    return (with_query(url, before=str(oldest)),) if oldest > 1 else ()


def combine(parts: Sequence[bytes]) -> bytes:
    """Return the pages one behind the other; browsers and readers take that as one page."""
    return b"\n".join(parts)


TELEGRAM = Adapter(
    spec=SourceTypeSpec(
        name="telegram",
        about="messages of a public Telegram channel",
        default_every=timedelta(hours=2),
        url_required=False,
        parameters=(
            Parameter(
                name="channel",
                about="the name behind t.me/",
                required=True,
                pattern=rf"@?{_NAME}",
                example="northbeam",
            ),
        ),
        url_patterns=(
            re.compile(rf"^https?://(?:t|telegram)\.me/(?:s/)?(?P<channel>{_NAME})/?(?:[?#]|$)", re.I),
        ),
    ),
    media=Media.HTML,
    address_of=address,
    read=read,
    follow=follow,
    combine=combine,
    newest_first=True,
    min_delay=timedelta(seconds=5),
)
