"""Alignment: which blocks are left when all that stands on both sides is taken away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extract.values.normalise import normalise, normalise_words
from store.records import Block

#: Words of both sides up to which re-wrapped text is searched for; longer differences are compared block by block.
WORDS = 12_000
LONG = 8  # words; shorter text stands by chance in several others
SIMILAR = 55  # per cent; two texts below it are no version of one another
#: Words that join the items of a list when they stand in one line.
_JOINERS = frozenset({"and", "und", "et", "y", "och", "e", "en"})
PAIRINGS = 160_000  # comparisons of two blocks; larger differences are left unpaired


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Blocks of one side only, pairs that say the same in other words of markup, and what became of the
    rest.
    """

    added: tuple[Block, ...] = ()
    removed: tuple[Block, ...] = ()
    equal: tuple[tuple[Block, Block], ...] = ()
    rewrapped: tuple[Block, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Versions of one another (before, after), and what has no counterpart."""

    pairs: tuple[tuple[Block, Block], ...] = ()
    added: tuple[Block, ...] = field(default=())
    removed: tuple[Block, ...] = field(default=())


def align(before: Sequence[Block], after: Sequence[Block]) -> Alignment:
    """Take away blocks of equal key, then text that was only wrapped, split or joined in another way."""
    removed, added, equal = _subtract(before, after)
    moved = not added and not removed and [b.key for b in before] != [a.key for a in after]
    rewrapped: set[int] = set()
    if added and removed:
        rewrapped = _rewrapped(removed, added)
        gone = [block for block in removed if id(block) not in rewrapped]
        come = [block for block in added if id(block) not in rewrapped]
        rewrapped |= _taken_apart(gone, come) | _taken_apart(come, gone)
    return Alignment(
        added=tuple(block for block in added if id(block) not in rewrapped),
        removed=tuple(block for block in removed if id(block) not in rewrapped),
        equal=tuple(equal),
        rewrapped=tuple(block for block in (*removed, *added) if id(block) in rewrapped),
        moved=moved,
    )


def pair_up(removed: Sequence[Block], added: Sequence[Block]) -> Pairing:
    """Find for each added block the removed one it is a version of: same place first, then most alike."""
    if len(removed) * len(added) > PAIRINGS:
        return Pairing(added=tuple(added), removed=tuple(removed))
    free = list(range(len(removed)))
    pairs: list[tuple[Block, Block]] = []
    alone: list[Block] = []
    for block in added:
        best = _best(block, removed, free)
        if best is None:
            alone.append(block)
        else:
            free.remove(best)
            pairs.append((removed[best], block))
    return Pairing(pairs=tuple(pairs), added=tuple(alone), removed=tuple(removed[index] for index in free))


def _best(block: Block, removed: Sequence[Block], free: Sequence[int]) -> int | None:
    best, score = None, float(SIMILAR)
    text = normalise_words(block.text)
    for index in free:
        other = removed[index]
        likeness = fuzz.ratio(text, normalise_words(other.text), score_cutoff=SIMILAR - 10)
        if likeness:
            likeness += 6.0 * (other.path == block.path) + 4.0 * (other.kind == block.kind)
        if likeness > score:
            best, score = index, likeness
    return best


def _subtract(
    before: Sequence[Block], after: Sequence[Block]
) -> tuple[list[Block], list[Block], list[tuple[Block, Block]]]:
    counts_before, counts_after = Counter(b.key for b in before), Counter(a.key for a in after)
    surplus_before, surplus_after = counts_before - counts_after, counts_after - counts_before
    removed, kept_before = _take(before, surplus_before, {(a.key, a.path) for a in after})
    added, kept_after = _take(after, surplus_after, {(b.key, b.path) for b in before})
    by_key: defaultdict[str, list[Block]] = defaultdict(list)
    for block in kept_before:
        by_key[block.key].append(block)
    equal = [(by_key[block.key].pop(0), block) for block in kept_after if by_key[block.key]]
    return removed, added, equal


def _take(
    blocks: Sequence[Block], surplus: Counter[str], elsewhere: set[tuple[str, tuple[str, ...]]]
) -> tuple[list[Block], list[Block]]:
    """Part the blocks that are too many from the rest; among equals, one under a heading of its own goes
    first.
    """
    left = Counter(surplus)
    taken: set[int] = set()
    for own in (True, False):
        for block in reversed(blocks):
            if (
                left[block.key] > 0
                and id(block) not in taken
                and (not own or (block.key, block.path) not in elsewhere)
            ):
                taken.add(id(block))
                left[block.key] -= 1
    return [b for b in blocks if id(b) in taken], [b for b in blocks if id(b) not in taken]


def _rewrapped(removed: Sequence[Block], added: Sequence[Block]) -> set[int]:
    left, right = _words_of(removed), _words_of(added)
    if len(left) + len(right) > WORDS:
        return set()
    found: set[int] = set()
    matched_left = [False] * len(left)
    matched_right = [False] * len(right)
    partner: dict[int, int] = {}
    for code in Levenshtein.opcodes([w for w, _ in left], [w for w, _ in right]):
        if code.tag == "equal":
            i1, j1 = code.src_start, code.dest_start
            for offset in range(code.src_end - i1):
                matched_left[i1 + offset] = matched_right[j1 + offset] = True
                partner[j1 + offset] = i1 + offset
    whole_left = _whole(left, matched_left, removed)
    whole_right = _whole(right, matched_right, added)
    links_left: defaultdict[int, set[int]] = defaultdict(set)
    links_right: defaultdict[int, set[int]] = defaultdict(set)
    for j, i in partner.items():
        links_left[left[i][1]].add(right[j][1])
        links_right[right[j][1]].add(left[i][1])
    found |= {id(removed[n]) for n in whole_left if _counts(n, removed, links_left[n], whole_right)}
    found |= {id(added[n]) for n in whole_right if _counts(n, added, links_right[n], whole_left)}
    return found


def _taken_apart(wholes: Sequence[Block], parts: Sequence[Block]) -> set[int]:
    """Find the blocks whose words stand on the other side in a run of blocks, in whatever order its lines are."""
    if len(wholes) * len(parts) > PAIRINGS:
        return set()
    lines = [_listed(block) for block in parts]
    found: set[int] = set()
    for block in wholes:
        words = _listed(block)
        run = next((run for run in _runs(words, lines) if found.isdisjoint(id(parts[n]) for n in run)), None)
        if run is not None:
            found |= {id(block)} | {id(parts[number]) for number in run}
    return found


def _runs(words: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[range]:
    """Yield the runs of at least two lines that are made of the same words and stand in them line by line."""
    wanted, text = sorted(words), f" {' '.join(words)} "
    for start in range(len(lines)):
        have: list[str] = []
        for end in range(start, len(lines)):
            have += lines[end]
            if len(have) > len(words) or f" {' '.join(lines[end])} " not in text:
                break
            if end > start and sorted(have) == wanted:
                yield range(start, end + 1)


def _said(block: Block) -> list[str]:
    return [word for word in normalise(block.text).split() if not word.startswith("<")]


def _listed(block: Block) -> list[str]:
    return [word for word in _said(block) if word not in _JOINERS]


def _counts(number: int, blocks: Sequence[Block], others: set[int], whole: set[int]) -> bool:
    """Text that went into one other block counts only if that block is accounted for too; else it is an
    edit.
    """
    words = len(normalise(blocks[number].text).split())
    return others <= whole or (words >= LONG and len(others) > 1)


def _whole(words: Sequence[tuple[str, int]], matched: Sequence[bool], blocks: Sequence[Block]) -> set[int]:
    broken = {number for (_, number), hit in zip(words, matched, strict=True) if not hit}
    return {number for _, number in words} - broken


def _words_of(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    return list(_iterate(blocks))


def _iterate(blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    for number, block in enumerate(blocks):
        # What stands in for noise need not be found again on the other side.
        for word in _said(block):
            yield word, number
