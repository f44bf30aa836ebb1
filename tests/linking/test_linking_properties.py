"""What must hold of links whatever the accounts: their order, and what one more name can do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from linking.meaning import Meaning
from linking.reasons import reasons_by_account
from linking.story import Story
from linking.world import World
from store.accounts import Account, Stakeholder
from store.kinds import Category
from store.sources import Rival

RIVAL = Rival(
    id=1,
    key="northbeam",
    name="Northbeam Identity",
    domain="northbeam.example",
    market="identity-verification",
    aliases=("Northbeam",),
    products=(("VerifyFlow", ("kyc", "document-verification")), ("SanctionSight", ("aml-screening",))),
)
NAMES = (
    "Harbour Bank",
    "Atlas Foods",
    "Atlas Mutual",
    "Crédit Léman",
    "Signal Television",
    "Oakline Freight",
)
INDUSTRIES = ("banking", "food", "insurance", "broadcasting", "logistics", None)
TITLES = (
    "Northbeam raises prices for Irish banks",
    "Atlas picks Northbeam",
    "Harbour Bank's Mara Quill joins Northbeam as head of sales",
    "Credit Leman goes live with SanctionSight",
    "A better signal for Northbeam's customers",
)
TEXTS = (
    "The US insurer checks driving licences with VerifyFlow.",
    "Quill was CISO of Harbour Bank.",
    "Insurers and broadcasters in Germany get it first.",
    "",
)
ALIASES = ("Harbour", "HB Group", "Northern Lights", "Atlas", "Léman & Co")

accounts_strategy = st.lists(
    st.builds(
        lambda name, industry, regions, uses, present: (name, industry, regions, uses, present),
        st.sampled_from(NAMES),
        st.sampled_from(INDUSTRIES),
        st.lists(st.sampled_from(("GB", "IE", "US", "DE", "CH")), max_size=3, unique=True),
        st.lists(st.sampled_from(("kyc", "aml-screening", "document-verification", "payroll")), max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda values: values[0],
)
stories_strategy = st.builds(
    lambda category, title, text: Story(rival=RIVAL, category=category, title=title, text=text),
    st.sampled_from(tuple(Category)),
    st.sampled_from(TITLES),
    st.sampled_from(TEXTS),
)


def _accounts(rows: list[tuple[str, str | None, list[str], list[str], bool]]) -> list[Account]:
    return [
        Account(
            id=number,
            key=name.lower().replace(" ", "-"),
            name=name,
            tier="growth",
            industry=industry,
            regions=tuple(regions),
            uses=tuple(uses),
            rivals_present=(RIVAL.key,) if present else (),
            stakeholders=(Stakeholder(name="Mara Quill", role="CISO"),) if name == "Harbour Bank" else (),
        )
        for number, (name, industry, regions, uses, present) in enumerate(rows, start=1)
    ]


def _links(accounts: list[Account], story: Story) -> dict[str, set[str]]:
    world = World.of(accounts, [RIVAL], meaning=Meaning.without_model())
    return {
        key: {found.code.value for found in reasons}
        for key, reasons in reasons_by_account(story, world).items()
    }


@settings(max_examples=60, deadline=None)
@given(rows=accounts_strategy, story=stories_strategy, seed=st.randoms(use_true_random=False))
def test_the_order_of_accounts_does_not_matter(rows, story, seed) -> None:
    accounts = _accounts(rows)
    shuffled = list(accounts)
    seed.shuffle(shuffled)
    assert _links(accounts, story) == _links(shuffled, story)


@settings(max_examples=60, deadline=None)
@given(rows=accounts_strategy, story=stories_strategy, alias=st.sampled_from(ALIASES))
def test_an_alias_that_nobody_else_bears_takes_no_reason_from_its_account(rows, story, alias) -> None:
    accounts = _accounts(rows)
    first = accounts[0]
    alone = [first]
    more = [replace(first, aliases=(*first.aliases, alias))]
    before, after = _links(alone, story), _links(more, story)
    assert before.get(first.key, set()) <= after.get(first.key, set())


@settings(max_examples=60, deadline=None)
@given(rows=accounts_strategy, story=stories_strategy)
def test_a_customer_of_the_rival_is_always_named_and_noise_links_nobody(rows, story) -> None:
    links = _links(_accounts(rows), story)
    assert all("named" in codes for codes in links.values() if "their_customer" in codes)
    assert not links or story.category is not Category.NONE


@settings(max_examples=60, deadline=None)
@given(rows=accounts_strategy, story=stories_strategy)
def test_a_further_tag_in_use_takes_no_link_away(rows, story) -> None:
    accounts = _accounts(rows)
    more = [replace(account, uses=(*account.uses, "kyc")) for account in accounts[:1]]
    before, after = _links(accounts[:1], story), _links(more, story)
    assert set(before) <= set(after)
