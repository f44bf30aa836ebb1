"""Metrics pushed as JSON, over the real application."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import PushRefusedError
from accounts.push import MOST_VALUES, read_push
from config.accounts import AccountConfig
from config.settings import Settings
from store.account_writes import sync_accounts
from store.accounts import account_ids
from store.connections import connection_states
from store.database import Database
from store.metrics import metric_history
from store.push_tokens import list_push_tokens, make_push_token, revoke_push_token
from web.app import create_app

ENTRY = {"account": "harbour-bank", "metric": "nps", "period": "2026-10", "value": 41}


@pytest.fixture
def client(database: Database, now: datetime) -> Iterator[TestClient]:
    with database.write() as session:
        sync_accounts(session, [AccountConfig(key="harbour-bank", name="Harbour Bank")], now)
        token = make_push_token(session, "warehouse", now)
    with TestClient(create_app(database, Settings(), now=lambda: now)) as opened:
        opened.headers["Authorization"] = f"Bearer {token}"
        yield opened


def _stored(database: Database) -> dict[str, list[tuple[date, float]]]:
    with database.read() as session:
        return metric_history(session, date.min).get(account_ids(session)["harbour-bank"], {})


def test_pushed_values_are_taken_and_repeating_them_changes_nothing(
    client: TestClient, database: Database
) -> None:
    body = [ENTRY, {**ENTRY, "period": "2026-11-03", "value": 42.5}]
    assert client.post("/api/metrics", json=body).json() == {"created": 2, "updated": 0, "unchanged": 0}
    assert client.post("/api/metrics", json=body).json() == {"created": 0, "updated": 0, "unchanged": 2}
    again = client.post("/api/metrics", json=[{**ENTRY, "value": 40}])
    assert again.json() == {"created": 0, "updated": 1, "unchanged": 0}
    assert _stored(database) == {"nps": [(date(2026, 10, 1), 40.0), (date(2026, 11, 3), 42.5)]}


def test_every_mistake_is_named_by_its_row_and_nothing_is_taken(
    client: TestClient, database: Database
) -> None:
    body: list[Any] = [
        ENTRY,
        {**ENTRY, "account": "harbor-bank"},
        {**ENTRY, "metric": "N P S"},
        {**ENTRY, "period": "last month"},
        {**ENTRY, "value": "41"},
        {**ENTRY, "value": True},
        {"account": "harbour-bank"},
        {**ENTRY, "valeu": 1},
        "nps",
        ENTRY,
    ]
    answer = client.post("/api/metrics", json=body)
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert {p["row"] for p in problems} == {2, 3, 4, 5, 6, 7, 8, 9, 10}
    assert [p["remedy"] for p in problems if p["row"] == 8] == ["did you mean 'value'?"]
    assert "row 1" in next(p["message"] for p in problems if p["row"] == 10)
    assert _stored(database) == {}


def test_a_refused_push_stands_until_one_is_taken(client: TestClient, database: Database) -> None:
    client.post("/api/metrics", json=[{}])
    with database.read() as session:
        (state,) = connection_states(session)
    assert state.key == "push:warehouse"
    assert state.error
    assert state.error.startswith("4 mistakes")
    client.post("/api/metrics", json=[ENTRY])
    with database.read() as session:
        (state,) = connection_states(session)
        (token,) = list_push_tokens(session)
    assert state.error is None
    assert token.last_used_at is not None


@pytest.mark.parametrize("body", [b"", b"{", b"nps=41", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/metrics", content=body)
    assert answer.status_code in (400, 422)
    assert "error" in answer.json()


def test_numbers_that_are_none_are_refused(client: TestClient, database: Database) -> None:
    for number in ("NaN", "Infinity", "1e999", "-Infinity"):
        body = json.dumps([ENTRY]).replace("41", number)
        assert client.post("/api/metrics", content=body).status_code == 422
    assert _stored(database) == {}


def test_large_bodies_and_long_lists_are_refused(client: TestClient) -> None:
    assert client.post("/api/metrics", content=b" " * (2 * 1024 * 1024 + 1)).status_code == 413
    many = [{**ENTRY, "value": 1}] * (MOST_VALUES + 1)
    answer = client.post("/api/metrics", json=many)
    assert answer.status_code == 422
    assert str(MOST_VALUES) in answer.json()["problems"][0]["remedy"]
    assert client.post("/login", content=b"x" * 70_000).status_code == 413


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer rwp_guess", "Basic abc", "Bearer \u00e9"])
def test_without_a_token_nobody_pushes(client: TestClient, header: str) -> None:
    sent = {"Authorization": header.encode("latin-1")}
    answer = client.post("/api/metrics", json=[ENTRY], headers=sent)  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert "rivalwatch users token" in answer.json()["error"]


def test_a_revoked_or_renewed_token_is_worth_nothing(
    client: TestClient, database: Database, now: datetime
) -> None:
    with database.write() as session:
        revoke_push_token(session, "warehouse", now)
    assert client.post("/api/metrics", json=[ENTRY]).status_code == 401
    with database.write() as session:
        renewed = make_push_token(session, "warehouse", now + timedelta(days=1))
    assert client.post("/api/metrics", json=[ENTRY]).status_code == 401
    answer = client.post("/api/metrics", json=[ENTRY], headers={"Authorization": f"Bearer {renewed}"})
    assert answer.status_code == 200


def test_whoever_guesses_tokens_is_slowed_down(client: TestClient) -> None:
    wrong = {"Authorization": "Bearer rwp_guess"}
    answers = [client.post("/api/metrics", json=[], headers=wrong).status_code for _ in range(25)]
    assert answers[-1] == 429


def test_the_token_stands_nowhere_in_the_database(database: Database, now: datetime) -> None:
    with database.write() as session:
        token = make_push_token(session, "warehouse", now)
        stored = repr(list_push_tokens(session))
    assert token not in stored


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
_ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "account": st.sampled_from(["a", "b"]) | _JSON,
        "metric": st.sampled_from(["nps", "x y"]) | _JSON,
        "period": st.sampled_from(["2026-10", "2026-13", "2026-W53"]) | _JSON,
        "value": st.floats() | _JSON,
    },
)


@given(_JSON | st.lists(_ENTRIES))
def test_any_body_is_taken_whole_or_refused_with_rows(body: Any) -> None:
    try:
        values = read_push(body, {"a"})
    except PushRefusedError as error:
        rows = {problem.row for problem in error.problems}
        assert rows
        assert rows <= set(range(len(body) + 1 if isinstance(body, list) else 1))
    else:
        assert len(values) == len(body)
        assert {value.account_key for value in values} <= {"a"}
