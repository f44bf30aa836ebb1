"""Whom a move is aimed at by its own words: countries, industries, segments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linking.folding import fold_text
from linking.industries import covers, find_industries, industries_of
from linking.materiality import is_back_office
from linking.patterns import families, patterns
from linking.places import Place, find_places
from linking.story import Story
from store.accounts import Account
from store.kinds import Category

_PATTERNS = patterns("aims")

#: Acts that say where and for whom by naming it. All others need words of intent, because their places and industries
#: mostly describe somebody: the firm that was bought, the customer that was won, the venue of a conference.
PLAIN_SPOKEN = frozenset(
    {
        Category.LAUNCH,
        Category.PRICING,
        Category.EXPANSION,
        Category.REGULATORY,
        Category.POSITIONING,
        Category.PARTNERSHIP,
    }
)
SEGMENTS = families("aims", "segments")
SEGMENT_LABELS = {
    "smb": re.compile(r"\b(?:smb|sme|small|startup|start up|micro)\b"),
    "mid-market": re.compile(r"\b(?:mid|midmarket|medium|commercial)\b"),
    "enterprise": re.compile(r"\b(?:enterprise|large|corporate|global|strategic)\b"),
}
EVERYWHERE = _PATTERNS["everywhere"]
EVERYONE = _PATTERNS["everyone"]
PAST = _PATTERNS["past"]
DATELINE = _PATTERNS["dateline"]
SEATED = _PATTERNS["seated"]
SEATED_AFTER = _PATTERNS["seated_after"]
DESCRIBES = _PATTERNS["describes"]
PURPOSE = _PATTERNS["purpose"]
ROLE_PLACE = _PATTERNS["role_place"]
EXCLUDING = _PATTERNS["excluding"]
REACHING = _PATTERNS["reaching"]
AUDIENCE = _PATTERNS["audience"]
JOINED = _PATTERNS["joined"]
AUDIENCE_NOT = _PATTERNS["audience_not"]
TURNS_TO = _PATTERNS["turns_to"]
RECEIVES = _PATTERNS["receives"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Whom a move is aimed at; an empty dimension is not restricted. ``words`` are quoted in reasons."""

    countries: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """True if nobody is left out."""
        return not (self.countries or self.excluded or self.industries or self.segments)

    @property
    def is_region_only(self) -> bool:
        """True if places are all that the move is aimed at."""
        return bool(self.countries) and not (self.industries or self.segments)

    def reaches(self, account: Account) -> bool:
        """Return True unless the account is outside the aim; what is not known of it counts as outside."""
        regions = frozenset(account.regions)
        if self.countries and not regions & self.countries:
            return False
        if self.excluded and regions and regions <= self.excluded:
            return False
        known = industries_of(account.industry, account.name)
        if self.industries and not any(covers(aimed, known) for aimed in self.industries):
            return False
        # The segment is seldom filled in; only a segment that is known to be another one is outside.
        return not self.segments or account.segment is None or self._has_segment(account.segment)

    def is_market_of(self, account: Account) -> bool:
        """Return True if the account is inside the aim by its industry, region or segment."""
        by_segment = bool(self.segments) and account.segment is not None
        return self.reaches(account) and bool(self.countries or self.industries or by_segment)

    def _has_segment(self, label: str) -> bool:
        folded = fold_text(label)
        return any(SEGMENT_LABELS[segment].search(folded) for segment in self.segments)


def find_aim(story: Story) -> Aim:
    """Return whom the story's move is aimed at by its own words."""
    countries: set[str] = set()
    excluded: set[str] = set()
    industries: set[str] = set()
    segments: set[str] = set()
    words: list[str] = []
    everywhere = False
    if story.category in {Category.EXPANSION, Category.HIRING} and is_back_office(story):
        return Aim()
    for sentence in story.news:
        folded = fold_text(sentence)
        if PAST.search(folded):
            continue
        everywhere = everywhere or bool(EVERYWHERE.search(folded))
        for place, inside in _aimed_places(sentence, story):
            (countries if inside else excluded).update(place.codes)
            words.append(place.name)
        if not EVERYONE.search(folded):
            for found in _aimed_industries(folded, story):
                industries.add(found[0])
                words.append(found[1])
            for segment, said in _aimed_segments(folded, story):
                segments.add(segment)
                words.append(said)
    return Aim(
        countries=frozenset() if everywhere else frozenset(countries),
        excluded=frozenset(excluded),
        industries=frozenset(industries),
        segments=frozenset(segments),
        words=tuple(dict.fromkeys(words)),
    )


def _aimed_places(sentence: str, story: Story) -> list[tuple[Place, bool]]:
    dateline = DATELINE.match(sentence)
    start = dateline.end() if dateline and find_places(dateline.group()) else 0
    result: list[tuple[Place, bool]] = []
    previous: tuple[Place, bool] | None = None
    for place in find_places(sentence):
        if place.start < start:
            continue
        head, tail = sentence[: place.start], sentence[place.end :]
        joined = previous is not None and JOINED.match(sentence[previous[0].end : place.start])
        if EXCLUDING.search(head):
            previous = (place, False)
        elif joined and previous is not None and not (place.demonym and DESCRIBES.match(tail)):
            previous = (place, previous[1])
        elif _is_aimed(place, head, tail, story):
            previous = (place, True)
        else:
            previous = None
            continue
        result.append(previous)
    return result


