"""What happens to a page between two requests although nothing happened: each takes a page and a number, to a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Operator = Callable[[str, int], str]
_SHOWN = ("2 days", "3 days", "a week", "5 hours", "11 minutes", "an hour")
_QUOTES = ("It saved us a day.", "I sleep again at night.", "We would not go back.", "It does what it says.")


def at_end(html: str, markup: str) -> str:
    """Return the page with some markup before the end of its body."""
    found = re.search(r"</body>", html, re.I)
    return f"{html[: found.start()]}{markup}{html[found.start() :]}" if found else html + markup


_CLAIMS = ("Made in Bergen with coffee", "Built by people who like long lists", "Work without the paperwork")


def _attributes_swapped(html: str, n: int) -> str:
    if n % 2:
        return html
    pair = r"<(a|img|div|li|span)\s+([\w-]+=\"[^\"<>]*\")\s+([\w-]+=\"[^\"<>]*\")"
    return re.sub(pair, r"<\1 \3 \2", html)


def _minified(html: str, n: int) -> str:
    return re.sub(r">\s*\n\s*<", "> <", html) if n % 2 else html


def _prettified(html: str, n: int) -> str:
    blocks = r"(</?(?:div|section|ul|ol|table|tbody|tr|main|header|footer)\b[^>]*>)"
    return re.sub(blocks, lambda m: f"\n{' ' * (n % 5)}{m.group(1)}\n", html)


def _greeting(html: str, n: int) -> str:
    return at_end(html, f"<p>Good {('morning', 'evening', 'afternoon')[n % 3]}, guest {n % 40}!</p>")


def _proof(html: str, n: int) -> str:
    who = ("Ana from Porto", "Ole from Kiel", "Ines from Lyon")[n % 3]
    return at_end(html, f'<div class="proof-pop">{who} signed up {n % 50 + 2} minutes ago</div>')


def _related(html: str, n: int) -> str:
    links = "".join(
        f'<li><a href="/b/{n + i}">A story of ours, number {n % 97 + i}</a></li>' for i in range(3)
    )
    return at_end(html, f'<div class="related-posts"><h3>Related posts</h3><ul>{links}</ul></div>')


def _notice(html: str, n: int) -> str:
    if n % 2:
        return html
    box = '<div id="cookie-banner" role="dialog"><p>We use cookies.</p><button>Accept all</button></div>'
    return at_end(html, box)


NOISE: Mapping[str, Operator] = {
    "nonce": lambda html, n: html.replace("<script", f'<script nonce="{n:x}"'),
    "csrf token": lambda html, n: at_end(
        html, f'<form><input type="hidden" name="csrf" value="{n:032x}"></form>'
    ),
    "asset version": lambda html, n: re.sub(r"\.(css|js|png|svg)\b(?=[\"'])", rf".\1?v={n}", html),
    "comment": lambda html, n: at_end(html, f"<!-- rendered in {n} ms -->"),
    "build number": lambda html, n: at_end(html, f'<script>window.build="{n:x}"</script>'),
    "white space": lambda html, n: html.replace("\n", "\n" + " " * (n % 7)),
    "class names": lambda html, n: html.replace("<p>", f'<p class="css-{n:x}">'),
    "attributes swapped": _attributes_swapped,
    "minified": _minified,
    "prettified": _prettified,
    "relative date": lambda html, n: at_end(html, f"<p>Updated {_SHOWN[n % 6]} ago</p>"),
    "relative date elsewhere": lambda html, n: at_end(
        html, f"<p>vor {n % 50 + 2} Tagen</p><p>il y a {n % 9 + 2} heures</p><p>hace {n % 30 + 2} días</p>"
    ),
    "clock": lambda html, n: at_end(
        html, f"<p>Page generated at 2026-11-{n % 28 + 1:02d}T10:{n % 60:02d}:11Z</p>"
    ),
    "copyright year": lambda html, n: at_end(html, f"<p>© {2000 + n % 27} Northbeam Ltd</p>"),
    "view counter": lambda html, n: at_end(html, f"<p>{n % 90000 + 1000:,} views</p>"),
    "people counter": lambda html, n: at_end(
        html,
        f"<p>Trusted by {n % 90000 + 1000:,} teams</p><p>{n % 90 + 3} people are looking at this page</p>",
    ),
    "request id": lambda html, n: at_end(html, f"<p>Request ID: {n:016x}</p>"),
    "session id in links": lambda html, n: re.sub(r'(href="/[^"?#]*)(?=")', rf"\1?sid={n:x}", html),
    "cookie notice": _notice,
    "chat widget": lambda html, n: at_end(
        html, f'<div class="chat-widget">{n} agents are here for you</div>'
    ),
    "advertisement": lambda html, n: at_end(html, f'<div class="ad-slot">Buy {n} of these</div>'),
    "rotating quote": lambda html, n: at_end(
        html, f'<div class="testimonials"><blockquote>{_QUOTES[n % 4]}</blockquote></div>'
    ),
    "related posts": _related,
    "greeting": _greeting,
    "other visitors": _proof,
    "identifiers in drawings": lambda html, n: at_end(
        html, f'<svg><defs><linearGradient id="g{n:x}"/></defs><use href="#g{n:x}"/></svg>'
    ),
    "late pictures": lambda html, n: (
        re.sub(r"<img (?!srcset)", '<img loading="lazy" ', html) if n % 2 else html
    ),
    "stock left": lambda html, n: at_end(html, f"<p>Only {n % 90 + 1} left in stock</p>"),
    "stock quote": lambda html, n: at_end(
        html, f"<p>NASDAQ: NBM ${n % 90 + 10}.{n % 89 + 10} +0.{n % 90 + 10} ({n % 7}.12%)</p>"
    ),
    "total of a list": lambda html, n: at_end(html, f"<p>Showing {n % 40 + 1} of {n % 40 + 41} results</p>"),
    "notation of an amount": lambda html, n: at_end(
        html, f"<p>The deposit is {('$1,200', '$1200', '$1,200.00')[n % 3]} in all cases.</p>"
    ),
    "time zone": lambda html, n: at_end(
        html, f"<p>The hall opens at {('15:00 CEST', '13:00 UTC', '9:00 am EDT', '1 pm GMT')[n % 4]}.</p>"
    ),
    "tried headline": lambda html, n: at_end(
        html,
        f'<section data-experiment="hero" data-variant="{"ab"[n % 2]}"><h2>{_CLAIMS[n % 3]}</h2></section>',
    ),
    "claim in the foot": lambda html, n: at_end(html, f"<footer><p>{_CLAIMS[n % 3]}</p></footer>"),
    "hurry": lambda html, n: at_end(html, f"<p>Only {n % 9 + 1} days left to register!</p>"),
    "rights reserved": lambda html, n: at_end(
        html, f"<p>© 2025 Northbeam Ltd{('', '. All rights reserved.')[n % 2]}</p>"
    ),
    "typography": lambda html, n: html.replace("’", "'").replace("–", "-") if n % 2 else html,
}
