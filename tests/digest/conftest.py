"""What digest tests share: a session on an empty database, settings, and worlds built in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from config.settings import Settings
from store.database import Database
from tests.digest.seed import World


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as opened:
        yield opened


@pytest.fixture
def world(session: Session, now: datetime) -> World:
    return World(session, now)


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate(
        {
            "company": "Us Ltd",
            "web": {"base_url": "https://watch.us.example"},
            "mail": {"sender": "digest@us.example", "unsubscribe_mailbox": "bye@us.example"},
        }
    )
