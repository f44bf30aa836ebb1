"""Addresses in facts: absolute, and without what a site adds to them for each visit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from store.records import Fact

_PASSING = re.compile(
    r"(?:utm_\w+|gclid|dclid|fbclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|ref|ref_src|"
    r"s?sid|session(?:_?id)?|[jp]\w*sessid|jsessionid|visitor(?:_?id)?|token|csrf(?:_?token)?|nonce)",
    re.I,
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.I)
_NO_PAGE = ("javascript:", "data:", "blob:", "about:")


def clean_link(target: str, base: str) -> str:
    """Return the absolute address of a link on the page at ``base``, without session and tracking parameters.

    A target that leads to no page gives an empty text; one that cannot be parsed is returned as it stands.
    """
    if target.strip().lower().startswith(_NO_PAGE):
        return ""
    try:
        parts = urlsplit(urljoin(base, target.strip()))
    except ValueError:
        return target
    kept = "&".join(p for p in parts.query.split("&") if not _PASSING.fullmatch(p.partition("=")[0]))
    path = _PATH_SESSION.sub("", parts.path)
    # White space before a mark stands at the end once the mark has gone.
    return urlunsplit((parts.scheme, parts.netloc, path.strip(), kept.strip(), parts.fragment.strip()))


def bare_target(target: str) -> str:
    """Return a link's target as it stands, without session and tracking parameters."""
    if "?" not in target and ";" not in target:
        return target
    path, mark, query = target.partition("?")
    kept = "&".join([part for part in query.split("&") if not _is_passing(part.partition("=")[0])])
    return (_PATH_SESSION.sub("", path) if ";" in path else path) + (mark + kept if kept else "")


@lru_cache(maxsize=4_096)
def _is_passing(name: str) -> bool:
    return _PASSING.fullmatch(name) is not None


def with_clean_link(fact: Fact, base: str) -> Fact:
    """Return a fact whose address is as `clean_link` gives it."""
    if "url" not in fact.attributes:
        return fact
    attributes: Mapping[str, str] = {**fact.attributes, "url": clean_link(fact.attributes["url"], base)}
    return replace(fact, attributes={key: value for key, value in attributes.items() if value})
