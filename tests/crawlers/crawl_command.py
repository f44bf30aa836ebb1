"""Crawls all due sources of a database, as a program of its own that a test can kill."""

from __future__ import annotations

import sys
from datetime import datetime

from crawlers.run import crawl
from store.database import Database
from store.sources import due_sources
from tests.crawlers.conftest import QUICK

if __name__ == "__main__":
    url, moment = sys.argv[1], datetime.fromisoformat(sys.argv[2])
    with Database(url) as database, database.read() as session:
        due = due_sources(session, moment)
    crawl(url, due, QUICK.model_copy(update={"concurrency_per_host": 2}), now=moment)
