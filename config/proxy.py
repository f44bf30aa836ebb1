"""The proxy's login: from the environment, never from a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

#: ``user:password``, both as they are, without escapes.
PROXY_LOGIN = "RIVALWATCH_PROXY_LOGIN"


def proxy_with_login(address: str | None, variables: Mapping[str, str] | None = None) -> str | None:
    """Return the proxy's address with user name and password, if `PROXY_LOGIN` holds them."""
    login = (os.environ if variables is None else variables).get(PROXY_LOGIN)
    if not address or not login:
        return address
    user, _, password = login.partition(":")
    parts = urlsplit(address)
    place = f"{quote(user, safe='')}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=place))
