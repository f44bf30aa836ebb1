"""How much two texts share, where a word weighs the more the rarer it is in business news."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
LEAD = 600  # Characters; further down stands background, which stories of one rival have in common.
TEXTS_KEPT = 2_048  # The texts of a few batches: each is compared with all of its rival's.
RARE = (
    0.75  # Weight from which a word is a name more often than a word; "radar" lies at 0.8, "platform" at 0.4.
)
UNCOMMON = 0.5
UNSEEN = 0.9  # Weight from which a word is hardly anything but a name.
FRAME = 2  # Words of a frame at least. Of labelled pairs in one frame, 20 are of two acts and 2 of one.
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_CODE = re.compile(r"\b([A-Za-z]{1,3})-?(\d{1,4})\b")  # "K7", "GX-40": what a maker calls a thing.
_ORDER = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_PERIODS = {
    f"{short}{figure}": (order, long)
    for short, long in (("q", "quarter"), ("h", "half"))
    for figure, order in _ORDER.items()
}
_NAME = re.compile(r"(?:(?<=[\w,;&)’'”\"%-]\s)|(?<=[@#“\"(]))[^\W\d_a-zß-öø-ÿ][^\W\d_]+|(?<=[@#])[^\W\d_]+")
#: Words of one meaning that press and rival choose between: "the Irish regulator", "the Central Bank of Ireland".
_SAME = {
    name: place
    for place, names in {
        "ireland": "irish", "france": "french", "germany": "german", "netherland": "dutch holland",
        "belgium": "belgian", "switzerland": "swiss", "austria": "austrian", "italy": "italian", "spain": "spanish",
        "portugal": "portuguese", "denmark": "danish", "sweden": "swedish", "norway": "norwegian",
        "finland": "finnish", "poland": "polish", "czechia": "czech", "hungary": "hungarian", "romania": "romanian",
        "greece": "greek", "turkey": "turkish", "israel": "israeli", "india": "indian", "china": "chinese",
        "japan": "japanese", "korea": "korean", "australia": "australian", "canada": "canadian",
        "brazil": "brazilian", "mexico": "mexican", "singapore": "singaporean", "lithuania": "lithuanian",
        "latvia": "latvian", "estonia": "estonian", "europe": "european", "asia": "asian", "africa": "african",
        "britain": "british uk", "scotland": "scottish", "million": "m mn mln mio", "billion": "bn bln",
        "licens": "licenc", "percent": "pct", "2": "two twofold", "3": "three threefold triple", "4": "four fourfold",
        "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine", "10": "ten tenfold", "11": "eleven",
        "12": "twelve dozen", "20": "twenty", "30": "thirty", "40": "forty", "50": "fifty",
    }.items()
    for name in names.split()
}  # fmt: skip
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_ENDINGS = ("ies", "ing", "ed", "es", "s")
_YEAR = re.compile(r"20\d\d|510|9001|270\d\d|24|365")  # and numbers that name a rule: 510(k), ISO 27001, 24/7
_HANDLE = re.compile(r"[@#]\w+")
_SHORT = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,4}\b")
_OFFICER = re.compile(r"C[A-Z]{1,2}O|[ESA]?VP")  # A role that two people can have.
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_LONG = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|of|for|and))+[ -][A-Z][a-z]+\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What two texts have in common: the weighted share in [0, 1], rare names, and numbers of two digits or more.

    An abbreviation whose words stand in the other text ("FCA") is a name in common. ``apart`` is how many rare names
    each text has for itself, at least: of two acts of a kind, both name their own ("Rotterdam", "Antwerp");
    ``numbers_apart`` the same of numbers. ``opening`` and ``lesser_opening`` are the weighted shares of the texts'
    first sentences that stand in the other text, the higher one first. ``rarest`` is the weight of the rarest word.
    """

    share: float
    names: int
    apart: int
    numbers: int
    numbers_apart: int
    opening: float
    lesser_opening: float
    rarest: float


