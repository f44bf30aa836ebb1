"""Scheduler and web pages in one process."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from signal import SIGINT, SIGTERM, signal
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from config.errors import OperationError
from service.output import print_note, print_text
from service.pipeline import Pipeline
from service.schedule import make_scheduler, own_jobs, queued_jobs
from web.app import create_app

if TYPE_CHECKING:
    from service.queue import Queue


def serve_forever(
    pipeline: Pipeline, host: str | None = None, port: int | None = None, queue: Queue | None = None
) -> None:
    """Serve until interrupted; with a ``queue`` workers do what falls due, else this process does.

    Raises: OperationError when the port is taken or may not be used.
    """
    web = pipeline.configuration.settings.web
    listener = listen(host or web.host, port or web.port)
    scheduler = make_scheduler(queued_jobs(pipeline, queue) if queue else own_jobs(pipeline))
    scheduler.start()
    try:
        serve_pages(pipeline, listener)
    finally:
        scheduler.shutdown(wait=False)


def serve_pages(pipeline: Pipeline, listener: socket.socket) -> None:
    """Serve the pages on an open socket until interrupted."""
    configuration = pipeline.configuration
    app = create_app(
        pipeline.database,
        configuration.settings,
        now=lambda: datetime.now(UTC),
        health=configuration.health,
    )
    bound_host, bound_port = listener.getsockname()[:2]
    print_text(f"serving on http://{bound_host}:{bound_port} (stop with Ctrl-C)")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    with _own_signals():
        server.run(sockets=[listener])
    print_note("stopped")


@contextmanager
def _own_signals() -> Iterator[None]:
    """Let the server's end be the end of the block: when it has stopped, it sends itself the signal once more."""
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal(number, _pass_over) for number in (SIGINT, SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal(number, handler)


def _pass_over(number: int, frame: FrameType | None) -> None:
    """Do nothing."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises: OperationError naming the address and the remedy."""
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = "another program uses it; stop that one or choose another with --port"
        else:
            hint = "choose another with --host and --port, or in settings.yaml under web"
        raise OperationError(f"cannot listen on {host}:{port} ({error.strerror}); {hint}") from error
