"""What a page is about by what it holds: amounts, roles, jobs, legal words, logos and the keys of its records."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from extract.facts.person_names import is_name, role_of
from extract.page_types.page_words import BY_PATH, P
from extract.reading.piece import Piece
from extract.reading.record_keys import plain_key
from store.kinds import BlockKind, PageType

Scores = defaultdict[PageType, float]
MAIN_PART = 0.35  # share of a page's blocks below a heading that says what the page is about
#: Keys by which the services that boards of jobs run on keep their records.
_BOARD_KEYS = frozenset({
    "hostedurl", "applyurl", "joburl", "absolute_url", "careers_url", "careers_apply_url", "apply_url", "departments",
    "department", "requisition_id", "workplacetype", "employmenttype", "employment_type", "employment_type_code",
    "shortcode", "isremote", "is_remote", "commitment", "internal_job_id", "typeofemployment", "releaseddate",
})  # fmt: skip
#: Keys of records that have a day and are no news.
_NO_NEWS = (
    "place", "venue", "location", "city", "price", "status", "state", "department", "role", "start", "startdate",
)  # fmt: skip
PEOPLE_LISTED = 3  # cards of people that make a list of them
PEOPLE = 3.0  # weight of such a list: less than two titles that say what the page is
_MONEY = re.compile(
    r"[$€£]\s?\d|\d\s?(?:€|kr\b)|\d\s?(?:USD|EUR|GBP|CHF)\b|(?:CHF|EUR|USD)\s?\d|\bcontact (?:us|sales)\b",
    re.I,
)
_PER = re.compile(
    r"(?:/|per |a |pro |par |por |i )\s*(?:mo(?:nth)?|yr|year|user|seat|hour|hr|gb|monat|jahr|nutzer|mois|an|jour|"
    r"mes|año|mån\w*|"
    r"år)\b",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:chief|officer|ceo|cto|cfo|coo|founder|director|president|head of|engineer|manager|committer|"
    r"pmc|chair)\b",
    re.I,
)
_JOB = re.compile(
    r"\b(?:engineer|developer|designer|manager|analyst|specialist|recruiter|scientist|architect|lead)\b", re.I
)
_APPLY = re.compile(
    r"\b(?:apply|we(?:'|’)re hiring|full[- ]time|salary|open (?:roles|positions)|remote)\b", re.I
)
_LEGAL = re.compile(
    r"\b(?:shall|hereby|pursuant|liabilit(?:y|ies)|personal (?:data|information)|third part(?:y|ies)|"
    r"you agree|we may|"
    r"applicable law|terminat(?:e|ion)|consent|governing law|GDPR)\b",
    re.I,
)


def by_content(pieces: Sequence[Piece], scores: Scores) -> None:
    """Add to the scores what the pieces of a page speak for."""
    if not pieces:
        return
    texts = [piece.text for piece in pieces]
    whole = "\n".join(texts)
    words = len(whole.split()) or 1
    money = _count(_MONEY, texts, whole, shorter=200)
    per = _count(_PER, texts, whole, shorter=200)
    scores[P.PRICING] += min(4.0, 0.5 * money + 0.5 * per)
    roles = _count(_ROLE, texts, whole, shorter=120)
    scores[P.TEAM] += min(4.0, 40 * roles / len(pieces)) if roles >= 3 else 0
    scores[P.TEAM] += PEOPLE if _lists_people(pieces) else 0
    jobs = sum(1 for piece in pieces if len(piece.text) < 90 and piece.links and _JOB.search(piece.text))
    scores[P.CAREERS] += min(3.0, 0.6 * jobs) + min(2.0, 0.5 * _count(_APPLY, texts, whole))
    legal = len(_LEGAL.findall(whole))
    scores[P.POLICY] += min(5.0, 250 * legal / words) if legal >= 5 else 0
    logos = sum(1 for piece in pieces if piece.kind is BlockKind.LOGO)
    scores[P.CUSTOMERS] += min(2.0, logos / 10)
    keys = Counter(plain_key(key) for piece in pieces for key in piece.head if piece.head)
    if keys["date"] and (keys["venue"] or keys["location"] or keys["city"] or keys["place"]):
        scores[P.EVENTS] += 6
    _by_records(pieces, scores)
    _by_keys(keys, pieces, scores)
    _by_record_lists(pieces, scores)


def _lists_people(pieces: Sequence[Piece]) -> bool:
    """Return whether most cards of a page are those of people: a name, and right behind it the role."""
    cards = [piece.parts for piece in pieces if len(piece.parts) > 1 and not (piece.level or piece.head)]
    named = sum(is_name(lines[0]) and bool(role_of(lines[1])) for lines in cards)
    return named >= PEOPLE_LISTED and 2 * named > len(cards)


def _count(pattern: re.Pattern[str], texts: Sequence[str], whole: str, *, shorter: float = math.inf) -> int:
    """Return how many texts below a length match; ``whole``, all of them in lines, is asked first."""
    if not pattern.search(whole):
        return 0
    return sum(1 for text in texts if len(text) < shorter and pattern.search(text))


def _by_keys(keys: Counter[str], pieces: Sequence[Piece], scores: Scores) -> None:
    """The keys of records of data, or the heads of a table, say what is listed."""
    named = keys["name"] or keys["title"] or keys["plan"] or keys["tier"] or keys["firstname"]
    if named and (
        keys["price"] or keys["prices"] or (keys["monthly"] and (keys["annual"] or keys["yearly"]))
    ):
        scores[P.PRICING] += 5
    role = keys["role"] or keys["position"] or keys["jobtitle"]
    if named and (role or (keys["title"] and keys["name"] and (keys["bio"] or keys["photo"]))):
        scores[P.TEAM] += 5
    if (
        (keys["title"] or keys["position"] or keys["role"])
        and keys["location"]
        and (
            keys["department"] or keys["departments"] or keys["apply"] or keys["absoluteurl"] or keys["team"]
        )
    ):
        scores[P.CAREERS] += 6
    if named and (
        (keys["monthlyprice"] or keys["pricemonthly"]) and (keys["yearlyprice"] or keys["priceyearly"])
    ):
        scores[P.PRICING] += 5
    _by_dates(keys, scores)
    if any(piece.head and len(piece.classes & _BOARD_KEYS) > 1 for piece in pieces):
        scores[P.CAREERS] += 6
    if keys["name"] and keys["category"] and not (role or keys["price"] or keys["date"]):
        scores[P.INTEGRATIONS] += 2.2
    if named and keys["start"] and (keys["end"] or keys["city"] or keys["venue"]):
        scores[P.EVENTS] += 5


def _by_dates(keys: Counter[str], scores: Scores) -> None:
    """Records with a day are releases where they have a version, and news where they have a title and no place."""
    dated = any(
        keys[key] for key in ("date", "publishedat", "datepublished", "pubdate", "released", "releasedate")
    )
    if dated and (keys["version"] or keys["tagname"]):
        scores[P.CHANGELOG] += 5
    elif dated and (keys["title"] or keys["headline"]) and not any(keys[key] for key in _NO_NEWS):
        scores[P.NEWS] += 3


def _by_record_lists(pieces: Sequence[Piece], scores: Scores) -> None:
    """A file of data has no title; the key under which its records stand says what they are."""
    tops = Counter(piece.path[0] for piece in pieces if piece.path and not piece.level)
    if any(piece.level or piece.kind is BlockKind.PARAGRAPH for piece in pieces):
        return
    for top, count in tops.items():
        kind = next((kind for kind, pattern in BY_PATH if pattern.search(top)), None)
        if kind is not None and count >= MAIN_PART * len(pieces):
            scores[kind] += 3
        elif top.lower() in ("members", "people", "staff"):
            scores[P.TEAM] += 3


def _by_records(pieces: Sequence[Piece], scores: Scores) -> None:
    """Records with a name and a logo are partners or sponsors; levels named after metals say sponsors."""
    records = [piece for piece in pieces if piece.head]
    logos = sum(1 for p in records if p.classes & {"logo", "image", "img"} and p.classes & {"name", "title"})
    metals = {word.lower() for piece in records for word in piece.path}
    if records and logos >= 0.5 * len(records):
        scores[P.PARTNERS] += 3 + 3 * bool(
            metals & {"platinum", "gold", "silver", "bronze", "diamond", "sponsors"}
        )
