"""Log lines: a fixed sentence with fields, on stderr; people's lines on a terminal, JSON elsewhere if asked."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logging(verbosity: int, *, as_json: bool = False) -> None:
    """Send all log lines to stderr: warnings by default, information with 1, everything with 2."""
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
    renderer = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
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
