"""Talk: lines without a figure, a name or a date, and the places of a page that show them by turns."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extract.document import Document
from extract.values.normalise import normalise, normalise_words
from store.kinds import BlockKind, FactKind, PageType
from store.records import Block

#: Longer text says something, even without a name or a figure.
TALK_WORDS = 25
#: Shorter lines on a list are its names and titles.
SENTENCE_WORDS = 3
#: A place with more lines than this is a text, not a spot whose line is exchanged.
PLACE_LINES = 3
#: Pages that list things: their opening line only says that the list follows.
_LISTS = frozenset({
    PageType.CUSTOMERS, PageType.PARTNERS, PageType.INTEGRATIONS, PageType.EVENTS, PageType.CAREERS,
    PageType.TEAM, PageType.NEWS, PageType.CHANGELOG,
})  # fmt: skip
#: Pages that present a firm, with lines of no other matter than to please.
_SHOWN_BY_TURNS = frozenset({PageType.HOME, PageType.PRODUCT, PageType.PRICING, PageType.GENERIC})
_SENTENCE = re.compile(r"[.!?:;…]\s+|\n")
_STAND_IN = re.compile(r"<\w+>")
_FIGURE = re.compile(
    r"[\d$€£¥₹%@]|\b(?:no longer|not|never|no(?! (?:surprises?|fuss|hassles?|nonsense|jargon|guesswork|drama)\b)"
    r"|free|unlimited|hundreds?|thousands?|millions?|billions?)\b",
    re.I,
)


def is_talk(block: Block) -> bool:
    """Return whether a block is a short line that states nothing: no figure, no name, no date, no refusal."""
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    said = _STAND_IN.sub("", normalise(block.text))
    return len(said.split()) <= TALK_WORDS and not _FIGURE.search(said) and not _names_any(block.text)


def opens_a_list(block: Block, page_type: PageType) -> bool:
    """Return whether a block is the talk between the title of a list and the list."""
    sentence = len(block.text.split()) >= SENTENCE_WORDS and block.text.rstrip('"”’»)').endswith(
        (".", "!", "?", "…")
    )
    return page_type in _LISTS and sentence and len(block.path) <= 1 and is_talk(block)


def place_of(block: Block) -> str:
    """Return the key of the place of a block, its kind and the headings above: 32 hexadecimal digits."""
    return _place(block.kind, block.path)


@lru_cache(maxsize=4_096)  # Blocks stand together below their headings.
def _place(kind: BlockKind, path: tuple[str, ...]) -> str:
    where = "\n".join(("place", kind.value, *(normalise_words(title) for title in path)))
    return hashlib.blake2b(where.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def turning_places(before: Document, after: Document) -> Iterator[str]:
    """Yield the places that show other talk in two captures of a page between which nothing happened."""
    left, right = {b.key for b in before.blocks}, {b.key for b in after.blocks}
    gone = {place for block, place in _spots(before) if block.key not in right}
    come = {place for block, place in _spots(after) if block.key not in left}
    yield from sorted(gone & come)


def places_of_texts(document: Document, texts: Iterable[str]) -> frozenset[str]:
    """Return the places of the talk with one of these texts."""
    wanted = set(texts)
    return frozenset(place for block, place in _spots(document) if block.text in wanted)


def exchanges_talk(before: Document, after: Document, removed: Sequence[str], added: Sequence[str]) -> bool:
    """Return whether these texts are nothing but other talk in the same places of a page that presents its firm."""
    if after.page_type not in _SHOWN_BY_TURNS or not added or not removed:
        return False
    gone, come = _places_if_talk(before, removed), _places_if_talk(after, added)
    return bool(gone) and gone == come


def rotating(blocks: Sequence[Block], places: frozenset[str], document: Document) -> list[Block]:
    """Return the blocks that are talk in one of the given places."""
    if not (blocks and places):
        return []
    spots = {id(block): place for block, place in _spots(document)}
    return [block for block in blocks if spots.get(id(block)) in places]


def _spots(document: Document) -> Iterator[tuple[Block, str]]:
    stated = {fact.quote for fact in document.facts if fact.kind is not FactKind.FEATURE}
    places = [place_of(block) for block in document.blocks]
    crowd = Counter(places)
    for block, place in zip(document.blocks, places, strict=True):
        if crowd[place] <= PLACE_LINES and block.text not in stated and is_talk(block):
            yield block, place


def _places_if_talk(document: Document, texts: Sequence[str]) -> frozenset[str]:
    """Return the places of some texts if every one of them is talk, else none."""
    spots = {block.text: place for block, place in _spots(document)}
    return frozenset(spots[text] for text in texts) if all(text in spots for text in texts) else frozenset()


def _names_any(text: str) -> bool:
    """Return whether a word inside a sentence begins with a capital letter."""
    for sentence in _SENTENCE.split(text):
        words = [word.strip("\"'“”‘’()«»,.!?") for word in sentence.split()]
        if any(word[:1].isupper() and word not in ("I", "I’m", "I'm", "I’ve", "I've") for word in words[1:]):
            return True
    return False
