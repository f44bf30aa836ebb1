"""``run --once`` and ``serve``: everything, once or for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.crawl import crawl_with_progress, tell_crawl
from service.context import context_of, current_time
from service.output import print_note, print_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.taking import SyncReport
    from accounts.writeback import WriteBackReport
    from digest.deliver import DeliveryReport


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(run)
    app.command()(serve)


def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Do it once and stop.")] = False,
) -> None:
    """Crawl due sources, process, send what is due."""
    if not once:
        raise typer.BadParameter("use 'run --once', or 'serve' to keep running")
    command = context_of(context)
    with command.pipeline() as pipeline:
        tell_connections(pipeline.connect(current_time()))
        with pipeline.extracting(current_time):
            crawled = crawl_with_progress(pipeline, "due")
        tell_crawl(command, crawled, as_json=False)
        report = pipeline.process(current_time())
        print_text(f"{report.changes} changes classified, health of {report.accounts} accounts merged")
        tell_connections(pipeline.write_back(current_time()))
        tell_delivery(pipeline.send(current_time()))


def tell_connections(reports: Sequence[SyncReport] | Sequence[WriteBackReport]) -> None:
    """Print what reading or writing connected systems came to; what failed goes to stderr."""
    for report in reports:
        if report.error:
            print_note(f"warning: {report}")
        else:
            print_text(str(report))


def tell_delivery(report: DeliveryReport) -> None:
    """Print what became of the outbox, with the reason where something waits."""
    print_text(
        f"mails: {report.sent} sent, {report.waiting} waiting, {report.failed} failed, {report.in_doubt} in doubt"
    )
    if report.problem:
        print_note(f"warning: {report.problem}")


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default from settings).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (default from settings).")] = None,
) -> None:
    """Run the scheduler and the web pages in one process until interrupted."""
    from service.serving import serve_forever

    command = context_of(context)
    with command.pipeline() as pipeline:
        serve_forever(pipeline, host, port)
