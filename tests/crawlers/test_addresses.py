# ruff: noqa: E501  (a table reads better in one line a row)
"""No way leads inward: addresses, names, redirects, wrapped and odd forms."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.utils.test import get_crawler

from crawlers import addresses
from crawlers.addresses import AddressGuard, is_public
from crawlers.download import CheckedDownloadHandler
from crawlers.errors import FetchError, FetchReason
from crawlers.guard_proxy import GuardProxy
from crawlers.scrapy_settings import scrapy_settings
from store.kinds import FetchState
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page

INWARD = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1",
    "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::1", "::7f00:1", "2001:db8::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", INWARD)
def test_inward_addresses_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
)
def test_public_addresses_pass(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_in_ipv6_changes_nothing(address: object) -> None:
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ip_address(wrapped)) == is_public(address)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", FetchReason.UNSAFE_ADDRESS),
        ("http://[::1]/", FetchReason.UNSAFE_ADDRESS),
        ("http://[::ffff:7f00:1]/", FetchReason.UNSAFE_ADDRESS),
        ("http://[fe80::1%25eth0]/", FetchReason.UNSAFE_ADDRESS),
        ("http://169.254.169.254/latest/meta-data", FetchReason.UNSAFE_ADDRESS),
        ("ftp://northbeam.example/", FetchReason.BAD_ADDRESS),
        ("file:///etc/passwd", FetchReason.BAD_ADDRESS),
        ("gopher://x", FetchReason.BAD_ADDRESS),
        ("http://user:pass@northbeam.example/", FetchReason.BAD_ADDRESS),
        ("http:///nohost", FetchReason.BAD_ADDRESS),
        ("http://host:99999/", FetchReason.BAD_ADDRESS),
        ("http://[broken/", FetchReason.BAD_ADDRESS),
    ],
)
def test_addresses_are_refused_before_any_request(url: str, reason: FetchReason) -> None:
    with pytest.raises(FetchError) as caught:
        AddressGuard().check_url(url)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    "host",
    ["localhost", "site.localhost", "SITE.LOCALHOST.", "127.1", "0x7f000001", "2130706433", "017700000001"],
)
def test_names_and_odd_numbers_for_loopback_are_refused_after_resolution(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        asyncio.run(AddressGuard().resolve(host, 80))
    assert caught.value.reason in (FetchReason.UNSAFE_ADDRESS, FetchReason.DNS)


def test_allowed_hosts_are_allowed_by_name_only() -> None:
    guard = AddressGuard(("*.localhost", "10.0.0.5"))
    assert asyncio.run(guard.resolve("a.localhost", 80)) == [("127.0.0.1", 2)]
    assert guard.check_url("http://10.0.0.5/") == "10.0.0.5"
    for url in ("http://127.0.0.1/", "http://10.0.0.6/"):
        with pytest.raises(FetchError):
            guard.check_url(url)
    with pytest.raises(FetchError):
        asyncio.run(guard.resolve("localhost", 80))
    with pytest.raises(FetchError):
        asyncio.run(guard.resolve("evil-localhost", 80))


def test_of_mixed_answers_only_the_public_addresses_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def mixed(host: str, port: int) -> list[object]:
        return [ip_address("10.0.0.1"), ip_address("93.184.215.14")]

    monkeypatch.setattr(addresses, "look_up", mixed)
    assert asyncio.run(AddressGuard().resolve("rebinding.example", 80)) == [("93.184.215.14", 2)]


@pytest.fixture
def rebinding(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A resolver that names a public address first and loopback ever after; what is connected to is written down."""
    answers = iter(["93.184.215.14"])
    connected: list[str] = []

    async def look_up(host: str, port: int) -> list[object]:
        return [ip_address(next(answers, "127.0.0.1"))]

    async def connect(loop: object, sock: object, address: tuple[str, int]) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(addresses, "look_up", look_up)
    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    return connected


def test_a_name_that_turns_private_is_connected_to_where_it_was_checked_and_never_again(
    rebinding: list[str],
) -> None:
    async def ask() -> list[FetchReason]:
        handler = CheckedDownloadHandler(get_crawler(settings_dict=scrapy_settings(QUICK)))
        reasons = []
        for port in (80, 81):  # Another port, for aiohttp remembers a name's addresses by both.
            with pytest.raises(FetchError) as caught:
                await handler.download_request(Request(f"http://rebinding.example:{port}/"))
            reasons.append(caught.value.reason)
        await handler.close()
        return reasons

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        reasons = runner.run(ask())
    assert reasons == [FetchReason.REFUSED, FetchReason.UNSAFE_ADDRESS]
    assert rebinding == ["93.184.215.14"]


def test_the_browser_too_is_connected_to_the_address_that_was_checked(rebinding: list[str]) -> None:
    async def ask() -> list[bytes]:
        proxy = GuardProxy(AddressGuard(), 1_000)
        heads = []
        for _ in range(2):
            reader, writer = asyncio.StreamReader(), _Written()
            reader.feed_data(b"GET http://rebinding.example/ HTTP/1.1\r\n\r\n")
            await proxy._serve(reader, writer)  # type: ignore[arg-type]
            heads.append(writer.data)
        return heads

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        heads = runner.run(ask())
    assert [FetchReason.REFUSED.encode() in heads[0], FetchReason.UNSAFE_ADDRESS.encode() in heads[1]] == [
        True,
        True,
    ]
    assert rebinding == ["93.184.215.14"]


class _Written:
    """What a connection was told."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += data

    async def drain(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_an_address_with_a_login_is_never_asked(site: Site, watch: Watch) -> None:
    address = site.url("/a").replace("http://", "http://user:secret@")
    site.routes["/hop"] = Reply(status=302, headers={"Location": address})
    watch.sources(watch.page("own", address), watch.page("hop", site.url("/hop")))
    found = watch.look_at()
    assert [found[name][0] for name in ("own", "hop")] == [FetchState.BROKEN] * 2
    assert "user name" in str(found["own"][1])
    assert "secret" not in "".join(str(reason) for _, reason in found.values())
    assert site.asked["/a"] == 0


def test_without_permission_loopback_is_never_asked(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page())
    watch.sources(watch.page("name", site.url("/a")), watch.page("number", site.url("/a", "127.0.0.1")))
    found = watch.look_at(QUICK.model_copy(update={"allow_hosts": ()}))
    assert {state for state, _ in found.values()} == {FetchState.BROKEN}
    assert all(str(reason).startswith("unsafe-address") for _, reason in found.values())
    assert "crawl.allow_hosts" in str(found["name"][1])
    assert not site.asked


def test_behind_a_proxy_names_are_its_business_and_inward_addresses_stay_refused(
    site: Site, watch: Watch
) -> None:
    site.routes["http://unknown.invalid/a"] = Reply(page())
    watch.sources(
        watch.page("name", "http://unknown.invalid/a"),
        watch.page("number", "http://10.0.0.1/a"),
        watch.page("local", "http://localhost/a"),
    )
    found = watch.look_at(QUICK.model_copy(update={"proxy": site.url("", "127.0.0.1")}))
    assert found["name"][0] is FetchState.OK
    assert str(found["number"][1]).startswith("unsafe-address")
    assert str(found["local"][1]).startswith("unsafe-address")
    assert set(site.asked) == {"http://unknown.invalid/robots.txt", "http://unknown.invalid/a"}
