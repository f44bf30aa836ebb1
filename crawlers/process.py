"""Runs a `Job` in a process of its own: one reactor, one life."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from crawlers.frames import read_frames
from crawlers.job import Failed, Finished, Job, Message

PATIENCE = 5.0  # seconds the process gets to end after it was asked to
TAIL_LINES = 5
PENDING = 32  # messages that may wait here; more wait in the child, which then asks for no further pages.
PAUSE = 0.05  # seconds without a message, after which there is time for something else


_Line = Message | Finished | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the process ended: exit status (negative: signal), what it said, the end of its standard error."""

    status: int
    finished: bool
    message: str | None = None
    tail: str = ""


@dataclass
class ChildProcess:
    """One crawling process: gives what it says to ``on_line`` as it comes, and calls ``on_pause`` when it is silent."""

    job: Job
    on_line: Callable[[Message], None]
    on_pause: Callable[[], None] = lambda: None
    _tail: deque[str] = field(default_factory=lambda: deque(maxlen=TAIL_LINES), init=False)

    def run(self) -> Ending:
        """Run to the end. An interrupt or error in the parent stops the process."""
        with self._started() as child:
            assert child.stdin is not None
            assert child.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                child.stdin.write(self.job.model_dump_json().encode() + b"\n")
                child.stdin.flush()
            finished, message = self._listen(child.stdout)
            status = child.wait()
        return Ending(status=status, finished=finished, message=message, tail=" ".join(self._tail))

    @contextlib.contextmanager
    def _started(self) -> Iterator[subprocess.Popen[bytes]]:
        # A session of its own: an interrupt at the terminal reaches the parent alone, which then ends the child.
        child = subprocess.Popen(
            # -P and our own root: a folder named config where the command was started must not hide our package.
            [sys.executable, "-P", "-m", "crawlers.child"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(_import_path())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        errors = threading.Thread(target=self._keep_tail, args=(child,), daemon=True)
        errors.start()
        try:
            yield child
        finally:
            _end(child)
            errors.join(PATIENCE)
            for pipe in (child.stdin, child.stdout, child.stderr):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _listen(self, stdout: IO[bytes]) -> tuple[bool, str | None]:
        finished, message = False, None
        for line in self._lines(stdout):
            if isinstance(line, Finished):
                finished = True
            elif isinstance(line, Failed):
                message = line.message
            else:
                self.on_line(line)
        self.on_pause()
        return finished, message

    def _lines(self, stdout: IO[bytes]) -> Iterator[_Line]:
        """Yield what the child says; ``on_pause`` is called where nothing comes for a moment."""
        waiting: queue.Queue[_Line | None] = queue.Queue(PENDING)
        threading.Thread(target=_read, args=(stdout, waiting), name="crawl-reader", daemon=True).start()
        while True:
            try:
                line = waiting.get(timeout=PAUSE)
            except queue.Empty:
                self.on_pause()
                line = waiting.get()
            if line is None:
                return
            yield line

    def _keep_tail(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stderr is not None
        with contextlib.suppress(ValueError, OSError):
            for raw in child.stderr:
                self._tail.append(raw.decode("utf-8", "replace").strip()[:300])


def _read(stdout: IO[bytes], waiting: queue.Queue[_Line | None]) -> None:
    try:
        with contextlib.suppress(ValueError, OSError):  # Closed under our hands: the crawl was given up.
            for line in read_frames(stdout):
                waiting.put(line)
    finally:
        waiting.put(None)


def _import_path() -> list[str]:
    root = str(Path(__file__).resolve().parents[1])
    return list(dict.fromkeys([root, *(path for path in sys.path if path)]))


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
