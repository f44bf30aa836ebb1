"""The floors of change detection on the stored page pairs and page cases."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from extract.errors import PairsFolderError
from extract.measuring.evaluate import evaluate_pairs

HERE = Path(__file__).parent
FLOORS = json.loads((HERE.parents[1] / "bench" / "floors.json").read_text())["change_detection"]
CORPORA = (
    "pairs",
    "pages",
    "sites",
    "sites_held",
    "sites_third",
    "sites_fourth",
    "sites_fifth",
    "sites_sixth",
    "sites_wild",
    "sites_seventh",
    "sites_eighth",
    "sites_ninth",
    "sites_tenth",
)


def digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/*")):
        if path.parent.name != "LICENSES":
            digest.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.mark.parametrize("corpus", CORPORA)
def test_corpus_is_the_one_the_floors_were_set_on(corpus: str) -> None:
    assert digest_of(HERE / corpus) == FLOORS[corpus]["sha256"]


@pytest.mark.parametrize("corpus", CORPORA)
def test_quality_keeps_its_floors(corpus: str) -> None:
    report, floors = evaluate_pairs(HERE / corpus), FLOORS[corpus]
    found = report.to_json()
    assert found["false_alarm_rate"] <= floors["false_alarm_rate_max"], found["false_alarms"]
    assert found["recall"] >= floors["recall_min"], found["missed"]
    assert found["text_recall"] >= floors["text_recall_min"], found["missing_text"]
    assert found["line_precision"] >= floors["line_precision_min"]
    for group, least in floors["fact_exactness_min"].items():
        assert found["facts"][group]["exactness"] >= least, (group, found["inexact_facts"])


def test_report_is_readable_and_serialisable() -> None:
    report = evaluate_pairs(HERE / "pages")
    json.dumps(report.to_json())
    assert "false alarms" in report.to_text()


def test_folder_without_pairs_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PairsFolderError, match=r"expected\.json"):
        evaluate_pairs(tmp_path)
