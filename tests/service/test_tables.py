"""What a table does when the terminal is narrow."""

from __future__ import annotations

import pytest
from rich.console import Console

from service import output

ROWS = [
    ("lakeshore-credit", "Lakeshore Credit Union", 45, "http://rival.example/a/very/long/address/of/a/page")
]


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(output, "stdout", Console(highlight=False, width=60))


def test_keys_and_words_stay_whole_in_a_narrow_terminal(narrow, capsys):
    output.print_table(("key", "name", "score", "address"), ROWS, "none")
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[1].startswith("lakeshore-credit ")
    assert any("Lakeshore" in line for line in lines)
    assert "page" in "".join(line.split()[-1] for line in lines[1:])


def test_numbers_end_in_one_line(narrow, capsys):
    output.print_table(("key", "score", "words"), [("a", 5, "x"), ("b", 100, "y")], "none")
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()[1:]] == [
        "a        5  x",
        "b      100  y",
    ]
