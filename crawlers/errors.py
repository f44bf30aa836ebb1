"""What the crawler raises.

RivalwatchError
├── InputError
│   └── SourceSettingsError   a source's own parameters do not make an address
└── OperationError
    ├── SourceError           an answer cannot be read as what its source type promises
    ├── FetchError          one request did not end in an answer; becomes a stored state, never leaves a crawl
    ├── PostponedError      a host may not be asked now; its sources stay due, and it never leaves a crawl
    └── CrawlerDiedError      the crawling process ended before its work did
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from config.errors import InputError, OperationError


class SourceSettingsError(InputError):
    """A source's parameters do not make an address; the message names the parameter."""

    def __init__(self, source_key: str, problem: str) -> None:
        self.source_key = source_key
        super().__init__(f"source {source_key}: {problem}")


class SourceError(OperationError):
    """An answer is not what its source type promises, e.g. no feed; the message says what was found instead."""


class FetchReason(StrEnum):
    """Why a request had no answer."""

    DNS = "dns"
    REFUSED = "refused"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    BAD_ANSWER = "bad-answer"
    BAD_ADDRESS = "bad-address"
    UNSAFE_ADDRESS = "unsafe-address"
    REDIRECTS = "redirects"
    ROBOTS = "robots"
    ROBOTS_UNAVAILABLE = "robots-unavailable"
    BROWSER_MISSING = "browser-missing"
    BROWSER = "browser"
    STEP = "step"
    KEY_MISSING = "key-missing"
    CRASHED = "crashed"


class FetchError(OperationError):
    """A request did not end in an answer."""

    def __init__(self, reason: FetchReason, detail: str) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(detail)


class WhyNot(StrEnum):
    """Why a source was not asked now, as it is told to people."""

    QUIET = "it is quiet time"
    LATER = "their host asked us to wait"
    FEW = "their service allows few questions"


class PostponedError(OperationError):
    """A host may not be asked before ``until``: quiet hours, or its own wish."""

    def __init__(self, until: datetime, why: WhyNot) -> None:
        self.until = until
        self.why = why
        super().__init__(f"not asked before {until.isoformat()}: {why}")


class CrawlerDiedError(OperationError):
    """The crawling process ended early; what it committed is kept, the rest stays due."""

    def __init__(self, status: int, stored: int, waiting: int, detail: str) -> None:
        self.status = status
        self.stored = stored
        self.waiting = waiting
        how = f"signal {-status}" if status < 0 else f"status {status}"
        tail = f": {detail}" if detail else ""
        super().__init__(
            f"the crawling process ended early ({how}){tail}; {stored} sources are stored,"
            f" {waiting} stay due; run the crawl again"
        )
