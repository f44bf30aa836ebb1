# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Why it matters: a sentence by category, facts and words. It says what such an act means, and asserts nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from classify.headline import join_words
from classify.rules.amounts import write_percent
from classify.rules.people_patterns import DEPARTED
from classify.rules.regions import widest
from classify.rules.roles import seniority
from classify.signals import Opening, Person, SignalFacts
from store.kinds import Category

SENIOR = 0.7
NAMED = 3
LEAD = 300  # Characters in which a text says what became of the matter.

_GENERAL: dict[Category, str] = {
    Category.LAUNCH: "A new or changed offer can close a gap that kept customers with us, or open one we can use.",
    Category.PRICING: "A price or plan change is a moment when customers compare offers.",
    Category.LEADERSHIP: "A change in who leads often comes before a change in strategy, sales or contacts.",
    Category.PARTNERSHIP: "A partner can bring them reach or capability that they lack alone.",
    Category.EVENT: "Customers and prospects may meet them there; good to know before our own conversations.",
    Category.REGULATORY: "Approvals open doors and proceedings close them; buyers who care about compliance will ask.",
    Category.MEDIA: "What is said of them in public finds its way into their pitch; have an answer ready.",
    Category.HIRING: "Where they add or cut people shows where they invest next or retreat.",
    Category.FINANCE: "Their results and funding decide how hard they can push on price, product and sales.",
    Category.ACQUISITION: "A change of owner or a purchase can change their product line, support and contracts.",
    Category.EXPANSION: "They become a nearer choice for accounts in that place or market.",
    Category.CUSTOMER: "A won or lost customer shows whom their offer convinces, and serves as a reference.",
    Category.POSITIONING: "How they present themselves tells whom they will try to win next.",
    Category.NONE: "",
}
#: What the lead of a text may say beside its facts, and what that means; the first that fits counts.
_SAID: dict[Category, tuple[tuple[re.Pattern[str], str], ...]] = {
    category: tuple((re.compile(rf"\b(?:{pattern})", re.IGNORECASE), why) for pattern, why in said)
    for category, said in {
        Category.LAUNCH: (
            (
                r"end[- ]of[- ](?:life|sale|support)\b|discontinu|sunset(?:s|ting)?\b|shut(?:s|ting)?\s+down|deprecat|retir(?:es|ing)\b",
                "Customers of what is given up have to move, and may look at us.",
            ),
        ),
        Category.REGULATORY: (
            (
                r"in its terms\b|terms of (?:use|service)|sub-?processors?\b|privacy policy|service agreement|data processing (?:agreement|addendum)",
                "Changed terms bind their customers too; those who mind have a reason to look around.",
            ),
            (
                r"fin(?:e|es|ed)\b|su(?:e|es|ed)\b|(?:law)?suit|probe|investigat|breach|violat|penalt|recall|raid|injunct|allegation|settle|court\b|warning",
                "Proceedings leave questions open; buyers who care about compliance will ask them.",
            ),
            (
                r"certif|iso\b|soc ?2|audit|licen[cs]|approv|clear(?:s|ed|ance)\b|authori[sz]|accredit|ce mark|fedramp|complian",
                "Approvals and certificates open tenders that ask for them; check whether we hold the same.",
            ),
        ),
        Category.MEDIA: (
            (
                r"award|prize|wins?\b|won\b|named|rank|leader\b|shortlist|list\b|finalist",
                "Recognition finds its way into their pitch; have an answer ready.",
            ),
        ),
        Category.HIRING: (
            (
                r"lay(?:s|ing)?[- ]?offs?|laid off|redundanc|job cuts|cut(?:s|ting)? (?:\w+ ){0,3}(?:jobs|posts|positions|staff|roles)"
                r"|reduc\w+ (?:its |the )?(?:workforce|headcount|staff)|let(?:s|ting)? (?:\w+ ){1,3}go\b|lose their jobs",
                "Cuts unsettle service and contacts; their accounts may be open to a conversation.",
            ),
        ),
        Category.FINANCE: (
            (
                r"rais(?:es|ed|ing) (?:\S+ ){0,3}(?:[$€£]|\d|seed|series|funding|capital)|funding|series [a-h]\b|seed\b|clos(?:es|ed) (?:\S+ ){0,4}round"
                r"|credit facility|(?:convertible|senior) notes\b|ipo\b|initial public offering|secures? (?:\S+ ){0,3}(?:million|[$€£])|grant\b",
                "New money lets them push harder on price, product and sales.",
            ),
        ),
        Category.ACQUISITION: (
            (
                r"call(?:s|ed)? off|abandon|walk(?:s|ed)? away|terminat|withdr[ae]w|scrap(?:s|ped)|no longer (?:plan|acquir|buy)",
                "A deal that does not come about leaves plans open and contacts uneasy.",
            ),
        ),
        Category.PARTNERSHIP: (
            (
                r"end(?:s|ed|ing)? (?:\w+ ){0,3}(?:partnership|alliance|agreement|cooperation)|part(?:s|ed)? (?:ways|company)|terminat",
                "What ends leaves a gap in their reach or capability; customers who relied on it may ask around.",
            ),
        ),
        Category.EXPANSION: (
            (
                r"clos(?:es?|ed|ing|ure)\b|shut(?:s|ting)?\b|withdraw|pull(?:s|ed|ing)? out|exit(?:s|ed|ing)?\b|leav(?:es|ing)\b",
                "Where they retreat, their accounts lose a supplier close by; worth a call.",
            ),
        ),
        Category.PRICING: (
            (
                r"rais(?:es?|ed|ing)\b|increas|hik(?:es?|ed|ing)\b|lift(?:s|ed)?\b|go(?:es)? up|dearer|more expensive",
                "A higher price gives their customers a reason to compare before they renew.",
            ),
            (
                r"cut(?:s|ting)?\b|lower|reduc|slash|drop(?:s|ped)?\b|trim(?:s|med)?\b|cheaper|halv(?:es|ed)\b|discount",
                "A lower price makes their offer cheaper; expect it to come up in renewals.",
            ),
        ),
    }.items()
}  # fmt: skip


