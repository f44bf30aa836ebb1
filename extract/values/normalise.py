"""Text without what changes by itself: case, typography, clocks, counters, years of copyright.

Two blocks with the same normalised text say the same. Each rule has the name of its noise.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from html import unescape

from extract.values.counters import (
    AGO,
    AT_WHAT,
    BY_WHOM,
    CLOCKS,
    COUNTDOWN,
    CROWDS,
    FOUND,
    LINES,
    REVISED,
    WHO_FIRST,
    WORDED,
)
from extract.values.days import WHEN, same_days
from extract.values.notations import same_notation, with_marks_told

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|(?<=\])\[[^\]]*\]")
_MARKDOWN_MARKS = re.compile(r"(\*\*|__|~~|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[*_`#|\[\]]))")
_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
     "‒": "-", "−": "-", "‑": "-", "‐": "-", "…": "...", "•": " ", "·": " ", "●": " ", "►": " ", "→": " "}
)  # fmt: skip

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS}\.?,?\s+\d{{4}})"
    rf"|(?:{MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
    rf"|(?:\d{{1,2}}[-\s]{MONTHS}[-\s]\d{{4}})"
    rf"|(?:{MONTHS}\.?\s+\d{{4}})"
    r"|(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2})|(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}))"
)
_UNITS = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?)"
_SOME = r"(?:\d+\+?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|many)"
_FEW_ELSEWHERE = (
    r"(?:\d+\+?|ein(?:em|er)|zwei|drei|vier|wenigen|mehreren|une?|deux|trois|quelques|una?|dos|tres|unos|unas|"
    r"ett?|en|två|tre|några)"
)
_AGO_ELSEWHERE = (
    rf"\bvor\s+(?:(?:etwa|rund|ca\.|über)\s+)?{_FEW_ELSEWHERE}\s+(?:sekunden?|minuten?|stunden?|tag(?:en?)?|wochen?|"
    rf"monat(?:en?)?|jahr(?:en?)?)\b"
    rf"|\bil y a\s+(?:environ\s+|plus d[e']\s*)?{_FEW_ELSEWHERE}\s+(?:secondes?|minutes?|heures?|jours?|semaines?|mois|"
    rf"ans?)\b"
    rf"|\bhace\s+(?:unos\s+|unas\s+|más de\s+)?{_FEW_ELSEWHERE}\s+(?:segundos?|minutos?|horas?|días?|semanas?|"
    rf"mes(?:es)?|"
    rf"años?)\b"
    rf"|\bför\s+{_FEW_ELSEWHERE}\s+(?:sekund(?:er)?|minut(?:er)?|timm(?:e|ar)|dag(?:ar)?|veck(?:a|or)|"
    rf"månad(?:er)?|år)\s+"
    rf"sedan\b"
    rf"|\bfor\s+\d+\s+(?:minutter|timer?|dager?|uger|uker|måneder|år)\s+siden\b"
    rf"|\b\d+\s+(?:minuten|uur|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar)\s+geleden\b"
    rf"|\b\d+\s+(?:minuti|or[ae]|giorn[io]|settiman[ae]|mes[ei]|ann[io])\s+fa\b|\bhá\s+\d+\s+(?:minutos?|horas?|dias?|"
    rf"semanas?|meses|anos?)\b|\b(?:gestern|vorgestern|ayer|igår)\b"
)
_MOMENT = (
    rf"(?:today|right now|at the moment|this {_UNITS}|so far|and counting|now|"
    rf"in the (?:last|past) (?:\d+\s+)?{_UNITS})"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_COUNTED = (
    r"(?:stars?|forks?|(?:page )?views?|visits?|reads?|downloads?|installs?|followers?|likes?|claps?|upvotes?|votes?|"
    r"comments?|repl(?:y|ies)"
    r"|shares?|retweets?|reactions?|watchers?|watching|pulls?|contributors?|commits?|open issues|pull requests"
    r"|subscribers?|visitors?|applicants?|agents? online|"
    r"online(?: now)?|players? online|people (?:are )?(?:registered|attending|going|interested|"
    r"viewing|watching|reading|"
    rf"looking|browsing|online){AT_WHAT}|"
    r"ratings?"
    r"|reviews?|open (?:positions|roles|jobs|vacancies)|in your cart|signed up today|seats? left|left in stock"
    r"|visites?|visite|besuche|besucher|bezoeken|weergaven|visualizzazioni|visualizaciones|visualizações"
    r"|aufrufe|leser|kommentare?|bewertungen|mal gelesen|vues|lectures|commentaires?|visitas|lecturas|comentarios?"
    r"|visningar|läsare|kommentarer)"
)

#: Rules in the order of use: the noise, its pattern, and what stands in its place.
RULES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "relative date",
        re.compile(
            rf"\b(?:(?:over|about|almost|nearly|more than|less than)\s+)?{_SOME}\s*{_UNITS}\s+ago\b"
            rf"|\b(?:just now|yesterday|moments? ago)\b|\b(?:last|this)\s+(?:week|month|year)\b(?=\s*$)"
            rf"|\bin\s+{_SOME}\s+{_UNITS}\b(?=\s*$)"
            rf"|{_AGO_ELSEWHERE}|{AGO}",
            re.I,
        ),
        "<when>",
    ),
    (
        "clock",
        re.compile(
            rf"\b{WEEKDAY},? \d{{1,2}} {MONTHS} \d{{4}},? \d{{2}}:\d{{2}}(?::\d{{2}})?(?: (?:gmt|utc|[+-]\d{{4}}))?"
            rf"|\b{WEEKDAY},? \d{{4}}-\d{{2}}-\d{{2}},? \d{{2}}:\d{{2}}(?::\d{{2}})?(?: (?:gmt|utc|[+-]\d{{4}}))?"
            r"|\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\b"
            r"|\b(?:served|generated|rendered|loaded|built|took|completed) in \d[\d.,]*\s*"
            r"(?:ms|s|milliseconds?|seconds?)\b"
            r"|\b\d{1,2}:\d{2}:\d{2}(?:\s*[ap]m)?\b"
            # A span of time goes from larger units to smaller ones; several of one unit are several values.
            r"|\b\d+\s*(?:d|days?)[\s,:]+\d+\s*(?:h|hours?|hrs?)\b(?:[\s,:]+\d+\s*(?:m|min(?:ute)?s?)\b)?"
            r"(?:[\s,:]+\d+\s*(?:s|sec(?:ond)?s?)\b)?"
            r"|\b\d+\s*(?:h|hours?|hrs?)[\s,:]+\d+\s*(?:m|min(?:ute)?s?)\b(?:[\s,:]+\d+\s*(?:s|sec(?:ond)?s?)\b)?"
            r"|\b\d+\s*(?:m|min(?:ute)?s?)[\s,:]+\d+\s*(?:s|sec(?:ond)?s?)\b"
            rf"|{CLOCKS}"
            r"|\b(?:last (?:trade|price|close)|market close)\s*:?\s*(?:at\s+)?\d{1,2}:\d{2}(?:\s*[a-z]{2,4}\b){0,2}",
            re.I,
        ),
        "<clock>",
    ),
    (
        "last updated",
        re.compile(
            rf"\b(?:(?:this (?:page|article|document|policy) was )?(?:last\s+)?(?:updated?|modified|"
            rf"revised|reviewed|edited"
            rf"|checked|changed|generated|built|published|refreshed|crawled){WHO_FIRST}|as of)(?:\s+on)?\s*[:\-]?\s*"
            rf"(?:on\s+|at\s+)?(?:{WEEKDAY},?\s+)?(?:{DATE}|<when>|<clock>|today|recently|"
            rf"in the last {_UNITS}|this {_UNITS})(?:\s*(?:at\s+)?\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s*(?:[ap]m)?"
            rf"(?:\s*[A-Z]{{2,4}})?)?{BY_WHOM}"
            rf"|\b(?:stand|zuletzt (?:aktualisiert|geändert)|aktualisiert|letzte (?:änderung|aktualisierung)|"
            rf"dernière mise à jour|"
            rf"mise? à jour|última actualización|actualizado|senast uppdaterad|uppdaterad|"
            rf"{REVISED})\s*:?\s*(?:am|vom|le|op|dnia|il|em|"
            rf"du|el|den)?\s*"
            rf"(?:{WHEN.pattern}|\d{{1,2}}\.?\s+(?:de\s+)?[^\W\d]+\.?,?\s+(?:de\s+)?\d{{4}}){BY_WHOM}",
            re.I,
        ),
        "<updated>",
    ),
    (
        "copyright year",
        re.compile(
            r"(?:(?:©|\(c\)|&copy;|\bcopyright\b)\s*)+(?:\d{4}\s*(?:[-,]\s*(?:\d{4}|present))*)"
            r"|(?:©|\(c\)|\bcopyright\b)[^©|\n]{0,60}?\b(?:19|20)\d{2}\b(?:\s*-\s*\d{4})?"
            r"|\b\d{4}\s*-\s*\d{4}(?=[^.]{0,60}all rights reserved)|\b\d{4}\s*(?:©|\(c\))",
            re.I,
        ),
        "<copyright>",
    ),
    (
        "copyright year",
        re.compile(
            r"[\s.,|-]{0,4}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|"
            r"todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|"
            r"alle rechten voorbehouden)\b",
            re.I,
        ),
        "",
    ),
    (
        "counter",
        re.compile(
            rf"(?<![$€£\w.\-/])(?:\d{{1,3}}(?:\s\d{{3}})+|\d[\d,.]*)\s?[km]?\+?\s*{_COUNTED}\b|"
            rf"\b(?:{_COUNTED})\s*[:(]?\s*\d[\d,.]*[km]?\b\)?"
            r"|(?<![$€£\w.])\d(?:[.,]\d\d?)?\s*(?:/|out of)\s*5(?![\w,.]?\d)"
            rf"|(?<![$€£\w.])\d[\d,.]*[km]?\+?\s+(?:[a-z'-]+\s+){{1,7}}?{_MOMENT}\b|\b\d+\s*min(?:ute)?s?\s+read\b"
            r"|\b\d+\s*min(?:uten|utes|utos|uter)?\.?\s+(?:lesezeit|de lectur[ea]|läsning|läsetid)\b"
            r"|\b(?:trusted|used|loved|chosen|joined|preferred)\s+by\s+(?:(?:over|more than|nearly|almost)\s+)?"
            r"(?:\d{1,3}(?:[,.]\d{3})+|\d{4,}|\d[\d.]*[km])\+?(?=\s+\w)"
            r"|\b\d{1,3}(?:[,. ]?\d{3})*\+?\s+(?:[^\W\d][\w'-]*\s+){1,4}?(?:nous font confiance|vertrauen (?:auf )?uns|"
            r"confían en nosotros|confiam em nós|litar på oss|si fidano di noi|vertrouwen op ons|zaufało nam|trust us|"
            r"rely on us)\b"
            r"|^[\U0001F300-\U0001FAFF\u2605\u2606\u2665\u2764\u2b50\ufe0f]+\s*\d[\d,.]*[km]?$"
            # How many a list holds, and what is left in stock.
            r"|\b(?:showing|displaying|viewing)\s+(?:all\s+)?(?:\d+\s*-\s*)?\d+(?:\s+(?:of|from|out of)\s+\d+)?\b"
            r"|^\W*\d[\d,.]*\s+(?:(?:search |open |matching |total )?(?:results?|jobs?|items?|entries|matches|hits|"
            r"records|positions|roles|vacancies|openings|articles|posts)(?: found| available| listed)?|\w+ found|"
            r"treffer|ergebnisse|résultats?|offres?|resultados?|vagas|risultati|vacatures|resultaten|träffar)\W*$"
            r"|\b(?:low stock|only|just|hurry)\b[^.\d]{0,16}\d+\s+left\b"
            r"|\b\d+\s+(?:items?|units?|pieces?|spots?|places?|tickets?|copies)\s+(?:left|remaining|in stock)\b"
            r"|\b(?:auf lager|en stock|in stock)\s*:\s*\d+"
            rf"|{CROWDS}|{FOUND}|{LINES}|{COUNTDOWN}",

            re.I,
        ),
        "<count>",
    ),
    (
        "stock quote",
        re.compile(
            r"\b(?:nyse(?: american| arca)?|nasdaq(?:gs|gm)?|amex|lse|aim|xetra|fra|tsxv?|asx|hkex|sgx|nse|bse|six|"
            r"euronext(?: \w+)?|epa|ams|sto|ose|cph|krx|tse)\s*[:.]\s*[a-z0-9.]{1,8}\b\s*(?:[$€£]|[a-z]{3})?"
            r"\s*\d[\d.,]*(?:\s*\(?[+-]?\s*[\d.,]+\s?%?\)?)*",
            re.I,
        ),
        "<quote>",
    ),
    (
        "tracking parameter",
        re.compile(r"[?&](?:utm_\w+|gclid|fbclid|mc_[ce]id|ref|sid|session(?:id)?|token)=[^\s&\"')]+", re.I),
        "",
    ),
    (
        "nonce",
        re.compile(
            r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
            r"|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b"
            r"|(?-i:(?<![\w/.])(?=\w*\d)(?=\w*[A-Z])(?=\w*[a-z])\w{20,}(?![\w/.]))"
            r"|\bv(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{6,}\b"
            r"|\b(?:build|rev(?:ision)?|commit|sha|release)\W{1,3}(?=[0-9a-f]*\d)[0-9a-f]{6,}\b"
            r"|\b(?:ray|request|trace|session|incident|build|revision|commit)\s*(?:id|no\.?|number|"
            r"hash)?\s*[:#]\s*"
            r"(?=\S*\d)[0-9a-z-]{6,}\b",
            re.I,
        ),
        "<token>",
    ),
    ("paging", re.compile(r"\b\d+\s*-\s*\d+\s*(?:of|/|out of|von|sur|de|di|van|av|af|z)\s*\d+\b|"
                          r"\b(?:page|seite|página|pagina|pàgina|sida|side|strona|sivu|oldal|strana)\s+\d+\s*"
                          r"(?:of|/|out of|von|sur|de|di|van|av|af|z)\s*\d+\b|\d+\s?/\s?\d+\s?(?:ページ|页)", re.I),
     "<page>"),
)  # fmt: skip


def fold(text: str) -> str:
    """Return ``text`` as a page shows it: white space folded, invisible characters gone."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def plain(text: str) -> str:
    """Return ``text`` without Markdown's marks and link targets."""
    if not any(mark in text for mark in "*_`[~\\"):
        return text
    return _MARKDOWN_MARKS.sub("", _MARKDOWN_LINK.sub(lambda m: m.group(1) or "", text))


