"""Which account is meant where a name stands? Shared names and ordinary words need the text to speak for one."""

from __future__ import annotations

import re

from linking.capabilities import find_concerns
from linking.folding import fold_text
from linking.industries import covers, find_industries, industries_of
from linking.names import Mention
from linking.patterns import words
from linking.places import find_places
from linking.roles import Part, part_of
from linking.story import Story
from store.accounts import Account


def owner_of(mention: Mention, story: Story, sentence: str) -> Account | None:
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
    if mention.others and (told := _told_later(story)):
        score += 2 if any(covers(industry, own) for industry in told) else -1
    return score + (1 if longest > mention.end - mention.start else 0)


_SINGULAR = words("owners", "singular")


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


def _told_later(story: Story) -> set[str]:
    """Return what sentences call a firm that was named before them: "The bridge builder from Denver now …"."""
    found: set[str] = set()
    for sentence in story.news:
        if match := re.match(r"(?:the|a|an) ([^,.;]{3,60})", fold_text(sentence)):
            found |= {str(firm.lastgroup).replace("_", "-") for firm in _FIRM.finditer(match.group(1))}
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
