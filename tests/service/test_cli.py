"""The command line: exit statuses, clear sentences, machine-readable output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def rivalwatch(
    *arguments: str, cwd: Path, stdin: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RIVALWATCH_")}
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        cwd=cwd,
        env={**environment, "PYTHONPATH": str(ROOT), **variables},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the starter configuration."""
    done = rivalwatch("init", "config", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_what_init_writes_is_valid_and_is_never_overwritten(place: Path) -> None:
    done = rivalwatch("check", "--json", cwd=place)
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["valid"]
    assert found["sources"] >= 85
    assert found["types"] >= 12
    again = rivalwatch("init", "config", cwd=place)
    assert again.returncode == 1
    assert again.stderr.startswith("error: ")


def test_the_repositorys_own_configuration_is_valid() -> None:
    done = rivalwatch("check", cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_a_mistake_is_named_with_file_line_column_and_remedy(place: Path) -> None:
    (place / "config" / "competitors" / "wrong.yaml").write_text(
        "name: Wrong\ndomain: wrong.example\nmarket: x\nsources:\n  - {type: prcing, url: https://wrong.example/p}\n"
    )
    done = rivalwatch("check", cwd=place)
    assert done.returncode == 1
    assert "competitors/wrong.yaml:5:12: unknown type 'prcing'" in done.stderr
    assert "did you mean 'pricing'" in done.stderr
    (problem,) = json.loads(rivalwatch("--json", "check", cwd=place).stdout)["problems"]
    assert (problem["line"], problem["column"]) == (5, 12)


def test_usage_mistakes_end_with_2_wrong_input_with_1_failures_with_3(place: Path) -> None:
    assert rivalwatch("crawl", "--nonsense", cwd=place).returncode == 2
    assert rivalwatch("crawl", "--all", "--due", cwd=place).returncode == 2
    unknown = rivalwatch("crawl", "--source", "socur", cwd=place)
    assert unknown.returncode == 1
    assert "did you mean" in unknown.stderr
    assert rivalwatch("compare", "none.html", "none.html", cwd=place).returncode == 1
    assert rivalwatch("accounts", "show", "nobody", cwd=place).returncode == 1
    assert rivalwatch("signals", "show", "77", cwd=place).returncode == 1
    dead = rivalwatch("--db", "postgresql://127.0.0.1:1/none", "signals", "list", cwd=place)
    assert dead.returncode == 3
    assert "check that the database runs" in dead.stderr
    assert "Traceback" not in dead.stderr


def test_a_missing_configuration_says_how_to_make_one(tmp_path: Path) -> None:
    done = rivalwatch("check", cwd=tmp_path)
    assert done.returncode == 1
    assert "rivalwatch init" in done.stdout + done.stderr


def test_compare_and_extract_speak_json_without_any_configuration(tmp_path: Path) -> None:
    table = (
        "<html><body><h1>Pricing</h1><table><tr><td>Pro</td><td>${} per month</td></tr></table></body></html>"
    )
    (tmp_path / "before.html").write_text(table.format(49))
    (tmp_path / "after.html").write_text(table.format(59))
    done = rivalwatch("compare", "before.html", "after.html", "--type", "pricing", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["changed"]
    assert not found["noise_only"]
    (fact,) = found["facts"]
    assert (fact["kind"], fact["action"], fact["plan"]) == ("price", "changed", "Pro")
    assert (fact["before"]["amount"], fact["after"]["amount"]) == ("49", "59")
    same = json.loads(rivalwatch("compare", "after.html", "after.html", "--json", cwd=tmp_path).stdout)
    assert same["changed"] is False
    page = json.loads(rivalwatch("extract", "after.html", "--json", cwd=tmp_path).stdout)
    assert page["page_type"] == "pricing"
    assert (
        rivalwatch("compare", "before.html", "after.html", "--type", "prices", cwd=tmp_path).returncode == 2
    )


@pytest.mark.slow
def test_classify_reads_and_writes_json_lines(tmp_path: Path) -> None:
    texts = {"a": "Northbeam appoints Mara Quill as Chief Revenue Officer", "b": "We use cookies"}
    rows = "\n\n".join(json.dumps({"id": key, "text": text}) for key, text in texts.items())
    done = rivalwatch("classify", "-", "--json", cwd=tmp_path, stdin=rows)
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["category"]) == ("a", "leadership")
    assert first["facts"]["people"][0]["name"] == "Mara Quill"
    assert (second["id"], second["category"]) == ("b", "none")
    (given,) = map(
        json.loads, rivalwatch("classify", "--text", texts["a"], "--json", cwd=tmp_path).stdout.splitlines()
    )
    assert given["facts"] == first["facts"]
    assert given["drivers"][0] == "leadership news (+0.35)"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"id": "a"}', "text: field required"),
        ('{"text": 5}', "text: input should be a valid string"),
        ("[1]", "found [1] where an object is wanted"),
        ("Northbeam raises prices", "no JSON, expecting value at column 1"),
        ("[" * 100_000, "too deeply nested"),
    ],
)
def test_a_row_that_cannot_be_classified_is_named_with_its_line_and_what_is_wrong(
    tmp_path: Path, row: str, said: str
) -> None:
    done = rivalwatch("classify", "-", cwd=tmp_path, stdin=f'{{"text": "x"}}\n\n{row}\n')
    assert (done.returncode, done.stdout) == (1, "")
    assert f"standard input:3: {said}; write one JSON object" in done.stderr


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("Northbeam raises prices", "no such file; check the path, or give a text itself with --text"),
        ("Northbeam raises prices " * 50, "…: no such file; check the path"),
        (".", ".: a folder, not a file"),
    ],
)
def test_a_text_in_the_place_of_a_file_is_told_how_it_is_given(tmp_path: Path, file: str, said: str) -> None:
    done = rivalwatch("classify", file, cwd=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr


def test_users_are_added_listed_and_disabled(place: Path) -> None:
    added = rivalwatch("users", "add", "dana@us.example", "--role", "manager", cwd=place)
    assert added.returncode == 0, added.stderr
    assert "password (shown once)" in added.stderr
    assert "dana@us.example" in rivalwatch("users", "list", cwd=place).stdout
    assert rivalwatch("users", "add", "x@us.example", "--role", "boss", cwd=place).returncode == 1
    assert rivalwatch("users", "disable", "dana@us.example", cwd=place).returncode == 0
    assert rivalwatch("users", "disable", "nobody@us.example", cwd=place).returncode == 1
    assert rivalwatch("users", "reset", "dana@us.example", cwd=place).returncode == 0
    assert "yes" in rivalwatch("users", "list", cwd=place).stdout


def test_what_was_dropped_can_be_asked_about(place: Path) -> None:
    assert "nothing was dropped" in rivalwatch("drops", "list", cwd=place).stdout
    assert rivalwatch("drops", "list", "--source", "socure/nowhere", cwd=place).returncode == 1
    assert rivalwatch("drops", "list", "--since", "yesterday", cwd=place).returncode == 2


def test_a_csv_without_a_key_changes_nothing_and_names_the_row(place: Path) -> None:
    (place / "accounts.csv").write_text(
        "key,name,tier\nfirst,First,growth\n,Second,growth\nthird,Third,huge\n"
    )
    done = rivalwatch("accounts", "import", "accounts.csv", cwd=place)
    assert done.returncode == 1
    assert "3" in done.stderr
    assert "4" in done.stderr
    assert "first" not in rivalwatch("accounts", "list", "--json", cwd=place).stdout
    (place / "accounts.csv").write_text("key,name,tier\nfirst,First,growth\n")
    assert rivalwatch("accounts", "import", "accounts.csv", cwd=place).returncode == 0
    assert "first" in rivalwatch("accounts", "list", "--json", cwd=place).stdout


def test_a_dead_mail_server_delays_and_says_so(place: Path) -> None:
    settings = place / "config" / "settings.yaml"
    lines = [
        line
        for line in settings.read_text().splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    assert any(line.startswith("mail:") for line in lines)
    settings.write_text(
        "mail: {delivery: smtp, host: 127.0.0.1, port: 1, security: none, sender: watch@example.com}\n"
    )
    done = rivalwatch("digest", "send", "--week", "2026-W47", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "0 sent" in done.stdout
    assert "127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_sources_are_listed_with_type_and_cadence(place: Path) -> None:
    rows = [
        json.loads(line) for line in rivalwatch("sources", "list", "--json", cwd=place).stdout.splitlines()
    ]
    assert len(rows) >= 85
    assert {"key", "type", "every", "url"} <= set(rows[0])
    status = [
        json.loads(line) for line in rivalwatch("sources", "status", "--json", cwd=place).stdout.splitlines()
    ]
    assert {row["state"] for row in status} == {None}
