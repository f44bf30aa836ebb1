# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What a rival's customers and its new places mean."""

from __future__ import annotations

import re

from classify.whys.rule import Meaning, Reason, Told, reached, rule, say

#: The trade of a customer by its name or the words beside it, and who else is of that trade.
_TRADES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})", re.IGNORECASE), others)
    for pattern, others in (
        (r"banks?\b|banking\b|credit union|sparkasse|savings|building society", "other banks"),
        (r"insur|assurance|versicherung|underwrit", "other insurers"),
        (r"hospital|clinic|health|medical|care group|\bnhs\b", "others in health care"),
        (r"universit|college|school|academy|faculty", "other schools and universities"),
        (r"city of|council|ministry|county|municipal|government|authority|agency for|department of|police|district", "other authorities"),
        (r"airlines?\b|airways|airport|aviation", "others in aviation"),
        (r"hotels?\b|resorts?\b|hospitality|inns\b", "other hotels"),
        (r"retail|stores?\b|supermarket|grocer|fashion|shops\b", "other retailers"),
        (r"energ(?:y|ie)|power\b|utilit|electric|water\b|gas\b|solar", "other utilities"),
        (r"telecom|mobile\b|telco|broadband", "other telecoms companies"),
        (r"logistics|freight|shipping|rail\b|transport|courier|trucking", "others in transport"),
        (r"law firm|solicitors|legal\b|advocates", "other law firms"),
        (r"payments?\b|pay\b|fintech|lend(?:er|ing)|wallet", "other payment companies"),
        (r"games?\b|gaming|casino|betting", "other games companies"),
        (r"foods?\b|dairy|bakery|brewery|beverage|drinks", "others in food"),
        (r"pharma|biotech|laborator|therapeutics", "others in pharma"),
        (r"motors|automotive|cars\b|vehicles", "other carmakers"),
        (r"construction|builders|housing|real estate|property|properties", "others in property and building"),
        (r"manufactur|works\b|industries|steel|chemical|machinery|engineering", "other manufacturers"),
    )
)  # fmt: skip


def _reference(told: Told) -> Reason | None:
    if told.facts.removed and not told.facts.customers:
        return say(
            "lost",
            (
                "{removed} may have moved away from them; ask why, and whether a second source is wanted.",
                _LOST,
            ),
            told,
        )
    if not told.facts.customers:
        return None
    trade = _trade(told)
    if trade:
        sentence = "{customers} can be named against us at {trade}; have a customer of the same kind to name in reply."
        return say("won", (sentence, _WON), told, {"trade": trade})
    sentence = "{customers} can now be used as a reference against us; have a customer of the same kind to name in reply."
    return say("won", (sentence, _WON), told)


def _trade(told: Told) -> str | None:
    """Return who else is of the customers' trade, as their names tell, else the sentence that names them."""
    for text in (" ".join(told.facts.customers), told.head):
        found = next((others for pattern, others in _TRADES if pattern.search(text)), None)
        if found:
            return found
    return None


_LOST = "Who leaves has fresh reasons; ask for them, and whether a second source is wanted."
_WON = "A new customer can be used as a reference against us; have one of the same kind to name in reply."

