"""Units of what a page words itself: clauses of terms, features of plans, products."""

from __future__ import annotations

from collections.abc import Sequence

from classify.parts.page_text import clause_headline, shortened
from classify.parts.unit import Made, fact_unit, few
from classify.signals import SignalFacts
from store.changes import Change
from store.kinds import Category, FactAction, FactKind, PageType
from store.records import NOTHING, FactChange

_CLAUSE_VERBS = {FactAction.ADDED: "added", FactAction.REMOVED: "removed", FactAction.CHANGED: "changed"}


def clauses(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of clauses of terms, all in one unit."""
    verb = _CLAUSE_VERBS[facts[0].action] if len({fact.action for fact in facts}) == 1 else "changed"
    effective = next((date for fact in facts if (date := (fact.after or NOTHING).get("effective"))), None)
    if len(facts) == 1:
        sides = [(side or NOTHING).get("text", "") for side in (facts[0].before, facts[0].after)]
        headline = clause_headline(verb, facts[0].name, sides[0], sides[1], effective or "")
    else:
        titles = few([f"“{shortened(fact.name, 30)}”" for fact in facts])
        headline = f"{{actor}} {verb} {titles} in its terms" + (
            f", effective {effective}" if effective else ""
        )
    yield fact_unit(change, Category.REGULATORY, SignalFacts(date=effective), facts, headline)


def features(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of features, as packaging where they belong to plans."""
    plans = {(fact.after or fact.before or NOTHING).get("plan", "") for fact in facts}
    packaging = change.page_type is PageType.PRICING or plans != {""}
    if packaging and any(fact.kind is FactKind.PRICE for fact in change.facts):
        return  # The price move of the same page is the news; its signal carries the features in its text.
    where = f" of {next(iter(plans))}" if len(plans) == 1 and plans != {""} else ""
    headline = (
        f"{{actor}} {_verb(facts)} {few([fact.name for fact in facts])}{f' as part{where}' if where else ''}"
    )
    yield fact_unit(
        change, Category.PRICING if packaging else Category.LAUNCH, SignalFacts(), facts, headline
    )


def products(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of products."""
    headline = f"{{actor}} {_verb(facts)} {few([fact.name for fact in facts])} among its products"
    yield fact_unit(change, Category.LAUNCH, SignalFacts(product=facts[0].name), facts, headline)


def calls(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of what a start page calls its visitors to do."""
    sides = [(side or NOTHING).get("text", "") for side in (facts[0].before, facts[0].after)]
    told = " instead of ".join(f"“{shortened(text, 30)}”" for text in reversed(sides) if text)
    verb = "no longer calls for" if facts[0].after is None else "now calls for"
    headline = f"{{actor}} {verb} {told} on its start page"
    yield fact_unit(change, Category.POSITIONING, SignalFacts(), facts, headline)


def menus(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of subjects that came into a main menu or left it."""
    labels = [(fact.after or fact.before or NOTHING).get("text", fact.name) for fact in facts]
    headline = f"{{actor}} {_verb(facts)} {few([shortened(label, 30) for label in labels])} in its main menu"
    yield fact_unit(change, Category.POSITIONING, SignalFacts(), facts, headline)


def offices(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of offices that were listed, moved or left out, all in one unit."""
    towns = tuple(dict.fromkeys(fact.name for fact in facts))
    removed = all(fact.action is FactAction.REMOVED for fact in facts)
    what = "an office" if len(towns) == 1 else "offices"
    if all(fact.action is FactAction.CHANGED for fact in facts):
        headline = f"{{actor}} moved {'its office' if len(towns) == 1 else 'its offices'} in {few(towns)}"
    else:
        headline = f"{{actor}} {'no longer lists' if removed else 'now lists'} {what} in {few(towns)}"
    yield fact_unit(change, Category.EXPANSION, SignalFacts(places=towns), facts, headline)


def _verb(facts: Sequence[FactChange]) -> str:
    removed = all(fact.action is FactAction.REMOVED for fact in facts)
    changed = all(fact.action is FactAction.CHANGED for fact in facts)
    return "no longer lists" if removed else "changed" if changed else "now lists"
