"""Checks what a source says besides type and address: its type's own parameters, selectors and patterns."""

from __future__ import annotations

import re

from config.catalogue import Parameter, SourceTypeSpec
from config.competitors import ParameterValue, SourceEntry
from config.nodes import Items, Mapping, Node, Scalar, is_empty, scalars
from config.report import Report, did_you_mean
from config.selectors import pattern_fault, selector_fault
from config.steps import check_steps

COMMON_KEYS = frozenset(SourceEntry.model_fields)


def read_parameters(own: Mapping, spec: SourceTypeSpec, report: Report) -> dict[str, ParameterValue]:
    """Return the parameters that are right, as text (or true, false); the others are reported."""
    found: dict[str, ParameterValue] = {}
    for parameter in spec.parameters:
        node = own.entries.get(parameter.name)
        if node is not None and not is_empty(node):
            value = _parameter(parameter, node, report)
            found |= {parameter.name: value} if value not in (None, ()) else {}
    return found


def _parameter(parameter: Parameter, node: Node, report: Report) -> ParameterValue | None:
    is_nested = isinstance(node, Items) and len(filled(node)) < len(node.items)
    if isinstance(node, Mapping) or is_nested or (isinstance(node, Items) and not parameter.many):
        expected = "text or a list of texts" if parameter.many else "a single value"
        report.add(
            node.place,
            f"'{parameter.name}' must be {expected}",
            found=node,
            remedy=_example(parameter),
        )
        return None
    texts = filled(node)
    matches = [_matches(parameter, text, report) for text in texts]
    if not all(matches):
        return None
    if parameter.many:
        return tuple(text.text for text in texts)
    # Numbers stay as written: the zeros at the front of a CIK count.
    return texts[0].value if isinstance(texts[0].value, bool) else texts[0].text


def filled(node: Node) -> tuple[Scalar, ...]:
    """Return the single values of the node that are not empty."""
    return tuple(value for value in scalars(node) if value.value is not None)


def _matches(parameter: Parameter, value: Scalar, report: Report) -> bool:
    if parameter.pattern is None or re.fullmatch(parameter.pattern, value.text):
        return True
    report.add(
        value.place,
        f"'{parameter.name}' is not {parameter.about}",
        found=value,
        remedy=_example(parameter),
    )
    return False


def check_complete(
    node: Mapping, spec: SourceTypeSpec, url: str, parameters: dict[str, ParameterValue], report: Report
) -> None:
    """Report what the type needs and the source does not have."""
    if spec.url_required and not url:
        report.add(node.place, f"'url' is missing for type '{spec.name}'", remedy="add 'url: https://…'")
    for parameter in spec.parameters:
        missing = parameter.required and parameter.name not in parameters
        if missing and is_empty(node.entries.get(parameter.name)):
            report.add(
                node.place,
                f"'{parameter.name}' is missing for type '{spec.name}': {parameter.about}",
                remedy=f"add '{parameter.name}: {parameter.example or '…'}'",
            )
    if spec.one_of and not any(name in parameters or name in node.entries for name in spec.one_of):
        names = " or ".join(f"'{name}'" for name in spec.one_of)
        report.add(
            node.place,
            f"one of {names} is missing for type '{spec.name}'",
            remedy=" or ".join(
                f"'{one.name}: {one.example}'" for one in spec.parameters if one.name in spec.one_of
            ),
        )


def check_unknown(own: Mapping, spec: SourceTypeSpec, report: Report) -> None:
    """Report keys that neither all sources nor those of this type have."""
    known = {parameter.name for parameter in spec.parameters}
    for key in own.entries.keys() - known:
        report.add(
            own.keys[key],
            f"unknown key '{key[:60]}' for type '{spec.name}'",
            found=key,
            remedy=did_you_mean(key, known | COMMON_KEYS, "known keys"),
        )


def check_patterns(node: Mapping, report: Report) -> None:
    """Report selectors and patterns that can not be used."""
    for key in ("only", "ignore", "wait_for"):
        for value in scalars(node.entries.get(key)):
            if fault := selector_fault(value.text):
                report.add(
                    value.place,
                    f"'{key}' is not a CSS selector: {fault}",
                    found=value,
                    remedy="write a selector such as '#plans', '.price' or 'main table'",
                )
    for value in scalars(node.entries.get("ignore_text")):
        if fault := pattern_fault(value.text):
            report.add(
                value.place,
                f"'ignore_text' is not a pattern: {fault}",
                found=value,
                remedy="put a backslash before special characters such as ( [ * + ?",
            )
    check_steps(node.entries.get("steps"), report)
    _check_browser_keys(node, report)


def _check_browser_keys(node: Mapping, report: Report) -> None:
    """Report what only a browser can do where the source says that it uses none; by itself it means the browser."""
    render = node.entries.get("render")
    if not isinstance(render, Scalar) or render.text != "static":
        return
    for key in ("wait_for", "steps"):
        if not is_empty(node.entries.get(key)):
            report.add(node.keys[key], f"'{key}' works in a browser only", remedy="take out 'render: static'")


def _example(parameter: Parameter) -> str:
    return f"write {parameter.name}: {parameter.example}" if parameter.example else f"write {parameter.about}"
