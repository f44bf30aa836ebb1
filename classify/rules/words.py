# ruff: noqa: E501 (a pattern or word list is read as one line)
"""The small grammar that all fact rules share: capital letters, names of people and companies, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"

# Capitalised in headlines, but never part of a name.
_COMMON = (
    "a an and are as at be been but by can for from has have he her his how i if in into is it its more new no not now"
    " of off on or our out over she so than that the their them then there they this to today tomorrow under until up"
    " us was we were what when where which who why will with you your after before during following amid via per"
)
_VERBS = (
    "announce announces announced announcing appoint appoints appointed appointing name names named naming hire hires"
    " hired promote promotes promoted tap taps tapped elect elects elected welcome welcomes welcomed join joins joined"
    " add adds added select selects selected choose chooses chose pick picks picked leave leaves left leaving resign"
    " resigns resigned retire retires retired retiring depart departs step steps stepping stepped succeed succeeds"
    " replace replaces become becomes became launch launches launched partner partners partnered team teams acquire"
    " acquires acquired buy buys bought raise raises raised cut cuts open opens opened win wins won sign signs signed"
    " unveil unveils introduce introduces release releases expand expands form forms deploy deploys use uses report"
    " reports said says sues take takes took get gets receive receives secure secures award awards awarded enter enters"
    " completes complete completed agrees agree agreed plans plan sell sells sold merge merges launching boost boosts"
    " bring brings help helps lead leads leading drive support supports accelerate enhance offer offers deliver delivers"
    " provide provides make makes integrate integrates integrated collaborate collaborates extend extends move moves"
    " hosts host hosting attend attending presenting participating expanding bringing enabling helping attends present presents participate exhibit sponsor sponsors meet join"
)
_ROLES = (
    "chief officer executive president director chairman chairwoman chairperson chair head vp svp evp avp vice manager"
    " partner counsel ceo cfo cto coo cmo cro ciso cio cpo chro cdo cso founder co-founder cofounder board general senior"
    " interim acting global lead leader principal managing deputy associate secretary treasurer scientist editor dean"
    " professor analyst former ex-ceo commercial operating financial technology information security product revenue"
    " marketing sales people growth strategy customer medical legal engineering finance operations independent"
    " non-executive member permanent regional group"
)
_EPITHETS = (
    "seasoned veteran industry expert litigator pharma pharmaceutical technology tech software banking banker retail healthcare"
    " cardiovascular changemaker pioneer entrepreneur innovator visionary leaders experienced renowned accomplished award-winning"
    " former longtime long-time strategist operator investor dealmaker specialist physician surgeon attorney lawyer engineer"
)
_DATES = (
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday"
)
COMMON = frozenset(_COMMON.split())
VERBS = frozenset(_VERBS.split())
ROLES = frozenset(_ROLES.split())
DATES = frozenset(_DATES.split())
# Ends of companies' names: "Octave Energy" has the shape of a person's name, and is none.
_TRADES = (
    "shipping energy foods bank labs technologies ventures holdings systems analytics networks solutions industries logistics"
    " insurance airlines pharmaceuticals partners software stores oil america europe asia africa pacific emea apac marketplace laboratories university institute association gmbh asa oyj ltd llc inc plc"
)
#: Legal forms, which are no part of the name that people say: "Ablage24 GmbH".
LEGAL_FORM = (
    r"(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|PLC|plc|Plc|GmbH|AG|SE|KG|UG|AB|ASA|AS|A/S|ApS|Oyj|Oy|B\.?V|N\.?V|S\.A\.?S|SAS|SARL"
    r"|S\.p\.A|SpA|S\.?r\.?l|s\.r\.o|d\.o\.o|Kft|Lda|Ltda|Sdn\s+Bhd|Bhd|K\.K|S\.L|Pvt|Pty|Sp\.\s?z\s?o\.?o)\.?"
)
_GENERIC_END = "labs|tech|technologies|technology|software|systems|holdings|group|solutions|networks|industries|international"
NOT_A_NAME = COMMON | VERBS | ROLES | DATES | frozenset(_EPITHETS.split()) | frozenset(_TRADES.split())
NOT_A_COMPANY = (
    COMMON
    | VERBS
    | DATES
    | frozenset(
        [
            "ceo",
            "cfo",
            "cto",
            "coo",
            "read",
            "learn",
            "click",
            "sign",
            "log",
            "free",
            "pro",
            "plan",
            "plans",
            "customer",
            "customers",
            "partner",
            "partners",
            "partnership",
            "product",
            "products",
            "press",
            "webinar",
            "series",
            "million",
            "billion",
            "strategic",
            "exclusive",
            "multi-year",
        ]
    )
)

_PARTICLES = r"(?:van der|van den|van|von|de la|de|da|dos|del|della|der|den|di|du|la|le|el|al|bin|ibn|ter|zu)"
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Professor|Doctor|Lady|Lord)\.?\s+){0,2}"


def _excluding(words: frozenset[str]) -> str:
    """Return a pattern that looks ahead and refuses these words."""
    listed = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return rf"(?!(?i:{listed})(?![\w’'-]))"


_NAME_TOKEN = rf"{_excluding(NOT_A_NAME)}[{UPPER}](?:[^\W\d_]|[’'-](?=[^\W\d_]))+"
_INITIAL = rf"[{UPPER}]\.?(?=\s)"
#: A person's name of two to four parts: ``Mara Quill``, ``Casper von Koskull``, ``J. P. O'Neil``.
PERSON = (
    rf"(?<![\w-]){_TITLE}(?:{_NAME_TOKEN}|{_INITIAL})"
    rf"(?:\s+(?:{_INITIAL}|[\"“(]{_NAME_TOKEN}[\"”)](?=\s+{_NAME_TOKEN})|(?:{_PARTICLES}\s+)?{_NAME_TOKEN})){{1,3}}"
)
_COMPANY_TOKEN = (
    rf"{_excluding(NOT_A_COMPANY)}[{UPPER}0-9][\w’'.&+-]*[\w&+]|{_excluding(NOT_A_COMPANY)}[{UPPER}]"
)
DEMONYMS = frozenset(
    [
        "American",
        "British",
        "English",
        "Irish",
        "Scottish",
        "Welsh",
        "Cornish",
        "Bavarian",
        "Catalan",
        "Flemish",
        "Texan",
        "Californian",
        "French",
        "German",
        "Dutch",
        "Belgian",
        "Swiss",
        "Austrian",
        "Italian",
        "Spanish",
        "Portuguese",
        "Danish",
        "Swedish",
        "Norwegian",
        "Finnish",
        "Icelandic",
        "Polish",
        "Czech",
        "Slovak",
        "Hungarian",
        "Romanian",
        "Bulgarian",
        "Greek",
        "Turkish",
        "Russian",
        "Ukrainian",
        "Estonian",
        "Latvian",
        "Lithuanian",
        "Indian",
        "Chinese",
        "Japanese",
        "Korean",
        "Taiwanese",
        "Singaporean",
        "Malaysian",
        "Thai",
        "Indonesian",
        "Vietnamese",
        "Australian",
        "Canadian",
        "Mexican",
        "Brazilian",
        "Argentine",
        "Chilean",
        "Colombian",
        "Israeli",
        "Saudi",
        "Emirati",
        "Egyptian",
        "Nigerian",
        "Kenyan",
        "African",
        "Asian",
        "European",
        "Nordic",
    ]
)
#: A company's name of one to five parts: ``Harbour Bank``, ``Peel & Marsh``, ``Bank of Aland``.
COMPANY = (
    rf"(?:{_excluding(NOT_A_COMPANY)}[{UPPER}][\w’'.&+-]*[\w&+]|{_excluding(NOT_A_COMPANY)}[{UPPER}])"
    rf"(?:\s+(?:(?:&|of|de)\s+)?(?:{_COMPANY_TOKEN})){{0,4}}"
)

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“(]?[A-ZÀ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:Inc|Corp|Ltd|Co|Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx|Jr|Sr|U\.S|U\.K|[A-Z])\.$"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; abbreviations and initials do not end one."""
    found: list[str] = []
    for line in text.splitlines():
        for piece in _SENTENCE_END.split(line.strip()):
            if found and _ABBREVIATION.search(found[-1]):
                found[-1] = f"{found[-1]} {piece}"
            elif piece:
                found.append(piece)
    return found


def any_of(names: Iterable[str]) -> str:
    """Return the pattern of any of these names, the longest first; empty without a name."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)


def tidy(name: str) -> str:
    """Return a matched name without trailing marks, possessive endings and double spaces."""
    name = " ".join(name.split()).strip(" ,.;:–-")
    return re.sub(r"[’']s$", "", name)


def without_form(name: str) -> str:
    """Return a company's name without its legal form: ``Castlegate Security`` for ``Castlegate Security Limited``."""
    return re.sub(rf"(?:,?\s+{LEGAL_FORM})+$", "", name) or name


def spoken(names: Iterable[str]) -> tuple[str, ...]:
    """Return names with the shorter ones that texts use: ``Bluepeak`` for ``Bluepeak Labs``, without legal form."""
    full = tuple(dict.fromkeys(name for name in names if name))
    bare = [without_form(name) for name in full]
    short = [re.sub(rf"\s+(?i:{_GENERIC_END})$", "", name) for name in bare]
    return tuple(dict.fromkeys((*full, *bare, *(name for name in short if len(name) > 3))))
