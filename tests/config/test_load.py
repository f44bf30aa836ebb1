from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from config.accounts import Tier
from config.errors import ConfigurationError
from config.load import default_health, load_configuration
from tests.config.kinds import CATALOGUE

RIVAL = "name: Northbeam\ndomain: northbeam.example\nmarket: identity-verification\n"
SECONDS = 15.0  # takes 1.5 on an idle machine; more would make `check` a thing to wait for


def test_the_valid_folder_loads(load) -> None:
    configuration = load()
    assert [rival.key for rival in configuration.competitors] == ["northbeam"]
    account = configuration.accounts[0]
    assert account.tier is Tier.STRATEGIC
    assert account.renewal == date(2027, 1, 31)
    assert account.arr == Decimal(250_000)
    assert configuration.subscribers[0].send.weekday == 0
    assert configuration.settings.crawl.delay == timedelta(seconds=2)
    assert configuration.health == default_health()


def test_only_competitors_are_needed(folder: Path) -> None:
    (folder / "accounts.yaml").unlink()
    (folder / "subscribers.yaml").unlink()
    configuration = load_configuration(folder, CATALOGUE)
    assert configuration.accounts == ()
    assert configuration.subscribers == ()


def test_files_with_comments_only_are_as_good_as_none(load) -> None:
    nothing = "# to be filled\n"
    configuration = load(dict.fromkeys(("settings.yaml", "accounts.yaml", "subscribers.yaml"), nothing))
    assert configuration.accounts == ()
    assert configuration.settings.currency == "USD"


def test_a_missing_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="rivalwatch init"):
        load_configuration(tmp_path / "config", CATALOGUE)


def test_a_folder_without_competitors_is_told(folder: Path) -> None:
    (folder / "competitors" / "northbeam.yaml").unlink()
    (folder / "accounts.yaml").unlink()
    with pytest.raises(ConfigurationError, match="no competitor to watch"):
        load_configuration(folder, CATALOGUE)


def test_python_modules_and_notes_beside_the_files_are_left_alone(folder: Path, load) -> None:
    (folder / "__pycache__").mkdir()
    for name in ("load.py", "README.md", ".hidden.yaml", "competitors/notes.txt"):
        (folder / name).write_text("not: [ours")
    assert load()


def test_a_file_that_is_too_large_is_not_read(load, problems) -> None:
    found = problems({"settings.yaml": "# " + "x" * 2_000_000})
    assert [problem.message for problem in found] == ["larger than 2 MB"]


def test_norway_is_a_country(load) -> None:
    configuration = load({"competitors/northbeam.yaml": RIVAL + "regions: [NO, GB]\n"})
    assert configuration.competitors[0].regions == ("NO", "GB")


def test_the_everyday_codes_of_two_countries_are_understood(load) -> None:
    configuration = load({"competitors/northbeam.yaml": RIVAL + "regions: [UK, EL]\n"})
    assert configuration.competitors[0].regions == ("GB", "GR")


def test_old_yaml_rules_can_not_be_switched_on(load) -> None:
    text = "%YAML 1.1\n---\n" + RIVAL + "regions: [NO]\n"
    assert load({"competitors/northbeam.yaml": text}).competitors[0].regions == ("NO",)


@pytest.mark.parametrize("name", ["365", "1.10", "0x1F", "2027-01-31"])
def test_a_number_for_a_name_is_read_as_it_stands(load, name: str) -> None:
    configuration = load({"competitors/northbeam.yaml": RIVAL.replace("Northbeam", name)})
    assert configuration.competitors[0].name == name


@pytest.mark.parametrize("written", ["mon 07:00", "Mon 7:00", "monday 07:00"])
def test_times_of_the_week_are_read_as_people_write_them(load, written: str) -> None:
    subscriber = "- {email: d@us.example, name: D, send: " + written + "}\n"
    assert str(load({"subscribers.yaml": subscriber}).subscribers[0].send) == "mon 07:00"


def test_a_byte_order_mark_does_no_harm(load) -> None:
    assert load({"competitors/northbeam.yaml": "\ufeff" + RIVAL}).competitors[0].name == "Northbeam"


def test_weights_of_reasons_that_are_left_out_keep_their_value(load) -> None:
    weights = load({"settings.yaml": "linking: {weights: {named: 0.4}}\n"}).settings.linking.weights
    assert weights["named"] == 0.4
    assert weights["stakeholder_moved"] == 0.85


