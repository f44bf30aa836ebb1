from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.files import read_text
from config.health import FLAG_THRESHOLDS
from config.load import default_health, load_configuration
from config.report import Report
from config.settings import Settings
from config.starter import StarterExistsError, StarterNotWrittenError, write_starter
from config.validation import validated
from config.yaml_nodes import read_yaml
from crawlers.registry import catalogue

REPOSITORY = Path(__file__).parents[2]


def test_the_repository_s_own_folder_is_a_valid_configuration() -> None:
    configuration = load_configuration(REPOSITORY / "config", catalogue())
    assert len(configuration.competitors) >= 12
    assert len(configuration.sources) >= 100
    assert len({source.type for source in configuration.sources}) >= 14


def test_what_init_writes_is_valid(tmp_path: Path) -> None:
    written = write_starter(tmp_path / "new" / "config")
    assert all(path.is_file() for path in written)
    assert load_configuration(tmp_path / "new" / "config", catalogue()).sources


def test_init_writes_no_code(tmp_path: Path) -> None:
    assert {path.suffix for path in write_starter(tmp_path)} == {".yaml"}


@pytest.mark.parametrize("name", ["settings.yaml", "accounts.csv", "competitors/ours.yaml"])
def test_init_overwrites_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("ours")
    with pytest.raises(StarterExistsError, match=name):
        write_starter(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]


def test_init_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    with pytest.raises(StarterNotWrittenError, match="not a folder"):
        write_starter(tmp_path / "config")


def test_examples_are_harmless() -> None:
    configuration = load_configuration(REPOSITORY / "config", catalogue())
    addresses = [subscriber.email for subscriber in configuration.subscribers]
    addresses += [account.owner or "" for account in configuration.accounts]
    assert all(address.endswith(".example") for address in addresses)
    assert configuration.settings.mail.delivery == "folder"
    assert all((account.domain or "").endswith(".example") for account in configuration.accounts)


def test_settings_of_the_starter_are_the_defaults() -> None:
    report = Report("settings.yaml")
    root = read_yaml(read_text(REPOSITORY / "config" / "settings.yaml", report) or "", report)
    assert root is not None
    assert validated(Settings, root, report) == Settings()


def test_every_flag_has_a_rule_with_a_play() -> None:
    flags = default_health().flags
    assert {flag.code for flag in flags} == set(FLAG_THRESHOLDS)
    assert all(len(flag.play) > 80 for flag in flags)
    assert all((flag.at_least is not None) == bool(FLAG_THRESHOLDS[flag.code]) for flag in flags)


def test_every_part_has_metrics() -> None:
    parts = {part.name: {metric.name for metric in part.metrics} for part in default_health().parts}
    assert parts.keys() == {"financial", "engagement", "relationship", "risk"}
    assert "days_to_renewal" in parts["risk"]


def test_sources_of_the_starter_are_public_addresses() -> None:
    for source in load_configuration(REPOSITORY / "config", catalogue()).sources:
        assert not source.url or urlsplit(source.url).scheme == "https"
