"""Adding a source changes one line and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from config.edit import EditError, replaced_file, with_source

ENTRY = "https://north.example/pricing"
HEAD = "# Ours\nname: North  # the name\ndomain: north.example\nmarket: identity\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD, HEAD + f"sources:\n  - {ENTRY}\n"),
        (HEAD + "sources: []  # none\n", HEAD + f"sources:  # none\n  - {ENTRY}\n"),
        (HEAD + "sources:\n", HEAD + f"sources:\n  - {ENTRY}\n"),
        (HEAD + "sources:\n- https://a.example", HEAD + f"sources:\n- https://a.example\n- {ENTRY}\n"),
        (
            "sources:\n    # first\n    - https://a.example  # why\n    - type: feed\n      url: https://b.example\n\n"
            "# last\nname: North\n",
            "sources:\n    # first\n    - https://a.example  # why\n    - type: feed\n      url: https://b.example\n"
            f"    - {ENTRY}\n\n# last\nname: North\n",
        ),
        (
            "name: N\r\nsources:\r\n  - https://a.example\r\n",
            f"name: N\r\nsources:\r\n  - https://a.example\r\n  - {ENTRY}\r\n",
        ),
    ],
)
def test_one_line_is_added_at_the_end_of_the_sources(text: str, expected: str) -> None:
    assert with_source(text, ENTRY) == expected


def test_a_list_on_one_line_is_written_anew() -> None:
    changed = with_source("# c\nname: N\nsources: [https://a.example]\n", ENTRY)
    assert changed == f"# c\nname: N\nsources: [https://a.example, {ENTRY}]\n"


@pytest.mark.parametrize("text", ["", "- a\n", "name: [\n", "name: N\nsources: https://a.example\n"])
def test_what_can_not_be_edited_is_said(text: str) -> None:
    with pytest.raises(EditError):
        with_source(text, ENTRY)


@given(
    st.lists(st.sampled_from(["https://a.example", "{type: feed, url: https://b.example}"]), max_size=4),
    st.integers(0, 6),
)
def test_everything_else_reads_as_before(entries: list[str], indent: int) -> None:
    lines = "".join(f"{' ' * indent}- {entry}\n" for entry in entries)
    text = f"name: N\nsources:\n{lines}regions: [GB]\n"
    yaml = YAML(typ="safe")
    before, after = yaml.load(text), yaml.load(with_source(text, ENTRY))
    assert after == {**before, "sources": [*(before["sources"] or []), ENTRY]}


def test_an_error_brings_the_old_file_back(tmp_path: Path) -> None:
    path = tmp_path / "north.yaml"
    path.write_text("old")
    with pytest.raises(IsADirectoryError), replaced_file(path, "new"):
        tmp_path.read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["north.yaml"]
    assert path.read_text() == "old"
