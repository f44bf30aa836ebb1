"""Settles what stands beside the matter, once the whole page is known."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.reading.margin_words import COMMENTS, NOTICE, heads_related, sign_of
from extract.reading.passing import SURVEY, is_shop_line, survey_below
from extract.reading.piece import Marginal, Piece, Reading
from extract.reading.teasers import find_teasers
from extract.reading.voices import find_voices
from extract.reading.zones import CHAT, COOKIE, NAVIGATION, PROMOTION, RELATED, TESTIMONIAL
from extract.values.languages import are_languages
from store.kinds import BlockKind

#: A zone that holds more of the page's text than this is the matter itself, e.g. the quotes on a page of testimonials.
LARGE_ZONE = 0.4
_CHOICE = re.compile(
    r"^(?:accept|reject|decline|allow|deny|i? ?agree|more options|got it|ok|manage|necessary|essential|"
    r"customi[sz]e|save|"
    r"only (?:the )?(?:necessary|essential|required)|nur (?:notwendige|erforderliche|essenzielle)|"
    r"(?:alle |nur )?(?:akzeptieren|ablehnen|zustimmen|notwendige|erlauben|annehmen)|alle akzeptieren|einstellungen|"
    r"(?:tout )?(?:accepter|refuser)|j'accepte|paramétrer|aceptar|rechazar|configurar|godkänn|avvisa|acceptera|"
    r"inställningar)\b.{0,40}$|^cookies? (?:settings|preferences)$|^privacy choices$|^cookie-einstellungen$",
    re.I,
)
#: A bar above the title, and the words of an invitation in it; an amount or a share may be news.
_BAR = frozenset({
    "banner", "announcement", "announcements", "announcementbar", "hellobar", "topbar", "ribbon", "ticker", "notice",
    "notification", "strip", "alert", "promo",
})  # fmt: skip
BAR_CHARACTERS = 120
_CALLS = frozenset({"cta", "calltoaction"})
BAND_CHARACTERS = 160
LANGUAGE_CHARACTERS = 30
_INVITES = re.compile(
    r"^(?!.*[$€£%]).*\b(?:webin[aá]r\w*|black friday|cyber (?:monday|week)|(?:winter|summer|spring|autumn|"
    r"easter|christmas) (?:sale|special|edition)|e-?books?|white ?papers?|podcast|newsletter|download|register|sign up|"
    r"save your (?:seat|spot)|reserve your|book (?:a|your)|watch (?:the|our|now)|read (?:the|our)|join (?:us|our)|"
    r"anmelden|jetzt|buchen|inscrivez|découvrez|apúntate|inscríbete|descubre|schrijf je in|meld je aan|zapisz się|"
    r"iscriviti|scopri|anmäl dig)\b",
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
    moved = dict.fromkeys(find_voices(reading), TESTIMONIAL) | _by_words(reading.pieces)
    moved |= dict.fromkeys(_bars(reading.pieces), PROMOTION)
    moved |= dict.fromkeys(_contents(reading.pieces), NAVIGATION)
    moved |= dict.fromkeys(_languages(reading.pieces), NAVIGATION)
    moved |= dict.fromkeys(_calls_to_act(reading.pieces), PROMOTION)
    moved |= dict.fromkeys(find_teasers(reading), RELATED)
    stays = tuple(piece for index, piece in enumerate(reading.pieces) if index not in moved)
    taken = [Marginal(reason=moved[index], piece=reading.pieces[index]) for index in sorted(moved)]
    return replace(reading, pieces=(*stays, *back), marginal=(*kept, *taken))


def _languages(pieces: tuple[Piece, ...]) -> list[int]:
    """Return the entries of lists of links in which a page is offered in other languages."""
    lists: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        if piece.kind is BlockKind.ITEM and piece.links and len(piece.text) <= LANGUAGE_CHARACTERS:
            lists.setdefault(piece.group, []).append(index)
    chosen = (found for found in lists.values() if are_languages([pieces[index].text for index in found]))
    return [index for found in chosen for index in found]


def _contents(pieces: tuple[Piece, ...]) -> list[int]:
    """Return the entries of a table of contents: links to headings of the page itself, in their words."""
    heads = {piece.text for piece in pieces if piece.level}
    return [
        index
        for index, piece in enumerate(pieces)
        if len(piece.links) == 1
        and not piece.level
        and piece.links[0][1].startswith("#")
        and piece.text in heads
    ]


def _calls_to_act(pieces: tuple[Piece, ...]) -> list[int]:
    """Return the lines of bands that call visitors to act, but for buttons; a line with a figure may be news."""
    return [
        index
        for index, piece in enumerate(pieces)
        if piece.classes & _CALLS
        and piece.level != 1
        and not (piece.links or piece.parts or re.search(r"[\d$€£%]", piece.text))
        and len(piece.text) <= BAND_CHARACTERS
    ]


def _bars(pieces: tuple[Piece, ...]) -> list[int]:
    """Return the invitations in a bar above the title of a page."""
    found = []
    for index, piece in enumerate(pieces):
        if piece.level:
            break
        bar = piece.classes & _BAR and not piece.parts and len(piece.text) <= BAR_CHARACTERS
        if bar and (_INVITES.match(piece.text) or is_shop_line(piece.text)):
            found.append(index)
    return found


def margin_of(text: str) -> str | None:
    """Return the noise that a line by itself is known for by its words, None if it belongs to the matter."""
    return sign_of(text, False, True)


def _by_words(pieces: tuple[Piece, ...]) -> dict[int, str]:
    moved: dict[int, str] = {}
    for index, piece in enumerate(pieces):
        sign = sign_of(piece.text, piece.level > 0, index + 1 == len(pieces))
        if sign is None:
            if told := _of_card(piece):
                moved[index] = told
            continue
        if sign == CHAT:
            moved[index] = CHAT
            moved.update(dict.fromkeys(_questions(pieces, index), CHAT))
        elif sign == SURVEY:
            moved.update(dict.fromkeys(survey_below(pieces, index), SURVEY))
        elif sign == COMMENTS:
            moved.update(dict.fromkeys(_box(pieces, index) if piece.level else [index], COMMENTS))
        elif sign == RELATED and heads_related(piece.text):
            moved.update(dict.fromkeys(_box(pieces, index), RELATED))
        elif sign == NOTICE:
            moved.update(dict.fromkeys(_banner(pieces, index), COOKIE))
        else:
            moved[index] = sign
    return moved


def _of_card(piece: Piece) -> str | None:
    """Return the noise that a card as a whole is by its title: a box of comments beside other boxes reads as a card."""
    sign = sign_of(piece.title, True, False) if piece.parts and piece.title else None
    boxed = sign in (COMMENTS, SURVEY) or (sign == RELATED and heads_related(piece.title))
    return sign if boxed else None


def _questions(pieces: tuple[Piece, ...], index: int) -> list[int]:
    found = []
    for number in range(index + 1, min(index + 1 + BANNER_REACH, len(pieces))):
        if not pieces[number].text.endswith("?"):
            break
        found.append(number)
    return found


def _box(pieces: tuple[Piece, ...], index: int) -> list[int]:
    """Return a heading and the short pieces below it: down to the next heading of its rank, else those with links."""
    head, found = pieces[index], [index]
    for number in range(index + 1, min(index + 1 + RELATED_REACH, len(pieces))):
        piece = pieces[number]
        within = (
            head.level and head.text[:200] in piece.path and (not piece.level or piece.level > head.level)
        )
        if len(piece.text) > 250 or not (within or (piece.links and not piece.level)):
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
