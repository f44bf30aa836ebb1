"""The quality of change detection on a folder of labelled page pairs.

Every pair is answered from its two files alone; the key is opened afterwards.
"""

from __future__ import annotations

import json
from pathlib import Path

from extract.compare import compare_documents
from extract.errors import PairsFolderError
from extract.measuring.judge_pair import judge
from extract.measuring.pairs_report import PairResult, PairsReport
from extract.read import read_pair


def evaluate_pairs(folder: Path) -> PairsReport:
    """Compare every pair of the folder and hold it against its key. Raises: PairsFolderError."""
    if not folder.is_dir():
        raise PairsFolderError(str(folder), "no such folder")
    pairs = sorted(path for path in folder.iterdir() if (path / "expected.json").is_file())
    if not pairs:
        raise PairsFolderError(str(folder), "holds no pairs")
    return PairsReport(results=tuple(_evaluate(path) for path in pairs))


def _evaluate(path: Path) -> PairResult:
    before_file, after_file = _only(path, "before"), _only(path, "after")
    before, after = read_pair(
        before_file.read_bytes(), after_file.read_bytes(), url=f"page{before_file.suffix}"
    )
    difference = compare_documents(before, after)
    return judge(
        path.name, before, after, difference, json.loads((path / "expected.json").read_text("utf-8"))
    )


def _only(path: Path, stem: str) -> Path:
    found = sorted(path.glob(f"{stem}.*"))
    if not found:
        raise PairsFolderError(str(path), f"has no {stem} file")
    return found[0]
