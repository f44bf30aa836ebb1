"""Reading other people's XML: no entities, no network, no huge trees."""

from __future__ import annotations

import gzip
import io
import zlib

from lxml import etree

from crawlers.errors import SourceError

MAX_XML_BYTES = 60_000_000  # The sitemap protocol allows 50 MB unpacked.


def read_xml(body: bytes, what: str) -> etree._Element:
    """Return the root element; namespaces are left as they are. Raises: SourceError naming ``what``."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(unpacked(body).lstrip(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise SourceError(f"not {what}: the answer is no XML")
    return root


def unpacked(body: bytes) -> bytes:
    """Return the body, gunzipped if its first bytes say gzip (names and content types often lie).

    Raises: SourceError if it is damaged or too large.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            data = stream.read(MAX_XML_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise SourceError("damaged gzip data") from None
    if len(data) > MAX_XML_BYTES:
        raise SourceError(f"larger than {MAX_XML_BYTES} bytes when unpacked")
    return data


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace, lower case; empty for comments and instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, name: str) -> str:
    """Return the whole text of the first child with that local name."""
    for child in element:
        if local_name(child) == name.lower():
            return "".join(child.itertext()).strip()
    return ""


def found_at(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements whose last ancestors and own name are ``path`` (``A/B``, any namespace), in their order."""
    names = [name.lower() for name in path.split("/")]
    return [
        one for one in element.iter(etree.Element) if local_name(one) == names[-1] and _ends_in(one, names)
    ]


def text_at(element: etree._Element, path: str) -> str:
    """Return the text of the first element at ``path``, empty if there is none."""
    first = next(iter(found_at(element, path)), None)
    return "".join(first.itertext()).strip() if first is not None else ""


def _ends_in(element: etree._Element, names: list[str]) -> bool:
    at: etree._Element | None = element
    for name in reversed(names):
        if at is None or local_name(at) != name:
            return False
        at = at.getparent()
    return True
