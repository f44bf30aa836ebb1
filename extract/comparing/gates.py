"""Lines that ask to log in before one may read: what stands behind such a gate has not gone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.comparing.work import Work
from store.records import Block

GATED = "login wall"
_READ = r"(?:read|see|view|access|continue|download|unlock|watch)"
_GATE = re.compile(
    rf"(?:please )?(?:(?:log|sign) ?(?:in|up)|register|subscribe|create an? (?:free )?account)"
    rf"(?: or (?:register|subscribe|sign up|log in|sign in))? to {_READ}\b.*|"
    rf"(?:enter|leave|give us) your (?:work |business )?(?:e-?mail(?: address)?|details)\b.{{0,24}} to {_READ}\b.*|"
    r"this (?:story|content|page|article|section|guide) is (?:only )?(?:for|available to|open to) "
    r"(?:registered |our )?(?:customers|members|subscribers|users)\b.*|"
    r"(?:bitte )?(?:melden sie sich an|loggen sie sich ein|anmelden|einloggen|registrieren sie sich),? um .*|"
    r"connectez-vous pour .*|inicia sesión para .*|accedi per .*|log in om .*|logga in för att .*|zaloguj się,? aby .*",
    re.I,
)
LINE = 160  # characters


def take_gated(work: Work) -> None:
    """Take a gate that came or went, and what stood or stands in its place: below the same heading."""
    come, gone = _gates(work.added), _gates(work.removed)
    if bool(come) is bool(gone):
        return
    behind = work.removed if come else work.added
    for gate in come or gone:
        hidden = [block for block in behind if gate.path and block.path[: len(gate.path)] == gate.path]
        for block in hidden:
            work.drop(GATED, *((block, None) if come else (None, block)))
        work.drop(GATED, *((None, gate) if come else (gate, None)))


def _gates(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if len(block.text) <= LINE and _GATE.fullmatch(block.text)]
