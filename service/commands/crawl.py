"""``crawl`` and ``process``: the two halves of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.context import CommandContext, context_of, current_time
from service.output import print_json, print_note, print_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawlers.errors import WhyNot
    from crawlers.run import CrawlReport
    from service.pipeline import Pipeline, Which


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(crawl)
    app.command()(process)


def crawl(
    context: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="Fetch what is due (the default).")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Fetch every source now.")] = False,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Fetch this source or rival; repeatable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Fetch sources and store what they say."""
    if sum((due, everything, bool(source))) > 1:
        raise typer.BadParameter("choose one of --due, --all and --source")
    command = context_of(context)
    with command.pipeline() as pipeline:
        which: Which = "all" if everything else "due"
        if source:
            which = known_keys(pipeline, source)
        report = crawl_with_progress(pipeline, which)
    tell_crawl(command, report, as_json)


def known_keys(pipeline: Pipeline, keys: list[str]) -> list[str]:
    """Return the keys if each names a source or a rival. Raises: UnknownKeyError."""
    from rapidfuzz import process as fuzzy

    from service.errors import UnknownKeyError

    known = {source.key for source in pipeline.configuration.sources}
    known |= {rival.key for rival in pipeline.configuration.competitors}
    for key in keys:
        if key not in known:
            close = fuzzy.extractOne(key, known, score_cutoff=60)
            raise UnknownKeyError("source", key, close[0] if close else None)
    return keys


def crawl_with_progress(pipeline: Pipeline, which: Which) -> CrawlReport | None:
    """Crawl with a progress bar on a terminal, without one elsewhere. What a person names has no quiet hours."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from service.output import stderr

    named = not isinstance(which, str)
    if not stderr.is_terminal:
        return pipeline.crawl(current_time(), which, in_quiet_hours=named)
    columns = (
        TextColumn("crawl"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=stderr, transient=True) as progress:
        task = progress.add_task("", total=None)
        return pipeline.crawl(
            current_time(),
            which,
            in_quiet_hours=named,
            on_progress=lambda key, state: progress.update(task, advance=1, description=key),
        )


def tell_crawl(command: CommandContext, report: CrawlReport | None, as_json: bool) -> None:
    """Print the counts per state and every turn with its reason."""
    if as_json or command.as_json:
        turns = [] if report is None else [_turn_json(turn) for turn in report.turns]
        counts = {} if report is None else {str(state): count for state, count in report.counts.items()}
        not_asked = {} if report is None else {why.name.lower(): n for why, n in report.not_asked.items()}
        print_json(
            {
                "fetched": sum(counts.values()),
                "postponed": sum(not_asked.values()),
                "not_asked": not_asked,
                "counts": counts,
                "turns": turns,
            }
        )
        return
    if report is None:
        print_text("nothing is due; 'rivalwatch crawl --all' fetches every source now")
        return
    counts_text = ", ".join(f"{count} {state}" for state, count in sorted(report.counts.items()))
    print_text(f"{sum(report.counts.values())} sources in {report.seconds:.1f} s: {counts_text or 'none'}")
    if report.postponed:
        print_text(f"  {report.postponed} were not asked now and stay due: {_reasons(report.not_asked)}")
    for turn in report.turns:
        if turn.after.value != "ok" or turn.before is not None:
            print_text(f"  {turn.source_key}: {turn.before or 'new'} → {turn.after}" + _because(turn.reason))


def _reasons(not_asked: Mapping[WhyNot, int]) -> str:
    if len(not_asked) == 1:
        return next(iter(not_asked)).value
    return ", ".join(f"{count} because {why}" for why, count in not_asked.items())


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""


def _turn_json(turn: object) -> dict[str, object]:
    from dataclasses import asdict

    from store.sources import Turn

    assert isinstance(turn, Turn)
    return asdict(turn)


def process(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Do everything from snapshot to health, until nothing waits."""
    from dataclasses import asdict

    command = context_of(context)
    with command.pipeline() as pipeline:
        report = pipeline.process(current_time())
    if as_json or command.as_json:
        print_json(asdict(report))
        return
    print_text(
        f"{report.snapshots} snapshots compared, {report.looked_again} looked at again, {report.changes} changes "
        f"classified, {report.signals} signals linked, health of {report.accounts} accounts merged"
    )
    print_note("next: 'rivalwatch signals list', 'rivalwatch accounts list'")
