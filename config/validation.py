"""Turns a tree into a model, and what pydantic finds wrong into problems at their places."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.complaints import complaint
from config.nodes import Items, Mapping, Node, Place, Scalar, plain
from config.report import Report, did_you_mean

Model = TypeVar("Model", bound=BaseModel)


def validated(
    model: type[Model],
    node: Node,
    report: Report,
    *,
    given: MappingType[str, object] | None = None,
    hidden: frozenset[str] = frozenset(),
) -> Model | None:
    """Return the model that the node describes; None if something is wrong, which is reported.

    ``given`` are values that do not stand in the file (a key taken from its name); ``hidden`` keys of the model are
    not for the file, so that writing one is an unknown key.
    """
    if not isinstance(node, Mapping):
        found = "a list" if isinstance(node, Items) else "a single value"
        report.add(
            node.place, f"{found} where 'key: value' lines belong", found=node, remedy="write key: value"
        )
        return None
    fine = _report_hidden(model, node, report, hidden)
    errors, instance = _attempt(model, node, given or {}, hidden, frozenset())
    numbers = _numbers_for_text(node, errors)
    if numbers:
        errors, instance = _attempt(model, node, given or {}, hidden, numbers)
    for error in _most_telling(node, errors):
        _report(error, model, node, report, hidden)
    return instance if fine else None


def _report_hidden(model: type[BaseModel], node: Mapping, report: Report, hidden: frozenset[str]) -> bool:
    known = model.model_fields.keys() - hidden
    for key in hidden & node.entries.keys():
        report.add(
            node.keys[key], f"unknown key '{key}'", found=key, remedy=did_you_mean(key, known, "known keys")
        )
    return not hidden & node.entries.keys()


def _attempt(
    model: type[Model],
    node: Mapping,
    given: MappingType[str, object],
    hidden: frozenset[str],
    as_text: frozenset[Place],
) -> tuple[list[ErrorDetails], Model | None]:
    data = plain(node, as_text)
    assert isinstance(data, dict)
    try:
        return [], model.model_validate({k: v for k, v in data.items() if k not in hidden} | dict(given))
    except ValidationError as error:
        return error.errors(include_url=False), None


def _numbers_for_text(node: Node, errors: list[ErrorDetails]) -> frozenset[Place]:
    """Return the places of numbers where text belongs: ``name: 365`` means what it says."""
    places = set()
    for error in errors:
        target = locate(node, error["loc"])
        is_number = isinstance(target, Scalar) and type(target.value) in (int, float)
        if error["type"] == "string_type" and is_number:
            places.add(target.place)
    return frozenset(places)


def locate(node: Node, location: tuple[int | str, ...]) -> Node:
    """Return the deepest node on the way that pydantic names; parts that name a union's branch are skipped."""
    for part in location:
        if isinstance(node, Mapping) and part in node.entries:
            node = node.entries[str(part)]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
    return node


def _most_telling(node: Node, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Keep one error a place: of a union's branches, the one that got deepest, else the first."""
    chosen: dict[str, ErrorDetails] = {}
    for error in errors:
        field = _field(node, error)
        previous = chosen.get(field)
        if previous is None or _depth(node, error) > _depth(node, previous):
            chosen[field] = error
    return list(chosen.values())


def _field(node: Node, error: ErrorDetails) -> str:
    """Return what the error is about, the same for all branches of a union over a single value."""
    target, path = node, []
    for part in error["loc"]:
        below = locate(target, (part,))
        if below is not target:
            path.append(part)
        target = below
    if error["type"] in ("missing", "extra_forbidden"):
        path.append(f"{error['type']} {error['loc'][-1]}")
    return repr(_without_union_items(node, tuple(path), error))


def _without_union_items(
    node: Node, path: tuple[int | str, ...], error: ErrorDetails
) -> tuple[int | str, ...]:
    # Both branches of `all | list of keys` complain about a list with a bad item: one about the list, one about it.
    in_union = any(isinstance(part, str) and "[" in part for part in error["loc"])
    if in_union and path and isinstance(path[-1], int) and len(path) > 1:
        return path[:-1]
    return path


def _depth(node: Node, error: ErrorDetails) -> int:
    target, depth = node, 0
    for part in error["loc"]:
        below = locate(target, (part,))
        depth += below is not target
        target = below
    return depth


def _report(
    error: ErrorDetails, model: type[BaseModel], node: Node, report: Report, hidden: frozenset[str]
) -> None:
    location = error["loc"]
    target = locate(node, location)
    key = next((str(part) for part in reversed(location) if isinstance(part, str) and "[" not in part), "")
    if error["type"] == "extra_forbidden":
        owner = locate(node, location[:-1])
        place = owner.keys.get(key, owner.place) if isinstance(owner, Mapping) else owner.place
        known = written_keys(model_at(model, location[:-1])) - hidden
        report.add(place, f"unknown key '{key}'", found=key, remedy=did_you_mean(key, known, "known keys"))
    elif error["type"] == "missing":
        _report_missing(key, model_at(model, location[:-1]), locate(node, location[:-1]), report)
    else:
        message, remedy = complaint(error, key, target)
        report.add(target.place, message, found=target, remedy=remedy)


def _report_missing(key: str, model: type[BaseModel], owner: Node, report: Report) -> None:
    examples = model.model_fields[key].examples if key in model.model_fields else None
    line = f"'{key}: {_written(examples[0]) if examples else '…'}'"
    if isinstance(owner, Mapping) and key in owner.keys:
        report.add(owner.keys[key], f"'{key}' has no value", remedy=f"write {line}")
    else:
        report.add(owner.place, f"'{key}' is missing", remedy=f"add {line}")


def _written(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_written(item) for item in value)}]"
    return str(value)


def written_keys(model: type[BaseModel]) -> set[str]:
    """Return the model's keys as they stand in the file: ``with`` is no name that Python allows."""
    return {field.alias or name for name, field in model.model_fields.items()}


def model_at(model: type[BaseModel], location: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model to which the key at that location belongs."""
    for part in location:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        model = (_model_in(field.annotation) if field else None) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
