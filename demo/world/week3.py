"""What truly happens in week 3 (days 8 to 14): a stakeholder moves, a price falls that will rise again."""

from __future__ import annotations

from demo.world.acts import (
    clause,
    customer,
    feature,
    filed,
    gathering,
    hire,
    integration,
    new_plan,
    opening,
    post,
    price,
    release,
    story,
)
from demo.world.edits import Move
from store.kinds import Category

MOVES = (
    Move(
        week=3,
        rival="northbeam",
        category=Category.LEADERSHIP,
        what=("Tom Ferring",),
        edits=(
            hire("Tom Ferring", "VP Customer Strategy", "Led onboarding at Harbour Bank until last month."),
            story(
                9,
                "Tom Ferring joins Northbeam Identity from Harbour Bank",
                "Tom Ferring, until now Head of Onboarding at Harbour Bank, joins Northbeam Identity as VP Customer "
                "Strategy.",
            ),
        ),
        accounts=("harbour-bank",),
    ),
    Move(
        week=3,
        rival="brightwarden",
        category=Category.PRICING,
        what=("Starter", "69"),
        edits=(price("Starter", 69),),
    ),
    Move(
        week=3,
        rival="kestrane",
        category=Category.PRICING,
        what=("Shield Pro", "890"),
        edits=(
            new_plan("USD", "Shield Pro | 890 | Decisions at scale | 60,000 payments; Review queue; Rules"),
        ),
        or_else=(Category.LAUNCH,),
        accounts=("skerry-air",),
    ),
    Move(
        week=3,
        rival="tessaly",
        category=Category.PARTNERSHIP,
        what=("Vantry Cloud",),
        edits=(
            story(
                10,
                "Tessaly partners with Vantry Cloud",
                "Tessaly and Vantry Cloud have agreed on a partnership: Capture becomes part of the Vantry Cloud "
                "banking kit.",
            ),
        ),
    ),
    Move(
        week=3,
        rival="corvane",
        category=Category.EVENT,
        what=("Corvane Connect",),
        edits=(
            gathering(75, "Corvane Connect", "New York, United States", "Our yearly customer conference."),
        ),
    ),
    Move(
        week=3,
        rival="ostrelle",
        category=Category.LAUNCH,
        what=("Adverse Media Radar",),
        edits=(
            feature(
                "Adverse Media Radar", "Reads 30,000 newspapers and says which article is about your client."
            ),
            story(
                11,
                "Ostrelle launches Adverse Media Radar",
                "Adverse Media Radar reads 30,000 newspapers in 46 languages. It is available to all Maison and "
                "Groupe customers.",
            ),
        ),
    ),
    Move(
        week=3,
        rival="veridune",
        category=Category.CUSTOMER,
        what=("Arcadia Games",),
        edits=(
            customer("Arcadia Games", "Gaming", "Age estimates at sign-up for three titles."),
            story(
                12,
                "Arcadia Games selects Veridune for age checks",
                "Arcadia Games will use Veridune AgeCheck at sign-up in three of its titles from January.",
            ),
        ),
        accounts=("arcadia-games",),
    ),
    Move(
        week=3,
        rival="quorient",
        category=Category.HIRING,
        what=("Head of Partnerships, DACH",),
        edits=(opening("Head of Partnerships, DACH", "Partnerships", "Munich, Germany"),),
        or_else=(Category.EXPANSION,),
    ),
    Move(
        week=3,
        rival="veridune",
        category=Category.HIRING,
        what=("Principal Machine Learning Engineer",),
        edits=(opening("Principal Machine Learning Engineer", "Engineering", "Manchester, United Kingdom"),),
    ),
    Move(
        week=3,
        rival="deedwell",
        category=Category.ACQUISITION,
        what=("Parchly",),
        edits=(
            story(
                9,
                "Deedwell completes its acquisition of Parchly",
                "Deedwell has bought Parchly, which reads contracts and finds their dates, for 38 million dollars.",
            ),
            filed("0001988003", 9, "8-K", "2.01,9.01"),
        ),
        accounts=("bluefield-insurance",),
    ),
    Move(
        week=3,
        rival="brightwarden",
        category=Category.EXPANSION,
        what=("Toronto",),
        edits=(
            story(
                13,
                "Brightwarden expands to Canada with an office in Toronto",
                "Brightwarden has opened an office in Toronto and will serve Canadian banks from a local data centre.",
            ),
        ),
    ),
    Move(
        week=3,
        rival="corvane",
        category=Category.LAUNCH,
        what=("delta updates",),
        edits=(
            release(
                10,
                "Decide SDK 7.2.0 with delta updates",
                "Watchlist delta updates arrive every five minutes",
                "Removes the old batch call",
                tag="v7.2.0",
            ),
        ),
    ),
    Move(
        week=3,
        rival="kestrane",
        category=Category.MEDIA,
        what=("Merchant Hour",),
        edits=(
            story(
                8,
                "Lachlan Reyes is a guest of the podcast Merchant Hour",
                "In the podcast Merchant Hour, Lachlan Reyes talks about guarantees and about the worst holiday "
                "season of his career.",
            ),
        ),
    ),
    Move(
        week=3,
        rival="northbeam",
        category=Category.REGULATORY,
        what=("six months",),
        edits=(
            clause(
                "Liability",
                "Our liability is limited to the fees that the customer paid in the six months before the event. "
                "Liability for intent stays unlimited.",
            ),
        ),
    ),
    Move(
        week=3,
        rival="fennmark",
        category=Category.PARTNERSHIP,
        what=("Otterbridge",),
        edits=(integration("Otterbridge", "Identity", "Sends the device score to Otterbridge sign-in."),),
        or_else=(Category.LAUNCH,),
    ),
    Move(
        week=3,
        rival="ledgerlight",
        category=Category.FINANCE,
        what=("18 million",),
        edits=(
            story(
                11,
                "Ledgerlight closes an $18 million Series A round",
                "The round of $18 million was led by Switchback Capital. The money goes into a European office.",
            ),
        ),
    ),
    Move(
        week=3,
        rival="ostrelle",
        category=Category.POSITIONING,
        what=("reputation you can prove",),
        edits=(
            story(
                8,
                "Ostrelle presents its new brand: reputation you can prove",
                "With a new logo and the line reputation you can prove, Ostrelle moves from screening towards "
                "client risk as a whole.",
            ),
        ),
    ),
)

CHAFF = (
    post(3, "northbeam", "Ask an analyst: may I laminate my permit", "Please do not."),
    post(3, "fennmark", "Our reading list for long flights", "Six books, one of them about bees."),
    post(3, "kestrane", "How to photograph a delivery", "The door, the parcel and the number."),
    post(3, "veridune", "Explaining age checks to your grandmother", "With three sentences and no acronym."),
)
