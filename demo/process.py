"""The world's server as a process of its own, which ends with whoever started it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.errors import WorldNotStartedError

#: How long the server has to end after it was asked to, in seconds, before it is killed.
PATIENCE_SECONDS = 5


def free_port(wanted: int) -> int:
    """Return the wanted port if nobody listens there, else one that the system chooses."""
    for port in (wanted, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as listener:
                return int(listener.getsockname()[1])
        except OSError:
            continue
    raise WorldNotStartedError(wanted, "no port is free")


@contextmanager
def serving_world(port: int, week_file: Path) -> Iterator[int]:
    """Serve the world on a port while the context lasts. Raises: WorldNotStartedError."""
    log = week_file.with_name("world.log")
    command = [
        sys.executable,
        "-m",
        "demo.server",
        "--port",
        str(port),
        "--week-file",
        str(week_file.resolve()),
    ]
    # Standard input is a pipe that nobody writes to: when this process ends, however it ends, the pipe closes and
    # the server stops. It runs where the package lies, so that a folder of the user's is not taken for ours.
    with (
        log.open("w", encoding="utf-8") as complaints,
        subprocess.Popen(  # noqa: S603
            [*command, "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            cwd=Path(__file__).resolve().parent.parent,
        ) as process,
    ):
        try:
            yield _port_told_by(process, port, log)
        finally:
            _stop(process)


def _port_told_by(process: subprocess.Popen[str], port: int, log: Path) -> int:
    line = process.stdout.readline() if process.stdout else ""
    if not line.strip().isdigit():
        process.wait(PATIENCE_SECONDS)
        detail = log.read_text(encoding="utf-8").strip().splitlines()
        raise WorldNotStartedError(port, detail[-1] if detail else "it ended at once")
    return int(line)


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
