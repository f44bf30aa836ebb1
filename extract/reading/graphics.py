"""Names of logos: from the alternative text, title, label or file name of a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from extract.values.normalise import fold

LOGO_WORDS = frozenset({
    "logo", "logos", "customer", "customers", "client", "clients", "partner", "partners", "brand",
    "brands", "sponsor", "sponsors", "trusted", "powered", "users", "integration", "integrations",
    "backers", "investors", "members", "companies",
})  # fmt: skip
WALL_WORDS = LOGO_WORDS - {"logo", "brand", "powered", "company"}
#: So many pictures side by side, with no text between them, are a wall of logos.
WALL = 3
WALL_SHARE = 0.75  # of the children of a wall that are pictures and nothing else
NAME_WORDS = 6  # longer alternative texts describe a photograph
CLIMB = 4  # elements between a picture and the wall it hangs on
#: Headings that promise the names of others.
ABOUT_NAMES = re.compile(
    r"\b(?:customers?|clients?|partners?|sponsors?|integrations?|trusted by|used by|powered by|works with|kunden|"
    r"partner|clientes?|socios|partenaires|r\u00e9f\u00e9rences|referenzen|kunder|partners?)\b",
    re.I,
)
_FILE_NAME = re.compile(r"([^/?#]+?)(?:\.(?:svg|png|jpe?g|webp|gif|avif))?(?:[?#].*)?$", re.I)
_LOGO_ADDRESS = re.compile(r"logos?\b|/(?:clients?|customers?|partners?)/", re.I)
_LAZY = ("data-src", "data-lazy-src", "data-original", "src")
#: Labels of buttons and of the site's own pages elsewhere, which hang in rows too.
_NO_LOGO = re.compile(
    r"(?:linkedin|twitter|x|facebook|instagram|youtube|github|mastodon|tiktok|xing|rss|slack community|discord|"
    r"bluesky|medium|threads|e-?mail|phone|menu|search|close|open|play|pause|next|previous|prev|back|check(?:mark)?|"
    r"arrow.*|chevron.*|icon|image|photo|star|stars|quote|tick|cross|share|copy|download|app store|google play)\W*",
    re.I,
)
_FILE_NOISE = frozenset({
    "logo", "logos", "color", "colour", "white", "black", "dark", "light", "grey", "gray", "icon", "img",
    "image", "rgb", "small", "large", "brand", "full", "min",
})  # fmt: skip


@dataclass
class Walls:
    """Knows which elements are walls of logos; asks each of them once."""

    _known: dict[etree._Element, bool] = field(default_factory=dict)

    def holds(self, picture: etree._Element) -> bool:
        """Return whether a picture hangs among others of its kind, with no text between them."""
        node = picture
        for _ in range(CLIMB):
            parent = node.getparent()
            if parent is None or (parent.text or "").strip():
                return False
            if len(parent) >= WALL:
                if parent not in self._known:
                    self._known[parent] = _is_wall(parent)
                return self._known[parent]
            node = parent
        return False


def logo_name(
    element: etree._Element, near: frozenset[str], walls: Walls, *, edge: bool, about_names: bool
) -> str:
    """Return the name a picture shows, or nothing if it is no logo.

    ``near`` are the class words around it; ``edge``: it stands in the page's head or foot; ``about_names``: the heading
    above promises customers or partners.
    """
    name = given_name(element)
    source = source_of(element)
    named = bool(near & LOGO_WORDS) or "logo" in name.lower() or bool(_LOGO_ADDRESS.search(source))
    # A lone logo in the head or foot of a page is the site's own.
    if edge and not near & WALL_WORDS:
        return ""
    if not named and not (_may_be_name(name) and (about_names or walls.holds(element))):
        return ""
    if not name and element.tag == "img" and (match := _FILE_NAME.search(source)):
        name = name_from_file(match.group(1))
    return "" if _NO_LOGO.fullmatch(name) else name


def given_name(element: etree._Element) -> str:
    """Return what a picture calls itself."""
    title = element.find("{*}title") if element.tag == "svg" else None
    own = element.get("alt") or element.get("aria-label") or element.get("title") or ""
    return fold(own or ("".join(title.itertext()) if title is not None else ""))


def source_of(element: etree._Element) -> str:
    """Return the address of a picture; one that is loaded late names it in another attribute."""
    found = (element.get(name) or "" for name in _LAZY)
    return next((source for source in found if source and not source.startswith("data:")), "")


def name_from_file(stem: str) -> str:
    """Return the name in ``66a1_Harbour-Bank-Logo``, without sizes, colours and digests."""
    words = re.split(r"[-_.\s%]+", re.sub(r"(?i)@\dx|\b\d+x\d*\b|[0-9a-f]{8,}", " ", stem))
    kept = [word for word in words if word and word.lower() not in _FILE_NOISE]
    lasting = [
        word for word in kept if not re.fullmatch(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{3,}|\d{3,}", word, re.I)
    ]
    name = " ".join(lasting or kept)
    return name.title() if len(name) > 2 and re.search(r"[^\W\d_]{3}", name, re.I) else ""


def _may_be_name(name: str) -> bool:
    return bool(name) and len(name.split()) <= NAME_WORDS and not name.endswith((".", "!", "?"))


def _is_wall(parent: etree._Element) -> bool:
    children = [child for child in parent if isinstance(child.tag, str)]
    pictures = sum(_is_picture(child) for child in children)
    return pictures >= WALL and pictures >= WALL_SHARE * len(children)


def _is_picture(element: etree._Element) -> bool:
    """Return whether an element shows one picture and no text."""
    found = 1 if element.tag in ("img", "svg") else sum(1 for _ in element.iter("img", "svg", "{*}svg"))
    if not found and not (element.get("aria-label") or element.find("*[@aria-label]") is not None):
        return False
    return found <= 2 and not _shows_text(element)


def _shows_text(element: etree._Element) -> bool:
    if element.tag in ("svg", "style", "script", "noscript"):
        return False
    if (element.text or "").strip():
        return True
    return any(
        (isinstance(child.tag, str) and _shows_text(child)) or bool((child.tail or "").strip())
        for child in element
    )
