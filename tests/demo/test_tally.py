"""The tally counts honestly: nothing is found that was not said, and nothing wrong goes unseen."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demo.calendar import Calendar
from demo.matching import holds_all, normalised
from demo.tally import tally, tally_text
from demo.truth import Truth, truths

CALENDAR = Calendar(date(2026, 11, 9))
TRUE = truths()


def said(truth: Truth, number: int = 1, /, **other: object) -> dict[str, object]:
    """Return the signal of a perfect report."""
    day = CALENDAR.first_day + timedelta(days=7 * (truth.week - 1))
    return {
        "id": number,
        "category": truth.category.value,
        "headline": " ".join(truth.what),
        "facts": {},
        "rival": truth.rival,
        "first_seen": f"{day.isoformat()}T06:00:00+00:00",
        "review": False,
        "evidence": [],
        "accounts": [{"key": key, "score": 0.5} for key in truth.accounts],
        **other,
    }


def test_a_perfect_report_finds_everything() -> None:
    result = tally([said(truth, number) for number, truth in enumerate(TRUE)], TRUE, CALENDAR)
    assert (result.missed, result.wrong, result.duplicates, result.links_missed) == ((), (), (), 0)
    assert result.total().recall == result.total().precision == 1


def test_an_empty_report_misses_everything_that_was_expected() -> None:
    result = tally([], TRUE, CALENDAR)
    assert len(result.missed) == sum(truth.expected for truth in TRUE)
    assert result.total().precision is None


def test_another_category_rival_week_or_string_is_wrong() -> None:
    truth = TRUE[0]
    for other in (
        {"category": "hiring"},
        {"rival": "tessaly"},
        {"first_seen": "2026-11-30T06:00:00+00:00"},
        {"headline": "Growth now costs 1399"},
    ):
        result = tally([said(truth, **other)], TRUE, CALENDAR)
        assert len(result.wrong) == 1, other
        assert truth in result.missed


def test_a_wrong_category_names_the_truth_it_is_near() -> None:
    result = tally([said(TRUE[0], category="hiring")], TRUE, CALENDAR)
    assert result.wrong[0].near == TRUE[0].name


def test_a_second_signal_for_the_same_truth_is_a_duplicate_and_not_wrong() -> None:
    result = tally([said(TRUE[0], 1), said(TRUE[0], 2)], TRUE, CALENDAR)
    assert (len(result.found), len(result.wrong), len(result.duplicates)) == (1, 0, 1)


def test_one_signal_may_tell_two_truths() -> None:
    both = [truth for truth in truths(2) if truth.rival == "northbeam" and truth.category == "leadership"]
    signal = said(both[0], headline="Priya Raman follows Conor Halloran")
    result = tally([signal], TRUE, CALENDAR)
    assert (len(result.found), len(result.duplicates)) == (1, 0)


def test_what_need_not_be_reported_is_neither_missed_nor_wrong() -> None:
    optional = next(truth for truth in TRUE if not truth.expected)
    with_it, without = (tally(signals, [optional], CALENDAR) for signals in ([said(optional)], []))
    assert with_it.total() == without.total()
    assert not with_it.wrong


def test_a_filing_alone_counts_as_having_seen_the_story() -> None:
    appointed = next(truth for truth in TRUE if "Priya Raman" in truth.what)
    signal = said(
        appointed, headline="Northbeam Identity plc filed 8-K: departure or appointment of officers"
    )
    assert tally([signal], TRUE, CALENDAR).found == (appointed,)


def test_strings_are_found_in_facts_and_quotes_too() -> None:
    truth = TRUE[0]
    told = {"prices": [{"plan": "Growth", "after": {"amount": "399"}}]}
    assert tally([said(truth, headline="A price fell", facts=told)], TRUE, CALENDAR).found == (truth,)
    quoted = [{"url": "http://x", "quote": "Growth is $399 now"}]
    assert tally([said(truth, headline="A price fell", evidence=quoted)], TRUE, CALENDAR).found == (truth,)


def test_the_text_names_what_was_missed_and_what_was_wrong() -> None:
    text = tally_text(tally([said(TRUE[0], category="hiring")], TRUE[:1], CALENDAR))
    assert f"missed: {TRUE[0].name}" in text
    assert "wrong: week 2, corvane, hiring" in text


def test_the_json_has_the_same_counts_as_the_text() -> None:
    found = tally([said(TRUE[0])], TRUE, CALENDAR).to_json()
    assert found["total"]["found"] == 1
    assert found["total"]["missed"] == sum(truth.expected for truth in TRUE) - 1


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=1, max_value=9))
def test_a_number_is_found_only_as_a_whole(number: int, digit: int) -> None:
    assert holds_all(normalised(f"now ${number:,} a month"), [str(number)])
    assert not holds_all(normalised(f"now ${number}{digit} a month"), [str(number)])


@given(st.lists(st.text(alphabet="abcxyzéØ-&'’ ", min_size=1, max_size=8), min_size=1, max_size=4))
def test_a_phrase_is_found_in_a_sentence_that_holds_it(words: list[str]) -> None:
    phrase = "a" + " ".join(words) + "z"
    assert holds_all(normalised(f"They said {phrase} on Monday."), [phrase])
