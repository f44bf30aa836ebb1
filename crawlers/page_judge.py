"""Web pages that are not what was asked for: bot checks, sign-in and consent pages, missing and parked ones. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from crawlers import walls
from crawlers.page_signs import PageSigns
from crawlers.retry_after import retry_after
from crawlers.verdicts import Answer, Verdict, blocked, broken, empty
from store.kinds import PageType

EMPTY_TEXT = 30  # characters; below this nobody has read anything.
SHELL_TEXT = 250  # characters; the frames of script-only pages ("Loading…", a footer) stay below it.
ROOT_TEXT = 30  # characters; the element that scripts fill says "Loading…" at most before they did
LOGIN_TEXT = 300  # characters outside forms and navigation; sign-in pages stay below it.


def bot_check(answer: Answer, signs: PageSigns) -> Verdict | None:
    """Return the verdict of a bot check that stands before the page, None if there is none."""
    short = _is_short(signs)
    vendor = next((wall.vendor for wall in walls.WALLS if _stands(wall, answer, signs, short)), None)
    if vendor is None and short and _asks_for_proof(signs):
        vendor = "the server"
    if vendor is None:
        return None
    sentence = f"a bot check by {vendor} stands before the page (status {answer.status})"
    return blocked("bot-check", sentence, retry_after(answer.headers))


def _stands(wall: walls.Wall, answer: Answer, signs: PageSigns, short: bool) -> bool:
    fits = (
        (wall.always or short)
        and (not wall.bare or signs.own < walls.BARE_TEXT)
        and (wall.statuses is None or answer.status in wall.statuses)
    )
    headers = (wall.headers or {}).items()
    return fits and (
        any(name in answer.headers and part in answer.headers[name] for name, part in headers)
        or any(mark in signs.head for mark in wall.marks)
    )


def _asks_for_proof(signs: PageSigns) -> bool:
    """Return True for challenges without a vendor's mark: by title, or a captcha with the words that go with it."""
    if not _says_little(signs):
        return False
    titled = walls.BOT_TITLES.match(signs.title) is not None
    return titled or (signs.captcha and walls.PROOF_ASKED.search(signs.text) is not None)


def _says_little(signs: PageSigns) -> bool:
    return signs.own <= walls.OWN_TEXT and signs.prose <= walls.PROSE_TEXT


def _is_short(signs: PageSigns) -> bool:
    return signs.length <= walls.WALL_TEXT and signs.links <= walls.WALL_LINKS


def moved_away(answer: Answer) -> Verdict | None:
    """Return the verdict of an answer that came from somewhere else than asked, None if it still is the page."""
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


def in_its_place(answer: Answer, signs: PageSigns, page_type: PageType | None) -> Verdict | None:
    """Return the verdict of a page that stands in the place of the wanted one, None if it does not."""
    names = [name for name in (signs.title, signs.headline) if name]
    # Articles on missing pages bear the same titles, and have paragraphs.
    if signs.prose <= walls.MISSING_PROSE and any(walls.MISSING_TITLES.match(name) for name in names):
        return broken("gone", "the page says that it does not exist; look for its new address")
    if _is_parked(signs):
        return broken("parked", "the domain is parked or for sale")
    if (login := _login_form(answer, signs, names)) is not None:
        return login
    if not _is_short(signs) or not _says_little(signs):
        return None
    if page_type is not PageType.STATUS and _is_closed(signs, names):
        return broken("maintenance", "the page says that the site is down for maintenance", transient=True)
    if walls.DEFAULT_TITLES.match(signs.title):
        return broken("default-page", "the server shows its default page")
    if walls.CONSENT_TITLES.match(signs.title) or _asks_consent(signs):
        return blocked("consent", "a consent page stands before the page")
    return None


def _is_closed(signs: PageSigns, names: Sequence[str]) -> bool:
    titled = any(walls.MAINTENANCE_TITLES.match(name) for name in names)
    said = signs.length < walls.BARE_TEXT and walls.MAINTENANCE_TEXT.search(signs.text) is not None
    return titled or said


def _asks_consent(signs: PageSigns) -> bool:
    asked = walls.CONSENT_TEXT.search(signs.text[: walls.BARE_TEXT]) is not None
    return asked and signs.own < walls.PROSE_TEXT and "cookie" in signs.text.lower()


def _is_parked(signs: PageSigns) -> bool:
    if signs.length > walls.WALL_TEXT:
        return False
    named = walls.PARKED_TITLES.search(signs.title) is not None and _is_short(signs) and _says_little(signs)
    said = signs.length < walls.PROSE_TEXT and walls.PARKED_TEXT.search(signs.text) is not None
    return named or said or any(mark in signs.head for mark in walls.PARKED_MARKS)


def _login_form(answer: Answer, signs: PageSigns, names: Sequence[str]) -> Verdict | None:
    wanted = urlsplit(answer.asked)
    titled = any(walls.LOGIN_TITLES.match(name) for name in names)
    short = _is_short(signs)
    asks = (signs.passwords > 0 and (titled or short)) or (titled and short and signs.fields > 0)
    if not asks or signs.own > LOGIN_TEXT or _is_login(wanted.hostname or "", wanted.path):
        return None
    return blocked("login", "the page is a sign-in form")


def without_text(answer: Answer, signs: PageSigns) -> Verdict | None:
    """Return the verdict of a page that has nothing to read, or not yet; None if it has."""
    if answer.rendered:
        if signs.length < EMPTY_TEXT and not signs.images:
            return empty("no-text", "the page has no text even in the browser; check wait_for")
        if signs.waiting:
            return empty("half-loaded", "the page was still loading when it was read; set wait_for")
        return None
    if signs.scripts and (signs.length < EMPTY_TEXT or _is_shell(signs)):
        return empty("needs-browser", "the page has no text without scripts; set render: browser")
    if signs.scripts and signs.waiting:
        return empty("half-loaded", "the page only says that it is loading; set render: browser")
    if signs.length < EMPTY_TEXT and not signs.images:
        return empty("no-text", "the page has no text")
    return None


def _is_shell(signs: PageSigns) -> bool:
    hollow = signs.root is not None and signs.root < ROOT_TEXT and signs.own < SHELL_TEXT
    asked = signs.length < SHELL_TEXT and walls.SCRIPT_NEEDED.search(signs.head) is not None
    return hollow or asked
