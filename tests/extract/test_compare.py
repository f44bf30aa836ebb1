"""What a comparison makes of pages that were rearranged: one redesign, joined limits, lists of several pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from store.kinds import FactAction, FactKind, PageType

FIRMS = ("Acme", "Globex", "Initech", "Umbrella", "Contoso")
JOBS = ("Data", "Web", "Site", "Test", "Build", "Cloud", "Field")


def read(body: str, page_type: PageType) -> Document:
    html = f"<html><head><title>Northbeam</title></head><body><main>{body}</main></body></html>"
    options = ReadOptions(article=False)
    return read_document(
        html.encode(), url="https://northbeam.example/x", page_type=page_type, options=options
    )


def wall(firms: Sequence[str]) -> Document:
    logos = "".join(f'<li><img alt="{firm} logo" src="/logos/{firm}.png"></li>' for firm in firms)
    return read(f"<h1>Customers</h1><ul>{logos}</ul>", PageType.CUSTOMERS)


def stories(firms: Sequence[str]) -> Document:
    cards = "".join(
        f'<div class="card"><h3>{firm}</h3><p>{firm} trusts us with every check they make.</p></div>'
        for firm in firms
    )
    return read(f"<h1>Our customers</h1><div>{cards}</div>", PageType.CUSTOMERS)


def plan(*items: str) -> Document:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return read(
        "<h1>Pricing</h1><section><h2>Starter</h2><p>$9 / month</p><ul><li>1 seat</li></ul></section>"
        f"<section><h2>Pro</h2><p>$49 / month</p><ul>{listed}</ul></section>",
        PageType.PRICING,
    )


def openings(names: Sequence[str], pager: str = "Page 1 of 2") -> Document:
    listed = "".join(
        f'<li><a href="/jobs/{name}">{name} Engineer</a> <span>Berlin</span></li>' for name in names
    )
    pages = f'<p>{pager} <a href="?page=2">Next</a></p>' if pager else ""
    return read(f"<h1>Careers</h1><h2>Open positions</h2><ul>{listed}</ul>{pages}", PageType.CAREERS)


def test_redesign_is_one_note_with_the_numbers_of_blocks() -> None:
    difference = compare_documents(wall(FIRMS), stories(FIRMS))
    assert not difference.changed
    (note,) = difference.suppressed
    assert (note.reason, note.before, note.after) == ("redesign", "6 blocks", "6 blocks")


def test_customer_lost_in_a_redesign_is_told_alone() -> None:
    difference = compare_documents(wall(FIRMS), stories(FIRMS[1:]))
    assert [(fact.action, fact.name) for fact in difference.facts] == [(FactAction.REMOVED, "Acme")]
    assert (difference.added, difference.removed) == ((), ("Acme logo",))


def test_limits_that_were_joined_are_one_change() -> None:
    before = plan("5 seats", "10 GB storage", "100 checks", "Audit log")
    difference = compare_documents(before, plan("5 seats, 10 GB storage and 200 checks", "Audit log"))
    (fact,) = difference.facts
    assert (fact.kind, fact.action) == (FactKind.FEATURE, FactAction.CHANGED)
    assert fact.before == {"plan": "Pro", "text": "5 seats, 10 GB storage, 100 checks"}
    assert fact.after == {"plan": "Pro", "text": "5 seats, 10 GB storage and 200 checks"}


def test_limit_that_was_parted_is_one_change() -> None:
    difference = compare_documents(
        plan("50 SMS and call credits"), plan("50 SMS credits", "20 phone call credits")
    )
    (fact,) = difference.facts
    assert fact.before == {"plan": "Pro", "text": "50 SMS and call credits"}
    assert fact.after == {"plan": "Pro", "text": "50 SMS credits, 20 phone call credits"}


def test_limits_of_nothing_in_common_stay_apart() -> None:
    difference = compare_documents(plan("5 seats", "Audit log"), plan("Single sign-on", "Audit log"))
    assert {(fact.action, fact.name) for fact in difference.facts} == {
        (FactAction.REMOVED, "seats"),
        (FactAction.ADDED, "single sign-on"),
    }


def test_items_set_in_one_line_say_the_same() -> None:
    difference = compare_documents(
        plan("5 seats", "10 GB storage", "100 checks"), plan("5 seats, 10 GB storage and 100 checks")
    )
    assert not difference.changed
    assert {item.reason for item in difference.suppressed} == {"re-wrapped"}


@given(size=st.integers(2, 5), new=st.sampled_from(JOBS[5:]))
def test_job_pushed_to_the_next_page_is_not_gone(size: int, new: str) -> None:
    first, second = openings(JOBS[:size]), openings([new, *JOBS[: size - 1]])
    there, back = compare_documents(first, second), compare_documents(second, first)
    assert [(fact.action, fact.name) for fact in there.facts] == [(FactAction.ADDED, f"{new} Engineer")]
    assert [(fact.action, fact.name) for fact in back.facts] == [(FactAction.REMOVED, f"{new} Engineer")]
    assert "paging" in {item.reason for item in there.suppressed}


def test_job_that_leaves_the_end_of_a_whole_list_is_gone() -> None:
    difference = compare_documents(openings(JOBS[:4], ""), openings(["Cloud", *JOBS[:3]], ""))
    assert {(fact.action, fact.name) for fact in difference.facts} == {
        (FactAction.ADDED, "Cloud Engineer"),
        (FactAction.REMOVED, "Test Engineer"),
    }


@pytest.mark.parametrize("gone", JOBS[:4])
def test_job_that_left_a_page_which_nothing_came_to_is_gone(gone: str) -> None:
    difference = compare_documents(openings(JOBS[:4]), openings([name for name in JOBS[:4] if name != gone]))
    assert [(fact.action, fact.name) for fact in difference.facts] == [
        (FactAction.REMOVED, f"{gone} Engineer")
    ]


def test_pager_offers_no_job() -> None:
    assert [fact.name for fact in openings(JOBS[:2]).facts] == ["Data Engineer", "Web Engineer"]


SESSIONS = (
    "<li><time>14 April 2026</time><h3>Clauses that hold</h3><p>Webinar, free</p></li>",
    "<li><time>19 May 2026</time><h3>Contracts in one view</h3><p>Webinar, free</p></li>",
)


def sessions(upcoming: Sequence[str], recordings: str) -> Document:
    older = "<li><h3>Reading an offer</h3><p>Recorded in February 2026</p></li>"
    body = f"<h1>Webinars</h1><ul>{''.join(upcoming)}</ul><h2>Recordings</h2><ul>{recordings}{older}</ul>"
    return read(body, PageType.EVENTS)


def test_webinar_that_stands_as_a_recording_is_over() -> None:
    recording = "<li><h3>Clauses that hold</h3><p>Recorded in April 2026</p></li>"
    difference = compare_documents(sessions(SESSIONS, ""), sessions(SESSIONS[1:], recording))
    assert not difference.changed
    assert "event over" in {item.reason for item in difference.suppressed}


def test_webinar_with_another_day_is_news_beside_recordings() -> None:
    moved = SESSIONS[1].replace("19 May", "26 May")
    (fact,) = compare_documents(sessions(SESSIONS, ""), sessions((SESSIONS[0], moved), "")).facts
    assert (fact.kind, fact.action, fact.name) == (
        FactKind.EVENT,
        FactAction.CHANGED,
        "Contracts in one view",
    )
