"""Which elements of a page stand beside the matter, by the words of their class, id, role and label."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
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
CALL = "call to action"
PROMOTION = "promotion"
#: A carousel: it rotates quotes if it holds any.
_SLIDES = "slides"
BOXED = "box beside the matter"
QUOTATION = frozenset("“„«»❝")
_UTILITY = frozenset(":[]/")
#: What a quotation with an author is known by, as if its class said so.
SIGNED = "signed-quote"
_QUOTED = frozenset({"quote"})
_SIGNED = _QUOTED | {SIGNED}

LINE = 160  # characters
HERO = 320  # characters; a longer part with the page's headline is the page
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
_AD_ATTRIBUTES = ("data-ad", "data-ad-slot", "data-ad-client", "data-ad-unit")
_QUOTE = {"testimonial", "testimonials"}
SLIDE = {"carousel", "slider", "rotator", "rotating", "swiper", "slick", "glide", "splide"}
_RELATED = {"related", "recommended", "recommendations", "recirculation", "suggested", "trending"}
_PROMOTION = {"promo", "promos", "promotion", "promobar"}
#: Widgets of services that collect reviews.
_REVIEWS = {"trustpilot", "trustbox", "kiyoh", "feefo", "yotpo", "capterra", "provenexpert", "trustedshops", "ekomi",
            "judgeme", "bazaarvoice", "powerreviews", "elfsight", "trustindex", "reviewsio", "klantenvertellen",
            "opineo", "ceneo"}  # fmt: skip
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
    "data-ab-variant",
    "data-experiment-id",
    "data-experiment-name",
    "data-experiment-variant",
)
_VARIANT_VALUE = re.compile(
    r"(?:variant|variation|test|group)?[\s_-]*(?:[a-d]|control|treatment|\d{1,2})", re.I
)
#: All that a zone is known by besides its tag.
_TELLING = frozenset({
    "class", "id", "role", "aria-label", "aria-modal", "data-variant", "data-variation", *_EXPERIMENT,
    *_AD_ATTRIBUTES,
})  # fmt: skip
_EXPERIMENT_WORDS = {"experiment", "abtest", "optimizely", "vwo"}
#: Boxes that a site puts up beside its matter: what visitors are asked, posts of networks, tools to see better.
_BOXES = {
    "survey", "nps", "popup", "popover", "toast", "snackbar", "lightbox", "exitintent", "newsletter", "optin",
    "accessibility", "googletranslate", "minicart", "addtoany", "addthis", "sharethis", "smartbanner",
    "appbanner", "browserupgrade", "browsehappy", "outdatedbrowser", "disqus", "commentlist", "crumbs", "tagcloud",
    "instagramfeed", "twitterfeed", "socialfeed", "socialwall", "juicer", "curator", "feedback", "cookiebar",
    "recaptcha", "livechat", "tooltip",
}  # fmt: skip
#: Of these names two must come together, as each by itself may be the matter.
_TOGETHER = (
    ({"twitter", "instagram", "facebook", "linkedin", "social"}, {"feed", "timeline", "wall", "stream", "posts"}),
    ({"browser"}, {"upgrade", "update", "warning", "outdated"}), ({"app", "smart"}, {"banner"}),
    (
        {"geo", "country", "region", "locale", "location"},
        {"banner", "popup", "modal", "notice", "redirect", "hint", "suggestion", "prompt", "bar"},
    ),
    (
        {"lang", "language", "languages", "locale", "country", "region"},
        {"switch", "switcher", "select", "selector", "picker", "menu", "chooser", "dropdown", "toggle", "choice"},
    ),
    ({"modal", "dialog"}, {"newsletter", "subscribe", "signup", "promo", "exit"}),
)  # fmt: skip
#: Names under which, with no other, a site offers its languages; with others they may mark the language of a text.
_LANGUAGES = frozenset({"lang", "langs"})
BOX = 500  # characters; a longer part is matter whatever it is called
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


#: Prefixes of the tools that generate class names, with the digest behind them.
_GENERATED = re.compile(r"(?<!\S)(?:css|sc|jss|jsx|svelte)-[A-Za-z0-9]{1,7}(?![A-Za-z0-9])")


@lru_cache(maxsize=4096)
def words_of(value: str) -> frozenset[str]:
    """Return the lower-case words of a class or id value: ``cookieBanner`` and ``cookie-banner`` alike.

    Generated names such as ``css-ad``, ``css-ad3f9c`` or ``sc-adKjf`` hold short words by chance: what stands behind a
    tool's prefix and parts with figures do not count, and inside a part only long words do.
    """
    parts = [part for part in re.split(r"[\s_-]+", _GENERATED.sub(" ", value)) if part.isalpha()]
    inner = {word.lower() for part in parts for word in _WORD.findall(part) if len(word) >= 4}
    return frozenset(inner | {part.lower() for part in parts})


def element_words(element: etree._Element) -> frozenset[str]:
    """Return the words of an element's class and id; utility classes with brackets, colons or slashes left out."""
    attributes = element.attrib
    if element.tag == "blockquote" and (marks := _is_signed(element)):
        return marks | class_words(f"{attributes.get('class', '')} {attributes.get('id', '')}")
    if not attributes:
        return frozenset()
    return class_words(f"{attributes.get('class', '')} {attributes.get('id', '')}")


