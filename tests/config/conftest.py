from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config.configuration import Configuration
from config.errors import ConfigurationError, Problem
from config.load import load_configuration
from tests.config.kinds import CATALOGUE

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A valid configuration folder of one's own."""
    shutil.copytree(HERE / "valid", tmp_path, dirs_exist_ok=True)
    return tmp_path / "config"


@pytest.fixture
def load(folder: Path) -> Callable[..., Configuration]:
    """Write files (path below the folder → text) over the valid ones and load the folder."""

    def write_and_load(files: dict[str, str] | None = None) -> Configuration:
        for name, text in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return load_configuration(folder, CATALOGUE)

    return write_and_load


@pytest.fixture
def problems(load: Callable[..., Configuration]) -> Callable[[dict[str, str]], tuple[Problem, ...]]:
    """Write the files and return what is wrong with the folder."""

    def write_and_fail(files: dict[str, str]) -> tuple[Problem, ...]:
        with pytest.raises(ConfigurationError) as caught:
            load(files)
        return caught.value.problems

    return write_and_fail
