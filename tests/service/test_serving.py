"""Serving ends when it is told to, whatever is under way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from tests.loopback import LoopbackSite, serve_loopback
from tests.service.test_cli import ROOT

FILES = {
    "settings.yaml": "crawl: {allow_hosts: ['*.localhost'], delay: 0s, timeout: 60s}\n",
    "accounts.yaml": "[]\n",
    "subscribers.yaml": "[]\n",
}
RIVAL = """
name: Northbeam
domain: northbeam.localhost
market: identity-verification
sources: [{{type: news, url: "{url}"}}]
"""


# As at a terminal: what a shell starts in the background would pass Ctrl-C over.
AT_A_TERMINAL = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from service.cli import main
sys.argv = ["rivalwatch", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_under_way_does_not_keep_the_server_from_stopping(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serve_loopback() as site:
        process = _start(_place(tmp_path, site), "serve", "--port", str(_free_port()))
        try:
            assert process.stdout is not None
            assert "serving on http://127.0.0.1:" in process.stdout.readline()
            _wait_until_crawled(site)
            process.send_signal(number)
            _, said = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, said) == (0, "stopped\n")


def test_an_interrupted_command_says_what_is_kept(tmp_path: Path) -> None:
    with serve_loopback() as site:
        process = _start(_place(tmp_path, site), "crawl", "--all")
        try:
            _wait_until_crawled(site)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 130
    assert said == "error: interrupted; what was committed is kept, run the command again to go on\n"


def _place(folder: Path, site: LoopbackSite) -> Path:
    """Make a folder whose only source takes 40 seconds to answer."""
    site.delay = 40.0
    url = site.put("northbeam.localhost", "/news", b"<p>never seen</p>")
    (folder / "config" / "competitors").mkdir(parents=True)
    (folder / "config" / "competitors" / "northbeam.yaml").write_text(RIVAL.format(url=url))
    for name, text in FILES.items():
        (folder / "config" / name).write_text(text)
    return folder


def _wait_until_crawled(site: LoopbackSite) -> None:
    """Wait until robots.txt was read; the page is asked for next, and hangs."""
    for _ in range(600):
        if site.requests:
            return
        Event().wait(0.1)
    raise AssertionError("nothing was crawled")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _start(place: Path, *words: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RIVALWATCH_")}
    return subprocess.Popen(
        [sys.executable, "-c", AT_A_TERMINAL, *words],
        cwd=place,
        env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
