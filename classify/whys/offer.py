# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What a rival's offer and its way of presenting itself mean: launches and positioning."""

from __future__ import annotations

import re

from classify.rules.words import UPPER
from classify.whys.rule import Meaning, Reason, Told, is_title_case, rule, say

_MAKES = r"launch|introduc|unveil|new\b|releas|detect|prevent|prepare|protect|avoid|manag|monitor|reduc|cut|simulat|alert|track|without|never"
_STEPS = (
    "A list of steps rarely wins a deal by itself; look for the one item that an account has asked us for."
)


def _product(told: Told) -> Reason | None:
    if told.facts.product is None:
        return None
    sentence = "With {product} they may have what accounts were missing; place it beside ours, and ask who has looked for something like it."
    return say(
        "product", (sentence, LAUNCH.general), told, {"product": _in_full(told.facts.product, told.head)}
    )


def _in_full(product: str, head: str) -> str:
    """Return a product with what its name goes on with: "VerifyFlow Reuse" where "VerifyFlow" is known."""
    if is_title_case(head):
        return product
    found = re.search(rf"{re.escape(product)}((?: [{UPPER}][\w.]*){{1,2}})(?=$|[\s.,:;!?])", head)
    return f"{product}{found[1]}".rstrip(".") if found else product


LAUNCH = Meaning(
    first=(
        rule(
            "end of life",
            r"end[- ]of[- ](?:life|sale|support|service)\b|discontinu|sunset(?:s|ting|ted)?\b|(?:shut|wind)(?:s|ting|ing)?\s+(?:\w+\s+)?down\b|deprecat|retir(?:es?|ed|ing)\b(?! from)"
            r"|(?:say(?:s|ing)?|said) (?:goodbye|farewell) to|phas(?:es?|ed|ing) out|no longer (?:be )?(?:support|available|sold|maintain|offer)|stop(?:s|ped|ping)? (?:selling|supporting|offering)"
            r"|reach(?:es|ed)? (?:its|their|the) end\b|pull(?:s|ed|ing)? the plug|support (?:for|of) (?:\S+ ){1,5}(?:ends|stops|expires)|end(?:s|ed|ing)? support|stop(?:s|ped|ping)? (?:on \d|making|building|producing)|shut(?:s|ting)? (?:its|their|the) (?:\w+ )?(?:network|service|product|site|app)|off the market|go(?:es)? dark|farewell to|no more (?-i:[A-Z])|takes? (?:\S+ ){1,4}off sale|withdr(?:aw|ew)|mothball|switch(?:es|ed|ing)? off\b",
            "Customers of what is given up have to move anyway; find out which accounts use it, and offer them a way over before the date.",
            unless=r"withdraw(?:al)?s? (?:of|from) (?:cash|fund)|no longer (?:need|have to)",
        ),
        rule(
            "outage",
            r"outage|unavailab|service disruption|incident\b|data loss|(?:elevated|increased) error|(?:is|are|was|were|went|goes) down\b|failing\b|investigating errors",
            "Outages are remembered at renewal; ask the accounts that rely on this how they were served, and have our own record of uptime at hand.",
            unless=_MAKES,
        ),
        rule(
            "delay",
            r"delay(?:s|ed|ing)?\b|postpon|push(?:es|ed|ing)? back|slip(?:s|ped)? (?:to|into)|later than (?:planned|promised)|put(?:s|ting)? (?:\w+ ){0,4}on hold|halt(?:s|ed|ing)?\b|paus(?:es|ed|ing)\b",
            "Accounts that were waiting for it wait longer; ask whether what we have today would do.",
            unless=r"without delay|delayed (?:payment|delivery|flight|shipment)|no delay|delays? (?:in|of|at|on) (?:flight|deliver|shipment|payment|train)|(?:launch|introduc|unveil|releas|roll)(?:es|s|ed|ing) ",
        ),
        rule(
            "migration",
            r"(?:moving|switching|migrat\w+|coming|mov(?:e|es)|switch(?:es)?) (?:over |away |your \w+ )?from (?-i:[A-Z])|import(?:er|s|ing)? (?:\w+ ){0,4}from (?-i:[A-Z])(?!RIVAL)|migration (?:tool|kit|assistant|wizard|path)"
            r"|switch(?:ing)? kit|leave (?-i:[A-Z])\w+ behind",
            "They make it easy to change over to them; check whether it is our product that people are invited to leave, and why those would go.",
            unless=r"from (?:xrivalx|v?\d)",
        ),
        rule(
            "open source",
            r"open[- ]sourc(?:es|ed|ing)|(?:now |is |are |goes |go |becomes? )+open[- ]source\b|(?:under|to) (?:the |an? )?(?:apache|mit|mpl|agpl|gpl|bsd)\b|source code (?:is|of \w+ is) (?:now )?(?:public|open|available)",
            "Engineers can try it without asking anybody; expect it to turn up in evaluations before a buyer calls, and know what is left to pay for.",
        ),
        rule(
            "self-hosting",
            r"self-?host(?:ed|ing)?\b|on[- ]prem(?:ises?)?\b|air[- ]gapped|(?:in|on) your own (?:data cent(?:er|re)|cloud|servers?|infrastructure|hardware|network)|private cloud|bring your own cloud|single[- ]tenant|dedicated instance",
            "Accounts that may not use a shared cloud can now consider them; be clear about what we offer there before those ask.",
        ),
        rule(
            "preview",
            r"beta\b|alpha\b|preview\b|early[- ]access|wait(?:ing )?list|pilot (?:programme|program|phase|customers)|private test|try it first|sneak peek|coming soon|will launch|plans? to (?:launch|release|introduce)"
            r"|(?:is|are|now) testing\b|test(?:s|ing) (?:a|an) new|later this (?:year|month|quarter)|release candidate|\brc\d\b|pre-?orders?\b|rumou?r|leak(?:er|ed|s)\b|concept (?:car|phone|study)|prototype|test (?:use|run|phase)|announc\w+ (?:\w+ ){0,3}plans",
            "It is not there for everybody yet, which leaves time: show what we have today, and ask accounts what they would expect of such a thing.",
            unless=r"(?:after|out of|leaves?|left|exits?|following|months? (?:in|of)|ends?) (?:\w+ ){0,3}(?:beta|preview|early access)|general(?:ly)? availab",
        ),
        rule(
            "general availability",
            r"general(?:ly)? availab|(?:out of|leaves?|left|exits?) (?:\w+ ){0,2}(?:beta|preview|early access)|(?:after|ends) (?:\w+ ){0,4}(?:beta|preview|early access)",
            "What was promised can now be had; accounts that waited for it are free to decide, so talk to those first.",
        ),
        rule(
            "release",
            r"(?:product|release|feature) (?:update|note|round-?up)s?|what[’']s new|changelog|(?:release|version) \d[\d.]*:|(?:bug|small|minor|various|several|\d+) (?:\w+ )?(?:fix(?:es)?|improvements|bugs)\b|improvements and|other improvements",
            _STEPS,
        ),
        rule(
            "security",
            r"single sign[- ]on|sso\b|saml\b|scim\b|passkeys?\b|mfa\b|(?:two|multi)[- ]factor|encrypt|audit (?:log|trail)s?|customer[- ]managed key|role[- ]based|permissions?\b|access controls?|secrets? scanning|vulnerabilit|zero[- ]trust"
            r"|data loss prevention|bug bounty|session (?:control|timeout)s?|log-?ins?\b|sign-?ins?\b|(?:company|trusted|managed) devices|ip allow|hardware key",
            "Security and IT departments ask for such things before they agree to buy; check whether we can tick the same box in the next questionnaire.",
        ),
        rule(
            "compliance",
            r"complian|gdpr\b|hipaa\b|e-?invoic|retention (?:polic|rule|period)|consent (?:manage|vault|record)|dora\b|nis ?2\b|ai act\b|audit[- ]ready|legal hold|data (?:deletion|residency)|due diligence|regulatory report",
            "Buyers who are audited look for help with it; check what we can show them, and which accounts have the same duty.",
        ),
        rule(
            "assistant",
            r"ai\b|assistants?\b|copilot|co-pilot|chatbot|agents? (?:that|for|which|to)\b|agentic|llm\b|language models?\b|generative|gpt\b|machine[- ]learning|deep[- ]learning|neural|answers? (?:your )?questions? (?:about|on|from)",
            "Buyers will ask for our answer to it; find out what it does on real work, and with whose data, before anybody compares promises.",
        ),
        rule(
            "interface",
            r"apis?\b|sdks?\b|webhooks?\b|cli\b|command[- ]line|graphql|developer (?:portal|platform|tools?|kit)|terraform|client librar|mcp server|plug-?in (?:interface|framework)|software development kit",
            "What developers build on is hard to replace later; find out which accounts connect systems themselves, and show them how that goes with us.",
        ),
        rule(
            "mobile",
            r"iphone|ipad|android\b|ios\b|mobile app|app store|google play|apple watch|(?:on|for|from) (?:your|the|any) phone|offline mode|wearable",
            "Teams away from their desks decide for what works in the hand; try it beside ours on a real task before an account does.",
        ),
        rule(
            "integration",
            r"(?:integrat\w+|connect(?:s|ed|ion|or)?|sync(?:s|ed)?|works?|plugs?|hooks?|ties?|link(?:s|ed)?|talks?) (?:natively |directly |now |up |seamlessly |xrivalx )?(?:with|to|into|for|between) (?P<with>(?-i:[A-Z])[\w.]+(?: (?-i:[A-Z])[\w.]+)?)(?!\w)",
            "Accounts that use {with} have one reason more to choose them; check which do, and whether we connect to it as well.",
        ),
        rule(
            "integration",
            r"(?:new |native |our |an? )?(?P<with>(?-i:[A-Z])[\w.]+(?: (?-i:[A-Z])[\w.]+)?) (?:integration|connector|plug-?in|add-?(?:in|on)|extension|app) (?:is|for|now|:)|new (?P<by>(?-i:[A-Z])\w+) (?:integration|connector|plug-?in)",
            "Accounts that use {by} have one reason more to choose them; check which do, and whether we connect to it as well.",
            "Accounts that use both have one reason more to choose them; check which do, and whether we connect as well.",
        ),
        rule(
            "integration",
            r"integrations?\b|connectors?\b|plug-?ins?\b|now connects\b|add-?ins?\b|browser extension|interoperab",
            "Whatever they connect to is one objection fewer; check which accounts use it, and whether we connect as well.",
        ),
        rule(
            "free",
            r"free (?:\w+ ){0,2}(?:tool|checker|calculator|generator|edition|version|app|editor|scanner|template)|free (?:for|of charge|to use)|at no (?:extra |additional )?(?:cost|charge)|no account needed|for free\b|(?:is|are|now) free\b|free forever",
            "What is free meets buyers before any salesperson does; look at what it gives away, and what it leads people to buy.",
        ),
        rule(
            "results",
            r"(?:phase|stage) (?:[1-4]|i{1,3}|iv)\b|(?:clinical |field |safety )?trials?\b (?:of|show|find|meet|fail|result|read|data|enrol|complete|in\b)|first patient|topline|endpoint|last patient|(?:start|begin|complet|stop|halt|end)\w* (?:\S+ ){0,3}stud(?:y|ies)|misses on|dos(?:es?|ed|ing) (?:the )?first",
            "Results of trials are quoted long before anything is sold; know the figures, and what they leave open.",
            unless=r"free trial|trial (?:period|version|account)",
        ),
        rule(
            "reporting",
            r"dashboards?\b|reports? (?:\w+ ){0,3}(?:builder|editor|center|centre)|(?:custom|own|new|live|scheduled) reports?\b|reporting\b|analytics\b|insights\b|forecast(?:s|ing)? (?:for|of|tool|feature)|benchmark(?:s|ing)? (?:against|for|with)",
            "Managers buy what they can see on one page; compare such reports with ours for accounts that have to report upward.",
        ),
        rule(
            "automation",
            r"automat|workflows?\b|no[- ]code|rules? engine|on their own\b|by itself\b|hands[- ]free|auto-\w+|in one click|bulk\b|self-driving|autonomous",
            "Expect a claim of hours saved; have a figure of our own, from a customer whom the account knows.",
        ),
        rule(
            "version",
            r"release \d|version \d|v?\d+\.\d+(?:\.\d+)?\b(?! ?(?:million|billion|percent|per cent|%|m\b|x\b|times))",
            "A new version is a reason to call on those who once said no; compare what is new in it with what accounts have asked us for.",
            aside=True,
        ),
        rule(
            "release",
            r"updates? (?:for|to|from) \w+|(?:spring|summer|autumn|fall|winter) release",
            _STEPS,
        ),
        rule(
            "speed",
            r"(?:times|twice|percent|x|much|far|\d ?%) (?:as )?(?:fast|quick)|faster\b|quicker\b|(?:lower|less|reduced?|halv\w+) latency|in (?:under|less than) an? (?:second|minute|hour|day)|seconds instead of|speed(?:s|ed)? up",
            "Speed is easy to claim and easy to test; run our own comparison before an account does.",
        ),
    ),
    by_facts=_product,
    last=(
        rule(
            "product",
            r"(?:launch|introduc|unveil|debut|present|releas|roll)\w*|is here\b|is out\b|now available|meet\b|say hello|open(?:s|ed)? (?:orders|for)|available (?:now|from|today)|(?:a|our|its|the|all-|brand[- ])new (?!\w+$)|new:|new (?:line|range|collection|generation|model|edition|service|product)|go(?:es)? on sale|brings? out|reveal|extends? (?:\w+ )?(?:line|range)|line of|collection\b|edition\b|enters service|first (?:\w+ ){0,3}(?:product|model|device|of its kind)|is back\b",
            "Something new in their range can take away a reason to stay with us; place it beside ours, and ask which accounts have looked for it.",
        ),
        rule(
            "feature",
            r"can (?:now )?(?:be )?\w+|now (?:\w+s|show|let|support|on|with|in)\b|add(?:s|ed):?\b|lets? (?:you|users|customers|teams)|supports?\b|you (?:can|may|get)|show up|comes? to|brings?\b|opens? \w+|turns? (?:\w+ ){1,3}into|improved?\b|updat|enable\b|with \w+",
            "A small step, unless it is the one that an account has asked us for; look through our list of wishes before shrugging it off.",
        ),
    ),
    general="A changed offer can close a gap that kept customers with us; check it against what accounts have asked us for.",
)

