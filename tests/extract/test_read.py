"""Reading bytes of any kind."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import ReadOptions
from extract.errors import UnreadableError
from extract.read import read_document
from store.kinds import BlockKind, PageType

OPTIONS = ReadOptions(article=False)


def texts(
    body: bytes, content_type: str | None = None, url: str = "https://northbeam.example/x"
) -> list[str]:
    document = read_document(body, url=url, content_type=content_type, options=OPTIONS)
    return [block.text for block in document.blocks]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("cp1252", None),
        ("shift_jis", "text/html; charset=shift_jis"),
    ],
)
def test_charset_is_found(encoding: str, declared: str | None) -> None:
    word = "価格は月額です" if encoding == "shift_jis" else "Käse für café"
    body = f"<html><body><p>{word}</p></body></html>".encode(encoding)
    assert texts(body, declared) == [word]


def test_declared_latin_1_is_read_as_browsers_do() -> None:
    body = b"<html><head><meta charset='iso-8859-1'></head><body><p>\x93quoted\x94 \x80 5</p></body></html>"
    assert texts(body) == ["“quoted” € 5"]


def test_json_records_become_cards() -> None:
    assert texts(b'[{"name": "Contoso", "logo": "contoso.png"}, {"name": "Fabrikam"}]') == [
        "Contoso",
        "Fabrikam",
    ]


def test_markdown_keeps_its_marks_in_the_text() -> None:
    assert texts(b"# Plans\n\n| **Pro** | $49 |\n", url="plans.md") == ["Plans", "| **Pro** | $49 |"]


def test_pdf_is_read_and_a_damaged_one_is_refused() -> None:
    from pypdf import PdfWriter

    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(buffer)
    assert texts(buffer.getvalue()) == []
    with pytest.raises(UnreadableError, match="damaged"):
        texts(b"%PDF-1.4 nothing here")


def test_only_and_ignore_choose_the_part_that_is_read() -> None:
    body = b"<body><div id='plans'><p>Pro is here</p><p class='quote'>Lovely</p></div><p>Elsewhere</p></body>"
    options = ReadOptions(only=("#plans",), ignore=(".quote",), article=False)
    document = read_document(body, url="https://northbeam.example", options=options)
    assert [block.text for block in document.blocks] == ["Pro is here"]


def test_ignored_text_is_left_out() -> None:
    options = ReadOptions(ignore_text=(r"^queue:",), article=False)
    document = read_document(b"<p>Queue: 12 people</p><p>Prices</p>", url="x", options=options)
    assert [block.text for block in document.blocks] == ["Prices"]


def test_page_drawn_by_scripts_is_read_from_its_state() -> None:
    state = b'{"props": {"headline": "The ledger for every merchant", "token": "a8f7"}}'
    body = (
        b"<html><body><div id='root'></div><script type='application/json'>"
        + state
        + b"</script></body></html>"
    )
    document = read_document(body, url="https://northbeam.example", options=OPTIONS)
    assert [(b.kind, b.text) for b in document.blocks] == [(BlockKind.STATE, "The ledger for every merchant")]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://northbeam.example/pricing", PageType.PRICING),
        ("https://northbeam.example/company/careers", PageType.CAREERS),
        ("https://northbeam.example/legal/privacy-policy", PageType.POLICY),
        ("https://northbeam.example/", PageType.HOME),
    ],
)
def test_page_type_follows_the_address_when_the_page_says_little(url: str, expected: PageType) -> None:
    document = read_document(b"<html><body><p>Some words here.</p></body></html>", url=url, options=OPTIONS)
    assert document.page_type is expected
    assert 0 < document.page_type_confidence <= 1


def test_article_gets_its_day_and_main_text() -> None:
    story = " ".join(["The company said on Tuesday that it would open an office in Lisbon."] * 12)
    body = (
        "<html><head><title>An office in Lisbon</title><meta property='article:published_time' content='2026-11-10'>"
        f"</head><body><article><h1>An office in Lisbon</h1><p>{story}</p></article></body></html>"
    )
    document = read_document(body.encode(), url="https://northbeam.example/blog/an-office-in-lisbon")
    assert document.published is not None
    assert document.published.isoformat() == "2026-11-10"
    assert "office in Lisbon" in document.main_text


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=2_000)
    | st.text(max_size=800).map(lambda text: f"<div><p>{text}</p>".encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        document = read_document(body, url="https://northbeam.example", options=OPTIONS)
    except UnreadableError:
        return
    assert all(block.text.strip() == block.text and block.text for block in document.blocks)


def test_deep_nesting_is_read() -> None:
    body = b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000
    assert isinstance(texts(b"<html><body><p>top</p>" + body + b"</body></html>"), list)


@pytest.mark.slow
@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>Plan</td><td>$49 / month</td><td>Five seats and some more words about it</td></tr>",
        "<div class='c'><p>Words <b>in</b> bold</p></div>",
    ],
)
def test_page_of_20_megabytes_is_read_in_bounded_memory_and_time(row: str) -> None:
    started = time.perf_counter()
    program = (
        "import resource; from extract.document import ReadOptions\n"
        "from extract.watching.sight import Capture, look_at\n"
        f"body = b'<html><body><table>' + {row.encode()!r} * {20_000_000 // len(row)} + b'</table></body></html>'\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "options = ReadOptions(article=False, marks=False)\n"
        "sight = look_at(Capture(body=body, url='page.html', content_type=None, page_type=None, options=options))\n"
        "print(len(sight.document.blocks), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    blocks, kilobytes = map(int, told.stdout.split())
    assert 10_000 < blocks <= 40_000
    assert kilobytes < 900_000  # measured: 380,000 and 680,000
    assert time.perf_counter() - started < 90


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><title>Terms</title><main><h1>Terms</h1><p>Courts of Porto decide.</main>",
        b"<html><head><title>Terms</title></head><main><h1>Terms</h1><p>Courts of Porto decide.</p></main></html>",
        b"<html><head><title>T</title><main><h1>Terms</h1></main></head><body>Courts of Porto decide.</body></html>",
    ],
)
def test_page_without_a_body_tag_is_read_whole(page: bytes) -> None:
    document = read_document(page, url="https://northbeam.example/terms", options=OPTIONS)
    assert [block.text for block in document.blocks] == ["Terms", "Courts of Porto decide."]


def test_text_behind_what_the_parser_left_in_the_head_stays_behind_it() -> None:
    page = b"<title>Terms</title><main><h1>Terms</h1></main>Courts of Porto decide."
    document = read_document(page, url="https://northbeam.example/terms", options=OPTIONS)
    assert [block.text for block in document.blocks] == ["Terms", "Courts of Porto decide."]
