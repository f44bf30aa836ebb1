# ruff: noqa: E501 (a pattern is read as one line)
"""How the amounts of a text belong together, by the words between them: old and new price, a step and what it leads to.

Only forms that are unmistakable are linked ("from $10 to $12", "$12, previously $10", "by $2 to $12", "$19 and $49, up
from $15 and $39"); what else an amount may be is left to the odds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from classify.rules.price_amounts import Amount
from classify.rules.price_periods import tail_of
from classify.rules.words import DATES

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DAY = rf"(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th|\.)?\s*(?:\d{{1,2}}\.|(?:of\s+)?{_MONTH}\b\.?)(?:\s*\d{{4}})?|{_MONTH}\b\.?(?:\s+\d{{1,4}}(?:st|nd|rd|th)?)?(?:,?\s+\d{{4}})?|20\d\d(?:-\d\d-\d\d)?|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d*)?)"
_UNTIL = rf"(?:until|till|through|up\s+to|to)\s+(?:now|today|yesterday|this\s+\w+|last\s+\w+|the\s+end\s+of\s+\w+|{_DAY})"
_OLD_TIME = rf"(?:currently|previously|formerly|before(?:\s+that)?|earlier|originally|initially|hitherto|so\s+far|at\s+present|today|bisher|vorher|zuvor|antes|avant|tidligere|tidigare|nu|{_UNTIL}|last\s+year)"
#: What stands right before an old price.
OLD_BEFORE: Final = re.compile(
    rf"(?:(?:\b(?:up|down|increase[ds]?|rise|risen|reduced?|changed?|raised|lowered|cut|dropp?(?:ed)?|upped|cheaper)\b[\s,]*)?\b(?:from|von)|\b(?:was|were|paid|paying)|\bhad\s+been|\b(?:it|they|which|that|had|once|we|has)\s+(?:cost|charged|asked)"
    r"|\binstead\s+of|\brather\s+than|\bas\s+opposed\s+to|\bin\s+place\s+of|\bused\s+to\s+(?:be|cost|pay)|\bstatt(?:\s+bisher)?|\bau\s+lieu\s+de|\bcompared\s+(?:with|to)|\bagainst|\bversus|\bvs\.?"
    rf"|\b(?:the\s+)?(?:old|previous|former|current|existing|earlier|original|usual|regular|normal)(?:\s+(?:price|rate|fee|one|level))?(?:\s+(?:of|was|is))?|(?:\bit\s+(?:was|is)\s+)?\b{_OLD_TIME}|\(20\d\d:?|\bin\s+20\d\d(?:\s+it\s+was|:))"
    r"[\s:,(]*(?:just|only|at|priced\s+at|the|a|an|of|about|around|it\s+(?:was|is|cost)|they\s+were|you\s+pa(?:y|id))?[\s:(]*$",
    re.IGNORECASE,
)
#: What stands right behind an old price: "$18 until now", "AED 229 before", "£1,758 last year".
OLD_BEHIND: Final = re.compile(
    rf"\s*(?:{_OLD_TIME}|in\s+20\d\d|at\s+the\s+moment|now\s+and\b)(?=\s*[\s,;:.)–—-])", re.IGNORECASE
)
_ARROW = r"(?:→|➜|➔|⇒|›|»|->|=>|-->|–>|—>|\|\s*→\s*\|)"
_ONWARD = re.compile(
    rf"\s*[,)\"”]?\s*(?:{_ARROW}|\bbecomes?\b|\bturns?\s+into\b|(?P<word>to|auf|bis|a)\b)(?:\s+(?:now|only|just|about|around))*[\s(]*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|von|de|desde)\s*[(]?$", re.IGNORECASE)
#: "cloth from $34, paper from $17": not what was, but where prices begin.
_OFFERED_FROM = re.compile(r"[,;]\s+(?:(?!up\b|down\b)[\w-]+\s+)+from\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,?\s*(?:and|or|und|&|/|\bplus\b)|,)\s*$", re.IGNORECASE)
#: From an old price on to the new one, where its words say that it is old.
_NOW = re.compile(
    rf"(?=.*\b(?:is|are|will|becomes?|now|new|from|after|to|costs?|pays?|charges?|rises?|goes|drops?|falls?|moves?|starts?|then|as\s+of|tomorrow)\b)(?:[,;:.)–—-]|\s|(?:and|but|then|it|they|we|you|the|price|is|are|will|becomes?|now|be|cost|costs|pays?|charges?|asks?|rises?|goes|drops?|falls?|moves?|starts?|up|down|to|new|from|as\s+of|with\s+effect|effective|after|{_DAY}|tomorrow|today|next\s+\w+|that|only|just|at|on)\b)*$",
    re.IGNORECASE | re.DOTALL,
)
_THEN = re.compile(rf"{_NOW.pattern}|[\s,;:.)–—-]*(?:then|nur|only)?[\s:]*", re.IGNORECASE | re.DOTALL)
_SENTENCE = re.compile(r"(?:[.!?]\s+(?=[A-Z\"“])|\n)")
#: How a sentence begins whose prices were: "Until 30 June: …", "It charged …", "Today Core is …".
_PAST = re.compile(
    rf"\W*(?:(?:{_OLD_TIME})\b|(?:old|previous|former)\b|was\b|(?:it|they|that|these|those|the\s+price)\s+(?:was|were|used\s+to|had|cost|charged|asked)\b|\w+\s+(?:used\s+to|launched|had\s+been)\b|the\s+\w+(?:\s+\w+)?\s+(?:was|were)\b)",
    re.IGNORECASE,
)
#: How a sentence begins that names nothing but the new price.
_FUTURE = re.compile(
    rf"\W*(?:new(?:\s+price)?(?:\s+(?:from|as\s+of)\s+{_DAY})?\s*:|now\s*:|after\s+that\s*:|(?:since|as\s+of|from|after|starting)\s+(?:{_DAY}|today|tomorrow|this\s+\w+|next\s+\w+),?\s+(?:it|the\s+price|you|they)\b|(?:it|the\s+price)\s+(?:is\s+now|will|rises|goes|now)\b)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"\s*~~?\s*$")
_MOVES_BY = re.compile(
    r"\b(?:by|up|down|adds?|adding|puts?|putting|plus|rise[ns]?|rising|rose|increas\w+|rais\w+|cuts?|lower\w*|drop\w*|climb\w*|falls?|fell|hik\w+|reduc\w+|knock\w*|tak\w+|\+|−|-)\s*(?:an?\s+)?(?:further\s+|another\s+|up\s+to\s+)?$",
    re.IGNORECASE,
)
_STEP_ON = re.compile(
    r"(?:[^.;:$€£¥₹\n]{0,60}?[\s,(–—-])?(?:to|reaching|making|bringing\s+it\s+to|(?:and\s+)?(?:is\s+|are\s+)?now|to\s+a\s+new\s+price\s+of|at)(?:\s+(?:just|only|costs?|at|stands?|be|a))*\s*$",
    re.IGNORECASE,
)
_STEP_BACK = re.compile(
    r"(?:(?:\s[a-z-]{2,12}){0,2}|(?:\s(?!\d)[\w-]{2,12}){1,5}(?=[,(–—]))[\s,(–—-]*(?:which\s+is|that\s+is|that's|i\.e\.)?\s*(?P<way>up(?:\s+by)?|down(?:\s+by)?|(?<=\()(?:plus|minus|\+|−|-)|an?\s+(?:increase|rise|cut|reduction|drop|hike)\s+of|(?:an?\s+)?extra)?\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?:(?P<more>more|extra|higher|dearer|above|up|on\s+top)|(?P<less>less|lower|cheaper|below|off|down|under))\b(?P<than>\s+(?:expensive\s+)?(?:than|the\s+(?:current|old|previous|present|last)))?",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:down|less|lower\w*|cheaper|below|cut\w*|drop\w*|fall\w*|fell|reduc\w+|off|saving|minus|slash\w*|trim\w*|knock\w*|discount\w*)\b|[−-]\s*$",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:up|more|higher|extra|dearer|above|rais\w+|ris\w+|rose|increas\w+|adds?|adding|puts?|plus|hik\w+|climb\w*|lift\w*)\b|\+\s*$",
    re.IGNORECASE,
)
_NO_PRICE_BEHIND = re.compile(
    r"\s*(?:st|nd|rd|th)\b|[\s-]+(?!(?:a|an|per|to|and|or|until|till|instead|from|in|for|before|at|on|now|so|today|each|last|if|when|as|against|rather|while|plus)\b)[A-Za-z]|\.\d|:\d",
    re.IGNORECASE,
)
_NO_PRICE_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(sorted(DATES))}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|version|v|no|nr|part|article|section|page|top|until|since|in|after|before|next|first|last)\.?\s*|[#@&+\w]-?)$",
    re.IGNORECASE,
)
FARTHEST: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two amounts of one move, by their places in the list: the new price and the old one, or the step to it.

    Of ", up $5" texts do not always mean the old price to be reckoned; such a step ``is_sure`` not.
    """

    new: int
    other: int
    is_step: bool = False
    is_down: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An amount in money with its place, the end of its period, and the words before it since the piece before."""

    place: int
    amount: Amount
    end: int
    lead: str


def links_of(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return which amounts of a text are unmistakably two sides of one move; each amount at most once."""
    pieces = _without_differences(pieces)
    found: list[Link] = []
    taken: set[int] = set()
    for reader in (_blocks, _neighbours, _said_apart, _behind):
        free = [piece for piece in pieces if piece.place not in taken] if reader is _said_apart else pieces
        for link in reader(text, free):
            if link.new not in taken and link.other not in taken and _is_priced_link(link, pieces):
                found.append(link)
                taken |= {link.new, link.other}
    return found


