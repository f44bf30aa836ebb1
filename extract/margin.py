"""Settles what stands beside the matter, once the whole page is known."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.piece import Marginal, Piece, Reading
from extract.zones import AD, CALL, CHAT, COOKIE, NAVIGATION, RELATED

#: A zone that holds more of the page's text than this is the matter itself, e.g. the quotes on a page of testimonials.
LARGE_ZONE = 0.4
_COOKIE = re.compile(r"\bcookies?\b", re.I)
_CHOICE = re.compile(r"^(?:accept|reject|decline|allow|deny|agree|got it|ok|manage|necessary|essential|"
                     r"customi[sz]e|save)\b.{0,40}$|"
                     r"^cookies? (?:settings|preferences)$|^privacy choices$", re.I)  # fmt: skip
_RELATED = re.compile(r"^(?:related|recommended|similar|suggested|popular|trending|more from)\b.{0,30}$|"
                      r"^(?:you (?:may|might) also (?:like|enjoy)|"
                      r"read next|keep reading|further reading|what to read next)\W*$", re.I)  # fmt: skip
_ADVERTISEMENT = re.compile(r"^(?:advertisement|sponsored|anzeige|werbung|publicit\u00e9)\b", re.I)
_CALL = re.compile(
    r"^(?:get started(?: (?:now|free|today|for free))?|try (?:it )?(?:for )?(?:free|now|it)|"
    r"start (?:your |a )?(?:free |my )?(?:trial|now|free|building)|"
    r"(?:book|see|request|get|watch|schedule) (?:a |your )?(?:free |live |quick )?demo|"
    r"sign up(?: (?:now|free|for free|today))?|create (?:an |your )?(?:free )?account|learn more|read more|"
    r"find out more|buy now|download(?: now)?|subscribe(?: now)?|join now)\W*$",
    re.I,
)
_CHAT = re.compile(
    r"^(?:example questions|ask (?:ai|a question|.{2,30} a question)|chat with us|how can (?:i|"
    r"we) help\b.*|did this answer your question\W*)$",
    re.I,
)
BANNER_REACH = 8  # pieces between a cookie notice and its buttons
RELATED_REACH = 15


def settle_margin(reading: Reading) -> Reading:
    """Move notices and boxes known by their words to the margin, and zones that are the matter back to it."""
    total = sum(len(piece.text) for piece in reading.pieces) + sum(
        len(m.piece.text) for m in reading.marginal
    )
    by_reason: dict[str, int] = {}
    for item in reading.marginal:
        by_reason[item.reason] = by_reason.get(item.reason, 0) + len(item.piece.text)
    large = {
        reason
        for reason, size in by_reason.items()
        if size > LARGE_ZONE * total and reason != NAVIGATION and size > 400
    }
    kept = [item for item in reading.marginal if item.reason not in large]
    back = [item.piece for item in reading.marginal if item.reason in large]
    moved = _by_words(reading.pieces)
    stays = tuple(piece for index, piece in enumerate(reading.pieces) if index not in moved)
    taken = [Marginal(reason=moved[index], piece=reading.pieces[index]) for index in sorted(moved)]
    return replace(reading, pieces=(*stays, *back), marginal=(*kept, *taken))


def _by_words(pieces: tuple[Piece, ...]) -> dict[int, str]:
    moved: dict[int, str] = {}
    for index, piece in enumerate(pieces):
        text = piece.text
        if _ADVERTISEMENT.match(text):
            moved[index] = AD
        elif len(text) < 40 and not piece.level and _CALL.match(text):
            moved[index] = CALL
        elif len(text) < 90 and _CHAT.match(text):
            moved[index] = CHAT
            moved.update(dict.fromkeys(_questions(pieces, index), CHAT))
        elif len(text) < 60 and _RELATED.match(text):
            moved.update(dict.fromkeys(_box(pieces, index), RELATED))
        elif _COOKIE.search(text) and not piece.level and len(text) < 700:
            moved.update(dict.fromkeys(_banner(pieces, index), COOKIE))
        elif re.fullmatch(
            r"(?:your )?privacy choices|cookies? (?:settings|preferences)|manage cookies|do not sell.{0,40}",
            text,
            re.I,
        ):
            moved[index] = COOKIE
    return moved


def _questions(pieces: tuple[Piece, ...], index: int) -> list[int]:
    found = []
    for number in range(index + 1, min(index + 1 + BANNER_REACH, len(pieces))):
        if not pieces[number].text.endswith("?"):
            break
        found.append(number)
    return found


def _box(pieces: tuple[Piece, ...], index: int) -> list[int]:
    """Return the heading and the short linked pieces below it."""
    found = [index]
    for number in range(index + 1, min(index + 1 + RELATED_REACH, len(pieces))):
        piece = pieces[number]
        if piece.level or not piece.links or len(piece.text) > 250:
            break
        found.append(number)
    return found if len(found) > 1 else []


def _banner(pieces: tuple[Piece, ...], index: int) -> list[int]:
    """Return the notice and what follows it up to the last button; nothing if no button is near."""
    last = 0
    choices = 0
    for number in range(index + 1, min(index + 1 + BANNER_REACH, len(pieces))):
        if _CHOICE.match(pieces[number].text):
            last, choices = number, choices + 1
    return list(range(index, last + 1)) if choices >= 2 or (choices == 1 and last == index + 1) else []
