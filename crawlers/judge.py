"""How a fetch ended: one of five states with a stable code and a sentence. Pure; the tables are in `walls`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from crawlers import walls
from crawlers.adapter import Adapter, Media
from crawlers.errors import FetchError, FetchReason, SourceError
from crawlers.page_signs import PageSigns, looks_like_html, read_signs, selects
from crawlers.retry_after import retry_after
from store.kinds import FetchState, PageType

EMPTY_TEXT = 30  # characters; below this nobody has read anything.
SHELL_TEXT = 250  # characters; the frames of script-only pages ("Loading…", a footer) stay below it.
LOGIN_TEXT = 900  # characters; sign-in forms with all their links stay below it.
TRANSIENT_STATUSES = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 530})
TRANSIENT_REASONS = frozenset(
    {
        FetchReason.TIMEOUT,
        FetchReason.CONNECTION,
        FetchReason.REFUSED,
        FetchReason.DNS,
        FetchReason.BAD_ANSWER,
    }
)
_BLOCKING_REASONS = frozenset({FetchReason.ROBOTS, FetchReason.ROBOTS_UNAVAILABLE})
_READABLE = ("text/", "application/xhtml", "application/pdf", "application/xml", "application/json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. ``asked`` is the source's address, ``url`` the last one; header names are lower case."""

    asked: str
    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    rendered: bool = False

    @property
    def content_type(self) -> str | None:
        """The Content-Type header."""
        return self.headers.get("content-type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A state and why. ``transient``: asking again soon may help. ``wait``: what the server asked us to wait."""

    state: FetchState
    code: str = ""
    sentence: str = ""
    transient: bool = False
    wait: timedelta | None = None

    @property
    def reason(self) -> str | None:
        """Code and sentence as stored and shown; None for ok and unchanged."""
        return f"{self.code}: {self.sentence}" if self.code else None


OK = Verdict(state=FetchState.OK)
UNCHANGED = Verdict(state=FetchState.UNCHANGED)


def blocked(code: str, sentence: str, wait: timedelta | None = None) -> Verdict:
    """Return the verdict that somebody does not let us in."""
    return Verdict(state=FetchState.BLOCKED, code=code, sentence=sentence, wait=wait)


def broken(code: str, sentence: str, transient: bool = False, wait: timedelta | None = None) -> Verdict:
    """Return the verdict that the source does not work."""
    return Verdict(state=FetchState.BROKEN, code=code, sentence=sentence, transient=transient, wait=wait)


def empty(code: str, sentence: str) -> Verdict:
    """Return the verdict that there is nothing to read."""
    return Verdict(state=FetchState.EMPTY, code=code, sentence=sentence)


def judge_failure(error: FetchError) -> Verdict:
    """Return what it means that there was no answer."""
    if error.reason in _BLOCKING_REASONS:
        return blocked(error.reason.value, error.detail)
    return broken(error.reason.value, error.detail, transient=error.reason in TRANSIENT_REASONS)


def judge(answer: Answer, adapter: Adapter, options: Mapping[str, Any]) -> Verdict:
    """Return how the fetch ended: walls first, then the status, then what the body is."""
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return UNCHANGED
    html = adapter.media is Media.HTML or looks_like_html(answer.body)
    signs = read_signs(answer.body, answer.content_type) if html and answer.body else PageSigns()
    return (
        _wall(answer, signs)
        or _status(answer, signs, adapter)
        or (
            _entries(answer, adapter, options)
            if adapter.is_entries
            else _page(answer, signs, adapter, options)
        )
    )


def _wall(answer: Answer, signs: PageSigns) -> Verdict | None:
    short = _is_short(signs)
    vendor = next((wall.vendor for wall in walls.WALLS if _stands(wall, answer, signs, short)), None)
    if vendor is None and short and walls.BOT_TITLES.match(signs.title):
        vendor = "the server"
    if vendor is None:
        return None
    sentence = f"a bot check by {vendor} stands before the page (status {answer.status})"
    return blocked("bot-check", sentence, retry_after(answer.headers))


def _stands(wall: walls.Wall, answer: Answer, signs: PageSigns, short: bool) -> bool:
    if not (wall.always or short):
        return False
    headers = (wall.headers or {}).items()
    return any(name in answer.headers and part in answer.headers[name] for name, part in headers) or any(
        mark in signs.head for mark in wall.marks
    )


def _is_short(signs: PageSigns) -> bool:
    return signs.length <= walls.WALL_TEXT and signs.links <= walls.WALL_LINKS


def _status(answer: Answer, signs: PageSigns, adapter: Adapter) -> Verdict | None:
    status = answer.status
    wait = retry_after(answer.headers)
    if status in adapter.none_statuses:
        return OK
    if status in (204, 205):
        return empty("no-content", f"the server answers {status}, without content")
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if status in _STATUS_VERDICTS:
        state, code, sentence = _STATUS_VERDICTS[status]
        return Verdict(state=state, code=code, sentence=f"{sentence} (status {status})", wait=wait)
    if status == HTTPStatus.SERVICE_UNAVAILABLE and walls.MAINTENANCE_TITLES.match(signs.title):
        return broken("maintenance", "the site is down for maintenance (status 503)", True, wait)
    kind = "a redirect without target" if status < HTTPStatus.BAD_REQUEST else f"an error (status {status})"
    return broken(f"http-{status}", f"the server answers {kind}", status in TRANSIENT_STATUSES, wait)


_STATUS_VERDICTS: Mapping[int, tuple[FetchState, str, str]] = {
    401: (FetchState.BLOCKED, "login", "the server asks for a login"),
    402: (FetchState.BLOCKED, "payment", "the server asks for payment"),
    403: (FetchState.BLOCKED, "forbidden", "the server refuses us"),
    407: (FetchState.BLOCKED, "proxy-login", "the proxy asks for a login"),
    429: (FetchState.BLOCKED, "rate-limited", "the server says we ask too often"),
    451: (FetchState.BLOCKED, "legal", "the server withholds this for legal reasons"),
    999: (FetchState.BLOCKED, "forbidden", "the server refuses us"),
    404: (FetchState.BROKEN, "gone", "there is no such page any more; look for its new address"),
    410: (FetchState.BROKEN, "gone", "the page was taken down; look for its new address"),
}


def _entries(answer: Answer, adapter: Adapter, options: Mapping[str, Any]) -> Verdict:
    try:
        adapter.parse(answer.body, answer.url, answer.content_type, options)
    except SourceError as error:
        return _moved_away(answer) or broken("unreadable", f"the answer is {error}")
    return OK


def _page(answer: Answer, signs: PageSigns, adapter: Adapter, options: Mapping[str, Any]) -> Verdict:
    media = (answer.content_type or "text/html").lower().strip()
    is_pdf = answer.body.startswith(b"%PDF-")
    if not answer.body.strip():
        return empty("no-text", "the answer has no content")
    if not is_pdf and not media.startswith(_READABLE) and not looks_like_html(answer.body):
        return broken("content-type", f"the answer is no page but {media.partition(';')[0][:60]}")
    if is_pdf or media.startswith(("application/json", "text/plain")):
        return OK
    return (
        _moved_away(answer)
        or _by_title(answer, signs, adapter)
        or _without_text(answer, signs)
        or _selectors(signs, options.get("only") or ())
        or OK
    )


def _moved_away(answer: Answer) -> Verdict | None:
    asked, got = urlsplit(answer.asked), urlsplit(answer.url)
    if asked[:4] == got[:4]:
        return None
    host = got.hostname or ""
    if walls.CONSENT_HOSTS.match(host):
        return blocked("consent", f"leads to a consent page at {host}")
    if _is_login(host, got.path) and not _is_login(asked.hostname or "", asked.path):
        return blocked("login", f"leads to a sign-in page at {host}")
    if asked.path.strip("/") and not got.path.strip("/") and _same_site(asked.hostname or "", host):
        return broken("gone", "leads to the home page instead; look for its new address")
    return None


def _is_login(host: str, path: str) -> bool:
    return bool(walls.LOGIN_PATH.match(path) or walls.LOGIN_HOSTS.match(host))


def _same_site(first: str, second: str) -> bool:
    return first.removeprefix("www.") == second.removeprefix("www.")


def _by_title(answer: Answer, signs: PageSigns, adapter: Adapter) -> Verdict | None:
    names = [name for name in (signs.title, signs.headline) if name]
    if any(walls.MISSING_TITLES.match(name) for name in names):
        return broken("gone", "the page says that it does not exist; look for its new address")
    if _is_parked(signs):
        return broken("parked", "the domain is parked or for sale")
    if not _is_short(signs):
        return None
    if adapter.page_type is not PageType.STATUS and any(
        walls.MAINTENANCE_TITLES.match(name) for name in names
    ):
        return broken("maintenance", "the page says that the site is down for maintenance", transient=True)
    if walls.DEFAULT_TITLES.match(signs.title):
        return broken("default-page", "the server shows its default page")
    if walls.CONSENT_TITLES.match(signs.title):
        return blocked("consent", "a consent page stands before the page")
    return _login_form(answer, signs)


def _is_parked(signs: PageSigns) -> bool:
    if signs.length > walls.WALL_TEXT:
        return False
    named = walls.PARKED_TITLES.search(signs.title) is not None and _is_short(signs)
    return named or any(mark in signs.head for mark in walls.PARKED_MARKS)


def _login_form(answer: Answer, signs: PageSigns) -> Verdict | None:
    wanted = urlsplit(answer.asked)
    if not signs.passwords or signs.length > LOGIN_TEXT or _is_login(wanted.hostname or "", wanted.path):
        return None
    return blocked("login", "the page is a sign-in form")


def _without_text(answer: Answer, signs: PageSigns) -> Verdict | None:
    if answer.rendered:
        if signs.length < EMPTY_TEXT and not signs.images:
            return empty("no-text", "the page has no text even in the browser; check wait_for")
        return None
    bare = signs.scripts > 0 and signs.length < SHELL_TEXT
    shell = bare and (signs.app_root or walls.SCRIPT_NEEDED.search(signs.head) is not None)
    if shell or (signs.length < EMPTY_TEXT and signs.scripts):
        return empty("needs-browser", "the page has no text without scripts; set render: browser")
    if signs.length < EMPTY_TEXT and not signs.images:
        return empty("no-text", "the page has no text")
    return None


def _selectors(signs: PageSigns, only: Sequence[str]) -> Verdict | None:
    if not only or signs.tree is None:
        return None
    found = selects(signs.tree, only)
    if found:
        return None
    shown = ", ".join(repr(selector[:80]) for selector in only)
    if found is None:
        return broken("selector", f"'only' is no CSS selector: {shown}")
    return broken("selector", f"nothing on the page matches 'only' any more: {shown}")