def shared_words(one: str, other: str, own: Iterable[str] = ()) -> Shared:
    """Return what two texts share beside the rival's ``own`` names."""
    skipped = tuple(own)
    (ours, weighs), (theirs, weighs_too) = _weighed(one, skipped), _weighed(other, skipped)
    common = ours & theirs
    least = min(weighs, weighs_too)
    named = _rare(one) | _rare(other)
    mine, yours = _rare(one) & ours - theirs, _rare(other) & theirs - ours
    numbers, theirs_too = _numbers(ours), _numbers(theirs)
    openings = sorted(
        (_stands(first_sentence(one), theirs, skipped), _stands(first_sentence(other), ours, skipped))
    )
    return Shared(
        apart=min(len(mine), len(yours)),
        numbers_apart=min(len(numbers - theirs_too), len(theirs_too - numbers)),
        opening=openings[1],
        lesser_opening=openings[0],
        rarest=max(map(weight, common), default=0.0),
        share=sum(map(weight, common)) / least if least else 0.0,
        names=len(common & named) + len(_short(one) & _initials(other) | _short(other) & _initials(one)),
        numbers=len(numbers & theirs_too),
    )


def common_words(one: str, other: str, own: Iterable[str] = ()) -> list[str]:
    """Return the uncommon words that two texts share beside the rival's ``own`` names, as the first one writes them.

    The rarest come first, numbers last.
    """
    skipped = tuple(own)
    common = _weighed(one, skipped)[0] & _weighed(other, skipped)[0]
    written = {stem(word.lower()): word for word in reversed(_WORD.findall(_HANDLE.sub(_split, one[:LEAD])))}
    rare = sorted(
        (found for found in common if weight(found) >= UNCOMMON),
        key=lambda found: (found[0].isdigit(), -weight(found), found),
    )
    return [written.get(word, word) for word in rare]


def same_frame(one: str, other: str, own: Iterable[str]) -> bool:
    """Return True if both begin alike, say nothing of their own until then, and part: "Vantor opens office in ..."."""
    ours, theirs = _first_words(one), _first_words(other)
    alike = next((n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), 0)
    if alike < FRAME:
        return False
    named = _stems_of(tuple(own))
    frame = {stem(word) for word in ours[:alike]}
    # Who is named in both beginnings is whom both are about: "Rosa Group picks Vantor", "Rosa Group to use Vantor".
    if (frame - named) & _rare(one) & _rare(other):
        return False
    return not frame <= named and all(not w[0].isdigit() and weight(w) < UNSEEN for w in frame - named)


@lru_cache(maxsize=TEXTS_KEPT)
def _first_words(text: str) -> list[str]:
    return _WORD.findall(first_sentence(text).lower())


@lru_cache(maxsize=TEXTS_KEPT)
def _numbers(found: frozenset[str]) -> frozenset[str]:
    """Return the numbers of two digits or more among stems."""
    return frozenset(
        word for word in found if word[0].isdigit() and len(word) > 1 and not _YEAR.fullmatch(word)
    )


@lru_cache(maxsize=TEXTS_KEPT)
def first_sentence(text: str) -> str:
    """Return the first sentence of a text: a title, where there is one."""
    return _SENTENCE.split(text, maxsplit=1)[0]


def _stands(opening: str, other: frozenset[str], own: tuple[str, ...]) -> float:
    """Return the weighted share of a first sentence's words that stand in another text."""
    left, weighs = _weighed(opening, own)
    return sum(map(weight, left & other)) / weighs if weighs else 0.0


@lru_cache(maxsize=TEXTS_KEPT)
def _rare(text: str) -> frozenset[str]:
    """Return the words of a text that are surely names: rare, or with a capital inside a sentence of small letters."""
    inside = _inside(text) if not _is_title(text) else set()
    return frozenset(word for word in _names(text) if weight(word) >= (UNCOMMON if word in inside else RARE))


def _is_title(text: str) -> bool:
    """Return True if a text writes most of its words with a capital, as American headlines do."""
    found = re.findall(r"[^\W\d_]{4,}", text[:LEAD])
    return sum(1 for word in found if word[0].isupper()) > 0.6 * len(found)


