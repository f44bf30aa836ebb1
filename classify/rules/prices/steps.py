"""Steps beside a price: "by $2 to $12", "$12, $2 more than before"."""

from __future__ import annotations

import re

from classify.rules.prices.link_words import NOW, Link, ends
from classify.rules.prices.pieces import Piece

_MOVES_BY = re.compile(
    r"(?:\b(?:by|up|down|adds?|adding|puts?|putting|plus|rise[ns]?|rising|rose|increas\w+|rais\w+|cuts?|lower\w*|drop\w*|climb\w*|falls?|fell|hik\w+|reduc\w+|knock\w*|tak\w+)|[+−-])\s*(?:an?\s+)?(?:further\s+|another\s+|up\s+to\s+)?$",
    re.IGNORECASE,
)
_STEP_ON = re.compile(
    r"(?:[^.;:$€£¥₹\n]{0,60}?[\s,(–—-])?(?:to|reaching|making|bringing\s+it\s+to|(?:and\s+)?(?:is\s+|are\s+)?now|to\s+a\s+new\s+price\s+of|at|so(?:\s+(?:it|that)['’]s)?)(?:\s+(?:just|only|costs?|at|stands?|be|a))*\s*$",
    re.IGNORECASE,
)
_STEP_BACK = re.compile(
    r"(?:(?:\s[a-z-]{2,12}){0,2}|(?:\s(?!\d)[\w-]{2,12}){1,8}(?=[,(–—]))[\s,(–—-]*(?:which\s+is|that\s+is|that's|i\.e\.)?\s*(?P<way>up(?:\s+by)?|down(?:\s+by)?|(?<=\()(?:plus|minus|\+|−|-)|an?\s+(?:increase|rise|cut|reduction|drop|hike)\s+of|(?:an?\s+)?extra)?\s*$",
    re.IGNORECASE,
)
#: A sentence of its own about the step to the price before: "That's $2 less than before."
_STEP_APART = re.compile(
    r"[\s\w,/]*[.!]\s+(?:that|this|it)(?:['’]s|\s+is)\s+(?:just\s+|only\s+|now\s+)?$", re.IGNORECASE
)
_MORE = re.compile(
    r"\s*(?:(?P<more>more|extra|higher|dearer|above|up|on\s+top)|(?P<less>less|lower|cheaper|below|off|down|under))\b(?P<than>\s+(?:expensive\s+)?(?:than|the\s+(?:current|old|previous|present|last)))?",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:down|less|lower\w*|cheaper|below|cut\w*|drop\w*|fall\w*|fell|reduc\w+|off|saving|minus|slash\w*|trim\w*|knock\w*|discount\w*)\b(?!-)|[−-]\s*$",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:up|more|higher|extra|dearer|above|rais\w+|ris\w+|rose|increas\w+|adds?|adding|puts?|plus|hik\w+|climb\w*|lift\w*)\b|\+\s*$",
    re.IGNORECASE,
)


def step_beside(text: str, one: Piece, two: Piece, lead: str, end: int) -> Link | None:
    """Return the link of "by $2 to $12" and of "$12, $2 more than before"."""
    before, behind = one.lead[-40:], text[two.end : two.end + 40]
    if ends(lead):
        more = _MORE.match(behind) if _STEP_APART.fullmatch(lead) and _is_less(two, one) else None
        if more and more["than"]:
            return Link(new=one.place, other=two.place, is_step=True, is_down=more["less"] is not None)
        is_by = (
            re.search(r"\bby\s*$", before) and "\n" not in lead and NOW.fullmatch(lead) and _is_less(one, two)
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