def _is_signed(quote: etree._Element) -> frozenset[str]:
    """Return what the markup of a quotation is known by, if it says whose it is or has a line behind it that may."""
    parent, behind = quote.getparent(), quote.getnext()
    if (
        next(quote.iter("cite", "footer", "figcaption"), None) is not None
        or (parent is not None and parent.tag == "figure")
        or (parent is not None and next(parent.iterchildren("cite", "figcaption"), None) is not None)
    ):
        return _SIGNED
    return _QUOTED if behind is not None and behind.tag in ("p", "div", "span", "footer") else frozenset()


@lru_cache(maxsize=8192)
def class_words(classes: str) -> frozenset[str]:
    """Return the words of a class and id value; utility classes with brackets, colons or slashes left out."""
    kept = [part for part in classes.split() if not set(part) & _UTILITY]
    return words_of(" ".join(kept)) if kept else frozenset()


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element says of itself: all that a zone is known by."""

    tag: str
    classes: str
    role: str
    label: str
    modal: bool
    experiment: bool
    variant: str
    advertising: bool


def zone_of(element: etree._Element) -> str | None:
    """Return the noise an element's content makes, None if it belongs to the matter."""
    looks = tuple([item for item in element.items() if item[0] in _TELLING])
    if not looks and element.tag not in ("nav", "aside"):
        return None
    reason = _zone_by_looks(element.tag, looks)
    if reason is None:
        return None
    if reason == _SLIDES:
        reason = TESTIMONIAL if _holds_quotes(element) else None
    if reason == BOXED and not _is_shorter(element, BOX):
        return None
    if reason == PROMOTION and not _is_line(element):
        return None
    if reason == VARIANT and element.tag in ("section", "div"):
        return None if _holds_matter(element) and not _is_hero(element) else reason
    return None if reason is None or _holds_matter(element) else reason


@lru_cache(maxsize=16_384)
def _zone_by_looks(tag: str, items: tuple[tuple[str, str], ...]) -> str | None:
    attributes = dict(items)
    get = attributes.get
    return _zone_of(
        _Look(
            tag,
            f"{get('class', '')} {get('id', '')}",
            get("role", ""),
            get("aria-label", "").strip().lower(),
            get("aria-modal") == "true",
            any(name in attributes for name in _EXPERIMENT),
            get("data-variant") or get("data-variation") or "",
            any(name in attributes for name in _AD_ATTRIBUTES),
        )
    )


