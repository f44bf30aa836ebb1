"""Rows: of tables, and of what is marked up as one by its roles, with the labels that stand before the cells."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from extract.reading.html_likeness import table_head
from extract.reading.html_texts import leaves, text_of
from extract.values.ticks import said_by_icon

_CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The texts of a row's cells. ``labels`` are what stands before each of them, where the table has no head."""

    texts: tuple[str, ...]
    head: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    heads: bool = False


def is_row(element: etree._Element) -> bool:
    """Return whether an element that is no ``tr`` is a row of cells by its roles."""
    return element.get("role") == "row" and len(_cells(element)) > 1


def read_row(element: etree._Element) -> Row:
    """Return what a row says, cell by cell."""
    cells = _cells(element)
    texts = [text_of(cell) for cell in cells]
    pairs = [_labelled(cell) for cell in cells]
    if len(cells) > 1 and all(label for label, _ in pairs):
        labels = tuple(label for label, _ in pairs)
        return Row(texts=tuple(value for _, value in pairs), head=labels, labels=labels)
    head = table_head(element) if element.tag == "tr" else _head_by_role(element)
    if len(cells) > 1 and len(head) == len(cells):
        texts = [texts[0], *map(said_by_icon, cells[1:], texts[1:])]
    if len([text for text in texts if text]) == 1:
        texts = leaves(cells[next(i for i, text in enumerate(texts) if text)])
    heads = bool(cells) and all(cell.tag == "th" or cell.get("role") == "columnheader" for cell in cells)
    return Row(texts=tuple(texts), head=head, heads=heads)


def _cells(element: etree._Element) -> list[etree._Element]:
    return [cell for cell in element if cell.tag in ("td", "th") or cell.get("role") in _CELL_ROLES]


def _head_by_role(row: etree._Element) -> tuple[str, ...]:
    """Return the texts of the cells of the first row of a grid, if they head its columns by their roles."""
    grid = row.getparent()
    if grid is not None and grid.get("role") == "rowgroup":
        grid = grid.getparent()
    first = next((one for one in grid.iter() if one.get("role") == "row"), None) if grid is not None else None
    if first is None or first is row:
        return ()
    cells = _cells(first)
    heads = [cell for cell in cells if cell.get("role") == "columnheader" or cell.tag == "th"]
    return tuple(map(text_of, cells)) if 2 * len(heads) > len(cells) else ()


def _labelled(cell: etree._Element) -> tuple[str, str]:
    """Return the label and the value of a cell that begins with its label: ``Disk:`` and ``20 GB``; else nothing."""
    first = next(iter(cell), None)
    if first is None or not isinstance(first.tag, str) or (cell.text or "").strip():
        return "", ""
    label, whole = text_of(first), text_of(cell)
    value = whole.removeprefix(label).strip()
    return (label[:-1].strip(), value) if label.endswith(":") and len(label) > 1 and value else ("", "")
