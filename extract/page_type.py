"""What a page is about: by address, title, headings, structured data and what its blocks hold."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from extract.piece import Piece, Reading
from extract.record_keys import plain_key
from store.kinds import BlockKind, PageType

P = PageType
Scores = defaultdict[PageType, float]

_PATHS: tuple[tuple[PageType, str], ...] = (
    (P.PRICING, r"pricing|plans?|prices|tarife?|preise|tarifs|precios|planes|priser|prezzi|packages"),
    (P.CAREERS, r"careers?|jobs?|join(?:-us)?|openings|vacanc(?:y|ies)|hiring|work-with-us|positions|karriere|"
                r"stellen\w*|"
                r"recrutement|carrieres?|emploi|empleo|lediga-jobb|jobba\w*|vacatures"),
    (P.TEAM, r"team|leadership|management|people|our-team|executives?|board|about-us/team|community|"
             r"committers|ueber-uns|equipe|equipo|om-oss|geschaeftsfuehrung|wer-wir-sind|maintainers"),
    (P.CUSTOMERS, r"customers?|case-stud(?:y|ies)|clients?|success-stories|powered-?by|users|who-uses|"
                  r"testimonials|kunden|referenzen|references|clientes|kunder|adopters"),
    (P.PARTNERS, r"partners?|sponsors?|subprocessors?|sub-processors?|resellers|alliances|ecosystem|partenaires|socios|"
                 r"partnere"),
    (P.INTEGRATIONS, r"integrations?|marketplace|apps|connectors|integrationen|integraciones"),
    (P.EVENTS, r"events?|webinars?|conferences?|meetups?|messen|veranstaltungen|termine|evenements|eventos|evenemang"),
    (P.CHANGELOG, r"changelog|release-?notes|releases|whats-new|updates|history"),
    (P.POLICY, r"terms|privacy|legal|polic(?:y|ies)|tos|dpa|gdpr|security|cookies?|aup|acceptable-use|"
               r"licen[cs]e|sla|datenschutz\w*|agb|impressum|imprint|cgv|cgu|mentions-legales|confidentialite|"
               r"privacidad|"
               r"aviso-legal|integritetspolicy|villkor"),
    (P.STATUS, r"status|uptime|incidents?"),
    (P.NEWS, r"news|press|newsroom|blog|media|aktuelles|neuigkeiten|presse|actualites|noticias|nyheter"),
    (P.PRODUCT, r"products?|features?|platform|solutions?|produkte?|funktionen|produits?|productos?"),
)  # fmt: skip
_BY_PATH = tuple(
    (kind, re.compile(rf"(?:^|[/_.-])(?:{pattern})(?:$|[/_.-])", re.I)) for kind, pattern in _PATHS
)

_TITLES: tuple[tuple[PageType, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern, re.I))
    for kind, weight, pattern in (
        (P.PRICING, 3.0, r"\b(?:pricing|plans?|prices|licen[cs]es|preise|preisliste|tarife?|tarifs|precios|"
                         r"planes|priser|prezzi|prijzen)\b"),
        (P.CAREERS, 3.0, r"\b(?:careers?|jobs|join (?:us|our|the)|we(?:'|’)?re hiring|open (?:positions|"
                         r"roles)|hiring|vacancies|openings|work (?:with|for|at) us|offene stellen|stellenangebote|"
                         r"karriere|recrutement|nous rejoindre|offres d'emploi|carrières|empleo|trabaja con|lediga "
                         r"(?:jobb|tjänster)|jobba hos|vacatures)\b"),
        (P.TEAM, 3.0, r"\b(?:(?:our |the |leadership |management )?team|leadership|people|committers|"
                      r"board(?: of directors)?|community|about us|who we are|our people|people|maintainers|"
                      r"über uns|unser team|geschäftsführung|équipe|qui sommes[- ]nous|direction|equipo|quiénes somos|"
                      r"om oss|vårt team|chi siamo|over ons)\b"),
        (P.CUSTOMERS, 3.0, r"\b(?:customers?|case stud(?:y|ies)|powered by|success stories|who(?:'s|"
                           r" (?:is|it))? us(?:es|ing)|who uses (?:it|us)|users|clients|adopters|trusted by|"
                           r"(?:unsere )?kunden|referenzen|nos clients|références|clientes|våra kunder|"
                           r"customer stories)\b"),
        (P.PARTNERS, 3.0, r"\b(?:partners?|sponsors?|sub-?processors?|resellers|funders|supporters|"
                          r"dealers|händler|partenaires|socios|colaboradores|återförsäljare)\b"),
        (P.INTEGRATIONS, 3.0, r"\b(?:integrations?|marketplace|connectors)\b"),
        (P.EVENTS, 3.0, r"\b(?:events?|webinars?|conferences|meetups|meet us|trade shows|messe(?:n|termine)|"
                        r"veranstaltungen|termine|év[ée]nements|salons|eventos|ferias|evenemang|mässor)\b"),
        (P.CHANGELOG, 3.0, r"\b(?:changelog|release notes|releases|what(?:'|’)?s new|news|updates)\b"),
        (P.POLICY, 4.0, r"\b(?:terms(?: of (?:service|use))?|privacy|polic(?:y|ies)|agreement|cookies?|"
                        r"gdpr|guidelines|data processing|acceptable use|licen[cs]e|legal|security|"
                        r"compliance|code of conduct|conditions|notice|subpoenas?|copyright|DMCA|"
                        r"datenschutz\w*|impressum|imprint|agb|nutzungsbedingungen|conditions générales|"
                        r"mentions légales|"
                        r"politique de confidentialité|términos|aviso legal|privacidad|condiciones|villkor|"
                        r"integritetspolicy)\b"),
        (P.STATUS, 3.0, r"\b(?:status|incidents?|uptime)\b"),
        (P.NEWS, 2.5, r"\b(?:newsroom|press(?: releases)?|blog|news|neuigkeiten|aktuelles|presse|actualités|noticias|"
                      r"nyheter)\b"),
        (P.INTEGRATIONS, 2.0, r"\b(?:integrationen|intégrations|integraciones)\b"),
        (P.PRODUCT, 2.5, r"^(?:our )?(?:product|platform)(?: features| overview)?$|\bproduct features\b"),
    )
)  # fmt: skip
_SCHEMA: Mapping[str, PageType] = {
    "NewsArticle": P.ARTICLE, "BlogPosting": P.ARTICLE, "Article": P.ARTICLE, "Event": P.EVENTS,
    "JobPosting": P.CAREERS,
    "Offer": P.PRICING, "Product": P.PRODUCT, "SoftwareApplication": P.PRODUCT, "AggregateOffer": P.PRICING,
    "Blog": P.NEWS, "CollectionPage": P.NEWS,
}  # fmt: skip
_MONEY = re.compile(
    r"[$€£]\s?\d|\d\s?(?:€|kr\b)|\d\s?(?:USD|EUR|GBP|CHF)\b|(?:CHF|EUR|USD)\s?\d|\bcontact (?:us|sales)\b",
    re.I,
)
_PER = re.compile(
    r"(?:/|per |a |pro |par |por |i )\s*(?:mo(?:nth)?|yr|year|user|seat|hour|hr|gb|monat|jahr|nutzer|mois|an|"
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
_HOME_SECTION = re.compile(
    r"\b(?:what is|why|features|news|blog|get(?:ting)? started|customers|follow us|use cases|how it works|trusted by|"
    r"testimonials|community|documentation|integrations|ready to|products|solutions|newsletter)\b",
    re.I,
)
#: Weight from which the guess is sure.
SURE = 8.0
MAIN_PART = 0.35  # share of a page's blocks below a heading that says what the page is about


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
    _by_content(reading.pieces, scores)
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
    for kind, pattern in _BY_PATH:
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
    return frozenset(
        number for number, (_, _, pattern) in enumerate(_TITLES) if title and _names_page(pattern, title)
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
    by_title, by_head, by_main = _named_by(reading.title or ""), _named_by_any(heads), _named_by_any(main)
    for number, (kind, weight, _) in enumerate(_TITLES):
        if number in by_title:
            scores[kind] += weight
        if number in by_head:
            scores[kind] += weight * 0.7
    for number, (kind, weight, _) in enumerate(_TITLES):
        if number in by_main:
            scores[kind] += weight * 1.3
    for kind, weight, pattern in _TITLES:
        found = sum(1 for text in below if pattern.search(text))
        scores[kind] += min(found, 3) * weight * 0.15


def _named_by_any(titles: Sequence[str]) -> frozenset[int]:
    return frozenset().union(*(_named_by(title) for title in titles))


def _main_headings(pieces: Sequence[Piece]) -> list[str]:
    """Return the headings under which a large part of the page stands."""
    counts = Counter(title for piece in pieces for title in piece.path[1:])
    return [title for title, count in counts.items() if count >= MAIN_PART * len(pieces)]


def _by_schema(reading: Reading, scores: Scores) -> None:
    for item in reading.structured:
        kinds = item.get("@type")
        for name in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(name, str) and name in _SCHEMA:
                scores[_SCHEMA[name]] += 2 if name in ("Article", "Offer", "Product") else 3


def _by_content(pieces: Sequence[Piece], scores: Scores) -> None:
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
    _by_keys(keys, scores)
    _by_record_lists(pieces, scores)


def _count(pattern: re.Pattern[str], texts: Sequence[str], whole: str, *, shorter: float = math.inf) -> int:
    """Return how many texts below a length match; ``whole``, all of them in lines, is asked first."""
    if not pattern.search(whole):
        return 0
    return sum(1 for text in texts if len(text) < shorter and pattern.search(text))


def _by_keys(keys: Counter[str], scores: Scores) -> None:
    """The keys of records of data, or the heads of a table, say what is listed."""
    named = keys["name"] or keys["title"] or keys["plan"] or keys["tier"] or keys["firstname"]
    if named and (keys["price"] or (keys["monthly"] and (keys["annual"] or keys["yearly"]))):
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
    if keys["name"] and keys["category"] and not (role or keys["price"] or keys["date"]):
        scores[P.INTEGRATIONS] += 2.2
    if named and keys["start"] and (keys["end"] or keys["city"] or keys["venue"]):
        scores[P.EVENTS] += 5


def _by_record_lists(pieces: Sequence[Piece], scores: Scores) -> None:
    """A file of data has no title; the key under which its records stand says what they are."""
    tops = Counter(piece.path[0] for piece in pieces if piece.path and not piece.level)
    if any(piece.level or piece.kind is BlockKind.PARAGRAPH for piece in pieces):
        return
    for top, count in tops.items():
        kind = next((kind for kind, pattern in _BY_PATH if pattern.search(top)), None)
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


def _by_sections(reading: Reading, scores: Scores) -> None:
    """A start page names no subject and has sections on several."""
    if _named_by(reading.title or ""):
        return
    heads = " | ".join(p.text for p in reading.pieces if p.kind is BlockKind.HEADING and len(p.text) < 60)
    found = {match.group(0).lower() for match in _HOME_SECTION.finditer(heads)}
    scores[P.HOME] += {0: 0.0, 1: 0.0, 2: 3.0}.get(len(found), 5.0)
