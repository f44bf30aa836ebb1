"""What truly happens in week 2 (days 1 to 7): all categories at once, so that one run shows them."""

from __future__ import annotations

from demo.world.acts import (
    customer,
    feature,
    filed,
    gathering,
    hire,
    integration,
    leave,
    new_clause,
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
        week=2,
        rival="corvane",
        category=Category.PRICING,
        what=("Growth", "399"),
        edits=(
            price("Growth", 399),
            story(
                2,
                "Corvane cuts the price of Growth to $399 a month",
                "The Growth plan now costs $399 a month instead of $499. Existing customers pay the new price "
                "from their next invoice.",
            ),
        ),
        accounts=("lakeshore-credit",),
    ),
    Move(
        week=2,
        rival="tessaly",
        category=Category.PRICING,
        what=("Team", "179"),
        edits=(price("Team", 179),),
    ),
    Move(
        week=2,
        rival="northbeam",
        category=Category.LEADERSHIP,
        what=("Priya Raman",),
        edits=(
            hire("Priya Raman", "Chief Financial Officer", "Was finance director of a payments group."),
            story(
                3,
                "Northbeam Identity appoints Priya Raman as Chief Financial Officer",
                "Priya Raman joins Northbeam Identity as Chief Financial Officer. She succeeds Conor Halloran, "
                "who steps down after six years.",
            ),
            filed("0001988001", 3, "8-K", "5.02"),
        ),
    ),
    Move(
        week=2,
        rival="northbeam",
        category=Category.LEADERSHIP,
        what=("Conor Halloran",),
        edits=(leave("Conor Halloran"),),
        gone=True,
        expected=False,
    ),
    Move(
        week=2,
        rival="brightwarden",
        category=Category.ACQUISITION,
        what=("Sentrovia",),
        edits=(
            story(
                4,
                "Brightwarden acquires Sentrovia to add mule account detection",
                "Brightwarden has acquired Sentrovia, a Leeds company that detects mule accounts. All eighteen "
                "employees of Sentrovia join Brightwarden. The price was not disclosed.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="fennmark",
        category=Category.CUSTOMER,
        what=("Lakeshore Credit Union",),
        edits=(
            customer("Lakeshore Credit Union", "Banking"),
            story(
                5,
                "Lakeshore Credit Union chooses Fennmark to stop account takeover",
                "Lakeshore Credit Union has selected Fennmark Trace to protect the logins of its 400,000 members.",
            ),
        ),
        accounts=("lakeshore-credit",),
    ),
    Move(
        week=2,
        rival="kestrane",
        category=Category.PARTNERSHIP,
        what=("Pemberton Payments",),
        edits=(
            partner("Pemberton Payments", "Payments"),
            story(
                2,
                "Kestrane and Pemberton Payments announce a partnership",
                "Merchants of Pemberton Payments can now switch on Kestrane Shield in their dashboard. The two "
                "companies will sell together in Ireland and the United Kingdom.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="ledgerlight",
        category=Category.PARTNERSHIP,
        what=("Tallow Books",),
        edits=(integration("Tallow Books", "Finance", "Checks new suppliers inside Tallow Books."),),
        or_else=(Category.LAUNCH,),
    ),
    Move(
        week=2,
        rival="ostrelle",
        category=Category.EVENT,
        what=("Sanctions Summit",),
        edits=(
            gathering(52, "Sanctions Summit", "Paris, France", "A day with people who write the lists."),
            story(
                3,
                "Ostrelle hosts the Sanctions Summit in Paris",
                "Ostrelle invites compliance officers to the Sanctions Summit in Paris. Registration is open.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="veridune",
        category=Category.REGULATORY,
        what=("27001",),
        edits=(
            story(
                4,
                "Veridune achieves ISO/IEC 27001 certification",
                "An accredited auditor has certified the information security management of Veridune to "
                "ISO/IEC 27001. The certificate covers AgeCheck and all offices.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="kestrane",
        category=Category.HIRING,
        what=("Regional Sales Director, Ireland",),
        edits=(opening("Regional Sales Director, Ireland", "Sales", "Dublin, Ireland"),),
        or_else=(Category.EXPANSION,),
    ),
    Move(
        week=2,
        rival="northbeam",
        category=Category.HIRING,
        what=("Enterprise Account Executive, Nordics",),
        edits=(opening("Enterprise Account Executive, Nordics", "Sales", "Stockholm, Sweden"),),
        or_else=(Category.EXPANSION,),
    ),
    Move(
        week=2,
        rival="lumivault",
        category=Category.LEADERSHIP,
        what=("Freja Lindqvist",),
        edits=(hire("Freja Lindqvist", "Chief Product Officer"),),
    ),
    Move(
        week=2,
        rival="fennmark",
        category=Category.FINANCE,
        what=("65 million",),
        edits=(
            story(
                6,
                "Fennmark raises $65 million in Series C funding",
                "Birchline Ventures led the round of $65 million. Fennmark will spend it on its takeover model "
                "and on a second data region.",
            ),
        ),
        accounts=("cobalt-mobile",),
    ),
    Move(
        week=2,
        rival="deedwell",
        category=Category.FINANCE,
        what=("third quarter",),
        edits=(
            story(
                5,
                "Deedwell announces third quarter results",
                "Revenue in the third quarter was 101 million dollars, 9 percent more than a year ago. Operating "
                "profit was 12 million dollars.",
            ),
            filed("0001988003", 5, "8-K", "2.02,9.01"),
        ),
    ),
    Move(
        week=2,
        rival="deedwell",
        category=Category.EXPANSION,
        what=("Warsaw",),
        edits=(
            story(
                2,
                "Deedwell opens an office in Warsaw",
                "Deedwell has opened its first office in Central Europe. Forty people will work in Warsaw by "
                "the end of next year.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="nimbrace",
        category=Category.LAUNCH,
        what=("Edge Guard",),
        edits=(
            feature("Edge Guard", "Stops robots inside your content network, before they reach you."),
            release(3, "Edge Guard is here", "Runs inside your content network; no script on the page"),
            story(
                3,
                "Nimbrace launches Edge Guard",
                "Edge Guard stops robots inside the content network. It is available to all Gate Plus customers today.",
            ),
        ),
        accounts=("arcadia-games",),
    ),
    Move(
        week=2,
        rival="fennmark",
        category=Category.LAUNCH,
        what=("Passkey Signals",),
        edits=(
            release(
                4,
                "Trace 4.0.0 with Passkey Signals",
                "Passkey Signals tell a synced passkey from a new one",
                "Drops support for Trace 2",
                tag="v4.0.0",
            ),
        ),
        accounts=("cobalt-mobile",),
    ),
    Move(
        week=2,
        rival="tessaly",
        category=Category.LAUNCH,
        what=("Instant NFC",),
        edits=(
            release(
                5,
                "Capture 6.0 with Instant NFC",
                "Instant NFC reads a chip in under a second",
                "New onboarding",
            ),
            story(
                5,
                "Introducing Instant NFC",
                "Instant NFC reads the chip of a passport in under a second. It is part of Capture 6.0 and free "
                "for all plans.",
            ),
        ),
        accounts=("harbour-bank", "bluefield-insurance"),
    ),
    Move(
        week=2,
        rival="corvane",
        category=Category.MEDIA,
        what=("Fraud Tech Fifty",),
        edits=(
            story(
                6,
                "Corvane named to the Fraud Tech Fifty list",
                "The jury of the Fraud Tech Fifty award ranked Corvane third among fifty companies.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="ledgerlight",
        category=Category.POSITIONING,
        what=("spend integrity",),
        edits=(
            Say("slogan", "The spend integrity company"),
            story(
                1,
                "We are now the spend integrity company",
                "Ledgerlight has a new brand. From today we call ourselves the spend integrity company, because "
                "checking bank details was only the beginning.",
            ),
        ),
    ),
    Move(
        week=2,
        rival="quorient",
        category=Category.REGULATORY,
        what=("Norrland Hosting",),
        edits=(
            new_clause(
                "Sub-processors",
                "We use Norrland Hosting AB, Sweden, as a sub-processor for the storage of reports. The customer "
                "may object within thirty days.",
            ),
        ),
    ),
)

CHAFF = (
    post(2, "northbeam", "A day in the document laboratory", "Coffee, gloves and a very bright lamp."),
    post(2, "corvane", "How to name a rule", "Say what it stops, not how it works."),
    post(2, "brightwarden", "Five habits of calm analysts", "They write things down, and they take walks."),
    post(2, "quorient", "What is a beneficial owner, anyway", "A plain explanation with three drawings."),
    post(2, "deedwell", "Ten tips for a tidy contract archive", "Number six is a label maker."),
)
