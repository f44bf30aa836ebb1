from __future__ import annotations

import contextlib
import json
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.durations import format_duration, parse_duration
from config.errors import ConfigurationError
from config.load import load_configuration
from config.nodes import plain
from config.report import Report
from config.settings import CrawlSettings
from config.yaml_nodes import read_yaml
from tests.config.kinds import CATALOGUE

RIVAL = {"name": "Northbeam", "domain": "northbeam.example", "market": "identity"}
FILES = (
    "settings.yaml",
    "health.yaml",
    "accounts.yaml",
    "accounts.csv",
    "subscribers.yaml",
    "competitors/n.yaml",
)
LINE = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("C", "Zl", "Zp", "Zs"), exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=20,
)
KEYS = st.sampled_from(
    [
        "name",
        "domain",
        "market",
        "sources",
        "key",
        "email",
        "parts",
        "flags",
        "crawl",
        "type",
        "url",
        "arr",
        "x",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | LINE
    | st.text(max_size=10)
)
#: UK and EL are read as the codes of ISO 3166, so they do not come back as written.
REGIONS = st.from_regex(r"[A-Z]{2}", fullmatch=True).filter(lambda code: code not in ("UK", "EL"))
TREES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=5),
    max_leaves=20,
)


def dump(value: object) -> str:
    # JSON is YAML; ruamel's own writer leaves some words unquoted that it can not read back, such as {a: ?0}.
    return json.dumps(value, ensure_ascii=False, indent=1)


def load_with(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "config"
        (folder / "competitors").mkdir(parents=True)
        (folder / "competitors" / "northbeam.yaml").write_text(dump(RIVAL))
        (folder / name).write_bytes(content)
        with contextlib.suppress(ConfigurationError):
            load_configuration(folder, CATALOGUE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(name=st.sampled_from(FILES), text=st.text(max_size=200))
@example("settings.yaml", 'a: "\\U00110000"')
@example("settings.yaml", "&a [*a]")
@example("settings.yaml", "? [a]\n: b")
@example("accounts.csv", '"')
def test_any_text_is_read_or_reported(name: str, text: str) -> None:
    load_with(name, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(FILES), content=st.binary(max_size=100))
def test_any_bytes_are_read_or_reported(name: str, content: bytes) -> None:
    load_with(name, content)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(name=st.sampled_from(FILES), tree=TREES)
def test_any_tree_is_read_or_reported(name: str, tree: object) -> None:
    load_with(name, dump(tree).encode("utf-8", "surrogatepass"))


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(
        {"name": LINE, "market": LINE, "domain": st.just("elm.example")},
        optional={
            "aliases": st.lists(LINE, max_size=4),
            "regions": st.lists(REGIONS, max_size=3),
            "products": st.lists(
                st.fixed_dictionaries({"name": LINE}, optional={"tags": st.lists(LINE, max_size=3)}),
                max_size=3,
            ),
        },
    )
)
def test_a_written_competitor_is_read_back(rival: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "config"
        (folder / "competitors").mkdir(parents=True)
        (folder / "competitors" / "elm.yaml").write_text(dump(rival), encoding="utf-8")
        (found,) = load_configuration(folder, CATALOGUE).competitors
    again = found.model_dump(mode="json", exclude={"key", "sources"}, exclude_defaults=True)
    for product in rival.get("products", []):  # type: ignore[attr-defined]
        if not product.get("tags"):
            product.pop("tags", None)
    assert again == {key: value for key, value in rival.items() if value != []}


@settings(max_examples=80, deadline=None)
@given(TREES)
def test_yaml_means_what_was_dumped(tree: object) -> None:
    report = Report("x.yaml")
    node = read_yaml(dump(tree), report)
    assert node is None or not report.problems
    if node is not None and not _holds_nothing(tree):
        assert plain(node) == tree


def _holds_nothing(tree: object) -> bool:
    """True where our reading differs on purpose: keys without value are left out, huge integers stay text."""
    if isinstance(tree, dict):
        return any(value is None or _holds_nothing(value) for value in tree.values())
    if isinstance(tree, list):
        return any(_holds_nothing(value) for value in tree)
    return isinstance(tree, (int, str)) and not isinstance(tree, bool)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=36_000)))
@example(timedelta(milliseconds=200))
@example(timedelta(weeks=2))
def test_durations_are_read_back(duration: timedelta) -> None:
    difference = parse_duration(format_duration(duration)) - duration
    # Seconds are read as a float, which is exact to the microsecond up to a century.
    assert abs(difference) <= timedelta(microseconds=1)


@given(st.integers(min_value=0, max_value=3_000_000_000))
def test_whole_seconds_are_read_back_exactly(seconds: int) -> None:
    assert parse_duration(format_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


def test_settings_survive_json() -> None:
    settings_ = CrawlSettings(delay=timedelta(milliseconds=250))
    assert CrawlSettings.model_validate_json(settings_.model_dump_json()) == settings_


@given(st.text(max_size=20))
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_duration(text) >= timedelta(0)
