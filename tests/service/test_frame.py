"""The frame holds: our package names are ours alone, the wheel is whole, starting up is cheap."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
    "packages"
]
HEAVY = (
    "torch",
    "scrapy",
    "playwright",
    "sklearn",
    "sentence_transformers",
    "trafilatura",
    "fastapi",
    "twisted",
)


def test_no_other_distribution_provides_our_package_names() -> None:
    owners = metadata.packages_distributions()
    assert {name: owners.get(name, ["rivalwatch"]) for name in PACKAGES} == {
        name: ["rivalwatch"] for name in PACKAGES
    }


def test_none_of_our_names_is_in_the_standard_library() -> None:
    assert not set(PACKAGES) & set(sys.stdlib_module_names)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom service.cli import app, add_commands_of_upper_layers\nadd_commands_of_upper_layers()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


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
