from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.competitors import SourceConfig
from config.nodes import plain
from config.report import Report
from config.source_keys import source_name
from config.sources import SourceReader
from config.urls import same_address, url_fault
from config.yaml_nodes import read_yaml
from tests.config.kinds import CATALOGUE


def read(text: str) -> tuple[SourceConfig, ...]:
    report = Report("northbeam.yaml")
    node = read_yaml(text, report)
    reader = SourceReader(rival="northbeam", domain="northbeam.example", catalogue=CATALOGUE, report=report)
    sources = reader.read(node)
    assert not report.problems, report.problems
    return sources


def test_a_bare_address_tells_type_pace_and_name() -> None:
    (source,) = read("- https://northbeam.example/pricing\n")
    assert (source.key, source.type, source.every) == ("northbeam/pricing", "pricing", timedelta(days=1))


def test_an_address_of_a_service_becomes_its_parameters() -> None:
    (source,) = read("- https://boards.greenhouse.io/northbeam\n")
    assert (source.type, source.url, source.parameters) == ("greenhouse", "", {"board": "northbeam"})


def test_an_alias_is_the_type() -> None:
    (source,) = read("- {type: github, repo: Northbeam/SDK}\n")
    assert source.type == "github-releases"
    assert source.key == "northbeam/github-releases-northbeam-sdk"


def test_a_mapping_without_type_is_guessed_too() -> None:
    (source,) = read("- {url: https://northbeam.example/blog/rss.xml, every: 3h}\n")
    assert (source.type, source.every) == ("feed", timedelta(hours=3))


def test_steps_are_kept_in_their_order_as_they_are_written() -> None:
    (source,) = read(
        "- {url: https://northbeam.example/a, steps: [{click: '#annual'}, {click: text=More, times: 3},"
        " {fill: '#q', with: 5}, {select: '#c', with: EUR}, {wait_for: .plan}, {scroll: bottom}]}\n"
    )
    assert source.render == "auto"
    assert source.steps == (
        {"click": "#annual"},
        {"click": "text=More", "times": 3},
        {"fill": "#q", "with": "5"},
        {"select": "#c", "with": "EUR"},
        {"wait_for": ".plan"},
        {"scroll": "bottom"},
    )


@pytest.mark.parametrize("written", ["0001234567", '"0001234567"'])
def test_zeros_at_the_front_of_a_number_count(written: str) -> None:
    (source,) = read(f"- {{type: edgar, cik: {written}, forms: 8-K}}\n")
    assert source.parameters == {"cik": "0001234567", "forms": ("8-K",)}


def test_one_selector_is_a_list_of_one() -> None:
    (source,) = read("- {url: https://northbeam.example/a, only: '#plans', ignore: [.a, '.b > p']}\n")
    assert source.only == ("#plans",)
    assert source.ignore == (".a", ".b > p")


def test_two_regions_of_a_page_are_two_sources() -> None:
    text = "- {url: https://northbeam.example/a, only: '#x'}\n"
    assert len(read(text + "- {url: https://northbeam.example/a, only: '#y', name: other}\n")) == 2


SOURCES = (
    "- https://northbeam.example/pricing\n",
    "- https://northbeam.example/plans\n",
    "- https://docs.northbeam.example/terms\n",
    "- https://status.example/northbeam\n",
    "- {type: greenhouse, board: northbeam}\n",
)


def test_names_do_not_depend_on_the_neighbours() -> None:
    alone = {read(source)[0].key for source in SOURCES}
    assert len(alone) == len(SOURCES)
    for order in permutations(SOURCES, 3):
        assert {source.key for source in read("".join(order))} <= alone


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://northbeam.example/a?x=1", "https://northbeam.example/a?x=2"),
        ("https://northbeam.example/Über", "https://northbeam.example/uber"),
        ("https://northbeam.example/" + "a" * 200, "https://northbeam.example/" + "a" * 201),
        ("https://a.example/terms", "https://b.example/terms"),
        ("https://eu.northbeam.example/terms", "https://northbeam.example/terms"),
    ],
)
def test_two_addresses_have_two_names(first: str, second: str) -> None:
    spec = CATALOGUE.types["page"]
    names = {source_name(spec, url, {}, "northbeam.example") for url in (first, second)}
    assert len(names) == 2


@given(st.text(max_size=300))
def test_every_address_has_a_short_plain_name(path: str) -> None:
    spec = CATALOGUE.types["github-releases"]
    for name in (
        source_name(spec, f"https://northbeam.example/{path}".split("[")[0], {}, "northbeam.example"),
        source_name(spec, "", {"repo": path}, "northbeam.example"),
    ):
        assert len(name) <= 80
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(max_size=100))
def test_any_text_is_an_address_or_has_a_fault(text: str) -> None:
    fault = url_fault(text)
    if fault is None:
        assert same_address(text) == same_address(text.rstrip("/"))
    else:
        assert all(fault)


def test_international_and_numeric_hosts_are_addresses() -> None:
    for url in ("https://müller.example/", "http://[::1]:8080/x", "http://127.0.0.1/", "http://a_b.example/"):
        assert url_fault(url) is None


@given(st.text(max_size=200))
def test_any_sources_text_is_read_or_reported(text: str) -> None:
    report = Report("northbeam.yaml")
    node = read_yaml(text, report)
    reader = SourceReader(rival="northbeam", domain="northbeam.example", catalogue=CATALOGUE, report=report)
    reader.read(node)
    if node is not None:
        plain(node)
