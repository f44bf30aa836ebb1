"""Another company that uses or chooses the rival is a customer; one that deals with it otherwise is not."""

import pytest

from classify.rules.wins import find_buyer
from classify.signals import Actor

ACTOR = Actor(name="Northbeam Identity", aliases=("Northbeam",), products=("VerifyFlow",))


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("Harbour Bank selects Northbeam", "Harbour Bank"),
        ("Oak Bank goes live with Northbeam", "Oak Bank"),
        ("Rosa Group checks guests with VerifyFlow", "Rosa Group"),
        ("Harbour Bank opens accounts with VerifyFlow Capture. It took two weeks.", "Harbour Bank"),
        ("Peel & Marsh moves to Northbeam", "Peel & Marsh"),
    ],
)
def test_buyer_is_found(text, buyer):
    assert find_buyer(text, ACTOR) == buyer


@pytest.mark.parametrize(
    "text",
    [
        "Castlewood partners with Northbeam",
        "Castlewood agrees to buy a stake in Northbeam",
        "Verify users quickly with VerifyFlow",
        "Get started faster with Northbeam",
        "Mara Quill joins Northbeam from Harbour Bank",
        "Northbeam works on passkeys with Castlewood",
        "",
    ],
)
def test_no_buyer_where_nobody_buys(text):
    assert find_buyer(text, ACTOR) is None
