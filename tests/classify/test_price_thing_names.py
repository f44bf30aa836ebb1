"""How far the name of what is paid for goes: the words that tell it from its siblings stay, a verb does not."""

from __future__ import annotations

import pytest

from classify.rules.prices.plans import company_words
from classify.rules.prices.things import things_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fernmoss's speech API costs $0.02 a minute.", "speech API"),
        ("The ten-ride Rovercard is £31 from May.", "ten-ride Rovercard"),
        ("The voice-only SIM drops to €4 a month.", "voice-only SIM"),
        ("The classic Maps API rises to $3 per 1,000 calls.", "classic Maps API"),
        ("Broadband Only 50Mb\n£19 a month", "Broadband Only 50Mb"),
        ("Priority letters up to 5 kg: £6.10 (was £5.80)", "Priority letters up to 5 kg"),
        ("Tuition with a certified trainer is $55 an hour.", "Tuition with a certified trainer"),
        ("Household hits $24.99 a month", "Household"),
        ("Duo reaches A$17.99 in May", "Duo"),
        ("Fernmoss to lift pet insurance premiums by 6%", "pet insurance"),
        ("Your Traveller bill goes up to $70 a month.", "Traveller"),
        ("Fernmoss's gas customers face a rise of 5 percent.", "gas"),
        ("For its e-bikes Fernmoss asks €0.30 per minute.", "e-bikes"),
        ("For the tariff Flow 25A you pay €30.", "Flow 25A"),
        ("C3 nodes drop by 10 percent, D4 nodes by 20 percent.", "D4 nodes"),
        ("Shared Inbox holders will pay $50 a year.", "Shared Inbox"),
    ],
)
def test_a_name_goes_as_far_as_its_words_tell_it_from_others(text: str, name: str) -> None:
    assert name in [thing.name for thing in things_in(text, ["Fernmoss"])]


@pytest.mark.parametrize(
    "text", ["The streaming platform Pro is $20 a month.", "The self-service platform Pro costs $20."]
)
def test_what_stands_before_a_plan_in_capitals_is_still_no_part_of_it(text: str) -> None:
    assert [thing.name for thing in things_in(text)] == ["Pro"]


def test_a_name_that_will_lift_its_fees_is_the_companys() -> None:
    assert "Rental Software" in company_words(
        "Fernmoss Rental Software will lift its fees by 4%.", ["Fernmoss"]
    )
    assert not company_words("Fernmoss Storage will cost $5.", ["Fernmoss"])