CUSTOMER = Meaning(
    first=(
        rule(
            "lost",
            r"(?:drop|leav|quit|ditch|abandon|replac|dump)(?:s|es|ed|ing|ping|ped)? xrivalx|(?:mov|switch|migrat)(?:es?|ed|ing)? (?:away )?(?:from|off) xrivalx|(?:will )?not (?:to )?(?:renew|extend)|los(?:es?|t|ing) (?:\S+ ){0,4}(?:customer|client|contract|order|account|deal|tender)|(?:cancel|terminat|end)(?:s|led|ed|ing|es)? (?:\S+ ){0,3}(?:contract|order|deal|agreement|subscription)|no longer lists|(?:contract|order) (?:is |was )?(?:cancelled|terminated)",
            "{removed} may have moved away from them; ask why, and whether a second source is wanted.",
            "Who leaves has fresh reasons; ask {customers} for theirs, and whether a second source is wanted.",
            _LOST,
        ),
        rule(
            "renewed",
            r"renew|extend(?:s|ed|ing)? (?:\S+ ){0,4}(?:contract|agreement|deal|partnership|cooperation)|prolong|(?:signs?|agrees?) (?:\S+ ){0,2}(?:extension|another)|contract extension|(?:five|three|two|ten|\d+) more years",
            "A renewal takes {customers} off the table for now; note when it ends, and who there would have liked a change.",
            "A renewal takes that customer off the table for now; note when it ends, and who there would have liked a change.",
            unless=r"renewable",
        ),
        rule(
            "pilot",
            r"pilots?\b|trial(?:s|led|ling)?\b|proof of concept|\bpoc\b|tests?\b (?:xrivalx|the|a|it|its)|try(?:ing)? out",
            "A pilot is not a contract; see {customers} before it is decided, with something to compare it with.",
            "A pilot is not a contract; whoever decides can still be won, with something to compare it with.",
            unless=r"after (?:an? |the )?(?:\w+ )?(?:pilot|trial|test)|(?:successful|completed) (?:pilot|trial)|air ?line|pilots\b",
        ),
        rule(
            "widened",
            r"(?:roll(?:s|ed|ing)? out|expand|extend|widen|scal|deploy|increas)\w* (?:\S+ ){0,6}(?:to|across|at|in) (?:all|more|\d|another|every|its)|(?:\d[\d,.]*|all|more) more (?:\w+ )?(?:hotels|sites|stores|branches|users|seats|wards|plants|shops|schools)|follow-on order|second order|(?:additional|further|repeat) orders?|after a (?:successful )?(?:pilot|trial)",
            "Who buys more is content, and says so; expect {customers} to be named in deals of the same trade.",
            "Who buys more is content, and says so; expect to hear of it in deals of the same trade.",
        ),
        rule(
            "switched",
            r"(?:switch|chang|migrat|mov)(?:es|ed|ing|e)? (?:over )?(?:from (?-i:[A-Z])\S+ )?(?:\S+ )?(?:from|to) xrivalx|from (?-i:[A-Z])\w+ to xrivalx|replac(?:es|ed|ing|e) (?:\S+ ){1,4}with xrivalx|(?:chose|chooses|picked|picks|selects?|selected|prefers?) (?:xrivalx|us) over",
            "A story of switching is the strongest they can tell; find out what was left behind and why, and whether ours could have been it.",
            unless=r"from xrivalx",
        ),
        rule(
            "milestone",
            r"(?:(?:\d[\d,.]*|hundred|thousand|million|one|two|five|ten) ?(?:\+|k|m|thousand|million|hundred)?(?:th)? (?:\w+ ){0,2}(?:customers|teams|users|companies|clients|businesses|organi[sz]ations|merchants|clinics|schools|shops|stores|firms|practices|hotels|members|sites|hospitals|banks|accounts|developers|families|homes)) (?:now |already |have |has |are |use|run|trust|work|rely|on|with|in|worldwide)"
            r"|(?:passes|passed|reaches|reached|crosses|crossed|tops|surpass\w*|celebrat\w*|hits?|welcomes?) (?:\S+ ){0,5}(?:customers?|users?|clients?|teams|merchants|mark\b|milestone)|milestone|\d+(?:th|st|nd|rd) customer|(?:doubl|tripl)\w* (?:\w+ ){0,3}customers",
            "Such a number stands for safety in a buyer's mind; answer with customers who resemble the account, not with a larger number.",
        ),
        rule(
            "public",
            r"tender|(?:city|county|ministry|department|government|municipality|region|state|council|republic|province) of|public (?:sector|contract|procurement)|framework (?:agreement|contract)|procurement|army|navy|air force|police|defen[cs]e|ministry|municipal|nhs\b|federal",
            "Public contracts are mostly published; read this one for price and criteria, and expect {customers} to be named at other authorities.",
            "Public contracts are mostly published; read this one for price and criteria, and expect it to be named at other authorities.",
        ),
        rule(
            "case study",
            r"case study|went live|live in (?:\w+ )?(?:days|weeks)|after (?:\w+ )?(?:weeks|months|a year) with|a year in\b|never looked back|behind the scenes|spotlight|success story|customer story|how (?-i:[A-Z])[^.:]{0,60}?(?:with|use[sd]?|using|cut|sav\w+|grew|reduc\w+|built|mov\w+|found|manag\w+|clos\w+|keeps?)|testimonial|“|says? (?-i:[A-Z])\w+ (?-i:[A-Z])\w+|in (?:his|her|their) own words|tells? how|quote",
            "A story with figures persuades; know this one, and have a customer in the trade of {customers} to name in reply.",
            "A story with figures persuades; know this one, and have one of our own from the same trade.",
            unless=r"selects?\b|chooses?\b|signs?\b|awards?\b",
        ),
    ),
    by_facts=_reference,
    then=(
        rule(
            "order",
            r"orders?\b|ordered\b|contract|deal\b|takes? \d|(?:goes|go|went|turns?|opts?) (?:for|with|to)\b|runs? (?:\S+ ){0,5}(?:on|with)\b|preferred bidder|approved list|option exercised|framework|installs?|installed|buys?\b|bought\b|lands\b|nets\b|(?:use|used|uses) (?:\S+ ){0,4}(?:by|with|in)\b|rolled (?:\w+ )?out|gets? (?:\S+ ){0,4}from|customer will|to run on|to be used|with (?-i:[A-Z])\w+$|awarded|wins?\b|won\b|selects?|selected|chooses?|chose\b|picks?\b|deploy|signs?\b|signed\b|supply|go(?:es)? live|uses?\b|adopts?",
            "What one customer bought, others like it will hear of; find out what decided it, and have a customer of that kind to name.",
        ),
    ),
    general="A won or lost customer shows whom their offer convinces; look for the same need among our accounts.",
)


