"""``compare`` and ``extract``: what the pipeline sees in files."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.context import context_of, require_file
from service.output import print_json, print_text

if TYPE_CHECKING:
    from extract.document import Document
    from store.kinds import PageType
    from store.records import Difference, FactChange

UrlOption = Annotated[str, typer.Option(help="The page's address; helps to find its type.")]
TypeOption = Annotated[
    str | None, typer.Option("--type", help="Page type (pricing, team, …); guessed if absent.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(compare)
    app.command()(extract)


def compare(
    context: typer.Context,
    before: Path,
    after: Path,
    url: UrlOption = "",
    page_type: TypeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the change between two files, as the pipeline sees it."""
    from extract.compare import compare_documents
    from extract.read import read_pair

    left, right = read_pair(
        require_file(before).read_bytes(),
        require_file(after).read_bytes(),
        url=url,
        content_type=guess_content_type(before),
        page_type=parse_page_type(page_type),
    )
    difference = compare_documents(left, right)
    if as_json or context_of(context).as_json:
        print_json(difference.to_json())
    else:
        print_text(describe(difference))


def extract(
    context: typer.Context,
    file: Path,
    url: UrlOption = "",
    page_type: TypeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show main text, blocks, facts and page type of one file."""
    from extract.document import document_to_json

    result = document_to_json(read_file(file, url, parse_page_type(page_type)))
    if as_json or context_of(context).as_json:
        print_json(result)
        return
    print_text(f"page type: {result['page_type']}")
    print_text(f"title: {result.get('title') or '-'}")
    for fact in result["facts"]:
        print_text(f"fact: {fact}")
    print_text(f"\n{result['main_text']}")


def parse_page_type(text: str | None) -> PageType | None:
    """Return the page type of that name. Raises: BadParameter naming the known ones."""
    from store.kinds import PageType

    if text is None:
        return None
    try:
        return PageType(text)
    except ValueError:
        known = ", ".join(kind.value for kind in PageType)
        raise typer.BadParameter(f"unknown page type {text!r}; known are {known}") from None


def read_file(path: Path, url: str, page_type: PageType | None) -> Document:
    """Return the document in a file; its content type is guessed from the ending."""
    from extract.read import read_document

    body = require_file(path).read_bytes()
    return read_document(body, url=url, content_type=guess_content_type(path), page_type=page_type)


def guess_content_type(path: Path) -> str | None:
    """Return the content type that a file's ending stands for."""
    known = {".md": "text/markdown", ".markdown": "text/markdown"}
    return known.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]


def describe(difference: Difference) -> str:
    """Return a difference as lines for people."""
    if not difference.changed:
        dropped = sorted({item.reason for item in difference.suppressed})
        return "no change" + (f" (noise only: {', '.join(dropped)})" if dropped else "")
    lines = [f"page type: {difference.page_type.value}"]
    lines += [
        f"fact {fact.action.value}: {fact.kind.value} {fact.name}{_sides(fact)}" for fact in difference.facts
    ]
    lines += [f"- {text}" for text in difference.removed]
    lines += [f"+ {text}" for text in difference.added]
    return "\n".join(lines)


def _sides(fact: FactChange) -> str:
    sides = [_attributes(side) for side in (fact.before, fact.after) if side]
    return f" ({' → '.join(sides)})" if any(sides) else ""


def _attributes(side: Mapping[str, str]) -> str:
    return ", ".join(
        f"{name} {value}" for name, value in side.items() if name not in ("text", "url") and value
    )
