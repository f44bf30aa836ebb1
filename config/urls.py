"""Web addresses in configuration files: what is wrong with one, and when two are the same."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

Fault = tuple[str, str]

MAX_LENGTH = 2_000
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", re.ASCII)


def url_fault(text: str) -> Fault | None:
    """Return message and remedy if the text is no address that can be fetched, else None."""
    if any(character.isspace() or not character.isprintable() for character in text):
        return "the address holds a space or a control character", "write %20 for a space, or delete it"
    if len(text) > MAX_LENGTH:
        return f"the address is longer than {MAX_LENGTH} characters", "use a shorter one"
    if "://" not in text:
        return "the address has no scheme", f"write https://{text.removeprefix('//').removeprefix('https:')}"
    try:
        parts = urlsplit(text)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return "not a web address", "write https://host/path"
    return (
        _scheme_fault(parts, text)
        or _host_fault(parts)
        or (None if port_is_valid else ("the address has the port 0", "delete ':0'"))
    )


def _scheme_fault(parts: SplitResult, text: str) -> Fault | None:
    if parts.scheme in ("http", "https"):
        return None
    rest = text.partition("://")[2]
    return f"the address begins with '{text.partition('://')[0]}://'", f"write https://{rest}"


def _host_fault(parts: SplitResult) -> Fault | None:
    if "@" in parts.netloc:
        return (
            "the address holds a user name or password",
            "delete all before '@'; pages behind a login are not watched, and secrets do not belong in these files",
        )
    host = parts.hostname or ""
    if not host:
        return "the address has no host", "write https://host/path"
    try:
        ascii_host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        ascii_host = ""
    if not _HOST.fullmatch(ascii_host) or len(ascii_host) > 253:
        return "the address has no valid host name", "check the part between '//' and the next '/'"
    return None


def same_address(url: str) -> str:
    """Return the address in the form in which two spellings of one page are equal.

    Scheme, `www.`, case of the host, a default port, a last slash and the fragment make no difference.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"
