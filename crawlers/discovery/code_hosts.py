"""Organisations at GitHub and GitLab: which of their repositories have releases that are worth watching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawlers.discovery.links import Link
from crawlers.discovery.proposal import Proposal
from crawlers.errors import SourceError
from crawlers.json_node import Node, read_json
from crawlers.registry import adapter_for
from store.kinds import FetchState
from store.snapshots import Snapshot
from store.sources import Source

MOST_REPOSITORIES = 4  # of each organisation, those with the most stars
_GITHUB = re.compile(r"^https?://github\.com/(?:orgs/)?([A-Za-z0-9][A-Za-z0-9-]{0,38})/?$", re.I)
_GITLAB = re.compile(r"^https?://gitlab\.com/(?:groups/)?([A-Za-z0-9][\w.-]{0,100})/?$", re.I)
_NO_OWNER = frozenset(
    {
        "about",
        "features",
        "login",
        "join",
        "pricing",
        "sponsors",
        "orgs",
        "topics",
        "security",
        "explore",
        "users",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHosts:
    """Where the two services' APIs are."""

    github: str = "https://api.github.com"
    gitlab: str = "https://gitlab.com"


def owner_of(url: str) -> tuple[str, str] | None:
    """Return the type of list and the organisation that an address names, None for any other address."""
    for kind, pattern in (("github-repos", _GITHUB), ("gitlab-projects", _GITLAB)):
        found = pattern.match(url)
        if found and found[1].lower() not in _NO_OWNER:
            return kind, found[1]
    return None


def ask_for_repositories(links: Iterable[Link], hosts: CodeHosts) -> list[Source]:
    """Return the sources that list the repositories of the first two organisations that are linked."""
    owners = dict.fromkeys(owner for link in links if (owner := owner_of(link.url)) is not None)
    return [_source(kind, _named(kind, name), hosts) for kind, name in list(owners)[:2]]


def ask_for_releases(
    asked: Sequence[Source], answers: Mapping[str, tuple[Snapshot, bytes]], hosts: CodeHosts
) -> list[Source]:
    """Return the sources of the releases of the repositories with the most stars."""
    found = []
    for source in asked:
        if (
            source.type in ("github-repos", "gitlab-projects")
            and answers[source.key][0].state is FetchState.OK
        ):
            kind = "github-releases" if source.type == "github-repos" else "gitlab-releases"
            names = _popular(source.type, answers[source.key][1])
            found += [
                _source(kind, {"repo" if kind == "github-releases" else "project": one}, hosts)
                for one in names
            ]
    return found


def propose_code(asked: Sequence[Source], answers: Mapping[str, tuple[Snapshot, bytes]]) -> list[Proposal]:
    """Return the repositories that have releases."""
    return [
        proposal for source in asked if (proposal := _with_releases(source, *answers[source.key])) is not None
    ]


def _with_releases(source: Source, snapshot: Snapshot, body: bytes) -> Proposal | None:
    if snapshot.state is not FetchState.OK:
        return None
    try:
        releases = adapter_for(source.type).parse(body, snapshot.url, snapshot.content_type)
    except SourceError:
        return None
    if not releases:
        return None
    newest = releases[0]
    day = f" of {newest.published:%Y-%m-%d}" if newest.published else ""
    count = f"{len(releases)} release{'s' if len(releases) > 1 else ''}"
    return Proposal(
        type=source.type,
        parameters=dict(source.options["parameters"]),
        reason=f"the organisation's repository has {count}, the newest '{newest.title}'{day}",
        confidence=0.95,
    )


def _popular(kind: str, body: bytes) -> list[str]:
    try:
        rows = [one for one in read_json(body, "a list of repositories") if one["archived"].value is not True]
    except SourceError:
        return []
    name, stars = (
        ("full_name", "stargazers_count") if kind == "github-repos" else ("path_with_namespace", "star_count")
    )
    own = [one for one in rows if one["fork"].value is not True and not one["forked_from_project"]]
    ordered = sorted(own, key=lambda one: _number(one[stars]), reverse=True)
    named = (one[name].text() for one in ordered)
    return [one for one in named if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+", one)][:MOST_REPOSITORIES]


def _number(node: Node) -> int:
    return node.value if isinstance(node.value, int) else 0


def _named(kind: str, name: str) -> dict[str, str]:
    return {"owner" if kind == "github-repos" else "group": name}


def _source(kind: str, parameters: dict[str, str], hosts: CodeHosts) -> Source:
    return Source(
        id=0,
        key=f"discover/{kind} {' '.join(parameters.values())}",
        rival_id=0,
        rival_key="discover",
        type=kind,
        url="",
        every=timedelta(days=1),
        active=True,
        options={
            "parameters": parameters,
            "base": hosts.github if kind.startswith("github") else hosts.gitlab,
        },
    )
