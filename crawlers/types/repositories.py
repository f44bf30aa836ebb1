"""Public repositories of an organisation at GitHub or GitLab: a new one often comes before the product behind it."""

from __future__ import annotations

from datetime import timedelta

from config.catalogue import Parameter
from crawlers.adapter import Adapter
from crawlers.json_node import Node
from crawlers.paging import by_number
from crawlers.plain import plain_text
from crawlers.types.json_lists import JsonList, json_list_adapter
from store.records import Entry

PAGE_SIZE = 100
_OWNER = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}"
_GROUP = r"[\w.-]{1,100}(?:/[\w.-]{1,100}){0,4}"


def _github(item: Node, root: Node) -> Entry | None:
    number, name = item["id"].text(), item["full_name"].text()
    if not number or not name or item["fork"].value is True:
        return None
    about = plain_text(item["description"].text(), 300)
    return _repository(number, name, item["html_url"].text(), about, item["created_at"])


def _gitlab(item: Node, root: Node) -> Entry | None:
    number, name = item["id"].text(), item["path_with_namespace"].text()
    if not number or not name or item["forked_from_project"]:
        return None
    about = plain_text(item["description"].text(), 300)
    return _repository(number, name, item["web_url"].text(), about, item["created_at"])


def _repository(number: str, name: str, url: str, about: str, created: Node) -> Entry:
    return Entry(
        id=number,
        title=f"New repository {name}" + (f": {about}" if about else ""),
        url=url,
        text=f"The repository {name} was published" + (f": {about}" if about else "."),
        published=created.moment(),
        attributes={"name": name},
    )


SERVICES = (
    JsonList(
        name="github-repos",
        about="new public repositories of an organisation at GitHub, forks left out",
        root="https://api.github.com",
        path="/users/{owner}/repos",
        items=(),
        item=_github,
        parameters=(
            Parameter(
                name="owner",
                about="the organisation's name",
                required=True,
                pattern=_OWNER,
                example="northbeam",
            ),
        ),
        query=lambda values: {"sort": "created", "per_page": PAGE_SIZE},
        follow=by_number("an answer of github-repos", PAGE_SIZE),
        newest_first=True,
        urls=(rf"^https?://github\.com/(?:orgs/(?P<owner>{_OWNER})(?:/repositories)?/?(?:[?#]|$))",),
        authorise=lambda key: {"Authorization": f"Bearer {key}"},
        key_variable="RIVALWATCH_GITHUB_TOKEN",
    ),
    JsonList(
        name="gitlab-projects",
        about="new public projects of a group at GitLab, forks left out",
        root="https://gitlab.com",
        path="/api/v4/groups/{group}/projects",
        items=(),
        item=_gitlab,
        parameters=(
            Parameter(
                name="group", about="the group's path", required=True, pattern=_GROUP, example="northbeam"
            ),
        ),
        query=lambda values: {"order_by": "created_at", "per_page": PAGE_SIZE, "include_subgroups": "true"},
        follow=by_number("an answer of gitlab-projects", PAGE_SIZE),
        newest_first=True,
        urls=(rf"^https?://gitlab\.com/groups/(?P<group>{_GROUP}?)(?:/-/|/?(?:[?#]|$))",),
        every=timedelta(days=1),
        authorise=lambda key: {"PRIVATE-TOKEN": key},
        key_variable="RIVALWATCH_GITLAB_TOKEN",
    ),
)


def repository_adapters() -> tuple[Adapter, ...]:
    """Return the adapters in the order of the table."""
    return tuple(json_list_adapter(service) for service in SERVICES)
