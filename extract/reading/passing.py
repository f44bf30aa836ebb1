"""Lines that a page shows to one visitor or for a while, known by their words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.reading.piece import Piece

SERVER = "server message"
GREETING, VARIANT, SURVEY, PROMOTION = "greeting", "ab variant", "survey", "promotion"
#: What an interpreter prints into a page of its own accord.
_SERVER = re.compile(
    r"^(?:PHP )?(?:deprecated|warning|notice|fatal error|parse error|strict standards|catchable fatal error)\s*:.+"
    r"\bon line\s+\d+\W*$|^Traceback \(most recent call last\)|^(?:Uncaught )?\w*(?:Error|Exception):.+\b(?:at|"
    r"in) .+:\d+$",
    re.I | re.S,
)
_SEASON = re.compile(
    r"\b(?:happy (?:\w+day|holidays|new year|easter|thanksgiving)|season['’]?s greetings|merry christmas|"
    r"frohe (?:weihnachten|feiertage|ostern|festtage)|schöne (?:feiertage|festtage)|gute[sn]? (?:neues jahr|rutsch)|"
    r"joyeu(?:ses fêtes|x noël)|bonne année|felices fiestas|feliz (?:navidad|año)|buone feste|buon natale|"
    r"fijne (?:feestdagen|kerst\w*)|gelukkig nieuwjaar|prettige feestdagen|god jul|gott nytt år|boas festas|"
    r"feliz natal|"
    r"wesołych świąt|szczęśliwego nowego roku)\b|よいお年を",
    re.I,
)
#: What a page says of the version of itself that one sees.
_VERSION = re.compile(
    r"^(?:you(?:['’]re| are) (?:using|seeing|viewing|trying|on) (?:our|the|a|an) (?:new|beta|old|classic|early|"
    r"preview)\b.*"
    r"\b(?:switch|go) back\b|(?:switch|go) back to (?:the )?(?:old|classic|previous) (?:version|design|site)\b).*",
    re.I,
)
#: What a page shows to those who have been here.
_RETURNING = re.compile(
    r"^(?:welcome back\b.{0,60}|(?:pick up|continue) where you left off\W*|(?:you |your )?last (?:looked at|"
    r"viewed|visited)\b.*|"
    r"you last (?:looked at|viewed|visited|watched|read)\b.*|(?:your )?recently viewed\W*|willkommen zurück\b.{0,60}|"
    r"zuletzt angesehen\W*|bon retour\b.{0,60}|bienvenido de nuevo\b.{0,60}|welkom terug\b.{0,60})$",
    re.I,
)
_SURVEY = re.compile(
    r"\bhow likely (?:are you|is it) .{0,30}recommend\b|\bwie wahrscheinlich .{0,40}(?:weiter)?empfehlen\b|"
    r"\b(?:quelle est la probabilité|recommanderiez-vous)\b|\bqué probab\w+ .{0,30}recomiend\w+|"
    r"\bhoe waarschijnlijk .{0,40}aanbev\w+|^(?:how would you rate|rate your) (?:this|your|our) (?:page|visit|"
    r"site|experience)",
    re.I,
)
_ANSWER = re.compile(
    r"\W*(?:10|\d)\W*|.{0,24}\b(?:likely|wahrscheinlich|probable|waarschijnlijk)\b.{0,30}", re.I
)
#: What shops promise to all in a bar above the title.
_SHOP = re.compile(
    r"\b(?:free (?:shipping|delivery|returns)|shipping|delivery|returns|instalments|financing|versand\w*|lieferung|"
    r"rückgabe|ratenzahlung|livraison|retours?|paiement en|envíos?|devoluciones|financiación|spedizion[ei]|"
    r"consegna|resi|"
    r"finanziamento|tasso zero|verzending|bezorg\w+|retourneren|frakt|leverans|dostawa|zwrot\w*|frete|entrega)\b",
    re.I,
)
#: Words without which the two patterns above do not match; looking for them is ten times as fast.
_OF_GREETINGS = (
    "happy", "greet", "merry", "frohe", "feiertag", "festtag", "jahr", "rutsch", "joyeu", "fêtes", "felices",
    "feliz", "buon", "fijne", "gelukkig", "prettige", "jul", "nytt", "boas", "szcz", "weso",
)  # fmt: skip
_OF_SURVEYS = ("recommend", "empfehl", "recommand", "recomiend", "aanbev", "rate", "probab", "waarschijnlijk")
LINE = 220  # characters; a longer text says more
ANSWERS = 14  # pieces below the question of a survey


def passing_sign(text: str, *, heads: bool) -> str | None:
    """Return the noise of a line that a page shows for a while or to one visitor; None for all others."""
    if _SERVER.match(text):
        return SERVER
    if len(text) > LINE:
        return None
    if _VERSION.match(text):
        return VARIANT
    if _RETURNING.match(text) or (not heads and _may_greet(text) and _SEASON.search(text)):
        return GREETING
    return SURVEY if _may_ask(text) and _SURVEY.search(text) else None


def _may_greet(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _OF_GREETINGS) or not text.isascii()


def _may_ask(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _OF_SURVEYS)


def is_shop_line(text: str) -> bool:
    """Return whether a line in a bar promises what shops promise: delivery, returns, payment by instalments."""
    return bool(_SHOP.search(text))


def survey_below(pieces: Sequence[Piece], index: int) -> list[int]:
    """Return the numbers of the question of a survey and of its answers: figures from nought to ten, and their ends."""
    found = [index]
    for number in range(index + 1, min(index + 1 + ANSWERS, len(pieces))):
        if not _ANSWER.fullmatch(pieces[number].text):
            break
        found.append(number)
    return found