@lru_cache(maxsize=8192)
def normalise(text: str, *, counts: bool = False) -> str:
    """Return what two texts that say the same have in common: words and figures, without noise and punctuation.

    ``counts`` keeps counted things, which are noise on most pages and the matter itself in a list of plan limits.
    """
    result = _even(text)
    if any(character.isdigit() for character in result) or _WORDED_TIME.search(result):
        result = same_notation(same_days(result))
        for reason, pattern, stand_in in RULES:
            if not (counts and reason == "counter"):
                result = pattern.sub(stand_in, result)
    return _words(result)


def normalise_words(text: str) -> str:
    """Return the words of ``text`` without taking any noise away."""
    return _words(_even(text))


def noise_reasons(before: str, after: str) -> tuple[str, ...]:
    """Return the names of the rules that make the two texts equal, none if they differ in more than noise."""
    if normalise(before) != normalise(after):
        return ()
    left, right = _even(before), _even(after)
    reasons = []
    for reason, pattern, stand_in in RULES:
        here, there = pattern.findall(left), pattern.findall(right)
        if here != there:
            reasons.append(reason)
        left = pattern.sub(stand_in, left) if here else left
        right = pattern.sub(stand_in, right) if there else right
    if reasons:
        return tuple(reasons)
    return (
        ("typography",) if before.casefold() == after.casefold() or _words(_even(before)) else ("whitespace",)
    )


