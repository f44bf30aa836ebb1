"""Names of events: which texts may be one, what heads a list of them, and what stands around a name in a line."""

from __future__ import annotations

import re

from extract.reading.piece import Piece
from extract.values.days import WHEN
from extract.values.normalise import plain
from store.kinds import PageType

EVENT = re.compile(
    r"\b(?:conference|con\b|summit|webinar|meetup|meet-?up|event|expo|forum|hackathon|workshop|symposium|"
    r"congress|roadshow|messe|kongress|tagung|salon|atelier|journée|foire|congreso|feria|jornada|mässa|konferens|"
    r"\w*con\s+(?:19|20)\d{2}|mesoscon|kubecon|day|week|fest|tour|live|festival|bootcamp|keynote|forward|"
    r"trade show|unconference)\b"
    r"|\b\w+con\b",
    re.I,
)
NAME_CHARACTERS = 140
_MORE = re.compile(r"(?:learn|read|more|register|see|here|details|watch|join)\b", re.I)
#: What a list of events is headed by, in words that name none of them.
_LIST_WORD = (
    r"(?:all|our|your|the|next|new|past|previous|recent|latest|featured|future|coming|more|up|live|online|free|public|"
    r"virtual|in[- ]person|on[- ]demand|upcoming|and|&|of|calendar|schedule|programme|program|dates?|overview|list|"
    r"events?|webinars?|sessions?|workshops?|conferences?|meet-?ups?|trade|shows?|fairs?|trainings?|courses?|talks?|"
    r"seminars?|exhibitions?|roadshows?|appearances|meet|us|where|to|find|see|join|at|"
    r"(?:kommende|nächste|unsere|aktuelle|alle|vergangene)n?|veranstaltung(?:en)?|termine?|messen?|messetermine|"
    r"(?:prochain|passé)e?s?|à venir|nos|les|événements?|évènements?|evenements?|salons?|ateliers?|rendez-vous|"
    r"próxim[oa]s|nuestr[oa]s|eventos?|ferias|jornadas|eventi|prossimi|fiere|evenementen|agenda|komende|beurzen|"
    r"wydarzenia|nadchodzące|targi|kommande|evenemang|mässor|(?:19|20)\d{2})"
)
LIST_NAME = re.compile(rf"\W*{_LIST_WORD}(?:\W+{_LIST_WORD})*\W*", re.I)
_LEAD = re.compile(
    r"^\W*(?:announcing|join us (?:at|for|in)|meet us at|register (?:now )?for|save the date(?: for)?|introducing|"
    r"see you at|"
    r"upcoming|we(?:'|’)re (?:at|sponsoring)|come to)\W+(?:the\s+)?",
    re.I,
)
_TAIL = re.compile(r"\s+(?:is|are|will|has|have|takes? place|opens?|opened|starts?|registration)\b.*$", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def is_event_name(name: str, page_type: PageType) -> bool:
    sure = page_type is PageType.EVENTS
    return 2 < len(name) <= NAME_CHARACTERS and (sure or bool(EVENT.search(name))) and not _MORE.match(name)


def name_in_line(piece: Piece, text: str) -> str:
    linked = piece.links[0][0] if piece.links else ""
    if 4 <= len(linked) <= NAME_CHARACTERS and 2 * len(linked) >= len(text) and not _MORE.match(linked):
        return trimmed(linked)
    if piece.parts:
        lines = [part for part in piece.parts if not WHEN.fullmatch(part.strip())]
        return next((part for part in lines if len(part) <= NAME_CHARACTERS), "")
    parts = [_SENTENCE.split(part.strip(" ,.:;()*_-–—|"), maxsplit=1)[0] for part in WHEN.split(plain(text))]
    candidates = [trimmed(part) for part in parts if part]
    name = next((name for name in candidates if 4 <= len(name) <= NAME_CHARACTERS), "")
    return f"{name})" if name.count("(") > name.count(")") else name


def trimmed(text: str) -> str:
    """Return the event's name out of ``Announcing the #Summit!`` or ``Summit registration is now open``."""
    name = _LEAD.sub("", text.replace("#", "")).strip(" -*+")
    return _TAIL.sub("", name).strip(" ,.:;!*_-–—|")
