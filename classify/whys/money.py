# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What a rival's money means: rounds, results, debt, listings, insolvency."""

from __future__ import annotations

from decimal import Decimal

from classify.signals import Money
from classify.whys.rule import Meaning, Reason, Told, rule, say

LARGE = Decimal(100_000_000)
SMALL = Decimal(10_000_000)
#: Sums in these are worth about what the same figure in dollars is; of others the size says nothing.
LIKE_DOLLARS = frozenset(("USD", "EUR", "GBP", "CHF", "CAD", "AUD"))

_RAISES = rule(
    "round",
    r"rais(?:e|es|ed|ing) (?:\S+ ){0,4}(?:[$€£]|\d|seed|series|funding|capital|round|equity|money|million)|funding|series [a-h]\b|(?:pre-)?seed\b|clos(?:e|es|ed|ing) (?:\S+ ){0,5}(?:round|financing|fund)|investment (?:round|of|from)|invests?\b|backed by|led by|secur\w+ (?:\S+ ){0,4}(?:million|investment|[$€£])|private placement|growth capital|new investors?|valuation|angels?\b|crowdfund|brought in (?:[$€£]|\d)|put (?:[$€£])?\S+ (?:\w+ )?into|tops? up|(?:gets?|receives?|pockets?|lands?|bags?|collects?) (?:[$€£]\S+|\d+ (?:million|m\b))|our round|allotment of shares|oversubscribed|financing",
    "New money shows within a few quarters as salespeople, features and discounts; sign renewals where they compete before that.",
    unless=r"rais(?:e|es|ed|ing) (?:\w+ ){0,4}(?:guidance|outlook|forecast|dividend|target|prices?)|(?:not|no longer|fail\w*) (?:\w+ ){0,2}rais",
)
_LARGE = "With this much money they can buy market share and companies; expect low offers in large deals, and argue with the total cost."
_EARLY = "Money of this size goes into building more than selling; note what it is for, and look again when it is spent."


def _round(told: Told) -> Reason | None:
    """Return what new money means, by its size and round."""
    found = _RAISES.said.search(told.head)
    if not found or (_RAISES.unless and _RAISES.unless.search(told.head)):
        return None
    money = told.facts.money
    name = (money.round or "").lower() if money else ""
    if "seed" in name or "seed" in told.head.lower() or _is(money, below=SMALL):
        return Reason(about="early round", sentence=_EARLY)
    if _is(money, above=LARGE):
        return Reason(about="large round", sentence=_LARGE)
    return say("round", _RAISES.sentences, told)


def _is(money: Money | None, *, above: Decimal = Decimal(0), below: Decimal | None = None) -> bool:
    if money is None or money.currency not in LIKE_DOLLARS:
        return False
    return money.amount >= above and (below is None or money.amount < below)


_FIGURE = r"(?:sales|revenues?|turnover|profits?|earnings|income|results?|ebitda?|margins?|orders?|order intake|bookings|arr|recurring revenue|subscriptions?|volumes?|cash flow|traffic|eps)"
_UP = r"(?:ris(?:e|es|ing)|rose|grow(?:s|n|ing)?|grew|up|increas\w*|climb\w*|jump\w*|surg\w*|zoom\w*|rocket\w*|soar\w*|doubl\w*|tripl\w*|beat\w*|record|higher|improv\w*|gain\w*|better|exceed\w*|strong\w*|advanc\w*|swell\w*|lift\w*)"
_DOWN = r"(?:fall(?:s|ing|en)?|fell|drop\w*|declin\w*|down|decreas\w*|slump\w*|slip\w*|shr[iau]nk\w*|plung\w*|lower|weak\w*|miss\w*|sink\w*|sank|dip\w*|slid\w*|narrow\w*|halv\w*|worse|contract\w*|hit)"
_GUIDANCE = r"(?:guidance|outlook|forecasts?|targets?|expectations|full-year|projection)"

