"""Reads a configuration folder and reports every problem of every file at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from config.accounts import AccountConfig
from config.catalogue import SourceCatalogue
from config.competitors import CompetitorConfig
from config.configuration import Configuration
from config.connections import CONNECTION_TYPES, Connection
from config.csv_nodes import read_accounts_csv
from config.errors import ConfigurationError
from config.files import COMPETITORS, check_names, read_text
from config.health import HealthConfig
from config.model import KEY_PATTERN, ConfigModel
from config.nodes import START, Items, Mapping, Node, Scalar, child, is_empty, kind_of
from config.references import (
    check_competitor_names,
    check_health,
    check_metrics,
    check_references,
    check_unique,
    check_weights,
    drop_secrets,
)
from config.report import Report, did_you_mean
from config.settings import Settings
from config.sources import SourceReader
from config.subscribers import SubscriberConfig
from config.thresholds import check_confidence
from config.urls import url_fault
from config.validation import validated
from config.vocabulary import CATEGORIES
from config.yaml_nodes import read_yaml

_MAY_HOLD_NOTHING = ("settings.yaml", "accounts.yaml", "connections.yaml", "subscribers.yaml")

Model = TypeVar("Model", bound=ConfigModel)


def load_configuration(folder: Path, catalogue: SourceCatalogue) -> Configuration:
    """Return what the folder's files say; those that are not there have their defaults, competitors are needed.

    Raises: ConfigurationError with all problems of all files.
    """
    folder = Path(folder)
    report = Report(folder.name or folder.resolve().name)
    if not folder.is_dir():
        report.add(
            START, "there is no such folder", found=str(folder), remedy="run 'rivalwatch init' to write one"
        )
        raise ConfigurationError(report.sorted_problems())
    try:
        check_names(folder, report)
        configuration = _Folder(folder, report, catalogue).read()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        report.add(START, f"the folder can not be read: {reason}", remedy="check its rights")
    if report.problems:
        raise ConfigurationError(report.sorted_problems())
    return configuration


def read_health(path: Path) -> HealthConfig:
    """Return what another ``health.yaml`` says. Raises: ConfigurationError with all its problems."""
    report = Report(path.name)
    text = read_text(path, report)
    root = None if text is None else _yaml_tree(text, report, path.name)
    if root is None and not report.problems:
        report.add(
            START, "the file is empty", remedy="write the parts of the score, as 'rivalwatch init' does"
        )
    check_health(root, report)
    health = validated(HealthConfig, root, report) if root is not None else None
    if report.problems or health is None:
        raise ConfigurationError(report.sorted_problems())
    return health


@cache
def default_health() -> HealthConfig:
    """Return the health score that applies without ``health.yaml``; it is the starter's."""
    report = Report("health.yaml")
    root = read_yaml((files("config") / "health.yaml").read_text("utf-8"), report)
    health = validated(HealthConfig, root, report) if root is not None else None
    if health is None:
        raise ConfigurationError(report.sorted_problems())
    return health


