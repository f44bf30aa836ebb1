"""``sources``: what is watched, when each was last reached and why not, and a dry fetch."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from service.context import context_of, current_time
from service.output import print_json, print_json_lines, print_note, print_table, print_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.document import Document
    from service.source_check import SourceReport
    from store.replays import Result
    from store.sources import Source

app = typer.Typer(help="What is watched, and how it fares.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines.")]


@app.command("list")
def list_all(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the configured sources with their type and cadence, guessed ones too."""
    from config.durations import format_duration

    command = context_of(context)
    sources = command.load_configuration().sources
    if as_json or command.as_json:
        print_json_lines(
            source.model_dump(mode="json") | {"every": format_duration(source.every)} for source in sources
        )
        return
    print_table(
        ("key", "type", "every", "address"),
        ((s.key, s.type, format_duration(s.every), s.url or _parameters(s.parameters)) for s in sources),
        "no sources configured; add one to a file in competitors/",
    )


def _parameters(parameters: Mapping[str, object]) -> str:
    """Return what stands in place of an address, e.g. ``cik: 0001544522, forms: 8-K 10-Q``."""
    return ", ".join(
        f"{name}: {' '.join(map(str, value)) if isinstance(value, list | tuple) else value}"
        for name, value in parameters.items()
    )


@app.command("status")
def status(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show when each source was last reached, and why not; those in trouble first."""
    from store.sources import list_sources

    command = context_of(context)
    with command.pipeline() as pipeline, pipeline.database.read() as session:
        sources = sorted(list_sources(session), key=lambda s: (s.state in (None, "ok"), s.key))
    now = current_time()
    if as_json or command.as_json:
        print_json_lines(_status_json(source) for source in sources)
        return
    print_table(
        ("key", "state", "last success", "next", "reason"),
        (
            (
                s.key,
                s.state or "never fetched",
                _age(s.last_success_at, now),
                _ahead(s.next_due_at, now),
                s.reason,
            )
            for s in sources
        ),
        "no sources configured; add one to a file in competitors/",
    )


def _status_json(source: Source) -> dict[str, object]:
    moments = {
        name: moment.isoformat() if moment else None
        for name in ("state_since", "last_attempt_at", "last_success_at", "last_change_at", "next_due_at")
        for moment in (getattr(source, name),)
    }
    return {
        "key": source.key,
        "rival": source.rival_key,
        "type": source.type,
        "url": source.url,
        "state": source.state.value if source.state else None,
        "reason": source.reason,
        "failures": source.failures,
        **moments,
    }


def _age(moment: datetime | None, now: datetime) -> str:
    return "never" if moment is None else f"{_span(now - moment)} ago"


def _ahead(moment: datetime | None, now: datetime) -> str:
    return "now" if moment is None or moment <= now else f"in {_span(moment - now)}"


def _span(delta: object) -> str:
    from datetime import timedelta

    assert isinstance(delta, timedelta)
    seconds = max(0, int(delta.total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


@app.command("test")
def check_one(
    context: typer.Context,
    key: str,
    replay: Annotated[
        bool, typer.Option("--replay", help="Show what its stored snapshots would report today.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch one source twice without storing anything; show whether it can be watched and what it yields.

    Ends with status 3 where it can not.
    """
    from service.commands.crawl import known_keys
    from service.pipeline import source_keys
    from service.replay import replay_source
    from service.source_check import check_source
    from store.sources import list_sources

    command = context_of(context)
    as_json = as_json or command.as_json
    with command.pipeline() as pipeline:
        known_keys(pipeline, [key])
        with pipeline.database.read() as session:
            source = list_sources(session, [key])[0]
        if replay:
            _show_replay(
                replay_source(pipeline.database, pipeline.configuration, pipeline.environment, source.id),
                as_json,
            )
            return
        keys = source_keys(pipeline.environment)
        report = check_source(source, pipeline.configuration.settings.crawl, keys)
    if as_json:
        print_json(report.to_json())
    else:
        _show_report(report)
    if report.failed:
        raise typer.Exit(3)


@app.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The address to watch.")],
    rival: Annotated[str, typer.Option("--rival", help="The competitor's key: its file's name.")],
    source_type: Annotated[
        str | None, typer.Option("--type", help="The type; guessed from the address where it is left out.")
    ] = None,
    every: Annotated[
        str | None, typer.Option("--every", help="How often, such as 6h; the type's own pace.")
    ] = None,
) -> None:
    """Write a source into a competitor's file, keeping its comments; nothing is written if it would be wrong."""
    from config.durations import format_duration
    from config.edit import EditError, replaced_file, with_source
    from config.errors import InputError
    from crawlers.discovery.proposal import inline, scalar

    command = context_of(context)
    before = {source.key for source in command.load_configuration().sources}
    path = command.environment.config_folder / "competitors" / f"{rival}.yaml"
    if rival not in {found.stem for found in path.parent.glob("*.yaml")}:
        raise InputError(f"no competitor '{rival}'; its file would be {path}")
    given = {"type": source_type, "url": url, "every": every}
    entry = {name: value for name, value in given.items() if value is not None}
    line = scalar(url) if set(entry) == {"url"} else inline(entry)
    try:
        text = with_source(path.read_bytes().decode("utf-8-sig"), line)
    except EditError as error:
        raise EditError(f"{path}: {error}") from None
    with replaced_file(path, text):
        added = [source for source in command.load_configuration().sources if source.key not in before]
    for source in added:
        print_text(f"{path}: added {source.key} (type {source.type}, every {format_duration(source.every)})")
        print_note(
            f"next: 'rivalwatch sources test {source.key}', then 'rivalwatch crawl --source {source.key}'"
        )


def _show_report(report: SourceReport) -> None:
    source, snapshot = report.source, report.snapshot
    because = f", {snapshot.reason}" if snapshot.reason else ""
    print_text(f"{source.key} ({source.type}): {snapshot.state.value}{because}")
    print_text(f"address: {snapshot.url}")
    for check in report.checks:
        print_text(f"  {check.finding.value:8}{check.name}: {check.detail}")
    if report.entries is not None:
        for entry in report.entries[:10]:
            print_text(
                f"  {entry.published.date() if entry.published else '----------'}  {entry.title[:110]}"
            )
    if report.document is not None:
        _show_document(report.document)


def _show_document(document: Document) -> None:
    print_text(
        f"page type: {document.page_type.value}   blocks: {len(document.blocks)}   facts: {len(document.facts)}"
    )
    for fact in document.facts[:20]:
        attributes = ", ".join(f"{key} {value}" for key, value in fact.attributes.items() if key != "text")
        print_text(f"  {fact.kind.value}: {fact.name}" + (f" ({attributes})" if attributes else ""))


def _show_replay(changes: list[Result], as_json: bool) -> None:
    if as_json:
        print_json_lines({"at": one.at, "unit": one.key[-1], **one.fields} for one in changes)
        return
    for one in changes:
        print_text(f"{one.at[:16].replace('T', ' ')}  {one.fields['state']}  {one.name[:110]}")
        for sign, texts in (("-", one.fields["removed"]), ("+", one.fields["added"])):
            for text in texts[:5]:
                print_text(f"    {sign} {' '.join(str(text).split())[:140]}")
    if not changes:
        print_text("its stored snapshots would report nothing")
