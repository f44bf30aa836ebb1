"""What the form of a text tells of its prices: tables, links, periods and plans said once, what stands beside."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.beside import beside, is_level, told_percents
from classify.rules.prices.cards import find_cards
from classify.rules.prices.find import find_prices
from classify.rules.prices.links import links_of
from classify.rules.prices.periods import common_period
from classify.rules.prices.pieces import pieces_of
from classify.rules.prices.plans import company_words, plans_beside
from classify.rules.prices.shared import periods_of
from classify.rules.prices.tables import find_table


def linked(text: str) -> list[tuple[str, str, str]]:
    """Return what is linked in a text: the old price or the step, the new price, and which of them it is."""
    amounts = amounts_in(text)
    found = links_of(text, pieces_of(text, amounts))
    return [
        (
            text[amounts[link.other].start : amounts[link.other].end],
            text[amounts[link.new].start : amounts[link.new].end],
            ("down" if link.is_down else "up") if link.is_step else "old",
        )
        for link in sorted(found, key=lambda link: link.new)
    ]


def by_text(text: str, found: dict[int, str]) -> dict[str, str]:
    amounts = amounts_in(text)
    return {text[amounts[place].start : amounts[place].end]: said for place, said in sorted(found.items())}


def periods(text: str) -> dict[str, str]:
    pieces = pieces_of(text, amounts_in(text))
    plans = {place: plan.name for place, plan in plans_beside(text, pieces).items()}
    return by_text(text, periods_of(text, pieces, links_of(text, pieces), plans))


def plans(text: str, own: tuple[str, ...] = ()) -> dict[str, str]:
    pieces = pieces_of(text, amounts_in(text))
    return by_text(text, {place: plan.name for place, plan in plans_beside(text, pieces, own).items()})


def rows(text: str, own: tuple[str, ...] = ()) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (
            move.plan,
            f"{move.before.amount:f}" if move.before and move.before.amount is not None else None,
            f"{move.after.amount:f}" if move.after and move.after.amount is not None else None,
            move.after.period if move.after else None,
        )
        for move in find_table(text, own)
    ]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("Plan | Old | New", "Reed | $4 | $5", "Sedge | $9 | $9"),
        ("| Tier | Current price | From 1 May |\n|---|---|---|", "| Reed | $4 | $5 |", "| Sedge | $9 | $9 |"),
        ("Product\tUntil 31.12.\tAs of 01.01.", "Reed\t$4\t$5", "Sedge\t$9\t$9"),
        ("Edition | 2026 | 2027", "Reed | $4 | $5", "Sedge | $9 | $9"),
        ("Package | New price | Before", "Reed | $5 | $4", "Sedge | $9 | $9"),
        ("Package | Price (was)", "Reed | $5 ($4)", "Sedge | $9 ($9)"),
    ],
)
def test_head_says_which_column_is_old(head: str, first: str, second: str):
    assert rows(f"{head}\n{first}\n{second}") == [("Reed", "4", "5", None)]


def test_cells_say_themselves_which_is_old():
    text = "Fibre, price per month\nReed 50 | now $79 | from 1 Oct $84\nReed 90 | now $95 | from 1 Oct $95"
    assert rows(text) == [("Reed 50", "79", "84", "month")]


def test_columns_of_two_periods_are_two_prices():
    text = "Plan | Monthly | Annual\nReed | $15 | $150"
    assert rows(text) == [("Reed", None, "15", "month"), ("Reed", None, "150", "year")]


def test_columns_of_two_currencies_are_two_prices():
    found = find_table("Plan | EUR | GBP\nReed | 29 | 25")
    assert [move.after.currency for move in found if move.after] == ["EUR", "GBP"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "Plan | Seats | Storage\nReed | 5 | 10 GB",
        "Name | Old | New",
        "a | b\nc | $5",
        "Reed | $5 | $6",
    ],
)
def test_table_without_a_head_of_prices_is_none(text: str):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from $10 to $12 a month", [("$10", "$12", "old")]),
        ("$12 a month, previously $10", [("$10", "$12", "old")]),
        ("$12 (was $10)", [("$10", "$12", "old")]),
        ("$12 instead of $10", [("$10", "$12", "old")]),
        ("up to $12 from $10", [("$10", "$12", "old")]),
        ("$10 until now, $12 from May", [("$10", "$12", "old")]),
        ("~~$10~~ $12", [("$10", "$12", "old")]),
        ("Was $10. Now $12.", [("$10", "$12", "old")]),
        ("AED 199 (AED 229 before)", [("AED 229", "AED 199", "old")]),
        ("£1,275 for 2027 (2026: £1,190)", [("£1,190", "£1,275", "old")]),
        ("formerly $99, is $79 for now", [("$99", "$79", "old")]),
        ("goes from ten dollars a month to twelve", [("ten dollars", "twelve", "old")]),
        ("costs $19 and $49, up from $15 and $39", [("$15", "$19", "old"), ("$39", "$49", "old")]),
        ("Today it is $5 and $10. From May: $6 and $12.", [("$5", "$6", "old"), ("$10", "$12", "old")]),
        ("rises by $2 to $12", [("$2", "$12", "up")]),
        ("falls by $2 to $12", [("$2", "$12", "down")]),
        ("$12, $2 less than before", [("$2", "$12", "down")]),
        ("$59 (+$10)", [("$10", "$59", "up")]),
        ("adds 25p to a meal, now £2.90", [("25p", "£2.90", "up")]),
        ("raises them by £1 and £2 to £8 and £13", [("£1", "£8", "up"), ("£2", "£13", "up")]),
        ("cut the price by £500. It now starts at £9,000", [("£500", "£9,000", "down")]),
        ("$1,188, up $108 from $1,080", [("$1,080", "$1,188", "old")]),
        ("$3.20 an hour, 20% less than last week's $4", [("$4", "$3.20", "old")]),
        ("the drop-off is now $4.49 (yesterday $4.99)", [("$4.99", "$4.49", "old")]),
        ("Teams on Basic will pay $18, which is $3 more than today", [("$3", "$18", "up")]),
        ("+$2 a seat, so $11 per seat per month", [("$2", "$11", "up")]),
        ("Roam: +£1.80 to £22.80", [("£1.80", "£22.80", "up")]),
    ],
)
def test_forms_of_a_move_are_linked(text: str, expected: list[tuple[str, str, str]]):
    assert linked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "cloth from $34, paper from $17",
        "$9 for the first year, $12 after that",
        "$40 a month and $400 a year",
        "£99 for the S3, against £120 for the S2 of a rival",
        "$4,99 or €5",
        "stores 15 GB instead of 5 GB for $9",
    ],
)
def test_neighbours_that_are_no_move_are_left_to_the_odds(text: str):
    assert linked(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reed to $70 from $65, Sedge to $90 from $80, all per user and month", "month"),
        ("Price per user per month: Reed $6 → $7, Sedge $12 → $14", "month"),
        ("Prices are per seat and month. Reed: $12 (formerly $10). Sedge: $20 (formerly $18).", "month"),
        ("Reed $19 -> $24, Sedge $49 -> $59 (per seat, per month)", "month"),
        ("Annual plans rise from $290 to $350", "year"),
        ("Reed (£10 a month), Sedge (£22) and Moss (£40)", "month"),
        ("costs $8.50 per payslip and month, up from $7.90", "month"),
    ],
)
def test_period_is_said_once_for_all(text: str, expected: str):
    assert set(periods(text).values()) == {expected}
    assert len(periods(text)) == len(pieces_of(text, amounts_in(text)))


def test_each_clause_has_its_own_period():
    text = "Monthly plans increase from $29 to $35; annual plans from $290 to $350."
    assert periods(text) == {"$29": "month", "$35": "month", "$290": "year", "$350": "year"}


def test_period_said_once_holds_for_all_prices_of_its_sentence():
    assert periods("£16 a month on a 24-month deal; £18 on a rolling contract") == {
        "£16": "month",
        "£18": "month",
    }
    assert periods("Hosting is £16 a month, a new domain £18 once.") == {"£16": "month"}
    assert periods("Hosting is £16 a month. A domain is £18.") == {"£16": "month"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prices net per month. Customers keep theirs.", "month"),
        ("Reed $5. Billed monthly.", "month"),
        ("All prices in US dollars.", None),
        ("Reed costs $5 a month.", None),
    ],
)
def test_period_of_a_sentence_without_a_price(text: str, expected: str | None):
    assert common_period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sedge Moss goes up to $8", {"$8": "Sedge Moss"}),
        ("we lift Sedge ($8) and Moss ($9)", {"$8": "Sedge", "$9": "Moss"}),
        ("you pay $8 for Sedge, $9 for Moss.", {"$8": "Sedge", "$9": "Moss"}),
        ("From May, Sedge and Moss will cost $8 and $9", {"$8": "Sedge", "$9": "Moss"}),
        ("• Sedge 50: $8\n• Moss – $9", {"$8": "Sedge 50", "$9": "Moss"}),
        ("Lumo Sedge now costs $8", {"$8": "Sedge"}),
        ("From 1 May you pay $8", {}),
    ],
)
def test_plan_stands_right_beside_its_price(text: str, expected: dict[str, str]):
    assert plans(text, ("Lumo",)) == expected


def test_further_words_of_the_company_are_no_plan():
    assert "Golf Club" in company_words("Lumo Golf Club has set the fee at £9", ("Lumo",))
    assert not company_words("Lumo Team costs $9. Lumo Team's price rises.", ("Lumo",))


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Reed rises to $9 while Sedge stays at $5", ["$5"]),
        ("Reed is $9. Sedge ($5) and Moss ($7), which don't change, follow.", ["$5", "$7"]),
        ("Reed is $9. Velo asks $8 and Hush $7.", ["$8", "$7"]),
        ("Save up to $120. Reed is $9.", ["$120"]),
        ("Reed is $9 with a $50 credit", ["$50"]),
        ("Reed, launched at $5, is $9", ["$5"]),
        ("Reed is $9 with twice the seats for the same $9", ["$9"]),
    ],
)
def test_what_stands_beside_the_matter_is_known(text: str, aside: list[str]):
    amounts = amounts_in(text)
    found = beside(text, pieces_of(text, amounts), ("Lumo",))
    assert [text[amounts[place].start : amounts[place].end] for place in sorted(found)] == aside


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("up 8% to $54", True),
        ("raises Reed by a fifth, to $30", True),
        ("doubles the price to $36", True),
        ("$79 a month, 10% less than before", True),
        ("£20 a year, 10% off food", False),
        ("$54 with 8% interest", False),
    ],
)
def test_percent_beside_a_price_tells_its_move(text: str, is_told: bool):
    amounts = amounts_in(text)
    assert bool(told_percents(text, amounts, pieces_of(text, amounts))) is is_told


def test_share_that_is_reached_is_no_move():
    text = "is halved to 0.5 % for $5"
    assert [is_level(text, each) for each in amounts_in(text) if each.percent] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ten dollars a month", [("10", "USD", "month")]),
        ("a hundred and thirty-five euros", [("135", "EUR", None)]),
        ("$7, up a dollar", [("7", "USD", None), ("1", "USD", None)]),
        ("349 kr/mnd", [("349", "NOK", "month")]),
        ("129 kr", [("129", "SEK", None)]),
        ("29,99 zł", [("29.99", "PLN", None)]),
        ("$48/editor/mo", [("48", "USD", "month")]),
        ("€1.90 per hectare and year", [("1.90", "EUR", "year")]),
    ],
)
def test_notations_of_amounts(text: str, expected: list[tuple[str, str, str | None]]):
    found = [each.price for each in amounts_in(text) if each.price]
    assert [(f"{price.amount:f}", price.currency, price.period) for price in found] == expected


def test_sum_in_millions_is_no_price():
    assert not [
        each
        for each in amounts_in("at a cost of £3.4 million, from £29")
        if each.price and each.price.amount == 3
    ]


def test_fee_in_percent_without_its_first_sign():
    (move,) = find_prices("Commission on small sellers falls from 15 to 8 per cent")
    assert float(move.percent or 0) == -46.7


@given(st.text(alphabet="$€5 10.,%()tofrmwasnw/|\nPro→~:;-", max_size=120))
def test_forms_of_any_text_are_read(text: str):
    amounts = amounts_in(text)
    pieces = pieces_of(text, amounts)
    links = links_of(text, pieces)
    places = [place for link in links for place in (link.new, link.other)]
    assert len(places) == len(set(places))
    assert all(one.amount.start < other.amount.start for one, other in pairwise(pieces))
    known = {piece.place for piece in pieces}
    assert (
        set(periods_of(text, pieces, links, {})) | set(plans_beside(text, pieces)) | beside(text, pieces)
        <= known
    )
    find_table(text)
    told_percents(text, amounts, pieces)


def test_step_in_a_sentence_of_its_own_leads_to_the_price_before() -> None:
    assert linked("Fern Crew is now $6 per user per month. That's $2 less than before.") == [
        ("$2", "$6", "down")
    ]
    assert linked("The pass costs €40. It is €5 more than last year.") == [("€5", "€40", "up")]
    assert linked("The pass costs €40. That is €5 a week.") == []


def test_number_of_a_model_is_no_price() -> None:
    text = "Developers pay $1.10 for Heron 4, compared with $2.20 until now."
    assert [
        piece.amount.price.amount for piece in pieces_of(text, amounts_in(text)) if piece.amount.price
    ] == [
        Decimal("1.10"),
        Decimal("2.20"),
    ]


def test_price_of_a_share_stands_beside_the_matter() -> None:
    text = "Fernly shares closed at $31.20 on Friday. The Crew plan costs $9."
    assert beside(text, pieces_of(text, amounts_in(text))) == {0}


CARDS = (
    (
        "Starter\n$19/mo\nFor individuals\n\nGrowth\n$49/mo\nFor small teams\n\nBusiness\n$129/mo",
        [("Starter", "19", "month"), ("Growth", "49", "month"), ("Business", "129", "month")],
    ),
    (
        "Simple pricing for every team\nSolo\nFor individuals\n€9 / month\nCrew\nFor small teams\n€29 / month",
        [("Solo", "9", "month"), ("Crew", "29", "month")],
    ),
    (
        "Personal\n$16 / month\nBuild a simple site\nShop\n$23 / month\nSell more\nSave 30% with annual billing",
        [("Personal", "16", "month"), ("Shop", "23", "month")],
    ),
    (
        "Free\n$0\nFor hobby projects\n\nTeam\n$15/mo\nper user",
        [("Free", "0", None), ("Team", "15", "month")],
    ),
    (
        "Brook Basic\n$9 / month\nor $90 yearly\nBrook Plus\n$19 / month\nor $190 yearly",
        [
            ("Basic", "9", "month"),
            ("Basic", "90", "year"),
            ("Plus", "19", "month"),
            ("Plus", "190", "year"),
        ],
    ),
    (
        "Geocoding: $0.50 per 1,000 requests\nStatic maps: $0.25 per 1,000 requests",
        [("Geocoding", "0.50", "1,000 requests"), ("Static maps", "0.25", "1,000 requests")],
    ),
    ("Hobby — free\nLaunch — $19/month", [("Hobby", "0", None), ("Launch", "19", "month")]),
)


@pytest.mark.parametrize(("text", "expected"), CARDS)
def test_cards_of_prices_are_read_by_their_lines(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = find_cards(text, ("Brook",))
    assert [
        (move.plan, f"{move.after.amount:f}", move.after.period) for move in found if move.after
    ] == expected
    assert all(move.before is None for move in found)


@pytest.mark.parametrize(
    "text",
    [
        "Pro\n$12\nTeam\n$15 (was $10)",
        "Everybody pays $3 more.\nPro\n$12\nTeam\n$15",
        "Monthly\n$19\nYearly\n$139",
        "Pro\n$12",
        "Pro now costs $12, and Team costs $15.",
    ],
)
def test_what_tells_more_than_standing_prices_is_no_list_of_cards(text: str) -> None:
    assert find_cards(text) == ()


@given(st.text(alphabet="Pro Team\n$€19/mo:—|Free0.", max_size=120))
def test_any_lines_can_be_tried_as_cards(text: str) -> None:
    names = [move.plan for move in find_cards(text)]
    assert len(names) == len(set(names))
    assert all(names)


@pytest.mark.parametrize(
    "text",
    [
        "will pay $0.27 per kWh from 1 August, an increase of 6 per cent.",
        "now costs €54, a rise of 8%.",
        "falls to $30 in May, a cut of 10 percent from today",
    ],
)
def test_percent_of_an_increase_is_told_of_the_price_before_it(text: str) -> None:
    amounts = amounts_in(text)
    assert len(told_percents(text, amounts, pieces_of(text, amounts))) == 1


def test_price_that_customers_on_a_plan_will_pay_is_its_price() -> None:
    text = "Teams on Basic will pay $18 a month."
    assert beside(text, pieces_of(text, amounts_in(text))) == set()
