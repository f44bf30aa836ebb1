# ruff: noqa: E501  (a pattern broken over many lines hides which words belong together)
"""Signal × account → reasons, by the rules of judgement in ``docs/health.md``. Pure: no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linking.aims import Aim, find_aim
from linking.capabilities import Concern, find_concerns, normal_tag
from linking.folding import fold_text
from linking.industries import covers, find_industries, industries_of
from linking.materiality import is_material, is_offer
from linking.moves import Move, PeopleIndex, find_moves
from linking.names import Mention, NameIndex
from linking.places import find_places
from linking.roles import CUSTOMER_AWARD, GONE, Part, part_of
from linking.story import Story
from store.accounts import Account
from store.kinds import Category, ReasonCode
from store.records import Reason
from store.sources import Rival

QUOTE_LIMIT = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What linking knows besides the signal: the accounts, their names, and which tags belong to which market."""

    accounts: Sequence[Account]
    names: NameIndex
    tags: frozenset[str]
    market_tags: Mapping[str, frozenset[str]]
    market_rivals: Mapping[str, frozenset[str]]
    people: PeopleIndex
    by_key: Mapping[str, Account]
    by_rival: Mapping[str, frozenset[str]]
    by_tag: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, accounts: Iterable[Account], rivals: Iterable[Rival]) -> World:
        """Build the world of these accounts and rivals."""
        listed = sorted(accounts, key=lambda account: account.key)
        watched = list(rivals)
        markets = {rival.market for rival in watched}
        return cls(
            accounts=listed,
            names=NameIndex(listed),
            tags=frozenset(normal_tag(tag) for account in listed for tag in account.uses),
            market_tags={
                market: frozenset(
                    {normal_tag(market)}
                    | {
                        normal_tag(tag)
                        for r in watched
                        if r.market == market
                        for _, tags in r.products
                        for tag in tags
                    }
                )
                for market in markets
            },
            market_rivals={
                market: frozenset(rival.key for rival in watched if rival.market == market)
                for market in markets
            },
            people=PeopleIndex(listed),
            by_key={account.key: account for account in listed},
            by_rival=_grouped((rival, account.key) for account in listed for rival in account.rivals_present),
            by_tag=_grouped((normal_tag(tag), account.key) for account in listed for tag in account.uses),
        )

    def candidates(self, rival: Rival, tags: Iterable[str], *, whole_market: bool) -> set[str]:
        """Return the keys of the accounts that the rival, these tags or its market can touch; all others stay out."""
        keys = set(self.by_rival.get(rival.key, ()))
        for tag in tags:
            keys |= self.by_tag.get(tag, frozenset())
        if whole_market:
            for tag in self.market_tags.get(rival.market, ()):
                keys |= self.by_tag.get(tag, frozenset())
            for other in self.market_rivals.get(rival.market, ()):
                keys |= self.by_rival.get(other, frozenset())
        return keys

    def buys_in_market_of(self, rival: Rival, account: Account) -> bool:
        """Return True if the account uses a tag of the rival's market, or has one of its rivals in the house."""
        used = {normal_tag(tag) for tag in account.uses}
        if used & self.market_tags.get(rival.market, frozenset()):
            return True
        return bool(set(account.rivals_present) & self.market_rivals.get(rival.market, frozenset()))


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


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for group, member in pairs:
        groups.setdefault(group, set()).add(member)
    return {group: frozenset(members) for group, members in groups.items()}


def weigh(found: Iterable[Found], weights: Mapping[str, float]) -> list[Reason]:
    """Return the reasons with their weights, the heaviest first."""
    reasons = [Reason(code=f.code, weight=weights.get(f.code.value, 0.0), because=f.because) for f in found]
    return sorted(reasons, key=lambda reason: (-reason.weight, reason.code.value))


def find_concerns_of(story: Story, world: World) -> list[Concern]:
    """Return the tags that the move concerns; on a customer win only what that customer took."""
    texts = _win_sentences(story) if story.category is Category.CUSTOMER else story.news
    folded = " . ".join(_without_denials(fold_text(sentence)) for sentence in texts)
    if story.category is Category.LEADERSHIP:
        folded = _CAREER.sub(" ", folded)
    found = {concern.tag: concern for concern in find_concerns(folded, world.tags)}
    products = _named_products(story, folded)
    for product, tags in products:
        normal = {normal_tag(tag) for tag in tags}
        # A product stands for all it does, unless the text says which part of it the news is about.
        if not normal & set(found):
            for tag in sorted(normal):
                found.setdefault(tag, Concern(tag=tag, words=product, named=True))
    return list(found.values())


def _win_sentences(story: Story) -> tuple[str, ...]:
    return tuple(
        s
        for s in story.news
        if not re.search(
            r"\b(?:also (?:offers?|sells|provides)|other products|in addition to)\b", fold_text(s)
        )
    )


