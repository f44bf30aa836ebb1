"""``health``: what people say against a score, what became of accounts, and what that says of the rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from config.errors import InputError
from service.commands.health import JsonOption, known_account
from service.context import context_of, current_time, parse_since
from service.output import print_json, print_json_lines, print_table, print_text

if TYPE_CHECKING:
    from store.records import JsonObject

A_DAY_AHEAD = timedelta(days=1)  # where the day begins before it does in UTC
ByOption = Annotated[str, typer.Option("--by", help="Who says so: your e-mail address.")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``health``."""
    for command in (override, lift, overrides, outcome, outcomes, refit):
        app.command(command.__name__)(command)


def override(
    context: typer.Context,
    key: str,
    band: Annotated[str, typer.Option(help="green, yellow or red.")],
    reason: Annotated[str, typer.Option(help="Why the computed health is wrong.")],
    until: Annotated[str, typer.Option(help="Last day on which it holds, such as 2026-12-31.")],
    by: ByOption,
    score: Annotated[float | None, typer.Option(help="A score within the band; else the nearest.")] = None,
) -> None:
    """Say that an account's health is another than computed, with a reason and an end; both are shown."""
    from healthmerge.overrides import end_of, put_override
    from store.audit import AuditEntry, record_audit
    from store.kinds import Band
    from store.overrides import Override

    command, now = context_of(context), current_time()
    if band not in {item.value for item in Band}:
        raise InputError(f"unknown band '{band}'; use one of: green, yellow, red")
    health = command.load_configuration().health
    with command.database() as database, database.write() as session:
        account = known_account(session, key)
        kept = put_override(
            session,
            account,
            Override(
                account_id=account.id,
                band=Band(band),
                score=score,
                reason=reason.strip(),
                author=by,
                created_at=now,
                expires_at=end_of(_day(until)),
            ),
            health.for_tier(account.tier).bands,
            now,
        )
        detail = {"band": band, "reason": kept.reason, "until": until}
        record_audit(
            session,
            AuditEntry(
                at=now, who=by, action="override health", subject=f"account:{account.key}", detail=detail
            ),
        )
    print_text(f"{key} is {band} by the word of {by} until {until}; the computed health is shown beside it")


def lift(context: typer.Context, key: str, by: ByOption) -> None:
    """End an override before its time; the computed health is in force again."""
    from healthmerge.overrides import lift_override
    from store.audit import AuditEntry, record_audit

    now = current_time()
    with context_of(context).database() as database, database.write() as session:
        account = known_account(session, key)
        ended = lift_override(session, account, by, now)
        record_audit(
            session,
            AuditEntry(at=now, who=by, action="lift override", subject=f"account:{account.key}"),
        )
    print_text(f"the override of {key} by {ended.author} has ended")


def overrides(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the overrides in force."""
    from store.accounts import list_all_accounts
    from store.overrides import overrides_in_force

    command = context_of(context)
    with command.database() as database, database.read() as session:
        keys = {account.id: account.key for account in list_all_accounts(session)}
        found = overrides_in_force(session, current_time())
    rows: list[JsonObject] = [
        {
            "key": keys[account_id],
            "band": item.band.value,
            "score": item.score,
            "author": item.author,
            "reason": item.reason,
            "created_at": item.created_at.isoformat(),
            "expires_at": item.expires_at.isoformat(),
            "last_day": item.last_day.isoformat(),
        }
        for account_id, item in sorted(found.items(), key=lambda pair: keys[pair[0]])
    ]
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    print_table(
        ("key", "band", "author", "until", "reason"),
        ((r["key"], r["band"], r["author"], r["last_day"], r["reason"]) for r in rows),
        "nobody overrides a score",
    )


def outcome(
    context: typer.Context,
    key: str,
    kind: Annotated[str, typer.Argument(help="renewed, expanded, downgraded or churned.")],
    by: ByOption,
    on: Annotated[str | None, typer.Option(help="The day; today if absent.")] = None,
    before: Annotated[str | None, typer.Option("--arr-before", help="Yearly revenue until then.")] = None,
    after: Annotated[str | None, typer.Option("--arr-after", help="Yearly revenue from then on.")] = None,
    note: Annotated[str, typer.Option(help="What decided it, in your words.")] = "",
) -> None:
    """Record what became of an account, so that weights and rules can be judged later."""
    from store.kinds import OutcomeKind
    from store.outcomes import AccountOutcome, record_outcome

    now = current_time()
    if kind not in {item.value for item in OutcomeKind}:
        raise InputError(f"unknown outcome '{kind}'; use one of: {', '.join(OutcomeKind)}")
    with context_of(context).database() as database, database.write() as session:
        account = known_account(session, key)
        day = _day(on) if on else now.date()
        if day > now.date() + A_DAY_AHEAD:
            raise InputError(f"{day} has not come yet; an outcome is recorded once it is known")
        found = AccountOutcome(
            account_id=account.id,
            account_key=key,
            day=day,
            kind=OutcomeKind(kind),
            arr_before=_amount(before) if before else account.arr,
            arr_after=_amount(after) if after else (Decimal(0) if kind == OutcomeKind.CHURNED else None),
            note=note.strip(),
            who=by,
        )
        if not record_outcome(session, found, now):
            raise InputError(f"{key} has an outcome of {day} already; give another day with --on")
    print_text(f"{key}: {kind} on {day}")


def outcomes(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="A date, or a duration such as 26w.")] = "52w",
    as_json: JsonOption = False,
) -> None:
    """Judge flag rules and bands by what people and contracts said afterwards."""
    from healthmerge.judge import judge

    command, now = context_of(context), current_time()
    with command.database() as database, database.read() as session:
        judgement = judge(session, parse_since(since, now))
    if as_json or command.as_json:
        print_json(judgement.to_json())
        return
    print_table(
        (
            "flag",
            "opened",
            "living",
            "ended alone",
            "helped",
            "no effect",
            "too late",
            "false alarm",
            "useful",
        ),
        (
            (
                rule.code,
                rule.opened,
                rule.living,
                rule.ended_alone,
                *(rule.verdicts.get(v, 0) for v in ("helped", "no_effect", "too_late", "false_alarm")),
                "not judged" if rule.useful is None else f"{rule.useful:.0%}",
            )
            for rule in judgement.rules
        ),
        "no flag was opened in that time",
    )
    print_text("")
    print_table(
        ("band two months before", "outcomes", "churned", "downgraded"),
        ((band.band, band.outcomes, band.churned, band.downgraded) for band in judgement.bands),
        f"{judgement.recorded} outcomes are recorded, none with a health of two months before; "
        "'rivalwatch health outcome' records one",
    )


def refit(
    context: typer.Context,
    by: ByOption,
    dry: Annotated[bool, typer.Option("--dry", help="Only say what would come of it.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Fit the churn risk to the recorded outcomes, if there are enough and the fit foresees better."""
    from healthmerge.refit import refit as fit

    command = context_of(context)
    with command.database() as database, database.write() as session:
        result = fit(session, current_time(), by, adopt=not dry)
    if as_json or command.as_json:
        print_json(result.to_json())
    else:
        print_text(result.words)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is not a date; write year-month-day, such as 2026-12-31") from None


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise InputError(f"'{text}' is not an amount; write digits only, such as 250000")
    return amount
