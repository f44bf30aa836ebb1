"""Rendering: small enough, readable in both modes, harmless whatever rivals write, the same content as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from config.settings import Settings
from digest.links import Links
from digest.palette import DARK, LIGHT, PAIRS, contrast
from digest.record import Affected, BlindSource, Comparison, Digest, Item, Line, Proof, Theme, Watch
from digest.render import HTML_LIMIT, Letterhead, RenderedMail, fit_digest, render_digest
from digest.run import render_for
from digest.subject import SUBJECT_LIMIT, preheader, subject
from digest.week import week_period
from digest.words import plain, web_address
from store.kinds import Category, MailKind
from store.subscribers import Subscriber
from tests.digest import worlds
from tests.digest.seed import World

LETTERHEAD = Letterhead(
    links=Links(base_url="https://watch.us.example", token="t"), company="Us Ltd", name="Dana"
)
MARKUP = '<img src=x onerror="alert(1)"><script>alert(1)</script>&amp;</td></table>'


class Page(HTMLParser):
    """What a mail program would act on: tags, attributes, addresses and shown text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.tables_without_role = 0
        self.unstyled_cells = 0
        self.shown: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(given)
        if given.get("href"):
            self.addresses.append(str(given["href"]))
        self.tables_without_role += tag == "table" and given.get("role") != "presentation"
        self.unstyled_cells += tag == "td" and "font-family" not in str(given.get("style"))

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.shown).split())


def mail_of(session: Session, reader: Subscriber, settings: Settings) -> tuple[Digest, RenderedMail]:
    composed, mail = render_for(session, reader, week_period(reader, "2026-W47"), settings)
    return composed.digest, mail


def an_item(place: int = 1, text: str = "Northbeam raised Pro", address: str = "https://n.example/p") -> Item:
    return Item(
        signal_id=place,
        place=place,
        rival=plain(text, 60),
        category=Category.PRICING,
        label="Pricing",
        headline=plain(text, 160),
        why=plain(text, 320),
        action=plain(text, 260),
        impact="high",
        confidence="97 %",
        rank_reason=plain(text, 160),
        comparisons=(Comparison(label=plain(text, 60), before=plain(text, 60), after="$59", note="+20 %"),),
        affected=tuple(
            Affected(key=f"a{n}", name=plain(text, 60), exposure=0.5, because=plain(text)) for n in range(3)
        ),
        proofs=(Proof(url=web_address(address), site=plain(text, 60), seen="14 November"),) * 3,
    )


def a_digest(*items: Item) -> Digest:
    moment = datetime(2026, 11, 16, 7, tzinfo=UTC)
    return Digest(
        kind=MailKind.WEEKLY,
        key="2026-W47",
        since=moment,
        until=moment,
        name="Dana",
        title="The week",
        span="week to Monday, 16 November 2026",
        summary=(Line("Most pressing", items[0].headline if items else "Nothing new."),),
        watch=Watch(
            sources=3,
            reached=2,
            rivals=1,
            blind=(
                BlindSource(
                    rival=items[0].rival if items else "N", what="page", state="is broken", last_seen="x"
                ),
            ),
        ),
        themes=(Theme(title="Prices and packages", items=items),) if items else (),
    )


def test_forty_long_items_stay_within_the_limit_the_last_in_brief_or_counted() -> None:
    long = "an unusually long sentence that a rival wrote to fill the page " * 6
    digest, mail = fit_digest(a_digest(*(an_item(n, long) for n in range(1, 41))), LETTERHEAD)
    assert len(mail.html.encode()) <= HTML_LIMIT <= 80 * 1024
    assert [item.place for item in digest.items] == list(range(1, len(digest.items) + 1))
    assert [item.brief for item in digest.items] == sorted(item.brief for item in digest.items)
    assert len(digest.items) + digest.more == 40
    assert not digest.more or f"{digest.more} more on the dashboard" in Page(mail.html).text


def test_forty_ordinary_items_are_all_told() -> None:
    digest, mail = fit_digest(a_digest(*(an_item(n) for n in range(1, 41))), LETTERHEAD)
    assert len(digest.items) == 40
    assert len(mail.html.encode()) <= HTML_LIMIT


