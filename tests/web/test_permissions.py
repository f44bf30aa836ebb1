from __future__ import annotations

import pytest
from sqlalchemy import func, select

from store.audit import latest_audit
from store.kinds import FlagState, MailState, Role
from store.models.accounts import FlagRow
from store.models.people import AuditRow, MailRow, UserRow
from tests.web.seed import OWNER

EVERYBODY = frozenset(Role)
READ = [
    "/", "/accounts", "/accounts/harbour-bank", "/flags", "/portfolio", "/signals", "/signals/1", "/changes",
    "/changes/1", "/dropped", "/sources", "/sources/northbeam/pricing", "/snapshots/1", "/digests", "/me",
    "/api/v1/accounts", "/api/v1/accounts/harbour-bank", "/api/v1/signals", "/api/v1/signals/1", "/api/v1/sources",
    "/api/v1/changes",
]  # fmt: skip
#: path → who may see it.
PAGES = dict.fromkeys(READ, EVERYBODY) | {
    "/users": frozenset({Role.ADMIN}),
    "/audit": frozenset({Role.ADMIN}),
    "/data": frozenset({Role.ADMIN, Role.ANALYST}),
}
NEW = {"email": "new@us.example", "name": "New", "role": "manager", "password": "words to begin with"}
WORD = {"band": "red", "reason": "the CISO told us that they leave", "until": "2026-12-01"}
#: path, form → who may do it.
ACTS = [
    ("/flags/1/acknowledge", {}, {Role.ADMIN, Role.ANALYST, Role.MANAGER}),
    ("/flags/1/snooze", {"until": "2026-11-20"}, {Role.ADMIN, Role.ANALYST, Role.MANAGER}),
    ("/flags/1/close", {"outcome": "called the champion"}, {Role.ADMIN, Role.ANALYST, Role.MANAGER}),
    ("/accounts/harbour-bank/override", WORD, {Role.ADMIN, Role.ANALYST, Role.MANAGER}),
    ("/accounts/harbour-bank/override/lift", {}, {Role.ADMIN, Role.ANALYST, Role.MANAGER}),
    ("/signals/8/release", {}, {Role.ADMIN, Role.ANALYST}),
    ("/signals/19/dismiss", {}, {Role.ADMIN, Role.ANALYST}),
    ("/signals/1/feedback", {"verdict": "noise"}, {Role.ADMIN, Role.ANALYST, Role.MANAGER}),
    ("/signals/1/feedback", {"verdict": "category", "category": "launch"}, {Role.ADMIN, Role.ANALYST}),
    ("/digests/4/settle", {"word": "arrived"}, {Role.ADMIN, Role.ANALYST}),
    ("/users", NEW, {Role.ADMIN}),
    ("/users/disable", {"email": OWNER}, {Role.ADMIN}),
    ("/users/reset", {"email": OWNER, "password": "words to go on with"}, {Role.ADMIN}),
]  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_pages_and_no_other(seeded, make_person, role):
    person = make_person(f"{role.value}@us.example")
    seen = {path: person.status(path) for path in PAGES}
    assert seen == {path: 200 if role in allowed else 403 for path, allowed in PAGES.items()}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_it_may_and_leaves_a_record_of_it(seeded, make_person, role):
    person = make_person(None)
    assert person.log_in(f"{role.value}@us.example") == 303
    token = person.token()
    for path, form, allowed in ACTS:
        before = count_audit(seeded)
        answer = person.client.post(path, data={**form, "token": token}, follow_redirects=False)
        assert answer.status_code == (303 if role in allowed else 403), path
        assert count_audit(seeded) - before == (1 if role in allowed else 0), path
    with seeded.read() as session:
        assert {entry.who for entry in latest_audit(session, 50)} == {f"{role.value}@us.example"}


def count_audit(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(AuditRow))


def test_a_visitor_sees_nothing(seeded, make_person):
    visitor = make_person(None)
    statuses = {path: visitor.status(path) for path in [*PAGES, "/digests/1", "/digests/1/html"]}
    assert statuses == {path: 401 if path.startswith("/api/") else 303 for path in statuses}


def test_every_route_is_in_the_matrix_or_public(seeded, make_person):
    known = {*PAGES, *(path for path, _, _ in ACTS), "/digests/1", "/digests/1/html"}
    public = {"/login", "/logout", "/healthz", "/static", "/me/password"}
    by_token = {"/api/metrics"}  # programs push there; tests/accounts/test_push.py holds who may
    patterns = {
        "/accounts/{key}", "/signals/{signal_id}", "/changes/{change_id}", "/snapshots/{snapshot_id}",
        "/sources/{key:path}", "/digests/{mail_id}", "/digests/{mail_id}/html", "/digests/{mail_id}/settle",
        "/flags/{flag_id}/acknowledge", "/flags/{flag_id}/snooze", "/flags/{flag_id}/close",
        "/accounts/{key}/override", "/accounts/{key}/override/lift",
        "/signals/{signal_id}/release", "/signals/{signal_id}/dismiss",
        "/signals/{signal_id}/feedback", "/api/v1/accounts/{key}", "/api/v1/signals/{signal_id}",
        "/u/{token}", "/u/{token}/again", "/f/{token}/{signal_id}/{verdict}",
    }  # fmt: skip
    from web.app import ROUTERS

    paths = {route.path for module in ROUTERS for route in module.router.routes}
    assert paths - known - public - by_token - patterns == set()