@dataclass(frozen=True, slots=True)
class _Folder:
    """One folder while it is read."""

    path: Path
    report: Report
    catalogue: SourceCatalogue

    def read(self) -> Configuration:
        settings = self._settings()
        health = self._health()
        competitors = self._competitors()
        rivals = frozenset(path.stem for path in self._competitor_files())
        accounts, account_keys = self._accounts(rivals, health)
        return Configuration(
            folder=self.path,
            settings=settings or Settings(),
            health=health or default_health(),
            competitors=competitors,
            accounts=accounts,
            subscribers=self._subscribers(rivals, account_keys),
            connections=self._connections(rivals),
        )

    def _about(self, name: str) -> Report:
        return self.report.about(f"{self.report.file}/{name}")

    def _tree(self, name: str) -> Node | None:
        """Return the file's tree, None if there is no such file or nothing of it can be used (reported)."""
        path, report = self.path / name, self._about(name)
        if not path.is_file():
            return None
        text = read_text(path, report)
        if text is None:
            return None
        if path.suffix == ".csv":
            return read_accounts_csv(text, report)
        return _yaml_tree(text, report, name)

    def _settings(self) -> Settings | None:
        report, root = self._about("settings.yaml"), self._tree("settings.yaml")
        if root is None:
            return None
        check_weights(root, report)
        check_confidence(root, report)
        for section, key in (("web", "base_url"), ("crawl", "proxy")):
            value = child(child(root, section), key)
            if isinstance(value, Scalar) and value.value is not None and (fault := url_fault(value.text)):
                report.add(value.place, fault[0], found=value, remedy=fault[1])
        return validated(Settings, root, report)

    def _health(self) -> HealthConfig | None:
        """Return the health score, None if the file is wrong, so that nothing is said on its metrics' names."""
        report, root = self._about("health.yaml"), self._tree("health.yaml")
        if root is None:
            return None if (self.path / "health.yaml").is_file() else default_health()
        check_health(root, report)
        return validated(HealthConfig, root, report)

    def _competitor_files(self) -> list[Path]:
        folder = self.path / COMPETITORS
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
        return [path for path in paths if path.suffix == ".yaml" and path.is_file() and path.name[0] != "."]

    def _competitors(self) -> tuple[CompetitorConfig, ...]:
        paths = self._competitor_files()
        if not paths:
            self._about(COMPETITORS).add(
                START,
                "there is no competitor to watch",
                remedy="add a file such as competitors/northbeam.yaml",
            )
        found = [self._competitor(path) for path in paths]
        return tuple(competitor for competitor in found if competitor is not None)

    def _competitor(self, path: Path) -> CompetitorConfig | None:
        name = f"{COMPETITORS}/{path.name}"
        report, root = self._about(name), self._tree(name)
        if root is None:
            return None
        domain = child(root, "domain")
        reader = SourceReader(
            rival=path.stem,
            domain=domain.text if isinstance(domain, Scalar) else "",
            catalogue=self.catalogue,
            report=report,
        )
        sources = reader.read(child(root, "sources"))
        # A name that is no key is reported with the files' names.
        key = {"key": path.stem if re.fullmatch(KEY_PATTERN, path.stem) else "rival"}
        return validated(
            CompetitorConfig,
            _without_sources(root),
            report,
            given={**key, "sources": sources},
            hidden=frozenset(key),
        )

    def _accounts(
        self, rivals: frozenset[str], health: HealthConfig | None
    ) -> tuple[tuple[AccountConfig, ...], frozenset[str] | None]:
        """Return the accounts, and all their keys: None if the file is broken, so that none is called unknown."""
        is_csv = (self.path / "accounts.csv").is_file() and not (self.path / "accounts.yaml").is_file()
        name = "accounts.csv" if is_csv else "accounts.yaml"
        report, root = self._about(name), self._tree(name)
        if root is None:
            return (), None if (self.path / name).is_file() else frozenset()
        _check_accounts(root, report, rivals, health)
        accounts = _entries(AccountConfig, root, report)
        nodes = (child(item, "key") for item in (root.items if isinstance(root, Items) else ()))
        return accounts, frozenset(node.text for node in nodes if isinstance(node, Scalar))

    def _connections(self, rivals: frozenset[str]) -> tuple[Connection, ...]:
        report, root = self._about("connections.yaml"), self._tree("connections.yaml")
        if root is None or not _is_list(root, report):
            return ()
        check_unique(root, "key", report)
        check_competitor_names(root, rivals, report)
        found = [_connection(item, report) for item in (root.items if isinstance(root, Items) else ())]
        return tuple(connection for connection in found if connection is not None)

    def _subscribers(
        self, rivals: frozenset[str], accounts: frozenset[str] | None
    ) -> tuple[SubscriberConfig, ...]:
        report, root = self._about("subscribers.yaml"), self._tree("subscribers.yaml")
        if root is None:
            return ()
        check_unique(root, "email", report, str.lower)
        check_references(root, "competitors", rivals, "competitor", report)
        check_references(root, "categories", CATEGORIES, "category", report)
        if accounts is not None:
            check_references(root, "accounts", accounts, "account", report)
        return _entries(SubscriberConfig, root, report)


def _yaml_tree(text: str, report: Report, name: str) -> Node | None:
    before = len(report.problems)
    root = read_yaml(text, report)
    if root is not None and not is_empty(root):
        drop_secrets(root, report)
        return root
    if len(report.problems) > before:
        return None
    if name in _MAY_HOLD_NOTHING and text.strip():
        # Everything is commented out: on purpose, as it seems.
        return Mapping(place=START) if name == "settings.yaml" else Items(place=START, items=())
    remedy = "fill it, or delete it" + ("" if name.startswith(COMPETITORS) else " to have the defaults")
    report.add(START, "the file is empty", remedy=remedy)
    return None


def _check_accounts(
    root: Node | None, report: Report, rivals: frozenset[str], health: HealthConfig | None
) -> None:
    check_unique(root, "key", report)
    check_references(root, "rivals_present", rivals, "competitor", report)
    if health is not None:
        check_metrics(root, health, report)


def _entries(model: type[Model], root: Node | None, report: Report) -> tuple[Model, ...]:
    """Return the entries of a file that is a list; the wrong ones are reported and left out."""
    if root is None:
        return ()
    if not _is_list(root, report):
        return ()
    found = [validated(model, item, report) for item in (root.items if isinstance(root, Items) else ())]
    return tuple(entry for entry in found if entry is not None)


def _is_list(root: Node, report: Report) -> bool:
    if isinstance(root, Items):
        return True
    message = f"{kind_of(root)} where a list belongs"
    report.add(root.place, message, found=root, remedy="begin every entry with '- ' at the start of the line")
    return False


def _connection(item: Node, report: Report) -> Connection | None:
    """Return the entry as its type has it; an entry without a known type is reported."""
    kind = child(item, "type")
    name = kind.text if isinstance(kind, Scalar) else ""
    if isinstance(item, Mapping) and name not in CONNECTION_TYPES:
        remedy = did_you_mean(name, CONNECTION_TYPES, "known types") if name else "add 'type: salesforce'"
        what = f"unknown type '{name[:60]}'" if name else "'type' is missing"
        report.add(kind.place if kind else item.place, what, found=kind or item, remedy=remedy)
        return None
    return validated(CONNECTION_TYPES.get(name, CONNECTION_TYPES["salesforce"]), item, report)


def _without_sources(root: Node) -> Node:
    if not isinstance(root, Mapping):
        return root
    entries = {key: value for key, value in root.entries.items() if key != "sources"}
    return Mapping(place=root.place, entries=entries, keys=root.keys)
