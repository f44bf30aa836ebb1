"""Which elements of a page stand beside the matter, by the words of their class, id, role and label."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from lxml import etree

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

COOKIE = "cookie banner"
CHAT = "chat widget"
AD = "ad"
TESTIMONIAL = "rotating testimonial"
RELATED = "rotating content"
NAVIGATION = "navigation"
VARIANT = "ab variant"
COUNTER = "counter"
STATE = "session state"

_CONSENT = {
    "consent",
    "gdpr",
    "onetrust",
    "cookiebot",
    "ccpa",
    "didomi",
    "usercentrics",
    "cookieyes",
    "osano",
    "truste",
}
_BANNER = {"banner", "notice", "bar", "popup", "modal", "dialog", "prompt", "accept", "law", "alert", "overlay", "desc",
           "message", "toast", "disclaimer", "preferences", "settings", "wall"}  # fmt: skip
_CHAT = {"intercom", "drift", "crisp", "zendesk", "hubspot", "livechat", "tawk", "tidio", "helpscout", "olark",
         "chatbot",
         "chatwidget", "beacon"}  # fmt: skip
_AD = {
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "adsbygoogle",
    "adslot",
    "adsense",
    "dfp",
    "sponsored",
}
_QUOTE = {"testimonial", "testimonials"}
_SLIDE = {"carousel", "slider", "rotator", "rotating", "swiper", "slick", "glide", "splide"}
_RELATED = {"related", "recommended", "recommendations", "recirculation", "suggested", "trending"}
_NAVIGATION = {"nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "megamenu", "topnav", "sidenav",
               "toc", "pagination", "pager", "skiplink"}  # fmt: skip
_EXPERIMENT = (
    "data-experiment",
    "data-ab",
    "data-ab-test",
    "data-abtest",
    "data-optimizely",
    "data-split-test",
    "data-vwo",
)
_VARIANT_VALUE = re.compile(
    r"(?:variant|variation|test|group)?[\s_-]*(?:[a-d]|control|treatment|\d{1,2})", re.I
)
_EXPERIMENT_WORDS = {"experiment", "abtest", "optimizely", "vwo"}
_COUNTER = {
    "counter",
    "countdown",
    "stars",
    "stargazers",
    "forks",
    "viewcount",
    "sharecount",
    "timer",
    "odometer",
}


@lru_cache(maxsize=4096)
def words_of(value: str) -> frozenset[str]:
    """Return the lower-case words of a class or id value: ``cookieBanner`` and ``cookie-banner`` alike."""
    # Generated names such as ``sc-adKjf`` hold short words by chance, so inside a name only long ones count.
    found = {word.lower() for word in _WORD.findall(value) if len(word) >= 4}
    return frozenset(found | {part.lower() for part in re.split(r"[^A-Za-z]+", value) if part})


def element_words(element: etree._Element) -> frozenset[str]:
    """Return the words of an element's class and id. Utility classes with brackets, colons or slashes
    are left out.
    """
    raw = " ".join(
        part
        for part in f"{element.get('class') or ''} {element.get('id') or ''}".split()
        if ":" not in part and "[" not in part and "/" not in part
    )
    return words_of(raw) if raw else frozenset()


def zone_of(element: etree._Element) -> str | None:
    """Return the noise an element's content makes, None if it belongs to the matter."""
    words = element_words(element)
    for reason, holds in _ZONES:
        if holds(element, words):
            return None if _holds_matter(element) else reason
    return None


def _holds_matter(element: etree._Element) -> bool:
    # Help centres wrap whole articles in their vendor's classes; a page's main part stands beside nothing.
    return element.tag in ("html", "body", "main", "article") or any(
        element.find(f".//{tag}") is not None for tag in ("main", "article", "h1")
    )


def _is_cookie(element: etree._Element, words: frozenset[str]) -> bool:
    if words & _CONSENT and element.tag not in ("html", "body", "main", "article"):
        return True
    dialog = element.get("role") in ("dialog", "alertdialog") or element.get("aria-modal") == "true"
    label = (element.get("aria-label") or "").lower()
    named = "cookie" in words or "cookies" in words
    return (named and bool(words & _BANNER or dialog)) or (dialog and "cookie" in label)


def _is_chat(element: etree._Element, words: frozenset[str]) -> bool:
    return bool(words & _CHAT) or (
        "chat" in words and bool(words & {"widget", "launcher", "bubble", "window", "box"})
    )


def _is_ad(element: etree._Element, words: frozenset[str]) -> bool:
    label = (element.get("aria-label") or "").strip().lower()
    return (
        bool(words & _AD)
        or label in ("advertisement", "ad", "ads", "sponsored")
        or any(
            name in element.attrib for name in ("data-ad", "data-ad-slot", "data-ad-client", "data-ad-unit")
        )
    )


def _is_testimonial(element: etree._Element, words: frozenset[str]) -> bool:
    if words & _QUOTE:
        return True
    return bool(words & _SLIDE) and element.find(".//blockquote") is not None


def _is_related(element: etree._Element, words: frozenset[str]) -> bool:
    return bool(words & _RELATED) and element.tag not in ("a", "span", "body", "main", "li")


def _is_navigation(element: etree._Element, words: frozenset[str]) -> bool:
    if element.tag == "nav" or element.get("role") in ("navigation", "menu", "menubar", "search"):
        return True
    return bool(words & _NAVIGATION) and element.tag in ("ul", "ol", "div", "header", "aside", "section")


def _is_variant(element: etree._Element, words: frozenset[str]) -> bool:
    if any(name in element.attrib for name in _EXPERIMENT) or words & _EXPERIMENT_WORDS:
        return True
    return bool(_VARIANT_VALUE.fullmatch(element.get("data-variant") or element.get("data-variation") or "-"))


def _is_counter(element: etree._Element, words: frozenset[str]) -> bool:
    return bool(words & _COUNTER)


_ZONES: tuple[tuple[str, Callable[[etree._Element, frozenset[str]], bool]], ...] = (
    (COOKIE, _is_cookie),
    (CHAT, _is_chat),
    (AD, _is_ad),
    (TESTIMONIAL, _is_testimonial),
    (RELATED, _is_related),
    (NAVIGATION, _is_navigation),
    (VARIANT, _is_variant),
    (COUNTER, _is_counter),
)
