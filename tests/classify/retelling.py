"""A labelled set of retold stories, run through the real stage: which items ended as evidence of one signal?

``python -m tests.classify.retelling [file [look|held]] [-v]`` prints the figures, and the pairs that went wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import select

from classify.classifier import Classifier, load_classifier
from classify.run import run_classify
from config.settings import ClassifySettings
from store.database import Database
from store.kinds import FactAction, FactKind
from store.models.evidence import ChangeRow, EvidenceRow
from store.records import FactChange
from store.schema import upgrade
from tests.classify.conftest import World

FILE = Path(__file__).parent / "stories" / "labelled.jsonl"
START = datetime(2026, 5, 4, 9, tzinfo=UTC)
PRICE = re.compile(r"(?P<plan>\w+): \$(?P<after>[\d.]+).*\(was \$(?P<before>[\d.]+)\)")
REMOVED = " (removed)"

Row = dict[str, Any]


@dataclass(frozen=True)
class Retelling:
    """Pairs of items of one rival: right, wrongly joined and wrongly parted, each with both texts."""

    right: int
    joined: list[tuple[str, str]]
    parted: list[tuple[str, str]]
    crossed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.joined))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.parted))

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def rows(file: Path = FILE) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def retell(database: Database, classifier: Classifier, items: list[Row]) -> Retelling:
    """Store each item as the change it would be, day by day, and compare the signals with the labels."""
    with database.write() as session:
        world = World(session, START)
        changes = {}
        for item in sorted(items, key=lambda item: item["day"]):
            changes[item_change(world, item).id] = item
            run_classify(
                session, START + timedelta(days=item["day"], hours=4), classifier, ClassifySettings()
            )
        told: dict[int, set[int]] = {}
        for signal, change in session.execute(select(EvidenceRow.signal_id, EvidenceRow.change_id)):
            told.setdefault(change, set()).add(signal)
    return _score(changes, told)


def _score(changes: dict[int, Row], told: dict[int, set[int]]) -> Retelling:
    right, crossed = 0, 0
    joined: list[tuple[str, str]] = []
    parted: list[tuple[str, str]] = []
    for one, other in combinations(changes, 2):
        together = bool(told.get(one, set()) & told.get(other, set()))
        same = changes[one]["story"] == changes[other]["story"]
        pair = (changes[one]["text"], changes[other]["text"])
        right += together and same
        crossed += together and changes[one]["rival"] != changes[other]["rival"]
        if together and not same:
            joined.append(pair)
        if same and not together:
            parted.append(pair)
    return Retelling(right, joined, parted, crossed)


def item_change(world: World, item: Row) -> ChangeRow:
    """Store an item as the change it would be, and return it."""
    key = re.sub(r"\W+", "-", item["rival"].lower())
    world.rival(key, item["rival"])
    at = START + timedelta(days=item["day"], hours=3 if item["kind"] == "page" else 0)
    facts = _page_facts(item) if item["kind"] in {"page", "board"} else None
    if item["kind"] == "page":
        return world.change(
            rival=key,
            source=f"{item['category']}-page",
            added=[item["text"]],
            facts=facts or [],
            at=at,
            page_type=_PAGES.get(item["category"], "generic"),
        )
    title, text = _titled(item)
    entry = FactChange(
        kind=FactKind.ENTRY,
        action=FactAction.ADDED,
        name=title,
        after={"text": text} if text else {},
        quote=title,
    )
    return world.change(
        rival=key,
        source=item["kind"],
        title=title,
        added=[title, text],
        facts=facts or [entry],
        at=at,
        published=at,
    )


_PAGES = {
    "leadership": "team",
    "pricing": "pricing",
    "customer": "customers",
    "event": "events",
    "hiring": "careers",
}


def _titled(item: Row) -> tuple[str, str]:
    """Return title and text as a feed would give them: the first sentence, and all that follows."""
    first, _, rest = item["text"].partition(". ")
    return (first, rest) if rest else (item["text"], "")


def _page_facts(item: Row) -> list[FactChange]:
    text, action = item["text"], FactAction.ADDED
    if text.endswith(REMOVED):
        text, action = text.removesuffix(REMOVED), FactAction.REMOVED
    if item["category"] == "leadership":
        name, role = re.sub(r" \(was: .*\)", "", text).split(", ", 1)
        return [_fact(FactKind.PERSON, action, name, {"role": role})]
    if item["category"] == "pricing":
        match = PRICE.match(text)
        assert match is not None
        before, after = (
            {"amount": match[side], "currency": "USD", "period": "month"} for side in ("before", "after")
        )
        return [
            FactChange(
                kind=FactKind.PRICE,
                action=FactAction.CHANGED,
                name=match["plan"],
                before=before,
                after=after,
                quote=text,
            )
        ]
    if item["category"] == "customer":
        return [_fact(FactKind.CUSTOMER, action, text, {})]
    if item["category"] == "event":
        name, date, *place = text.split(", ")
        return [_fact(FactKind.EVENT, action, name, {"date": date, "place": ", ".join(place)})]
    if item["category"] == "hiring":
        title, place = re.match(r"([^,(-]+?)(?:, | \(| - )(.+)", text).groups()  # type: ignore[union-attr]
        place = re.split(r",| office", place.rstrip(")"))[0]
        return [_fact(FactKind.OPENING, action, title, {"place": place})]
    return []


def _fact(kind: FactKind, action: FactAction, name: str, side: Row) -> FactChange:
    removed = action is FactAction.REMOVED
    return FactChange(
        kind=kind,
        action=action,
        name=name,
        before=side if removed else None,
        after=None if removed else side,
        quote=name,
    )


def write_report(report: Retelling, *, pairs: bool) -> str:
    """Return the figures, with ``pairs`` also what was joined or parted wrongly."""
    lines = [
        f"wrongly {kind}:\n  {one}\n  {other}"
        for kind, found in (("joined", report.joined), ("parted", report.parted))
        for one, other in (found if pairs else ())
    ]
    figures = f"precision {report.precision:.3f}, recall {report.recall:.3f}, F1 {report.f1:.3f}"
    return "\n".join([*lines, f"pairwise {figures}; {report.crossed} pairs across rivals"])


def is_look(story: str) -> bool:
    """Return True if a story of a later set may be looked at and fitted on; of the others only totals are printed."""
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % 2 == 0


def main(arguments: list[str]) -> None:
    """Print the figures of a file, of its look or held half; ``-v`` adds the wrong pairs, never of the held half."""
    names = [argument for argument in arguments if argument != "-v"]
    half = names[1] if len(names) > 1 else None
    items = [
        row
        for row in rows(Path(names[0]) if names else FILE)
        if half is None or is_look(row["story"]) is (half == "look")
    ]
    database = Database("sqlite://")
    upgrade(database)
    found = retell(database, load_classifier(ClassifySettings(threads=2)), items)
    sys.stdout.write(write_report(found, pairs="-v" in arguments and half != "held") + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
