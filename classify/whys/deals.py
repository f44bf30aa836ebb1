# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What it means whom a rival buys, is bought by, or works with: acquisitions and partnerships."""

from __future__ import annotations

import re

from classify.whys.rule import RIVAL, Meaning, Reason, Told, rule, say

_OFF = r"call(?:s|ed|ing)? off|abandon|walk(?:s|ed|ing)? away|terminat|withdr[ae]w|scrap(?:s|ped)|no longer (?:plan|acquir|buy|pursu)|falls? through|fell through|collaps|lapse|drops? (?:\w+ ){0,3}(?:bid|offer|plan|takeover)|end(?:s|ed)? (?:\w+ )?talks|reject|block(?:s|ed)?\b|refus"
_UNIT = r"unit|division|business|arm|subsidiary|product line|brand|stake|assets?|operations|portfolio|branch|department|plant|shares?"


def _bought(told: Told) -> Reason | None:
    """Say what a deal for a company means: the rival itself, or one that it takes over."""
    acquired = told.facts.acquired
    if acquired is None:
        return None
    if _is_rival(acquired, told.own):
        return Reason(about="bought", sentence=_SOLD)
    if told.facts.actor and not _TO_RIVAL.search(told.head):
        return say(
            "deal",
            (
                "A deal for {acquired} can change product lines, support and contracts; ask the accounts that use them what they have heard.",
                ACQUISITION.general,
            ),
            told,
        )
    return say(
        "buys",
        (
            "Customers of {acquired} get another supplier without having chosen one; ask which of our accounts are among them, and what is to stay.",
            _BUYS,
        ),
        told,
    )


_TO_RIVAL = re.compile(rf"\b(?:by|to) (?:\S+ ){{0,4}}{RIVAL}")


def _is_rival(name: str, own: tuple[str, ...]) -> bool:
    """Return True if a name is one of the rival's, with or without its legal form."""
    lower = name.lower()
    return any(
        lower == each.lower()
        or f"{lower} ".startswith(f"{each.lower()} ")
        or f"{each.lower()} ".startswith(f"{lower} ")
        for each in own
    )


_SOLD = "A new owner reviews products, prices and people; ask accounts what their contract says of a change of owner, and offer continuity."
_BUYS = "Whoever was a customer of what they buy gets another supplier unasked; find out which of our accounts that concerns."

