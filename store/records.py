"""Records that several stages read: plain, frozen, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from store.kinds import FACT_LABELS, BlockKind, Category, FactAction, FactKind, PageType, ReasonCode

NOTHING: Mapping[str, str] = MappingProxyType({})

#: A JSON object as stored or printed; only at the edges.
JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page that a reader sees as one: a heading, paragraph, list item, table row, card or logo.

    ``key`` is stable while the text stays (a digest of the normalised text alone, counted things only where they
    are plan limits); ``path`` are the headings above.
    """

    kind: BlockKind
    text: str
    key: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a page states, e.g. a plan with its price. ``name`` is its identity among facts of its kind.

    ``attributes`` by kind — price: amount, currency, period, unit, note; person: role; opening: place, team, url;
    customer, partner: url; event: date, place, url; entry: date, url, text; clause: text, effective; feature: plan.
    ``quote`` is the block text that holds the fact.
    """

    kind: FactKind
    name: str
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact that was added, removed or changed; a missing side is None."""

    kind: FactKind
    action: FactAction
    name: str
    before: Mapping[str, str] | None = None
    after: Mapping[str, str] | None = None
    quote: str = ""

    def to_json(self) -> JsonObject:
        """Return the JSON shape of the contract: label by kind, both sides, the living side flattened."""
        living = self.after if self.after is not None else self.before
        flat = {k: v for k, v in (living or NOTHING).items() if k not in ("kind", "action")}
        if self.kind is FactKind.PRICE:
            flat = {}
        result: JsonObject = {"kind": self.kind.value, "action": self.action.value, **flat}
        result[FACT_LABELS[self.kind]] = self.name
        result["before"] = dict(self.before) if self.before is not None else None
        result["after"] = dict(self.after) if self.after is not None else None
        if self.quote:
            result["quote"] = self.quote
        return result

    @classmethod
    def from_json(cls, data: JsonObject) -> FactChange:
        """Read what `to_json` wrote."""
        kind = FactKind(data["kind"])
        return cls(
            kind=kind,
            action=FactAction(data["action"]),
            name=data[FACT_LABELS[kind]],
            before=data.get("before"),
            after=data.get("after"),
            quote=data.get("quote", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A difference that was not reported, with the named reason."""

    reason: str
    before: str = ""
    after: str = ""

    def to_json(self) -> JsonObject:
        """Return the JSON shape of the contract."""
        return {"reason": self.reason, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What `compare_documents` found between two documents of one source. Texts are whole block texts."""

    page_type: PageType
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    facts: tuple[FactChange, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def changed(self) -> bool:
        """True if anything but noise differs."""
        return bool(self.added or self.removed or self.facts)

    def to_json(self) -> JsonObject:
        """Return the JSON shape of ``rivalwatch compare --json``."""
        return {
            "changed": self.changed,
            "noise_only": not self.changed and bool(self.suppressed),
            "page_type": self.page_type.value,
            "added": list(self.added),
            "removed": list(self.removed),
            "facts": [fact.to_json() for fact in self.facts],
            "suppressed": [item.to_json() for item in self.suppressed],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, API list or filing list, with the source's own stable id.

    ``kind`` says what it becomes: an ``entry`` (news), an ``opening`` (job), an ``event``.
    ``attributes`` follow `Fact.attributes` of that kind; ``text`` is plain text, capped by the adapter.
    """

    id: str
    title: str
    url: str = ""
    text: str = ""
    published: datetime | None = None
    kind: FactKind = FactKind.ENTRY
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    category_hint: Category | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of an exposure: code, weight in [0, 1], and a sentence (lower-case start)."""

    code: ReasonCode
    weight: float
    because: str

    def to_json(self) -> JsonObject:
        """Return the JSON shape of the contract."""
        return {"code": self.code.value, "weight": round(self.weight, 4), "because": self.because}