def _near(told: Told) -> Reason | None:
    if not reached(told):
        return None
    return say(
        "place",
        (
            "Accounts in {places} now have them as a nearer choice; see the largest of ours there first.",
            EXPANSION.general,
        ),
        told,
    )


EXPANSION = Meaning(
    first=(
        rule(
            "leaving",
            r"(?:leav|exit|quit|abandon)(?:s|es|ed|ing|t)? (?:the )?(?:\S+ ){0,3}(?:markets?|countr|region|business)|(?:pull|with)(?:s|ing|ed)? (?:\w+ )?out of|withdr[ae]w\w* (?:from|its)|market exit|retreat|exits? (?-i:[A-Z])|leaves? (?-i:[A-Z])|(?:stops?|ends?|ceas\w*) (?:\w+ ){0,3}(?:operations|business|sales|selling|service) in",
            "Accounts in {places} lose a supplier; call those that buy there before they are offered a makeshift.",
            "Accounts there lose a supplier; call those that buy from them before they are offered a makeshift.",
        ),
        rule(
            "relocation",
            r"(?:mov|relocat|transfer)(?:es|ed|ing|e|s)? (?:\w+ ){0,3}(?:headquarters|head office|hq|office|seat|site|base|premises|team)|(?:new|bigger|larger) (?:headquarters|head office|hq|home|premises)|relocat|we[’']?(?:ve| have) moved|moved (?:its )?offices?|moved to\b",
            "A move of house changes little for customers; note the new address, and whether people they deal with stay behind.",
        ),
        rule(
            "closing",
            r"clos(?:es?|ed|ing|ure)\b|shut(?:s|ting)?\b|no longer lists|mothball|wind(?:s|ing)? down",
            "Where they retreat, accounts lose a supplier close by; call those near {town}.",
            "Where they retreat, accounts lose a supplier close by; call those in the area.",
            unless=r"close(?:r)? to|clos\w+ (?:the |a |an )?(?:\w+ )?(?:gap|deal|round|acquisition)",
        ),
        rule(
            "data region",
            r"data (?:residency|region|cent(?:er|re)|stor|host|locali[sz]ation|sovereign)|(?:stor|host)(?:es|ed|ing|e|s)? (?:\w+ ){0,3}data|hosted in|keep (?:\w+ ){0,2}data in|(?:eu|local|second|new|us|uk) (?:data )?region|cloud region|servers? in|stored in",
            "An objection falls away for accounts that want their data in {places}; ask those what else still speaks for us.",
            "An objection falls away for accounts that want their data near; ask those what else still speaks for us.",
        ),
        rule(
            "language",
            r"(?:in|speaks?|into|add\w*|support\w*|understands?) (?:\w+ ){0,3}(?:Polish|Czech|Hungarian|German|French|Spanish|Italian|Dutch|Swedish|Danish|Norwegian|Finnish|Portuguese|Japanese|Chinese|Korean|Arabic|Turkish|Greek|Romanian|Hebrew|Hindi|Mandarin|Catalan|Welsh|Ukrainian)\b|new languages?\b|\d+ (?:more |new )?languages|locali[sz]|translat|multilingual",
            "People who work in their own language decide with us or against us by it; check which accounts asked for that one.",
            unless=r"market\b",
        ),
        rule(
            "shop",
            r"(?:shop|store|showroom|branch|outlet|restaurant|dealership|boutique|clinic|hotel|location)(?:s|es)?\b",
            "A place where people can see and try it draws buyers from around {town}; offer accounts there a visit of our own.",
            "A place where people can see and try it draws buyers from around; offer accounts there a visit of our own.",
            unless=r"data|offices?\b",
        ),
        rule(
            "plant",
            r"plants?\b|(?:second|new|third|another|production|assembly) (?:\w+ )?line|output|sq\.? ?ft|square (?:feet|met)|hectares|works\b|ramp-up|(?:doubl|tripl|expand)\w* (?:\S+ ){0,3}(?:capacity|output|site|plant)|factor(?:y|ies)|warehouse|production|capacity|manufactur|distribution cent|logistics cent|fulfil(?:l?ment)? cent|laborator|mine\b|refinery|terminal|(?:breaks?|broke) ground|line \d|wafer|gigafactory|campus|wind farm|solar park",
            "More capacity shortens waits and can lower prices once it runs; ask accounts whether delivery was what kept them away.",
            unless=r"clos|shut|customer",
        ),
        rule(
            "route",
            r"routes?\b|flights?\b|non-?stop|ferry|service (?:between|from|to)|fleet|destinations?\b",
            "New connections decide for whoever needs just those; check which accounts travel or ship that way.",
        ),
        rule(
            "office",
            r"offices?\b|hubs?\b|studio|(?:second|new|winter|third) (?:\w+ )?base|(?:service|research|development|innovation|engineering|r&d|delivery|support|tech(?:nology)?) (?:cent(?:er|re)|lab)|helpdesk|opens? (?:up )?(?:in|its|a|an|our)\b|base in|outpost|presence|subsidiary|entity|team in|representation|headquarters|on the ground",
            "With people in {town}, they can visit within the day; see the accounts there first, and say who of us is near.",
            "With people in {places}, they can visit within the day; see the accounts there first, and say who of us is near.",
            "With people on the spot, they can visit within the day; see the accounts there first, and say who of us is near.",
        ),
        rule(
            "industry",
            r"(?:mov|expand|push|branch|ventur|enter|step|turn|extend)\w* (?:\w+ ){0,3}(?:in)?to (?:the )?(?:\w+ )?(?:healthcare|health care|finance|insurance|retail|education|government|public sector|logistics|manufacturing|energy|hospitality|legal|automotive|agriculture|defen[cs]e|gaming|banking|life sciences|pharma|construction|real estate|utilities|telecoms?|travel|media|sport|hospitals)"
            r"|(?:platform|version|edition|offer|solution|product) for (?:hospitals|banks|insurers|schools|governments|retailers|clinics|hotels|law firms|manufacturers|farms)|new (?:vertical|industry|sector|segment)",
            "In a trade that is new to them they need first references and will offer much for them; warn our accounts of that trade.",
        ),
        rule(
            "market",
            r"(?:enter|expand|launch|arriv|land|start|go|com|debut|roll)\w* (?:\S+ ){0,5}(?:in|into|to|across|for|out in)? ?(?:the )?(?-i:[A-Z])\w+|market entry|now (?:available|live|serv\w+|sells?|operat\w+) in|now offered in|heads? (?:north|south|east|west|to|for)\b|turns? to (?:the )?(?-i:[A-Z])|new (?:market|countr|region|state|province)|international|abroad|overseas|customers in\b",
            "Accounts in {places} now have them as a nearer choice; newcomers buy their first references with low prices, so see ours there first.",
            "Newcomers to a market buy their first references with low prices; see our accounts there first.",
        ),
    ),
    by_facts=_near,
    general="They become a nearer choice for accounts in that place or market; see the largest of ours there first.",
)
