"""What sites put up, count, write and serve otherwise at each visit: each takes a page and a number, to a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Operator = Callable[[str, int], str]


def at_end(html: str, markup: str) -> str:
    """Return the page with some markup before the end of its body."""
    found = re.search(r"</body>", html, re.I)
    return f"{html[: found.start()]}{markup}{html[found.start() :]}" if found else html + markup


def one_of(*lines: str, frame: str = "<p>{}</p>") -> Operator:
    """Return an operator that shows one of some lines."""
    return lambda html, n: at_end(html, frame.format(lines[n % len(lines)]))


def now_and_then(markup: str) -> Operator:
    """Return an operator that puts some markup up at every other number."""
    return lambda html, n: at_end(html, markup if n % 2 else "")


def _encoded_twice(html: str, n: int) -> str:
    words = at_end(html, "<p>Größe, Höhe und Länge prüft die Behörde für jede Fläche, auch in Köln.</p>")
    return re.sub(r"[^\x00-\x7f]", _read_wrongly, words) if n % 2 else words


def _read_wrongly(match: re.Match[str]) -> str:
    """Return what a letter becomes that is written as UTF-8 and read as Windows-1252."""
    signs = (bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in match.group().encode())
    return "".join(signs)


def _anchors(html: str, n: int) -> str:
    sign = ("", ' <a href="#a">#</a>', ' <a href="#a">¶</a>')[n % 3]
    return re.sub(r"</(h[23])>", rf"{sign}</\1>", html, flags=re.I)


SITE_NOISE: Mapping[str, Operator] = {
    "weather in any words": one_of("Hull now: +6 °C, sleet", "Hull now: -4 °C, some hail"),
    "share price": one_of(
        "CLDM 412.60p +1.20 (0.29%) 19 Oct 2026 16:35", "CLDM 398.15p -3.85 (0.96%) 20 Nov 2026 16:35"
    ),
    "doors": one_of(
        "Our office can be reached today until 17:00, it is open.",
        "Our office is currently closed. We open again on Monday at 8:00.",
    ),
    "notation of a telephone number": one_of("Tel: 01793 555 010", "T +44 (0)1793 555010", "01793 555010"),
    "notation of opening hours": one_of("Mon - Fri 8:30 - 17:30", "Monday–Friday, 8.30am–5.30pm"),
    "hidden e-mail address": one_of("hello@heron.example", "[email&#160;protected]"),
    "label of an e-mail address": one_of("hello@heron.example", "E-mail: hello@heron.example"),
    "day of delivery": one_of(
        "Order now, delivered by Tuesday 24 November", "Order now, delivered by Friday 4 December"
    ),
    "state of stock": one_of("In stock", "Only a few left", "Out of stock"),
    "rate of exchange": one_of("1 EUR = 1.0821 USD", "1 EUR = 1.0834 USD"),
    "length of a recording": one_of("Watch the video (2:31)", "Watch the video (2:48)"),
    "figures of this day": one_of(
        "Requests blocked in the last 24 hours: 1,204,611", "Requests blocked in the last 24 hours: 987,340"
    ),
    "days since": one_of("Days since last penetration test: 61", "Days since last penetration test: 94"),
    "helpful votes": one_of(
        "Was this page helpful? 212 of 240 think so.", "Was this page helpful? 231 of 262 think so."
    ),
    "market price": one_of("Power today: 0.142 €/kWh at peak", "Power today: 0.187 €/kWh at peak"),
    "reactions": one_of("👍 12 ❤️ 4", "👍 15 ❤️ 6"),
    "message of a server": now_and_then(
        "<b>Warning</b>: Undefined array key in <b>/home/site/hero.php</b> on line <b>41</b><br />"
    ),
    "message of the season": now_and_then("<p>🎄 Happy holidays! We are back on Monday.</p>"),
    "version of the site": now_and_then(
        '<p>You are using our new navigation. <a href="?o">Switch back</a>.</p>'
    ),
    "returning visitor": now_and_then("<p>Welcome back! Pick up where you left off</p>"),
    "survey": now_and_then(
        "<div><p>How likely are you to recommend us to a colleague?</p>"
        + "".join(f"<button>{n}</button>" for n in range(11))
        + "<p>Not likely – Very likely</p></div>"
    ),
    "skip link": now_and_then('<a class="skip" href="#main">Skip to main content</a>'),
    "print and share": now_and_then("<p>Print this page</p><p>Share this: LinkedIn Bluesky</p>"),
    "outdated browser": now_and_then(
        "<p>You are using an outdated browser. Please upgrade your browser.</p>"
    ),
    "number of a server": one_of("Served by web-03", "Served by web-11"),
    "address of the visitor": one_of("Your IP address: 203.0.113.7", "Your IP address: 198.51.100.24"),
    "fields not filled": now_and_then("<p>[object Object]</p><p>undefined</p><p>[gallery ids='1,2']</p>"),
    "tip of the day": one_of("Tip of the day: press S to swap.", "Tip of the day: drag a row to copy it."),
    "works ahead": now_and_then("<p>Scheduled maintenance on Sunday 22 November, 02:00 to 04:00 UTC.</p>"),
    "closed on holidays": now_and_then("<p>Our office is closed between Christmas and New Year.</p>"),
    "another country": now_and_then(
        "<p>It looks like you are in Germany. Would you like to visit our German site?</p>"
    ),
    "form sent": now_and_then("<p>Thank you! Your message has been sent.</p>"),
    "labels of a form": one_of(
        "<form><label>Name</label><input></form>",
        "<form><label>Your name</label><input><label>Company</label><input></form>",
        frame="{}",
    ),
    "comments of readers": one_of(
        "<h3>3 comments</h3><p>Great, thanks!</p>",
        "<h3>4 comments</h3><p>Great, thanks!</p><p>Useful for us too.</p>",
        frame="<section>{}</section>",
    ),
    "recommended reading": one_of(
        "<h2>Read next</h2><div><h3>Why lists</h3><p>Short</p></div><div><h3>Why rows</h3></div>",
        "<h2>More like this</h2><div><h3>On cards</h3><p>Long</p></div><div><h3>On cells</h3></div>",
        frame="<section>{}</section>",
    ),
    "posts of a network": one_of(
        "Great talk at the forum today",
        "Rain again, all covered anyway",
        frame='<div class="twitter-feed"><p>{}</p></div>',
    ),
    "letter to subscribe to": now_and_then(
        '<div class="newsletter-popup" role="dialog"><h3>Stay in touch</h3><p>A letter a month.</p></div>'
    ),
    "tools to see better": now_and_then(
        '<div class="accessibility-widget"><button>Bigger text</button><button>More contrast</button></div>'
    ),
    "band that calls to act": one_of(
        "See it with your own lists",
        "Bring a list, see it work",
        frame='<section class="cta-band"><h2>{}</h2></section>',
    ),
    "escaped twice": one_of("Terms &amp; conditions hold for all", "Terms &amp;amp; conditions hold for all"),
    "spelling": one_of(
        "We honour each swap and organise by colour", "We honor each swap and organize by color"
    ),
    "hyphens": one_of("Our on-site team plans in real-time", "Our onsite team plans in real time"),
    "contractions": one_of(
        "We are here and you do not need to call us", "We’re here and you don’t need to call us"
    ),
    "small numbers": one_of("We test in three yards of two towns", "We test in 3 yards of 2 towns"),
    "text cut off": one_of(
        "Each crew sees its week on one page and swaps are settled",
        "Each crew sees its week on one page and…",
    ),
    "encoded twice": _encoded_twice,
    "anchors of headings": _anchors,
}