def has_noise(text: str) -> str | None:
    """Return the name of the first noise in ``text``."""
    even = _even(text)
    return next((reason for reason, pattern, _ in RULES if pattern.search(even)), None)


def key_of(text: str, *, counts: bool = False) -> str:
    """Return the stable key of a block with that text: 32 hexadecimal digits."""
    return hashlib.blake2b(
        normalise(text, counts=counts).encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()


def _even(text: str) -> str:
    bare = plain(text)
    if "&" in bare and ";" in bare:
        bare = unescape(bare)
    if bare.isascii():
        return fold(bare)
    return fold(with_marks_told(unicodedata.normalize("NFKC", bare).translate(_TYPOGRAPHY)))


_WORDED_TIME = re.compile(
    r"\b(?:updated?|modified|edited|revised|checked|changed)\b|\bago\b|yesterday|just now"
    r"|\b(?:last|this) (?:week|month|year)|\bin an? |\bvor (?:ein|zwei|drei|wen|mehr)|gestern|\bil y a |\bhace |sedan\b"
    rf"|\bayer\b|igår|{WORDED}",
    re.I,
)
_PUNCTUATION = re.compile(r"[^\w$€£¥₹%+#@&/<>.\-]+|(?<!\d)\.(?!\d)|\.(?=\s|$)|(?<!\w)-(?!\w)|-(?!\w)")


def _words(text: str) -> str:
    return _SPACE.sub(" ", _PUNCTUATION.sub(" ", text.casefold().replace(" & ", " and "))).strip()