_DENIAL = re.compile(
    r"\b(?:unchanged|not affected|unaffected|stays? the same|remains? the same|(?:does|do|did|will|is|are|was|were) not (?:\w+ )?(?:includ\w+|part|affect\w*|cover\w*|touch\w*|change\w*|replace\w*|take|buy|use|choose|need|want)|"
    r"not (?:part|included|covered)|keeps? (?:its|their|the) (?:existing|current|own|old)|(?:stays?|remains?|kept|stick\w*) (?:with|on|in house)|with the exception of|without (?:touching|changing|including))\b"
)


# What a person did before says nothing of what the rival does now.
_CAREER = re.compile(
    r"\b(?:ran|led|former|formerly|previously|was|were|spent|headed|came from|comes from|joins from|built up|managed|has led)\b[^.;]*"
)


def _without_denials(folded: str) -> str:
    clauses = re.split(r"(?<=[,;:])\s|\b(?:but|while|whereas|although)\b", folded)
    return " ".join(clause for clause in clauses if not _DENIAL.search(clause))


def _named_products(story: Story, folded: str) -> list[tuple[str, tuple[str, ...]]]:
    original = " ".join(story.news)
    said = fold_text(str(story.facts.get("product") or ""))
    found = []
    for name, tags in story.rival.products:
        plain = fold_text(name)
        # A product that bears the company's name is not meant wherever the company is named.
        if any(plain in rival for rival in story.rival_names):
            continue
        pattern = rf"(?<!\w){re.escape(plain)}(?!\w)"
        cased = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", original)
        if (re.search(pattern, folded) and (cased or " " in plain or name[1:] != name[1:].lower())) or (
            said and said == plain
        ):
            found.append((name, tags))
    return found


def _mentions(story: Story, world: World) -> dict[str, list[tuple[Mention, str]]]:
    result: dict[str, list[tuple[Mention, str]]] = {}
    for sentence in story.news:
        for mention in world.names.find(sentence):
            owner = _owner(mention, story, sentence)
            if owner is not None and fold_text(mention.surface) not in story.rival_names:
                result.setdefault(owner.key, []).append((mention, sentence))
    return result


def _owner(mention: Mention, story: Story, sentence: str) -> Account | None:
    candidates = (mention.account, *mention.others)
    marks = [(_fits(account, story, mention, sentence), account) for account in candidates]
    best = max(mark for mark, _ in marks)
    winners = [account for mark, account in marks if mark == best]
    if len(candidates) > 1:
        return winners[0] if len(winners) == 1 and best > 0 else None
    if best < 0:
        return None
    return None if mention.doubtful and best == 0 and not _has_proof(mention, sentence, story) else winners[0]


def _has_proof(mention: Mention, sentence: str, story: Story) -> bool:
    return mention.surface[:1].isupper() and part_of(mention, sentence, story) is not Part.PASSING


def _fits(account: Account, story: Story, mention: Mention, sentence: str) -> int:
    # What the text says about the named firm itself weighs most; what else it speaks of weighs less.
    score = 0
    folded = fold_text(sentence)
    around = (
        folded[max(0, mention.start - 60) : mention.start] + " | " + folded[mention.end : mention.end + 90]
    )
    own = industries_of(account.industry, account.name)
    described = _described_industries(around)
    if described:
        score += (
            3
            if any(covers(industry, own) for industry in described)
            else (-3 if own and not mention.full else -2 if own else 0)
        )
    places = _described_places(sentence, mention)
    if places and account.regions:
        score += 2 if places & set(account.regions) else -2
    text = story.folded_news
    score += sum(1 for found in find_industries(text) if covers(found.industry, own))
    score += sum(
        1
        for place in find_places(" ".join(story.news))
        if len(place.codes) < 6 and place.codes & set(account.regions)
    )
    if account.domain and fold_text(account.domain) in text:
        score += 5
    score += 3 * sum(1 for person in account.stakeholders if fold_text(person.name) in text)
    score += len(find_concerns(text, account.uses))
    longest = max(
        (len(form) for form in (fold_text(n) for n in (account.name, *account.aliases)) if form in text),
        default=0,
    )
    return score + (1 if longest > mention.end - mention.start else 0)


