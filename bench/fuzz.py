"""Reads damaged answers with every source type: ``python -m bench.fuzz --inputs 100000``.

Nothing but a named source error may come out, every entry must be plain, and no answer may take longer than `BOUND`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.mutate import mutated
from crawlers.adapter import Adapter
from crawlers.errors import SourceError
from crawlers.registry import adapters
from crawlers.types.mail_message import read_mail
from crawlers.types.newsletter import bundle

PAYLOADS = Path(__file__).parents[1] / "tests" / "crawlers"
URL = "https://site.example/feed"
BOUND = 2.0  # seconds of processor time for one answer of at most 200 KB
OPTIONS: dict[str, dict[str, Any]] = {
    "json": {"parameters": {"entries": "$.data.items", "title": "title", "link": "url"}},
    "page-list": {"parameters": {"under": ["/"]}},
    "sitemap": {"parameters": {"under": ["/"]}},
    "edgar": {"parameters": {"forms": ["8-K", "10-Q"]}},
}


@dataclass(kw_only=True)
class Findings:
    """What a run found. ``faults`` are tracebacks by source type, ``slowest`` seconds by source type."""

    inputs: int = 0
    entries: int = 0
    refused: int = 0
    faults: list[tuple[str, str, bytes]] = field(default_factory=list)
    slowest: Counter[str] = field(default_factory=Counter)

    @property
    def too_slow(self) -> list[tuple[str, float]]:
        """The source types that took longer than the bound."""
        return [(name, seconds) for name, seconds in self.slowest.most_common() if seconds > BOUND]


def seeds() -> list[bytes]:
    """Return the recorded answers and mails."""
    files = [*(PAYLOADS / "payloads").iterdir(), *(PAYLOADS / "mails").iterdir()]
    return [path.read_bytes() for path in sorted(files) if path.suffix != ".md"]


def readable_by(adapter: Adapter, bodies: list[bytes]) -> list[bytes]:
    """Return the bodies in which a source type finds entries; all of them where it finds none in any."""
    found = []
    for body in bodies:
        try:
            if adapter.parse(_prepared(adapter, body), URL, None, OPTIONS.get(adapter.spec.name)):
                found.append(body)
        except SourceError:
            continue
    return found or bodies


def inputs(count: int, seed: int) -> Iterator[tuple[Adapter, bytes]]:
    """Yield source types in turn, each with a damaged answer: mostly one of its own, at times any."""
    chance = random.Random(seed)
    bodies = seeds()
    readers = [adapter for adapter in adapters() if adapter.is_entries]
    own = {adapter.spec.name: readable_by(adapter, bodies) for adapter in readers}
    for number in range(count):
        adapter = readers[number % len(readers)]
        pool = own[adapter.spec.name] if chance.random() < 0.8 else bodies
        yield adapter, mutated(chance.choice(pool), chance.choice(bodies), chance)


def fuzz(count: int, seed: int = 1) -> Findings:
    """Return what so many damaged answers did."""
    found = Findings()
    for adapter, body in inputs(count, seed):
        found.inputs += 1
        began = time.process_time()
        try:
            found.entries += _read(adapter, body)
        except SourceError:
            found.refused += 1
        except Exception:
            found.faults.append((adapter.spec.name, traceback.format_exc(), body))
        name = adapter.spec.name
        found.slowest[name] = max(found.slowest[name], time.process_time() - began)  # type: ignore[assignment]
    return found


def _read(adapter: Adapter, body: bytes) -> int:
    body = _prepared(adapter, body)
    if adapter.follow is not None:
        adapter.follow(body, URL)
    entries = adapter.parse(body, URL, None, OPTIONS.get(adapter.spec.name))
    if adapter.combine is not None:
        adapter.parse(adapter.combine([body, body]), URL, None, OPTIONS.get(adapter.spec.name))
    for entry in entries:
        assert entry.id, "an entry without identity"
        assert entry.title, "an entry without title"
        assert entry.url == "" or entry.url.startswith(("http://", "https://")), entry.url
        assert entry.published is None or entry.published.utcoffset() is not None, "a moment without zone"
        assert "\n" not in entry.title + entry.text + entry.id, "a text of several lines"
        (entry.title + entry.text + entry.id + entry.url).encode()
    return len(entries)


def _prepared(adapter: Adapter, body: bytes) -> bytes:
    """Return what is stored of an answer: itself, or the list with the mail that it is."""
    if adapter.spec.name != "newsletter":
        return body
    mail = read_mail(body)
    return bundle([mail], 1_000_000) if mail is not None else body


def main() -> int:
    """Run and tell; return 1 if anything came out that may not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the answers that made a fault")
    arguments = parser.parse_args()
    began = time.monotonic()
    found = fuzz(arguments.inputs, arguments.seed)
    print(f"{found.inputs} inputs over {len(found.slowest)} source types in {time.monotonic() - began:.0f} s")
    print(
        f"{found.entries} entries read, {found.refused} answers refused by name, {len(found.faults)} faults"
    )
    print(
        "slowest: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in found.slowest.most_common(5))
    )
    for number, (name, told, body) in enumerate(found.faults[:20]):
        print(f"--- {name}\n{told}")
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / f"{number}-{name}").write_bytes(body)
    return 1 if found.faults or found.too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
