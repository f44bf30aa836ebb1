"""What truly happens in week 5 (days 22 to 28): a takeover bid, a fine, two feeds that fall silent."""

from __future__ import annotations

from demo.world.acts import (
    customer,
    filed,
    gathering,
    incident,
    integration,
    leave,
    new_plan,
    opening,
    post,
    price,
    release,
    story,
)
from demo.world.edits import Move, Say
from store.kinds import Category

MOVES = (
    Move(
        week=5,
        rival="corvane",
        category=Category.PRICING,
        what=("Scale", "1299"),
        edits=(price("Scale", 1299),),
        accounts=("lakeshore-credit",),
    ),
    Move(
        week=5,
        rival="northbeam",
        category=Category.LAUNCH,
        what=("VerifyFlow Reuse",),
        edits=(
            release(
                24, "VerifyFlow Reuse", "People who were verified once are recognised at the next customer"
            ),
            story(
                24,
                "Northbeam launches VerifyFlow Reuse",
                "With VerifyFlow Reuse, people who were verified once need no document at the next firm.",
            ),
        ),
        accounts=("harbour-bank",),
    ),
    Move(
        week=5,
        rival="northbeam",
        category=Category.ACQUISITION,
        what=("Kingsmere Capital",),
        edits=(
            story(
                27,
                "Northbeam Identity agrees to be acquired by Kingsmere Capital",
                "Kingsmere Capital will acquire Northbeam Identity for 640 million dollars in cash. The board "
                "recommends the offer.",
            ),
            filed("0001988001", 27, "8-K", "1.01,7.01"),
        ),
        accounts=("harbour-bank",),
    ),
    Move(
        week=5,
        rival="tessaly",
        category=Category.LEADERSHIP,
        what=("Jonas Abend",),
        edits=(leave("Jonas Abend"),),
        gone=True,
    ),
    Move(
        week=5,
        rival="tessaly",
        category=Category.HIRING,
        what=("Staff Engineer, Chip Reading",),
        edits=(opening("Staff Engineer, Chip Reading", "Mobile", "Berlin, Germany"),),
    ),
    Move(
        week=5,
        rival="quorient",
        category=Category.CUSTOMER,
        what=("Polder Energie",),
        edits=(
            customer(
                "Polder Energie", "Utilities", "Suppliers of solar roofs checked before the first order."
            ),
            story(
                25,
                "Polder Energie verifies its suppliers with Quorient",
                "Polder Energie has chosen Quorient Reports to verify 2,000 suppliers.",
            ),
        ),
        accounts=("polder-energie",),
    ),
    Move(
        week=5,
        rival="quorient",
        category=Category.PARTNERSHIP,
        what=("Marlow CRM",),
        edits=(integration("Marlow CRM", "Sales", "Starts a report from a Marlow CRM account."),),
        or_else=(Category.LAUNCH,),
    ),
    Move(
        week=5,
        rival="ostrelle",
        category=Category.REGULATORY,
        what=("1.2 million",),
        edits=(
            story(
                23,
                "Statement on the fine of €1.2 million by the data protection authority",
                "The French data protection authority has fined Ostrelle €1.2 million for keeping press articles "
                "too long. Ostrelle has changed its retention and will not appeal.",
            ),
        ),
    ),
    Move(
        week=5,
        rival="ostrelle",
        category=Category.EVENT,
        what=("Screening in Real Time",),
        edits=(gathering(60, "Webinar: Screening in Real Time", "Online", "For instant payments."),),
    ),
    Move(
        week=5,
        rival="kestrane",
        category=Category.FINANCE,
        what=("80 million",),
        edits=(
            story(
                26,
                "Kestrane secures a credit facility of $80 million",
                "The facility of $80 million backs the Kestrane Guarantee. It runs for four years.",
            ),
        ),
    ),
    Move(
        week=5,
        rival="veridune",
        category=Category.EXPANSION,
        what=("Osaka",),
        edits=(
            story(
                24,
                "Veridune enters Japan with an office in Osaka",
                "Veridune has opened an office in Osaka. Age checks for Japanese arcades start in spring.",
            ),
        ),
    ),
    Move(
        week=5,
        rival="lumivault",
        category=Category.CUSTOMER,
        what=("City of Solvik",),
        edits=(
            story(
                25,
                "City of Solvik selects Lumivault for its resident card",
                "The City of Solvik will issue its resident card as a credential in Lumivault Wallet.",
            ),
        ),
    ),
    Move(
        week=5,
        rival="lumivault",
        category=Category.NONE,
        what=("Registry unavailable",),
        edits=(
            incident(
                26,
                "Registry unavailable",
                "Credentials could not be issued for 52 minutes. All is well again.",
            ),
        ),
        expected=False,
    ),
    Move(
        week=5,
        rival="deedwell",
        category=Category.POSITIONING,
        what=("agreement platform",),
        edits=(
            Say("slogan", "The agreement platform for careful firms"),
            story(
                22,
                "Deedwell becomes the agreement platform",
                "Deedwell changes its name on the door and its aim: from signatures to an agreement platform.",
            ),
        ),
    ),
    Move(
        week=5,
        rival="ledgerlight",
        category=Category.PRICING,
        what=("Starter", "24"),
        edits=(price("Starter", 24),),
    ),
    Move(
        week=5,
        rival="halcyra",
        category=Category.HIRING,
        what=("Country Manager, Spain",),
        edits=(opening("Country Manager, Spain", "Sales", "Madrid, Spain"),),
        or_else=(Category.EXPANSION,),
    ),
    Move(
        week=5,
        rival="halcyra",
        category=Category.MEDIA,
        what=("Open Liveness Benchmark",),
        edits=(
            story(
                27,
                "Halcyra ranked first in the Open Liveness Benchmark",
                "The Open Liveness Benchmark ranked Halcyra Presence first among 22 products.",
            ),
        ),
    ),
    Move(
        week=5,
        rival="brightwarden",
        category=Category.EVENT,
        what=("Brightwarden Live",),
        edits=(
            gathering(
                90, "Brightwarden Live", "London, United Kingdom", "Our customer day, with the regulator."
            ),
        ),
    ),
    Move(
        week=5,
        rival="fennmark",
        category=Category.PRICING,
        what=("Growth", "149"),
        edits=(
            new_plan("USD", "Growth | 149 | Between first and serious | 400,000 events; Five sites; Rules"),
        ),
        or_else=(Category.LAUNCH,),
        accounts=("cobalt-mobile",),
    ),
)

CHAFF = (
    post(5, "northbeam", "The typography of passports", "Letters that are hard to forge."),
    post(5, "corvane", "A short history of the approval rate", "It began with a shopkeeper's ledger."),
    post(5, "kestrane", "Refunds and feelings", "How to write a kind refusal."),
    post(5, "veridune", "Our favourite board games", "Ages eight and up."),
)
