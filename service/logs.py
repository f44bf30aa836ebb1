"""Log lines: a fixed sentence with fields, on stderr; people's lines on a terminal, JSON elsewhere if asked."""

from __future__ import annotations

import logging
import sys
from functools import cached_property


def configure_logging(verbosity: int, *, as_json: bool = False) -> None:
    """Send all log lines to stderr: warnings by default, information with 1, everything with 2."""
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These tell at INFO what they do at each request; a person asks for that with -vv.
    chatty = (
        "apscheduler",
        "celery",
        "htmldate",
        "httpx",
        "kombu",
        "scrapy",
        "sentence_transformers",
        "trafilatura",
    )
    for name in chatty:
        logging.getLogger(name).setLevel(max(level, logging.WARNING) if verbosity < 2 else level)


class _Formatter(logging.Formatter):
    """Loads structlog, and with it Twisted, for the first line: most commands log none and start the sooner."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        return self._formatter.format(record)

    @cached_property
    def _formatter(self) -> logging.Formatter:
        from structlog import dev, processors, stdlib

        renderer = (
            processors.JSONRenderer()
            if self._as_json
            else dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
        )
        return stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                stdlib.add_log_level,
                stdlib.add_logger_name,
                stdlib.ExtraAdder(),
                processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
