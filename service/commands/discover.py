"""``discover``: proposes sources for a rival from its home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.context import CommandContext, context_of
from service.output import print_json, print_note, print_text

if TYPE_CHECKING:
    from config.settings import CrawlSettings


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(discover)


def discover(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The rival's home page.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Propose what to watch a rival by, each with its reason, as YAML to paste; stores nothing.

    Ends with status 3 where the home page could not be read and nothing else was found.
    """
    from dataclasses import asdict

    from config.urls import url_fault
    from crawlers.discovery.explore import discover as explore
    from crawlers.discovery.proposal import as_yaml
    from crawlers.dry import fetch_all

    command = context_of(context)
    address = url if "://" in url else f"https://{url}"
    if fault := url_fault(address):
        raise typer.BadParameter("; ".join(fault))
    settings = crawl_settings(command)
    found = explore(address, lambda sources: fetch_all(sources, settings))
    if as_json or command.as_json:
        print_json(asdict(found))
        return
    if found.problem:
        print_note(f"the home page could not be read: {found.problem}")
    print_text(as_yaml(found.proposals))
    print_note(
        f"{len(found.proposals)} sources proposed after {found.asked} requests; paste what you want into a file"
        " in competitors/, or run 'rivalwatch sources add URL --rival KEY'"
    )
    if found.problem and not found.proposals:
        raise typer.Exit(3)


def crawl_settings(command: CommandContext) -> CrawlSettings:
    """Return the configured manners, or the default ones where there is no configuration yet."""
    from config.settings import CrawlSettings

    if not command.environment.config_folder.is_dir():
        return CrawlSettings()
    return command.load_configuration().settings.crawl
