"""What happens to a page between two requests although nothing happened: each takes a page and a number, to a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tests.extract.site_operators import SITE_NOISE

Operator = Callable[[str, int], str]
_SHOWN = ("2 days", "3 days", "a week", "5 hours", "11 minutes", "an hour")
_QUOTES = ("It saved us a day.", "I sleep again at night.", "We would not go back.", "It does what it says.")


def at_end(html: str, markup: str) -> str:
    """Return the page with some markup before the end of its body."""
    found = re.search(r"</body>", html, re.I)
    return f"{html[: found.start()]}{markup}{html[found.start() :]}" if found else html + markup


_VOICES = (
    ("It simply works on the shop floor.", "Ivo Petrak", "Plant Manager, Bricova"),
    ("I can finally see what is late.", "Tom Okafor", "Dispatch Lead, Rivera Freight"),
    ("Closing the books went from nine days to four.", "Harriet Bloom", "Finance Lead, Pellow"),
    ("We dropped three spreadsheets in the first week.", "Signe Dahl", "Head of Operations, Norrkraft"),
)


def _voice_in_figure(html: str, n: int) -> str:
    said, name, role = _VOICES[n % 4]
    return at_end(
        html,
        f'<figure><img src="/{n}.jpg" alt="Photo of {name}"><blockquote><p>{said}</p></blockquote>'
        f"<figcaption>{name} <cite>{role}</cite></figcaption></figure>",
    )


def _voices_in_slider(html: str, n: int) -> str:
    slides = "".join(
        f'<div class="swiper-slide"><p>{said}</p><p>{name}</p><p>{role}</p></div>'
        for said, name, role in (_VOICES[n % 4], _VOICES[(n + 1) % 4])
    )
    return at_end(html, f'<div class="swiper">{slides}</div>')


def _voices_in_cards(html: str, n: int) -> str:
    cards = "".join(
        f'<div class="rounded p-8"><div>★★★★★</div><p>„{said}“</p><div><div>{name}</div><div>{role}</div></div></div>'
        for said, name, role in (_VOICES[n % 4], _VOICES[(n + 1) % 4])
    )
    return at_end(html, f"<section><h2>What customers say</h2><div>{cards}</div></section>")


def _teasers(html: str, n: int) -> str:
    cards = "".join(
        f'<div class="post"><h3><a href="/blog/{n + i}">Lesson {n % 97 + i} on lists</a></h3><p>In short.</p></div>'
        for i in range(3)
    )
    return at_end(html, f"<section><h2>From our blog</h2><div>{cards}</div></section>")


#: Pages on which such entries are the matter.
_OF_ENTRIES = re.compile(r"blog|news|article|press|insight|guide|stor|changelog|resource", re.I)
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
    **SITE_NOISE,
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
    "quote in a figure": _voice_in_figure,
    "quotes in a slider": _voices_in_slider,
    "quotes in cards": _voices_in_cards,
    "countdown": lambda html, n: at_end(html, f"<p>{n % 90 + 2} days to go</p><p>Noch {n % 90 + 2} Tage</p>"),
    "crowds": lambda html, n: at_end(
        html,
        f"<p>{n % 900 + 5} osób ogląda teraz tę stronę</p><p>Join {n % 9000 + 1000:,} readers.</p>"
        f"<p>{n % 19 + 1} out of 40 found this helpful</p><p>{n % 9 + 2} empleos encontrados</p>",
    ),
    "clock of a place": lambda html, n: at_end(
        html, f"<p>It is {n % 12 + 10}:{n % 50 + 10} in Rotterdam; we are {('open', 'closed')[n % 2]}.</p>"
    ),
    "posted": lambda html, n: at_end(html, f"<p>Posted {('today', '30+ days ago', '12s ago')[n % 3]}</p>"),
    "weather": lambda html, n: at_end(
        html, f"<p>Sevilla, {n % 30 + 5} °C, {('soleado', 'lluvia', 'nublado')[n % 3]}</p>"
    ),
    "riddle": lambda html, n: at_end(html, f"<p>Escriba el texto: k{n % 9000 + 1000}p</p>"),
    "place of the visitor": lambda html, n: at_end(
        html,
        f"<p>Good {('morning', 'evening')[n % 2]}, visitor from {('Utrecht', 'Columbus')[n % 2]}. "
        f"Prices shown in {('EUR', 'USD')[n % 2]}.</p>",
    ),
    "languages to choose": lambda html, n: at_end(
        html, f"<select><option>English</option><option>{('Deutsch', 'Norsk')[n % 2]}</option></select>"
    ),
    "titles in the foot": lambda html, n: at_end(html, "<footer><h4>Platform</h4></footer>" * (n % 2)),
    "teasers": lambda html, n: html if _OF_ENTRIES.search(html) else _teasers(html, n),
    "typography": lambda html, n: html.replace("’", "'").replace("–", "-") if n % 2 else html,
}
