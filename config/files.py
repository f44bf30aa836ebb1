"""Reads the files of a configuration folder: which there are, and their text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from config.complaints import slug
from config.model import KEY_PATTERN
from config.nodes import START, Place
from config.report import Report, did_you_mean

KNOWN_FILES = (
    "settings.yaml",
    "health.yaml",
    "accounts.yaml",
    "accounts.csv",
    "connections.yaml",
    "subscribers.yaml",
)
COMPETITORS = "competitors"

#: Bytes. A competitor with 2,000 sources has 0.2 MB; ruamel.yaml reads about 0.2 MB a second.
MAX_YAML = 2_000_000
#: Bytes. 50,000 accounts have about 10 MB.
MAX_CSV = 20_000_000

_DATA_ENDINGS = (".yaml", ".yml", ".csv")
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile("\r\n|\r|\n")


def read_text(path: Path, report: Report) -> str | None:
    """Return the file's text; None if it is too large, unreadable or not UTF-8, which is reported."""
    cap = MAX_CSV if path.suffix == ".csv" else MAX_YAML
    try:
        with path.open("rb") as file:
            content = file.read(cap + 1)
    except OSError as error:
        report.add(
            START,
            f"can not be read: {(error.strerror or 'unknown error').lower()}",
            remedy="check its rights",
        )
        return None
    if len(content) > cap:
        report.add(
            START,
            f"larger than {cap // 1_000_000} MB",
            remedy="split it, or use accounts.csv for many accounts",
        )
        return None
    return _decoded(content, report)


def _decoded(content: bytes, report: Report) -> str | None:
    remedy = "save the file as UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        report.add(START, "saved as UTF-16", remedy=remedy)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = content[error.start]
        before = content[: error.start].decode("utf-8-sig")
        report.add(_place_after(before), "a byte that is not UTF-8", found=f"0x{bad:02x}", remedy=remedy)
        return None
    if bad_character := _NOT_PRINTABLE.search(text):
        place = _place_after(text[: bad_character.start()])
        code = f"U+{ord(bad_character[0]):04X}"
        report.add(
            place, "an invisible control character", found=code, remedy="delete it and type the text anew"
        )
        return None
    return text


def _place_after(text: str) -> Place:
    lines = _LINE_BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)


def check_names(folder: Path, report: Report) -> None:
    """Report files that look like configuration and would be passed over in silence."""
    for path in sorted(folder.iterdir()):
        if _leads_nowhere(path):
            _report_lost_link(report.about(f"{report.file}/{path.name}"))
        elif path.is_dir() and path.name != COMPETITORS:
            _check_folder(path, report)
        elif path.is_file() and path.name not in KNOWN_FILES:
            _check_top_file(path, report)
    if (folder / "accounts.yaml").is_file() and (folder / "accounts.csv").is_file():
        report.about(f"{report.file}/accounts.csv").add(
            START, "accounts stand in accounts.yaml too", remedy="keep one of the two files"
        )
    competitors = folder / COMPETITORS
    for path in sorted(competitors.iterdir()) if competitors.is_dir() else ():
        _check_competitor_file(path, report.about(f"{report.file}/{COMPETITORS}/{path.name}"))


def _leads_nowhere(path: Path) -> bool:
    """Return whether this is a link, by its name to configuration, to what is not there."""
    return path.suffix in (".yaml", ".csv") and path.is_symlink() and not path.exists()


def _report_lost_link(report: Report) -> None:
    report.add(START, "a link to a file that is not there", remedy="bring that file back, or delete the link")


def _check_folder(path: Path, report: Report) -> None:
    holds_yaml = any(child.suffix in (".yaml", ".yml") for child in path.iterdir())
    if holds_yaml and not path.name.startswith((".", "_")):
        report.about(f"{report.file}/{path.name}").add(
            START,
            f"the folder '{path.name}' is not read",
            remedy=did_you_mean(path.name, [COMPETITORS], "known folder"),
        )


def _check_top_file(path: Path, report: Report) -> None:
    own = report.about(f"{report.file}/{path.name}")
    name = path.name.lower()
    if path.name.startswith(".") or not any(ending in name for ending in _DATA_ENDINGS):
        return
    if name.endswith(".yml"):
        own.add(
            START, "files must end in .yaml", found=path.name, remedy=f"rename it to {path.stem.lower()}.yaml"
        )
        return
    remedy = did_you_mean(path.name, KNOWN_FILES, "known files")
    own.add(START, "no file of this name is read", found=path.name, remedy=remedy)


def _check_competitor_file(path: Path, report: Report) -> None:
    name = path.name.lower()
    if path.name.startswith("."):
        return
    if _leads_nowhere(path):
        _report_lost_link(report)
    elif path.is_dir():
        if any(child.suffix in (".yaml", ".yml") for child in path.iterdir()):
            report.add(
                START,
                "folders inside competitors/ are not read",
                remedy="move its files up into competitors/",
            )
    elif name.endswith(".yml") or ".yaml." in name or (name.endswith(".yaml") and path.suffix != ".yaml"):
        stem = name.partition(".yaml")[0].removesuffix(".yml")
        report.add(START, "files must end in .yaml", found=path.name, remedy=f"rename it to {stem}.yaml")
    elif path.suffix == ".yaml" and not re.fullmatch(KEY_PATTERN, path.stem):
        report.add(
            START,
            "the file's name may hold small letters, digits, '.', '_' and '-' only",
            found=path.name,
            remedy=f"rename it to {slug(path.stem) or 'northbeam'}.yaml",
        )