@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_forms_without_our_token_are_refused(seeded, make_person, token):
    person = make_person("admin@us.example")
    given = {} if token is None else {"token": token}
    for path, form, _ in [*ACTS, ("/logout", {}, None), ("/me/password", {}, None)]:
        answer = person.client.post(path, data={**form, **given}, follow_redirects=False)
        assert answer.status_code == 403, path


def test_another_sessions_token_is_refused(seeded, make_person):
    one, other = make_person("manager@us.example"), make_person("analyst@us.example")
    answer = one.client.post("/flags/1/acknowledge", data={"token": other.token()}, follow_redirects=False)
    assert answer.status_code == 403


def test_the_log_in_form_needs_a_token_too(seeded, make_person):
    answer = make_person(None).client.post("/login", data={"email": OWNER, "password": "x"})
    assert answer.status_code == 403


def test_readers_see_their_own_mails_only_and_analysts_all(seeded, make_person):
    dana, viewer, analyst = (
        make_person(OWNER),
        make_person("viewer@us.example"),
        make_person("analyst@us.example"),
    )
    assert [dana.status(f"/digests/{mail}") for mail in (1, 4)] == [200, 404]
    assert [dana.status(f"/digests/{mail}/html") for mail in (1, 4)] == [200, 404]
    assert "milan@us.example" not in dana.get("/digests")
    assert "No mail yet" in viewer.get("/digests")
    assert [analyst.status(f"/digests/{mail}") for mail in (1, 4)] == [200, 200]


def test_a_readers_token_is_shown_to_nobody_else(seeded, make_person):
    token = "token-of-dana-0123456789"
    analyst, dana = make_person("analyst@us.example"), make_person(OWNER)
    for path in ("/digests/1", "/digests/1/html"):
        assert token not in analyst.get(path)
        assert token in dana.get(path)


def test_a_manager_sees_own_accounts_first_and_may_switch(seeded, make_person):
    dana = make_person(OWNER)
    assert "Kestrel Air" not in dana.get("/accounts")
    assert "Kestrel Air" in dana.get("/accounts?scope=all")
    assert "Kestrel Air" in make_person("analyst@us.example").get("/accounts")


def test_a_flag_is_acknowledged_snoozed_and_closed_with_its_outcome(seeded, make_person):
    dana = make_person(OWNER)
    assert dana.post("/flags/1/acknowledge") == 303
    assert dana.post("/flags/1/snooze", until="2026-11-23") == 303
    assert dana.post("/flags/1/close", outcome="the champion renews") == 303
    with seeded.read() as session:
        flag = session.get_one(FlagRow, 1)
        assert (flag.state, flag.outcome) == (FlagState.CLOSED.value, "the champion renews")
        assert [entry.action for entry in latest_audit(session, 3)] == [
            "close flag",
            "snooze flag",
            "acknowledge flag",
        ]
        assert latest_audit(session, 1)[0].detail["account"] == "harbour-bank"
    assert dana.post("/flags/1/acknowledge") == 400
    assert "the champion renews" in dana.get("/accounts/harbour-bank")


@pytest.mark.parametrize("until", ["2026-11-15", "2026-11-16", "2027-06-01", "soon", ""])
def test_a_flag_is_not_snoozed_into_the_past_or_for_ever(seeded, make_person, until):
    assert make_person(OWNER).post("/flags/1/snooze", until=until) in (400, 422)


def test_a_mail_in_doubt_is_settled_by_a_persons_word(seeded, make_person):
    analyst = make_person("analyst@us.example")
    assert analyst.post("/digests/4/settle", word="again") == 303
    with seeded.read() as session:
        assert session.get_one(MailRow, 4).state == MailState.QUEUED.value
    assert analyst.post("/digests/4/settle", word="again") == 400


def test_an_admin_adds_and_disables_people_but_not_themselves(seeded, make_person):
    admin = make_person("admin@us.example")
    assert admin.post("/users", **NEW) == 303
    assert make_person(None).log_in("new@us.example", "words to begin with") == 303
    assert admin.post("/users", **NEW) == 400
    assert admin.post("/users/disable", email="new@us.example") == 303
    assert admin.post("/users/disable", email="admin@us.example") == 400
    assert admin.post("/users/disable", email="nobody@us.example") == 400
    with seeded.read() as session:
        assert not session.scalar(select(UserRow.active).where(UserRow.email == "new@us.example"))


def test_a_reset_lets_a_disabled_person_in_with_the_new_password_only(seeded, make_person):
    admin, dana = make_person("admin@us.example"), make_person(OWNER)
    assert admin.post("/users/disable", email=OWNER) == 303
    assert admin.post("/users/reset", email=OWNER, password="short") == 400
    assert admin.post("/users/reset", email=OWNER, password="words to go on with") == 303
    assert dana.status("/") == 303
    assert make_person(None).log_in(OWNER) == 401
    assert make_person(None).log_in(OWNER, "words to go on with") == 303