_SINGULAR = {
    "banking": r"bank|lender|building society|credit union|neobank",
    "insurance": r"insurer|insurance (?:company|group|firm|broker|carrier)|underwriter|reinsurer",
    "retail": r"retailer|grocer|supermarket(?: chain)?|department store|fashion (?:house|brand|chain)|shoe chain|furniture chain|diy chain",
    "e-commerce": r"online (?:retailer|shop|store|marketplace)|marketplace|web shop",
    "logistics": r"logistics (?:company|firm|group|provider)|haulier|freight forwarder|shipping (?:company|line)|carrier|courier|parcel (?:company|service)|forwarder|trucking company",
    "healthcare": r"hospital(?: group| chain| trust)?|clinic(?: chain| group)?|health (?:system|trust|provider)|care (?:home|group) ?\w*",
    "pharma": r"drugmaker|pharma(?:ceutical)? (?:company|group)|biotech",
    "manufacturing": r"manufacturer|machine (?:maker|builder)|steelmaker|chemicals? (?:company|group|maker)|industrial group|toolmaker",
    "automotive": r"carmaker|automaker|car (?:maker|dealer)",
    "food": r"brewer|brewery|dairy|food (?:producer|group|company|maker)",
    "energy": r"utility|energy (?:company|supplier|group|provider)|grid operator|oil (?:company|major)|power company|solar (?:company|installer)|wind (?:farm )?operator",
    "telecom": r"telco|telecoms? (?:operator|company|group)|mobile operator|broadband provider",
    "technology": r"software (?:company|house|maker|firm)|tech company|saas company|it services (?:company|firm)",
    "gaming": r"bookmaker|betting (?:company|operator)|casino|game (?:studio|maker)|video ?game studio|gambling (?:company|operator)",
    "media": r"publisher|broadcaster|newspaper|film studio|record label|media group|streaming service",
    "travel": r"airline|airport|tour operator|travel (?:agency|company)|rail operator|car rental company|cruise line",
    "hospitality": r"hotel(?: chain| group)?|restaurant(?: chain| group)?|pub chain|coffee chain|resort|caf[eé]|bakery|ski resort",
    "real-estate": r"landlord|estate agent|property (?:company|group|manager|developer)|housing association|letting agent",
    "construction": r"builder|contractor|construction (?:company|group|firm)|housebuilder",
    "education": r"university|college|school|training provider|surf school|language school|music school",
    "public-sector": r"council|ministry|municipality|government agency|city of|police force",
    "legal": r"law firm|notary",
    "nonprofit": r"charity|ngo|foundation|football club|orchestra|theatre company|choir",
    "agriculture": r"farm|cooperative|grower|vineyard|winery",
    "professional-services": r"consultancy|consulting firm|architecture practice|design studio",
    "fintech": r"fintech|payment (?:provider|company|institution)|crypto exchange",
    "investment": r"asset manager|wealth manager|hedge fund|investment (?:firm|company|manager)|venture (?:fund|firm)|brokerage",
}
_FIRM = re.compile(
    "|".join(f"(?P<{name.replace('-', '_')}>\\b(?:{words})\\b)" for name, words in _SINGULAR.items())
)


def _described_industries(around: str) -> set[str]:
    head, _, tail = around.partition(" | ")
    before = re.search(r"(?:^|.*?)([a-z' ]{3,40}) $", head)
    after = re.match(r"^,? ?(?:\(|(?:is |, )?(?:a|an|the|one of) )([^,.;)]{3,70})", tail)
    found: set[str] = set()
    if before:
        close = [
            match for match in _FIRM.finditer(before.group(1)) if match.end() >= len(before.group(1)) - 1
        ]
        found |= {str(match.lastgroup).replace("_", "-") for match in close}
    if after:
        found |= {str(match.lastgroup).replace("_", "-") for match in _FIRM.finditer(after.group(1))}
    return found


def _described_places(sentence: str, mention: Mention) -> set[str]:
    """Return the countries that the words right beside a name give it: "Danish insurer Atlas", "Atlas, a Danish …"."""
    found: set[str] = set()
    name_at = sentence.lower().find(mention.surface.lower())
    for place in find_places(sentence):
        gap_before = sentence[place.end : name_at] if place.end <= name_at else None
        gap_after = sentence[name_at + len(mention.surface) : place.start] if place.start > name_at else None
        if gap_before is not None and (
            re.fullmatch(r"(?:-based)?(?: [a-z-]+){0,4} ", gap_before)
            if place.demonym
            else re.fullmatch(r"(?:-based|'s|’s)(?: [a-z-]+){0,4} ", gap_before)
        ):
            found |= place.codes
        if gap_after is not None and re.fullmatch(
            r", (?:a|an|the)(?: [a-z-]+){0,3} (?:[a-z-]+ (?:in|from|of|based in) )?|,? (?:in|of|from|\() ?(?:the )?",
            gap_after,
        ):
            found |= place.codes
    return found if len(found) < 8 else set()


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
                owner = _owner(mention, story, name)
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


def _by_aim(
    story: Story, world: World, account: Account, aim: Aim, concerns: Sequence[Concern], material: bool
) -> list[Found]:
    if not aim.reaches(account):
        return []
    reasons: list[Found] = []
    if material and story.rival.key in account.rivals_present:
        because = f"because {story.rival.name} is in the account or in evaluation there, and this move is material: {quote(story.title)}"
        reasons.append(Found(code=ReasonCode.RIVAL_PRESENT, because=because))
    used = {normal_tag(tag): tag for tag in account.uses}
    overlapping = [concern for concern in concerns if concern.tag in used]
    if overlapping:
        reasons.append(Found(code=ReasonCode.PRODUCT_OVERLAP, because=_overlap_because(overlapping, used)))
    # An offer for a whole country threatens those who use its like or have the rival in the house, not all who buy there.
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
