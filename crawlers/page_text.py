"""What a page says in its main part, for an entry whose list gave no more than a link. Pure."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from crawlers.page_signs import INVISIBLE, is_around, read_signs
from crawlers.plain import TEXT_LIMIT, one_line

#: A main part with less than this is a teaser or an empty frame, and the whole page is read instead.
LEAST_TEXT = 80
_SITE_NAME = re.compile(r"\s+[|·•–—-]\s+[^|·•–—]{1,60}$")


def page_text(body: bytes, content_type: str | None = None) -> str:
    """Return title and main text on one line, at most `TEXT_LIMIT` characters; "" for what is no page. Never raises."""
    signs = read_signs(body, content_type)
    if signs.tree is None:
        return ""
    title = signs.headline or _SITE_NAME.sub("", signs.title)
    text = _main_text(signs.tree)
    if text.startswith(title):
        return text
    return one_line(f"{title}. {text}" if title and text else title or text, TEXT_LIMIT)


def _main_text(tree: lxml.html.HtmlElement) -> str:
    articles = [_own_text(one) for one in tree.iter("article")]
    mains = [_own_text(one) for one in tree.iter("main")]
    # A page with several articles is a list, and no single one of them is what it says.
    for texts in (articles if len(articles) == 1 else [], mains):
        longest = max(texts, key=len, default="")
        if len(longest) >= LEAST_TEXT:
            return longest
    return _own_text(tree)


def _own_text(root: lxml.html.HtmlElement) -> str:
    """Return what stands outside navigation, header, footer, forms and scripts."""
    parts: list[str] = []
    size = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            tag = element.tag if isinstance(element.tag, str) else ""
            if element is not root and (tag in INVISIBLE or is_around(tag, element)):
                walker.skip_subtree()
                continue
            words = element.text
        else:
            words = element.tail if element is not root else ""
        if words and words.strip():
            parts.append(words)
            size += len(words)
            if size > TEXT_LIMIT * 2:
                break
    return one_line(" ".join(parts), TEXT_LIMIT)
