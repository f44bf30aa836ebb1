"""What a reader is told, in the order of the mail: plain texts, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.kinds import Band, Category, MailKind


def uncertain(confidence: str) -> str:
    """Return the mark of a category that an analyst is asked about; ``confidence`` is a percent in words."""
    return f"category not certain: {confidence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A value that changed: ``label`` (a plan, a role), before and after as text, and what it comes to (``+20 %``)."""

    label: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where it can be seen: an http(s) address or None if it may not be linked, its site, and when it was seen."""

    url: str | None
    site: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """An account that an item concerns: exposure in [0, 1], and the reasons as sentences."""

    key: str
    name: str
    exposure: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One signal as the reader sees it. ``place`` counts from 1 in the reader's own order.

    ``brief`` items are told without reasons and rank, because the mail would grow too large. Of what is not ``certain``
    an analyst is asked whether its category is right.
    """

    signal_id: int
    place: int
    rival: str
    category: Category
    label: str
    headline: str
    why: str
    action: str
    impact: str
    confidence: str
    rank_reason: str
    comparisons: tuple[Comparison, ...] = ()
    affected: tuple[Affected, ...] = ()
    affected_more: int = 0
    proofs: tuple[Proof, ...] = ()
    proofs_more: int = 0
    brief: bool = False
    certain: bool = True

    @property
    def certainty(self) -> str:
        """How sure the category is, in the words of the mail."""
        return f"{self.confidence} sure" if self.certain else uncertain(self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Items of related categories, in the reader's order."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLine:
    """An open flag of an account; level 3 is the most urgent."""

    level: int
    because: str
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account to look at. Scores are whole numbers 0-100 as text, empty where unknown."""

    key: str
    name: str
    band: Band
    score: str
    score_before: str
    score_without: str
    activity: str
    stake: str
    moved: str
    outlook: str
    overridden: str = ""
    flags: tuple[FlagLine, ...] = ()
    flags_more: int = 0
    worsened: bool = False

    @property
    def bar(self) -> tuple[tuple[str, int], ...]:
        """The score as a bar of 100: what is there, what rivals take away, the rest."""
        score = int(self.score or 0)
        lost = max(0, int(self.score_without or score) - score)
        return ((self.band.value, score), ("lost", lost), ("rest", 100 - score - lost))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Something an earlier mail told that does not hold any more, or not as it was told.

    ``category`` is the one it is told under ``instead``; None: it was taken back. ``accounts`` are those named then.
    """

    signal_id: int
    told: str
    headline: str
    reason: str
    points: str
    instead: str = ""
    to_do: str = ""
    headline_now: str = ""
    category: Category | None = None
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternLine:
    """Something that many signals show together, with the counting that supports it."""

    headline: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSource:
    """A source that could not be reached, and since when."""

    rival: str
    what: str
    state: str
    last_seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What was watched and what could not be reached; ``unvisited`` were never fetched so far."""

    sources: int
    reached: int
    rivals: int
    blind: tuple[BlindSource, ...] = ()
    blind_more: int = 0
    unvisited: int = 0

    @property
    def unreached(self) -> int:
        """How many sources could not be reached."""
        return len(self.blind) + self.blind_more


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many signals were kept back, why, and the dashboard's page that lists them."""

    count: int
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the summary, with the words it is found by at a glance (may be empty)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one reader must know of one period. ``items`` are all told signals in the reader's order."""

    kind: MailKind
    key: str
    since: datetime
    until: datetime
    name: str
    title: str
    span: str
    summary: tuple[Line, ...]
    watch: Watch
    accounts: tuple[AccountLine, ...] = ()
    accounts_more: int = 0
    accounts_watched: int = 0
    themes: tuple[Theme, ...] = ()
    further: tuple[Item, ...] = ()
    more: int = 0
    corrections: tuple[Correction, ...] = ()
    patterns: tuple[PatternLine, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items that the mail shows, in the reader's order."""
        shown = [item for theme in self.themes for item in theme.items]
        return tuple(sorted([*shown, *self.further], key=lambda item: item.place))

    @property
    def empty(self) -> bool:
        """True if there is nothing to tell but that."""
        return not (self.themes or self.further or self.corrections or self.accounts)
