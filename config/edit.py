"""Adds a source to a competitor's file by writing one line: comments, order and all other lines stay as they are."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import YAMLError

from config.errors import InputError


class EditError(InputError):
    """A file can not be edited; the message says why and what to do by hand."""


def with_source(text: str, entry: str) -> str:
    """Return the file's text with one more source at the end of ``sources``; ``entry`` is one line of YAML.

    Raises: EditError if the text is no mapping, or the result would say anything else than before plus the entry.
    """
    before = _read(text)
    sources = before.get("sources")
    if isinstance(sources, CommentedSeq) and len(sources) and not sources.fa.flow_style():
        changed = _after_last(text, sources, entry)
    elif not sources and isinstance(sources, CommentedSeq | None):
        changed = _into_empty(text, before, entry)
    else:
        changed = _rewritten(text, entry)
    _check(before, _read(changed), entry)
    return changed


def _read(text: str) -> Any:
    try:
        found = _yaml().load(text)
    except YAMLError as error:
        raise EditError("the file is no YAML; run 'rivalwatch validate' for the place") from error
    if not isinstance(found, dict):
        raise EditError("the file holds no 'key: value' lines; write name, domain and market first")
    return found


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    return yaml


def _after_last(text: str, sources: CommentedSeq, entry: str) -> str:
    lines = text.splitlines(keepends=True)
    column = sources.lc.item(0)[1] - 2
    indent = lines[sources.lc.item(0)[0]][: max(column, 0)]
    start = sources.lc.item(len(sources) - 1)[0]
    end = start + 1
    # The last entry goes on as long as lines are indented deeper than its dash.
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" ")) <= column:
            break
        end = number + 1
    return _inserted(lines, end, f"{indent}- {entry}")


def _into_empty(text: str, before: Any, entry: str) -> str:
    lines = text.splitlines(keepends=True)
    if "sources" not in before:
        return _inserted(lines, len(lines), f"sources:{_ending(lines)}  - {entry}")
    number = before.lc.key("sources")[0]
    _, mark, comment = lines[number].partition("#")
    lines[number] = "sources:" + (f"  #{comment}" if mark else _ending(lines))
    return _inserted(lines, number + 1, f"  - {entry}")


def _inserted(lines: list[str], place: int, line: str) -> str:
    ending = _ending(lines)
    before = "".join(lines[:place])
    if before and not before.endswith("\n"):
        before += ending
    return before + line + ending + "".join(lines[place:])


def _ending(lines: list[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def _rewritten(text: str, entry: str) -> str:
    """Return the text with a list that is written on one line, written anew with the entry in it."""
    root = _read(text)
    if not isinstance(root["sources"], CommentedSeq):
        raise EditError("'sources' is no list; write one '- https://…' a line")
    root["sources"].append(_yaml().load(entry))
    stream = StringIO()
    _yaml().dump(root, stream)
    return stream.getvalue()


def _check(before: Any, after: Any, entry: str) -> None:
    wanted = {**before, "sources": [*(before.get("sources") or ()), _yaml().load(entry)]}
    if dict(after) != wanted:
        raise EditError(
            f"the file is written in an unusual way; add this line to its 'sources' by hand: - {entry}"
        )


@contextlib.contextmanager
def replaced_file(path: Path, text: str) -> Iterator[None]:
    """Put ``text`` in place of the file's, whole or not at all; an error inside the block brings the old one back."""
    old = path.read_bytes()
    _write(path, text.encode())
    try:
        yield
    except BaseException:
        _write(path, old)
        raise


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
