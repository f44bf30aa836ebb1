# ruff: noqa: E501  (a pattern broken over many lines hides which words belong together)
"""In which part does an account appear in the rival's news: customer, partner, investor, speaker, awardee, or in passing?"""

from __future__ import annotations

import re
from enum import StrEnum

from linking.folding import fold_text
from linking.names import Mention
from linking.story import Story
from store.kinds import Category


class Part(StrEnum):
    """The parts in which an account is *named*; ``passing`` is none of them."""

    CUSTOMER = "customer"
    PARTNER = "partner"
    INVESTOR = "investor"
    SPEAKER = "speaker"
    AWARDEE = "awardee"
    PASSING = "passing"


def _just_before(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern that finds one of the alternatives right before a name, with an article or adjective between."""
    return re.compile(
        rf"\b(?:{'|'.join(alternatives)})(?:,| the| a| an| new| first| latest| [a-z]+(?:an|ish|ch|ese))* ?$"
    )


GONE = re.compile(
    r"\b(?:no longer (?:lists?|shows?|features?|names?|a customer|a client|uses?|appears?|on)|disappear\w*|taken (?:down|off)|(?:was|were|been|is|has) removed|"
    r"remov(?:es|ed|al)|dropped from|vanish\w*|former customers?|ex customers?|was a customer|used to (?:be|use)|"
    r"(?:end(?:s|ed)?|cancel\w*|terminat\w*|quits?) (?:its|the|their|a)? ?(?:[\w'%,]+ )?(?:contracts?|agreement|relationship|subscription|use|deal|partnership)|"
    r"switch(?:es|ed)? away|stop(?:s|ped)? (?:using|buying)|walks? away|mov(?:es|ed) (?:off|away from)|turns? its back|part(?:s|ed)? ways|(?:leaves|left|abandon\w*|ditch\w*|drops?|dropped) (?:the )?(?:vendor|supplier|platform)|logo (?:is )?gone|"
    r"will not renew|did not renew|not renew\w*)\b"
)
LOST = re.compile(
    r"\b(?:not a customer|(?:did not|does not|will not|declined to|decided against|decided not to|has not|never) (?:[\w'%,]+ )?(?:choose|chosen|select\w*|use|buy|sign|adopt\w*|deploy\w*)"
    r"|reject\w*|turned down|instead of|rather than|lost out|lost the)\b"
)
PASSING_BEFORE = re.compile(
    r"(?:\b(?:unlike|compared (?:to|with)|versus|vs\.?|rivals? (?:of|to)?|competitors? (?:of|to|such as|like)?|compet\w+ with|near|opposite|next to|"
    r"according to|analysts? (?:at|from|of)|researchers? (?:at|from)|survey (?:by|of)|(?:report|research|study|note|data|figures|poll) (?:by|from|of)|index|"
    r"in the wake of|wake of|after|similar to|ahead of|behind|against|said|shares? of|(?:fine|fines|fined|penalty) (?:for|on|against)?|breach at|outage at|"
    r"incident at|news from|news of|trouble at|crisis at|not|collapse of|troubles of|scandal at|heard of|listed|across the road from|"
    r"worked at|career at|years at|(?:spent|began|started) [^.;]{0,30} at|alumni of|alumnus of|formerly (?:of|at|with)|former|previously (?:at|with|of)|ex|join(?:s|ing)?|"
    r"left for|leaves for|leaving for|leave for|to) $)"
)
PASSING_AFTER = re.compile(
    r"^(?:'s? (?:own|in house|breach|data breach|fine|outage|share price|shares|headquarters|building|tower|analysts?|economists?|results|collapse|"
    r"troubles|scandal|merger|old|former|legacy|annual)|,? (?:analysts?|economists?|research|said in|index|arena|shares|reported that|published|warned)\b)"
)
_ADVERB = r"(?:,[^,.;]{0,80},)?(?: (?:has|have|had|is|are|will|was|were|now|also|recently|today|this week|already|be|been|then|just|both|uses?|the|can))*"
CUSTOMER_AFTER = re.compile(
    rf"^{_ADVERB} ?(?:chooses?|chose|chosen|selects?|selected|picks?|picked|adopt(?:s|ed|ing)?|deploy(?:s|ed|ing)?|us(?:e|es|ed|ing)|rolls? out|rolled out|"
    r"rolling out|goes live|went live|going live|live (?:on|with)|switch(?:es|ed|ing)? (?:[\w'%,]+ ){0,4}(?:to|from)|mov(?:es|ed|ing) (?:[\w'%,]+ ){0,5}(?:to|onto|over)|migrat\w+|replac(?:es|ed|ing)|"
    r"standardi[sz]\w+|sign(?:s|ed)? (?:up|with|an?|the|on)|go(?:es)? with|went with|opt(?:s|ed) for|relies|rely|relied|trusts?|trusted|runs? (?:on|its|all|their)|ran its|implement\w*|"
    r"buys?|bought|renew(?:s|ed|ing)|extend(?:s|ed|ing)|expand(?:s|ed|ing) its|becomes? (?:[\w'%,]+ ){0,5}customer|became (?:[\w'%,]+ ){0,5}customer|as (?:a|its|our|their|the) (?:[\w'%,]+ ){0,3}(?:customer|client)|a customer|"
    r"cut(?:s|ting)?|reduc(?:es|ed|ing)|halv(?:es|ed|ing)|sav(?:es|ed|ing)|speed(?:s|ed)? up|shorten\w*|onboard(?:s|ed|ing)?|pilot(?:s|ed|ing)?|trial(?:s|led|ling)?|tests?|tested|"
    r"joins? (?:[\w'%,]+ ){0,4}(?:customers?|clients|list|roster|logo|wall)|joined (?:[\w'%,]+ ){0,4}(?:customers?|clients|list)|award(?:s|ed) (?:[\w'%,]+ ){0,3}(?:contract|tender)|order(?:s|ed)|tap(?:s|ped)|"
    r"appoint(?:s|ed)|commission(?:s|ed)|entrust\w*|hand(?:s|ed)|automat\w+|brings?|brought|made|makes|verif\w+|checks?|processes|handles|customers? (?:story|since)|customer|'s (?:switch|move|rollout|roll out|migration|onboarding|story|case))\b"
)
CUSTOMER_BEFORE = _just_before(
    # signs, wins, welcomes … the name
    r"(?:sign(?:s|ed|ing)?(?: up)?|w(?:ins?|on|inning)|lands?|landed|welcom\w+|add(?:s|ed|ing)?|secur(?:es|ed)|onboard(?:s|ed)|bags?|bagged|gains?|gained|counts)"
    r"(?: (?!with\b|to\b|by\b|from\b|at\b)[\w'%,.]+){0,5}",
    # customers such as the name
    r"(?:customers?|clients?|users?|adopters|buyers|brands|names)(?: such as| like| including| include| are|:| now include| today)[^.;]{0,90}",
    # used by the name
    r"(?:used|trusted|chosen|selected|deployed|adopted|picked|implemented|live|bought|ordered|running|rolled out|in production|in use|piloted|tested|signed|awarded|commissioned)"
    r"(?: \w+){0,3} (?:by|at|with|for)(?: [^.;]{0,60})?",
    # contract with the name
    r"(?:contract|deal|agreement|order|tender|pilot|project|rollout|roll out|renewal|trial|framework)(?: \w+){0,2} (?:with|from|at|for|by|of)(?: \w+){0,2}",
    r"(?:case study|testimonials?|customer story)(?::| with| on| of| from| by)?",
    r"(?:customers?|clients?):?",
    r"logos? of",
    r"(?:work(?:s|ing)? with|help(?:s|ed|ing)?|how|(?:at|for|with) (?:customer|client)|supplier to|serv(?:es|ing))",
    r"(?:suppl(?:y|ies|ied)|deliver\w*|provid\w+)(?: \w+){0,4} (?:to|for)",
)
CONTRACTS = re.compile(
    r"\b(?:contract|case study|customers?|clients?|testimonials?|logos?|deploy\w*|rollout|rolled out|goes live|went live|signed|signs|wins?|won|selects?|selected|chose|chooses|chosen|picks|picked|adopt\w*|uses?|using)\b"
)
PARTNER_BEFORE = re.compile(
    r"(?:\b(?:partner(?:s|ed|ing|ship|ships)?|team(?:s|ed|ing)? up|collaborat\w+|alliance|joint venture|integrat\w+|together|co ?operat\w+|join(?:s|ed|ing)? forces|co ?develop\w*|ties? up|"
    r"agreement|work(?:s|ing)? (?:closely |together )?)[^.;]{0,60}\b(?:with|between)(?: [^.;]{0,50})?(?: the)? |partners?(?::| are| include| including| such as)[^.;]{0,80} |\band |\bthrough |\bvia |\bwith )$"
)
PARTNER_AFTER = re.compile(
    r"^(?:,[^,]{0,60},)? ?(?:(?:and|to) [^.;]{0,60}?(?:partner|team|launch|join|announce|offer|integrat|collaborat|bring|combine|build|sign)\w*|partners? with|partnered with|will (?:resell|distribute|offer|sell|market|embed|bundle)|"
    r"resells?|distributes?|becomes? (?:[\w'%,]+ ){0,4}(?:partner|reseller|distributor)|joins? (?:[\w'%,]+ ){0,4}(?:partner|ecosystem|programme|program|alliance)|teams? up|bundles?|embeds?|integrates?|as (?:a |its |the )?(?:[\w'%,]+ ){0,2}(?:partner|reseller|distributor)|partnership|integration)\b"
)
INVESTOR = re.compile(
    r"(?:\b(?:led|co led|backed|joined|participation|funded|financed|underwritten|anchored|provided|supported|arranged|acquired) (?:by|from|of)[^.;]{0,90}|\binvest(?:or|ors|ment|ed)?(?: \w+){0,2}(?: from| by| include| including|:| such as| are)?[^.;]{0,80}|\bfunding from[^.;]{0,60}|\b(?:loan|facility|financing|money|capital|backing)(?: \w+){0,3} (?:from|with|by)[^.;]{0,60}) ?$"
)
INVESTOR_AFTER = re.compile(
    r"^(?:'s? (?:venture|investment|corporate|pension|growth)(?: \w+){0,3})?(?:,[^,]{0,60},)?(?: (?:ventures|also|and [^.;]{0,50}?))?(?: (?:has|have|will|also))* ?(?:invest(?:s|ed|ing)?|led the|leads the|leads|co ?led|participat\w+|takes? (?:a|an) (?:[\w'%,]+ ){0,3}stake|took (?:a|an) (?:[\w'%,]+ ){0,3}stake|buys? (?:a|an) (?:[\w'%,]+ ){0,3}stake|joined the round|(?:is|are|was|were) (?:among|one of) the (?:\w+ )?(?:investors|backers)|put(?:s)? (?:[\w'%,]+ ){0,3}into|backs|backed|contribut\w+)\b"
)
SPEAKER = re.compile(
    r"\b(?:speak(?:s|er|ers|ing)?|spoke|keynotes?|panel\w*|fireside|on stage|takes? the stage|podium|hear from|session|sessions|talks?|presents?|presenting|webinar with|joined by|joins us|guests?|co ?hosts?|co ?hosting|hosted with|moderat\w*|in conversation|line ?up|agenda|shares? (?:how|what|its|their|lessons)|"
    r"will (?:explain|show|tell|describe|discuss|share)|explains?|tells?|opens|opened|kicks? off|chairs?|headlin\w+|lectures?|round ?tables?|master ?class\w*|q and a|meet the|interview\w*|conversation with)\b"
)
#: At an event a person's post stands before the name of the employer: "the head of dispatch at …" is a speaker.
POST_BEFORE = re.compile(
    r"\b(?:head|director|chief|officer|cto|cio|ceo|cfo|ciso|manager|engineers?|lead|president|professor|buyer|architect|founder|nurse|doctor|planner)(?: [\w'%]+){0,5},? (?:of|at|from|for) $"
)
AWARD = re.compile(
    r"\b(?:awards?|awarded|prizes?|honou?rs?|honou?red|winners?|finalists?|shortlist\w*|trophy|recogni[sz]\w+|of the year|accolade|medal)\b"
)
AWARDED_AFTER = re.compile(
    r"^(?:,[^,]{0,60},)?(?: (?:has|have|was|were|is|are|also|and [^.;]{0,40}?))* ?(?:w(?:ins?|on)|receiv\w+|takes?|took|tak(?:es|en) home|honou?red|named|recogni[sz]\w+|awarded|shortlisted|picks? up|collect(?:s|ed)|as (?:the )?winner|among the winners|for (?:its|their|the|best))\b"
)
AWARDED_BEFORE = re.compile(
    r"(?:\b(?:awards?|prizes?|honou?rs?|trophy|medal)(?: [^.;]{0,70})? (?:to|goes to|went to|for|by) ?|\bwinners?(?: are| include| this year|:)?[^.;]{0,70}|\b(?:honou?r(?:s|ed|ing)|award(?:s|ed)|recogni[sz](?:es|ed)|names?|named|finalists?(?: are| include|:)?)(?: [^.;]{0,40})?) ?$"
)
OWN_AWARD = re.compile(
    r"^'s? (?:[^.;]{0,40} )?(?:supplier|vendor|partner|innovation) (?:[^.;]{0,20} )?(?:awards?|prize|of the year)"
    r"|^ (?:honou?rs|honou?red|names|named|votes|voted|picks|crowns|awards) [^.;]{0,60}\b(?:supplier|vendor|provider) of the year"
)
CUSTOMER_AWARD = re.compile(
    r"\b(?:customers?|clients?|users?) (?:[\w'%,]+ ){0,4}(?:awards?|prizes?|honou?rs?|of the year)\b|\b(?:awards?|prizes?) (?:for|to|among) (?:its |our |their )?(?:[\w'%,]+ )?(?:customers?|clients?|users?)\b"
)


def part_of(mention: Mention, sentence: str, story: Story) -> Part:
    """Return the part in which a sentence of the news names an account."""
    folded = fold_text(sentence)
    offset = len(folded) and 0
    head = folded[offset : mention.start] if mention.start <= len(folded) else folded
    tail = folded[mention.end :]
    if GONE.search(folded) or _is_lost(head, tail):
        return Part.PASSING
    if OWN_AWARD.match(tail):
        return Part.CUSTOMER
    if _is_passing(head, tail, story):
        return Part.PASSING
    return _by_words(head, tail, folded, story) or _by_category(folded, mention, story)


def _is_lost(head: str, tail: str) -> bool:
    return bool(LOST.search(tail[:60]) or re.search(r"\b(?:instead of|rather than|over|lost|loses) $", head))


def _is_passing(head: str, tail: str, story: Story) -> bool:
    if PASSING_AFTER.match(tail):
        return True
    match = PASSING_BEFORE.search(head)
    if match is None:
        return False
    return not (
        match.group().strip() in {"to", "like", "after", "not", "join", "joins"} and _gives_to(head, story)
    )


def _gives_to(head: str, story: Story) -> bool:
    return bool(
        re.search(
            r"\b(?:awards?|prizes?|go(?:es)?|went|suppl\w+|deliver\w*|provid\w+|sold|sells?|contract) (?:[^.;]{0,60} )?to $",
            head,
        )
    )


def _by_words(head: str, tail: str, folded: str, story: Story) -> Part | None:
    if AWARD.search(folded) and (AWARDED_AFTER.match(tail) or AWARDED_BEFORE.search(head)):
        return Part.AWARDEE
    if story.category in {Category.FINANCE, Category.ACQUISITION} and (
        INVESTOR.search(head) or INVESTOR_AFTER.match(tail)
    ):
        return Part.INVESTOR
    if story.category is Category.EVENT and (SPEAKER.search(folded) or POST_BEFORE.search(head)):
        return Part.SPEAKER
    if story.category is Category.PARTNERSHIP and (PARTNER_BEFORE.search(head) or PARTNER_AFTER.match(tail)):
        return Part.PARTNER
    if CUSTOMER_AFTER.match(tail) or CUSTOMER_BEFORE.search(head):
        return Part.CUSTOMER
    if PARTNER_AFTER.match(tail) or (
        PARTNER_BEFORE.search(head)
        and re.search(r"\b(?:partner\w*|team\w* up|joint|collaborat\w+|integrat\w+|alliance)\b", folded)
    ):
        return Part.PARTNER
    if INVESTOR.search(head) or INVESTOR_AFTER.match(tail):
        return Part.INVESTOR
    if SPEAKER.search(tail[:80]) and re.search(
        r"\b(?:conference|summit|webinar|event|stage|session|keynote|panel)\b", folded
    ):
        return Part.SPEAKER
    return None


def _by_category(folded: str, mention: Mention, story: Story) -> Part:
    if mention.doubtful:
        return Part.PASSING
    if story.category is Category.CUSTOMER and (CONTRACTS.search(folded) or _says_product(folded, story)):
        return Part.CUSTOMER
    if story.category is Category.PARTNERSHIP and _says_product(folded, story):
        return Part.PARTNER
    return Part.PASSING


def _says_product(folded: str, story: Story) -> bool:
    names = (*story.rival_names, *(fold_text(name) for name, _ in story.rival.products))
    return any(name in folded for name in names)
