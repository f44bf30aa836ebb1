"""What stands in the place of a page is no page, whatever its language; a short page of its own is one."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.read import read_pair

_MENU = "".join(f'<a href="/{n}">Subject {n}</a>' for n in range(12))
_LINES = "".join(f"<p>Hut number {n} has a stove, twelve beds and a view of the lake.</p>" for n in range(12))
PAGE = (
    f"<html><head><title>Huts</title></head><body><nav>{_MENU}</nav><main><h1>Mountain huts</h1>{_LINES}</main>"
    "</body></html>"
)
WALLS = {
    "browser check": "<title>Just a moment...</title><h1>huts.example</h1><p>Verifying you are human. This may take a "
    "few seconds.</p><p>huts.example needs to review the security of your connection.</p><p>Ray ID: 8a1c77e0aa</p>",
    "blocked": "<title>Attention Required!</title><h1>Sorry, you have been blocked</h1>"
    "<h2>Why have I been blocked?</h2><p>This website is using a security service to protect itself. "
    "The action you just performed triggered it.</p>",
    "hold": "<p>Press &amp; Hold to confirm you are a human (and not a bot).</p>",
    "maintenance": "<h1>We are carrying out planned maintenance</h1><p>We will be back in a few minutes.</p>",
    "Wartung": "<h1>Wir sind gleich wieder da</h1><p>Unsere Seite wird gerade gewartet.</p>",
    "onderhoud": "<h1>Even geduld</h1><p>We voeren onderhoud uit en zijn over een paar minuten terug.</p>",
    "przerwa": "<h1>Przerwa techniczna</h1><p>Wracamy za kilka minut.</p>",
    "consent": "<h1>Mit Werbung und Cookies weiterlesen</h1><p>Wir und unsere 214 Partner speichern Informationen auf "
    "Ihrem Gerät.</p><button>Akzeptieren</button>",
    "login": "<h1>Sign in</h1><form><label>E-mail</label><label>Password</label><button>Sign in</button></form>",
}


@pytest.mark.parametrize("name", sorted(WALLS))
@pytest.mark.parametrize("after", [True, False])
def test_wall_in_the_place_of_a_page_is_a_failed_capture(name: str, after: bool) -> None:
    wall = f"<html><body>{WALLS[name]}</body></html>"
    sides = (PAGE, wall) if after else (wall, PAGE)
    difference = compare_documents(*read_pair(*(side.encode() for side in sides), url="page.html"))
    assert not difference.changed
    assert [item.reason for item in difference.suppressed] == ["failed capture"]


# A form to sign in may well be what a short page turned into.
@pytest.mark.parametrize("name", sorted(WALLS.keys() - {"login"}))
def test_wall_in_the_place_of_a_short_page_is_a_failed_capture(name: str) -> None:
    short = "<title>Careers</title><h1>Careers</h1><ul><li>Hut warden, Chur</li><li>Cook, Thun</li></ul>"
    sides = (f"<html><body>{one}</body></html>".encode() for one in (short, WALLS[name]))
    assert not compare_documents(*read_pair(*sides, url="page.html")).changed


def test_page_that_shrinks_under_its_own_menu_is_news() -> None:
    kept = _LINES[: len(_LINES) // 3]
    less = PAGE.replace(
        _LINES, f"{kept}</p><p>All our huts were sold to Northbeam; this service ends in March.</p>"
    )
    assert compare_documents(*read_pair(PAGE.encode(), less.encode(), url="page.html")).changed
