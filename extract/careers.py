"""Openings: title, place and team, from lists, rows, cards and schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.piece import Piece, Reading
from extract.schema_org import items_of
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_JOB = re.compile(
    r"\b(?:engineer|developer|designer|manager|analyst|specialist|recruiter|scientist|architect|lead|"
    r"director|head of|"
    r"representative|executive|consultant|counsel|accountant|administrator|coordinator|writer|researcher|"
    r"strategist|officer|"
    r"associate|assistant|intern(?:ship)?|technician|advocate|partner|marketer|editor|controller|"
    r"vice president|vp|sre|"
    r"supervisor|agent|operator|product owner|scrum master|programmer|tester|chief|president|trainer|"
    r"fellow(?:ship)?|"
    r"entwickler(?:in)?|ingenieur(?:in)?|praktikum|werkstudent(?:in)?)s?\b",
    re.I,
)
_JOB_LINK = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc\w+|join|apply|roles?)/[\w%-]|greenhouse\.io|"
    r"lever\.co|ashbyhq|workable|"
    r"smartrecruiters|recruitee|personio|teamtailor|usajobs|myworkdayjobs|bamboohr|breezy|gh_jid",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:remote|hybrid|on-?site|anywhere|worldwide|distributed|emea|apac|europe|usa?|uk|"
    r"united (?:states|kingdom)|germany|"
    r"france|ireland|india|canada|singapore|london|berlin|paris|dublin|new york|san francisco|washington|"
    r"d\.?c\.?|"
    r"amsterdam|toronto|sydney|tokyo|boston|austin|seattle|chicago|munich|madrid|barcelona|bangalore|"
    r"tel aviv)\b|"
    r"^[A-Z][\w.\s'-]+,\s*[A-Z][\w.\s]+$",
    re.I,
)
_NOT_A_JOB = re.compile(
    r"\b(?:apply now|learn more|read more|view all|see all|open positions|all jobs|join us|our team|"
    r"benefits|why|how|about|faq|"
    r"privacy|cookie|hiring process|interview|equal opportunity|newsletter|blog|sign in|what we)\b|[.?!]$",
    re.I,
)
_SECTION = re.compile(
    r"\b(?:open(?:ings?| (?:positions?|roles?|jobs?))|current(?:ly)?|vacanc|positions?|roles?|jobs?|"
    r"we'?re hiring|hiring|"
    r"opportunit|accepting applications|apply)\b",
    re.I,
)
_OPEN = re.compile(r"\b(?:open|current|available)\s+(?:positions?|roles?|jobs?|openings?|vacancies)\b", re.I)
_CLOSED = re.compile(
    r"\b(?:closed|no (?:open|current)|not (?:currently )?(?:hiring|accepting)|past|previous|upcoming)\b", re.I
)
_SEPARATOR = re.compile(r"\s+[-–—|•·]\s+|\s*\|\s*|\s+\((?=[^)]*\)\s*$)")
TITLE_WORDS = 14


def read_openings(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an opening for every position the page offers; on a list of employers, one for each employer."""
    yield from _from_schema(reading)
    employers = _employer_groups(reading)
    for piece in reading.pieces:
        if opening := _opening(piece):
            yield opening
        elif piece.group in employers and piece.kind is BlockKind.ITEM and piece.links:
            text, url = piece.links[0]
            if text and len(text.split()) <= 8:
                yield Fact(
                    kind=FactKind.OPENING, name=text, attributes=_rest(piece, text, url), quote=piece.text
                )


def _opening(piece: Piece) -> Fact | None:
    if piece.kind is BlockKind.ROW and piece.level:
        return None
    lines = piece.parts or tuple(
        part.strip() for part in _SEPARATOR.split(piece.text) if part and part.strip()
    )
    linked = {text: url for text, url in piece.links if text}
    job_links = any(_JOB_LINK.search(url) for url in linked.values())
    heading = piece.path[-1] if piece.path else ""
    offered = job_links or (bool(_SECTION.search(" ".join(piece.path))) and not _CLOSED.search(heading))
    title = next((line for line in (*linked, *lines) if _is_title(line)), "")
    if not title and _OPEN.search(heading):
        title = next(
            (text for text in linked if len(text.split()) <= TITLE_WORDS and not _NOT_A_JOB.search(text)), ""
        )
    if not title or not offered:
        return None
    if not linked and piece.kind not in (BlockKind.ITEM, BlockKind.ROW, BlockKind.CARD, BlockKind.HEADING):
        return None
    if not piece.parts and len(piece.text) > len(title) + 160:
        return None
    title = re.sub(r"\s*\([^)]*(?:remote|hybrid|m/[wf]/d)[^)]*\)$", "", title, flags=re.I).strip(" *_:-–—")
    return Fact(
        kind=FactKind.OPENING,
        name=title,
        attributes=_attributes(piece, title, lines, linked),
        quote=piece.text,
    )


def _is_title(text: str) -> bool:
    return 1 <= len(text.split()) <= TITLE_WORDS and bool(_JOB.search(text)) and not _NOT_A_JOB.search(text)


def _attributes(piece: Piece, title: str, lines: tuple[str, ...], linked: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        if line != title and len(line) < 80 and _PLACE.search(line):
            found["place"] = line.strip(" ()*_")
            break
    if (
        piece.path
        and not _SECTION.search(piece.path[-1])
        and len(piece.path[-1]) < 60
        and piece.path[-1] != title
    ):
        found["team"] = piece.path[-1]
    if url := next(iter(linked.values()), ""):
        found["url"] = url
    return found


def _employer_groups(reading: Reading) -> frozenset[int]:
    """Return the lists of 20 or more linked items that are no job titles: a page that lists who is hiring."""
    counts: dict[int, int] = {}
    for piece in reading.pieces:
        if (
            piece.kind is BlockKind.ITEM
            and piece.links
            and piece.text.lstrip(" -*+[").startswith(piece.links[0][0][:12])
        ):
            counts[piece.group] = counts.get(piece.group, 0) + 1
    total = sum(counts.values())
    return frozenset(counts) if total >= 20 else frozenset()


def _rest(piece: Piece, title: str, url: str) -> dict[str, str]:
    lines = [part.strip() for part in _SEPARATOR.split(piece.text) if part]
    place = next((line for line in lines[1:] if _PLACE.search(line) and len(line) < 80), "")
    return {"url": url, **({"place": place} if place else {})}


def _from_schema(reading: Reading) -> Iterator[Fact]:
    for item in items_of(reading.structured, ("JobPosting",)):
        title = item.get("title")
        if isinstance(title, str) and (holder := next((p for p in reading.pieces if title in p.text), None)):
            yield Fact(kind=FactKind.OPENING, name=title, attributes=_schema_place(item), quote=holder.text)


def _schema_place(item: dict[str, object]) -> dict[str, str]:
    place = item.get("jobLocation")
    address = place.get("address") if isinstance(place, dict) else None
    if isinstance(address, dict):
        parts = [
            str(address[key])
            for key in ("addressLocality", "addressCountry")
            if isinstance(address.get(key), str)
        ]
        return {"place": ", ".join(parts)} if parts else {}
    return {}
