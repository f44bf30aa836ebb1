"""``sources``: what is watched, when each was last reached and why not, and a dry fetch."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from config.durations import format_duration
from service.context import context_of, current_time
from service.output import print_json_lines, print_note, print_table, print_text

if TYPE_CHECKING:
    from extract.document import Document
    from store.sources import Source

app = typer.Typer(help="What is watched, and how it fares.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines.")]
TEXT_ENOUGH = 200  # characters of main text below which a page is likely not what was meant


@app.command("list")
def list_all(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the configured sources with their type and cadence, guessed ones too."""
    command = context_of(context)
    sources = command.load_configuration().sources
    if as_json or command.as_json:
        print_json_lines(
            source.model_dump(mode="json") | {"every": format_duration(source.every)} for source in sources
        )
        return
    print_table(
        ("key", "type", "every", "address"),
        ((s.key, s.type, format_duration(s.every), s.url or s.parameters) for s in sources),
        "no sources configured; add one to a file in competitors/",
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
def test(context: typer.Context, key: str) -> None:
    """Fetch one source without storing anything, and show what would be extracted."""
    from crawlers.dry import fetch_once
    from service.commands.crawl import known_keys
    from service.pipeline import source_keys
    from store.kinds import FetchState
    from store.sources import list_sources

    with context_of(context).pipeline() as pipeline:
        known_keys(pipeline, [key])
        with pipeline.database.read() as session:
            source = list_sources(session, [key])[0]
        keys = source_keys(pipeline.environment)
        snapshot, body = fetch_once(source, pipeline.configuration.settings.crawl, keys=keys)
    print_text(
        f"{source.key} ({source.type}): {snapshot.state.value}"
        + (f", {snapshot.reason}" if snapshot.reason else "")
    )
    print_text(
        f"address: {snapshot.url}   status: {snapshot.status}   {len(body)} bytes   {snapshot.content_type}"
    )
    if snapshot.state not in (FetchState.OK, FetchState.UNCHANGED):
        raise typer.Exit(3)
    _show_content(source, body, snapshot.url, snapshot.content_type)


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


def _show_content(source: Source, body: bytes, url: str, content_type: str | None) -> None:
    from crawlers.registry import adapter_for
    from extract.run import read_source_document

    adapter = adapter_for(source.type)
    if adapter.is_entries:
        entries = adapter.parse(body, url, content_type, source.options)
        print_text(f"{len(entries)} entries")
        for entry in entries[:10]:
            print_text(
                f"  {entry.published.date() if entry.published else '----------'}  {entry.title[:110]}"
            )
        return
    _show_document(read_source_document(source, body, url, content_type))


def _show_document(document: Document) -> None:
    print_text(
        f"page type: {document.page_type.value}   blocks: {len(document.blocks)}   facts: {len(document.facts)}"
    )
    for fact in document.facts[:20]:
        attributes = ", ".join(f"{key} {value}" for key, value in fact.attributes.items() if key != "text")
        print_text(f"  {fact.kind.value}: {fact.name}" + (f" ({attributes})" if attributes else ""))
    size = sum(len(block.text) for block in document.blocks)
    if size < TEXT_ENOUGH:
        print_note(f"warning: only {size} characters of text; 'render: browser' or another 'only' may help")