ACQUISITION = Meaning(
    first=(
        rule(
            "called off",
            _OFF,
            "A deal that does not come about leaves plans open and contacts uneasy on both sides; ask accounts what had been promised to them.",
        ),
        rule(
            "talks",
            r"(?:in|early|advanced|exclusive|about|said to be in) (?:\w+ ){0,3}talks|talks (?:to|with|about|over)|explor(?:es?|ing) (?:a |the |its )*(?:sale|options|merger)|suitors?\b|in play\b|(?:unsolicited|non-binding|received an?) (?:\w+ )?(?:proposal|offer|approach)|(?:first|binding|final) bids?|not for sale|consider(?:s|ing) (?:a |an |the )*(?:sale|bid|offer|merger|buying|takeover)|reported(?:ly)?\b|rumou?r|sources sa(?:y|id)|people familiar|near(?:s|ing)? (?:a )?deal|approach(?:es|ed)?\b|strategic (?:review|options|alternatives)|could (?:buy|acquire|sell)|mulls?",
            "Nothing is signed; say nothing of it to accounts, but note which of them would be unsettled if it came true.",
        ),
        rule(
            "spin-off",
            r"spin(?:s|ning)?[- ]?(?:off|out)|spun (?:off|out)|demerg|split(?:s|ting)? (?:\w+ ){0,2}(?:off|into|itself)|separat(?:e|es|ing) (?:\w+ ){0,4}(?:business|unit|company|division)|carve-?out",
            "Two companies mean two contracts and two contacts; ask accounts that buy from both parts who will answer for what.",
        ),
        rule(
            "merger",
            r"merg(?:e|es|ed|ing|er)\b|combin(?:e|es|ing|ation)\b|join(?:s|ing)? forces|become one\b|one (?:team|entity)\b",
            "Where two become one, products overlap and some are dropped; ask accounts which of the two they use, and what they were told.",
            unless=r"mergers and acquisitions|m&a",
        ),
        rule(
            "bought",
            r"(?:be |is |was |been |being )?(?:acquired|bought|taken over|purchased|taken private) by (?!xrivalx)|(?:acquir|buy|purchas|take)(?:s|es|ing|e|ed)?(?: over)? xrivalx|(?:takeover|bid|offer|tender) (?:\w+ ){0,2}(?:for|of) xrivalx|(?:take|takes) xrivalx private|xrivalx (?:is |has been |was )?sold (?:to|itself)|sells itself|(?:we|xrivalx) (?:are|is) joining|xrivalx (?:to join|joins)|sale of (?:the company|xrivalx) (?:to|for)|(?:xrivalx|agree[sd]?) to be (?:acquired|bought|sold|taken)|to be (?:acquired|bought|taken over|taken private) (?:for|in)\b|new owners?\b|change of (?:control|owner)",
            _SOLD,
        ),
        rule(
            "stake",
            r"(?:stake|minority|majority|interest|holding|shareholding|percent|per cent|%) (?:\w+ ){0,2}(?:in|of) xrivalx",
            "A new large shareholder can change strategy long before the product; see who it is, and what else they hold.",
        ),
        rule(
            "stake",
            r"stake\b|minority|majority (?:holding|interest|shareholder|of)|shareholding|holding in|per ?cent (?:of|in)\b|\d[\d.,]* ?% (?:of|in|stake)|block of shares|(?:lifts?|raises?|cuts?) (?:\w+ )?holding|holding to \d",
            "A stake often comes before more; note who holds it, and watch whether the two begin to sell together.",
        ),
        rule(
            "assets",
            r"(?:acquir|buy|bought|purchas)\w* (?:\S+ ){0,4}(?:land|sites?|buildings?|property|trailers|trucks|ships?|vessels?|aircraft|equipment|machines?|plots?|acres|hectares|rights|licen[cs]es|spectrum|patents?)\b",
            "What is bought is means rather than customers; ask whether it changes what our accounts can be delivered, and when.",
        ),
        rule(
            "sells",
            rf"(?:sell|sells|sold|selling|divest\w*|dispos\w*|offload\w*|hand(?:s|ed)? over) (?:\S+ ){{0,6}}(?:{_UNIT})\b|(?:sale|disposal|divestment|divestiture) of (?:\S+ ){{0,6}}(?:{_UNIT})\b|(?:unit|division|business|arm) (?:is |was |to be )?sold|sheds?\b|carves? out|owner (?:\S+ ){0, 5}sells? to|hands? (?:it|them) to",
            "What is sold goes to new hands with its contracts; find out which accounts use it, and offer them something that will stay.",
        ),
        rule(
            "closed",
            r"(?:complet|clos|finali[sz]|conclud)(?:e|es|ed|ing)? (?:\w+ ){0,3}(?:acquisition|purchase|deal|takeover|merger|buyout|transaction|sale)|(?:acquisition|deal|takeover|transaction|merger) (?:is |has been |was )?(?:complete|closed|final|done)|now (?:part|owned)|completed acquisition|has (?:now )?been completed",
            "From now on they can sell both together to {acquired}'s customers and their own; ask which of our accounts are offered the package.",
            "From now on they can sell both together; ask which of our accounts are offered the package.",
        ),
    ),
    by_facts=_bought,
    then=(
        rule(
            "buys",
            r"acquir|buys\b|buying\b|to buy\b|bought\b|purchas|picks? up|absorbs?\b|assumes? ownership|takes? (?:on|in)\b|taking on|swallows?|scoops? up|adds? (?:\w+ ){0,2}(?:practices|companies|shops|clinics|sites)|tak(?:es|ing|en|e) over|takeover|acquisition|snaps? up",
            _BUYS,
        ),
    ),
    general="A change of owner or a purchase can change product line, support and contracts; ask accounts what they have been told.",
)


