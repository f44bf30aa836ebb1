"""A world of company pages on loopback whose bytes differ at every request, and of which some truly change.

Every answer has its own nonce, form token, session in its links, asset version and time of generation; every other page
also shows a clock and a counter. In the second week two pages of twenty-five say something new.
"""

from __future__ import annotations

import asyncio
from multiprocessing.connection import Connection

KINDS = ("pricing", "team", "careers", "customers", "events", "news", "product", "terms", "home", "changelog")
_FIRST = (
    "Ada",
    "Bela",
    "Cleo",
    "Dario",
    "Edda",
    "Fynn",
    "Gita",
    "Hugo",
    "Ines",
    "Jaro",
    "Kira",
    "Levi",
    "Mona",
    "Nils",
)
_LAST = (
    "Arden",
    "Brook",
    "Castell",
    "Dorn",
    "Ekberg",
    "Falk",
    "Grau",
    "Holm",
    "Ilves",
    "Jansen",
    "Keller",
    "Lund",
)
_ROLE = (
    "Head of Sales",
    "Engineer",
    "Designer",
    "Chief Financial Officer",
    "Product Manager",
    "Account Manager",
)
_FIRM = (
    "Contoso",
    "Fabrikam",
    "Adatum",
    "Litware",
    "Proseware",
    "Tailspin",
    "Wingtip",
    "Trey",
    "Lucerne",
    "Alpine",
)
_TOWN = ("Lisbon", "Ghent", "Turku", "Graz", "Porto", "Bergen", "Brno", "Cork")
_SAYS = (
    "We check documents, faces and registers in one step",
    "Every decision is kept with its reasons for seven years",
    "Your team sees what was asked, what was answered and what is left",
    "The interface speaks twelve languages and needs no training",
    "Data stays in the region that you choose when you sign up",
    "Each customer has a person to call who knows the contract",
)
_SECRET = b"@@"
_SHOWN = b"##"


def is_changed(page: int) -> bool:
    """Return whether a page says something new in the second week: 8 of 100."""
    return page % 25 in (3, 16)


