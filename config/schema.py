"""JSON Schema of the configuration files, so that editors complete keys and mark mistakes while one types."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from config.accounts import AccountConfig
from config.catalogue import SourceCatalogue, SourceTypeSpec
from config.competitors import CompetitorConfig, SourceEntry
from config.connections import CONNECTION_TYPES
from config.durations import format_duration
from config.health import FLAG_THRESHOLDS, HealthConfig
from config.model import ConfigModel
from config.settings import Settings
from config.subscribers import SendTime, SubscriberConfig
from config.vocabulary import CATEGORIES, REASON_CODES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = (
    "settings.yaml",
    "health.yaml",
    "accounts.yaml",
    "connections.yaml",
    "subscribers.yaml",
    "competitors/*.yaml",
)

#: A JSON Schema; only printed and written, never read between stages.
JsonSchema = dict[str, Any]

_DURATION = TypeAdapter(timedelta)
_PLACE = "#/$defs/{model}"


def json_schema(catalogue: SourceCatalogue | None = None) -> JsonSchema:
    """Return one schema for all files: each file's own under ``$defs`` by its name, any of them at the root.

    With a catalogue, sources know their types and each type's own keys; without, any further key is allowed there.
    """
    schemas = {name: _file_schema(name, catalogue) for name in FILES}
    definitions: JsonSchema = {}
    for schema in schemas.values():
        definitions |= schema.pop("$defs", {})
    return {
        "$schema": DIALECT,
        "title": "Rivalwatch configuration",
        "description": "One of the files of a Rivalwatch configuration folder.",
        "anyOf": [{"$ref": f"#/$defs/{_pointer(name)}"} for name in FILES],
        "$defs": {**definitions, **schemas},
    }


def file_schema(name: str, catalogue: SourceCatalogue | None = None) -> JsonSchema:
    """Return the schema of one file, complete by itself. Raises: KeyError for a file that does not exist."""
    if name not in FILES:
        raise KeyError(name)
    return {"$schema": DIALECT, "title": name, **_file_schema(name, catalogue)}


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _file_schema(name: str, catalogue: SourceCatalogue | None) -> JsonSchema:
    if name == "competitors/*.yaml":
        return _competitor(catalogue)
    if name == "connections.yaml":
        return _connections()
    models: dict[str, tuple[type[ConfigModel], bool]] = {
        "settings.yaml": (Settings, False),
        "health.yaml": (HealthConfig, False),
        "accounts.yaml": (AccountConfig, True),
        "subscribers.yaml": (SubscriberConfig, True),
    }
    model, is_list = models[name]
    schema = TypeAdapter(list[model] if is_list else model).json_schema(ref_template=_PLACE)  # type: ignore[valid-type]
    _name_closed_sets(schema)
    _write_defaults_as_people_do(schema)
    return schema


def _connections() -> JsonSchema:
    kinds = [model.model_json_schema(ref_template=_PLACE) for model in CONNECTION_TYPES.values()]
    definitions: JsonSchema = {}
    for kind in kinds:
        definitions |= kind.pop("$defs", {})
    definitions |= {kind["title"]: kind for kind in kinds}
    schema: JsonSchema = {
        "type": "array",
        "items": {"anyOf": [{"$ref": _PLACE.format(model=kind["title"])} for kind in kinds]},
        "$defs": definitions,
    }
    _write_defaults_as_people_do(schema)
    return schema


def _name_closed_sets(schema: JsonSchema) -> None:
    """Add the words that the loader checks and the models do not know."""
    models = schema.get("$defs", {})
    if flag := models.get("FlagRuleConfig"):
        flag["properties"]["code"]["enum"] = sorted(FLAG_THRESHOLDS)
    if linking := models.get("LinkingSettings"):
        weights = linking["properties"]["weights"]
        weights["propertyNames"] = {"enum": list(REASON_CODES)}
        weights["additionalProperties"] = {"type": "number", "minimum": 0, "maximum": 1}
    if subscriber := models.get("SubscriberConfig"):
        for option in subscriber["properties"]["categories"]["anyOf"]:
            if option.get("type") == "array":
                option["items"] = {"enum": list(CATEGORIES)}


def _write_defaults_as_people_do(schema: JsonSchema) -> None:
    """Turn pydantic's defaults into what stands in YAML; those of whole sections only repeat their keys."""
    for owner in (schema, *schema.get("$defs", {}).values()):
        for field in owner.get("properties", {}).values():
            default = field.get("default")
            if isinstance(default, str) and "pattern" in field and default.startswith("P"):
                field["default"] = format_duration(_DURATION.validate_python(default))
            elif isinstance(default, dict) and "weekday" in default:
                field["default"] = str(SendTime.model_validate(default))
            elif isinstance(default, dict):
                del field["default"]


def _competitor(catalogue: SourceCatalogue | None) -> JsonSchema:
    schema = CompetitorConfig.model_json_schema(ref_template=_PLACE)
    definitions = schema["$defs"]
    definitions.pop("SourceConfig")
    source = _source(catalogue)
    definitions |= source.pop("$defs", {})
    definitions["Source"] = source
    del schema["properties"]["key"]
    schema["required"] = [key for key in schema["required"] if key != "key"]
    schema["properties"]["sources"]["items"] = {
        "anyOf": [
            {"type": "string", "format": "uri", "description": "An address; type and pace are guessed."},
            {"$ref": _PLACE.format(model="Source")},
        ]
    }
    return schema


def _source(catalogue: SourceCatalogue | None) -> JsonSchema:
    source = SourceEntry.model_json_schema(ref_template=_PLACE)
    if catalogue is None:
        source["additionalProperties"] = True
        return source
    source["properties"]["type"] = {
        "description": "What kind of source it is.",
        "enum": list(catalogue.names()),
    }
    for spec in catalogue.types.values():
        for parameter in spec.parameters:
            source["properties"].setdefault(parameter.name, _parameter_schema(parameter.name, catalogue))
    source["allOf"] = [_when(spec) for spec in catalogue.types.values()]
    return source


def _parameter_schema(name: str, catalogue: SourceCatalogue) -> JsonSchema:
    users = {
        spec.name: parameter.about
        for spec in catalogue.types.values()
        for parameter in spec.parameters
        if parameter.name == name
    }
    about = "; ".join(f"`{type_name}`: {text}" for type_name, text in users.items())
    return {"description": f"For {about}."}


def _when(spec: SourceTypeSpec) -> JsonSchema:
    """Return the rule that a source of this type has the keys it needs."""
    required = [parameter.name for parameter in spec.parameters if parameter.required]
    needed = [["url"]] if spec.url_required else [required, ["url"]]
    return {
        "if": {"properties": {"type": {"enum": [spec.name, *spec.aliases]}}, "required": ["type"]},
        "then": {"anyOf": [{"required": keys} for keys in needed]},
    }
