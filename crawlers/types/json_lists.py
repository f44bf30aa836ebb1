"""JSON services that answer with one list: a row says the address, where the list is, and how an item is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, join_json, read_json
from crawlers.paging import Follow, join_lists, json_body, pages_of, turn_post
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonList:
    """One service. ``path`` gets the parameters, each quoted; ``query`` gives what follows the question mark.

    ``items`` is the way to the list; ``item`` reads one item of it, None leaves it out.
    An optional parameter that is not given has the value of its example. ``post`` gives the JSON to be sent by POST.
    """

    name: str
    about: str
    root: str
    path: str
    items: tuple[str, ...]
    item: Callable[[Node, Node], Entry | None]
    parameters: tuple[Parameter, ...]
    query: Callable[[Values], Mapping[str, str | int]] = lambda values: {}
    post: Callable[[Values], Mapping[str, Any]] | None = None
    urls: tuple[str, ...] = ()
    every: timedelta = timedelta(days=1)
    min_delay: timedelta = timedelta(0)
    authorise: Callable[[str], Mapping[str, str]] | None = None
    key_variable: str | None = None
    key_required: bool = False
    none_statuses: frozenset[int] = frozenset()
    aliases: tuple[str, ...] = ()
    follow: Follow | None = None
    newest_first: bool = False


def json_list_adapter(service: JsonList) -> Adapter:
    """Return the adapter that a row describes."""
    spec = SourceTypeSpec(
        name=service.name,
        about=service.about,
        default_every=service.every,
        url_required=False,
        parameters=service.parameters,
        url_patterns=tuple(re.compile(pattern, re.I) for pattern in service.urls),
        aliases=service.aliases,
    )
    return Adapter(
        spec=spec,
        media=Media.JSON,
        address_of=partial(_address, service),
        read=partial(_read, service),
        robots=False,
        min_delay=service.min_delay,
        key_variable=service.key_variable,
        key_required=service.key_required,
        none_statuses=service.none_statuses,
        follow=service.follow,
        combine=(join_json if service.items else join_lists) if service.follow else None,
        turn=turn_post if service.post and service.follow else None,
        newest_first=service.newest_first,
    )


def _address(service: JsonList, source: Source, key: str | None) -> RequestSpec:
    values = {one.name: _value(source, one) for one in service.parameters}
    path = service.path.format(**{name: quote(value, safe="") for name, value in values.items()})
    query = urlencode(service.query(values))
    headers = dict(service.authorise(key)) if key and service.authorise else {}
    url = base_url(source, service.root) + path + (f"?{query}" if query else "")
    if service.post is None:
        return RequestSpec(url=url, headers=headers)
    return RequestSpec(
        url=url,
        headers={**headers, "Content-Type": "application/json"},
        method="POST",
        body=json_body(service.post(values)),
    )


def _read(
    service: JsonList, body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
) -> tuple[Entry, ...]:
    what = f"an answer of {service.name}"
    root = read_json(body, what)
    pages = pages_of(root, what) if service.items else (root,)
    return tuple(entry for page in pages for entry in _page(service, page, what))


def _page(service: JsonList, root: Node, what: str) -> list[Entry]:
    found = root
    for step in service.items:
        found = found[step]
    if found.value is None and service.items and service.none_statuses and root["error"]:
        return []
    entries = (service.item(item, root) for item in found.need_list(what))
    return [entry for entry in entries if entry is not None]


def _value(source: Source, wanted: Parameter) -> str:
    if not wanted.required and not wanted.example:
        value = str((source.options.get("parameters") or {}).get(wanted.name, ""))
    else:
        value = parameter(source, wanted.name, None if wanted.required else wanted.example)
    if wanted.pattern and not re.fullmatch(wanted.pattern, value):
        raise SourceSettingsError(
            source.key, f"'{wanted.name}' is {value!r}; write {wanted.about}, such as {wanted.example}"
        )
    return value
