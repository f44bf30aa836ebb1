"""Writes the commented starter configuration, which is the one that this package itself holds."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from config.errors import InputError, OperationError

_TOP = ("settings.yaml", "health.yaml", "accounts.yaml", "subscribers.yaml")


class StarterExistsError(InputError):
    """The folder holds configuration files already; nothing was written."""

    def __init__(self, folder: Path, present: tuple[str, ...]) -> None:
        self.folder, self.present = folder, present
        names = ", ".join(present[:5]) + (" …" if len(present) > 5 else "")
        super().__init__(
            f"{folder} holds {names} already; name another folder, or move these files away first"
        )


class StarterNotWrittenError(OperationError):
    """The folder can not be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"{folder} can not be written: {reason.lower()}; name a folder of yours")


def write_starter(folder: Path) -> list[Path]:
    """Write the starter files into the folder, which is made if it is not there; return them.

    Raises: StarterExistsError if one of the files, accounts.csv or any competitor is there already;
    StarterNotWrittenError if the disk refuses.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise StarterNotWrittenError(folder, "it is a file, not a folder")
    present = _present(folder)
    if present:
        raise StarterExistsError(folder, present)
    try:
        return [_write(folder, name, source) for name, source in _starter_files()]
    except OSError as error:
        raise StarterNotWrittenError(folder, error.strerror or "unknown reason") from error


def _present(folder: Path) -> tuple[str, ...]:
    names = [name for name in (*_TOP, "accounts.csv") if (folder / name).exists()]
    rivals = sorted((folder / "competitors").glob("*.yaml"))
    return (*names, *(f"competitors/{path.name}" for path in rivals))


def _starter_files() -> list[tuple[str, Traversable]]:
    package = files("config")
    rivals = sorted(package.joinpath("competitors").iterdir(), key=lambda item: item.name)
    found = [(name, package.joinpath(name)) for name in _TOP]
    return found + [(f"competitors/{item.name}", item) for item in rivals if item.name.endswith(".yaml")]


def _write(folder: Path, name: str, source: Traversable) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    # "x": a file that appeared in the meantime is not overwritten either.
    with path.open("x", encoding="utf-8", newline="\n") as target:
        target.write(source.read_text("utf-8"))
    return path
