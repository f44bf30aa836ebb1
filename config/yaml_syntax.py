"""Says in plain words what is wrong with a file that is no YAML; the one place that reads ruamel's wording."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

Explanation = tuple[str, str]

_QUOTES = "put the whole value in quotes"
_INDENT = "give keys of one group the same indentation, and check the quotation marks in the lines above"

#: Part of ruamel's problem text, what people read, and what to do; the first that fits counts.
_BY_PROBLEM: tuple[tuple[str, Explanation], ...] = (
    ("'\\t'", ("a tab stands where only spaces may", "indent with spaces, two for each level")),
    (
        "mapping values are not allowed",
        ("a colon where none may stand", f"{_QUOTES}, or check the indentation"),
    ),
    (
        "found another document",
        ("a second document begins here", "delete the line '---'; one file holds one document"),
    ),
    ("undefined alias", ("a value that begins with '*' is read as an alias", _QUOTES)),
    ("that cannot start any token", ("a value can not begin with this character", _QUOTES)),
    ("<block end>", ("the indentation or a quotation mark is wrong here", _INDENT)),
    (
        "expected '<document start>'",
        (
            "this line does not go with what stands above it",
            "check the lines above: each must be 'key: value'",
        ),
    ),
    (
        "expected the node content",
        (
            "a comma, colon or bracket stands where a value belongs",
            "check the commas and brackets of this line",
        ),
    ),
    ("mapping keys are not allowed", ("a '?' where none may stand", _QUOTES)),
    (
        "sequence entries are not allowed",
        ("a list item '-' where none may stand", "begin the list on a line of its own"),
    ),
    (
        "unknown escape",
        ("a backslash where none may stand", "use single quotes, in which a backslash is a backslash"),
    ),
    (
        "escape sequence",
        ("a backslash where none may stand", "use single quotes, in which a backslash is a backslash"),
    ),
)

#: Part of ruamel's context text: here the mistake is where the construct began, not where the reader gave up.
_BY_CONTEXT: tuple[tuple[str, Explanation], ...] = (
    ("quoted scalar", ("a quotation mark is opened here and never closed", "close it on the same line")),
    (
        "flow sequence",
        ("a bracket '[' is opened here and not closed properly", "close it with ']', commas between items"),
    ),
    (
        "flow mapping",
        ("a brace '{' is opened here and not closed properly", "close it with '}', commas between keys"),
    ),
    ("simple key", ("this line is no 'key: value'", "write a colon and a space after the key")),
    ("alias", ("a value that begins with '*' is read as an alias", _QUOTES)),
    ("block scalar", ("'|' and '>' begin a text of several lines, which must follow below", _QUOTES)),
    ("anchor", ("a value that begins with '&' is read as an anchor", _QUOTES)),
    ("tag", ("a value that begins with '!' is read as a tag", _QUOTES)),
    ("directive", ("a line that begins with '%' is read as a directive", _QUOTES)),
)


def explain(error: MarkedYAMLError) -> tuple[object, str, str]:
    """Return the mark, message and remedy for a syntax error."""
    problem, context = str(error.problem or ""), str(error.context or "")
    for part, (message, remedy) in _BY_PROBLEM:
        if part in problem:
            return error.problem_mark, message, remedy
    for part, (message, remedy) in _BY_CONTEXT:
        if part in context:
            return error.context_mark or error.problem_mark, message, remedy
    detail = " ".join(f"{context} {problem}".split()) or "unknown reason"
    return error.problem_mark or error.context_mark, f"not readable as YAML: {detail}", _INDENT
