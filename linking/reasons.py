"""Signal × account → reasons, by the rules of judgement in ``docs/health.md``. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.portrait import Standing
from linking.aims import Aim, find_aim
from linking.capabilities import Concern, normal_tag
from linking.concerns import find_concerns_of
from linking.folding import fold_text
from linking.materiality import is_material, is_offer
from linking.moves import Move, find_moves
from linking.names import Mention
from linking.owners import owner_of
from linking.roles import CUSTOMER_AWARD, GONE, Part, part_of
from linking.story import Story
from linking.world import World
from store.accounts import Account
from store.kinds import Category, ReasonCode
from store.records import Reason

QUOTE_LIMIT = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A reason before it is weighed: its code, and the sentence that says why."""

    code: ReasonCode
    because: str


def reasons_by_account(story: Story, world: World) -> dict[str, list[Found]]:
    """Return the reasons of every account that the signal threatens, by account key. Noise threatens nobody."""
    if story.category is Category.NONE:
        return {}
    mentions = _mentions(story, world)
    named = {key: found for key, group in mentions.items() if (found := _named(group, story))}
    for key, found in _named_by_facts(story, world).items():
        named.setdefault(key, found)
    moves = {move.account.key: move for move in find_moves(story, world.people)}
    aim = find_aim(story)
    concerns = find_concerns_of(story, world)
    material = is_material(story)
    result: dict[str, list[Found]] = {}
    touched = world.candidates(story.rival, [c.tag for c in concerns], whole_market=not aim.is_open)
    for key in sorted({*touched, *named, *moves}):
        account = world.by_key[key]
        reasons = [*named.get(account.key, ()), *_moved(moves.get(account.key), story)]
        if any(reason.code is ReasonCode.STAKEHOLDER_MOVED for reason in reasons) and not any(
            reason.code is ReasonCode.NAMED for reason in reasons
        ):
            reasons.extend(_employer_named(moves[account.key], account))
        reasons.extend(_by_aim(story, world, account, aim, concerns, material))
        if reasons:
            result[account.key] = reasons
    return result


def weigh(found: Iterable[Found], weights: Mapping[str, float]) -> list[Reason]:
    """Return the reasons with their weights, the heaviest first."""
    reasons = [Reason(code=f.code, weight=weights.get(f.code.value, 0.0), because=f.because) for f in found]
    return sorted(reasons, key=lambda reason: (-reason.weight, reason.code.value))


def _mentions(story: Story, world: World) -> dict[str, list[tuple[Mention, str]]]:
    result: dict[str, list[tuple[Mention, str]]] = {}
    for sentence in story.news:
        for mention in world.names.find(sentence):
            owner = owner_of(mention, story, sentence)
            if owner is not None and fold_text(mention.surface) not in story.rival_names:
                result.setdefault(owner.key, []).append((mention, sentence))
    return result


def _named(group: Sequence[tuple[Mention, str]], story: Story) -> list[Found]:
    parts = [(part_of(mention, sentence, story), sentence) for mention, sentence in group]
    if any(GONE.search(fold_text(sentence)) for part, sentence in parts if part is Part.PASSING) and not any(
        part is not Part.PASSING for part, _ in parts
    ):
        return []
    told = [(part, sentence) for part, sentence in parts if part is not Part.PASSING]
    if not told:
        return []
    customer = next((s for part, s in told if part is Part.CUSTOMER), None)
    awarded = next(
        (s for part, s in told if part is Part.AWARDEE and CUSTOMER_AWARD.search(story.folded_news)), None
    )
    part, sentence = told[0]
    reasons = [
        Found(
            code=ReasonCode.NAMED,
            because=f"because {story.rival.name} names it as {part.value}: {quote(sentence)}",
        )
    ]
    if proof := customer or awarded:
        reasons.append(
            Found(
                code=ReasonCode.THEIR_CUSTOMER,
                because=f"because it appears as a customer of {story.rival.name}: {quote(proof)}",
            )
        )
    return reasons


