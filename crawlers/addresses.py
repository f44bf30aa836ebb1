"""Which addresses may be connected to: checked after name resolution, and exactly the checked one is used."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from crawlers.errors import FetchError, FetchReason

Address = IPv4Address | IPv6Address
LOOPBACK = "127.0.0.1"
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """Decides about hosts and addresses.

    ``allow_hosts`` are names, addresses or patterns such as ``*.localhost`` that may be private or loopback.
    """

    allow_hosts: tuple[str, ...] = ()

    def is_allowed_host(self, host: str) -> bool:
        """Return True if the configuration allows this host to be anywhere."""
        name = normal_host(host)
        return any(fnmatchcase(name, pattern.lower().rstrip(".")) for pattern in self.allow_hosts)

    def check_url(self, url: str) -> str:
        """Return the host of an http(s) address that may be asked for. Raises: FetchError with the reason."""
        host = host_of(url)
        literal = _literal(host)
        if literal is not None:
            self.check_address(host, literal)
        return host

    def check_address(self, host: str, address: Address) -> None:
        """Raise FetchError unless ``address`` is public or ``host`` is allowed by name."""
        if is_public(address) or self.is_allowed_host(host):
            return
        raise FetchError(
            FetchReason.UNSAFE_ADDRESS,
            f"{host} is at {address}, which is not a public address;"
            " if it is yours, name the host in crawl.allow_hosts",
        )

    async def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        """Return (address, family) pairs to connect to, all of them checked. Raises: FetchError."""
        name = normal_host(host)
        if name == "localhost" or name.endswith(".localhost"):
            found = [ip_address(LOOPBACK)]  # RFC 6761; resolvers differ, so none is asked.
        else:
            found = await look_up(name, port)
        usable = [address for address in found if is_public(address) or self.is_allowed_host(name)]
        if not usable:
            self.check_address(name, found[0])
        return [(str(one), socket.AF_INET if one.version == 4 else socket.AF_INET6) for one in usable]

    async def check_behind_proxy(self, host: str) -> None:
        """Raise FetchError for a host that is private as far as we can see; the proxy may know names that we do not."""
        try:
            await self.resolve(host, 0)
        except FetchError as error:
            if error.reason is not FetchReason.DNS:
                raise


def is_public(address: Address) -> bool:
    """Return True for addresses anybody on the internet can reach; what IPv6 wraps is judged by its content."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )


def _inner(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64 or address in _NAT64_LOCAL:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    compatible = int(address) >> 32 == 0 and int(address) > 1
    embedded = address.ipv4_mapped or address.sixtofour
    if embedded is None and address.teredo is not None:
        embedded = address.teredo[1]
    return embedded or (IPv4Address(int(address)) if compatible else None)


@lru_cache(maxsize=1_024)  # One visit asks for the host of its address several times.
def host_of(url: str) -> str:
    """Return the host of an absolute http(s) address without user name. Raises: FetchError."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise FetchError(FetchReason.BAD_ADDRESS, "the address is malformed") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(
            FetchReason.BAD_ADDRESS, f"{parts.scheme or 'no'} scheme; only http and https are fetched"
        )
    if not host:
        raise FetchError(FetchReason.BAD_ADDRESS, "the address names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(FetchReason.BAD_ADDRESS, "the address carries a user name; that is not supported")
    return normal_host(host)


def normal_host(host: str) -> str:
    """Return the host as compared: lower case, no closing dot, no brackets or zone."""
    return host.lower().rstrip(".").strip("[]").partition("%")[0]


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


async def look_up(host: str, port: int) -> list[Address]:
    """Return all addresses of a host, as the system resolves it. Raises: FetchError if there is none."""
    import asyncio  # Who only compares hosts needs no loop.

    try:
        rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found = [ip_address(str(row[4][0]).partition("%")[0]) for row in rows]
    except (OSError, UnicodeError, ValueError):
        found = []
    if not found:
        raise FetchError(FetchReason.DNS, f"the host {host} has no address; check the name")
    return list(dict.fromkeys(found))
