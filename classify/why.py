"""Why it matters: a sentence by category and facts. It says what such an act means, and asserts no fact of its own."""

from __future__ import annotations

from classify.headline import join_words
from classify.rules.amounts import write_percent
from classify.rules.people_patterns import DEPARTED
from classify.rules.roles import seniority
from classify.signals import SignalFacts
from store.kinds import Category

SENIOR = 0.7

_GENERAL: dict[Category, str] = {
    Category.LAUNCH: "A new or changed offer can close a gap that kept customers with us, or open one we can use.",
    Category.PRICING: "A price or plan change is a moment when customers compare offers.",
    Category.LEADERSHIP: "A change in who leads often comes before a change in strategy, sales or contacts.",
    Category.PARTNERSHIP: "A partner can bring them reach or capability that they lack alone.",
    Category.EVENT: "Customers and prospects may meet them there; good to know before our own conversations.",
    Category.REGULATORY: "Approvals open doors and proceedings close them; buyers who care about compliance will ask.",
    Category.MEDIA: "Recognition finds its way into their pitch; have an answer ready.",
    Category.HIRING: "Where they add or cut people shows where they invest next or retreat.",
    Category.FINANCE: "Money in hand decides how hard they can push on price, product and sales.",
    Category.ACQUISITION: "A change of owner or a purchase can change their product line, support and contracts.",
    Category.EXPANSION: "They become a nearer choice for accounts in that place or market.",
    Category.CUSTOMER: "A won or lost customer shows whom their offer convinces, and serves as a reference.",
    Category.POSITIONING: "How they present themselves tells whom they will try to win next.",
    Category.NONE: "",
}


def explain(category: Category, facts: SignalFacts) -> str:
    """Return one or two sentences on why the act matters; empty for none."""
    special = {
        Category.PRICING: _pricing,
        Category.LEADERSHIP: _leadership,
        Category.CUSTOMER: _customer,
        Category.EXPANSION: _expansion,
        Category.HIRING: _hiring,
    }.get(category)
    return (special(facts) if special else None) or _GENERAL[category]


def _pricing(facts: SignalFacts) -> str | None:
    moves = [price.percent for price in facts.prices if price.percent]
    if not moves:
        return None
    move = max(moves, key=abs)
    if move > 0:
        return (
            f"A price move of {write_percent(move)} gives their customers a reason to compare before they renew,"
            " and us room in talks with accounts that weigh both."
        )
    return (
        f"A price move of {write_percent(move)} makes their offer cheaper; expect it to come up in renewals."
    )


def _leadership(facts: SignalFacts) -> str | None:
    leaving = [person for person in facts.people if person.action == DEPARTED]
    if leaving and max(seniority(person.role) for person in leaving) >= SENIOR:
        return (
            "A senior departure unsettles contacts and plans; their accounts may be open to a conversation."
        )
    arrived = [p for p in facts.people if p.role and p.action != DEPARTED and seniority(p.role) >= SENIOR]
    if arrived:
        return f"A new {arrived[0].role} tends to set new priorities within the first quarters."
    return None


def _customer(facts: SignalFacts) -> str | None:
    if facts.removed and not facts.customers:
        return f"{join_words(list(facts.removed[:3]))} may have moved away from them; worth a call."
    if facts.customers:
        return f"{join_words(list(facts.customers[:3]))} can now be used as a reference against us."
    return None


def _expansion(facts: SignalFacts) -> str | None:
    if not facts.places:
        return None
    return f"Accounts in {join_words(list(facts.places[:3]))} now have them as a nearer choice."


def _hiring(facts: SignalFacts) -> str | None:
    added = [opening for opening in facts.openings if opening.action == "added"]
    teams = sorted({opening.team for opening in added if opening.team})
    if len(teams) == 1 and len(added) > 1:
        return f"Several openings in {teams[0]} show where they invest next."
    return None
