"""Every folder of `broken/` holds the files that differ from `valid/`, and all the problems they have."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from config.errors import ConfigurationError
from config.load import load_configuration
from tests.config.kinds import CATALOGUE

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir())


def broken_folder(case: str, target: Path) -> tuple[Path, list[dict[str, object]]]:
    expected = json.loads((BROKEN / case / "expected.json").read_text("utf-8"))
    shutil.copytree(BROKEN.parent / "valid", target, dirs_exist_ok=True)
    shutil.copytree(BROKEN / case / "config", target / "config", dirs_exist_ok=True)
    for name in expected.get("without", []):
        (target / "config" / name).unlink()
    return target / "config", expected["problems"]


@pytest.mark.parametrize("case", CASES)
def test_every_problem_is_told_with_place_and_remedy(case: str, tmp_path: Path) -> None:
    folder, expected = broken_folder(case, tmp_path)
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(folder, CATALOGUE)
    found = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "message": problem.message,
            "remedy": problem.remedy,
        }
        for problem in caught.value.problems
    ]
    assert found == expected


@pytest.mark.parametrize("case", CASES)
def test_messages_keep_the_house_style(case: str) -> None:
    for problem in json.loads((BROKEN / case / "expected.json").read_text("utf-8"))["problems"]:
        message = problem["message"]
        assert message == message.strip()
        assert not message[0].isupper()
        assert not message.endswith(".")
        assert problem["remedy"]


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 25