def page_body(page: int, week: int) -> bytes:
    """Return the page without its noise: `noisy` fills that in."""
    kind = KINDS[page % len(KINDS)]
    new = week == 2 and is_changed(page)
    shown = f"<p class='served'>Updated {_SHOWN.decode()} minutes ago</p>" if page % 2 else ""
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{kind.title()} - Northbeam {page}</title>
<meta name="csrf-token" content="@@"><link rel="stylesheet" href="/site.css?v=@@">
<script nonce="@@">window.state = {{request: "@@", at: "@@"}}; {"function f(){return 1}" * 60}</script>
<style>{".card { margin: 0 auto; padding: 1rem; border: 1px solid; } " * 30}</style></head><body class="page-{kind}">
<header class="site-header"><a href="/">Northbeam</a><nav class="nav">{_links()}</nav></header><main>
<h1>{kind.title()}</h1><p>{_prose(page)}</p>{shown}{_MATTER[kind](page, new)}
<form action="/ask" method="post"><input type="hidden" name="_token" value="@@"><button>Send</button></form>
<section class="more"><h2>Why Northbeam</h2>{"".join(f"<p>{_prose(page + n)}</p>" for n in range(6))}</section></main>
<footer class="footer"><div class="links">{_links()}</div><p>© 2026 Northbeam Ltd</p></footer>
<script src="/app.js?build=@@"></script><!-- generated @@ --></body></html>"""
    return body.encode()


def noisy(body: bytes, count: int) -> bytes:
    """Return a page as one request gets it."""
    token = b"%08x%08x" % (count * 2654435761 % 2**32, count * 40503 % 2**32)
    return body.replace(_SECRET, token).replace(_SHOWN, b"%d" % (2 + count % 50))


def serve(pipe: Connection, pages: int) -> None:
    """Serve ``/<any>/<page>`` for ever; ``/week/<number>`` turns the week."""
    asyncio.run(_serve(pipe, pages))


async def _serve(pipe: Connection, pages: int) -> None:
    weeks = {week: [page_body(page, week) for page in range(pages)] for week in (1, 2)}
    state = {"week": 1, "count": 0}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                state["count"] += 1
                writer.write(_reply(head, weeks, state))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _reply(head: bytes, weeks: dict[int, list[bytes]], state: dict[str, int]) -> bytes:
    path = head.split(b" ", 2)[1].split(b"?")[0]
    if path == b"/robots.txt":
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    last = int(path.rsplit(b"/", 1)[1])
    if path.startswith(b"/week/"):
        state["week"] = last
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    body = noisy(weeks[state["week"]][last], state["count"])
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def _links() -> str:
    return "".join(f'<a href="/{kind}?sid=@@">{kind.title()}</a>' for kind in KINDS)


def _prose(page: int) -> str:
    return ". ".join(_SAYS[(page + n) % len(_SAYS)] for n in range(4)) + "."


def _name(number: int) -> str:
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"


def _pricing(page: int, new: bool) -> str:
    plans = (("Starter", 9), ("Pro", 59 if new else 49), ("Business", 199 + page % 7))
    return "".join(
        f'<div class="plan-card"><h2>{name}</h2><p>${price} / month</p><ul>'
        + "".join(f"<li>{5 * (n + 1)} checks of kind {n + 1}</li>" for n in range(6))
        + "</ul></div>"
        for name, price in plans
    )


def _team(page: int, new: bool) -> str:
    people = [(_name(page + n), _ROLE[n % len(_ROLE)]) for n in range(12)]
    people += [("Thea Quist", "Chief Revenue Officer")] if new else []
    return "".join(
        f'<div class="person"><img src="/p/{n}.jpg" alt=""><h3>{name}</h3><p>{role}</p></div>'
        for n, (name, role) in enumerate(people)
    )


def _careers(page: int, new: bool) -> str:
    jobs = [(f"{_ROLE[n % len(_ROLE)]} {n + 1}", _TOWN[(page + n) % len(_TOWN)]) for n in range(10)]
    jobs += [("Sales Engineer", "Rotterdam")] if new else []
    return (
        "<ul>"
        + "".join(
            f'<li class="job"><a href="/jobs/{page}-{n}?sid=@@">{title}</a> <span>{town}</span></li>'
            for n, (title, town) in enumerate(jobs)
        )
        + "</ul>"
    )


def _customers(page: int, new: bool) -> str:
    firms = [f"{_FIRM[(page + n) % len(_FIRM)]} {_TOWN[n % len(_TOWN)]}" for n in range(14)]
    firms += ["Nordwind Freight"] if new else []
    return (
        '<div class="logos">'
        + "".join(f'<img src="/logos/{n}.svg?v=@@" alt="{firm}">' for n, firm in enumerate(firms))
        + "</div>"
    )


def _events(page: int, new: bool) -> str:
    days = [(f"{_TOWN[n % len(_TOWN)]} Forum", f"2027-0{1 + n}-1{page % 9}") for n in range(8)]
    days += [("Harbour Summit", "2027-10-12")] if new else []
    return (
        "<table><tr><th>Event</th><th>Date</th></tr>"
        + "".join(f"<tr><td>{name}</td><td>{day}</td></tr>" for name, day in days)
        + "</table>"
    )


def _news(page: int, new: bool) -> str:
    stories = [
        f"{_FIRM[(page + n) % len(_FIRM)]} chooses Northbeam in {_TOWN[n % len(_TOWN)]}" for n in range(9)
    ]
    stories = (["Northbeam opens an office in Antwerp"] if new else []) + stories
    return "".join(
        f'<article><h2><a href="/news/{page}/{len(stories) - n}?sid=@@">{story}</a></h2><p>{_prose(n)}</p></article>'
        for n, story in enumerate(stories)
    )


def _sections(page: int, new: bool) -> str:
    last = (
        "<h2>Passkeys</h2><p>Staff of Nordwind now sign in with passkeys from 4 May 2027.</p>" if new else ""
    )
    return (
        "".join(
            f"<h2>Part {n + 1}</h2><p>{_prose(page + n)}</p><ul><li>{_SAYS[n % 6]}</li><li>{_prose(n)}</li></ul>"
            for n in range(10)
        )
        + last
    )


_MATTER = {
    "pricing": _pricing,
    "team": _team,
    "careers": _careers,
    "customers": _customers,
    "events": _events,
    "news": _news,
    "product": _sections,
    "terms": _sections,
    "home": _sections,
    "changelog": _sections,
}
