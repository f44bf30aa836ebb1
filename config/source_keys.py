"""The name under which a source is kept: made of its type and address alone, so that its neighbours do not matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from config.catalogue import SourceTypeSpec
from config.competitors import ParameterValue
from config.complaints import slug

#: Longest slug; with rival and type the key stays below the 200 characters that the store gives it.
MAX_SLUG = 60
_SIMPLE_PATH = re.compile(r"[a-z0-9-]*(?:/[a-z0-9-]+)*")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|xml|json|rss|atom)$")


def source_name(spec: SourceTypeSpec, url: str, parameters: Mapping[str, ParameterValue], domain: str) -> str:
    """Return the part of a source's key after the rival's: ``pricing``, ``terms-legal-privacy``, ``edgar-320193``.

    A slug loses letters; where it lost some, a digest of the address follows, so that two addresses stay two.
    """
    required = [str(parameters[p.name]) for p in spec.parameters if p.required and p.name in parameters]
    if required:
        tail = _cut(slug(" ".join(required)), " ".join(required), lossless=True)
    elif url:
        tail = _slug_of_address(url, domain)
    else:
        tail = _cut(
            slug(" ".join(str(value) for value in parameters.values())), repr(parameters), lossless=True
        )
    return spec.name if tail in ("", spec.name) else f"{spec.name}-{tail}"


def _slug_of_address(url: str, domain: str) -> str:
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/")
    bare = _ENDING.sub("", path)
    host = _host_part((parts.hostname or "").lower(), domain)
    lossless = bool(_SIMPLE_PATH.fullmatch(bare)) and not parts.query
    return _cut(slug(f"{host} {bare} {parts.query}"), f"{path}?{parts.query}", lossless=lossless)


def _host_part(host: str, domain: str) -> str:
    """Return what tells the host from the rival's own: nothing, a subdomain, or all of a foreign host."""
    own = domain.partition(":")[0].removeprefix("www.")
    host = host.removeprefix("www.")
    if host == own:
        return ""
    return host.removesuffix("." + own)


def _cut(text: str, whole: str, *, lossless: bool) -> str:
    if lossless and len(text) <= MAX_SLUG:
        return text
    digest = hashlib.sha256(whole.encode()).hexdigest()[:6]
    return f"{text[: MAX_SLUG - 7].strip('-')}-{digest}".strip("-")
