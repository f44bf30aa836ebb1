"""Pages over a seeded database, and people who use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest
from fastapi.testclient import TestClient

from config.settings import Settings
from store.database import Database
from store.schema import upgrade
from store.sessions import session_secret
from tests.conftest import NOW
from tests.web.seed import PASSWORD, seed
from web.app import create_app

TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that a test moves."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Person:
    """Somebody with a browser of their own."""

    client: TestClient
    pages: list[str] = field(default_factory=list)

    def log_in(self, email: str, password: str = PASSWORD) -> int:
        page = self.client.get("/login", follow_redirects=False)
        form = {"token": token_in(page.text), "email": email, "password": password, "next": "/"}
        return self.client.post("/login", data=form, follow_redirects=False).status_code

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def status(self, path: str) -> int:
        return self.client.get(path, follow_redirects=False).status_code

    def token(self) -> str:
        return token_in(self.get("/me"))

    def post(self, path: str, **form: str) -> int:
        data = {"token": self.token(), **form}
        return self.client.post(path, data=data, follow_redirects=False).status_code


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    assert found is not None, "no form on this page"
    return found[1]


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded database file, made once: hashing passwords is slow on purpose."""
    path = tmp_path_factory.mktemp("seed") / "seeded.db"
    with Database(f"sqlite:///{path}") as made:
        upgrade(made)
        with made.write() as session:
            seed(session, NOW)
            session_secret(session, NOW)
    return path


@pytest.fixture(scope="session")
def cookies() -> dict[str, dict[str, str]]:
    """Sessions by e-mail, good in every copy of the seeded file: checking a password is slow on purpose."""
    return {}


@pytest.fixture
def seeded(database: Database, seeded_file: Path) -> Database:
    """The test's own database, filled."""
    database.close()
    with (
        closing(connect(seeded_file)) as source,
        closing(connect(str(database.engine.url.database))) as target,
    ):
        source.backup(target)
    return database


@pytest.fixture
def make_person(
    database: Database, clock: Clock, cookies: dict[str, dict[str, str]]
) -> Iterator[Callable[[str | None], Person]]:
    """Gives people, logged in by e-mail, or visitors for None; all of one running application."""
    app = create_app(database, Settings(), now=clock)
    clients: list[TestClient] = []

    def make(email: str | None) -> Person:
        client = TestClient(app, base_url="http://127.0.0.1:8000")
        clients.append(client)
        person = Person(client)
        if email is None:
            return person
        client.cookies.update(cookies.get(email, {}))
        if person.status("/me") != 200:
            client.cookies.clear()
            assert person.log_in(email) == 303
            cookies[email] = dict(client.cookies)
        return person

    yield make
    for client in clients:
        client.close()
