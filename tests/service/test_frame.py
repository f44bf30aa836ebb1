"""The frame holds: our package names are ours alone, the wheel is whole, starting up is cheap."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
    "packages"
]
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "pandas",
    "scrapy",
    "twisted",
    "playwright",
    "trafilatura",
    "fastapi",
    "celery",
)
#: What a person asks for to look at the state of things, on an installation that has its tables already.
LOOKING = (
    "check",
    "schema",
    "sources list",
    "sources status",
    "changes list",
    "signals list",
    "signals patterns",
    "drops list",
    "accounts list",
    "accounts check",
    "health portfolio",
    "health versions",
    "health overrides",
    "users list",
)
CALL = """
import sys
from service.cli import add_commands_of_upper_layers, app
add_commands_of_upper_layers()
for command in sys.argv[2:]:
    app(command.split(), standalone_mode=False)
    loaded = [name for name in sys.argv[1].split() if name in sys.modules]
    assert not loaded, f"{command} loads {loaded}"
"""


def test_no_other_distribution_provides_our_package_names() -> None:
    owners = metadata.packages_distributions()
    assert {name: owners.get(name, ["rivalwatch"]) for name in PACKAGES} == {
        name: ["rivalwatch"] for name in PACKAGES
    }


def test_none_of_our_names_is_in_the_standard_library() -> None:
    assert not set(PACKAGES) & set(sys.stdlib_module_names)


def call(folder: Path, commands: Sequence[str], unwanted: Sequence[str]) -> None:
    """Run commands in one new process, which fails when one of them has loaded something unwanted."""
    subprocess.run(
        [sys.executable, "-c", CALL, " ".join(unwanted), *commands],
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_help_loads_no_database_either(tmp_path: Path) -> None:
    call(
        tmp_path,
        ["--help", "signals --help", "db --help"],
        [*HEAVY, "sqlalchemy", "alembic", "structlog", "numpy"],
    )


def test_looking_at_the_state_loads_nothing_that_only_work_needs(tmp_path: Path) -> None:
    call(tmp_path, ["init", "db upgrade"], ["torch"])
    call(tmp_path, LOOKING, [*HEAVY, "alembic"])


def test_reading_the_configuration_loads_neither_a_database_nor_what_reads_answers(tmp_path: Path) -> None:
    call(tmp_path, ["init"], ["torch"])
    call(
        tmp_path,
        ["sources list", "check"],
        [*HEAVY, "sqlalchemy", "alembic", "feedparser", "charset_normalizer", "jsonpath_ng", "asyncio"],
    )


def test_processing_when_nothing_waits_loads_no_model(tmp_path: Path) -> None:
    call(
        tmp_path, ["init", "process"], ["torch", "transformers", "sentence_transformers", "sklearn", "scipy"]
    )


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_our_packages(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    tracked = subprocess.run(
        ["git", "ls-files", *PACKAGES], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split("\n")
    missing = {name for name in tracked if name} - set(zipfile.ZipFile(wheel).namelist())
    assert not missing
