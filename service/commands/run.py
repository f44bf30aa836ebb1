"""``run --once``, ``serve`` and ``worker``: everything, once or for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from service.commands.crawl import crawl_with_progress, tell_crawl
from service.context import context_of, current_time
from service.output import print_note, print_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.taking import SyncReport
    from accounts.writeback import WriteBackReport
    from digest.deliver import DeliveryReport
    from service.pipeline import Pipeline
    from service.queue import Queue


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(run)
    app.command()(serve)
    app.command()(worker)


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


Broker = Annotated[
    str | None,
    typer.Option(help="Queue that workers share, as redis://host:6379/0 (default $RIVALWATCH_BROKER)."),
]


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default from settings).")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65_535, help="Port to listen on (default from settings).")
    ] = None,
    broker: Broker = None,
) -> None:
    """Run the scheduler and the web pages in one process until interrupted; with a broker, workers do the work."""
    from service.serving import serve_forever

    command = context_of(context)
    address = broker or command.environment.broker
    with command.pipeline() as pipeline:
        queue = _shared_queue(address, pipeline) if address else None
        serve_forever(pipeline, host, port, queue)


def worker(
    context: typer.Context,
    broker: Broker = None,
    processes: Annotated[int, typer.Option(min=1, help="How many things to do at once.")] = 2,
    only: Annotated[
        Literal["crawls", "stages"] | None, typer.Option(help="Take this kind of work alone.")
    ] = None,
) -> None:
    """Do what `serve --broker` asks for, until interrupted: one of many, on as many machines as are needed."""
    from service.worker import KINDS, work_forever

    command = context_of(context)
    address = broker or command.environment.broker
    if not address:
        raise typer.BadParameter("say which queue: --broker redis://host:6379/0, or $RIVALWATCH_BROKER")
    with command.pipeline() as pipeline:
        queue = _shared_queue(address, pipeline)
    kinds = [only] if only else list(KINDS)
    print_note(f"worker at {queue.place}: {' and '.join(kinds)}, {processes} at once (stop with Ctrl-C)")
    raise typer.Exit(work_forever(queue, command.environment, processes=processes, kinds=kinds))


def _shared_queue(address: str, pipeline: Pipeline) -> Queue:
    """Return the queue. Raises: StoreError or OperationError if database or broker cannot be shared."""
    from service.queue import Queue
    from store.locks import require_locks

    require_locks(pipeline.database)
    queue = Queue(address)
    queue.require_broker()
    return queue
