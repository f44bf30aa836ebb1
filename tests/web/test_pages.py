from __future__ import annotations

import re
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from sqlalchemy import event, select, text

from store.kinds import Role
from store.models.accounts import AccountRow, FlagRow
from store.models.evidence import ChangeRow, DropRow, EvidenceRow, SignalRow, SnapshotRow
from store.models.people import MailRow, SubscriberRow
from store.models.watch import RivalRow, SourceRow
from store.records import FactChange
from store.users import add_user
from tests.web.conftest import Person
from tests.web.seed import PASSWORD, add_accounts
from tests.web.test_permissions import PAGES

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'{{7*7}}\n</title>"
EVIL_URL = "javascript:alert(document.cookie)//<script>"


class LiveParts(HTMLParser):
    """Collects what a browser would run or follow."""

    def __init__(self):
        super().__init__()
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "script":
            self.scripts.append(values.get("src"))
        self.handlers += [name for name in values if name.startswith("on") or name == "style"]
        self.addresses += [values[name] or "" for name in ("href", "src", "action") if name in values]
        if tag == "a":
            self.links.append(values)


def live_parts(page: str) -> LiveParts:
    found = LiveParts()
    found.feed(page)
    return found


@contextmanager
def counted(database):
    statements: list[str] = []

    def count(connection, cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", count)


@pytest.fixture
def hostile(seeded):
    """A database in which everything a rival or a file can say is markup."""
    with seeded.write() as session:
        for row in session.scalars(select(SignalRow).limit(3)):
            row.headline, row.why, row.retraction, row.drivers = EVIL, EVIL, EVIL, [EVIL, {"name": EVIL}]
            row.facts = {
                "people": [{"name": EVIL, "role": EVIL}],
                EVIL: EVIL,
                "prices": [{"plan": EVIL, "before": EVIL}],
            }
        for row in session.scalars(select(EvidenceRow).limit(3)):
            row.quote, row.url = EVIL, EVIL_URL
        for row in session.scalars(select(ChangeRow).limit(3)):
            row.title, row.url, row.added, row.removed = EVIL, EVIL_URL, [EVIL], [EVIL + "old"]
            row.suppressed = [{"reason": EVIL, "before": EVIL, "after": EVIL}]
            kinds = {
                "kind": "price",
                "action": "changed",
                "plan": EVIL,
                "before": {"note": EVIL},
                "after": {"amount": EVIL},
            }
            row.facts = [FactChange.from_json(kinds).to_json()]
        for row in session.scalars(select(RivalRow)):
            row.name = EVIL
        for row in session.scalars(select(SourceRow).limit(20)):
            row.url, row.reason = EVIL_URL, EVIL
        for row in session.scalars(select(SnapshotRow).limit(3)):
            row.url, row.headers, row.content_type = EVIL_URL, {EVIL: EVIL}, EVIL
        for row in session.scalars(select(AccountRow).limit(3)):
            row.name, row.industry, row.stakeholders, row.uses = (
                EVIL,
                EVIL,
                [{"name": EVIL, "role": EVIL}],
                [EVIL],
            )
        for row in session.scalars(select(FlagRow)):
            row.because, row.play = EVIL, EVIL
        for row in session.scalars(select(DropRow)):
            row.reason, row.before, row.after = EVIL[:60], EVIL, EVIL
        for row in session.scalars(select(MailRow)):
            row.subject, row.text, row.last_error = EVIL, EVIL, EVIL
        for row in session.scalars(select(SubscriberRow)):
            row.name = EVIL
    return seeded


SHOWN = [
    *PAGES,
    "/digests/1",
    "/digests/4",
    "/changes?source=x",
    "/dropped?q=%3Cscript%3E",
    "/signals?q=%22%3E%3Cscript%3E",
]


def test_nothing_a_rival_says_becomes_live(hostile, make_person):
    admin = make_person("admin@us.example")
    for path in SHOWN:
        if path.startswith("/api"):
            continue
        page = admin.get(path)
        found = live_parts(page)
        assert found.scripts == [
            src for src in found.scripts if src and src.startswith("/static/app.js?v=")
        ], path
        assert len(found.scripts) == 1, path
        assert found.handlers == [], path
        assert all(re.match(r"(/|#|\?|https?://)", address) for address in found.addresses), path
        assert "49" not in re.findall(r"(\d+)\n&lt;/title", page), path


def test_links_to_rivals_carry_no_trust(seeded, make_person):
    person = make_person("viewer@us.example")
    outside = [
        link
        for path in ("/signals/1", "/changes", "/sources/northbeam/pricing", "/snapshots/1")
        for link in live_parts(person.get(path)).links
        if (link["href"] or "").startswith("http")
    ]
    assert outside
    assert {link["rel"] for link in outside} == {"noopener noreferrer nofollow"}


def test_a_snapshot_is_shown_as_text_only(seeded, make_person):
    page = make_person("viewer@us.example").get("/snapshots/2")
    assert "&lt;script&gt;track()&lt;/script&gt;" in page
    assert "<script>track()" not in page


def test_a_mail_is_shown_in_a_frame_that_runs_and_fetches_nothing(seeded, make_person):
    person = make_person("analyst@us.example")
    answer = person.client.get("/digests/1/html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    frame = re.search(r"<iframe[^>]*>", person.get("/digests/1"))
    assert frame is not None
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame[0]


def test_every_answer_carries_the_safety_headers(seeded, make_person):
    person = make_person("admin@us.example")
    for path in [*PAGES, "/login", "/nowhere", "/accounts/nobody", "/accounts?page=x"]:
        headers = person.client.get(path).headers
        assert (
            "default-src 'none'; script-src 'self'; style-src 'self'" in headers["content-security-policy"]
        ), path
        assert "unsafe" not in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_a_huge_form_is_refused_before_it_is_read(seeded, make_person):
    person = make_person("admin@us.example")
    assert person.client.post("/users", data={"name": "x" * 100_000}).status_code == 413


def test_every_page_renders_on_an_empty_database(database, make_person, now):
    with database.write() as session:
        add_user(session, "admin@us.example", "Ada", Role.ADMIN, PASSWORD, now)
    admin = make_person("admin@us.example")
    empty = {
        path: admin.status(path)
        for path in PAGES
        if not re.search(r"/(1|harbour-bank|northbeam/pricing)$", path)
    }
    assert set(empty.values()) == {200}
    assert "Write them into config/accounts.yaml" in admin.get("/accounts")
    assert "rivalwatch discover URL" in admin.get("/sources")
    assert admin.status("/accounts/harbour-bank") == 404


def test_the_log_in_page_of_an_empty_database_says_how_to_begin(database, make_person):
    assert "rivalwatch users add" in make_person(None).get("/login")


@pytest.mark.parametrize("path", ["/", "/accounts", "/api/v1/accounts"])
def test_ten_times_the_accounts_cost_no_more_queries(database, make_person, now, path):
    counts = []
    for number in (8, 80):
        with database.write() as session:
            if number == 8:
                add_user(session, "admin@us.example", "Ada", Role.ADMIN, PASSWORD, now)
            else:
                for row in session.scalars(select(AccountRow)):
                    row.key = f"old-{row.key}"
            add_accounts(session, now, number)
        person = make_person("admin@us.example")
        with counted(database) as statements:
            person.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 20


@pytest.mark.parametrize(
    "path", ["/signals", "/changes", "/dropped", "/sources", "/signals/1", "/accounts/harbour-bank"]
)
def test_lists_take_few_queries(seeded, make_person, path):
    person = make_person("viewer@us.example")
    with counted(seeded) as statements:
        person.get(path)
    assert len(statements) <= 12, statements


def test_the_account_page_says_why_the_account_is_yellow(seeded, make_person):
    page = make_person("viewer@us.example").get("/accounts/harbour-bank")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "Why is this account yellow?" in words
    assert re.search(
        r"It stands at 6\d\. Without competitors it would be green at 7\d, so rivals' activity takes 1\d points",
        words,
    )
    assert "Green again on 14 Jan 2027" in words
    assert "the rival is in evaluation at the account" in words
    assert 'action="/flags/' not in page


def test_an_unknown_score_is_a_dash_and_never_zero(seeded, make_person):
    page = make_person("viewer@us.example").get("/accounts/vale-clinics")
    assert "Why is the health of this account unknown?" in page
    assert "without competitors it would stand at" in page
    assert ">–</text>" in page


def test_a_signal_shows_its_evidence_word_by_word(seeded, make_person):
    page = make_person("analyst@us.example").get("/signals/1")
    assert "<del>$49</del>" in page
    assert "<ins>$59</ins>" in page
    assert "$49 per month" in page
    assert 'href="/snapshots/1"' in page
    assert 'href="/snapshots/2"' in page
    assert "2 differences suppressed as noise" in page


def test_a_proof_says_why_it_was_told_to_be_of_its_signal(seeded, make_person):
    with seeded.write() as session:
        session.get_one(EvidenceRow, 1).because = f"same person {EVIL}, 2 days apart"
    person = make_person("analyst@us.example")
    page = person.get("/signals/1")
    assert "Why it is here: same person &lt;script&gt;" in page
    assert "<img src=x" not in page
    assert person.client.get("/api/v1/signals/1").json()["evidence"][0]["because"].endswith("2 days apart")


@pytest.mark.parametrize(
    ("path", "there", "absent"),
    [
        ("/accounts?band=red", "Arden Insurance", "Polder Energy"),
        ("/accounts?q=tele", "Lumen Telecom", "Harbour Bank"),
        ("/accounts?tier=strategic&sort=name", "Harbour Bank", "Sable Retail"),
        ("/signals?rival=quillmark", "Quillmark hosts", "Clearfold names"),
        ("/signals?category=pricing", "raised Pro", "appointed"),
        ("/signals?queue=review", "Tessera Labs obtained", "Northbeam Identity raised"),
        ("/signals?week=2026-W46", "Quillmark hosts", "Verafide opened"),
        ("/dropped?stage=link", "Zenlock opened an office in Lima", "team lunch"),
        ("/dropped?q=LUNCH", "team lunch", "Lima"),
        ("/sources?state=blocked", "bot challenge", "status 503"),
        ("/changes?state=pending", "Clearfold: pricing", "Quillmark: pricing"),
        ("/signals?page=2", "26–30 of 30", "1–25 of 30"),
    ],
)
def test_filters_keep_what_fits(seeded, make_person, path, there, absent):
    page = make_person("admin@us.example").get(path)
    main = page[page.index("<main") :]
    assert there in main
    assert absent not in main


@pytest.mark.parametrize(
    "path",
    ["/accounts?band=purple", "/accounts?sort=x", "/signals?week=soon", "/signals?page=0", "/signals/x"],
)
def test_a_wrong_address_says_what_is_wrong(seeded, make_person, path):
    answer = make_person("viewer@us.example").client.get(path)
    assert answer.status_code == 422
    assert "check the address" in answer.text.lower()


def test_a_week_that_does_not_exist_is_named(seeded, make_person):
    answer = make_person("viewer@us.example").client.get("/signals?week=2026-W60")
    assert answer.status_code == 400
    assert "There is no week 2026-W60" in answer.text


def test_empty_filters_of_a_form_mean_no_filter(seeded, make_person):
    page = make_person("viewer@us.example").get("/signals?q=&rival=&category=&week=")
    assert "1–25 of 30" in page


def test_feedback_replaces_the_same_persons_earlier_word(seeded, make_person):
    analyst = make_person("analyst@us.example")
    assert analyst.post("/signals/1/feedback", verdict="useful") == 303
    assert analyst.post("/signals/1/feedback", verdict="category", category="launch") == 303
    page = analyst.get("/signals/1").partition('id="feedback"')[2]
    assert page.count("by analyst@us.example") == 1
    assert "<strong>launch</strong> by analyst@us.example" in page
    assert analyst.post("/signals/1/feedback", verdict="category") == 400
    assert analyst.post("/signals/999/feedback", verdict="noise") == 404


def test_what_is_pruned_says_so(seeded, make_person):
    with seeded.write() as session:
        session.get_one(SnapshotRow, 1).blob_sha256 = None
    assert "The answer had none." in make_person("viewer@us.example").get("/snapshots/1")


def test_health_check_tells_nothing_but_that_it_is_well(seeded, make_person):
    answer = make_person(None).client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_static_files_are_kept_by_browsers_and_nothing_else_is_served(seeded, make_person):
    visitor = make_person(None)
    answer = visitor.client.get("/static/style.css")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/"):
        assert visitor.client.get(path).status_code in (404, 405)


def test_people_without_javascript_get_the_whole_menu(seeded, make_person):
    person: Person = make_person("viewer@us.example")
    page = person.get("/")
    assert page.index('href="/dropped"') < page.index("<main")
    assert "People" not in page[: page.index("<main")]


@pytest.mark.parametrize(
    "path", ["/signals/{}", "/changes/{}", "/snapshots/{}", "/digests/{}", "/api/v1/signals/{}"]
)
def test_a_number_that_no_row_can_have_is_the_visitors_mistake(seeded, make_person, path):
    person = make_person("admin@us.example")
    for number in (0, -1, 2**31, 2**63, 10**30):
        assert person.status(path.format(number)) == 422


def test_a_reader_of_alerts_alone_is_promised_no_weekly_mail(seeded, make_person):
    with seeded.write() as session:
        for row in session.scalars(select(SubscriberRow)):
            row.preferences = {**row.preferences, "cadence": ["alerts"]}
    admin = make_person("admin@us.example")
    assert admin.get("/digests").count("no weekly mail") == 2
    assert "07:00 to" not in admin.get("/")


def test_accounts_are_their_owners_however_the_address_is_written(seeded, make_person):
    with seeded.write() as session:
        owned = session.scalars(select(AccountRow).where(AccountRow.owner == "dana@us.example")).all()
        for row in owned:
            row.owner = "Dana@US.example"
        for flag in session.scalars(select(FlagRow)):
            flag.owner = None
    dana = make_person("dana@us.example")
    assert f"{len(owned)} of 8 accounts, yours first" in dana.get("/accounts")
    assert len(dana.client.get("/api/v1/accounts?scope=mine").json()["accounts"]) == len(owned)
    assert "Harbour Bank" in dana.get("/flags?scope=mine")
    assert f"{len(owned)} accounts together" in dana.get("/portfolio?scope=mine")


def test_a_database_that_fails_is_told_as_a_page_to_people_and_as_json_to_programs(seeded, make_person):
    person = make_person("admin@us.example")
    with seeded.write() as session:
        session.execute(text("ALTER TABLE change RENAME TO elsewhere"))
    page = person.client.get("/changes")
    assert page.status_code == 503
    assert "The database cannot be read just now; try again in a minute." in page.text
    assert "text/html" in page.headers["content-type"]
    assert person.client.get("/api/v1/changes").json()["error"].startswith("the database cannot be read")
    with seeded.write() as session:
        session.execute(text("ALTER TABLE user RENAME TO nobody"))
    blind = person.client.get("/changes")
    assert (blind.status_code, blind.text.startswith("the database cannot be read")) == (503, True)