@lru_cache(maxsize=TEXTS_KEPT)
def _short(text: str) -> set[str]:
    """Return the abbreviations of a text: "FCA", "MoD"."""
    return {found.upper() for found in _SHORT.findall(text[:LEAD]) if not _OFFICER.fullmatch(found)}


@lru_cache(maxsize=TEXTS_KEPT)
def _initials(text: str) -> set[str]:
    """Return the initials of names of three words or more: "Financial Conduct Authority", "Ministry of Defence"."""
    written = [found.replace("-", " ").split() for found in _LONG.findall(text[:LEAD])]
    names = written + [[word for word in name if word[0].isupper()] for name in written]
    return {
        "".join(word[0] for word in name[start:]).upper() for name in names for start in range(len(name) - 2)
    }


@lru_cache(maxsize=TEXTS_KEPT)
def _weighed(text: str, own: tuple[str, ...]) -> tuple[frozenset[str], float]:
    """Return the words of a text beside the rival's own names, and the sum of their weights."""
    left = words(text) - _stems_of(own)
    return left, sum(map(weight, left))


@lru_cache(maxsize=256)
def _stems_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word) for name in names for word in _WORD.findall(name.lower()))


def _split(handle: re.Match[str]) -> str:
    """Return "Northfold Grocers" for "@NorthfoldGrocers"."""
    return re.sub(r"(?<=[a-zß-öø-ÿ])(?=[^\W_a-zß-öø-ÿ])", " ", handle[0][1:])


@lru_cache(maxsize=TEXTS_KEPT)
def words(text: str) -> frozenset[str]:
    """Return the word stems and numbers of a text's lead."""
    lead = _HANDLE.sub(_split, text[:LEAD]).lower()
    found = [stem(word) for word in _WORD.findall(lead)]
    named = [part for code in _codes(lead) for part in _PERIODS.get(code, (code,))]
    return frozenset(word for word in (*found, *named) if len(word) > 1 or word.isdigit())


def _codes(text: str) -> list[str]:
    """Return what mixes letters and figures in a text: "k7", "gx40", "q1"."""
    return [f"{letters}{figures}".lower() for letters, figures in _CODE.findall(text)]


@lru_cache(maxsize=TEXTS_KEPT)
def _names(text: str) -> set[str]:
    """Return the stems of words written with a capital inside a sentence, or as a handle."""
    return _inside(text) | _leading(text) | {code for code in _codes(text[:LEAD]) if code not in _PERIODS}


def _inside(text: str) -> set[str]:
    return {stem(word.lower()) for word in _NAME.findall(_HANDLE.sub(_split, text[:LEAD]))}


def _leading(text: str) -> set[str]:
    """Return the first words of sentences: a name may stand there, and only its rarity can tell."""
    return {stem(word.lower()) for word in re.findall(r"(?:^|[.!?:\n]\s+)([^\W\d_]+)", text[:LEAD])}


def plain_letters(text: str) -> str:
    """Return lower-case text without accents: one telling writes "Zürich", another "Zurich"."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text).translate(_PLAIN)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if not unicodedata.combining(mark)))


def stem(word: str) -> str:
    """Return a lower-case word without accents and its plainest endings; a number without its thousands marks."""
    if word[0].isdigit():
        return word.replace(",", "").removeprefix("0.")  # "$0.49" and "49 cents"
    word = plain_letters(word)
    if word in _SAME:
        return _SAME[word]
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    plain = word[: len(word) - len(ending)]
    return _SAME.get(plain, plain)


@lru_cache(maxsize=65_536)
def weight(word: str) -> float:
    """Return how rare a stem is, in [0, 1]: 1 for one that no training text holds."""
    frequencies, texts = _frequencies()
    return math.log((1 + texts) / (1 + frequencies[word])) / math.log(1 + texts)


@cache
def _frequencies() -> tuple[Counter[str], int]:
    """Return in how many of the packaged training texts each stem occurs, and how many texts there are."""
    seen: Counter[str] = Counter()
    texts = 0
    for file in sorted(DATA.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            seen.update(words(f"{row.get('title') or ''} {row['text']}"))
            texts += 1
    return seen, texts
