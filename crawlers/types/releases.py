"""Versions of software and apps: GitLab, crates, container images, Apple's store."""

from __future__ import annotations

from datetime import timedelta

from config.catalogue import Parameter
from crawlers.adapter import Adapter
from crawlers.json_node import Node
from crawlers.paging import by_number
from crawlers.plain import plain_text
from crawlers.types.json_lists import JsonList, json_list_adapter
from store.kinds import Category
from store.records import Entry

SIX_HOURS = timedelta(hours=6)


def _gitlab(item: Node, root: Node) -> Entry | None:
    tag = item["tag_name"].text()
    name = item["name"].text()
    return Entry(
        id=tag,
        title=name if tag in name else f"{name} {tag}".strip(),
        url=item["_links"]["self"].text(),
        text=plain_text(item["description"].text()),
        published=item["released_at"].moment() or item["created_at"].moment(),
        attributes={"version": tag},
        category_hint=Category.LAUNCH,
    )


def _crate(item: Node, root: Node) -> Entry | None:
    name, number = item["crate"].text(), item["num"].text()
    if not number or item["yanked"].value is True:
        return None
    return Entry(
        id=f"{name} {number}",
        title=f"{name} {number}",
        url=f"https://crates.io/crates/{name}/{number}",
        text=f"Version {number} of the Rust library {name} was published.",
        published=item["created_at"].moment(),
        attributes={"version": number},
        category_hint=Category.LAUNCH,
    )


def _image(item: Node, root: Node) -> Entry | None:
    tag = item["name"].text()
    if not tag:
        return None
    return Entry(
        id=tag,
        title=f"Container image {tag}",
        text=f"The container image with tag {tag} was published.",
        published=item["tag_last_pushed"].moment() or item["last_updated"].moment(),
        attributes={"version": tag},
        category_hint=Category.LAUNCH,
    )


def _app(item: Node, root: Node) -> Entry | None:
    number, version, name = item["trackId"].text(), item["version"].text(), item["trackName"].text()
    if not number or not version:
        return None
    return Entry(
        id=f"{number} {version}",
        title=f"{name} {version}",
        url=item["trackViewUrl"].text(),
        text=plain_text(item["releaseNotes"].text()),
        published=item["currentVersionReleaseDate"].moment(),
        attributes={"version": version, "price": item["formattedPrice"].text()},
        category_hint=Category.LAUNCH,
    )


SERVICES = (
    JsonList(
        name="gitlab-releases",
        about="releases of a GitLab project",
        root="https://gitlab.com",
        path="/api/v4/projects/{project}/releases",
        items=(),
        item=_gitlab,
        parameters=(
            Parameter(
                name="project",
                about="group/project",
                required=True,
                pattern=r"[\w.-]+(?:/[\w.-]+)+",
                example="northbeam/sdk",
            ),
        ),
        query=lambda values: {"per_page": 30},
        follow=by_number("an answer of gitlab-releases", 30),
        newest_first=True,
        urls=(r"^https?://gitlab\.com/(?P<project>[\w.-]+(?:/[\w.-]+)+?)/-/releases",),
        every=SIX_HOURS,
        authorise=lambda key: {"PRIVATE-TOKEN": key},
        key_variable="RIVALWATCH_GITLAB_TOKEN",
        aliases=("gitlab",),
    ),
    JsonList(
        name="crates",
        about="versions of a Rust crate",
        root="https://crates.io",
        path="/api/v1/crates/{crate}",
        items=("versions",),
        item=_crate,
        parameters=(
            Parameter(
                name="crate", about="the crate's name", required=True, pattern=r"[\w-]+", example="northbeam"
            ),
        ),
        urls=(r"^https?://crates\.io/crates/(?P<crate>[\w-]+)",),
        min_delay=timedelta(seconds=1),
    ),
    JsonList(
        name="docker",
        about="tags of a container image",
        root="https://hub.docker.com",
        path="/v2/namespaces/{namespace}/repositories/{image}/tags",
        items=("results",),
        item=_image,
        parameters=(
            Parameter(
                name="namespace",
                about="the publisher",
                required=True,
                pattern=r"[\w.-]+",
                example="northbeam",
            ),
            Parameter(
                name="image", about="the image's name", required=True, pattern=r"[\w.-]+", example="agent"
            ),
        ),
        query=lambda values: {"page_size": 100, "ordering": "last_updated"},
        follow=by_number("an answer of docker", 100, "results"),
        newest_first=True,
        urls=(r"^https?://hub\.docker\.com/r/(?P<namespace>[\w.-]+)/(?P<image>[\w.-]+)",),
    ),
    JsonList(
        name="apple",
        about="versions of an app in Apple's store",
        root="https://itunes.apple.com",
        path="/lookup",
        items=("results",),
        item=_app,
        parameters=(
            Parameter(
                name="app", about="the app's number", required=True, pattern=r"\d{5,15}", example="803453959"
            ),
            Parameter(name="country", about="the store's country", pattern=r"[a-z]{2}", example="us"),
        ),
        query=lambda values: {"id": values["app"], "country": values["country"]},
        urls=(r"^https?://(?:apps|itunes)\.apple\.com/(?P<country>[a-z]{2})/app/(?:[^/]+/)?id(?P<app>\d+)",),
        min_delay=timedelta(seconds=3),  # About 20 calls a minute are allowed.
        aliases=("app-store",),
    ),
)


def release_adapters() -> tuple[Adapter, ...]:
    """Return the adapters in the order of the table."""
    return tuple(json_list_adapter(service) for service in SERVICES)
