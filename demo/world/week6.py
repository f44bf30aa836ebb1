"""What truly happens in week 6 (days 29 to 35): a new chief, a plan that ends, two accounts that are won."""

from __future__ import annotations

from demo.world.acts import (
    customer,
    feature,
    filed,
    hire,
    leave,
    new_plan,
    opening,
    post,
    price,
    release,
    story,
)
from demo.world.edits import Drop, Move, Say
from store.kinds import Category

MOVES = (
    Move(
        week=6,
        rival="northbeam",
        category=Category.LEADERSHIP,
        what=("Marcus Thiele",),
        edits=(
            hire("Marcus Thiele", "Chief Executive Officer", "Ran two software firms for Kingsmere Capital."),
            story(
                31,
                "Marcus Thiele to lead Northbeam Identity as Chief Executive Officer",
                "Marcus Thiele becomes Chief Executive Officer. The founder Aoife Brennan leaves the company.",
            ),
            filed("0001988001", 31, "8-K", "5.02"),
        ),
    ),
    Move(
        week=6,
        rival="northbeam",
        category=Category.LEADERSHIP,
        what=("Aoife Brennan",),
        edits=(leave("Aoife Brennan"),),
        gone=True,
        expected=False,
    ),
    Move(
        week=6,
        rival="northbeam",
        category=Category.PRICING,
        what=("Launchpad",),
        edits=(Drop("plans", "Launchpad"),),
        gone=True,
        or_else=(Category.LAUNCH,),
        accounts=("harbour-bank",),
    ),
    Move(
        week=6,
        rival="corvane",
        category=Category.PARTNERSHIP,
        what=("Hollis & Rane",),
        edits=(
            story(
                30,
                "Corvane and Hollis & Rane form an alliance",
                "The consultants of Hollis & Rane will introduce Corvane at banks in the United States and Canada.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="corvane",
        category=Category.EXPANSION,
        what=("Frankfurt",),
        edits=(
            story(
                32,
                "Corvane opens a data centre in Frankfurt",
                "With a data centre in Frankfurt, Corvane enters the European market.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="tessaly",
        category=Category.PRICING,
        what=("Department", "299"),
        edits=(
            new_plan(
                "EUR", "Department | 299 | Between team and company | 4,000 scans; Chip reading; Liveness"
            ),
        ),
        or_else=(Category.LAUNCH,),
    ),
    Move(
        week=6,
        rival="tessaly",
        category=Category.MEDIA,
        what=("Berlin Security Prize",),
        edits=(
            story(
                33,
                "Tessaly wins the Berlin Security Prize",
                "The jury of the Berlin Security Prize honours Tessaly for Instant NFC.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="brightwarden",
        category=Category.CUSTOMER,
        what=("Meridian Pay",),
        edits=(
            story(
                34,
                "Meridian Pay monitors transactions with Brightwarden",
                "Meridian Pay has selected Brightwarden Monitor for its instant payments in Germany and the "
                "Netherlands.",
            ),
        ),
        accounts=("meridian-pay",),
    ),
    Move(
        week=6,
        rival="quorient",
        category=Category.LAUNCH,
        what=("Ownership Graph",),
        edits=(
            release(31, "Ownership Graph", "The Ownership Graph shows all companies of a person"),
            story(
                31,
                "Introducing the Ownership Graph",
                "The Ownership Graph of Quorient shows all companies behind a person, in 120 countries.",
            ),
        ),
        accounts=("meridian-pay",),
    ),
    Move(
        week=6,
        rival="quorient",
        category=Category.ACQUISITION,
        what=("Filingbird",),
        edits=(
            story(
                33,
                "Quorient acquires Filingbird",
                "Quorient has taken over Filingbird, a Brussels company that reads annual accounts.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="fennmark",
        category=Category.PRICING,
        what=("Business", "349"),
        edits=(price("Business", 349),),
        accounts=("cobalt-mobile",),
    ),
    Move(
        week=6,
        rival="fennmark",
        category=Category.EVENT,
        what=("Takeover Week",),
        edits=(
            story(
                35,
                "Join us for Takeover Week in San Francisco",
                "Fennmark hosts Takeover Week, five days of workshops on account takeover. Registration opens today.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="lumivault",
        category=Category.LEADERSHIP,
        what=("Henning Aabo",),
        edits=(hire("Henning Aabo", "Chief Commercial Officer"),),
    ),
    Move(
        week=6,
        rival="veridune",
        category=Category.REGULATORY,
        what=("Online Safety",),
        edits=(
            story(
                30,
                "Regulator approves Veridune AgeCheck under the Online Safety rules",
                "The regulator has approved AgeCheck as a highly effective age check under the Online Safety rules.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="kestrane",
        category=Category.HIRING,
        what=("VP Sales, EMEA",),
        edits=(opening("VP Sales, EMEA", "Sales", "London, United Kingdom"),),
        or_else=(Category.EXPANSION,),
    ),
    Move(
        week=6,
        rival="lumivault",
        category=Category.POSITIONING,
        what=("trust you can pocket",),
        edits=(
            Say("slogan", "Trust you can pocket"),
            story(
                29,
                "Trust you can pocket: Lumivault has a new look",
                "A new logo and a new line, trust you can pocket, replace the blue wallet of our first years.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="deedwell",
        category=Category.FINANCE,
        what=("200 million",),
        edits=(
            story(
                32,
                "Deedwell prices convertible notes of $200 million",
                "Deedwell has placed convertible notes of $200 million, due in five years.",
            ),
            filed("0001988003", 32, "8-K", "2.03,3.02"),
        ),
    ),
    Move(
        week=6,
        rival="deedwell",
        category=Category.CUSTOMER,
        what=("Bluefield Insurance",),
        edits=(
            customer("Bluefield Insurance", "Insurance", "Claims signed on the day of the storm."),
            story(
                33,
                "Bluefield Insurance signs claims with Deedwell",
                "Bluefield Insurance has rolled out Deedwell Sign and signer verification to 900 agents.",
            ),
        ),
        accounts=("bluefield-insurance",),
    ),
    Move(
        week=6,
        rival="halcyra",
        category=Category.PARTNERSHIP,
        what=("Skyward Kiosk",),
        edits=(
            story(
                31,
                "Halcyra and Skyward Kiosk announce a partnership",
                "The boarding gates of Skyward Kiosk will use Halcyra Presence from next summer.",
            ),
        ),
    ),
    Move(
        week=6,
        rival="ledgerlight",
        category=Category.LAUNCH,
        what=("Invoice Lens",),
        edits=(
            release(
                30, "Invoice Lens is out", "Invoice Lens reads an invoice and compares it with the order"
            ),
        ),
    ),
    Move(
        week=6,
        rival="ostrelle",
        category=Category.LAUNCH,
        what=("Crypto Lists",),
        edits=(feature("Crypto Lists", "Screens wallet addresses against sanctions lists."),),
    ),
)

CHAFF = (
    post(6, "tessaly", "The phone drawer has a new tenant", "It is orange."),
    post(6, "deedwell", "Gifts for people who love paper", "Seven ideas under twenty dollars."),
    post(6, "ostrelle", "Names of winter", "A poem in nine alphabets."),
    post(6, "fennmark", "Behind the scenes of our office move", "Boxes, plants and a lost kettle."),
)
