"""Reads the ``sources`` of a competitor: a bare address each, or an address with the options of its type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from config.catalogue import Parameter, SourceCatalogue, SourceTypeSpec
from config.competitors import ParameterValue, SourceConfig, SourceEntry
from config.nodes import Items, Mapping, Node, Place, Scalar, is_empty, scalars
from config.report import Report, did_you_mean
from config.selectors import pattern_fault, selector_fault
from config.source_keys import source_name
from config.urls import same_address, url_fault
from config.validation import validated

_COMMON_KEYS = frozenset(SourceEntry.model_fields)
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
        parameters = {**guessed, **self._parameters(own, spec)}
        self._check_complete(node, spec, url, parameters)
        self._check_unknown(own, spec)
        self._check_patterns(node)
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
            wait_for=entry.wait_for,
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

    def _parameters(self, own: Mapping, spec: SourceTypeSpec) -> dict[str, ParameterValue]:
        found: dict[str, ParameterValue] = {}
        for parameter in spec.parameters:
            node = own.entries.get(parameter.name)
            if node is not None and not is_empty(node):
                value = self._parameter(parameter, node)
                found |= {parameter.name: value} if value is not None else {}
        return found

    def _parameter(self, parameter: Parameter, node: Node) -> ParameterValue | None:
        if isinstance(node, Mapping) or (isinstance(node, Items) and not parameter.many):
            expected = "text or a list of texts" if parameter.many else "a single value"
            self.report.add(
                node.place,
                f"'{parameter.name}' must be {expected}",
                found=node,
                remedy=_example(parameter),
            )
            return None
        texts = scalars(node)
        fine = [self._matches(parameter, text) for text in texts]
        if not all(fine):
            return None
        if parameter.many:
            return tuple(text.text for text in texts)
        # Numbers stay as written: the zeros at the front of a CIK count.
        return texts[0].value if isinstance(texts[0].value, bool) else texts[0].text

    def _matches(self, parameter: Parameter, value: Scalar) -> bool:
        if parameter.pattern is None or re.fullmatch(parameter.pattern, value.text):
            return True
        self.report.add(
            value.place,
            f"'{parameter.name}' is not {parameter.about}",
            found=value,
            remedy=_example(parameter),
        )
        return False

    def _check_complete(
        self, node: Mapping, spec: SourceTypeSpec, url: str, parameters: dict[str, ParameterValue]
    ) -> None:
        if spec.url_required and not url:
            self.report.add(
                node.place, f"'url' is missing for type '{spec.name}'", remedy="add 'url: https://…'"
            )
        for parameter in spec.parameters:
            missing = parameter.required and parameter.name not in parameters
            if missing and is_empty(node.entries.get(parameter.name)):
                self.report.add(
                    node.place,
                    f"'{parameter.name}' is missing for type '{spec.name}': {parameter.about}",
                    remedy=f"add '{parameter.name}: {parameter.example or '…'}'",
                )

    def _check_unknown(self, own: Mapping, spec: SourceTypeSpec) -> None:
        known = {parameter.name for parameter in spec.parameters}
        for key in own.entries.keys() - known:
            self.report.add(
                own.keys[key],
                f"unknown key '{key[:60]}' for type '{spec.name}'",
                found=key,
                remedy=did_you_mean(key, known | _COMMON_KEYS, "known keys"),
            )

    def _check_patterns(self, node: Mapping) -> None:
        for key in ("only", "ignore", "wait_for"):
            for value in scalars(node.entries.get(key)):
                if fault := selector_fault(value.text):
                    self.report.add(
                        value.place,
                        f"'{key}' is not a CSS selector: {fault}",
                        found=value,
                        remedy="write a selector such as '#plans', '.price' or 'main table'",
                    )
        for value in scalars(node.entries.get("ignore_text")):
            if fault := pattern_fault(value.text):
                self.report.add(
                    value.place,
                    f"'ignore_text' is not a pattern: {fault}",
                    found=value,
                    remedy="put a backslash before special characters such as ( [ * + ?",
                )
        self._check_every_and_render(node)

    def _check_every_and_render(self, node: Mapping) -> None:
        wait_for, render = node.entries.get("wait_for"), node.entries.get("render")
        in_browser = isinstance(render, Scalar) and render.text == "browser"
        if wait_for is not None and not is_empty(wait_for) and not in_browser:
            self.report.add(
                node.keys["wait_for"], "'wait_for' works in a browser only", remedy="add 'render: browser'"
            )

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

    return part(node.entries.keys() & _COMMON_KEYS), part(node.entries.keys() - _COMMON_KEYS)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _example(parameter: Parameter) -> str:
    return f"write {parameter.name}: {parameter.example}" if parameter.example else f"write {parameter.about}"


def _address(source: SourceConfig) -> str:
    """Return what makes two sources the same; two regions (``only``) of one page are two sources."""
    where = same_address(source.url) if source.url else source.type
    parameters = sorted((name, str(value)) for name, value in source.parameters.items())
    return repr((where, source.base, source.only, parameters))
