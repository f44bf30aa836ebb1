"""``digest``: render for a look, or put in the outbox and deliver."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from config.errors import OperationError
from service.commands.run import tell_delivery
from service.context import context_of, current_time
from service.output import print_text

app = typer.Typer(help="The weekly mail.", no_args_is_help=True)

WeekOption = Annotated[str | None, typer.Option(help="ISO week such as 2026-W47.")]


@app.command("preview")
def preview(
    context: typer.Context,
    subscriber: Annotated[str, typer.Option(help="The subscriber's e-mail address.")],
    week: WeekOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the HTML here instead of the text to the terminal.")
    ] = None,
) -> None:
    """Render one reader's digest without sending it."""
    from digest.preview import coming_week, preview

    with context_of(context).pipeline() as pipeline:
        settings = pipeline.configuration.settings
        with pipeline.database.read() as session:
            wanted = week or coming_week(session, subscriber, current_time())
            mail = preview(session, subscriber, wanted, settings)
    if out is None:
        print_text(f"Subject: {mail.subject}\n\n{mail.text}")
        return
    try:
        out.write_text(mail.html, encoding="utf-8")
    except OSError as error:
        raise OperationError(
            f"cannot write {out}: {error.strerror}; choose another place with --out"
        ) from error
    print_text(f"wrote {out} ({len(mail.html.encode()) // 1024} KB); subject: {mail.subject}")


@app.command("send")
def send(context: typer.Context, week: WeekOption = None) -> None:
    """Put the digests that are due (or those of a week) in the outbox, and deliver."""
    with context_of(context).pipeline() as pipeline:
        composed = pipeline.compose(current_time(), week=week)
        print_text(f"{composed} digest{'s' if composed != 1 else ''} put in the outbox")
        tell_delivery(pipeline.deliver(current_time(), hurry=True))