def _listed(told: Told) -> Reason | None:
    if told.facts.partners:
        sentence = "{partners} can bring them reach or capability that they lack alone; ask accounts that know both whether they were offered the two together."
        return say("partner", (sentence, PARTNERSHIP.general), told)
    if told.facts.removed:
        sentence = "Without {removed} they may lack reach or capability; customers who relied on it may ask around, so be easy to find."
        return say("ended", (sentence, _ENDED), told)
    return None


_ENDED = "What ends leaves a gap in their reach or capability; customers who relied on it may ask around, so be easy to find."

PARTNERSHIP = Meaning(
    first=(
        rule(
            "ended",
            r"(?:end|ends|ended|ending|sever\w*|dissolv\w*|cut\w*) (?:\w+ ){0,4}(?:partnership|alliance|agreement|cooperation|collaboration|contract|ties|relationship|venture|tie-up)|part(?:s|ed|ing)? (?:ways|company)|separate ways|(?:cooperation|collaboration) ends|terminat|no longer (?:\w+ ){0,2}(?:partner|lists?|works?|resell|sponsor|sell)|(?:partnership|alliance|agreement) (?:ends|is over|expires|lapses|has ended)|split(?:s|ting)? (?:up|from|with)|wind(?:s|ing)? up",
            "{partners} and those who relied on the tie have a gap to fill; call them before somebody else does.",
            "{removed} and those who relied on the tie may have a gap to fill; call them before somebody else does.",
            _ENDED,
        ),
        rule(
            "sponsorship",
            r"sponsor|naming rights|shirt|donat|charit|jersey|official (?:\w+ ){0,3}(?:partner|supplier|sponsor) (?:of|to|for)|foundation\b|scholarship",
            "It buys them attention, not a better product; ask whether accounts of ours are among the guests, and invite them ourselves.",
        ),
        rule(
            "joint venture",
            r"joint ventures?|\bjv\b|jointly (?:own|build|operat|found|set)|new company together|fifty-fifty|50[:/-]50",
            "A joint venture ties both for years and stands closer to customers than either alone; see the accounts it is meant for early.",
        ),
        rule(
            "marketplace",
            r"marketplace|app ?exchange|app store|cloud store|co-sell|app directory",
            "Bought through a marketplace, they may need no new supplier approval; check whether accounts can buy us there as well.",
        ),
        rule(
            "consulting",
            r"consult(?:ancy|ants?|ing)\b|systems? integrat|implementation partner|advis(?:ory|ers?|ors?)\b|implement\w* (?:the |xrivalx|\w+ )?(?:platform|software|system|at)|accenture|deloitte|kpmg|capgemini|service partner|agency\b|agencies\b",
            "Advisers name suppliers before a tender is written; get to know the same people at {partners}.",
            "Advisers name suppliers before a tender is written; get to know the people who give the advice.",
            unless=r"(?:partner|reseller|referral) program",
        ),
        rule(
            "programme joined",
            rf"(?:{RIVAL}|we)(?:[’']\w+)? (?:\S+ ){{0,4}}?(?:join(?:s|ed|ing)?|enter(?:s|ed)?|part of|member of|(?:accepted|admitted) (?:in)?to|(?:status|tier|level|partner) (?:in|of)) (?:the )?"
            rf"(?-i:(?!New|Partner|Reseller|Our)[A-Z])[\w&.’'-]* (?:(?!{RIVAL})[\w&.’'-]+ ){{0,4}}?(?:(?:partner|channel|reseller|affiliate|referral|alliance|developer|startup) (?:\w+ )?program|partner (?:network|ecosystem))",
            "{partners} may now name them to customers of its own; ask which of our accounts buy there, and call those first.",
            "Whoever runs the programme may now name them to its own customers; ask which of our accounts buy there, and call those first.",
        ),
        rule(
            "programme",
            r"(?:partner|channel|reseller|affiliate|referral|alliance|certification|ambassador|developer|startup) (?:\w+ )?program|partner (?:portal|tiers?|network|ecosystem|academy)",
            "They want others to sell for them; talk to our own partners before those are courted.",
        ),
        rule(
            "consortium",
            r"consortium|join(?:s|ed|ing)? (?:the |an? )?(?:[\w-]+ ){0,5}(?:alliance|foundation|association|council|initiative|coalition|forum|network|programme|program|body|working group|federation)|founding members?|members? of (?:the |an? )?(?:\w+ ){0,4}(?:alliance|foundation|consortium|association)",
            "Who sits where standards are made sees them first; ask whether we should be there as well.",
        ),
        rule(
            "research",
            r"universit|research (?:partnership|institute|cent(?:er|re)|collaboration|agreement|project|programme)|institute of|fraunhofer|academ(?:ic|y|ia)\b|(?:stud(?:y|ies)|co-?develop\w*|jointly develop)\b",
            "Work of this kind takes years, yet shows where they want to be; note the subject, and ask accounts whether they care for it.",
        ),
        rule(
            "exclusive",
            r"exclusiv|sole (?:distributor|supplier|partner|agent)|preferred (?:partner|supplier|vendor)",
            "A tie that shuts others out can close a way to customers; check at once whether it touches a partner or an account of ours.",
            unless=r"non-exclusiv",
        ),
        rule(
            "oem",
            r"white[- ]label|oem\b|embed(?:s|ded|ding)?\b|licen[cs](?:e|es|ed|ing)\b|under (?:its|their) own (?:brand|name)|powered by|built into|part of (?:the )?(?-i:[A-Z])",
            "Their product reaches people inside somebody else's; ask accounts that use {partners} what they find in it.",
            "Their product reaches people inside somebody else's; ask accounts whether they have met it there.",
        ),
        rule(
            "reseller",
            r"resell|re-sell|distribut|dealers?\b|agent(?:s|cy)? (?:for|in)|value[- ]added|sell(?:s|ing)? (?:together|xrivalx|\w+ )?(?:to|in|across|through|via|together)|channel partner|will (?:offer|sell|introduce|market|recommend)|introduc\w+ xrivalx|go[- ]to[- ]market|joint (?:sales|offer|marketing)|at a common price|refer(?:s|ral)?\b|available (?:through|via)|supply (?:agreement|deal)",
            "{partners} can carry them to accounts they did not reach; ask which of ours buy there, and call those first.",
            "Others now carry them to accounts they did not reach; ask which of ours buy there, and call those first.",
        ),
        rule(
            "technology",
            r"integrat|connect|plug|sync|interoperab|api\b|(?:work|works|run|runs|data|available|use|used|checks?|start\w*|send\w*|switch on) (?:\w+ ){0,4}(?:with|in|inside|on|from|to|into) |technolog(?:y|ical) partner|bring (?:\w+ ){0,4}(?:to|into)|inside\b|will use\b|combin",
            "Accounts that use {partners} can have both as one thing; ask which do, and whether they need the same tie from us.",
            "Accounts that use both can have them as one thing; ask which do, and whether they need the same tie from us.",
        ),
    ),
    by_facts=_listed,
    last=(
        rule(
            "joint",
            r"together\b|joint\b|jointly|both\b|co-?brand|tie-?up|team(?:s|ing)? up|shar(?:e|es|ing)\b|partner|alliance|cooperat|collaborat|agree\b|agreement|deal\b|taps\b|with (?-i:[A-Z])|their\b|two (?:companies|groups|firms)",
            "What two offer together can weigh more than either alone; ask accounts that know both whether it concerns them.",
        ),
    ),
    general="A partner can bring them reach or capability that they lack alone; ask accounts that know both what they were offered.",
)
