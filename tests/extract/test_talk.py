"""Talk that comes and goes: what is one line of it, where it turns, and that news beside it is still told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.comparing.talk import is_talk, opens_a_list, place_of, turning_places
from extract.document import CompareOptions, Document, ReadOptions
from extract.read import read_document
from store.changes import changes_to_confirm
from store.database import Database
from store.kinds import BlockKind, Look, PageType
from store.records import Block
from tests.extract.watching import Watch

TALK = ("quiet", "second", "pair", "of", "eyes", "for", "your", "busy", "calm", "honest", "people", "day")
WORDS = st.sampled_from(TALK)
LINES = st.lists(WORDS, min_size=3, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, path: tuple[str, ...] = ("Customers",)) -> Block:
    return Block(kind=kind, text=text, key=text, path=path)


def page(lead: str, extra: str = "", title: str = "Know who is there") -> str:
    return f"""<html><head><title>Northbeam</title></head><body><main><h1>{title}</h1><p>{lead}</p>
    <h2>What you get</h2><p>Every check comes with a reason that an auditor can read, with the documents that were seen
    and with the time that each of them took, so that nobody has to ask twice.</p>{extra}</main></body></html>"""


def read(html: str, page_type: PageType = PageType.HOME) -> Document:
    return read_document(
        html.encode(),
        url="https://northbeam.example/",
        page_type=page_type,
        options=ReadOptions(article=False),
    )


@given(line=LINES)
def test_line_without_figure_name_or_date_is_talk(line: str) -> None:
    assert is_talk(block(line))


@given(line=LINES, telling=st.sampled_from(["12", "€5", "Harbour Bank", "3 May 2026", "no longer", "free"]))
def test_line_with_a_figure_a_name_a_date_or_a_refusal_is_no_talk(line: str, telling: str) -> None:
    assert not is_talk(block(f"{line[:-1]} {telling}."))


@pytest.mark.parametrize(
    ("line", "talk"),
    [("Simple plans. No surprises.", True), ("Simple plans. No cancellation fee.", False)],
)
def test_only_a_refusal_of_something_says_something(line: str, talk: bool) -> None:
    assert is_talk(block(line)) is talk


def test_counted_visitors_make_no_figure() -> None:
    assert is_talk(block("1,274 people joined us this year. Bring your questions."))


@given(line=LINES, page_type=st.sampled_from(sorted(PageType)))
def test_talk_opens_lists_alone(line: str, page_type: PageType) -> None:
    lists = {"customers", "partners", "integrations", "events", "careers", "team", "news", "changelog"}
    assert opens_a_list(block(line), page_type) == (page_type.value in lists)
    assert not opens_a_list(block(line, path=("Customers", "Stories")), page_type)


@pytest.mark.parametrize("name", ["Contoso", "Strategist", "Woodgrove"])
def test_name_by_itself_opens_no_list(name: str) -> None:
    assert not opens_a_list(block(name), PageType.CUSTOMERS)


@given(one=LINES, other=LINES)
def test_place_is_where_a_line_stands_and_not_what_it_says(one: str, other: str) -> None:
    assert place_of(block(one)) == place_of(block(other))
    assert place_of(block(one)) != place_of(block(one, path=("Pricing",)))


@given(lines=st.lists(LINES, min_size=3, max_size=3, unique=True))
def test_new_talk_in_a_turning_place_is_noise_whatever_it_says(lines: list[str]) -> None:
    first, second, third = (read(page(line)) for line in lines)
    known = CompareOptions(volatile=frozenset(turning_places(first, second)))
    difference = compare_documents(first, third, known)
    assert not difference.changed
    assert {item.reason for item in difference.suppressed} == {"rotating content"}


@given(lines=st.lists(LINES, min_size=3, max_size=3, unique=True), amount=st.integers(2, 900))
def test_news_in_a_turning_place_is_still_news(lines: list[str], amount: int) -> None:
    first, second = read(page(lines[0])), read(page(lines[1]))
    news = f"{amount} banks in Norway now check their customers with us."
    known = CompareOptions(volatile=frozenset(turning_places(first, second)))
    assert compare_documents(first, read(page(news)), known).added == (news,)


@given(lines=st.lists(LINES, min_size=2, max_size=2, unique=True))
def test_headline_is_no_turning_place(lines: list[str]) -> None:
    one, other = read(page("A line.", title=lines[0])), read(page("A line.", title=lines[1]))
    assert list(turning_places(one, other)) == []


def home(database: Database) -> Watch:
    return Watch(database, type="home", url="https://northbeam.example/")


def test_place_that_turned_between_two_first_looks_stays_silent(database: Database) -> None:
    watch = home(database)
    watch.capture(page("The quiet second pair of eyes."))
    watch.capture(page("Checks before money leaves."), Look.LEARN, after=timedelta(seconds=2))
    watch.capture(page("Calm people sleep at night."))
    assert watch.changes() == []
    assert "varies by request" in watch.drop_reasons()
    watch.capture(page("Somebody looks before you pay."))
    assert watch.changes() == []


def test_place_whose_new_line_was_gone_at_the_second_look_stays_silent(database: Database) -> None:
    watch = home(database)
    watch.capture(page("The quiet second pair of eyes."))
    watch.capture(page("Checks before money leaves."))
    watch.capture(page("Calm people sleep at night."), Look.CONFIRM, after=timedelta(minutes=10))
    assert watch.states() == ["variant"]
    watch.capture(page("Somebody looks before you pay."))
    assert watch.states() == ["variant"]


def test_line_that_was_replaced_by_turns_is_not_said_to_be_gone(database: Database) -> None:
    watch = home(database)
    news = "<p>We opened an office in Oslo with 40 people.</p>"
    watch.capture(page("The quiet second pair of eyes."))
    watch.capture(page("Checks before money leaves.", news))
    watch.capture(page("Calm people sleep at night.", news), Look.CONFIRM, after=timedelta(minutes=10))
    (change,) = watch.changes()
    assert change.state.value == "confirmed"
    assert (change.added, change.removed) == (("We opened an office in Oslo with 40 people.",), ())


MINUTES = timedelta(minutes=10)
OLD, NEW, THIRD = (
    "The quiet second pair of eyes.",
    "Checks before money leaves.",
    "Calm people sleep at night.",
)


def asked(watch: Watch) -> bool:
    """Return whether another second look is wanted within the hour."""
    with watch.database.read() as session:
        return changes_to_confirm(session, watch.now + timedelta(hours=1)) == [watch.source_id]


def test_new_slogan_is_met_by_three_looks_and_a_regular_one_before_it_counts(database: Database) -> None:
    watch = home(database)
    watch.capture(page(OLD))
    watch.capture(page(NEW))
    for more in (True, True, False):
        watch.capture(page(NEW), Look.CONFIRM, after=MINUTES)
        assert watch.states() == ["pending"]
        assert asked(watch) == more
    watch.capture(page(NEW))
    assert watch.states() == ["confirmed"]


def test_new_slogan_of_a_page_that_is_seldom_visited_is_settled_right_after_the_next_visit(
    database: Database,
) -> None:
    watch = home(database)
    watch.capture(page(OLD))
    watch.capture(page(NEW))
    watch.capture(page(NEW), Look.CONFIRM, after=MINUTES)
    watch.capture(page(NEW), after=timedelta(days=7))
    assert watch.states() == ["pending"]
    assert asked(watch)
    watch.capture(page(NEW), Look.CONFIRM, after=timedelta(seconds=5))
    assert watch.states() == ["confirmed"]


@pytest.mark.parametrize("line", [OLD, THIRD], ids=["turned back", "turned on"])
def test_slogan_that_turned_after_its_second_look_is_rotating_content(database: Database, line: str) -> None:
    watch = home(database)
    watch.capture(page(OLD))
    watch.capture(page(NEW))
    watch.capture(page(NEW), Look.CONFIRM, after=MINUTES)
    watch.capture(page(line))
    assert watch.states() == ["variant"]
    assert (
        {"rotating content"}
        <= watch.drop_reasons()
        <= {"rotating content", "seen before", "varies by request"}
    )
    watch.capture(page("Somebody looks before you pay."))
    assert watch.states() == ["variant"]


def test_slogan_whose_page_answers_not_modified_is_confirmed_by_that_visit(database: Database) -> None:
    watch = home(database)
    watch.capture(page(OLD))
    watch.capture(page(NEW))
    for _ in range(3):
        watch.capture(page(NEW), Look.CONFIRM, after=MINUTES)
    watch.now += timedelta(days=3)
    watch.process()
    assert watch.states() == ["pending"]
    watch.unchanged()
    watch.process()
    assert watch.states() == ["confirmed"]


@pytest.mark.parametrize("news", ["Checks for 40 banks.", "Checks before money leaves Norway."])
def test_line_that_says_something_is_confirmed_by_its_second_look(database: Database, news: str) -> None:
    watch = home(database)
    watch.capture(page(OLD))
    watch.capture(page(news))
    watch.capture(page(news), Look.CONFIRM, after=MINUTES)
    assert watch.states() == ["confirmed"]


def test_new_line_beside_the_old_one_is_no_slogan_by_turns(database: Database) -> None:
    watch = home(database)
    watch.capture(page(OLD))
    watch.capture(page(OLD, "<p>We read passports as well.</p>"))
    watch.capture(page(OLD, "<p>We read passports as well.</p>"), Look.CONFIRM, after=MINUTES)
    assert watch.states() == ["confirmed"]
