"""``train``: a head that has learned from what people said of signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.classify import settings_or_defaults
from service.context import context_of
from service.output import print_json, print_text

if TYPE_CHECKING:
    from classify.measuring.evaluate import SignalsReport
    from classify.training.learning import Contest


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(train)


def train(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Learn categories from the packaged rows, reviews and feedback; kept if better on rows never trained on."""
    from classify.model.head import own_folder
    from classify.training.learning import learn
    from store.feedback import read_lessons

    command = context_of(context)
    with command.database() as database, database.read() as session:
        lessons = read_lessons(session)
    folder = own_folder(command.environment.data_folder)
    contest = learn(settings_or_defaults(context).classify, folder, lessons)
    if as_json or command.as_json:
        print_json(
            {
                "lessons": contest.lessons,
                "rows": contest.rows,
                "data_digest": contest.digest,
                "champion": contest.champion.to_json() if contest.champion else None,
                "challenger": contest.challenger.to_json(),
                "replaced": contest.won,
                "folder": str(folder),
            }
        )
        return
    print_text(f"trained on {contest.rows} rows, {contest.lessons} of them from reviews and feedback")
    if contest.champion is not None:
        print_text(_line("champion", contest.champion))
    print_text(_line("challenger", contest.challenger))
    print_text(_verdict(contest, str(folder)))


def _line(name: str, report: SignalsReport) -> str:
    return (
        f"{name:<10}  accuracy {report.accuracy:.3f}   macro-F1 {report.macro_f1:.3f}"
        f"   log loss {report.log_loss:.3f}   on {report.rows} rows never trained on"
    )


def _verdict(contest: Contest, folder: str) -> str:
    if contest.won:
        return f"the challenger takes over; it is kept in {folder}"
    if contest.same:
        return "the rows are those of the champion, which stays"
    return "the challenger is not better; the champion stays"
