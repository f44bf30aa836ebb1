"""Change detection beside its parts, in one run: ratios to a plain lxml parse and to difflib on the same pages.

The looks are those of the stage: the first at a page, and one at a page whose clock alone has moved since.

Run from the project's folder: ``python -m bench.compare [folder of pairs]``. Absolute times drift with the machine;
the ratios are what counts.
"""

from __future__ import annotations

import difflib
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from extract.compare import compare_documents
from extract.document import VERSION, ReadOptions
from extract.read import read_document
from extract.reading.decode import decode, parse_html
from extract.watching.sight import Capture, Known, first_look, look_at
from store.documents import DocumentMark
from store.kinds import PageType

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
    captures = [both for pair in pairs for body in pair if first_look((both := _captures(body))[0]).is_unread]
    bare = measure(lambda: [parse_html(decode(capture.body)) for capture, _ in captures])
    first = measure(lambda: [first_look(capture) for capture, _ in captures])
    marks = [_known(capture) for capture, _ in captures]
    again = measure(
        lambda: [look_at(capture, known) for (_, capture), known in zip(captures, marks, strict=True)]
    )
    compare = measure(lambda: [compare_documents(left, right) for left, right in documents])
    same = measure(lambda: [compare_documents(left, left) for left, _ in documents])
    lines = measure(lambda: [list(difflib.unified_diff(left, right, n=0)) for left, right in texts])
    words = measure(lambda: [_word_diff(left, right) for left, right in texts[:10]]) / 10 * len(texts)
    pages, count = 2 * len(pairs), len(pairs)
    size = sum(len(body) for pair in pairs for body in pair) / pages / 1000
    print(f"{count} pairs, {size:.0f} KB a page, medians of {ROUNDS} rounds")
    print(f"lxml parse                 {1000 * parse / pages:8.2f} ms a page    1.0")
    late = len(captures)
    print(
        f"{late} of {pages} pages are long enough to be left unread at first; of those, beside their own parse:"
    )
    print(f"  first look               {1000 * first / late:8.2f} ms a page   {first / bare:5.1f} of a parse")
    print(f"  look when a clock moved  {1000 * again / late:8.2f} ms a page   {again / bare:5.1f} of a parse")
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
    """Return the median seconds of the processor in a round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)


def _read(body: bytes):  # type: ignore[no-untyped-def]
    return read_document(body, url="page.html", options=OPTIONS)


def _captures(body: bytes) -> tuple[Capture, Capture]:
    """Return a page with a clock at its end, and the same a while later."""
    head, end, tail = body.rpartition(b"</body>")
    early, late = (head + b"<p>Updated %d minutes ago</p>" % number + end + tail for number in (3, 14))
    return _capture(early), _capture(late)


def _capture(body: bytes) -> Capture:
    return Capture(body=body, url="page.html", content_type="text/html", page_type=None, options=OPTIONS)


def _known(capture: Capture) -> Known:
    """Return what the stage knows after its first look."""
    sight = first_look(capture)
    document = sight.document
    mark = DocumentMark(
        id=1,
        source_id=1,
        snapshot_id=1,
        page_type=document.page_type if document else PageType.GENERIC,
        fingerprint=sight.fingerprint,
        view=sight.view,
        sketch=sight.sketch,
        seen_at=datetime.now(UTC),
        version=VERSION,
    )
    return Known(mark=mark, blocks=lambda: document.blocks if document else (), capture=lambda: capture)


def _word_diff(left: list[str], right: list[str]) -> object:
    matcher = difflib.SequenceMatcher(None, " ".join(left).split(), " ".join(right).split(), autojunk=False)
    return matcher.get_opcodes()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/extract/pairs"))
