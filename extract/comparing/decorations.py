"""Decorations: the same few words on many cards at once, and the heads of tables whose rows are the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from extract.comparing.align import Alignment, pair_up
from extract.comparing.work import Work
from extract.document import Document
from extract.values.normalise import normalise
from store.kinds import BlockKind
from store.records import Block

MARKUP = "markup"
MANY = 3  # cards on which the same words came or went at once
#: What columns are called everywhere.
_COLUMN = (
    r"(?:names?|roles?|titles?|positions?|jobs?|locations?|places?|cit(?:y|ies)|countr(?:y|ies)|dates?|when|"
    r"where|events?|"
    r"venues?|teams?|departments?|prices?|plans?|features?|descriptions?|details?|status|types?|partners?|customers?|"
    r"compan(?:y|ies)|products?|versions?|links?|address(?:es)?|offices?|phone|e-?mail|of|and|&|job|per|month|year|"
    r"funktion|rolle|ort|datum|wann|wo|preis|tarif|beschreibung|nom|poste|lieu|date|prix|nombre|cargo|lugar|"
    r"fecha|precio|"
    r"naam|functie|plaats|prijs|namn|roll|plats|pris|nome|ruolo|luogo|prezzo)"
)
_HEAD = re.compile(rf"{_COLUMN}(?:\W+{_COLUMN})*", re.I)
#: A mark on one card that says that it is new there.
_BADGE = re.compile(
    r"(?:just )?(?:new|neu|nouveau|nuevo|nuovo|nieuw|ny|nowość|novo|hot|featured|updated|latest|trending)!?",
    re.I,
)
BADGE = "badge"
WORDS = 5  # of a decoration
#: What is said of many things at once and is news all the same.
_TELLING = re.compile(
    r"[\d$€£¥%]|\b(?:closed|sold|paused|cancel\w*|off|free|new|ended|retired|deprecated|discontinued|legacy|beta|"
    r"no|not|"
    r"only|included|required|geschlossen|abgesagt|neu|kostenlos|ausverkauft|fermé|annulé|gratuit|complet|"
    r"cerrad\w+|gratis|"
    r"nuevo|agotado)\b",
    re.I,
)


def take_heads(work: Work, alignment: Alignment, before: Document, after: Document) -> None:
    """Take the head of a table that came or went while all of its rows say what was there before."""
    same = {id(block) for pair in alignment.equal for block in pair} | set(map(id, alignment.rewrapped))
    for own, blocks in ((before, work.removed), (after, work.added)):
        wanted = {id(block) for block in blocks}
        for block, following in zip(own.blocks, own.blocks[1:], strict=False):
            heads = id(block) in wanted and block.kind is BlockKind.ROW and _HEAD.fullmatch(block.text)
            if heads and following.kind is BlockKind.ROW and id(following) in same:
                work.drop(MARKUP, *((block, None) if own is before else (None, block)))


def take_decorations(work: Work) -> None:
    """Take the cards that gained or lost the same words, none of them telling, and lines that came many times."""
    pairs: defaultdict[tuple[str, bool], list[tuple[Block, Block]]] = defaultdict(list)
    for left, right in pair_up(work.removed, work.added).pairs:
        if change := _gained_or_lost(left.text, right.text):
            pairs[change].append((left, right))
    for (words, _), found in pairs.items():
        for left, right in found if len(found) >= MANY or words == BADGE else ():
            work.drop(MARKUP, before=left, after=right)
    for blocks, is_added in ((work.removed, False), (work.added, True)):
        counts = Counter(block.key for block in blocks if _is_light(block.text))
        for block in [block for block in blocks if counts[block.key] >= MANY]:
            work.drop(MARKUP, *((None, block) if is_added else (block, None)))


def _gained_or_lost(before: str, after: str) -> tuple[str, bool] | None:
    """Return the words that one of two texts has besides all of the other's, and whether it is the later one."""
    left, right = Counter(normalise(before).split()), Counter(normalise(after).split())
    more, less = right - left, left - right
    if bool(more) is bool(less):
        return None
    words = " ".join(sorted((more or less).elements()))
    if _BADGE.fullmatch(words):
        return (BADGE, bool(more))
    return (words, bool(more)) if _is_light(words) else None


def _is_light(text: str) -> bool:
    return 0 < len(text.split()) <= WORDS and not _TELLING.search(text)