def _is_priced_link(link: Link, pieces: Sequence[Piece]) -> bool:
    """Return True unless the old price is nothing, which is left to the odds, or small coin, which only a step is."""
    amounts = {piece.place: piece.amount for piece in pieces}
    new, other = amounts[link.new], amounts[link.other]
    is_paid = link.is_step or (other.price is not None and bool(other.price.amount) and not other.is_coin)
    return is_paid and not new.is_coin


def _without_differences(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the $108 of "$1,188, up $108 from $1,080"."""
    sums = [piece.amount.price.amount if piece.amount.price else None for piece in pieces]
    found = []
    for place, piece in enumerate(pieces):
        one, by, two = (
            (sums[place - 1] if place else None),
            sums[place],
            (sums[place + 1] if place + 1 < len(sums) else None),
        )
        if one is None or by is None or two is None or not by or abs(one - two) != by or by >= min(one, two):
            found.append(piece)
    return found


def _said_apart(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return the links of two sentences with as many prices each, of which one says what was or is until then."""
    said: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        start = max((m.end() for m in _SENTENCE.finditer(text, 0, piece.amount.start)), default=0)
        opening = text[start : piece.amount.start]
        if said and not _ends(text[said[-1][1][-1].amount.start : piece.amount.start]):
            said[-1][1].append(piece)
        else:
            said.append((opening, [piece]))
    found: list[Link] = []
    for (one_opens, one), (two_opens, two) in itertools.pairwise(said):
        if len(one) != len(two) or any(_apart(a, b) for a, b in zip(one, two, strict=True)):
            continue
        is_one, is_two = (_PAST.match(opens) is not None for opens in (one_opens, two_opens))
        is_one = is_one or (len(one) == 1 and not is_two and _FUTURE.match(two_opens) is not None)
        if is_one == is_two:
            continue
        olds, news = (one, two) if is_one else (two, one)
        found += [Link(new=new.place, other=old.place) for old, new in zip(olds, news, strict=True)]
    return found


def pieces_of(text: str, amounts: Sequence[Amount]) -> list[Piece]:
    """Return the amounts that can be prices: no years, days and counts."""
    found: list[Piece] = []
    for place, amount in enumerate(amounts):
        if amount.price is None or (amount.is_bare and not amount.is_coin and not _is_priced(text, amount)):
            continue
        start = found[-1].end if found else 0
        end = tail_of(text, amount.end)
        found.append(Piece(place=place, amount=amount, end=end, lead=text[start : amount.start]))
    return found


def _is_priced(text: str, amount: Amount) -> bool:
    if not text[amount.start].isdigit():
        return True
    number = text[amount.start : amount.end]
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return False
    if re.search(r"[A-Z]\w*\s$", text[: amount.start][-20:]) and re.match(r"\s*[:|–—(]", text[amount.end :]):
        return False  # "Fibre 150: £29".
    return not (
        _NO_PRICE_BEHIND.match(text, amount.end)
        or _NO_PRICE_BEFORE.search(text[max(0, amount.start - 12) : amount.start])
    )


def _blocks(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return the links of "$19 and $49, up from $15 and $39" and "by £1 and £2 to £7.99 and £12.99"."""
    blocks = enumerated(pieces)
    found: list[Link] = []
    for one, two in itertools.pairwise(blocks):
        if len(one) != len(two) or len(one) < 2:
            continue
        pair = _link(text, one[0], two[0], one[-1])
        if pair is None:
            continue
        for first, second in zip(one, two, strict=True):
            new, other = (first, second) if pair.new == one[0].place else (second, first)
            found.append(replace(pair, new=new.place, other=other.place))
    return found


def enumerated(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces in runs that only commas and "and" hold together."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        if blocks and _AND.fullmatch(_bare(piece.lead)):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def _bare(lead: str) -> str:
    """Return the words between two amounts without what stands in brackets."""
    return re.sub(r"\([^()]*\)", "", lead)


def _neighbours(text: str, pieces: Sequence[Piece]) -> list[Link]:
    found: list[Link] = []
    place = 0
    while place + 1 < len(pieces):
        link = _link(text, pieces[place], pieces[place + 1])
        if link is not None:
            found.append(link)
        place += 1 if link is None else 2
    return found


def _link(text: str, one: Piece, two: Piece, last: Piece | None = None) -> Link | None:
    """Return how two neighbouring amounts belong together; None if that is not sure. ``last`` ends the first of two runs."""
    lead = _bare(two.lead) if last else two.lead
    if len(lead) > FARTHEST or _apart(one, two):
        return None
    end = (last or one).end
    step = _step(text, one, two, lead, end)
    if step is not None:
        return step
    is_from = _FROM.search(one.lead) is not None
    old_before = not is_from and (
        OLD_BEFORE.search(one.lead[-60:]) or _STRUCK.search(text[: one.amount.start])
    )
    if _FROM.search(lead) and re.match(r"\s*(?:to|→|->)\s+\D{0,4}\d", text[two.end :]):
        return None
    if re.match(r"\s*for\s+(?:the|its|an?|our)\s", text[two.end :]) or not _is_paid(one, two):
        return None
    if _ends(lead):
        if old_before and not OLD_BEFORE.search(lead[-60:]) and _NOW.fullmatch(lead):
            return Link(new=two.place, other=one.place)
        return None
    onward = _ONWARD.fullmatch(lead)
    if onward and (onward["word"] is None or is_from):
        return Link(new=two.place, other=one.place)
    behind = OLD_BEHIND.match(text, end)
    if OLD_BEFORE.search(lead[-60:]) and not old_before and not behind and not _OFFERED_FROM.search(lead):
        return Link(new=one.place, other=two.place)
    if re.fullmatch(r"\s*\(\s*", lead) and OLD_BEHIND.match(text, two.end):
        return Link(new=one.place, other=two.place)
    is_struck = _STRUCK.search(text[: one.amount.start]) is not None and not lead.strip(" ~*")
    if (old_before and _NOW.fullmatch(lead)) or is_struck:
        return Link(new=two.place, other=one.place)
    if behind and _THEN.fullmatch(lead[behind.end() - end :]) and not re.search(r"\bthen\s*$", lead):
        return Link(new=two.place, other=one.place)
    return None


def _is_paid(one: Piece, two: Piece) -> bool:
    """Return True if one of two amounts has a currency; what was free before is left to the odds."""
    return any(each.amount.price is not None and each.amount.price.currency for each in (one, two))


def _apart(one: Piece, two: Piece) -> bool:
    """Return True for amounts of two currencies or two periods, which are no sides of one move."""
    prices = [each.amount.price for each in (one, two)]
    currencies = {price.currency for price in prices if price and price.currency}
    periods = {price.period for price in prices if price and price.period}
    return len(currencies) > 1 or len(periods) > 1


def _ends(words: str) -> bool:
    """Return True if a sentence or a line ends within these words."""
    return "\n" in words or re.search(r"[!?]\s|\.\s+(?=[A-Z\"“])", words) is not None


def _step(text: str, one: Piece, two: Piece, lead: str, end: int) -> Link | None:
    """Return the link of "by $2 to $12" and of "$12, $2 more than before"."""
    before, behind = one.lead[-40:], text[two.end : two.end + 40]
    if _ends(lead):
        is_by = (
            re.search(r"\bby\s*$", before)
            and "\n" not in lead
            and _NOW.fullmatch(lead)
            and _is_less(one, two)
        )
        return Link(new=two.place, other=one.place, is_step=True, is_down=_falls(before)) if is_by else None
    if _MOVES_BY.search(before) and _STEP_ON.fullmatch(lead) and _is_less(one, two):
        return Link(new=two.place, other=one.place, is_step=True, is_down=_falls(before))
    more = _MORE.match(text, end)
    if more and _is_less(one, two) and re.search(r"(?:,|\b(?:at|now|to|costs?))\s*(?:a|the|at)?\s*$", lead):
        return Link(new=two.place, other=one.place, is_step=True, is_down=more["less"] is not None)
    back = _STEP_BACK.fullmatch(lead)
    more = _MORE.match(behind)
    if (
        back is None
        or not _is_less(two, one)
        or not (back["way"] or (more and (more["than"] or "," in lead or "(" in lead or "–" in lead)))
    ):
        return None
    if more is None and not re.match(
        r"\s*(?:[).,;:–—]|$|\n|on\s|a\s|per\s|from\s+(?:today|now|before)|and\b|compared|than)", behind
    ):
        return None
    falls = more["less"] is not None if more else _falls(back["way"])
    sure = "(" in lead or bool(more and more["than"])
    return Link(new=one.place, other=two.place, is_step=True, is_down=falls, is_sure=sure)


def _is_less(step: Piece, price: Piece) -> bool:
    by, to = (each.amount.price.amount if each.amount.price else None for each in (step, price))
    return by is not None and to is not None and 0 < by < to


def _falls(words: str) -> bool:
    """Return True if the last of the words that tell a direction tells down."""
    ups = [match.start() for match in _UP.finditer(words)]
    downs = [match.start() for match in _DOWN.finditer(words)]
    return bool(downs) and (not ups or downs[-1] > ups[-1])


def _behind(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return the links of two sentences, where the second begins with what was or with what is to be."""
    found: list[Link] = []
    for one, two in itertools.pairwise(pieces):
        if not _ends(two.lead) or "\n\n" in two.lead or _apart(one, two) or len(two.lead) > FARTHEST:
            continue
        said = re.split(r"[.!?\n]\s*", two.lead)[-1]
        if re.match(
            rf"\s*(?:(?:it|they|that|the\s+price|this)\s+(?:was|were|used\s+to|had|cost)|{_OLD_TIME}\b|was\b|old\b|(?:{_OLD_TIME})[\s,]+(?:it|the)\b)",
            said,
            re.IGNORECASE,
        ) and (OLD_BEFORE.search(said) or re.search(r"\b(?:was|were|is|cost|charged)\s*$", said)):
            found.append(Link(new=one.place, other=two.place))
    return found
