"""What running the stages may raise, besides the stages' own errors."""

from __future__ import annotations

from config.errors import InputError


class UnknownKeyError(InputError):
    """A key on the command line names nothing that is configured or stored."""

    def __init__(self, noun: str, key: str, suggestion: str | None = None) -> None:
        self.noun, self.key = noun, key
        hint = f"; did you mean '{suggestion}'?" if suggestion else f"; see 'rivalwatch {noun}s list'"
        super().__init__(f"no {noun} '{key}'{hint}")
