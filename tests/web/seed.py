"""A database as it looks after half a year of watching: 12 rivals, 80 sources, 30 signals, 8 accounts."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from store.blobs import put_blob
from store.kinds import (
    Band,
    Category,
    ChangeState,
    FactAction,
    FactKind,
    FetchState,
    FlagState,
    Look,
    MailKind,
    MailState,
    Role,
    Stage,
)
from store.models.accounts import AccountRow, ExposureRow, FlagRow, HealthRow
from store.models.evidence import ChangeRow, DropRow, EvidenceRow, SignalRow, SnapshotRow
from store.models.people import DigestRow, FeedbackRow, MailRow, SubscriberRow
from store.models.watch import CrawlRunRow, RivalRow, SourceRow, SourceTurnRow
from store.records import FactChange, Suppressed
from store.users import add_user

PASSWORD = "four plain words here"
OWNER = "dana@us.example"

RIVALS = (
    ("northbeam", "Northbeam Identity"),
    ("veridian", "Veridian Checks"),
    ("ostrava", "Ostrava ID"),
    ("clearfold", "Clearfold"),
    ("palisade", "Palisade Trust"),
    ("quillmark", "Quillmark"),
    ("signaro", "Signaro"),
    ("tessera", "Tessera Labs"),
    ("umbral", "Umbral Security"),
    ("verafide", "Verafide"),
    ("wickham", "Wickham Data"),
    ("zenlock", "Zenlock"),
)
TYPES = ("pricing", "careers", "news", "changelog", "customers", "team", "events")
TROUBLE = {
    4: (FetchState.BLOCKED, "bot challenge in place of the page"),
    17: (FetchState.BROKEN, "selector '#plans' is gone"),
    23: (FetchState.BLOCKED, "robots.txt disallows /careers"),
    38: (FetchState.EMPTY, "no text in the answer"),
    61: (FetchState.BROKEN, "status 503 for 6 days"),
}

STORIES = (
    (
        Category.PRICING,
        "{0} raised Pro from $49 to $59 a month, +20 %",
        "Accounts on Pro will compare offers before they renew.",
        0.82,
    ),
    (
        Category.LAUNCH,
        "{0} launched liveness checks for passports",
        "It closes the gap that kept banks with us.",
        0.78,
    ),
    (
        Category.LEADERSHIP,
        "{0} appointed Ines Calder as Chief Revenue Officer",
        "A new sales lead usually brings a push on large accounts.",
        0.55,
    ),
    (
        Category.CUSTOMER,
        "{0} names Harbour Bank as a customer",
        "The account is ours, and in evaluation there.",
        0.91,
    ),
    (
        Category.PARTNERSHIP,
        "{0} partners with Meridian Payments for onboarding",
        "The bundle reaches merchants we serve.",
        0.48,
    ),
    (
        Category.EVENT,
        "{0} hosts an identity summit in Dublin on 3 December",
        "Two of our accounts are in its market.",
        0.31,
    ),
    (
        Category.HIRING,
        "{0} seeks four account executives in Frankfurt",
        "It builds a sales team in a region of ours.",
        0.36,
    ),
    (
        Category.REGULATORY,
        "{0} obtained ISO 27001 for its cloud service",
        "A reason not to choose it is gone.",
        0.52,
    ),
    (Category.FINANCE, "{0} raised $40 million in a Series B round", "It can undercut us for a while.", 0.64),
    (
        Category.EXPANSION,
        "{0} opened an office in Warsaw",
        "It comes nearer to accounts in Central Europe.",
        0.4,
    ),
)
ACCOUNTS = (
    ("harbour-bank", "Harbour Bank", "strategic", OWNER, "banking", 76, "250000", 78.0, -14.0),
    ("lumen-telecom", "Lumen Telecom", "strategic", OWNER, "telecom", 140, "410000", 81.0, -4.0),
    ("arden-insurance", "Arden Insurance", "growth", OWNER, "insurance", 31, "120000", 57.0, -9.0),
    ("kestrel-air", "Kestrel Air", "growth", "milan@us.example", "travel", 205, "98000", 84.0, -2.0),
    ("polder-energy", "Polder Energy", "growth", "milan@us.example", "energy", 260, "175000", 88.0, 0.0),
    ("sable-retail", "Sable Retail", "maintenance", "milan@us.example", "retail", 18, "36000", 71.0, -4.0),
    ("tern-logistics", "Tern Logistics", "growth", OWNER, "logistics", 330, "64000", 81.0, -5.0),
    ("vale-clinics", "Vale Clinics", "maintenance", None, "health", 120, "28000", 74.0, 0.0),
)


def seed(session: Session, now: datetime) -> None:
    """Fill an empty database."""
    people(session, now)
    rivals = add_rivals(session)
    sources = add_sources(session, rivals, now)
    signals = add_signals(session, rivals, sources, now)
    accounts = add_accounts(session, now)
    add_exposures(session, accounts, signals, now)
    add_flags(session, accounts, signals, now)
    add_drops(session, sources, now)
    add_mails(session, now)


def people(session: Session, now: datetime) -> None:
    for role in Role:
        add_user(session, f"{role.value}@us.example", role.value.capitalize(), role, PASSWORD, now)
    add_user(session, OWNER, "Dana Orban", Role.MANAGER, PASSWORD, now)


def add_rivals(session: Session) -> list[RivalRow]:
    rows = [
        RivalRow(key=key, name=name, domain=f"{key}.example", market="identity-verification")
        for key, name in RIVALS
    ]
    session.add_all(rows)
    session.flush()
    return rows


def add_sources(session: Session, rivals: list[RivalRow], now: datetime) -> list[SourceRow]:
    rows = []
    for number in range(80):
        rival, kind = rivals[number % 12], TYPES[number // 12]
        state, reason = TROUBLE.get(number, (FetchState.OK, None))
        good = state is FetchState.OK
        rows.append(
            SourceRow(
                key=f"{rival.key}/{kind}",
                rival_id=rival.id,
                type=kind,
                url=f"https://{rival.domain}/{kind}",
                options={"render": "browser" if kind == "pricing" else "static"},
                every_seconds=6 * 3600 if kind == "pricing" else 86_400,
                state=state.value,
                reason=reason,
                state_since=now - timedelta(days=40 if good else 1 + number % 9),
                last_attempt_at=now - timedelta(hours=number % 12),
                last_success_at=now - timedelta(hours=number % 12)
                if good
                else now - timedelta(days=2 + number % 9),
                last_change_at=now - timedelta(days=number % 25) if number % 3 else None,
                next_due_at=now + timedelta(hours=1 + number % 23),
                failures=0 if good else 5,
                fetches=60 + number,
            )
        )
    session.add_all(rows)
    session.flush()
    for number, (state, reason) in TROUBLE.items():
        session.add(
            SourceTurnRow(source_id=rows[number].id, at=now - timedelta(days=60), before=None, after="ok")
        )
        session.add(
            SourceTurnRow(
                source_id=rows[number].id,
                at=now - timedelta(days=4),
                before="ok",
                after=state.value,
                reason=reason,
            )
        )
    counts = {"ok": 21, "unchanged": 54, "blocked": 2, "broken": 2, "empty": 1}
    session.add(
        CrawlRunRow(
            started_at=now - timedelta(minutes=42),
            finished_at=now - timedelta(minutes=38),
            look=Look.REGULAR.value,
            counts=counts,
        )
    )
    return rows


def add_signals(
    session: Session, rivals: list[RivalRow], sources: list[SourceRow], now: datetime
) -> list[SignalRow]:
    rows = []
    for number in range(30):
        category, headline, why, impact = STORIES[number % len(STORIES)]
        rival, source = rivals[number % 12], sources[number % 12]
        seen = now - timedelta(hours=5 + 19 * number)
        signal = SignalRow(
            rival_id=rival.id,
            story=f"story-{number}",
            category=category.value,
            secondary=["positioning"] if number == 0 else [],
            confidence=0.96 - 0.02 * number,
            impact=impact,
            drivers=[
                f"{category.value} moves weigh (+{impact - 0.2:.2f})",
                "the change is on the rival's own page (+0.20)",
            ],
            headline=headline.format(rival.name),
            why=why,
            facts=facts_of(category),
            review=number in (7, 18, 26),
            held=number in (7, 26),
            first_seen_at=seen,
            last_seen_at=seen,
            linked_at=seen,
            retracted_at=now - timedelta(days=1) if number == 11 else None,
            retraction="the page showed the old text again the next day" if number == 11 else None,
        )
        session.add(signal)
        session.flush()
        change = add_change(session, source, seen, number, headline.format(rival.name))
        quote = "Pro – $59 per user and month, billed yearly" if number == 0 else headline.format(rival.name)
        session.add(
            EvidenceRow(signal_id=signal.id, change_id=change.id, url=change.url, quote=quote, seen_at=seen)
        )
        rows.append(signal)
    session.add(FeedbackRow(signal_id=rows[1].id, who="analyst@us.example", verdict="useful", at=now))
    return rows


def facts_of(category: Category) -> dict[str, object]:
    facts: dict[str, object] = {"people": [], "partners": [], "product": None, "prices": [], "places": []}
    if category is Category.PRICING:
        facts["prices"] = [
            {
                "plan": "Pro",
                "before": {"amount": "49", "currency": "USD", "period": "month"},
                "after": {"amount": "59", "currency": "USD", "period": "month"},
                "percent": 20.4,
            }
        ]
    if category is Category.LEADERSHIP:
        facts["people"] = [{"name": "Ines Calder", "role": "Chief Revenue Officer", "action": "appointed"}]
    return facts


def add_change(session: Session, source: SourceRow, seen: datetime, number: int, headline: str) -> ChangeRow:
    before = add_snapshot(
        session, source, seen - timedelta(days=1), f"<html><body><p>Before {number}</p></body></html>"
    )
    after = add_snapshot(
        session, source, seen, f"<html><body><h1>{headline}</h1><script>track()</script></body></html>"
    )
    price = FactChange(
        kind=FactKind.PRICE,
        action=FactAction.CHANGED,
        name="Pro",
        before={"amount": "49", "currency": "USD", "period": "month"},
        after={"amount": "59", "currency": "USD", "period": "month"},
    )
    is_price = number % 10 == 0
    row = ChangeRow(
        source_id=source.id,
        before_snapshot_id=before,
        after_snapshot_id=after,
        unit="page",
        url=source.url,
        title=None,
        observed_at=seen,
        page_type=source.type,
        added=["Pro – $59 per user and month, billed yearly. Includes 2,000 checks."]
        if is_price
        else [headline],
        removed=["Pro – $49 per user and month, billed yearly. Includes 1,500 checks."] if is_price else [],
        facts=[price.to_json()] if is_price else [],
        suppressed=[
            Suppressed(reason="nonce", before="v=8c1f2a", after="v=91be07").to_json(),
            Suppressed(reason="seen before", after="“It just works”, says a customer").to_json(),
        ]
        if number % 2 == 0
        else [],
        importance=0.6,
        state=(ChangeState.PENDING if number == 3 else ChangeState.CONFIRMED).value,
        state_at=seen,
        confirm_due_at=seen + timedelta(minutes=10) if number == 3 else None,
        classified_at=seen,
    )
    session.add(row)
    session.flush()
    return row


def add_snapshot(session: Session, source: SourceRow, at: datetime, body: str) -> int:
    row = SnapshotRow(
        source_id=source.id,
        url=source.url,
        look=Look.REGULAR.value,
        fetched_at=at,
        state=FetchState.OK.value,
        status=200,
        headers={"content-type": "text/html; charset=utf-8", "etag": '"a1"'},
        content_type="text/html; charset=utf-8",
        blob_sha256=put_blob(session, body.encode()),
        extracted_at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def add_accounts(session: Session, now: datetime, count: int = 8) -> list[AccountRow]:
    """Add accounts with half a year of health; above 8 the same ones again under other names."""
    rows = []
    for number in range(count):
        key, name, tier, owner, industry, days, arr, level, fall = ACCOUNTS[number % 8]
        copy = f"-{number // 8}" if number >= 8 else ""
        row = AccountRow(
            key=key + copy,
            name=name + copy.replace("-", " "),
            domain=f"{key}.example",
            tier=tier,
            owner=owner,
            industry=industry,
            regions=["GB", "IE"],
            uses=["kyc", "document-verification"],
            rivals_present=["northbeam", "veridian"] if number % 8 in (0, 1) else [],
            stakeholders=[{"name": "Mara Quill", "role": "CISO"}, {"name": "Oskar Lind", "role": None}],
            renewal=now.date() + timedelta(days=days),
            arr=Decimal(arr),
            changed_at=now,
        )
        session.add(row)
        session.flush()
        add_health(session, row.id, now, level, fall, number)
        rows.append(row)
    return rows


def add_health(
    session: Session, account_id: int, now: datetime, level: float, fall: float, number: int
) -> None:
    for back in range(25, -1, -1):
        day = now.date() - timedelta(weeks=back)
        without = level + 1.6 * math.sin(back / 2.3 + number)
        taken = -fall * max(0.0, 1 - back / 9) ** 1.3
        score = without - taken
        session.add(
            HealthRow(
                account_id=account_id,
                as_of=day,
                score=None if number % 8 == 7 and back < 2 else score,
                band=(Band.GREY if number % 8 == 7 and back < 2 else band_of(score)).value,
                score_without_competitors=without,
                band_without_competitors=band_of(without).value,
                coverage=0.92 if number % 8 != 7 else 0.45,
                competitor_activity_index=None if number % 8 == 7 else min(100.0, taken * 3.1),
                churn_risk=min(0.95, (100 - score) / 130),
                trend_4w=fall * 0.55,
                trend_13w=fall * 0.9,
                parts=parts_of(score),
                moves=moves_of(fall) if back == 0 else [],
                green_again=date(2027, 1, 14) if number % 8 == 0 else None,
                computed_at=datetime(day.year, day.month, day.day, 5, tzinfo=UTC),
            )
        )


def band_of(score: float) -> Band:
    return Band.GREEN if score >= 75 else Band.YELLOW if score >= 50 else Band.RED


def parts_of(score: float) -> list[object]:
    def metric(name: str, value: float, normalised: float, weight: float) -> dict[str, object]:
        return {"name": name, "value": value, "normalised": normalised, "weight": weight}

    return [
        {"name": "financial", "weight": 0.35, "score": score + 9, "metrics": [
            metric("payment_on_time_share", 96, 94.7, 0.5), metric("revenue_change", 4.2, 69.1, 0.5)]},
        {"name": "engagement", "weight": 0.25, "score": score + 2, "metrics": [
            metric("adoption", 61, 56.4, 0.6), metric("nps", 32, 65, 0.4)]},
        {"name": "relationship", "weight": 0.2, "score": score - 3, "metrics": [metric("exec_meetings", 1, 50, 1.0)]},
        {"name": "risk", "weight": 0.2, "score": max(score - 38, 0), "metrics": [
            metric("days_to_renewal", 76, 19.2, 0.3), metric("competitor_exposure", 63, 37, 0.4)]},
    ]  # fmt: skip


def moves_of(fall: float) -> list[object]:
    if not fall:
        return []
    return [
        {
            "points": fall * 0.5,
            "because": "because of Veridian Checks: launched liveness checks for passports",
            "signal": 2,
        },
        {
            "points": fall * 0.25,
            "because": "because of Clearfold: names Harbour Bank as a customer",
            "signal": 4,
        },
        {"points": 1.4, "because": "because Licences in use went from 58 to 61 %"},
    ]


def add_exposures(
    session: Session, accounts: list[AccountRow], signals: list[SignalRow], now: datetime
) -> None:
    for number, account in enumerate(accounts):
        for signal in signals[number : number + (6 if number < 3 else 2)]:
            session.add(
                ExposureRow(
                    account_id=account.id,
                    signal_id=signal.id,
                    score=max(0.2, 0.86 - 0.09 * (signal.id % 7)),
                    reasons=[
                        {
                            "code": "rival_present",
                            "weight": 0.5,
                            "because": "the rival is in evaluation at the account",
                        },
                        {
                            "code": "product_overlap",
                            "weight": 0.45,
                            "because": "the account uses document verification",
                        },
                    ],
                    observed_at=signal.first_seen_at,
                    computed_at=now,
                )
            )


def add_flags(session: Session, accounts: list[AccountRow], signals: list[SignalRow], now: datetime) -> None:
    wanted = (
        (
            0,
            "competitor_named_account",
            3,
            FlagState.OPEN,
            "Clearfold names the account as its customer",
            3,
            -1,
        ),
        (
            0,
            "health_yellow",
            2,
            FlagState.ACKNOWLEDGED,
            "the score fell from 78 to 64 in four weeks",
            None,
            4,
        ),
        (
            1,
            "cai_jump",
            2,
            FlagState.OPEN,
            "the Competitor Activity Index rose by 22 points within 7 days",
            None,
            2,
        ),
        (2, "renewal_near", 2, FlagState.OPEN, "the contract ends in 31 days", None, 6),
        (5, "usage_drop", 1, FlagState.OPEN, "active users fell by 18 percent", None, 1),
        (
            3,
            "product_equivalent_launched",
            1,
            FlagState.SNOOZED,
            "a rival launched what the account uses",
            1,
            5,
        ),
        (0, "ticket_spike", 1, FlagState.CLOSED, "tickets rose by 60 percent", None, -20),
    )
    for number, code, level, state, because, signal, due in wanted:
        session.add(
            FlagRow(
                account_id=accounts[number].id,
                code=code,
                subject=str(number),
                level=level,
                state=state.value,
                owner=accounts[number].owner,
                because=because,
                play="Call the champion this week; bring the comparison of liveness checks and the renewal offer.",
                signal_id=signals[signal].id if signal is not None else None,
                opened_at=now - timedelta(days=3),
                due_at=now + timedelta(days=due),
                snoozed_until=now + timedelta(days=5) if state is FlagState.SNOOZED else None,
                closed_at=now - timedelta(days=1) if state is FlagState.CLOSED else None,
                outcome="settled: a release had broken log-ins" if state is FlagState.CLOSED else None,
            )
        )


def add_drops(session: Session, sources: list[SourceRow], now: datetime) -> None:
    kinds = (
        (Stage.EXTRACT, "seen before", "“Onboarding fell to two minutes”, says a customer", ""),
        (Stage.EXTRACT, "relative date", "posted 3 days ago", "posted 4 days ago"),
        (Stage.CLASSIFY, "category none", "", "Read our guide to the perfect team lunch"),
        (Stage.LINK, "not linked", "", "Zenlock opened an office in Lima"),
        (Stage.DIGEST, "below rank", "", "Tessera Labs joined an industry association"),
    )
    for number in range(60):
        stage, reason, before, after = kinds[number % 5]
        session.add(
            DropRow(
                stage=stage.value,
                reason=reason,
                subject=f"snapshot:{number}",
                digest=f"{number:064d}",
                source_id=sources[number].id,
                at=now - timedelta(hours=3 * number),
                before=before,
                after=after,
            )
        )


def add_mails(session: Session, now: datetime) -> None:
    for number, (name, email) in enumerate((("Dana Orban", OWNER), ("Milan Reyes", "milan@us.example"))):
        reader = SubscriberRow(
            key=email, email=email, name=name, timezone="Europe/Dublin", weekday=0, send_minute=420,
            preferences={"accounts": "owned", "competitors": "all", "categories": "all", "min_impact": 0.3,
                         "cadence": ["weekly"]},
            token=f"token-of-{name.split()[0].lower()}-0123456789",
        )  # fmt: skip
        session.add(reader)
        session.flush()
        for back in range(1, 4):
            state = MailState.IN_DOUBT if (number, back) == (1, 1) else MailState.SENT
            at = now - timedelta(weeks=back)
            period = at.strftime("%G-W%V")
            digest = DigestRow(subscriber_id=reader.id, kind="weekly", period=period, created_at=at)
            session.add(digest)
            session.flush()
            session.add(mail_row(reader, digest.id, state, at))


def mail_row(reader: SubscriberRow, digest_id: int, state: MailState, at: datetime) -> MailRow:
    html = (
        "<html><body style='font-family:sans-serif;padding:24px'><h1 style='color:#3b3fb6'>Your week</h1>"
        f"<p>Two accounts at risk.</p><p><a href='https://us.example/u/{reader.token}'>Unsubscribe</a></p>"
        "<script>document.title='ran'</script><img src='https://tracker.example/pixel.gif'></body></html>"
    )
    return MailRow(
        digest_id=digest_id,
        kind=MailKind.WEEKLY.value,
        message_id=f"<{digest_id}@us.example>",
        recipient=reader.email,
        subject="Harbour Bank turned yellow; Northbeam raised Pro by 20 %",
        html=html,
        text=f"Your week\n\nTwo accounts at risk.\n\nUnsubscribe: https://us.example/u/{reader.token}\n",
        raw=b"",
        state=state.value,
        attempts=1,
        created_at=at,
        next_attempt_at=at,
        sent_at=at if state is MailState.SENT else None,
        last_error="connection lost after the last byte" if state is MailState.IN_DOUBT else None,
    )