def _is_aimed(place: Place, head: str, tail: str, story: Story) -> bool:
    if SEATED.search(head) or SEATED_AFTER.match(tail):
        return False
    if place.demonym and (DESCRIBES.match(tail) or not _names_an_audience(tail)):
        return False
    if story.category in PLAIN_SPOKEN or story.category is Category.NONE:
        return (
            place.demonym
            or bool(REACHING.search(head))
            or (bool(re.match(r"^ [\w-]+", tail)) and not head.strip())
        )
    if story.category is Category.LEADERSHIP:
        return (
            bool(ROLE_PLACE.search(head[-60:]) and not _is_former(head))
            or (bool(PURPOSE.search(fold_text(head[-70:]))) and not _is_former(head))
            or bool(
                re.match(
                    r"^ (?:sales|business|market|country|region|operations|general manager|head|lead|managing)",
                    tail,
                )
            )
        )
    if story.category is Category.HIRING:
        return bool(
            re.search(
                r"\b(?:sales\w*|sellers?|account|customer|country|commercial|business development|reps)\b",
                fold_text(head + tail),
            )
        )
    if story.category in {Category.EVENT, Category.MEDIA, Category.CUSTOMER}:
        return _is_audience(place, head, tail)
    return bool(PURPOSE.search(fold_text(head[-70:]))) or _is_audience(place, head, tail)


def _names_an_audience(tail: str) -> bool:
    # "German insurers" and "the German market" are audiences; "German agreements" and "learns German" are a language.
    words = re.match(r"^(?:[ -][^\W\d_]+){1,4}", tail)
    if words is None:
        return False
    near = fold_text(words.group())
    return bool(AUDIENCE.search(near) or find_industries(near))


def _is_former(head: str) -> bool:
    return bool(
        re.search(
            r"\b(?:former|formerly|previously|ex-?|from|was|ran|led|joins from|at|spent)\b[^,;.]{0,60}$",
            head[-80:],
            re.IGNORECASE,
        )
    )


def _is_audience(place: Place, head: str, tail: str) -> bool:
    if place.demonym:
        noun = re.match(r"^ (?:\w+ ){0,2}\w+s\b", tail)
        return bool(noun) and bool(
            re.search(
                r"\b(?:for|to|with|among|serve|serving|help|helping|invites|targeting|other)(?: \w+)? $", head
            )
        )
    return bool(
        re.search(
            r"\b(?:for|to|with|among|help|invites|targeting|aimed at)\b[^,;.]{0,40}\b(?:in|from|across)(?: the)? $",
            head,
        )
    )


def _aimed_industries(folded: str, story: Story) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    previous_end: int | None = None
    for found in find_industries(folded):
        head, tail = folded[: found.start], folded[found.end :]
        joined = previous_end is not None and JOINED.match(folded[previous_end : found.start])
        # Partners are mostly companies of an industry themselves; only whom the two turn to is aimed at.
        plain = story.category in PLAIN_SPOKEN - {Category.PARTNERSHIP}
        if joined or (_may_be_aimed(head, story) and (plain or _speaks_to(head, tail, story))):
            result.append((found.industry, found.words))
            previous_end = found.end
        else:
            previous_end = None
    return result


def _may_be_aimed(head: str, story: Story) -> bool:
    # "Carewire doctors" are people who use Carewire, not whom the move is aimed at.
    return not AUDIENCE_NOT.search(head) and not head.endswith(
        tuple(f"{name} " for name in story.rival_names)
    )


def _speaks_to(head: str, tail: str, story: Story) -> bool:
    if story.category is Category.CUSTOMER:
        return bool(
            re.search(
                r"\b(?:other|more|further|fellow|targeting|expand\w* (?:in|into|to))(?: \w+){0,2} $", head
            )
        )
    if story.category is Category.LEADERSHIP and _is_former(head):
        return False
    if story.category is Category.PARTNERSHIP:
        return bool(TURNS_TO.search(head)) or (not head.strip() and bool(RECEIVES.match(tail)))
    if story.category in {Category.EVENT, Category.MEDIA, Category.HIRING}:
        return bool(
            re.search(
                r"\b(?:for|to|with|help\w*|invites|targeting|aimed at|serving|among|shows?)(?: \w+){0,3} $|^$",
                head,
            )
        )
    return bool(PURPOSE.search(head[-70:]))


def _aimed_segments(folded: str, story: Story) -> list[tuple[str, str]]:
    if story.category in {Category.CUSTOMER, Category.ACQUISITION, Category.MEDIA, Category.REGULATORY}:
        return []
    result = []
    for segment, pattern in SEGMENTS.items():
        for match in pattern.finditer(folded):
            if not AUDIENCE_NOT.search(folded[: match.start()]):
                result.append((segment, match.group()))
    return result
