"""Answers one request to the world: which host, which page, which fault."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from demo import apis
from demo.feeds import CONTENT_TYPES, render_feed
from demo.pages import Visit, page_at, render_css, render_page
from demo.world.faults import FaultKind, fault_of
from demo.world.records import Rival
from demo.world.state import RIVAL_KEYS, rival_at, rivals_at

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back: status, content type, body and, where the server offers one, a validator."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    etag: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


NOT_FOUND = Answer(body=b"<!doctype html><title>404</title><h1>Not found</h1>", status=404)


def answer(host: str, path: str, visit: Visit) -> Answer:
    """Return the answer of a host such as ``northbeam.localhost`` at a path without query."""
    name = host.removesuffix(".localhost")
    if path == "/robots.txt":
        return _robots(visit)
    service = _SERVICES.get(name)
    if service is not None:
        return service(path, visit)
    if name in RIVAL_KEYS:
        return _site(rival_at(name, visit.week), path, visit)
    return _directory(visit) if host in {"localhost", "127.0.0.1"} and path == "/" else NOT_FOUND


def _site(rival: Rival, path: str, visit: Visit) -> Answer:
    fault = fault_of(rival.key, _source_at(rival, path), visit.week)
    if fault is not None and not path.startswith("/assets/"):
        return _fault(rival, fault, visit)
    return (
        _asset(rival, path)
        or _data(rival, path, visit)
        or _feed(rival, path, visit)
        or _sitemap(rival, path, visit)
        or _page(rival, path, visit)
        or NOT_FOUND
    )


def _source_at(rival: Rival, path: str) -> str:
    return next((source.type for source in rival.sources if source.path == path), "")


def _page(rival: Rival, path: str, visit: Visit) -> Answer | None:
    page = page_at(rival, path)
    if page is None:
        return None
    html = render_page(rival, page, visit).encode()
    # Legal pages come from a cache that validates by content; the other pages are built for each request.
    etag = _etag(repr(rival.clauses)) if page.type == "terms" else None
    return Answer(body=html, etag=etag)


def _feed(rival: Rival, path: str, visit: Visit) -> Answer | None:
    if _source_at(rival, path) != "feed":
        return None
    body = render_feed(rival, visit).encode()
    return Answer(body=body, content_type=CONTENT_TYPES[rival.feed], etag=_etag(repr(rival.stories)))


def _data(rival: Rival, path: str, visit: Visit) -> Answer | None:
    match = re.fullmatch(r"/api/([a-z]+)\.json", path)
    data = apis.page_data(rival, match[1], visit) if match else None
    return None if data is None else Answer(body=apis.to_bytes(data), content_type=JSON)


def _asset(rival: Rival, path: str) -> Answer | None:
    if match := re.fullmatch(r"/assets/site\.([0-9a-f]+)\.css", path):
        return Answer(body=render_css(rival, match[1]).encode(), content_type="text/css; charset=utf-8")
    if match := re.fullmatch(r"/assets/logos/([a-z0-9-]+)\.[0-9a-f]+\.svg", path):
        return Answer(body=_logo(match[1].replace("-", " ").title()).encode(), content_type=SVG)
    if match := re.fullmatch(r"/assets/people/([a-z0-9-]+)\.[0-9a-f]+\.svg", path):
        initials = "".join(word[0] for word in match[1].split("-")[:2]).upper()
        return Answer(body=_portrait(initials, rival.style.colour).encode(), content_type=SVG)
    if path == "/favicon.svg":
        return Answer(body=_portrait(rival.name[0], rival.style.colour).encode(), content_type=SVG)
    if path.startswith("/assets/") and path.endswith(".js"):
        return Answer(body=b"/* nothing to do */\n", content_type="text/javascript; charset=utf-8")
    return None


def _sitemap(rival: Rival, path: str, visit: Visit) -> Answer | None:
    if path != "/sitemap.xml":
        return None
    places = "".join(
        f"<url><loc>{visit.origin}{item.path}</loc></url>" for item in rival.sources if item.path
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    return Answer(body=body.encode(), content_type="application/xml")


def _robots(visit: Visit) -> Answer:
    body = f"User-agent: *\nDisallow: /login\nDisallow: /search\nSitemap: {visit.origin}/sitemap.xml\n"
    return Answer(body=body.encode(), content_type=PLAIN)


def _directory(visit: Visit) -> Answer:
    port = visit.origin.rpartition(":")[2]
    rows = "".join(
        f'<li><a href="http://{rival.key}.localhost:{port}/">{escape(rival.name)}</a>: {escape(rival.about)}</li>'
        for rival in rivals_at(visit.week)
    )
    html = f"<!doctype html><title>The demo world</title><h1>The demo world, week {visit.week}</h1><ul>{rows}</ul>"
    return Answer(body=html.encode())


def _filings(path: str, visit: Visit) -> Answer:
    match = re.fullmatch(r"/submissions/CIK(\d{10})\.json", path)
    found = _rival_where(visit, lambda rival: bool(match) and rival.cik == (match[1] if match else ""))
    if found is None:
        return replace(NOT_FOUND, body=b"{}", content_type=JSON)
    return _api(apis.submissions(found, visit), repr(found.filings))


def _jobs(path: str, visit: Visit) -> Answer:
    match = re.fullmatch(r"(?:/v1)?/boards/([a-z]+)/jobs", path)
    found = _rival_where(visit, lambda rival: bool(match) and rival.key == (match[1] if match else ""))
    if found is None or "greenhouse" not in found.places:
        return replace(NOT_FOUND, body=b'{"status":404,"error":"Job not found"}', content_type=JSON)
    return _api(apis.job_board(found, visit), repr(found.openings))


def _code(path: str, visit: Visit) -> Answer:
    match = re.fullmatch(r"/repos/([a-z-]+/[a-z-]+)/releases", path)
    found = _rival_where(visit, lambda rival: bool(match) and rival.repo == (match[1] if match else ""))
    if found is None:
        return replace(NOT_FOUND, body=b'{"message":"Not Found"}', content_type=JSON)
    return _api(apis.code_releases(found, visit), repr(found.releases))


_SERVICES: dict[str, Callable[[str, Visit], Answer]] = {"sec": _filings, "greenhouse": _jobs, "github": _code}


def _api(data: object, state: str) -> Answer:
    return Answer(body=apis.to_bytes(data), content_type=JSON, etag=_etag(state))


def _rival_where(visit: Visit, wanted: Callable[[Rival], bool]) -> Rival | None:
    return next((rival for rival in rivals_at(visit.week) if wanted(rival)), None)


def _etag(state: str) -> str:
    return f'W/"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'


def _fault(rival: Rival, fault: FaultKind, visit: Visit) -> Answer:
    name = escape(rival.name)
    if fault is FaultKind.MAINTENANCE:
        # Many sites answer 200 here, which is what makes such a page dangerous.
        html = (
            f"<!doctype html><html><head><title>{name}: maintenance</title></head><body><h1>We’ll be back soon</h1>"
            f"<p>{name} is undergoing scheduled maintenance. Please try again later.</p>"
            f"<p>Incident {visit.counter:06d}</p></body></html>"
        )
        return Answer(body=html.encode())
    if fault is FaultKind.ERROR:
        return Answer(body=b"<html><body><h1>500 Internal Server Error</h1></body></html>", status=500)
    if fault is FaultKind.CHALLENGE:
        html = (
            "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
            f"<h1>{rival.key}.localhost</h1><p>Checking if the site connection is secure. "
            "Enable JavaScript and cookies to continue.</p>"
            f'<form id="challenge-form" action="/?__chl={visit.counter:x}"></form>'
            "<p>Please complete the security check: verify you are human.</p></body></html>"
        )
        return Answer(body=html.encode(), status=403)
    if fault is FaultKind.GONE:
        return Answer(body=b"<html><body><h1>410 Gone</h1></body></html>", status=410)
    moved = f"<!doctype html><html><head><title>{name}</title></head><body><h1>Our blog has moved</h1></body></html>"
    return Answer(body=moved.encode())


def _logo(name: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="48" viewBox="0 0 150 48">'
        f'<text x="2" y="30" font-family="sans-serif" font-size="{min(17, 210 // max(len(name), 1))}" '
        f'font-weight="700" fill="#555">{escape(name)}</text></svg>'
    )


def _portrait(initials: str, colour: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">'
        f'<circle cx="48" cy="48" r="48" fill="{colour}"/><text x="48" y="58" text-anchor="middle" '
        f'font-family="sans-serif" font-size="32" fill="#fff">{escape(initials)}</text></svg>'
    )
