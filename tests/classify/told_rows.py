"""All labelled texts of the project with what the rules, and for some the tagger, read in them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classify.facts import read_facts
from classify.rows import training_rows
from classify.signals import Actor
from classify.tagger.tagger import load_tagger
from classify.tagger.types import TaggerText
from store.kinds import Category

ACTOR = Actor(name="Northbeam Identity", aliases=("Northbeam",), products=("VerifyFlow",))
TAGGED = 10  # The tagger costs some milliseconds a text.
ROOT = Path(__file__).parents[2]
#: All texts of the project that are labelled by category, and the real rows beside the project where they lie there.
MORE = (
    *(ROOT / "classify" / "frozen").glob("*.jsonl"),
    *(ROOT / "classify" / "data" / "facts").glob("*.jsonl"),
    *(ROOT / "tests" / "classify" / "facts").glob("*.jsonl"),
    *(ROOT / "tests" / "classify" / "stories").glob("*.jsonl"),
    ROOT.parent / "shared" / "data" / "signals_dev.jsonl",
)


@dataclass(frozen=True)
class Row:
    """A text with its categories, the first of which is the main one."""

    text: str
    labels: tuple[Category, ...]
    rival: str | None = None

    @property
    def label(self):
        return self.labels[0]


def labelled(file):
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        row = json.loads(line)
        main = row.get("label") or row["category"]
        labels = dict.fromkeys([main, *row.get("labels", ())])
        text = " ".join(filter(None, (row.get("title"), row["text"])))
        yield Row(text, tuple(map(Category, labels)), row.get("actor") or row.get("rival"))


@cache
def told_rows():
    """Each row with what the rules read in it, and each `TAGGED`-th with what the tagger reads beside them as well."""
    rows = [Row(row.text, (row.label, *row.labels)) for row in training_rows()]
    rows += [row for file in MORE for row in labelled(file)]
    some = rows[::TAGGED]
    tagger = load_tagger()
    tags = tagger.read([TaggerText.of(row.text, ACTOR) for row in some]) if tagger else []
    return [
        *((row, read_facts(row.text, set(row.labels), ACTOR)) for row in rows),
        *(
            (row, read_facts(row.text, set(row.labels), ACTOR, each))
            for row, each in zip(some, tags, strict=bool(tags))
        ),
    ]
