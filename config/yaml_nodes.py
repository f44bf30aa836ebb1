"""Reads YAML 1.2 into the tree of `config.nodes`.

The composer of ruamel.yaml gives every scalar with its place and its text as written; plain words are read here, by
the core schema of YAML 1.2, so that a file can not switch to the old rules, by which ``NO`` is false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from config.nodes import START, Items, Mapping, Node, Place, Scalar, ScalarValue
from config.report import Report
from config.yaml_syntax import explain

#: Levels of nesting; the deepest file that makes sense has six.
MAX_DEPTH = 30
#: Values that aliases may repeat. Sharing one list of selectors among a hundred sources takes some hundred; a bomb
#: reaches billions.
MAX_REPEATED = 10_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, ScalarValue] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_PLAIN_TAG = "tag:yaml.org,2002:"
_STRING_TAG = _PLAIN_TAG + "str"


class _BombError(Exception):
    """Aliases make the file larger than any honest one, or contain themselves."""

    def __init__(self, place: Place) -> None:
        self.place = place


def read_yaml(text: str, report: Report) -> Node | None:
    """Return the tree of the file; None if it is empty or its syntax is broken (which is reported)."""
    root = _compose(text, report)
    if root is None:
        return None
    try:
        return _Reader(report).node(root, 0)
    except _BombError as stop:
        report.add(
            stop.place,
            "aliases (*name) blow the file up beyond all measure",
            remedy="write the values out instead of using & and *",
        )
        return None


def _compose(text: str, report: Report) -> YamlNode | None:
    yaml = YAML(typ="safe", pure=True)  # "rt" marks the folds of a folded text with U+0007 inside it
    yaml.max_depth = MAX_DEPTH
    yaml.composer.warn_double_anchors = False
    try:
        root: YamlNode | None = yaml.compose(text)
    except MaxDepthExceededError as error:
        report.add(_place(error.problem_mark), f"nested deeper than {MAX_DEPTH} levels", remedy="flatten it")
    except MarkedYAMLError as error:
        mark, message, remedy = explain(error)
        report.add(_place(mark), message, remedy=remedy)
    except (YAMLError, ValueError, OverflowError) as error:
        # ValueError: an escape such as "\U00110000", which is no character.
        report.add(START, f"not readable as YAML: {error}", remedy="check quotation marks and backslashes")
    else:
        return root
    return None


def _place(mark: object) -> Place:
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return Place(line + 1, column + 1)


@dataclass(slots=True)
class _Reader:
    """Turns the composer's nodes into ours; counts repeated ones, because an alias repeats all below its anchor."""

    report: Report
    repeated: int = 0
    seen: set[int] = field(default_factory=set)

    def node(self, node: YamlNode, depth: int) -> Node:
        self.repeated += id(node) in self.seen
        self.seen.add(id(node))
        if self.repeated > MAX_REPEATED or depth > MAX_DEPTH:
            raise _BombError(_place(node.start_mark))
        self._check_tag(node)
        if isinstance(node, MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, SequenceNode):
            items = tuple(self.node(item, depth + 1) for item in node.value)
            return Items(place=_place(node.start_mark), items=items)
        return _scalar(node) if isinstance(node, ScalarNode) else Scalar(place=START, value=None, text="")

    def _mapping(self, node: MappingNode, depth: int) -> Mapping:
        mapping = Mapping(place=_place(node.start_mark))
        for key_node, value_node in node.value:
            place = _place(key_node.start_mark)
            if not isinstance(key_node, ScalarNode):
                self.report.add(place, "a key must be a word", remedy="write key: value")
                continue
            key = key_node.value
            if key in mapping.entries:
                first = mapping.keys[key].line
                self.report.add(
                    place,
                    f"the key '{key}' is here twice",
                    found=key,
                    remedy=f"keep this one or line {first}",
                )
                continue
            if key == "<<":
                self.report.add(place, "merging with '<<' is not supported", remedy="write the keys out")
                continue
            mapping.entries[key], mapping.keys[key] = self.node(value_node, depth + 1), place
        return mapping

    def _check_tag(self, node: YamlNode) -> None:
        tag = str(node.tag)
        if not tag.startswith(_PLAIN_TAG) or "python" in tag:
            self.report.add(
                _place(node.start_mark),
                "tags have no meaning here",
                found=tag,
                remedy="put the value in quotes if it begins with '!', else delete the tag",
            )


def _scalar(node: ScalarNode) -> Scalar:
    text = str(node.value)
    is_text = node.style in ("'", '"', "|", ">") or str(node.tag) == _STRING_TAG
    return Scalar(place=_place(node.start_mark), value=text if is_text else plain_value(text), text=text)


def plain_value(text: str) -> ScalarValue:
    """Return what an unquoted word means by the core schema of YAML 1.2; dates stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
