"""``replay``: what another rule, model or setting would have made of all that was seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.context import context_of, current_time, parse_since
from service.output import print_json_lines, print_note, print_text, progress_to

if TYPE_CHECKING:
    from service.replay import Divergence, ReplayReport

SHOWN = 100  # characters of a name or a value


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("replay")(run_replay)


def run_replay(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option(help="Compare only what is of this date or later; or of so long ago, as 30d."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one a difference.")] = False,
) -> None:
    """Run extract to healthmerge again over the stored snapshots and show what differs; nothing is stored."""
    from service.replay import replay

    command = context_of(context)
    configuration = command.load_configuration()
    start = parse_since(since, current_time())
    with command.database() as database, progress_to("moments") as progress:
        report = replay(database, configuration, command.environment, since=start, on_progress=progress)
    if as_json or command.as_json:
        print_json_lines(one.to_json() for one in report.divergences)
        return
    for one in report.divergences:
        print_text(describe(one))
    print_note(summary(report))


def describe(one: Divergence) -> str:
    """Return a difference as a line, with a line more for each field."""
    from service.replay import Effect

    signs = {Effect.GAINED: "+", Effect.LOST: "-", Effect.ALTERED: "~"}
    lines = [f"{signs[one.effect]} {one.result.kind} {one.result.at[:10]} {_short(one.result.name)}"]
    lines += [f"    {name}: {_short(old)} → {_short(new)}" for name, (old, new) in one.fields.items()]
    return "\n".join(lines)


def summary(report: ReplayReport) -> str:
    """Return in one line how much was compared and how much differs."""
    from service.replay import KINDS, Effect

    found = Counter((one.result.kind, one.effect) for one in report.divergences)
    parts = []
    for kind in KINDS:
        effects = [f"{found[kind, effect]} {effect.value}" for effect in Effect if found[kind, effect]]
        parts.append(f"{kind}: {report.compared[kind]} stored, {', '.join(effects) or 'none differs'}")
    return f"{report.moments} moments run again; " + "; ".join(parts)


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
