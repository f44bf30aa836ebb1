"""Finds a company in the SEC's list of names (``company_tickers.json``): folded names, without legal forms. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawlers.discovery.proposal import Proposal
from crawlers.errors import SourceError
from crawlers.json_node import read_json
from crawlers.plain import one_line

TICKERS = "https://www.sec.gov/files/company_tickers.json"
MOST = 3
#: What may stand at the end of a name without being part of it: legal forms, and kinds of shares.
_FORMS = frozenset(
    re.split(
        " ",
        "inc incorporated corp corporation co company companies ltd limited plc llc lp llp sa ag nv se bv gmbh ab asa "
        "oyj spa kk the de holdings holding group adr ads cl class a b common stock new",
    )
)
_TICKER = re.compile(r"\b(?:NYSE|NASDAQ|Nasdaq)(?:\s?(?:GS|GM|CM|American))?\s*[:|]\s*([A-Z]{1,5})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What is known of a rival: names that its page gives itself, its domain's label, tickers named on the page."""

    names: tuple[str, ...]
    label: str = ""
    tickers: tuple[str, ...] = ()


def tickers_in(text: str) -> tuple[str, ...]:
    """Return the stock tickers that a text names with their exchange."""
    return tuple(dict.fromkeys(_TICKER.findall(text)))[:5]


def folded(name: str) -> tuple[str, ...]:
    """Return a company's name as words: lower case, no accents, no legal form at its end (``Apple Inc.`` -> apple)."""
    plain = unicodedata.normalize("NFKD", one_line(name, 200)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace(".com", " com").replace("&", " and "))
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def propose_filings(listing: bytes, company: Company) -> tuple[Proposal, ...]:
    """Return the registrants that may be the company, the likeliest first; none for what is no such list."""
    try:
        rows = read_json(listing, "the SEC's list of companies").value
    except SourceError:
        return ()
    found: dict[str, tuple[float, str, str]] = {}
    for cik, ticker, title in _registrants(rows):
        confidence, why = _likeness(title, ticker, company)
        if confidence and confidence > found.get(cik, (0.0, "", ""))[0]:
            found[cik] = (confidence, why, title)
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    likeliest = [item for item in best if item[1][0] >= best[0][1][0] - 0.1][:MOST]
    # Several that fit equally well are doubtful, all of them.
    share = 1.0 if len(likeliest) < 2 else 0.6
    return tuple(
        Proposal(
            type="edgar",
            parameters={"cik": cik.zfill(10)},
            reason=f"{why} ({one_line(title, 60)})",
            confidence=round(confidence * share, 2),
        )
        for cik, (confidence, why, title) in likeliest
    )


def _registrants(rows: object) -> Iterator[tuple[str, str, str]]:
    values: Iterable[object] = (
        rows.values() if isinstance(rows, dict) else rows if isinstance(rows, list) else ()
    )
    for row in values:
        if isinstance(row, dict):
            cik, ticker, title = str(row.get("cik_str", "")), row.get("ticker"), row.get("title")
            if re.fullmatch(r"[0-9]{1,10}", cik) and isinstance(title, str):
                yield cik, ticker if isinstance(ticker, str) else "", title


def _likeness(title: str, ticker: str, company: Company) -> tuple[float, str]:
    words = folded(title)
    names = [folded(name) for name in company.names]
    same = any(words == name for name in names if name)
    if ticker and ticker in company.tickers:
        return (0.99 if same else 0.9), f"the page names the ticker {one_line(ticker, 10)}"
    if same:
        return 0.9, "the SEC knows a company of this name"
    if company.label and len(company.label) > 3 and "".join(words) == company.label:
        return 0.75, "the SEC knows a company of the domain's name"
    longer = any(len(name) > 1 and words[: len(name)] == name for name in names)
    return (0.5, "the SEC knows a company whose name begins so") if longer else (0.0, "")
