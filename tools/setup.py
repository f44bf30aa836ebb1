"""Set up Rivalwatch on a machine that has Python 3.11+ and pip: environment, dependencies, browser.

Standard library only. Says what it does; a second run finds its own stamp and does nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "rivalwatch-setup.json"
TORCH = "torch==2.13.0"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_DOWNLOAD_SECONDS = 240


def main() -> int:
    """Do what is missing; return the exit status."""
    if sys.version_info < (3, 11):
        return fail(
            f"Python {sys.version.split()[0]} is too old; install Python 3.11 or newer, or set PYTHON="
        )
    wanted = fingerprint()
    if stamp().get("fingerprint") == wanted and python().exists():
        return 0
    started = time.monotonic()
    say(f"setting up in {VENV.name}/ with Python {sys.version.split()[0]}")
    try:
        make_environment()
        install()
    except subprocess.CalledProcessError as error:
        command = " ".join(str(part) for part in error.cmd)
        return fail(
            f"this command failed (exit {error.returncode}): {command}\nmend what it says and run again"
        )
    browser = find_browser()
    STAMP.write_text(json.dumps({"fingerprint": wanted, "browser": browser}), encoding="utf-8")
    say(f"set up in {time.monotonic() - started:.0f} s")
    return 0


def fingerprint() -> str:
    """Return the digest of all that decides what is installed."""
    parts = [
        sys.version.encode(),
        *((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp() -> dict[str, str]:
    """Return what the last complete set-up wrote."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def python() -> Path:
    """Return the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment() -> None:
    """Make the virtual environment, also where Debian left out ensurepip."""
    if python().exists():
        return
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, check=False)
    if made.returncode != 0:
        say("the venv module has no pip of its own here; using this interpreter's pip")
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", str(VENV))


def install() -> None:
    """Install PyTorch first, so that no other build is drawn in, then everything else as pinned."""
    own = (
        subprocess.run([python(), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )
    pip = [str(python()), "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", str(python())]
    options = ["install", "-qq", "--disable-pip-version-check", "--no-input"]
    say(f"installing {TORCH}")
    run(*pip, *options, TORCH)
    say("installing the pinned dependencies (1 to 3 minutes the first time)")
    run(*pip, *options, "-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}[dev]")


def find_browser() -> str:
    """Return the browser found, downloaded or installed; without one, say what that means."""
    for name in BROWSERS:
        if path := shutil.which(name):
            say(f"browser: {path}")
            return path
    say("no browser on this machine; trying Playwright's download")
    if quietly([str(python()), "-m", "playwright", "install", "chromium-headless-shell"]):
        return "playwright"
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        say("no download; trying the distribution's package manager")
        if quietly(["apt-get", "update", "-qq"]) and quietly(["apt-get", "install", "-y", "-qq", "chromium"]):
            return shutil.which("chromium") or "chromium"
    say(
        "no browser: sources with 'render: browser' will say so, everything else works; install chromium to mend it"
    )
    return ""


def quietly(command: list[str]) -> bool:
    """Run a command without its output; return whether it worked in time."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=BROWSER_DOWNLOAD_SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def run(*command: str) -> None:
    """Run a command; its errors are shown. Raises: CalledProcessError."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def say(text: str) -> None:
    """Tell the person what is going on."""
    print(f"set-up: {text}", flush=True)


def fail(text: str) -> int:
    """Tell what is wrong and return the exit status."""
    print(f"set-up: error: {text}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