def test_an_ordinary_week_of_twenty_items_fits_whole() -> None:
    digest, _ = fit_digest(a_digest(*(an_item(n) for n in range(1, 21))), LETTERHEAD)
    assert len(digest.items) == 20


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_text_has_enough_contrast(palette: dict[str, str]) -> None:
    weak = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_the_page_needs_neither_style_sheet_nor_picture_nor_script(
    world: World, session: Session, settings: Settings
) -> None:
    _, mail = mail_of(session, worlds.rich(world), settings)
    page = Page(mail.html)
    assert not {"img", "script", "link", "form", "iframe", "svg"} & set(page.tags)
    assert page.tables_without_role == page.unstyled_cells == 0
    assert "url(" not in mail.html
    assert "prefers-color-scheme: dark" in mail.html
    assert 'name="color-scheme" content="light dark"' in mail.html
    assert not re.search(r"var\(|display:\s*(flex|grid)", mail.html)


def test_hostile_texts_are_shown_and_never_obeyed(world: World, session: Session, settings: Settings) -> None:
    _, mail = mail_of(session, worlds.hostile(world), settings)
    page = Page(mail.html)
    assert not {"img", "script", "form", "i", "u"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on")]
    assert {address.partition(":")[0] for address in page.addresses} == {"https"}
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7*7 }}" in page.text
    assert "\n" not in mail.subject
    assert not set(mail.html + mail.text) & set("\u202e\u202c\u0000\u0007\u200b\ufeff")
    assert "\nUnsubscribe: http://evil" not in mail.text
    assert len(mail.html.encode()) <= HTML_LIMIT


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=60), address=st.text(max_size=40))
def test_no_text_changes_the_structure_of_the_page(text: str, address: str) -> None:
    reference = Page(render_digest(a_digest(an_item(text="x")), LETTERHEAD).html)
    mail = render_digest(
        a_digest(an_item(text=text + MARKUP, address="https://n.example/" + address)), LETTERHEAD
    )
    page = Page(mail.html)
    assert [tag for tag in page.tags if tag != "a"] == [tag for tag in reference.tags if tag != "a"]
    assert page.attributes == reference.attributes
    assert all(re.fullmatch(r"https://(watch\.us|n)\.example/\S*", address) for address in page.addresses)
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_text_and_html_tell_the_same(world: World, session: Session, settings: Settings) -> None:
    digest, mail = mail_of(session, worlds.rich(world), settings)
    shown, text = Page(mail.html).text.replace("\u00a0", " "), " ".join(mail.text.split())
    for item in digest.items:
        wanted = [item.headline, item.rival, item.why, item.confidence]
        wanted += [item.action, *(account.because for account in item.affected)] if item.affected else []
        for words in wanted:
            assert words in " ".join(shown.split())
            assert words in text
        assert f"https://watch.us.example/signals/{item.signal_id}" in mail.html
        assert f"https://watch.us.example/signals/{item.signal_id}" in mail.text
    for address in ("/u/token-of-dana", "/f/token-of-dana/1/useful", "/f/token-of-dana/1/noise"):
        assert f"https://watch.us.example{address}" in mail.html
        assert f"https://watch.us.example{address}" in mail.text
    assert max(len(line) for line in mail.text.splitlines() if "https://" not in line) <= 76


def test_subject_and_preview_line_tell_the_news(world: World, session: Session, settings: Settings) -> None:
    digest, mail = mail_of(session, worlds.rich(world), settings)
    assert mail.subject == "Northbeam Identity raised Pro from $49 to $59 a month, +20 % (and 6 more)"
    assert preheader(digest)[:40] == "Meridian Freight 52 → 44, now red. Harbo"
    assert len(subject(a_digest(an_item(text="long " * 99)))) <= SUBJECT_LIMIT


def test_an_empty_week_is_three_lines(world: World, session: Session, settings: Settings) -> None:
    digest, mail = mail_of(session, worlds.empty(world), settings)
    assert mail.subject == "Quiet week: nothing new concerns your accounts"
    assert preheader(digest).startswith("16 of 18 sources seen")
    assert len(digest.summary) == 3
    assert len(mail.html.encode()) < 12_000
