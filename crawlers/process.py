"""Runs a `Job` in a process of its own: one reactor, one life."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from crawlers.job import LINES, Done, Failed, Fetched, Finished, Job

PATIENCE = 5.0  # seconds the process gets to end after it was asked to
TAIL_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the process ended: exit status (negative: signal), what it said, the end of its standard error."""

    status: int
    finished: bool
    message: str | None = None
    tail: str = ""


@dataclass
class ChildProcess:
    """One crawling process; give its lines to ``on_line`` as they come."""

    job: Job
    on_line: Callable[[Done | Fetched], None]
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

    def _listen(self, stdout: object) -> tuple[bool, str | None]:
        finished, message = False, None
        for raw in stdout:  # type: ignore[attr-defined]
            try:
                line = LINES.validate_json(raw)
            except ValidationError:
                continue  # Half a line: the process was killed while it wrote.
            if isinstance(line, Finished):
                finished = True
            elif isinstance(line, Failed):
                message = line.message
            else:
                self.on_line(line)
        return finished, message

    def _keep_tail(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stderr is not None
        with contextlib.suppress(ValueError, OSError):
            for raw in child.stderr:
                self._tail.append(raw.decode("utf-8", "replace").strip()[:300])


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
