"""Runs one crawl a line of standard input, each in a process of its own, and says what each cost.

The processes are forked from one that has everything imported, so that a hundred of them take seconds.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time

from crawlers.child import run_job
from crawlers.frames import FrameWriter, read_frames
from crawlers.job import Fetched, Finished, Job


def measured(job: Job) -> dict[str, object]:
    """Run the job; return state, reason, seconds and the peak of the process's memory in bytes."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        frames = FrameWriter(writing)
        run_job(job, frames)
        frames.finish(Finished())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        # All frames are read, so that the child is never left writing to nobody.
        found = [line for line in read_frames(stream) if isinstance(line, Fetched)]
    fetched = found[0] if found else None
    _, status, usage = os.wait4(child, 0)
    return {
        "source": job.sources[0].key,
        "status": status,
        "state": fetched.state if fetched else None,
        "reason": fetched.reason if fetched else None,
        "seconds": time.monotonic() - began,
        "peak_bytes": usage.ru_maxrss * 1024,
    }


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in iter(sys.stdin.readline, ""):  # Iteration alone would wait for more lines.
        sys.stdout.write(json.dumps(measured(Job.model_validate_json(line))) + "\n")
        sys.stdout.flush()
