"""Neighbours of the market, whose products touch it at one side, as they stand in week 1."""

from __future__ import annotations

from demo.world.records import (
    Product,
    Rival,
    Style,
    filings,
    named,
    openings,
    people,
    plans,
    releases,
    sources,
    stories,
)
from demo.world.terms import clauses

DEEDWELL = Rival(
    key="deedwell",
    name="Deedwell",
    legal="Deedwell Corp.",
    city="Austin",
    country="US",
    industries=("insurance", "real estate"),
    market="e-signature",
    slogan="Signed, sealed, remembered",
    leads=(
        "Contracts that people sign on a phone and judges accept on paper.",
        "Send, sign and file without leaving your inbox.",
    ),
    about="Deedwell makes electronic signature and signer verification.",
    products=(Product(name="Deedwell Sign", tags=("e-signature", "document-verification")),),
    style=Style(
        skeleton="corporate",
        colour="#92400e",
        accent="#facc15",
        sections={
            "pricing": "microdata",
            "customers": "links",
            "integrations": "grid",
            "careers": "table",
            "news": "cards",
        },
    ),
    sources=sources(
        "home /",
        "pricing /pricing",
        "integrations /integrations",
        "customers /customers",
        "careers /careers",
        "news /news",
        "feed /news/rss.xml",
        "edgar",
    ),
    feed="rss",
    cik="0001988003",
    plans=plans(
        "USD",
        "Personal | 12 | One sender | Five envelopes; Phone app",
        "Standard | 28 | Small teams | Fifty envelopes; Templates; Reminders",
        "Verified | 54 | Where identity counts | Signer verification; Bulk send; Audit trail",
    ),
    people=people("Ruth Castellanos | CEO", "Amos Whitfield | CFO"),
    openings=openings(
        "Solutions Consultant | Sales | Austin, United States",
        "Senior Accountant | Finance | Austin, United States",
        "Site Reliability Engineer | Engineering | Remote, United States",
    ),
    customers=named(
        "Lone Star Title | Real estate | Closings in a day instead of a week.",
        "Pecan Valley Insurance | Insurance | Policies signed at the kitchen table.",
        "Rio Leasing | Leasing | 12,000 contracts a month.",
    ),
    integrations=named(
        "Castle CRM | Sales | Send from the opportunity.",
        "Deskbird Forms | Forms | A signature at the end of every form.",
        "Filebarn | Storage | Signed copies are filed where they belong.",
        "Harrow ERP | Finance | Orders are signed before they are booked.",
    ),
    stories=stories(
        "-9 | How long should you keep a signed contract | A guide by trade and by state.",
        "-27 | Rio Leasing signs 12,000 contracts a month | And prints none of them.",
        "-55 | Deedwell announces second quarter results | Revenue rose 7 percent to 96 million dollars.",
    ),
    filings=filings("0001988003", "-55 | 10-Q | ", "-56 | 8-K | 2.02,9.01", "-146 | 10-Q | "),
    features=named(
        "Sign | | A signature in three taps.",
        "Verify | | Asks the signer for a document before the pen.",
        "Keep | | An archive that outlives the laptop.",
    ),
)

LEDGERLIGHT = Rival(
    key="ledgerlight",
    name="Ledgerlight",
    legal="Ledgerlight Inc.",
    city="Denver",
    country="US",
    industries=("utilities", "retail"),
    market="payables-fraud",
    slogan="Pay the right supplier",
    leads=(
        "Checks every bank detail before money leaves.",
        "The quiet second pair of eyes of your accounts team.",
    ),
    about="Ledgerlight verifies suppliers and their bank details.",
    products=(Product(name="Ledgerlight Verify", tags=("vendor-verification", "kyb")),),
    style=Style(
        skeleton="minimal",
        colour="#1e293b",
        accent="#a3e635",
        sections={"pricing": "divs", "integrations": "grid", "changelog": "headings"},
    ),
    sources=sources(
        "home /",
        "pricing /pricing",
        "integrations /integrations",
        "changelog /whats-new",
        "feed /blog/atom.xml",
        "terms /terms",
    ),
    feed="atom",
    plans=plans(
        "USD",
        "Starter | 19 | For one company | 50 suppliers; Bank detail check",
        "Team | 65 | For accounts teams | 500 suppliers; Approvals; Calls to suppliers",
        "Group | 240 | For groups | 5,000 suppliers; Several ledgers; Single sign-on",
    ),
    people=people("Hazel Montrose | CEO"),
    customers=named("Copperline Credit | Lending", "High Plains Power | Utilities"),
    integrations=named(
        "Harrow ERP | Finance | Checks a supplier when it is saved.",
        "Pocket Ledger | Finance | Warns before a changed account is paid.",
        "Streambarn | Data | All checks in your warehouse.",
    ),
    releases=releases(
        "-4 | Faster bulk checks | A thousand suppliers in a minute",
        "-20 | Comments on suppliers | Tell the next colleague what you know",
        "-35 | Keyboard shortcuts | For people with many invoices",
    ),
    stories=stories(
        "-8 | The invoice that came from the right address | How a thread was hijacked, and what gave it away.",
        "-30 | High Plains Power calls back | A habit that saved a million dollars.",
    ),
    clauses=clauses("Ledgerlight", "Colorado", liability="twelve months"),
    features=named(
        "Bank check | | Compares name and account before you pay.",
        "Call back | | We telephone the supplier, so that you need not.",
        "Watch | | Tells you when a supplier changes hands.",
    ),
)
