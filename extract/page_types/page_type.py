"""What a page is about: by address, title, headings, structured data and what its blocks hold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from extract.page_types.page_content import MAIN_PART, Scores, by_content
from extract.page_types.page_words import BY_PATH, SCHEMA, TITLES, P
from extract.reading.piece import Piece, Reading
from extract.reading.zones import CALL, TESTIMONIAL
from store.kinds import BlockKind, PageType

_HOME_SECTION = re.compile(
    r"\b(?:what is|why|features|news|blog|get(?:ting)? started|customers|follow us|use cases|how it works|trusted by|"
    r"testimonials|community|documentation|integrations|ready to|products|solutions|newsletter)\b",
    re.I,
)
_TRUSTED = re.compile(
    r"^(?:trusted|used|loved|chosen) by\b|\bvertrauen (?:auf )?uns\b|\bnous font confiance\b", re.I
)
#: A dialog on cookies has a heading too, below which the rest of a page may stand.
_CONSENT = re.compile(
    r"\bcookies?\b.{0,20}\b(?:settings|preferences)\b|\b(?:we value|respect) your privacy\b|"
    r"\b(?:privacy|cookie)[- ](?:settings|preferences|cent(?:er|re)|einstellungen)\b",
    re.I,
)
LOGOS = 3
#: Weight from which the guess is sure.
SURE = 8.0


def guess_page_type(url: str, reading: Reading) -> tuple[PageType, float]:
    """Return the page type and a confidence in [0, 1]."""
    scores: Scores = defaultdict(float)
    if urlsplit(url).netloc:
        _by_url(url, scores, 6.0)
    elif reading.canonical:
        # What a page calls its address is often the start page of the site.
        _by_url(reading.canonical, scores, 3.5)
    _by_title(reading, scores)
    _by_schema(reading, scores)
    _by_sections(reading, scores)
    by_content(reading.pieces, scores)
    if not scores or max(scores.values()) <= 0:
        return P.GENERIC, 0.2
    (kind, best), *rest = sorted(scores.items(), key=lambda item: -item[1])
    if best < 2.0:
        return (P.HOME, 0.3) if _is_root(url) else (P.GENERIC, 0.3)
    second = rest[0][1] if rest else 0.0
    return kind, round(min(1.0, best / SURE) * (1 - 0.5 * max(0.0, second) / best), 3)


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.netloc) and parts.path in ("", "/", "/index.html", "/en", "/en/", "/home")


def _by_url(url: str, scores: Scores, root: float) -> None:
    parts = urlsplit(url)
    if not parts.netloc:
        return
    if _is_root(url):
        scores[P.HOME] += root
    path = parts.path.rstrip("/")
    for kind, pattern in BY_PATH:
        if pattern.search(path):
            scores[kind] += 5
            break
    if parts.netloc.startswith("status."):
        scores[P.STATUS] += 5
    if re.search(r"/(?:blog|news|press)/.+|/\d{4}/\d{2}/", path):
        scores[P.ARTICLE] += 6


#: What a slogan says of the reader's own people: ``for every team``, ``where your customers are``.
_SLOGAN = re.compile(r"\b(?:for|your|every|any|each|all|modern|growing|busy)\W+(?:\w+\W+)?$", re.I)


@lru_cache(maxsize=4096)
def _named_by(title: str) -> frozenset[int]:
    """Return the numbers of the rules by which a title says what its page is about, rather than whom it is for."""
    title = title.replace("’", "'")
    return frozenset(
        number for number, (_, _, pattern) in enumerate(TITLES) if title and _names_page(pattern, title)
    )


def _names_page(pattern: re.Pattern[str], title: str) -> bool:
    return any(
        not (match.start() and _SLOGAN.search(title[: match.start()])) for match in pattern.finditer(title)
    )


def _by_title(reading: Reading, scores: Scores) -> None:
    heads = [piece.text for piece in reading.pieces if piece.level == 1 and piece.kind is BlockKind.HEADING][
        :3
    ]
    main = [head for head in _main_headings(reading.pieces) if len(head) < 60]
    below = [piece.text for piece in reading.pieces if piece.level in (2, 3)][:40]
    below = [text for text in below if len(text) < 60]
    by_title, by_head = _named_by(reading.title or ""), _named_by_any(heads)
    by_main = _named_by_any(title for title in main if not _CONSENT.search(title))
    for number, (kind, weight, _) in enumerate(TITLES):
        if number in by_title:
            scores[kind] += weight
        if number in by_head:
            scores[kind] += weight * 0.7
    for number, (kind, weight, _) in enumerate(TITLES):
        if number in by_main:
            scores[kind] += weight * 1.3
    for kind, weight, pattern in TITLES:
        found = sum(1 for text in below if pattern.search(text))
        scores[kind] += min(found, 3) * weight * 0.15


def _named_by_any(titles: Iterable[str]) -> frozenset[int]:
    return frozenset().union(*(_named_by(title) for title in titles))


def _main_headings(pieces: Sequence[Piece]) -> list[str]:
    """Return the headings under which a large part of the page stands."""
    counts = Counter(title for piece in pieces for title in piece.path[1:])
    return [title for title, count in counts.items() if count >= MAIN_PART * len(pieces)]


def _by_schema(reading: Reading, scores: Scores) -> None:
    for item in reading.structured:
        kinds = item.get("@type")
        for name in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(name, str) and name in SCHEMA:
                scores[SCHEMA[name]] += 2 if name in ("Article", "Offer", "Product") else 3


def _by_sections(reading: Reading, scores: Scores) -> None:
    """A start page names no subject and has sections on several."""
    if _named_by(reading.title or ""):
        return
    heads = " | ".join(p.text for p in reading.pieces if p.kind is BlockKind.HEADING and len(p.text) < 60)
    found = {match.group(0).lower() for match in _HOME_SECTION.finditer(heads)} | _home_signs(reading)
    scores[P.HOME] += {0: 0.0, 1: 0.0, 2: 3.0}.get(len(found), 5.0)


def _home_signs(reading: Reading) -> set[str]:
    """Return what a start page has besides sections: a call to action, quotes of customers, a wall of their logos."""
    beside = {item.reason for item in reading.marginal} & {CALL, TESTIMONIAL}
    logos = sum(piece.kind is BlockKind.LOGO for piece in reading.pieces) >= LOGOS
    trusted = any(_TRUSTED.search(piece.text) for piece in reading.pieces if len(piece.text) < 80)
    return beside | ({"logos"} if logos else set()) | ({"trusted by"} if trusted else set())
