"""Change detection beside its parts, in one run: ratios to a plain lxml parse and to difflib on the same pages.

Run from the project's folder: ``python -m bench.compare [folder of pairs]``. Absolute times drift with the machine;
the ratios are what counts.
"""

from __future__ import annotations

import difflib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extract.compare import compare_documents
from extract.decode import decode, parse_html
from extract.document import ReadOptions
from extract.read import open_page, read_document
from extract.view import view_of

ROUNDS = 5
OPTIONS = ReadOptions(article=False, marks=False)


def main(folder: Path) -> None:
    """Print the medians and ratios over all HTML pairs of the folder."""
    pairs = [
        (path.read_bytes(), (path.parent / "after.html").read_bytes())
        for path in sorted(folder.glob("*/before.html"))
    ]
    documents = [(_read(before), _read(after)) for before, after in pairs]
    texts = [([b.text for b in left.blocks], [b.text for b in right.blocks]) for left, right in documents]
    parse = measure(lambda: [parse_html(decode(body)) for pair in pairs for body in pair])
    read = measure(lambda: [_read(body) for pair in pairs for body in pair])
    view = measure(
        lambda: [view_of(open_page(body, url="page.html").root) for pair in pairs for body in pair]
    )
    compare = measure(lambda: [compare_documents(left, right) for left, right in documents])
    same = measure(lambda: [compare_documents(left, left) for left, _ in documents])
    lines = measure(lambda: [list(difflib.unified_diff(left, right, n=0)) for left, right in texts])
    words = measure(lambda: [_word_diff(left, right) for left, right in texts[:10]]) / 10 * len(texts)
    pages, count = 2 * len(pairs), len(pairs)
    size = sum(len(body) for pair in pairs for body in pair) / pages / 1000
    print(f"{count} pairs, {size:.0f} KB a page, medians of {ROUNDS} rounds")
    print(f"lxml parse                 {1000 * parse / pages:8.2f} ms a page    1.0")
    print(f"parse and cheap view       {1000 * view / pages:8.2f} ms a page   {view / parse:5.1f} of a parse")
    print(f"blocks and facts           {1000 * read / pages:8.2f} ms a page   {read / parse:5.1f} of a parse")
    print(
        f"compare a pair             {1000 * compare / count:8.2f} ms a pair   {compare / parse * 2:5.1f} of a parse"
    )
    print(
        f"compare a page with itself {1000 * same / count:8.2f} ms a pair   {same / parse * 2:5.1f} of a parse"
    )
    print(
        f"difflib on block lines     {1000 * lines / count:8.2f} ms a pair   {compare / lines:5.2f} times as long: ours"
    )
    print(
        f"difflib on words           {1000 * words / count:8.2f} ms a pair   {compare / words:5.2f} times as long: ours"
    )


def measure(work: Callable[[], object]) -> float:
    """Return the median seconds of a round."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _read(body: bytes):  # type: ignore[no-untyped-def]
    return read_document(body, url="page.html", options=OPTIONS)


def _word_diff(left: list[str], right: list[str]) -> object:
    matcher = difflib.SequenceMatcher(None, " ".join(left).split(), " ".join(right).split(), autojunk=False)
    return matcher.get_opcodes()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/extract/pairs"))
