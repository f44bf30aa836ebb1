"""GitHub releases of one repository, by the REST API; its Atom feed is read as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.paging import by_number, join_lists
from crawlers.plain import plain_text
from crawlers.types.feed import read_feed
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a list of GitHub releases"
PAGE_SIZE = 30
REPO = r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the newest releases. Raises: SourceSettingsError for a repo not ``owner/name``."""
    repo = parameter(source, "repo")
    if not re.fullmatch(REPO, repo):
        raise SourceSettingsError(source.key, f"'repo' is {repo!r}; write it as owner/name")
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    root = base_url(source, "https://api.github.com")
    return RequestSpec(url=f"{root}/repos/{repo}/releases?per_page={PAGE_SIZE}", headers=headers)


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per published release; drafts are left out. Raises: SourceError."""
    if body.lstrip()[:1] == b"<":
        return read_feed(body, url, content_type, options)
    releases = read_json(body, WHAT).need_list(WHAT)
    return tuple(_release(item) for item in releases if item["id"] and not item["draft"])


def _release(item: Node) -> Entry:
    tag = item["tag_name"].text()
    name = item["name"].text().strip()
    repo = re.search(rf"github\.com/({REPO})/releases", item["html_url"].text())
    label = name if tag in name else f"{tag} {name}".strip()
    project = repo[1].split("/")[1] if repo else ""
    return Entry(
        id=item["id"].text(),
        title=f"{project} {label}".strip() if project.lower() not in label.lower() else label,
        url=item["html_url"].text(),
        text=plain_text(_without_markdown(item["body"].text())),
        published=item["published_at"].moment() or item["created_at"].moment(),
        attributes={"version": tag, "prerelease": "yes" if item["prerelease"] else ""},
        category_hint=Category.LAUNCH,
    )


def _without_markdown(text: str) -> str:
    linked = re.sub(r"!?\[([^\]\n]{0,300})\]\([^)\s]{0,2000}\)", r"\1", text[:60_000])
    return re.sub(r"^[ \t]{0,8}(?:#{1,6}|[*+-])[ \t]+|`{1,3}|\*{2,3}", "", linked, flags=re.MULTILINE)


def _follow(body: bytes, url: str) -> tuple[str, ...]:
    # The Atom feed has no further pages.
    return () if body.lstrip()[:1] == b"<" else by_number(WHAT, PAGE_SIZE)(body, url)


GITHUB_RELEASES = Adapter(
    spec=SourceTypeSpec(
        name="github-releases",
        about="releases of a GitHub repository",
        default_every=timedelta(hours=6),
        url_required=False,
        parameters=(
            Parameter(name="repo", about="owner/name", required=True, pattern=REPO, example="northbeam/sdk"),
        ),
        url_patterns=(
            re.compile(
                r"^https?://github\.com/(?P<repo>[\w.-]+/[\w.-]+)/(?:releases|tags)(?:\.atom)?/?(?:[?#]|$)",
                re.I,
            ),
            re.compile(r"^https?://api\.github\.com/repos/(?P<repo>[\w.-]+/[\w.-]+)/releases", re.I),
            re.compile(
                r"^https?://github\.com/(?P<repo>(?!orgs/|sponsors/|features/)[\w.-]+/[\w.-]+?)(?:\.git)?/?$",
                re.I,
            ),
        ),
        aliases=("github",),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    follow=_follow,
    combine=join_lists,
    newest_first=True,
    robots=False,
    key_variable="RIVALWATCH_GITHUB_TOKEN",
)
