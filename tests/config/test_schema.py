from __future__ import annotations

import json
import re

import pytest

from config.schema import FILES, file_schema, json_schema
from config.vocabulary import CATEGORIES, REASON_CODES
from store.kinds import Category, ReasonCode
from tests.config.kinds import CATALOGUE


def test_every_file_has_a_schema_that_is_plain_json() -> None:
    schema = json_schema(CATALOGUE)
    assert json.loads(json.dumps(schema)) == schema
    assert set(FILES) <= schema["$defs"].keys()


@pytest.mark.parametrize("catalogue", [None, CATALOGUE])
def test_every_reference_leads_somewhere(catalogue) -> None:
    for schema in (json_schema(catalogue), *(file_schema(name, catalogue) for name in FILES)):
        for pointer in re.findall(r'"\$ref": "#/\$defs/([^"]+)"', json.dumps(schema)):
            assert pointer.replace("~1", "/").replace("~0", "~") in schema["$defs"]


def test_every_key_says_what_it_is_for() -> None:
    for name, definition in json_schema(CATALOGUE)["$defs"].items():
        for key, value in definition.get("properties", {}).items():
            assert value.get("description") or "$ref" in value, (name, key)


def test_defaults_are_written_as_people_write_them() -> None:
    definitions = json_schema()["$defs"]
    assert definitions["CrawlSettings"]["properties"]["delay"]["default"] == "2s"
    assert definitions["SubscriberConfig"]["properties"]["send"]["default"] == "mon 07:00"


def test_a_competitor_s_key_is_its_file_s_name_and_no_key() -> None:
    schema = file_schema("competitors/*.yaml")
    assert "key" not in schema["properties"]
    assert set(schema["required"]) == {"name", "domain", "market"}


def test_sources_know_the_keys_of_their_types() -> None:
    source = file_schema("competitors/*.yaml", CATALOGUE)["$defs"]["Source"]
    assert {"cik", "board", "repo", "forms", "every"} <= source["properties"].keys()
    assert "github" in source["properties"]["type"]["enum"]


def test_words_of_closed_sets_are_those_of_the_store() -> None:
    assert set(CATEGORIES) == set(Category) - {Category.NONE}
    assert set(REASON_CODES) == set(ReasonCode) - {ReasonCode.RENEWAL_NEAR}
