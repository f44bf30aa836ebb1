"""Recorded payloads of real services as labelled rows: read by the crawler's own adapters, labels apart from the texts.

``python -m tests.classify.real_rows SAMPLES_FOLDER OUT.jsonl [look|held]`` writes what ``rivalwatch evaluate signals``
reads. The texts stay their publishers', so write them outside the repository.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from classify.parts.page_text import lead_of, undated
from classify.parts.unit import TEXT
from crawlers.page_text import page_text
from crawlers.plain import one_line
from crawlers.registry import adapter_for
from extract.read import read_document
from store.kinds import Category
from store.records import Entry, JsonObject

LABELS = Path(__file__).with_name("real_labels.jsonl")
URL = (
    "https://payload.example/"  # Recordings do not say where they were fetched; links may be relative to it.
)
PARTS = ("look", "held")
TITLE = 300

#: The source type of a folder whose own name is not one.
TYPES: Mapping[str, str] = {
    "apple-lookup": "apple",
    "feed-atom": "feed",
    "feed-illformed": "feed",
    "feed-json": "feed",
    "feed-rss": "feed",
    "openfda-510k": "openfda",
    "sec-submissions": "edgar",
    "ted-notice": "ted",
    "websub": "feed",
}
#: Folders of whole pages: what an entry says whose page was opened.
PAGES = frozenset({"sec-filing", "web"})
PAGE_ENTRY = "page"
#: Single records, put back into the list in which their service gives them.
WRAPPED: Mapping[str, Callable[[Any], Any]] = {
    "clinicaltrials": lambda found: {"studies": [found]},
    "openfda-510k": lambda found: {"results": [found["record"]]},
}


class RealLabel(BaseModel):
    """What one entry of one payload was labelled as, the primary category first in ``labels``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sample: str
    entry: str
    label: Category
    labels: tuple[Category, ...]

    @property
    def id(self) -> str:
        """The id of the row."""
        return f"{self.sample}#{self.entry}"


def read_labels() -> list[RealLabel]:
    """Return all labels in the order of the file."""
    with LABELS.open(encoding="utf-8") as lines:
        return [RealLabel.model_validate_json(line) for line in lines]


def part_of(row_id: str) -> str:
    """Return ``look`` or ``held``: whether the digest of the id, read as a number, is even or odd."""
    return PARTS[int(hashlib.sha256(row_id.encode()).hexdigest(), 16) % 2]


def entries_of(samples: Path, sample: str) -> tuple[Entry, ...]:
    """Return the entries of one payload. Raises: SourceError, OSError."""
    folder = sample.partition("/")[0]
    body = (samples / sample).read_bytes()
    if folder in PAGES:
        return (_page(body),)
    if folder in WRAPPED:
        body = json.dumps(WRAPPED[folder](json.loads(body))).encode()
    name = folder.removeprefix("jobs-")
    return adapter_for(TYPES.get(name, name)).parse(body, URL)


def _page(body: bytes) -> Entry:
    title = one_line(read_document(body, url=URL).title or "", TITLE)
    return Entry(id=PAGE_ENTRY, title=title, text=page_text(body, "text/html; charset=utf-8"))


def rows(samples: Path, part: str | None = None) -> Iterator[JsonObject]:
    """Yield id, title, text and labels of each labelled entry, the text as the model is given it.

    Raises: KeyError for a label whose entry is not in its payload.
    """
    read: dict[str, dict[str, Entry]] = {}
    for label in read_labels():
        if part not in {None, part_of(label.id)}:
            continue
        if label.sample not in read:
            read[label.sample] = {entry.id: entry for entry in entries_of(samples, label.sample)}
        entry = read[label.sample][label.entry]
        yield {
            "id": label.id,
            "title": undated(entry.title),
            "text": lead_of(entry.title, entry.text or entry.title)[:TEXT],
            "label": label.label.value,
            "labels": [other.value for other in label.labels],
        }


def main(arguments: list[str]) -> None:
    """Write the rows of a folder of payloads to a file, all or those of one part."""
    samples, out, *part = arguments
    with Path(out).open("w", encoding="utf-8") as file:
        for row in rows(Path(samples), part[0] if part else None):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
