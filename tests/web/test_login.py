from __future__ import annotations

from datetime import timedelta

import pytest

from config.settings import Settings, WebSettings
from store.audit import latest_audit
from store.kinds import Role
from store.users import (
    LONGEST_LOCK,
    MAX_PASSWORD,
    UserError,
    UserExistsError,
    WeakPasswordError,
    add_user,
    authenticate,
    disable_user,
    list_users,
    lock_time,
)
from tests.web.conftest import Person, token_in
from tests.web.seed import PASSWORD
from web.app import create_app
from web.routes.login import own_path
from web.throttle import ALLOWED, Throttle


def test_a_person_logs_in_and_sees_the_overview(seeded, make_person):
    person = make_person(None)
    assert person.log_in("viewer@us.example") == 303
    assert "Overview" in person.get("/")


def test_nobody_sees_a_page_without_logging_in(seeded, make_person):
    answer = make_person(None).client.get("/accounts?band=red", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Faccounts%3Fband%3Dred"


def test_the_api_says_401_without_logging_in(seeded, make_person):
    answer = make_person(None).client.get("/api/v1/accounts")
    assert (answer.status_code, answer.json()) == (401, {"error": "log in to see this page"})


def test_wrong_password_and_unknown_person_get_the_same_answer(seeded, make_person):
    wrong, unknown = make_person(None), make_person(None)
    pages = []
    for person, email in ((wrong, "viewer@us.example"), (unknown, "nobody@us.example")):
        token = token_in(person.client.get("/login").text)
        answer = person.client.post("/login", data={"token": token, "email": email, "password": "wrong one"})
        pages.append((answer.status_code, answer.text.replace(email, "").replace(token, "")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 401


def test_five_failures_lock_out_and_each_next_one_longer(seeded, make_person, clock):
    person = make_person(None)
    for _ in range(5):
        assert person.log_in("viewer@us.example", "wrong one") == 401
    assert person.log_in("viewer@us.example") == 401
    clock.forward(lock_time(5) + timedelta(seconds=1))
    assert person.log_in("viewer@us.example", "wrong one") == 401
    clock.forward(lock_time(5) + timedelta(seconds=1))
    assert person.log_in("viewer@us.example") == 401
    clock.forward(lock_time(6))
    assert person.log_in("viewer@us.example") == 303


def test_locks_grow_and_stop_at_an_hour():
    locks = [lock_time(failures) for failures in range(1, 60)]
    assert locks == sorted(locks)
    assert locks[3] == timedelta()
    assert locks[-1] == LONGEST_LOCK


def test_a_flood_from_one_address_is_stopped(seeded, make_person):
    person = make_person(None)
    for number in range(ALLOWED):
        person.log_in(f"guess{number}@us.example", "wrong one")
    assert person.log_in("viewer@us.example") == 429


def test_the_throttle_forgives_after_ten_minutes_and_forgets_the_oldest(now):
    throttle = Throttle()
    for _ in range(ALLOWED):
        throttle.count_failure("a", now)
    assert throttle.is_exhausted("a", now)
    assert not throttle.is_exhausted("b", now)
    assert not throttle.is_exhausted("a", now + timedelta(minutes=11))
    for number in range(5_000):
        throttle.count_failure(f"c{number}", now)
    assert not throttle.is_exhausted("a", now)


def test_a_session_expires(seeded, make_person, clock):
    person = make_person("viewer@us.example")
    clock.forward(timedelta(hours=12, seconds=1))
    assert person.status("/") == 303


def test_logging_out_ends_the_session_also_for_a_copied_cookie(seeded, make_person):
    person = make_person("viewer@us.example")
    copied = dict(person.client.cookies)
    assert person.post("/logout") == 303
    thief = make_person(None)
    for name, value in copied.items():
        thief.client.cookies.set(name, value)
    assert thief.status("/") == 303


def test_a_forged_or_foreign_cookie_is_no_session(seeded, make_person):
    person = make_person("viewer@us.example")
    (name, value), *_ = person.client.cookies.items()
    for forged in (value[:-2], value.split(".")[0], "x.y", "", value + "a"):
        thief = make_person(None)
        thief.client.cookies.set(name, forged)
        assert thief.status("/") == 303


def test_a_disabled_person_is_out_at_once(seeded, make_person):
    person = make_person("viewer@us.example")
    with seeded.write() as session:
        disable_user(session, "viewer@us.example")
    assert person.status("/") == 303
    assert make_person(None).log_in("viewer@us.example") == 401


def test_a_new_password_ends_other_sessions_and_keeps_this_one(seeded, make_person):
    here, there = make_person("viewer@us.example"), make_person("viewer@us.example")
    new = "another four words"
    assert here.post("/me/password", current=PASSWORD, password=new, again=new) == 303
    assert here.status("/") == 200
    assert there.status("/") == 303
    assert make_person(None).log_in("viewer@us.example", new) == 303


@pytest.mark.parametrize(
    ("current", "password", "again"),
    [("wrong", "another four words", "another four words"), (PASSWORD, "short", "short"),
     (PASSWORD, "a" * 40, "a" * 40), (PASSWORD, "another four words", "other words here")],
)  # fmt: skip
def test_a_bad_new_password_is_refused_with_the_reason(seeded, make_person, current, password, again):
    person = make_person("viewer@us.example")
    assert person.post("/me/password", current=current, password=password, again=again) == 400
    assert person.status("/") == 200


def test_the_cookie_is_http_only_lax_and_secure_where_https_is(seeded, make_person, clock):
    plain = make_person(None).client.get("/login").headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain
    https = Settings(web=WebSettings(base_url="https://watch.us.example"))
    from fastapi.testclient import TestClient

    with TestClient(create_app(seeded, https, now=clock), base_url="https://watch.us.example") as client:
        answer = client.get("/login")
        assert answer.headers["set-cookie"].startswith("__Host-rivalwatch_session=")
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
        assert Person(client).log_in("viewer@us.example") == 303
        assert client.get("/").status_code == 200


def test_a_restart_keeps_people_logged_in(seeded, make_person, clock):
    from fastapi.testclient import TestClient

    person = make_person("viewer@us.example")
    with TestClient(create_app(seeded, Settings(), now=clock), base_url="http://127.0.0.1:8000") as again:
        again.cookies.update(person.client.cookies)
        assert again.get("/", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "/a\r\nX: y",
        "/login",
    ],
)
def test_log_in_leads_only_to_our_own_pages(target):
    assert own_path(target) == "/"


def test_log_in_leads_back_to_where_one_wanted_to_go():
    assert own_path("/accounts?band=red") == "/accounts?band=red"


def test_log_in_and_failures_leave_their_record(seeded, make_person):
    assert make_person(None).log_in("viewer@us.example") == 303
    with seeded.read() as session:
        entry = latest_audit(session, 1)[0]
        assert (entry.who, entry.action) == ("viewer@us.example", "log in")
        assert next(user for user in list_users(session) if user.email == "viewer@us.example").last_login_at


def test_a_user_is_added_once_and_found_in_any_case(database, now):
    with database.write() as session:
        user = add_user(session, " Ana@Us.Example ", "Ana", Role.ANALYST, PASSWORD, now)
        assert (user.email, user.role, user.active) == ("ana@us.example", Role.ANALYST, True)
        with pytest.raises(UserExistsError, match=r"ana@us\.example exists already"):
            add_user(session, "ANA@us.example", "Ana", Role.VIEWER, PASSWORD, now)
        assert authenticate(session, "ANA@us.example", PASSWORD, now) is not None
        assert authenticate(session, "ana@us.example", PASSWORD.upper(), now) is None


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaa", "ana@us.example", "x" * (MAX_PASSWORD + 1)])
def test_weak_passwords_are_refused(database, now, password):
    with database.write() as session, pytest.raises(WeakPasswordError):
        add_user(session, "ana@us.example", "Ana", Role.VIEWER, password, now)


@pytest.mark.parametrize(
    "email", ["", "ana", "a b@c.example", "a@b@c", "<x>@c.example", "a\n@c.example", "x" * 400 + "@c.example"]
)
def test_what_is_no_address_is_refused(database, now, email):
    with database.write() as session, pytest.raises(UserError):
        add_user(session, email, "Ana", Role.VIEWER, PASSWORD, now)
