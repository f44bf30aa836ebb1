"""Reads the ``sources`` of a competitor: a bare address each, or an address with the options of its type."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from config.catalogue import SourceCatalogue, SourceTypeSpec
from config.competitors import SourceConfig, SourceEntry
from config.nodes import Items, Mapping, Node, Place, Scalar, is_empty
from config.report import Report, did_you_mean
from config.source_keys import source_name
from config.source_parameters import (
    COMMON_KEYS,
    check_complete,
    check_patterns,
    check_unknown,
    read_parameters,
)
from config.urls import same_address, url_fault
from config.validation import validated

#: More would be a busy loop against somebody's server, whatever the delay between requests.
SHORTEST_EVERY = timedelta(seconds=1)


@dataclass(slots=True, kw_only=True)
class SourceReader:
    """Reads the sources of one rival, one after the other, and remembers which it has seen."""

    rival: str
    domain: str
    catalogue: SourceCatalogue
    report: Report
    addresses: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def read(self, node: Node | None) -> tuple[SourceConfig, ...]:
        """Return the sources that are right; the others are reported."""
        if is_empty(node):
            return ()
        if not isinstance(node, Items):
            assert node is not None
            self.report.add(
                node.place, "'sources' must be a list", found=node, remedy="write one '- https://…' a line"
            )
            return ()
        return tuple(source for item in node.items if (source := self._source(item)) is not None)

    def _source(self, node: Node) -> SourceConfig | None:
        if isinstance(node, Scalar):
            url = Scalar(place=node.place, value=node.text, text=node.text)
            node = Mapping(place=node.place, entries={"url": url}, keys={"url": node.place})
        if not isinstance(node, Mapping):
            self.report.add(
                node.place, "a list where a source belongs", remedy="write an address or {type: …, url: …}"
            )
            return None
        problems = len(self.report.problems)
        source = self._from_mapping(node)
        # A source with any problem is left out whole; it must not claim an address or a key.
        return self._registered(source, node) if source and len(self.report.problems) == problems else None

    def _from_mapping(self, node: Mapping) -> SourceConfig | None:
        url = self._url(node)
        spec, guessed = self._spec(node, url)
        if spec is None:
            return None
        common, own = _split(node)
        entry = validated(SourceEntry, common, self.report)
        parameters = {**guessed, **read_parameters(own, spec, self.report)}
        check_complete(node, spec, url, parameters, self.report)
        check_unknown(own, spec, self.report)
        check_patterns(node, self.report)
        if entry is None:
            return None
        name = entry.name or source_name(spec, url, parameters, self.domain)
        return SourceConfig(
            key=f"{self.rival}/{name}",
            rival=self.rival,
            type=spec.name,
            url=url if spec.url_required or not guessed else "",
            every=entry.every if entry.every is not None else spec.default_every,
            render=entry.render,
            only=_texts(entry.only),
            ignore=_texts(entry.ignore),
            ignore_text=_texts(entry.ignore_text),
            report=entry.report,
            wait_for=entry.wait_for,
            steps=tuple(step.to_options() for step in entry.steps),
            base=entry.base,
            enabled=entry.enabled,
            parameters=parameters,
            file=self.report.file,
            line=node.place.line,
        )

    def _url(self, node: Mapping) -> str:
        """Return the address, empty if there is none; a wrong one is reported."""
        for key in ("base", "url"):
            value = node.entries.get(key)
            if isinstance(value, Scalar) and not is_empty(value) and (fault := url_fault(value.text.strip())):
                self.report.add(value.place, fault[0], found=value, remedy=fault[1])
        url = node.entries.get("url")
        return url.text.strip() if isinstance(url, Scalar) and not is_empty(url) else ""

    def _spec(self, node: Mapping, url: str) -> tuple[SourceTypeSpec | None, dict[str, str]]:
        """Return the type, and the parameters that the address holds."""
        written = node.entries.get("type")
        guess, found = self.catalogue.guess(url) if url else ("", {})
        if written is None or is_empty(written):
            if not url:
                self.report.add(node.place, "a source needs a type or a url", remedy="add 'url: https://…'")
                return None, {}
            return self.catalogue.find(guess), dict(found)
        name = written.text if isinstance(written, Scalar) else ""
        spec = self.catalogue.find(name)
        if spec is None:
            self.report.add(
                written.place,
                f"unknown type '{name[:60]}'",
                found=written,
                remedy=did_you_mean(name, self.catalogue.names()),
            )
            return None, {}
        return spec, dict(found) if guess == spec.name else {}

    def _registered(self, source: SourceConfig, node: Mapping) -> SourceConfig | None:
        place = node.place
        if source.every < SHORTEST_EVERY:
            every = node.entries["every"]
            self.report.add(every.place, "'every' is too short", found=every, remedy="write 15m or more")
            return None
        address = _address(source)
        if first := self.addresses.get(address):
            self.report.add(
                node.entries.get("url", node).place,
                f"the same source as in line {first}",
                found=source.url or source.key,
                remedy="delete one of them",
            )
            return None
        if first := self.keys.get(source.key):
            self.report.add(
                self._name_place(node, place),
                f"the source's name '{source.key.partition('/')[2]}' is taken by line {first}",
                found=source.key,
                remedy="add a 'name:' of its own to one of them",
            )
            return None
        self.addresses[address] = self.keys[source.key] = place.line
        return source

    @staticmethod
    def _name_place(node: Mapping, otherwise: Place) -> Place:
        name = node.entries.get("name")
        return name.place if name is not None else otherwise


def _split(node: Mapping) -> tuple[Mapping, Mapping]:
    """Return the keys that all sources share, and those that belong to the type."""

    def part(keys: set[str]) -> Mapping:
        entries = {key: value for key, value in node.entries.items() if key in keys}
        return Mapping(place=node.place, entries=entries, keys={key: node.keys[key] for key in entries})

    return part(node.entries.keys() & COMMON_KEYS), part(node.entries.keys() - COMMON_KEYS)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _address(source: SourceConfig) -> str:
    """Return what makes two sources the same; two regions (``only``) of one page are two sources."""
    where = same_address(source.url) if source.url else source.type
    parameters = sorted((name, str(value)) for name, value in source.parameters.items())
    return repr((where, source.base, source.only, parameters))