POSITIONING = Meaning(
    first=(
        rule(
            "rename",
            r"(?:is|are|was|were|be|been) (?:now |to be )?(?:re)?named\b|renam|(?:is|are) now (?:called|known|trading|operating|named)|(?:we|xrivalx) (?:are|is) (?-i:[A-Z])\w+ now|xrivalx becomes xrivalx|becomes? (?-i:[A-Z])\w+(?: (?-i:[A-Z])\w+)?(?=$|[.,:;!]| as | in | under )"
            r"|(?:has|have|gets?|takes?|got|adopts?|chang\w+) (?:\w+ ){0,4}(?:new |its |our |the )+(?:\w+ )?name\b|new (?:company |corporate )?name\b|(?:formerly|previously) (?:known|called)|rebrands? (?:as|to)|rebranded (?:as|to)|under (?:the|a|one) (?:new |single )?(?:name|brand)|change of (?:\w+ )?name|new trade name|one name\b|by one name|shall be known|known as|(?:drop|shorten|chang|los|keep)\w* (?:\S+ ){0,5}name\b|turns? into (?-i:[A-Z])|re-?emerges as|say hello to (?-i:[A-Z])|simply (?-i:[A-Z“\"])|everything will be called|become one brand|retires? sub-brands",
            "Accounts will meet them under another name; note it wherever we keep the old one, so that nobody is surprised in a deal.",
            unless=r"named (?:\w+ ){0,3}(?:leader|winner|finalist)|domain name",
        ),
        rule(
            "comparison",
            r"vs\.?\s|versus\b|alternatives? to\b|compare(?:s|d)? (?:us|them|itself|xrivalx)|comparison page|compar(?:es?|ison) (?:with|to|against)|unlike (?-i:[A-Z])",
            "They name whom they want to be measured against; if that is us, check each claim and have the answer ready.",
        ),
        rule(
            "focus",
            r"(?:drop|exit|leav|quit|abandon|sell|giv|stop|clos|end)\w* (?:\w+ ){0,5}(?:to|and) (?:\w+ )?(?:focus|concentrat)|(?:focus|concentrat)\w* (?:\w+ ){0,2}(?:on|solely)|shift(?:s|ed|ing)? (?:\w+ ){0,3}(?:focus|towards?|from|to)|pivot|refocus|doubl\w+ down|narrow(?:s|ed|ing)? (?:\w+ )?focus|sharper focus|leav(?:e|es|ing) (?:the )?\S+ (?:market|business) to|exits? \w+ to be|no longer (?:take on|serve|build for|work for)|stop(?:s|ped)? serving|(?:hospitals|teams|banks|firms|clinics|schools|companies|devices) (?:only|alone)|new (?:strategy|direction|mission|chapter|course)|strategic (?:shift|review|focus|plan)|moves? (?:\w+ )?(?:upmarket|from \w+ (?:to|towards))|repositions?",
            "Where they turn to, expect more of them; where they turn from, their customers are left with less, and those are worth a call.",
        ),
        rule(
            "campaign",
            r"campaign|adverti[sz]|tv spot|commercial\b|billboard|ads?\b|slogan|tagline|strapline|motto",
            "More people will know the line and some will ask about it; give our own people one honest sentence in reply.",
        ),
        rule(
            "category",
            r"(?:we are|we[’']re|(?:is|are) now|calls? (?:itself|ourselves)|becomes?|describ\w+ itself (?:as)?) (?:\w+ ){0,2}(?:the|a|an) (?:\w+[ -]){0,5}(?:company|platform|category|layer|cloud|network|operating system|system|engine|suite|partner|house|marketplace|bank)"
            r"|(?:the|a) (?:first|only|leading) (?:\w+[ -]){0,4}(?:platform|company|cloud|layer|suite|system)|new category|category (?:of|called|leader)",
            "Who gives the thing a name tries to set what buyers ask for; have our own short list of what they should ask.",
        ),
        rule(
            "look",
            r"new (?:\w+ )?(?:look|logo|brand|design|identity|face|visual|website|site|home ?page|colou?rs?)|rebrand|brand (?:identity|refresh|relaunch|new)|logo\b|redesign|fresh (?:look|coat)|(?:visual|corporate) identity|looks? different|brand film|new us\b|mascot|(?:swap|chang|replac)\w* (?:\S+ ){0,4}(?:sign|mark|crown|letter|colou?r)s?\b|goes (?:blue|green|red|yellow|black|white|orange|pink)\b|new (?:sign|mark|typeface|uniform)s?\b",
            "A new look often comes with a new pitch; compare old pages and new ones for what they no longer say.",
        ),
        rule(
            "audience",
            r"(?:made|built|designed|meant|intended) for|now (?:for|serves|aims|targets|caters)|(?:aim|target|cater|court|woo)(?:s|ed|ing)? (?:at |to |for )?|(?:small|mid-?sized?|large|bigger|smaller) (?:\w+ ){0,2}(?:firms|companies|businesses|enterprises|teams|customers|practices|shops)|(?:found|noticed|liked|loved) by|first-time (?:buyers|users)|under-30s|whom it wants|for (?:enterprises?|startups|freelancers|agencies|developers|families|professionals|smes|nonprofits)\b|enterprise[- ](?:first|ready|grade)",
            "They say whom they want to win next; if that describes accounts of ours, see those before they do, and if not, use it elsewhere.",
        ),
        rule(
            "menu",
            r"(?:in|from|to) its main menu|main menu|navigation",
            "What enters a main menu is what they most want to sell; check whether it touches what our accounts buy from us.",
            unless=r"removed|no longer|took",
        ),
        rule(
            "message",
            r"on its start page|start page|home ?page|landing page|headline|(?:new|changed|now) (?:promise|message|claim|motto|purpose|story)|now (?:says|presents|speaks|promises|describes)|instead of|no longer (?:says|speaks|presents|calls)|promises?\b",
            "The first lines of a start page are written for the buyer they want most; check whether that is now ours, and adapt the talking points.",
        ),
    ),
    last=(
        rule(
            "claim",
            r"wants? (?:to be (?:known|seen)|you to know)|not (?:just|only|a|an) (?:\S+ ){1,4}any ?more|we[’']re not just|mission|purpose|what we (?:really )?(?:do|are|stand for)|presents? itself|call(?:s|ing)? (?:itself|ourselves)|recasting|(?:say|stand|known) for|who we are|vision\b|values\b|manifesto",
            "A claim invites the question what shows it; give accounts that question, and have our own proof beside it.",
        ),
    ),
    general="How they present themselves tells whom they will try to win next; read it with our own accounts in mind.",
)