FINANCE = Meaning(
    first=(
        rule(
            "insolvency",
            r"insolven|bankrupt|chapter (?:7|11)|creditor protection|protection from (?:its )?creditors|material uncertainty|administration\b(?! of)|receivership|liquidat|going concern|winding[- ]up|default(?:s|ed)? on",
            "Their customers need a plan in case service stops; offer a calm and quick way over, first to those who depend on them.",
        ),
        rule(
            "results date",
            r"(?:to|will) (?:report|announce|publish|release|host|hold|discuss|present|issue)s? (?:\S+ ){0,8}(?:results|earnings|figures|call|report)|(?:earnings|results|conference) (?:call|date|webcast)|(?:date|timing) (?:of|for) (?:\S+ ){0,5}(?:results|earnings)|sets? date",
            "On {day} their figures are known; prepare one line for accounts in case they are good, and one in case they are not.",
            "Soon their figures are known; prepare one line for accounts in case they are good, and one in case they are not.",
        ),
        rule(
            "listing",
            r"ipo\b|initial public offering|go(?:es|ing)? public|(?:plans?|seek|files?|filed|prepar\w+|appl\w+) (?:\w+ ){0,3}(?:to )?(?:list|listing|float|flotation)|stock market (?:debut|listing)|direct listing|spac\b|(?:begins?|starts?) trading|delist|uplist|dual listing|(?:nasdaq|nyse|stock exchange) (?:listing|debut)",
            "Who is listed has to publish figures and risks; read the prospectus for customers lost and won, and for what they fear.",
            aside=True,
        ),
        rule(
            "payout",
            r"dividend|buy-?back|repurchas|payout|special distribution|returns? (?:\S+ ){0,4}to shareholders",
            "Money that goes to shareholders does not go into the product; a fair point when accounts ask who invests more.",
            unless=r"(?:cut|suspend|scrap|cancel|skip|omit)\w* (?:\w+ ){0,3}dividend|no dividend",
            aside=True,
        ),
        rule(
            "savings",
            r"(?:cut|suspend|scrap|cancel|skip|omit)\w* (?:\w+ ){0,3}dividend|no dividend|cost[- ](?:cut|sav)\w*|restructur\w*|impairment|write-?(?:down|off)|savings? (?:programme|program|plan)",
            "Who has to save looks for it in service and staff as well; ask accounts whether they notice anything.",
            aside=True,
        ),
        rule(
            "outlook cut",
            rf"(?:cut|lower|slash|reduc|trim|withdraw|withdrew|scal|downgrad|suspend|warn|pull)\w* (?:\S+ ){{0,5}}{_GUIDANCE}|profit warning|{_GUIDANCE} (?:\w+ ){{0,3}}(?:cut|lowered|reduced|below|withdrawn|disappoint\w*)|below (?:\w+ )?expectations|warns? (?:of|that|on)",
            "A lower outlook brings savings, and hard discounts when a quarter ends; expect both in deals that are open.",
        ),
        rule(
            "outlook raised",
            rf"(?:rais|lift|up|increas|boost|hik|upgrad)\w* (?:\S+ ){{0,5}}{_GUIDANCE}|{_GUIDANCE} (?:\w+ ){{0,3}}(?:raised|lifted|upgraded|increased|above)|above (?:\w+ )?expectations",
            "They sell more than they had planned; find out to whom, and whether accounts of ours are like those.",
        ),
        rule(
            "debt",
            r"credit (?:facility|line|agreement)|facility\b|(?:term|bank|bridge|syndicated|green)? ?loans?\b|debt\b|borrow|bonds?\b|(?:convertible|senior|secured|subordinated|green)(?: \w+)? notes?\b|notes (?:of|due|offering)|refinanc|covenant|venture debt|private placement of notes|revolving",
            "Borrowed money buys time and growth now and has to be paid back from prices later; ask what it is for before arguing with it.",
            unless=r"(?:free of|without|no|debt-free|low) debt|student loans?",
            aside=True,
        ),
        rule(
            "share sale",
            r"(?:sells?|sold|issu\w+|offer\w*|plac\w+|pric\w+) (?:\S+ ){0,6}(?:shares|stock|units|warrants|adss?|equity)|(?:share|rights|equity|public|stock|secondary|registered direct|at-the-market) (?:offering|issue|placement|sale)|capital increase|private placement",
            "New shares bring money without a lender's demands; see what it is meant for, and expect more selling where they name it.",
            aside=True,
        ),
        rule(
            "grant",
            r"grants?\b|subsid|state aid|public money|innovation fund|research fund",
            "Public money comes with a stated aim; note what they promised to build, as a product may follow.",
            unless=r"grants? (?:options|shares|stock)|(?:option|share|stock|equity) grants?",
            aside=True,
        ),
        rule(
            "rating",
            r"credit rating|(?:moody|fitch|s&p|standard & poor|dbrs)\b|(?:up|down)grades?\b|investment grade|junk",
            "Purchasing departments look at ratings in a supplier check; know this one before it is brought up.",
            aside=True,
        ),
    ),
    by_facts=_round,
    then=(
        rule(
            "results down",
            rf"miss(?:es|ed)? (?:\w+ )?(?:forecasts|expectations|estimates|targets)|(?:wider|bigger|larger|deeper|widens?|net|swings? to (?:a )?|posts? (?:a )?|reports? (?:a )?|records? (?:a )?|first) ?(?:\w+ )?loss(?:es)?\b|{_DOWN} (?:\S+ ){{0,4}}{_FIGURE}|{_FIGURE} (?:\S+ ){{0,6}}{_DOWN}\b|loss (?:before|for)\b|loss(?:es)? (?:of|widen\w*|grew|rose|deepen\w*)|in the red",
            "Falling figures press them to discount and to save; hold our price, and ask whether their service has changed.",
            unless=rf"loss(?:es)? (?:\w+ ){{0,2}}(?:narrow|shr|fell|halv)\w*|(?:narrow|small|lower|reduc)\w* (?:\w+ ){{0,2}}loss|costs? (?:\w+ ){{0,2}}(?:fell|down)|{_FIGURE} (?:\S+ ){{0,3}}{_UP}\b",
        ),
        rule(
            "results up",
            rf"beats? (?:\w+ )?(?:forecasts|expectations|estimates|targets)|{_UP} (?:\S+ ){{0,4}}{_FIGURE}|{_FIGURE} (?:\S+ ){{0,8}}{_UP}\b|(?:first|record|return\w* to|turns? (?:a )?|reach\w*|now|becomes?) (?:\w+ ){{0,3}}profit\w*|{_FIGURE} (?:\S+ ){{0,8}}\d\S* (?:percent|per cent|%) more|narrow\w* (?:\w+ ){{0,2}}loss|loss(?:es)? (?:\w+ ){{0,2}}(?:narrow|shr|fell|halv)\w*|break[- ]even|(?:return\w*|back) (?:to|in)(?:to)? (?:the )?black|like-for-likes? \+|milestone of|(?:pass|cross|top|exceed|surpass)\w* (?:\S+ ){{0,3}}(?:million|billion)",
            "Growth gives them proof and budget; expect less giving way on price, and defend accounts with results rather than discounts.",
        ),
    ),
    last=(
        rule(
            "results",
            r"results\b|quarter|half[- ]year|annual report|revenue|earnings|fiscal|turnover|profit|figures|10-[qk]\b|sales\b",
            "Figures tell how hard they can push; read them for the segment that grows or shrinks, and see whether accounts of ours are in it.",
        ),
        _RAISES,
    ),
    general="Results and funding decide how hard they can push on price, product and sales; see what the money is for.",
)
