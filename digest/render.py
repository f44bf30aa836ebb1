"""A digest as HTML for mail programs and as plain text with the same content."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined

from digest.links import Links
from digest.palette import DARK, LIGHT
from digest.record import Digest, Item, Theme
from digest.subject import preheader, subject
from digest.words import count, plain
from store.kinds import Band

HTML_LIMIT = 80_000  # bytes; Gmail clips at 102 KB
TEXT_WIDTH = 76

#: Keeps mail programs from filling the preview line with the mail's first words.
_PADDING = "\u034f\u200c\u00a0" * 60

_BEFORE_SIGN = re.compile(r"(?<=\d) %")
_BANDS = {Band.RED: "red", Band.YELLOW: "yellow", Band.GREEN: "green", Band.GREY: "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedMail:
    """A mail ready to be looked at or sent."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What a mail says of its sender and knows of its reader."""

    links: Links
    company: str
    name: str


def render_digest(digest: Digest, letterhead: Letterhead) -> RenderedMail:
    """Return the mail; its HTML may be larger than `HTML_LIMIT`, see `fit_digest`."""
    return render_page("digest", subject(digest), _values(digest), letterhead)


def render_page(name: str, title: str, values: Mapping[str, object], letterhead: Letterhead) -> RenderedMail:
    """Return the mail made of the two templates of that name, with their styles and the letterhead."""
    shared = _shared(title, values, letterhead)
    text = _TEXT.get_template(f"{name}.txt.j2").render(**shared)
    return RenderedMail(subject=title, html=_html(name, shared), text=text)


def _values(digest: Digest) -> dict[str, object]:
    return {
        "digest": digest,
        "headline": headline(digest),
        "further_title": "Also seen, no account of yours linked" if digest.themes else "What rivals did",
        "strap": digest.span[0].upper() + digest.span[1:],
        "preheader": preheader(digest),
    }


def _shared(title: str, values: Mapping[str, object], letterhead: Letterhead) -> dict[str, object]:
    return {
        **values,
        "subject": title,
        "links": letterhead.links,
        "company": plain(letterhead.company, 80),
        "name": plain(letterhead.name, 60),
        "words": _BANDS,
        "padding": _PADDING,
    }


def _html(name: str, shared: Mapping[str, object]) -> str:
    page = _INLINER.inline(_HTML.get_template(f"{name}.html.j2").render(**shared, light=LIGHT))
    # What cannot be inlined, for phones and dark mode, goes into the head afterwards.
    modes = _HTML.get_template("modes.css.j2").render(dark=DARK)
    return page.replace("</head>", f"<style>{modes}</style>\n</head>", 1)


def fit_digest(digest: Digest, letterhead: Letterhead) -> tuple[Digest, RenderedMail]:
    """Return the mail within `HTML_LIMIT`: the least important items are told in brief, then counted only."""

    def fits(candidate: Digest) -> bool:
        shared = _shared(subject(candidate), _values(candidate), letterhead)
        return len(_html("digest", shared).encode()) <= HTML_LIMIT

    if not fits(digest):
        size = len(digest.items)
        full = _largest(size, lambda number: fits(shorten(digest, full=number, kept=size)))
        kept = size if full else _largest(size, lambda number: fits(shorten(digest, full=0, kept=number)))
        digest = shorten(digest, full=full, kept=kept)
    return digest, render_digest(digest, letterhead)


def shorten(digest: Digest, *, full: int, kept: int) -> Digest:
    """Return the digest with ``kept`` items, of which the first ``full`` are told in full; the rest is counted."""

    def short(items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(replace(item, brief=item.place > full) for item in items if item.place <= kept)

    themes = [Theme(title=theme.title, items=short(theme.items)) for theme in digest.themes]
    return replace(
        digest,
        themes=tuple(theme for theme in themes if theme.items),
        further=short(digest.further),
        more=digest.more + max(0, len(digest.items) - kept),
    )


def _largest(upper: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to ``upper`` that fits, by bisection; 0 if none does."""
    lower = 0
    while lower < upper:
        middle = (lower + upper + 1) // 2
        lower, upper = (middle, upper) if fits(middle) else (lower, middle - 1)
    return lower


def headline(digest: Digest) -> str:
    """Return the mail's title: the period's news in a few words."""
    if digest.empty:
        return f"{digest.title} was quiet"
    linked = sum(bool(item.affected) for item in digest.items)
    touched = len({account.key for item in digest.items for account in item.affected})
    if linked:
        verb = "concerns" if linked == 1 else "concern"
        whom = "one of your accounts" if touched == 1 else f"{touched} of your accounts"
        return f"{count(linked, 'rival move')} {verb} {whom}"
    if digest.items:
        return f"{count(len(digest.items) + digest.more, 'rival move')}, none at your accounts"
    return "Your accounts, without new rival moves" if digest.accounts else "A correction"


def _finish(value: object) -> object:
    """Keep a number and its sign on one line."""
    return _BEFORE_SIGN.sub("\u00a0%", value) if type(value) is str else value


def _wrap(text: str, indent: int, rest: int | None = None) -> str:
    """Return a paragraph at `TEXT_WIDTH`, lines after the first at ``rest``; addresses are never broken."""
    margin = " " * indent
    return textwrap.fill(
        text,
        TEXT_WIDTH,
        initial_indent=margin,
        subsequent_indent=margin if rest is None else " " * rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


# Names of templates end in .j2, by which Jinja's select_autoescape() would not escape them; so it is set by hand.
_HTML = Environment(
    loader=PackageLoader("digest"),
    autoescape=True,
    finalize=_finish,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEXT = Environment(
    loader=PackageLoader("digest"),
    autoescape=False,  # noqa: S701 - plain text; every foreign text in it is one clean line already
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEXT.filters["wrap"] = _wrap

_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, minify_css=True)
