"""``signals release``, ``correct`` and ``dismiss``: what an analyst says a signal is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.context import context_of, current_time
from service.output import print_text
from store.kinds import HIGHEST_ID
from store.records import JsonObject

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from store.kinds import Category
    from store.signals import Signal

SignalId = Annotated[int, typer.Argument(metavar="ID", min=1, max=HIGHEST_ID)]
ByOption = Annotated[str, typer.Option("--by", help="Who says so: your e-mail address.")]


def release(
    context: typer.Context,
    signal_id: SignalId,
    by: ByOption,
    category: Annotated[str | None, typer.Option(help="Corrects what it is about.")] = None,
) -> None:
    """Answer that a signal which waits for review is right; one that was held counts from the next run on."""
    right, now = _category(category) if category else None, current_time()
    with context_of(context).database() as database, database.write() as session:
        _require_signal(session, signal_id)
        detail = _answer(session, signal_id, by, now, right)
        told = _require_signal(session, signal_id)
    done = f"signal {signal_id} is {right}" if right else f"signal {signal_id} is right as it is"
    print_text(f"{done}, and it counts; run 'rivalwatch process' to link it now")
    if detail:
        print_text(f"it now reads: {told.meaning.headline}")


def correct_category(
    context: typer.Context,
    signal_id: SignalId,
    category: Annotated[str, typer.Option(help="What it is about.")],
    by: ByOption,
) -> None:
    """Say of any signal, asked about or not, of which category it is; it is told and linked anew."""
    right, now = _category(category), current_time()
    with context_of(context).database() as database, database.write() as session:
        signal = _require_signal(session, signal_id)
        if _waits(signal):
            _answer(session, signal_id, by, now, right)
        else:
            _correct(session, signal_id, by, now, right)
        told = _require_signal(session, signal_id)
    if signal.meaning.category is right:
        print_text(f"signal {signal_id} is {right} already; your word is kept as a lesson")
    elif signal.retracted_at is not None:
        print_text(f"signal {signal_id} was taken back and stays so; your word is kept as a lesson")
    else:
        print_text(f"signal {signal_id} is {right}; run 'rivalwatch process' to link it now")
        print_text(f"it now reads: {told.meaning.headline}")


def dismiss(context: typer.Context, signal_id: SignalId, by: ByOption) -> None:
    """Answer that a signal is noise: one that waits for review counts no more, or never will.

    Of one that nobody asked about, the word is a lesson for the next training, and the signal stays.
    """
    from store.kinds import Category
    from store.reviews import dismiss_signal

    now = current_time()
    with context_of(context).database() as database, database.write() as session:
        signal = _require_signal(session, signal_id)
        sure = not _waits(signal) and signal.retracted_at is None
        if sure:
            _correct(session, signal_id, by, now, Category.NONE)
        else:
            dismiss_signal(session, signal_id, by, now)
            _record(session, "dismiss signal", signal_id, by, now, {})
    if sure:
        print_text(
            f"signal {signal_id} was not asked about and stays as it is; that it is noise is kept as a lesson"
        )
    else:
        print_text(f"signal {signal_id} is dismissed")


def _category(written: str) -> Category:
    """Return the category of that name. Raises: InputError with those that there are."""
    from config.errors import InputError
    from store.kinds import Category

    if written not in set(Category) - {Category.NONE}:
        known = ", ".join(item for item in Category if item is not Category.NONE)
        raise InputError(f"unknown category '{written}'; use one of: {known}, or 'signals dismiss' for noise")
    return Category(written)


def _answer(
    session: Session, signal_id: int, who: str, now: datetime, category: Category | None
) -> JsonObject:
    """Say that a signal which waits is right, or what it is instead, and return what the record holds."""
    from classify.correcting import release as answer

    detail = answer(session, signal_id, who, now, category)
    _record(session, "release signal", signal_id, who, now, detail)
    return detail


def _correct(session: Session, signal_id: int, who: str, now: datetime, category: Category) -> None:
    """Keep what somebody says a signal is, and tell it anew if that differs."""
    from classify.correcting import correct
    from store.feedback import Verdict

    detail = correct(session, signal_id, who, now, category) or {}
    verdict: JsonObject = {"verdict": Verdict.CATEGORY.value}
    _record(session, "give feedback", signal_id, who, now, verdict | detail)


def _record(
    session: Session, action: str, signal_id: int, who: str, now: datetime, detail: JsonObject
) -> None:
    from store.audit import AuditEntry, record_audit

    subject = f"signal:{signal_id}"
    record_audit(session, AuditEntry(at=now, who=who, action=action, subject=subject, detail=detail))


def _require_signal(session: Session, signal_id: int) -> Signal:
    """Return the signal. Raises: UnknownKeyError if there is none with that id."""
    from service.errors import UnknownKeyError
    from store.signals import get_signal

    signal = get_signal(session, signal_id)
    if signal is None:
        raise UnknownKeyError("signal", str(signal_id))
    return signal


def _waits(signal: Signal) -> bool:
    return signal.meaning.review and signal.retracted_at is None
