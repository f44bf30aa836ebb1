"""Who delivers: a name for this run, and whether the process behind another run's name is still there."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

_PROC = Path("/proc")


def my_name() -> str:
    """Return a name for one delivery run of this process: host, process, when it began, and a random part."""
    pid = os.getpid()
    return f"{_host()}|{pid}|{_started(pid)}|{secrets.token_hex(4)}"


def is_gone(holder: str) -> bool:
    """Return True if it is certain that the process behind the name has ended; other hosts' are never certain."""
    host, pid, started, _ = holder.split("|")
    if host != _host():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    # The number may have been given to another process meanwhile, e.g. after a container started anew.
    return bool(started) and _started(int(pid)) not in ("", started)


def _host() -> str:
    return socket.gethostname().replace("|", "_")[:60]


def _started(pid: int) -> str:
    """Return when a process began, in the kernel's own count; empty where the system does not tell."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    # A killed process stays in the list until its parent has asked for it: its state is Z, and it sends no more mail.
    return "ended" if fields[0] == "Z" else fields[19]