def _named_by_facts(story: Story, world: World) -> dict[str, list[Found]]:
    result: dict[str, list[Found]] = {}
    for kind, part in (("customers", Part.CUSTOMER), ("partners", Part.PARTNER)):
        for item in story.facts.get(kind) or []:
            name, action = _fact_name(item)
            if not name or action == "removed" or GONE.search(story.folded_news):
                continue
            for mention in world.names.find(name):
                if mention.end - mention.start < len(fold_text(name)) - 12:
                    continue
                owner = owner_of(mention, story, name)
                if owner is not None:
                    result.setdefault(owner.key, []).extend(_fact_reasons(story, part, name))
    return result


def _fact_name(item: Any) -> tuple[str, str]:
    if isinstance(item, Mapping):
        return str(item.get("name") or ""), str(item.get("action") or "")
    return str(item), ""


def _fact_reasons(story: Story, part: Part, name: str) -> list[Found]:
    reasons = [
        Found(
            code=ReasonCode.NAMED, because=f"because {story.rival.name} names {quote(name)} as {part.value}"
        )
    ]
    if part is Part.CUSTOMER:
        reasons.append(
            Found(
                code=ReasonCode.THEIR_CUSTOMER,
                because=f"because {quote(name)} appears as a customer of {story.rival.name}",
            )
        )
    return reasons


def _moved(move: Move | None, story: Story) -> list[Found]:
    if move is None:
        return []
    role = f" ({move.person.role})" if move.person.role else ""
    because = f"because {move.person.name}{role} of this account moved to {story.rival.name}: {quote(move.sentence)}"
    return [Found(code=ReasonCode.STAKEHOLDER_MOVED, because=because)]


def _employer_named(move: Move, account: Account) -> list[Found]:
    if not move.employer_named:
        return []
    return [
        Found(
            code=ReasonCode.NAMED, because=f"because it is named as the employer that {move.person.name} left"
        )
    ]


# What connected systems know of a rival in an account; files know only that it is there.
_PRESENCE: dict[str, str] = {
    Standing.INCUMBENT: "is in use there",
    Standing.EVALUATION: "is in evaluation there",
    Standing.LOST: "won a deal there that you lost",
}
_PRESENT = "is in the account or in evaluation there"


def _by_aim(
    story: Story, world: World, account: Account, aim: Aim, concerns: Sequence[Concern], material: bool
) -> list[Found]:
    if not aim.reaches(account):
        return []
    reasons: list[Found] = []
    if material and story.rival.key in account.rivals_present:
        present = _PRESENCE.get(account.rival_standings.get(story.rival.key, ""), _PRESENT)
        because = f"because {story.rival.name} {present}, and this move is material: {quote(story.title)}"
        reasons.append(Found(code=ReasonCode.RIVAL_PRESENT, because=because))
    used = {normal_tag(tag): tag for tag in account.uses}
    overlapping = [concern for concern in concerns if concern.tag in used]
    if overlapping:
        reasons.append(Found(code=ReasonCode.PRODUCT_OVERLAP, because=_overlap_because(overlapping, used)))
    # An offer for a whole country threatens those who use its like or have the rival in the house, not all buyers.
    wide_offer = aim.is_region_only and is_offer(story) and not reasons
    if aim.is_market_of(account) and world.buys_in_market_of(story.rival, account) and not wide_offer:
        said = ", ".join(quote(word) for word in aim.words[:4])
        because = (
            f"because the move is aimed at {said}, and the account buys in the market of {story.rival.name}"
        )
        reasons.append(Found(code=ReasonCode.SAME_MARKET, because=because))
    return reasons


def _overlap_because(overlapping: Sequence[Concern], used: Mapping[str, str]) -> str:
    parts = [
        f"{used[concern.tag]} ({quote(concern.words)})"
        for concern in sorted(overlapping, key=lambda c: c.tag)[:3]
    ]
    return "because it concerns what the account uses: " + ", ".join(parts)


def quote(text: str) -> str:
    """Return a text on one line in quotation marks, shortened to a readable length."""
    plain = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return f"“{plain}”" if len(plain) <= QUOTE_LIMIT else f"“{plain[:QUOTE_LIMIT].rsplit(' ', 1)[0]} …”"
