"""Teasers: the latest entries of a blog on a page of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.reading.piece import Piece, Reading

_HEADING = re.compile(
    r"^(?:(?:the )?latest|recent|new|more|fresh|from|on)?\s*(?:from |on |in )?(?:the |our )?"
    r"(?:blog|blog ?posts?|posts|articles|stories from the blog|guides|insights)$|"
    r"^(?:latest|recent|news) from (?:the|our) blog$|^(?:neues )?(?:aus dem|aus unserem|im) blog$|"
    r"^(?:neueste|aktuelle|letzte) (?:beiträge|artikel|blogbeiträge)$|^(?:les )?derniers articles$|"
    r"^(?:sur|du) (?:le |notre )?blog$|^(?:últim[oa]s|nuestros) (?:artículos|entradas)(?: del blog)?$|"
    r"^(?:del|de nuestro|en el) blog$|^(?:laatste|recente) (?:blogs|artikelen|berichten)$|"
    r"^(?:uit|van) (?:de|onze) blog$|"
    r"^(?:najnowsze|ostatnie) (?:wpisy|artykuły)$|^z (?:naszego )?bloga$|^(?:ultimi articoli|dal blog)$|"
    r"^(?:senaste inläggen|från bloggen)$|^(?:à lire|lire) (?:aussi )?sur (?:le |notre )?blog$",
    re.I,
)
#: Headings that say whose entries these are, and the pages of just those.
_BLOG = re.compile(r"\bblogs?\b|\bbloga\b|\bbloggen\b", re.I)
_OWN_BLOG = re.compile(r"\b(?:blogs?|articles?|insights|guides|stories|resources)\b", re.I)
#: Pages whose matter are such entries.
_OWN = re.compile(
    r"\b(?:blog|news\w*|articles?|press\w*|insights|guides|stories|aktuelles|changelog|resources)\b", re.I
)
REACH = 16  # pieces below the heading
CHARACTERS = 250  # longer text is no teaser


def find_teasers(reading: Reading) -> frozenset[int]:
    """Return the numbers of the pieces below the heading of a box of blog entries; none on a page of such entries."""
    pieces = reading.pieces
    titles = [reading.title or "", *(piece.text for piece in pieces if piece.level == 1)]
    starts = [
        n for n, piece in enumerate(pieces) if piece.level > 1 and _HEADING.match(piece.text.strip(" :"))
    ]
    own = any(_OWN.search(title) for title in titles)
    own_blog = any(_OWN_BLOG.search(title) for title in titles)
    boxes = [start for start in starts if not (own_blog if _BLOG.search(pieces[start].text) else own)]
    return frozenset(number for start in boxes for number in _below(pieces, start))


def _below(pieces: Sequence[Piece], start: int) -> list[int]:
    """Return the short pieces below a heading, if some of them lead somewhere or the heading names a blog."""
    found = []
    for number in range(start + 1, min(start + 1 + REACH, len(pieces))):
        piece = pieces[number]
        if 0 < piece.level <= pieces[start].level or len(piece.text) > CHARACTERS:
            break
        if pieces[start].text[:200] not in piece.path:
            break
        found.append(number)
    named = bool(_BLOG.search(pieces[start].text))
    return found if named or any(pieces[number].links for number in found) else []