def test_a_broken_file_makes_no_reference_to_it_unknown(problems) -> None:
    found = problems(
        {
            "competitors/northbeam.yaml": "name: [\n",
            "accounts.yaml": "- key: [\n",
            "subscribers.yaml": "- {email: d@us.example, name: D, accounts: [elm], competitors: [northbeam]}\n",
        }
    )
    assert {problem.file for problem in found} == {
        "config/competitors/northbeam.yaml",
        "config/accounts.yaml",
    }


def test_what_was_found_never_shows_a_secret(problems) -> None:
    found = problems(
        {
            "settings.yaml": "mail: {password: hunter2}\ncrawl: {proxy: 'http://ana:hunter2@proxy.example'}\n",
            "competitors/northbeam.yaml": RIVAL + "sources: ['https://ana:hunter2@northbeam.example/']\n",
        }
    )
    assert len(found) == 3
    assert "hunter2" not in repr(found)


def test_problems_are_named_from_the_folder_s_own_name(folder: Path) -> None:
    moved = folder.rename(folder.parent / "watch")
    (moved / "settings.yaml").write_text("foo: 1\n")
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(moved, CATALOGUE)
    assert str(caught.value).startswith("watch/settings.yaml:1:1: unknown key 'foo'")


def test_csv_gives_the_same_accounts_as_yaml(folder: Path, load) -> None:
    from_yaml = load().accounts
    (folder / "accounts.yaml").unlink()
    row = (
        "key;name;aliases;domain;tier;owner;industry;regions;uses;rivals_present;stakeholders;renewal;arr\n"
        'harbour-bank;Harbour Bank;Harbour Bank plc;harbourbank.example;strategic;dana@us.example;banking;"GB; IE";'
        '"kyc;document-verification";northbeam;Mara Quill (CISO);2027-01-31;250000\n'
    )
    assert load({"accounts.csv": row}).accounts == from_yaml
    (folder / "accounts.csv").write_bytes(b"\xef\xbb\xbf" + row.encode())
    assert load().accounts == from_yaml


@pytest.mark.parametrize(
    "columns", ["metrics.nps,metrics.adoption\nelm,Elm,12,3.5", "metrics\nelm,Elm,nps=12; adoption=3.5"]
)
def test_csv_takes_metrics_in_columns_or_in_one(folder: Path, load, columns: str) -> None:
    (folder / "accounts.yaml").unlink()
    (account,) = load({"accounts.csv": f"Key,Name,{columns}\n\n"}).accounts
    assert account.metrics == {"nps": 12, "adoption": 3.5}


def test_csv_problems_name_row_and_cell(folder: Path, problems) -> None:
    (folder / "accounts.yaml").unlink()
    found = problems({"accounts.csv": 'key,name,aliases\nelm,"Elm\nTree",x\nash,Ash,y,z,\n'})
    places = [(problem.line, problem.column, problem.message) for problem in found]
    assert places == [
        (3, 2, "'name': holds a line break or another control character"),
        (4, 5, "the row has more cells than the header"),
    ]


def test_a_hundred_rivals_load_quickly(folder: Path, load) -> None:
    sources = "".join(f"  - https://northbeam.example/pages/p{number}\n" for number in range(20))
    for number in range(100):
        (folder / "competitors" / f"rival-{number}.yaml").write_text(RIVAL + "sources:\n" + sources)
    began = time.perf_counter()
    assert len(load().sources) == 2_006
    assert time.perf_counter() - began < SECONDS


def test_the_folds_of_a_folded_text_become_spaces(folder: Path, load) -> None:
    (folder / "settings.yaml").write_text("company: >-\n  Our\n  long\n  name\n")
    assert load().settings.company == "Our long name"


@pytest.mark.parametrize(
    "text",
    [
        "crawl: {timeout: 0s}",
        "crawl: {browser_timeout: 0m}",
        "linking: {half_life: 0d}",
        "linking: {window: 0.0w}",
        "mail: {timeout: 0s}",
    ],
)
def test_what_is_divided_by_or_waited_for_is_longer_than_no_time(load, text: str) -> None:
    with pytest.raises(ConfigurationError, match="no time at all; write a longer duration"):
        load({"settings.yaml": text + "\n"})


def test_a_pause_may_be_no_time_at_all(load) -> None:
    assert (
        load({"settings.yaml": "detection: {confirm_after: 0s}\n"}).settings.detection.confirm_after
        == timedelta()
    )


@pytest.mark.parametrize("name", ["accounts.yaml", "competitors/gone.yaml"])
def test_a_link_that_leads_nowhere_is_not_passed_over(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(folder / "elsewhere.yaml")
    with pytest.raises(ConfigurationError, match=rf"{name}:1:1: a link to a file that is not there"):
        load_configuration(folder, CATALOGUE)
