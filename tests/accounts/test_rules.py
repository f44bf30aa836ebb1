"""Pure rules: whose word counts, who a company is, tiers, values, checks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.checks import check_account, check_accounts
from accounts.matching import Company, match_companies
from accounts.metrics_csv import parse_period
from accounts.tiers import apply_tier_rule, tiers_by_rule
from accounts.values import Reader, folded_name, host_of
from config.accounts import AccountConfig
from config.load import default_health
from config.tiers import TierSettings
from store.account_writes import sync_accounts
from store.accounts import Account, get_account
from store.claims import CSV, FIELDS, YAML, Voice, resolve
from store.data_problems import ProblemKind
from store.database import Database
from store.metrics import MetricValue, write_metrics

TODAY = date(2026, 11, 16)


def _account(number: int, **more: Any) -> Account:
    return Account(id=number, key=f"a{number}", name=f"Firm {number}", **more)


_SAID = st.dictionaries(
    st.sampled_from([YAML, CSV, "crm", "other"]),
    st.dictionaries(
        st.sampled_from(["name", "industry", "owner", "segment"]), st.sampled_from(["x", "y", ""])
    ),
)


@given(_SAID, st.permutations([YAML, CSV, "crm", "other"]), st.booleans())
def test_the_order_in_which_origins_spoke_does_not_matter(
    said: dict[str, Any], order: list[str], wins: bool
) -> None:
    voices = [Voice(key="crm", wins=frozenset({"industry"} if wins else ())), Voice(key="other")]
    shuffled = {origin: said[origin] for origin in order if origin in said}
    assert resolve(said, voices) == resolve(shuffled, voices)
    values, origins = resolve(said, voices)
    assert values.keys() == set(FIELDS)
    for field, origin in origins.items():
        assert said[origin][field]


def test_files_go_first_except_where_a_connection_wins() -> None:
    said = {
        YAML: {"name": "A", "industry": "banking"},
        "crm": {"name": "A plc", "industry": "finance", "segment": "large"},
    }
    values, origins = resolve(said, [Voice(key="crm")])
    assert (values["name"], values["industry"], values["segment"]) == ("A", "banking", "large")
    assert origins == {"name": YAML, "industry": YAML, "segment": "crm"}
    values, _ = resolve(said, [Voice(key="crm", wins=frozenset({"industry"}))])
    assert (values["name"], values["industry"]) == ("A", "finance")


COMPANIES = [
    Company(external_id="1", name="Harbour Bank plc", key=None, domains=()),
    Company(external_id="2", name="Somebody", key=None, domains=("www.larch.example",)),
    Company(external_id="3", name="Else", key="A3", domains=()),
    Company(external_id="4", name="New Firm", key=None, domains=("gmail.com",)),
    Company(external_id="5", name="New Firm Inc.", key=None, domains=()),
    Company(external_id="6", name="Twin", key=None, domains=()),
]
KNOWN = [
    Account(id=1, key="harbour", name="HARBOUR BANK"),
    Account(id=2, key="larch", name="Larch Pay", domain="larch.example"),
    Account(id=3, key="a3", name="Third"),
    Account(id=4, key="mail", name="Mail", domain="gmail.com"),
    Account(id=5, key="twin-1", name="Twin"),
    Account(id=6, key="twin-2", name="Twin"),
]


@given(st.permutations(COMPANIES), st.permutations(KNOWN))
def test_who_a_company_is_does_not_hang_on_the_order(companies: list[Company], known: list[Account]) -> None:
    match = match_companies(companies, known, {}, {account.key for account in known})
    assert match.fitting == {"1": "harbour", "2": "larch", "3": "a3"}
    assert match.new == {"4": "new-firm", "5": "new-firm-inc", "6": "twin"}
    bound = match_companies(companies, known, {"1": "twin-2"}, None)
    assert bound.fitting["1"] == "twin-2"
    assert {company.external_id for company in bound.unmatched} == {"4", "5", "6"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Harbour Bank PLC", "harbour bank"), ("Acme, Inc.", "ACME"), ("The Group Ltd", "The Group")],
)
def test_legal_forms_do_not_part_names(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


def test_a_name_that_is_only_a_legal_form_stays() -> None:
    assert folded_name("Group") == "group"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.a.example/x?y", "a.example"),
        ("A.Example", "a.example"),
        ("n/a", None),
        ("localhost", None),
        ("a b.example", None),
        ("http://", None),
    ],
)
def test_hosts_are_found_or_not(text: str, host: str | None) -> None:
    assert host_of(text) == host


@given(st.text() | st.integers() | st.floats() | st.none() | st.booleans() | st.lists(st.text()))
def test_any_value_is_taken_or_a_problem_and_never_an_error(found: Any) -> None:
    reader = Reader(origin="crm", subject="x")
    read = (
        reader.day("day", found),
        reader.amount("amount", found),
        reader.domain("domain", found),
        reader.email("email", found),
        reader.region("region", found),
        reader.tier("tier", found),
        reader.line("line", found),
    )
    assert read[6] is None or ("\n" not in read[6] and len(read[6]) <= 200)
    amount = read[1]
    assert amount is None or amount >= 0
    noted = {problem.field for problem in reader.problems}
    for name, value in zip(("day", "amount", "domain", "email", "region", "tier"), read, strict=False):
        assert not (name in noted and value is not None)


RULE = TierSettings(by_rule=True)


def test_the_tier_rule_says_what_it_is_documented_to_say() -> None:
    accounts = [
        _account(1, arr=Decimal(900)),
        _account(2, arr=Decimal(40)),
        _account(3, arr=Decimal(5)),
        _account(4, arr=Decimal(5)),
        _account(5, arr=Decimal(50)),
        _account(6),
    ]
    found = tiers_by_rule(accounts, {3: {"strategic_importance": 90}, 4: {"arr_potential": 25}}, RULE)
    assert {key: tier for key, (tier, _) in found.items()} == {
        "a1": "strategic",
        "a2": "growth",
        "a3": "strategic",
        "a4": "growth",
        "a5": "strategic" if 5 <= 5000 / 1000 else "growth",
        "a6": "growth",
    }
    assert found["a1"][1] == "90.0 % of all revenue, from 5 % on"
    assert found["a6"][1] == "nothing is known that the rule looks at"
    assert tiers_by_rule([*accounts, _account(7, arr=Decimal(1))], {}, RULE)["a7"][0] == "maintenance"


def test_a_said_tier_goes_before_the_rule_and_the_rule_can_be_switched_off(
    any_database: Database, now: datetime
) -> None:
    said = AccountConfig.model_validate({"key": "said", "name": "S", "tier": "maintenance", "arr": 1000})
    ruled = AccountConfig.model_validate({"key": "ruled", "name": "R", "arr": 1000})

    def tier(key: str) -> tuple[str, str]:
        with any_database.read() as session:
            account = get_account(session, key)
        assert account
        return account.tier, account.tier_origin

    with any_database.write() as session:
        sync_accounts(session, [said, ruled], now)
        assert apply_tier_rule(session, RULE) == 1
    assert tier("said") == ("maintenance", "yaml")
    assert tier("ruled") == ("strategic", "rule: 50.0 % of all revenue, from 5 % on")
    with any_database.write() as session:
        sync_accounts(session, [said, ruled], now)
    assert tier("ruled")[0] == "strategic"
    with any_database.write() as session:
        apply_tier_rule(session, TierSettings())
    assert tier("ruled") == ("growth", "default")


def test_each_kind_of_wrong_value_is_listed() -> None:
    account = _account(1, renewal=date(2026, 1, 1), owner="d@us.example", arr=Decimal(1))
    metrics = {
        "nps": [(date(2026, 9, 1), 120.0), (date(2026, 10, 1), 130.0)],
        "csat": [(date(2025, 1, 1), 90.0)],
        "tickets": [(date(2027, 10, 1), 3.0)],
        "contacts": [(date(2026, 11, 1), 2.0)],
        "contacts_engaged": [(date(2026, 11, 1), 3.0)],
    }
    found = {(p.field, p.kind) for p in check_account(account, metrics, TODAY)}
    assert found == {
        ("renewal", ProblemKind.IMPOSSIBLE),
        ("stakeholders", ProblemKind.MISSING),
        ("nps", ProblemKind.OUT_OF_RANGE),
        ("csat", ProblemKind.STALE),
        ("tickets", ProblemKind.IMPOSSIBLE),
        ("contacts_engaged", ProblemKind.IMPOSSIBLE),
    }


def test_the_whole_is_checked_too(any_database: Database, now: datetime) -> None:
    twins = [
        AccountConfig.model_validate(
            {"key": key, "name": key, "domain": "same.example", "tier": "maintenance"}
        )
        for key in ("one", "two")
    ]
    with any_database.write() as session:
        sync_accounts(session, twins, now)
        write_metrics(
            session,
            [MetricValue(account_key="one", name="npss", period=parse_period("2026-10"), value=1.0)],
        )
        found = {(p.subject, p.field, p.kind) for p in check_accounts(session, now, default_health())}
    assert found == {
        ("one", "owner", ProblemKind.MISSING),
        ("two", "owner", ProblemKind.MISSING),
        ("two", "metrics", ProblemKind.MISSING),
        ("one", "domain", ProblemKind.AMBIGUOUS),
        ("health.yaml", "npss", ProblemKind.UNKNOWN),
    }


def test_a_moment_is_read_from_all_forms_that_systems_use() -> None:
    reader = Reader(origin="crm", subject="x")
    for text in ("2026-11-16", "2026-11-16T10:00:00Z", "2026-11-16T10:00:00.000+0000", "1794823200000"):
        assert reader.day("d", text) == TODAY
    assert datetime.fromtimestamp(1794823200, UTC).date() == TODAY
