"""``rivalwatch demo``: plays the demo world, shows what was found, then serves the dashboard."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demo.folder import LOGIN, DemoFolder

if TYPE_CHECKING:
    from demo.play import Play, WeekReport
    from demo.tally import Tally
    from service.pipeline import Pipeline
    from store.kinds import FetchState

    Progress = Callable[[str, FetchState], None]

Tell = Callable[[str], None]

DEFAULT_FOLDER = Path("data/demo")
WEB_PORT, WORLD_PORT = 8000, 8010


def demo(
    context: typer.Context,
    weeks: Annotated[int, typer.Option(min=1, max=6, help="How many weeks of the world to play.")] = 2,
    once: Annotated[bool, typer.Option("--once", help="Stop before serving the dashboard.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the dashboard.")] = WEB_PORT,
    world_port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the rivals' sites.")
    ] = WORLD_PORT,
    folder: Annotated[Path, typer.Option(help="Where everything is kept; emptied first.")] = DEFAULT_FOLDER,
) -> None:
    """See it work: fourteen made-up rivals on loopback, watched from week to week."""
    from demo.play import Play
    from demo.process import free_port, serving_world
    from service.context import context_of
    from service.output import print_json
    from service.serving import listen, serve_forever

    as_json = context_of(context).as_json
    # With --json only the tally goes to stdout. typer.echo flushes, so that a pipe shows the lines while we serve.
    tell: Tell = partial(typer.echo, err=as_json)
    if not once:
        listen("127.0.0.1", port).close()  # better told now than after the work
    place = DemoFolder(folder)
    place.start_afresh()
    play = Play(
        folder=place, world_port=free_port(world_port), web_port=port, weeks=weeks, now=datetime.now(UTC)
    )
    play.prepare()
    with serving_world(play.world_port, place.week_file) as served:
        tell(f"the rivals' sites are served on http://127.0.0.1:{served}/")
        pipeline = play.open()
        with pipeline.database:
            result = _played(play, pipeline, tell)
            if as_json:
                print_json(result.to_json())
            _tell_where(play, once, tell)
            if not once:
                serve_forever(pipeline, "127.0.0.1", port)


#: What the entry point names.
app = demo


def _played(play: Play, pipeline: Pipeline, tell: Tell) -> Tally:
    from demo.tally import tally_text

    for week in range(1, play.weeks + 1):
        with _progress(f"week {week}", len(pipeline.configuration.sources)) as advance:
            report = play.week(pipeline, week, advance)
        _tell_week(report, tell)
    result = play.tally(pipeline)
    text = tally_text(result)
    (play.folder.root / "tally.txt").write_text(text, encoding="utf-8")
    tally_json = json.dumps(result.to_json(), ensure_ascii=False, indent=2)
    (play.folder.root / "tally.json").write_text(tally_json + "\n", encoding="utf-8")
    tell("\nreported against what truly happened:\n" + text)
    return result


def _tell_week(report: WeekReport, tell: Tell) -> None:
    counts = "nothing was due"
    if report.crawled is not None:
        counts = ", ".join(f"{count} {state}" for state, count in sorted(report.crawled.counts.items()))
        counts = f"{report.crawled.total} sources in {report.crawled.seconds:.0f} s ({counts})"
    done = report.processed
    found = (
        "the baseline" if report.week == 1 else f"{done.changes} changes classified, {report.mails} digests"
    )
    tell(f"week {report.week}: {counts}; {found}")
    for turn in report.crawled.turns if report.crawled is not None else ():
        if turn.before is not None or turn.after.value not in {"ok", "unchanged"}:
            tell(f"  {turn.source_key}: {turn.after.value} ({turn.reason or 'works again'})")


def _tell_where(play: Play, once: bool, tell: Tell) -> None:
    folder = play.folder
    for path in folder.digests():
        tell(f"digest: {path}")
    tell(f"tally: {folder.root / 'tally.txt'}")
    tell(f"look closer: rivalwatch --config {folder.configuration} --db {folder.database_url} signals list")
    tell(f"log in as {LOGIN} with the password {folder.password()} (kept in {folder.root / 'login.txt'})")
    if not once:
        tell(f"dashboard: http://127.0.0.1:{play.web_port}/")


@contextmanager
def _progress(what: str, total: int) -> Iterator[Progress | None]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from service.output import stderr

    if not stderr.is_terminal:
        yield None
        return
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda key, state: bar.update(task, advance=1, description=key)
