"""What truly happens in week 4 (days 15 to 21): the undone price, a rebuilt site, a site that is back."""

from __future__ import annotations

from demo.world.acts import (
    customer,
    feature,
    filed,
    gathering,
    hire,
    leave,
    opening,
    partner,
    post,
    price,
    release,
    story,
)
from demo.world.edits import Move, Say
from store.kinds import Category

MOVES = (
    Move(
        week=4,
        rival="brightwarden",
        category=Category.PRICING,
        what=("Starter", "89"),
        edits=(price("Starter", 89),),
        expected=False,
    ),
    Move(
        week=4,
        rival="halcyra",
        category=Category.LAUNCH,
        what=("Passive Presence",),
        edits=(
            feature("Passive Presence", "Liveness from a single picture, without any look at all."),
            story(
                17,
                "Halcyra releases Passive Presence",
                "Passive Presence needs a single picture. It is available to Operate and Nation customers.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="halcyra",
        category=Category.LEADERSHIP,
        what=("Elin Sandvall",),
        edits=(
            hire("Elin Sandvall", "Chief Executive Officer"),
            story(
                16,
                "Elin Sandvall appointed Chief Executive Officer of Halcyra",
                "The board has appointed Elin Sandvall as Chief Executive Officer. She follows Göran Lidman, who "
                "retires.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="halcyra",
        category=Category.LEADERSHIP,
        what=("Göran Lidman",),
        edits=(leave("Göran Lidman"),),
        gone=True,
        expected=False,
    ),
    Move(
        week=4,
        rival="tessaly",
        category=Category.CUSTOMER,
        what=("Harbour Bank",),
        edits=(
            customer("Harbour Bank", "Banking"),
            story(
                18,
                "Harbour Bank opens accounts with Tessaly Capture",
                "Harbour Bank has chosen Tessaly Capture for its new student account in Ireland.",
            ),
        ),
        accounts=("harbour-bank",),
    ),
    Move(
        week=4,
        rival="northbeam",
        category=Category.PRICING,
        what=("Pro", "199"),
        edits=(
            price("Pro", 199),
            story(
                16,
                "Northbeam lowers the price of Pro to $199",
                "The Pro plan now costs $199 a month, $50 less than before.",
            ),
        ),
        accounts=("harbour-bank",),
    ),
    Move(
        week=4,
        rival="corvane",
        category=Category.ACQUISITION,
        what=("Mintgate",),
        edits=(
            story(
                19,
                "Corvane to acquire Mintgate for $120 million",
                "Corvane has signed an agreement to acquire Mintgate, a maker of income verification, for $120 "
                "million in cash.",
            ),
            filed("0001988002", 19, "8-K", "1.01,9.01"),
        ),
        accounts=("lakeshore-credit",),
    ),
    Move(
        week=4,
        rival="quorient",
        category=Category.PRICING,
        what=("Business", "450"),
        edits=(price("Business", 450),),
        accounts=("meridian-pay",),
    ),
    Move(
        week=4,
        rival="kestrane",
        category=Category.EVENT,
        what=("Fraud Fighters Forum",),
        edits=(
            gathering(80, "Fraud Fighters Forum", "Toronto, Canada", "Two days on refunds and resale."),
            story(
                15,
                "Tickets for the Fraud Fighters Forum are on sale",
                "Kestrane hosts the Fraud Fighters Forum in Toronto. Early tickets cost half.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="kestrane",
        category=Category.CUSTOMER,
        what=("Cobalt Mobile",),
        edits=(
            customer("Cobalt Mobile", "Telecom"),
            story(
                20,
                "Cobalt Mobile selects Kestrane Shield",
                "Cobalt Mobile will use Kestrane Shield for the sale of telephones in its online shop.",
            ),
        ),
        accounts=("cobalt-mobile",),
    ),
    Move(
        week=4,
        rival="ostrelle",
        category=Category.PARTNERSHIP,
        what=("Castellan Bank Network",),
        edits=(
            partner("Castellan Bank Network", "Association", "Screening for 140 savings banks."),
            story(
                17,
                "Ostrelle and Castellan Bank Network sign a partnership",
                "The 140 savings banks of the Castellan Bank Network can use Ostrelle Screen at a common price.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="veridune",
        category=Category.POSITIONING,
        what=("Proof without papers",),
        edits=(
            Say("slogan", "Proof without papers"),
            story(
                18,
                "Proof without papers: our new campaign",
                "Veridune begins its largest brand campaign. Proof without papers runs in four countries.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="deedwell",
        category=Category.HIRING,
        what=("120 positions",),
        edits=(
            story(
                20,
                "Deedwell reduces its workforce by 120 positions",
                "Deedwell will cut 120 positions, about six percent of its workforce, mostly in administration.",
            ),
        ),
        or_else=(Category.FINANCE,),
    ),
    Move(
        week=4,
        rival="lumivault",
        category=Category.LAUNCH,
        what=("Family Wallet",),
        edits=(
            release(18, "Wallet 3.0 with Family Wallet", "Family Wallet holds the credentials of children"),
        ),
    ),
    Move(
        week=4,
        rival="lumivault",
        category=Category.PARTNERSHIP,
        what=("Nordmark Rail",),
        edits=(partner("Nordmark Rail", "Travel", "Tickets and discounts in the wallet."),),
        or_else=(Category.CUSTOMER,),
    ),
    Move(
        week=4,
        rival="fennmark",
        category=Category.LEADERSHIP,
        what=("Dolores Whitcombe",),
        edits=(
            hire("Dolores Whitcombe", "Chief Revenue Officer", "Sold networks to carriers for twenty years."),
            story(
                19,
                "Dolores Whitcombe joins Fennmark as Chief Revenue Officer",
                "Dolores Whitcombe will lead sales and partnerships at Fennmark.",
            ),
        ),
        accounts=("cobalt-mobile",),
    ),
    Move(
        week=4,
        rival="ledgerlight",
        category=Category.REGULATORY,
        what=("SOC 2 Type II",),
        edits=(
            story(
                16,
                "Ledgerlight completes its SOC 2 Type II audit",
                "An independent auditor has examined the controls of Ledgerlight over six months and issued a SOC 2 "
                "Type II report.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="brightwarden",
        category=Category.MEDIA,
        what=("Regtech Rising Stars",),
        edits=(
            story(
                21,
                "Brightwarden wins a Regtech Rising Stars award",
                "The jury of the Regtech Rising Stars gave Brightwarden the award for best explanation of alerts.",
            ),
        ),
    ),
    Move(
        week=4,
        rival="northbeam",
        category=Category.EXPANSION,
        what=("Singapore",),
        edits=(
            opening("Country Manager, Singapore", "Sales", "Singapore"),
            story(
                20,
                "Northbeam Identity opens in Singapore",
                "Northbeam Identity has opened an office in Singapore, its first in Asia.",
            ),
        ),
        or_else=(Category.HIRING,),
    ),
    Move(
        week=4,
        rival="corvane",
        category=Category.FINANCE,
        what=("third quarter",),
        edits=(
            story(
                17,
                "Corvane reports third quarter results",
                "Revenue in the third quarter was 63 million dollars, up 13 percent. The forecast for the year rises.",
            ),
            filed("0001988002", 17, "10-Q"),
        ),
    ),
)

CHAFF = (
    post(4, "tessaly", "Why our icons are green now", "A designer explains a small obsession."),
    post(4, "deedwell", "How to sign on a train", "With one hand and no table."),
    post(
        4,
        "quorient",
        "Register trivia for your next quiz night",
        "The oldest company in our data sells bells.",
    ),
    post(4, "brightwarden", "What our analysts had for lunch", "Soup, mostly."),
)
