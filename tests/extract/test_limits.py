"""What plans hold, however it is marked up: counts on cards, terms with values, ticks and crosses, prices by use."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from extract.values.money import find_money
from store.kinds import FactAction, FactKind, PageType

TABLE = "<table><tr><th>Feature</th><th>Free</th><th>Pro</th></tr><tr><td>SSO</td><td>{}</td><td>{}</td></tr></table>"
YES = (
    "✓",
    '<svg aria-label="Included"></svg>',
    '<img alt="yes" src="/i/a.svg">',
    '<i class="fa fa-check"></i>',
    '<svg class="ic"><use href="#check"></use></svg>',
)
NO = (
    "✗",
    '<svg aria-label="Not included"></svg>',
    '<img alt="no" src="/i/b.svg">',
    '<i class="fa fa-times"></i>',
    '<svg class="ic"><use href="#cross"></use></svg>',
)


def read(main: str) -> Document:
    body = f"<html><head><title>Pricing</title></head><body><main><h1>Pricing</h1>{main}</main></body></html>"
    return read_document(
        body.encode(), url="", page_type=PageType.PRICING, options=ReadOptions(article=False)
    )


def limits(main: str) -> dict[tuple[str, str], str]:
    found = (fact for fact in read(main).facts if fact.kind is FactKind.FEATURE)
    return {(fact.attributes["plan"], fact.name): fact.attributes["text"] for fact in found}


@pytest.mark.parametrize(("yes", "no"), list(zip(YES, NO, strict=True)))
def test_tick_that_became_a_cross_is_a_feature_that_went(yes: str, no: str) -> None:
    (change,) = compare_documents(read(TABLE.format(yes, yes)), read(TABLE.format(no, yes))).facts
    assert (change.kind, change.action, change.name) == (FactKind.FEATURE, FactAction.REMOVED, "SSO")
    assert (change.before or {})["plan"] == "Free"


@pytest.mark.parametrize("yes", YES)
def test_other_mark_for_yes_is_no_change(yes: str) -> None:
    assert not compare_documents(read(TABLE.format("✗", "✓")), read(TABLE.format("✗", yes))).changed


@pytest.mark.parametrize(
    "card",
    [
        "<div class='p'><b>{}</b><div>${} / month</div><div>{} users</div></div>",
        "<div class='p'><h3>{}</h3><p>${} / month</p><p><span>Users</span> <b>{}</b></p></div>",
        "<section><h2>{}</h2><p>${} / month</p><dl><dt>Users</dt><dd>{}</dd></dl></section>",
    ],
)
def test_count_on_the_card_of_a_plan_is_its_limit(card: str) -> None:
    page = card.format("Team", 49, 5) + card.format("Pro", 99, 25)
    found = {key: text for key, text in limits(page).items() if key[1] == "users"}
    assert {plan: "".join(filter(str.isdigit, text)) for (plan, _), text in found.items()} == {
        "Team": "5",
        "Pro": "25",
    }


def test_what_is_included_counts_and_what_more_costs_stands_behind() -> None:
    page = "<div class='p'><h3>Team</h3><p>$49 / month</p><ul><li>{}</li></ul></div><div class='p'><h3>Pro</h3></div>"
    before = page.format("10,000 calls included, then $0.01 each")
    after = page.format("5,000 calls included, then $0.01 each")
    (change,) = compare_documents(read(before), read(after)).facts
    assert (change.action, (change.after or {})["text"]) == (
        FactAction.CHANGED,
        "5,000 calls included, then $0.01 each",
    )


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("$0.0075 per message", "0.0075", "message"),
        ("€0.35 per transfer", "0.35", "transfer"),
        ("$1,250.5 per 1M queries", "1250.5", "1m queries"),
        ("$12 per location / month", "12", "location"),
        ("$2 per query", "2", "query"),
    ],
)
def test_prices_by_use_keep_their_figures_and_their_unit(text: str, amount: str, unit: str) -> None:
    (money,) = find_money(text)
    assert (money.amount, money.unit) == (amount, unit)
