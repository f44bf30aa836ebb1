"""What the configuration needs to know of a source type; `crawlers/types` declares one instance a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from re import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One key that a source of this type takes in YAML besides the common ones, e.g. ``cik`` of ``edgar``."""

    name: str
    about: str
    required: bool = False
    many: bool = False
    pattern: str | None = None
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTypeSpec:
    """How a source type is written in YAML and recognised from a bare URL.

    ``url_patterns`` are searched in the whole URL, in the order of the catalogue; named groups fill parameters.
    ``url_required`` is false for types whose address is built from their parameters; of the parameters in ``one_of``
    one must be given.
    """

    name: str
    about: str
    default_every: timedelta
    url_required: bool = True
    parameters: tuple[Parameter, ...] = ()
    one_of: tuple[str, ...] = ()
    url_patterns: tuple[Pattern[str], ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCatalogue:
    """All source types, by name; guesses the type of a bare URL."""

    types: Mapping[str, SourceTypeSpec] = field(default_factory=dict)
    fallback: str = "page"

    @classmethod
    def of(cls, specs: Iterable[SourceTypeSpec], fallback: str = "page") -> SourceCatalogue:
        """Build the catalogue; the order of ``specs`` is the order in which URL patterns are tried."""
        return cls(types={spec.name: spec for spec in specs}, fallback=fallback)

    def find(self, name: str) -> SourceTypeSpec | None:
        """Return the type of that name or alias, None if there is none."""
        if name in self.types:
            return self.types[name]
        return next((spec for spec in self.types.values() if name in spec.aliases), None)

    def names(self) -> tuple[str, ...]:
        """Return all names and aliases, in the order of the catalogue."""
        return tuple(name for spec in self.types.values() for name in (spec.name, *spec.aliases))

    def guess(self, url: str) -> tuple[str, dict[str, str]]:
        """Return the type name a bare URL means, and the parameters found in the URL."""
        for spec in self.types.values():
            for pattern in spec.url_patterns:
                if match := pattern.search(url):
                    return spec.name, {k: v for k, v in match.groupdict().items() if v}
        return self.fallback, {}
