"""Writes the tables of ``docs/configuration.md`` from the models, so that the page can not fall behind them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from config.catalogue import Parameter, SourceCatalogue, SourceTypeSpec
from config.durations import format_duration
from config.health import FLAG_THRESHOLDS
from config.schema import JsonSchema, json_schema
from config.vocabulary import CATEGORIES, REASON_CODES

_GENERATED = re.compile(
    r"(?P<head><!-- generated: (?P<name>[\w.*/-]+) -->\n).*?(?P<tail><!-- end -->)", re.DOTALL
)
#: Names of tables in the page, and the definition of the schema that each shows.
_DEFINITIONS = {
    "competitor": "competitors/*.yaml",
    "product": "ProductConfig",
    "step": "StepConfig",
    "account": "AccountConfig",
    "stakeholder": "StakeholderConfig",
    "salesforce": "SalesforceConfig",
    "salesforce-companies": "SalesforceCompanyFields",
    "salesforce-contacts": "SalesforceContactFields",
    "salesforce-deals": "SalesforceDealFields",
    "hubspot": "HubSpotConfig",
    "hubspot-companies": "HubSpotCompanyFields",
    "hubspot-contacts": "HubSpotContactFields",
    "hubspot-deals": "HubSpotDealFields",
    "write-back": "WriteBack",
    "zendesk": "ZendeskConfig",
    "intercom": "IntercomConfig",
    "stripe": "StripeConfig",
    "subscriber": "SubscriberConfig",
    "settings": "settings.yaml",
    "crawl": "CrawlSettings",
    "detection": "DetectionSettings",
    "threshold": "PageThreshold",
    "classify": "ClassifySettings",
    "linking": "LinkingSettings",
    "tiers": "TierSettings",
    "mail": "MailSettings",
    "retention": "RetentionSettings",
    "web": "WebSettings",
    "health": "health.yaml",
    "part": "PartConfig",
    "metric": "MetricConfig",
    "points": "PointsStepConfig",
    "computed": "ComputedConfig",
    "profile": "ProfileConfig",
    "metric-change": "MetricChangeConfig",
    "bands": "BandConfig",
    "competitors": "CompetitorExposureConfig",
    "flag": "FlagRuleConfig",
    "level": "LevelStepConfig",
    "guide": "GuideConfig",
}
_SOURCE = "Source"


def refreshed(page: str, catalogue: SourceCatalogue) -> str:
    """Return the page with every part between ``<!-- generated: name -->`` and ``<!-- end -->`` written anew.

    Raises: KeyError for a name that means no table.
    """
    tables = _tables(catalogue)

    def write(match: re.Match[str]) -> str:
        return f"{match['head']}{tables[match['name']]()}{match['tail']}"

    return _GENERATED.sub(write, page)


def _tables(catalogue: SourceCatalogue) -> dict[str, Callable[[], str]]:
    definitions: JsonSchema = json_schema()["$defs"]
    tables: dict[str, Callable[[], str]] = {
        name: lambda model=model: _keys(definitions[model], definitions)  # type: ignore[misc]
        for name, model in _DEFINITIONS.items()
    }
    tables["source"] = lambda: _keys(definitions[_SOURCE], definitions)
    tables["types"] = lambda: _types(catalogue)
    tables["flags"] = _flags
    tables["categories"] = lambda: _listed(CATEGORIES)
    tables["reasons"] = lambda: _listed(REASON_CODES)
    return tables


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) + "\n"


def _keys(schema: JsonSchema, definitions: JsonSchema) -> str:
    required = schema.get("required", [])
    rows = []
    for key, value in schema["properties"].items():
        default = "**needed**" if key in required else _default(value)
        rows.append((f"`{key}`", _about(value), _kind(value, definitions), default, _example(value)))
    return _table(("key", "what it is", "takes", "without it", "example"), rows)


def _about(value: JsonSchema) -> str:
    return str(value.get("description", ""))


def _default(value: JsonSchema) -> str:
    default = value.get("default")
    if default is None or default in ("", [], {}):
        return "–"
    return f"`{_inline(default)}`"


def _example(value: JsonSchema) -> str:
    examples = value.get("examples", [])
    is_duration = len(examples) > 1
    return f"`{_inline(examples[0])}`" if examples and not is_duration else ""


def _inline(value: object) -> str:
    """Return the value as YAML on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_inline(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    # "#" begins a comment in YAML.
    needs_quotes = isinstance(value, str) and value[:1] in "#*&!%@"
    return (
        str(value) if isinstance(value, str) and not needs_quotes else json.dumps(value, ensure_ascii=False)
    )


def _kind(value: JsonSchema, definitions: JsonSchema) -> str:
    if "$ref" in value:
        target = definitions[value["$ref"].rpartition("/")[2]]
        return _kind(target, definitions)
    if "anyOf" in value:
        kinds = [_kind(option, definitions) for option in value["anyOf"] if option.get("type") != "null"]
        # pydantic takes an amount as text as well; people need not know.
        is_amount = any(kind.startswith("number") for kind in kinds)
        return " or ".join(dict.fromkeys(kind for kind in kinds if not (is_amount and kind == "text")))
    if "enum" in value or "const" in value:
        return ", ".join(f"`{word}`" for word in value.get("enum", [value.get("const")]))
    if value.get("type") == "array":
        return _list_kind(value, definitions)
    return _simple_kind(value)


def _list_kind(value: JsonSchema, definitions: JsonSchema) -> str:
    inner = _kind(value.get("items", {}), definitions)
    return f"list of {inner}" if inner.startswith("`") else "list"


def _simple_kind(value: JsonSchema) -> str:
    kind, pattern = value.get("type"), str(value.get("pattern", ""))
    if kind == "string":
        if "smhdw" in pattern:
            return "time"
        return "date" if value.get("format") == "date" else "text"
    if kind in ("integer", "number"):
        return ("whole number" if kind == "integer" else "number") + _range(value)
    return {"boolean": "`true`, `false`", "object": "keys", None: "text"}.get(kind, str(kind))


def _range(value: JsonSchema) -> str:
    low = value.get("minimum", value.get("exclusiveMinimum"))
    high = value.get("maximum", value.get("exclusiveMaximum"))
    if low is None and high is None:
        return ""
    if high is None:
        return f", above {low:g}" if "exclusiveMinimum" in value else f", {low:g} or more"
    return f", {low or 0:g} to {high:g}"


def _types(catalogue: SourceCatalogue) -> str:
    rows = [
        (
            ", ".join(f"`{name}`" for name in (spec.name, *spec.aliases)),
            spec.about,
            format_duration(spec.default_every),
            _own_keys(spec),
        )
        for spec in catalogue.types.values()
    ]
    return _table(("type", "what it is", "looks every", "its keys"), rows)


def _own_keys(spec: SourceTypeSpec) -> str:
    keys = ["`url`"] if spec.url_required else []
    return "; ".join(keys + [_own_key(parameter) for parameter in spec.parameters])


def _own_key(parameter: Parameter) -> str:
    needed = "" if parameter.required else ", optional"
    example = f", such as `{parameter.example}`" if parameter.example else ""
    return f"`{parameter.name}`: {parameter.about}{needed}{example}"


def _flags() -> str:
    rows = [(f"`{code}`", meaning or "takes none") for code, meaning in FLAG_THRESHOLDS.items()]
    return _table(("code", "what `at_least` counts"), rows)
