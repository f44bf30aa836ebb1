"""Lines that hold for now: gauges, weather, share prices, whether an office is open; and contacts in other notation.

Each is known in both captures by what it shows, so that nothing but its state can differ: the words around its figures,
the town of the weather, the sign of the share, the last digits of a telephone number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from extract.comparing.work import Work
from extract.values.days import WHEN
from extract.values.normalise import normalise, normalise_words
from store.kinds import PageType
from store.records import Block

LINE = 160  # characters; a longer text tells a story
_NOW = re.compile(
    r"\b(?:right now|just now|at the moment|as we speak|so far today|since (?:today|midnight|this morning)|today|"
    r"in the (?:last|past) (?:\d+ )?(?:hours?|minutes?|days?|week)|days? since|hours? since|live now|online(?: now)?$|"
    r"^currently .*(?:today|this week|free|left|open|online|available|waiting|in stock)|"
    r"(?:was|found|find) this .{0,20}(?:helpful|useful)|(?:helpful|useful)\?|"
    r"heute|gerade eben|im moment|momentan|derzeit .{0,20}frei|aujourd'hui|en ce moment|hoy|en este momento|"
    r"ahora mismo|"
    r"oggi|in questo momento|vandaag|op dit moment|idag|i dag|just nu|lige nu|akkurat nå|dzisiaj|dziś|w tej chwili|"
    r"hoje|neste momento|to date|so far|and counting|ahead of you|in the queue|response time|"
    r"already (?:signed up|registered|joined|using|booked)|sunrise|sunset|(?:high|low) tide|moon ?(?:rise|set)|"
    r"sonnen(?:auf|unter)gang|lever du soleil|amanecer|\d (?:stars?|sterne|étoiles|estrellas|stelle|sterren)|"
    r"\d (?:in|on) (?:the )?(?:app ?store|google play|play store)|\d open\W*$|"
    r"(?:queue|warteschlange|file d['’]attente|cola)\s*:\s*\d+|over the last \d+ days)\b|<when>|<clock>|"
    r"<updated>|本日|現在",
    re.I,
)
_NOW_HEADING = re.compile(
    r"^(?:live|in real time|real[- ]time)\b|\b(?:right now|just now|at the moment|at this moment|as we speak|"
    r"live (?:numbers|figures|data|status|statistics|stats)|in (?:echtzeit|tempo real|tempo reale|tiempo real|realtid)|"
    r"gerade jetzt|im moment|en ce moment|en direct|en temps réel|en este momento|ahora mismo|in questo momento|"
    r"op dit moment|just nu|akkurat nå|lige nu|w tej chwili|neste momento)\b",
    re.I,
)
NOW_HEADING = 60  # characters
_MONEY = re.compile(r"[$€£¥₹%]|\b(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN)\b|\bkr\b")
#: What the market asks for each unit of energy, metal or crop is no price of the firm.
_MARKET = re.compile(r"/\s?(?:[kmg]wh|barrel|bbl|oz|tonne|ton|bushel|therm)\b", re.I)
#: A share that is measured and no promise.
_UPTIME = re.compile(
    r"\b(?:uptime|availability|verfügbarkeit|disponibilité|disponibilidad)\b.*\blast \d+ (?:days|hours)\b|"
    r"\b\d+ days ago.*\buptime\b",
    re.I,
)
_DELIVERY = re.compile(
    r"\b(?:deliver(?:y|ed)|arriv(?:es|ing)|ships?|dispatched|get it|lieferung|geliefert|livraison|livré|entrega|"
    r"consegna|"
    r"bezorgd|levering|leverans)\b",
    re.I,
)
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|\b(?:tomorrow|today|heute|morgen|demain|mañana|domani|"
    r"imorgon)\b|"
    r"\b(?:mon|diens|donners|frei|sams|sonn)tag\b|\bmittwoch\b|\b(?:lun|mar|mercre|jeu|vendre|same)di\b",
    re.I,
)
_STOCK = re.compile(
    r"\W*(?:(?:currently )?(?:in stock|out of stock|sold out|available now|back in stock soon)|low stock|"
    r"(?:almost |nearly )?sold out(?: soon)?|(?:only )?(?:a )?few (?:places|seats|spots|tickets) (?:left|remaining)|"
    r"(?:only )?(?:a )?few (?:left|remaining)(?: in stock)?|last (?:items?|pieces?)|(?:nicht )?(?:auf lager|"
    r"vorrätig|lieferbar)|"
    r"ausverkauft|en stock|rupture de stock|épuisé|agotado|disponible|esaurito|disponibile|op voorraad|uitverkocht|"
    r"i lager|slut i lager)\W*",
    re.I,
)
_SLOT = re.compile(
    r"\W*(?:(?:the )?next (?:available|free|open) [\w ]{2,24}?|next (?:demo|slot|appointment|call)|nächster freier \w+|"
    r"prochain (?:créneau|rendez-vous)(?: disponible)?|próxim[oa] (?:cita|hueco|demo)(?: disponible| libre)?|"
    r"volgende (?:vrije )?(?:afspraak|demo))\s*:(?=.{1,40}$)",
    re.I,
)
_SIZE = re.compile(
    r"(?<=[\s(,])(?:(?:pdf|zip|docx?|xlsx?|pptx?|csv|mp[34]|epub|png|jpe?g|svg|eps)[,\s]+)\d[\d.,]*\s?[kKMG][BOo]\)?$",
    re.I,
)
_RATE = re.compile(r"\W*(?:1|100) (?P<one>[A-Z]{3})\s*[=≈:]\s*\d[\d.,]*\s*(?P<other>[A-Z]{3})\W*")
_PAIR = re.compile(r"\W*(?P<one>[A-Z]{3})\s?/\s?(?P<other>[A-Z]{3})\W+\d[\d.,]*\W*")
_LATENCY = re.compile(r"\W*\d[\d.,]*\s?m?s\W*")
_LENGTH = re.compile(r"\s*\(?\b\d{1,2}:\d{2}(?::\d{2})?\)?\W*$")
_OF_LIST = re.compile(r"(?P<name>[^()\d]{2,40})\s?\(\d[\d.,]*\)")
_BIG = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d{5,}")
_RECORDING = re.compile(
    r"\b(?:watch|video|listen|podcast|episode|recording|play|film|audio|ansehen|anhören|folge|regarder|écouter|ver|oír|"
    r"bekijk|luister)\b",
    re.I,
)
_REACTIONS = re.compile(r"(?:[\U0001F300-\U0001FAFF\u2600-\u27bf\ufe0f\u200d]+\s*\d[\d.,]*[kKmM]?\s*)+")
_WEEK = re.compile(r"\W*(?:(?:week|kw|kalenderwoche|semaine|semana|settimana|vecka|uke|uge|tydzień)\W*\d{1,2}|"
                   r"(?:today is|heute ist|nous fêtons|hoy es) .{3,60})\W*", re.I)  # fmt: skip
ODOMETER_WORDS = 8
_FIGURES = re.compile(r"[+−-]?\d[\d.,'\u00a0]*[km]?")
_DEGREES = re.compile(r"^(?P<where>[^\d°]{2,50}?)[\s:,|(+−-]*\d{1,3}\s?°\s?[CF]?\b", re.I)
_SHARE = re.compile(
    r"^(?:(?:share price|aktienkurs|cours)\W*)?(?P<sign>[A-Z][A-Z0-9.]{1,7})\b.{0,12}?\d[\d.,]*\s?[a-zA-Z$€£]{0,3}\s*"
    r"(?:[+−–-]\s?\d[\d.,]*\s?(?:\(|.{0,3}\d[\d.,]*\s?%)|[▲▼△▽↑↓]\s?[+−–-]?\d[\d.,]*\s?%)"
)
_STATE_OF_DOORS = re.compile(
    r"\b(?:open|closed|reachable|available|geöffnet|geschlossen|erreichbar|besetzt|ouverte?s?|fermée?s?|joignables?|"
    r"abiert[oa]s?|cerrad[oa]s?|apert[oaie]|chius[oaie]|geopend|gesloten|bereikbaar|öppet|öppna|stängt|stängda|åpent|"
    r"åbent|lukket|stengt|otwart[eay]|zamknięt[eay]|abert[oa]s?|fechad[oa]s?)\b",
    re.I,
)
_THIS_HOUR = re.compile(
    r"\b(?:now|currently|today|until \d|(?:re)?opens? (?:again )?(?:at|on)|heute|jetzt|derzeit|aktuell|gerade|"
    r"aujourd'hui|actuellement|maintenant|hoy|ahora|actualmente|oggi|ora|adesso|vandaag|nu|momenteel|idag|i dag|"
    r"dzisiaj|dziś|teraz|obecnie|hoje|agora)\b",
    re.I,
)
_TELEPHONE = re.compile(
    r"(?:(?:tel(?:e(?:phone|fon[eo]?))?|t[ée]l(?:éphone)?|phone|call(?: us)?|fon|t|p|m|mobil[e]?|fax|f|puh)\b\W*)?"
    r"\+?[\d\s()./–-]{8,24}",
    re.I,
)
_ADDRESS = re.compile(r"(?:e-?mail\W*)?[\w.+-]+(?:@|\s?(?:\[at\]|\(at\)|\[@\])\s?)[\w.-]+", re.I)
_HIDDEN = re.compile(r"(?:e-?mail\W*)?\[e-?mail[\s\u00a0]?(?:protected|geschützt|protégé)\]", re.I)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\.?", re.I)
_TIME = re.compile(r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>[ap])?\.?(?:m\b\.?)?", re.I)
COUNTER, CLOCK, WEATHER, QUOTE, NUMBER, NOTATION = (
    "counter", "clock", "weather", "stock quote", "telephone number", "notation",
)  # fmt: skip
DIGITS = 7  # of a telephone number, without the code of its country and town


def take_gauges(work: Work, page_type: PageType) -> None:
    """Take the pairs of lines that show the same thing in another state, and contacts in another notation."""
    for reason, identity in _KINDS if page_type is not PageType.PRICING else _KINDS[:-COUNTED_KINDS]:
        gone: defaultdict[str, list[Block]] = defaultdict(list)
        for block in work.removed if work.added else ():
            if len(block.text) <= LINE and (key := identity(block.text)):
                gone[key].append(block)
        for block in list(work.added) if gone else ():
            key = identity(block.text) if len(block.text) <= LINE else ""
            if key and gone[key]:
                work.drop(reason, before=gone[key].pop(0), after=block)
    _take_addresses(work)


def names_now(heading: str) -> bool:
    """Return whether a heading says that what stands below it holds for this moment."""
    return len(heading) <= NOW_HEADING and bool(_NOW_HEADING.search(heading))


def _take_addresses(work: Work) -> None:
    """Take e-mail addresses that one of the captures hides from machines."""
    for own, other, hidden_first in ((work.removed, work.added, True), (work.added, work.removed, False)):
        hidden = [block for block in own if _HIDDEN.fullmatch(block.text)]
        shown = [block for block in other if _ADDRESS.fullmatch(block.text)]
        for one, two in zip(hidden, shown, strict=False):
            before, after = (one, two) if hidden_first else (two, one)
            work.drop("link token", before=before, after=after)


def _gauge(text: str) -> str:
    """Return the words around the figures of a line that says it holds for now."""
    said = normalise(text)
    if not any(map(str.isdigit, text)) or not (_NOW.search(text) or _NOW.search(said)):
        return ""
    if _MONEY.search(text) and not _MARKET.search(text) and not _UPTIME.search(text):
        return ""
    return re.sub(r"#(?: #)+", "#", _FIGURES.sub("#", re.sub(r"<\w+>", "#", said)))


def _weather(text: str) -> str:
    match = _DEGREES.match(text) if "°" in text else None
    return normalise_words(match.group("where")) if match else ""


def _share(text: str) -> str:
    match = _SHARE.match(text)
    return match.group("sign") if match else ""


def _doors(text: str) -> str:
    """Return the first words of a line that says whether one is open or can be reached at this hour."""
    if not (_STATE_OF_DOORS.search(text) and _THIS_HOUR.search(text)):
        return ""
    return " ".join(normalise_words(text).split()[:2])


def _telephone(text: str) -> str:
    digits = re.sub(r"\D", "", text) if _TELEPHONE.fullmatch(text) else ""
    return digits[-DIGITS:] if len(digits) > DIGITS else ""


def _hours(text: str) -> str:
    """Return the days and times of a line of opening hours, however they are written."""
    if not _WEEKDAY.search(text) or _MONEY.search(text) or not any(map(str.isdigit, text)):
        return ""
    days = _WEEKDAY.sub(lambda match: match.group(1).lower(), text)
    return re.sub(r"[\W_]+", " ", _TIME.sub(_of_day, days)).strip().lower()


def _of_day(match: re.Match[str]) -> str:
    half = (match.group("half") or "").lower()
    hour = int(match.group("hour")) % 12 + 12 * (half == "p") if half else int(match.group("hour"))
    return f" {hour:02}h{match.group('minute') or '00'} "


def _mail(text: str) -> str:
    """Return the address of a line that is one, whatever label it has."""
    return re.sub(r"^e-?mail\W*", "", text.lower()) if _ADDRESS.fullmatch(text) else ""


def _reactions(text: str) -> str:
    """Return the same for all lines of nothing but small pictures with their numbers."""
    return "reactions" if _REACTIONS.fullmatch(text) else ""


def _week(text: str) -> str:
    match = _WEEK.fullmatch(text)
    return "week" if match else ""


def _delivery(text: str) -> str:
    """Return the words around the day on which something ordered now would arrive."""
    if not _DELIVERY.search(text) or _MONEY.search(text):
        return ""
    bare = WHEN.sub("#", _WEEKDAYS.sub("#", text))
    return " ".join(re.findall(r"[^\W\d]+", normalise_words(bare))) if "#" in bare else ""


def _slot(text: str) -> str:
    """Return the words around the next time at which one could talk to somebody."""
    match = _SLOT.match(text)
    return normalise_words(match.group(0)) if match and not _MONEY.search(text) else ""


def _stock(text: str) -> str:
    return "stock" if _STOCK.fullmatch(text) else ""


def _size(text: str) -> str:
    """Return the name of a file whose size stands behind it."""
    return normalise_words(_SIZE.sub("", text)) if _SIZE.search(text) else ""


def _rate(text: str) -> str:
    """Return the two currencies of a rate of exchange."""
    match = _RATE.fullmatch(text) or _PAIR.fullmatch(text)
    return f"{match.group('one')} {match.group('other')}" if match else ""


def _latency(text: str) -> str:
    """Return the same for all lines of nothing but a short span of time, as monitors show the last answer."""
    return "latency" if _LATENCY.fullmatch(text) else ""


def _length(text: str) -> str:
    """Return the title of a recording whose length stands behind it."""
    return normalise_words(_LENGTH.sub("", text)) if _LENGTH.search(text) and _RECORDING.search(text) else ""


def _share_of_list(text: str) -> str:
    """Return the name of a filter whose hits stand behind it in brackets."""
    match = _OF_LIST.fullmatch(text)
    return normalise_words(match.group("name")) if match else ""


def _odometer(text: str) -> str:
    """Return the words around one large figure that is not round: it counts what goes on by itself."""
    figures = _BIG.findall(text)
    if len(figures) != 1 or len(text.split()) > ODOMETER_WORDS or _MONEY.search(text):
        return ""
    digits = re.sub(r"\D", "", figures[0])
    words = re.findall(r"[^\W\d]+", normalise_words(_BIG.sub(" ", text)))
    return (
        " ".join(words)
        if not digits.endswith("00") and words and not re.search(r"\d", _BIG.sub("", text))
        else ""
    )


_KINDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (WEATHER, _weather),
    (QUOTE, _share),
    (COUNTER, _gauge),
    (CLOCK, _doors),
    (NUMBER, _telephone),
    (NOTATION, _hours),
    (NOTATION, _mail),
    (COUNTER, _reactions),
    (CLOCK, _week),
    (COUNTER, _delivery),
    (COUNTER, _slot),
    (COUNTER, _stock),
    (COUNTER, _size),
    (COUNTER, _rate),
    (COUNTER, _latency),
    (COUNTER, _length),
    (COUNTER, _share_of_list),
    (COUNTER, _odometer),
)
COUNTED_KINDS = 2  # the last of them, which on a list of prices may be limits of plans