def _holds_quotes(element: etree._Element) -> bool:
    """Return whether a carousel shows what people said: marked up as quotations, or between quotation marks."""
    if next(element.iter("blockquote", "q", "cite"), None) is not None:
        return True
    return any(text.strip()[:1] in QUOTATION for text in element.itertext() if len(text.strip()) > 1)


def _is_line(element: etree._Element) -> bool:
    """Return whether an element is a line or two: an aside with more to say may be part of the matter."""
    return _is_shorter(element, LINE)


def _is_shorter(element: etree._Element, limit: int) -> bool:
    total = 0
    for text in element.itertext():
        total += len(text.strip())
        if total > limit:
            return False
    return True


def _is_hero(element: etree._Element) -> bool:
    """Return whether an element is a headline with a line or two: what is tried most, and no page in itself."""
    parts = element.iter("main", "article", "h2", "h3", "ul", "ol", "table", "img", "section")
    if any(part is not element for part in parts):
        return False
    return sum(len(text.strip()) for text in element.itertext()) <= HERO


def _holds_matter(element: etree._Element) -> bool:
    # Help centres wrap whole articles in their vendor's classes; a page's main part stands beside nothing.
    return element.tag in ("html", "body", "main", "article") or any(
        element.find(f".//{tag}") is not None for tag in ("main", "article", "h1")
    )


@lru_cache(maxsize=8192)
def _zone_of(look: _Look) -> str | None:
    words = class_words(look.classes)
    return next((reason for reason, holds in _ZONES if holds(look, words)), None)


def _is_cookie(look: _Look, words: frozenset[str]) -> bool:
    if words & _CONSENT:
        return True
    dialog = look.role in ("dialog", "alertdialog") or look.modal
    named = "cookie" in words or "cookies" in words
    return (named and (bool(words & _BANNER) or dialog)) or (dialog and "cookie" in look.label)


def _is_chat(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & _CHAT) or (
        "chat" in words and bool(words & {"widget", "launcher", "bubble", "window", "box"})
    )


def _is_ad(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & _AD) or look.label in ("advertisement", "ad", "ads", "sponsored") or look.advertising


def _is_testimonial(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & _QUOTE) or bool(words & _REVIEWS)


def _is_related(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & _RELATED) and look.tag not in ("a", "span", "body", "main", "li")


def _is_navigation(look: _Look, words: frozenset[str]) -> bool:
    if look.tag == "nav" or look.role in ("navigation", "menu", "menubar", "search"):
        return True
    return bool(words & _NAVIGATION) and look.tag in ("ul", "ol", "div", "header", "aside", "section")


def _is_variant(look: _Look, words: frozenset[str]) -> bool:
    if look.experiment or words & _EXPERIMENT_WORDS:
        return True
    return bool(_VARIANT_VALUE.fullmatch(look.variant or "-"))


def _is_counter(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & _COUNTER)


def _is_promotion(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & _PROMOTION) or look.tag == "aside" or look.role == "complementary"


def _is_box(look: _Look, words: frozenset[str]) -> bool:
    if look.tag in ("body", "main", "html", "h1", "h2", "h3"):
        return False
    if words and words <= _LANGUAGES:
        return look.tag in ("ul", "ol", "div")
    if words & _BOXES or look.modal or look.role == "tooltip":
        return True
    return any(words & one and words & other for one, other in _TOGETHER)


def _is_slide(look: _Look, words: frozenset[str]) -> bool:
    return bool(words & SLIDE)


_ZONES: tuple[tuple[str, Callable[[_Look, frozenset[str]], bool]], ...] = (
    (COOKIE, _is_cookie),
    (CHAT, _is_chat),
    (AD, _is_ad),
    (TESTIMONIAL, _is_testimonial),
    (RELATED, _is_related),
    (NAVIGATION, _is_navigation),
    (VARIANT, _is_variant),
    (COUNTER, _is_counter),
    (_SLIDES, _is_slide),
    (BOXED, _is_box),
    (PROMOTION, _is_promotion),
)
