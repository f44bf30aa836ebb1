# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What leading roles are there for, and what it means that somebody takes one or gives it up."""

from __future__ import annotations

import re
from dataclasses import dataclass

CHIEF = "chief"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """What a role is there for: the words of it, and what it means that somebody takes it or gives it up."""

    about: str
    words: re.Pattern[str]
    comes: str
    goes: str


def _function(about: str, words: str, comes: str, goes: str) -> Function:
    return Function(about=about, words=re.compile(rf"\b(?:{words})\b", re.IGNORECASE), comes=comes, goes=goes)


STANDING = "A senior departure unsettles contacts and plans; their accounts may be open to a conversation."
FUNCTIONS = (
    _function(
        "board",
        r"(?:supervisory |advisory )?board|chair(?:man|woman|person)?|non-?executive(?: director)?|trustee|advis[eo]r|observer",
        "{role} brings contacts and a view of strategy rather than daily change; look up whom among our accounts they know.",
        "A change on the board seldom reaches customers at once; watch whether the strategy or the owner follows.",
    ),
    _function(
        "sales",
        r"sales|revenue|cro|commercial|growth|go-to-market|business development",
        "{role} sets new targets and territories; expect new faces and bolder offers at our accounts within the first quarters.",
        "Who leads sales takes relationships along; call the accounts they have courted while nobody else does.",
    ),
    _function(
        "security",
        r"security|ciso|trust|privacy|data protection|risk",
        "{role} gives buyers' security questions a face; expect to see them in bids, and put ours beside them.",
        "Buyers who ask about security will ask who answers for it now; have our own person ready to speak.",
    ),
    _function(
        "finance",
        r"financ\w*|cfo|treasur\w+|accounting|controller",
        "{role} looks at margins first; discounts may shrink and contracts tighten, so note which offers run out.",
        "When who keeps the books leaves, buyers ask about stability; wait for the next figures before using it.",
    ),
    _function(
        "marketing",
        r"marketing|cmo|brand|communications|growth marketing|public relations",
        "{role} usually means another message and more of it within two quarters; keep our comparisons up to date.",
        "Messages tend to wobble until a successor is found; a good time for ours to be clear.",
    ),
    _function(
        "customer",
        r"customers?|client|service|support|experience|cco",
        "{role} turns to the customers they have; accounts that complained may be courted now, so see those first.",
        "Who looked after customers is gone; ask the accounts we share with them who calls them now.",
    ),
    _function(
        "people",
        r"people|human resources|chro|hr|talent|culture|personnel",
        "{role} is mostly an inward matter; watch whether they begin to hire faster, or to cut.",
        "An inward matter for the most part; watch whether more people follow.",
    ),
    _function(
        "legal",
        r"legal|counsel|compliance|general secretary|regulatory",
        "{role} may change what they sign and what they refuse; ask accounts how talks on their contracts go.",
        "Contracts under discussion may wait for a successor; ask accounts with open talks.",
    ),
    _function(
        "partners",
        r"partner(?:ship)?s|alliances?|channels?|ecosystem",
        "{role} will call on partners soon, ours among them; speak with ours first.",
        "Partners lose their contact; those who work with both of us may have time for us now.",
    ),
    _function(
        "product",
        r"product|cpo|design|cxo",
        "{role} sorts the roadmap anew; what accounts were promised may move, so ask which promises count for them.",
        "Plans slow down when who made them leaves; ask accounts which promised features they count on.",
    ),
    _function(
        "research",
        r"science|scientific|scientist|research|medical|clinical|r&d|development",
        "{role} decides which research goes on; watch what they begin, and what they stop.",
        "Research loses a head; ask whether what accounts wait for still comes.",
    ),
    _function(
        "technology",
        r"technolog\w+|technical|cto|eng|engineering|information|cio|digital|data|ai|innovation|cdo|architecture|software|platform",
        "{role} may rebuild what was slow to change; listen for migrations that customers will have to follow.",
        "Know-how leaves with who built it; ask accounts which technical promises they still wait for.",
    ),
    _function(
        "operations",
        r"operations|operating|administrative|administration|coo|supply chain|logistics|manufacturing|delivery|production|quality|procurement|safety",
        "{role} looks at delivery and cost; ask accounts whether dates and service change for better or worse.",
        "Delivery can suffer while nobody answers for it; ask accounts whether dates are kept.",
    ),
    _function(
        "strategy",
        r"strateg\w+|restructuring|corporate development|transformation|m&a|mergers",
        "{role} is there to change course or to buy; watch for deals, and for markets they turn to.",
        "Plans for growth may rest for a while; see whether announced steps still come.",
    ),
    _function(
        "region",
        r"country (?:manager|head|lead|director)|regional|emea|apac|dach|nordics?|americas?|europe|asia|africa|middle east|benelux|latin america|uk|(?:north|south) america"
        r"|(?:general manager|managing director|head|president|director|vp|vice president|manager|lead),? (?:of |for |the )*(?-i:[A-Z])\w+(?:land|any|ain|ance|aly|pan|dia|zil|ada|ico|lia|den|way|mark|ium|ria|ore|ina|gal|key)",
        "{role} answers for one region; see our accounts there before the first round of visits begins.",
        "Accounts in that region lose the person who answered for it; call them while the post is open.",
    ),
    _function(
        CHIEF,
        r"ceo|chief executive(?: officer)?|founder|co-?founder|boss|managing partner|(?<!vice )(?<!vice-)(?:president|managing director|md|general manager|gm)$",
        "{role} usually looks at products, prices and people within a year; ask their customers what they have been told.",
        "Large promises are hard to keep while the top changes; ask accounts with open deals there what they were told.",
    ),
)


def function_of(role: str) -> Function | None:
    """Return what a role is there for; of a chief of everything only where no department is named."""
    return next((function for function in FUNCTIONS if function.words.search(role)), None)