def explain(category: Category, facts: SignalFacts, text: str = "") -> str:
    """Return one or two sentences on why the act matters; empty for none.

    ``text`` says what the facts leave out: a fine or a certificate, a layoff, a deal that is off.
    """
    said = _said(category, text[:LEAD])
    by_facts = _BY_FACTS.get(category)
    if category in _WORDS_FIRST and said:
        return said
    return (by_facts(facts) if by_facts else None) or said or _GENERAL[category]


def _said(category: Category, lead: str) -> str | None:
    """Return what the words mean; of a price only where they name one direction alone."""
    found = [why for pattern, why in _SAID.get(category, ()) if pattern.search(lead)]
    return None if not found or (category is Category.PRICING and len(found) > 1) else found[0]


def _pricing(facts: SignalFacts) -> str | None:
    moves = [price.percent for price in facts.prices if price.percent]
    if not moves:
        return _plans(facts)
    move = max(moves, key=abs)
    if move > 0:
        return (
            f"A price move of {write_percent(move)} gives their customers a reason to compare before they renew,"
            " and us room in talks with accounts that weigh both."
        )
    return (
        f"A price move of {write_percent(move)} makes their offer cheaper; expect it to come up in renewals."
    )


def _plans(facts: SignalFacts) -> str | None:
    """Say what a plan that came or went means; a price that is named alone may have stood before."""
    gone = [price.plan for price in facts.prices if price.before and not price.after and price.plan]
    if gone and all(price.after is None for price in facts.prices):
        return f"Customers of {join_words(gone[:NAMED])} have to choose anew, and may look around before they do."
    return None


def _leadership(facts: SignalFacts) -> str | None:
    leaving = [p for p in facts.people if p.action == DEPARTED and seniority(p.role) >= SENIOR]
    arrived = [p for p in facts.people if p.role and p.action != DEPARTED and seniority(p.role) >= SENIOR]
    if arrived:
        return f"{_new(arrived[0])} tends to set new priorities within the first quarters" + (
            ", and who leaves takes contacts along." if leaving else "."
        )
    if leaving:
        return (
            "A senior departure unsettles contacts and plans; their accounts may be open to a conversation."
        )
    return None


def _new(person: Person) -> str:
    """Return "A new Chief Financial Officer", "An interim CEO"; what follows a comma is the role's field."""
    role = person.role.split(",")[0].strip()
    for word in ("interim", "acting"):
        if role.lower().startswith(word):
            return f"An {role}"
    return f"A {role}" if role.lower().startswith("new ") else f"A new {role}"


def _customer(facts: SignalFacts) -> str | None:
    if facts.removed and not facts.customers:
        return f"{_listed(facts.removed)} may have moved away from them; worth a call."
    if facts.customers:
        return f"{_listed(facts.customers)} can now be used as a reference against us."
    return None


def _partnership(facts: SignalFacts) -> str | None:
    if facts.partners:
        return f"{_listed(facts.partners)} can bring them reach or capability that they lack alone."
    if facts.removed:
        return f"Without {_listed(facts.removed)} they may lack reach or capability; customers who relied on it may ask around."
    return None


def _acquisition(facts: SignalFacts) -> str | None:
    if facts.acquired is None:
        return None
    return f"The deal for {facts.acquired} can change product lines, support and contracts on both sides."


def _expansion(facts: SignalFacts) -> str | None:
    if not facts.places:
        return None
    return f"Accounts in {_listed(widest(facts.places))} now have them as a nearer choice."


def _hiring(facts: SignalFacts) -> str | None:
    added = [opening for opening in facts.openings if opening.action == "added"]
    teams = sorted({opening.team for opening in added if opening.team})
    if len(teams) == 1 and len(added) > 1:
        return f"Several openings in {teams[0]} show where they invest next."
    if added:
        return _sought(added)
    return "Ads that go may mean that the role is filled, or no longer wanted." if facts.openings else None


def _sought(added: list[Opening]) -> str | None:
    places = {opening.place for opening in added}
    place = next(iter(places)) if len(places) == 1 else ""
    return f"Whom they look for in {place} shows where they invest next." if place else None


def _listed(names: tuple[str, ...]) -> str:
    return join_words(list(names[:NAMED]))


_BY_FACTS: dict[Category, Callable[[SignalFacts], str | None]] = {
    Category.PRICING: _pricing,
    Category.LEADERSHIP: _leadership,
    Category.CUSTOMER: _customer,
    Category.PARTNERSHIP: _partnership,
    Category.ACQUISITION: _acquisition,
    Category.EXPANSION: _expansion,
    Category.HIRING: _hiring,
}
#: Where the words can turn what the facts mean into its opposite.
_WORDS_FIRST = frozenset((Category.ACQUISITION, Category.PARTNERSHIP, Category.EXPANSION))
