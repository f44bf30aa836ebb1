# ruff: noqa: E501 (a pattern or word list is read as one line)
"""How texts name partners, customers and who is bought: the patterns that `classify.rules.companies` tries."""

from __future__ import annotations

import re

from classify.rules.words import COMPANY, DEMONYMS, PERSON, UPPER

_DEMONYM = rf"(?:{'|'.join(sorted(DEMONYMS))})"
TRADES = "Platform|Maker|Firm|Start-?[Uu]p|Provider|Company|Developer|Specialist|Agency|Vendor|Business|Operator|Distributor|Manufacturer|Chain|Group|Supplier|Leader|Pioneer|App|Boutique|Innovator"
#: What somebody is, before their name: "Zurich robotics lab called Kinesi", "POS firm Dukaan".
KIND = (
    r"firm|company|start-?up|maker|provider|lab|platform|app|vendor|specialist|agency|group|business|developer|chain|rival|operator|brand"
    r"|studio|consultancy|bank|insurer|retailer|software|supplier|distributor|manufacturer|boutique|venture|player|scale-?up|fintech|neobank|competitor|peer|house|team|unit|tool|service"
)
#: What may stand between a verb and the name: "the Dutch planning-tool vendor", "Hamburg-based", "60 % of shares in".
_FILLER = (
    rf"(?:(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent)(?:\s+(?:in|of))?|[Tt]he|[Gg]lobal|Assets|Of|All|In|Privately|Held|Private|Rival|Outstanding|Issued|Remaining|Common|Shares|Stock|Stake|Majority|Substantially|Certain|[{UPPER}][\w-]*-[Bb]ased|{_DEMONYM}"
    r"|(?:stakes?|interests?|investors|co-investors|minorit(?:y|ies)|shareholders|shares?|capital|equity|holding|ownership|control|majority|assets)\s+(?:in|of)|and(?=\s[a-z])"
    r"|(?!(?:in|from|near|at|on|by|with|to|under|after|for|via|that|which|who|and|into|as)\s)[a-z][\w’'-]*"
    rf"|(?:[{UPPER}][\w-]*\s+){{1,2}}(?=(?:[a-z][\w-]*\s+){{0,2}}(?:{KIND})\s+(?:called\s+|named\s+)?[{UPPER}])(?:[a-z][\w-]*)"
    rf"|(?:[{UPPER}][\w-]+\s+){{0,2}}(?:{TRADES})(?=\s+[{UPPER}]))\s+){{0,10}}?"
)
#: Words behind a people's name that make it a company's: "Swiss Re", "American Express".
_FIRM_WORDS = (
    r"(?:Re|Post|Life|Express|Airways|Airlines|Air|Telecom|Bank|Steel|Gas|Railways?|Council|Army|Navy|Government|Cancer|Heart|Red|Broadcasting|Institute"
    r"|Standards?|Eagle|Tobacco|Land|Petroleum|Power|Water|Tower|Family|University|Football|National)\b"
)
_NOT_KIND = rf"(?!{_DEMONYM}\s(?!{_FIRM_WORDS})|(?:Outstanding|Issued|Remaining|Common|Shares|Stock|All|Of|Assets|Majority|Substantially)\s|[{UPPER}][\w-]*-[Bb]ased|(?:[{UPPER}][\w-]*\s+){{1,2}}(?:[a-z][\w-]*\s+){{0,2}}(?:{KIND})\s+(?:called\s+|named\s+)?[{UPPER}])"
_LIST = rf"(?P<list>{COMPANY}(?:(?:,\s*|\s*,?\s+and\s+|\s*&\s*)(?:the\s+)?{COMPANY}){{0,7}})"
_PARTNER = (
    rf"(?i:partner(?:s|ed|ing|ships?)?|teams?\s+up|team(?:ed|ing)\s+up|alliance|joint\s+venture|collaborat\w+|co-?operat\w+|"
    rf"joins?\s+forces|joined\s+forces|ties?\s+up|tie-up|integrat\w+|memorandum\s+of\s+understanding|MoU|agreement|pact|tie-?up|letter\s+of\s+intent|codeshare(?:\s+flights)?)"
    rf"\s+(?i:agreement\s+)?(?i:with|between)\s+(?:(?:[Tt]he|[Gg]lobal|[a-z][\w-]*|[{UPPER}][\w-]*-[Bb]ased|{_DEMONYM}(?=\s+[a-z]))\s+){{0,6}}{_LIST}"
)
_TOGETHER = rf"(?i:together|jointly|co-?developed|alongside|in\s+(?:co-?operation|collaboration|conjunction)|built)\s+(?i:with)\s+(?:(?i:the|our\s+partners?)\s+)?{_LIST}"
_AS_PARTNER = rf"(?i:select|cho[os]+e?|pick|nam|appoint|sign|add|welcom)(?i:s|ed|es|ing|en)?\s+(?i:up\s+|on\s+)?(?P<name>{COMPANY})\s+(?i:as|for)\s+[^.;]{{0,50}}?(?i:partner(?:ship)?|sponsor|supplier)\b"
_CHOSEN_BY = rf"(?i:select|chosen|nam|pick|appoint)(?i:ed)?\s+(?i:by)\s+(?P<name>{COMPANY})\s+(?i:as)\s+[^.;]{{0,40}}?(?i:partner|supplier)\b"
_JOINED = rf"(?i:join(?:s|ed|ing)?)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY}?)(?:['’]s)?\s+(?i:partner)\s+(?i:network|program(?:me)?|ecosystem)"
_WORKS = rf"(?i:work(?:s|ing)?\s+(?:closely\s+)?with|resell(?:s|ing)?\s+through)\s+(?:(?i:the)\s+)?{_LIST}"
_RESELLS = rf"(?i:(?:reseller|distribution|licensing|supply|referral|partnership|co-?operation)\s+(?:agreement|deal|contract|pact)),\s+(?P<name>{COMPANY})\s+(?i:will|is|can|may)\b"
_PARTNER_OF = rf"(?i:partner|sponsor)\s+(?i:of|to)\s+(?:(?i:the)\s+)?(?:(?!(?:in|for|with)\s)[a-z-]+\s+){{0,3}}(?P<name>{COMPANY})"
JOINT = (
    rf"(?P<list>{COMPANY}(?:(?:,\s*|\s*,?\s+and\s+|\s*[&+]\s*)(?:the\s+)?(?:[a-z][\w-]*\s+){{0,3}}?{COMPANY}){{1,5}})\s+(?i:to\s+|will\s+|have\s+)?"
    r"(?i:partner|form|announce\s+(?:a\s+)?(?:\w+\s+)?(?:partnership|alliance|collaboration)|join\s+forces|team\s+up|tie\s+up|collaborat|sign|launch(?:\s+(?:an?\s+)?joint)?|set\s+up|create|found|co-?develop|team|build|develop|start|enter|extend|expand|deepen|cooperat|co-operat|agree)"
)
_RANK = r"(?:Advanced|Technology|Tech|Premier|Gold|Silver|Platinum|Diamond|Certified|Select|Solutions?|Official|Preferred|Strategic|Global|Elite|Consulting|Services?|Authori[sz]ed|Alliance|Channel|Build|Specialist|Cloud\s+Partner|Ready|Verified)"
_RANKED = rf"(?i:named|becomes?|became|recogni[sz]ed|achieves?|achieved|now|as|earns?|attains?|status\s+as)\s+(?:(?i:as\s+)?(?i:an?|the)\s+)?(?P<name>{COMPANY}?)\s+(?:{_RANK}\s+){{0,3}}(?i:partner)\b"
_MEMBER = rf"(?i:join(?:s|ed|ing)?)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})(?:['’]s)?(?:\s+[a-z-]+)?\s+(?i:as|programme|program|network|ecosystem|alliance|consortium|initiative|marketplace|partner)"
_ITS_PARTNER = rf"(?<![\w-])(?:our|its|their|with|and|launch|technology|delivery|channel|by)\s+(?:[a-z-]+\s+){{0,2}}partners?,?\s+{_LIST}"
_OF_THE = rf"(?i:partner)\s+of\s+the\s+(?:week|month|quarter|year),?:?\s+(?P<name>{COMPANY})"
_KIND_OF_PARTNER = rf"\b(?:official|certified|proud|preferred|approved|strategic|an?|the)\s+(?P<name>{COMPANY})\s+(?:[a-z-]+\s+){{0,2}}partners?\b"
_PARTNERS_NAME = rf"\bpartners\s+(?P<name>{COMPANY})(?=\s+(?:for|to|on|in|as)\b)"
_CHOSEN_AS = rf"(?P<name>{COMPANY})\s+(?i:(?:is|was|has\s+been)\s+)?(?:chosen|selected|named|picked|appointed)\s+as\s+[^.;]{{0,40}}?(?i:partner|supplier|sponsor)\b"
_SPONSORSHIP = rf"(?i:sponsorship)\s+(?:of|with)\s+(?:the\s+)?(?P<name>{COMPANY})"
_BUILT_IN = rf"(?i:ships?|comes?|delivered|launches)\s+with\s+(?P<name>{COMPANY})[^.;,]{{0,30}}?\s(?i:built\s+in|inside|on\s+board|pre-?installed|included)\b"
_BUILT_INTO = rf"(?i:\b(?:by|from))\s+(?P<name>{COMPANY})\s+(?:is|are|is\s+now|are\s+now|comes?|come)\s+(?:now\s+)?(?:built|integrated|embedded|available)\s+(?:in|into|inside)\b"
_COUNTS = rf"(?i:counts?|including|include)\s+{_LIST}\s+(?:among|as)\b"
_THREE = rf"{_LIST}\s+(?:to\s+|will\s+|have\s+)?(?:set\s+up|form|sign|launch|create|found|start|partner|agree|join\s+forces|team\s+up)"
_COMPOUND_PARTNER = rf"(?P<name>{COMPANY})\s+(?:ties|partnership|alliance|tie-up|collaboration|integration|connector|pact|marketplace|app\s+store)\b"
_PARTNER_COLON = rf"(?i:partners?)(?:\s+(?:of|for|in)\s+[^.;:]{{0,20}})?:\s+{_LIST}"
_IN_THEIRS = rf"(?i:embedded|available|integrated|built|included|listed|bundled|offered|distributed|comes?|coming|arrives?|sold|resold)\s+(?i:in|into|on|to|inside|through|via|by|within)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})"
_PROVIDER = rf"(?i:select|cho[os]+e?|pick|nam|appoint|tap)(?i:s|ed|es|ing|en)?\s+(?P<name>{COMPANY})\s+(?i:as|for)\s+[^.;]{{0,50}}?(?i:provider|vendor|distributor|reseller|alliance|platform|cloud)\b"
_SELLS_OURS = rf"(?:^|[,:]\s)(?P<name>{COMPANY})\s+(?i:to|will|now|has\s+begun\s+to)?\s*(?i:resells?|distributes?|offers?|sells?|bundles?|embeds?|integrates?|carr(?:y|ies)|adds?|lists?|stocks?)\s"
_WITH = rf"(?i:\bwith)\s+(?:(?:[Tt]he|[Gg]lobal|(?!(?:a|an|new|more|its|our)\s)[a-z][\w-]*|[{UPPER}][\w-]*-[Bb]ased|(?:{_DEMONYM}))\s+){{0,5}}?{_LIST}"
_SPONSOR = rf"(?P<name>{COMPANY})\s+(?i:sponsors?|joins\s+as\s+(?:a\s+)?sponsor)"
_BUYS = (
    rf"(?P<name>{COMPANY})\s+(?i:(?:has\s+|have\s+)?(?:select(?:s|ed)|choos(?:es)|chose(?:n)?|picks?|picked|deploys?|deployed|"
    r"adopts?|adopted|goes\s+live\s+(?:with|on)|renews?\s+with|switch(?:es|ed)\s+to|standardi[sz](?:es|ed)\s+on|rolls?\s+out|"
    r"implements?|implemented|runs?\s+on|moves?\s+to|moved\s+to|migrat(?:es|ed)\s+to|trusts?|relies\s+on|signs?\s+with))(?!\w)(?!\s+(?i:by|to)\b)"
)
_SOLD_TO = (
    r"(?i:(?:select(?:ed)?|chosen|picked|deployed|adopted|used|trusted|awarded)\s+by:?|"
    r"(?:contract|orders?|tender|award|deal|framework\s+agreement)(?:\s+[^.;A-Z]{0,50}?)?\s+(?:from|with|by)|delivers?\s+to|welcome\s+aboard,?|"
    rf"customers?\s+(?:such\s+as|like|including|include))\s+(?:(?i:the)\s+)?(?P<list>{COMPANY}(?:(?:,\s*|\s*,?\s+and\s+|\s*&\s*){COMPANY}){{0,7}})"
)
_STORY = rf"(?i:how|why)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})\s+(?i:uses?|used|cut|cuts|saved?|saves|runs?|scaled|moved|reduced|built|chose|automated|grew|switched|migrated|secured|boosted|doubled|modernized|modernised|transformed|replaced)"
_AWARDS = rf"(?P<name>{COMPANY})\s+(?i:(?:has\s+|have\s+)?award(?:s|ed))\s+(?=(?:[^.;]|\.(?=\d)){{0,90}}?\b(?i:contract|order|tender|deal|framework)\b)"
_QUOTED = rf"[”\"»’]\s*[–—-]\s*{PERSON},\s+[^,\n”\"]{{2,60}}?(?:,\s+|\s+(?:at|of)\s+)(?P<name>{COMPANY})\s*(?=$|[\n.])"
_STORY_OF = rf"(?i:(?:customer|client|success|case)\s+(?:story|study|spotlight)):\s+(?!(?i:how|why)\b)(?P<name>{COMPANY})(?=\s*(?:$|[.\n–—|]))"
_WELCOMED = rf"(?i:welcom(?:e|es|ing))\s+(?:(?i:the)\s+)?@?(?P<name>{COMPANY})\s+(?i:to\s+the\s+(?:[\w-]+\s+)?family|aboard|as\s+(?:our|an?)\s+(?:new(?:est)?\s+)?(?:customer|client))"
_BUYING = (
    r"(?i:(?:to\s+)?acquir(?:es|ed|e|ing)|acquisition\s+of|buys|bought|buying|to\s+buy|(?:completes?\s+|to\s+)?purchas(?:e|es|ed|ing)(?:\s+of)?|(?:takeover|buyout|buy)\s+of|"
    r"snap(?:s|ped)\s+up|gobbl(?:es|ed)\s+up|pick(?:s|ed)\s+up|swoop(?:s|ed)\s+(?:for|on)|acqui-?hir(?:es|ed|e)|übernimmt|kauft|scoop(?:s|ed)\s+up|swallow(?:s|ed)|absorb(?:s|ed)?|(?:merg(?:es|er|ed|e|ing)|combin(?:es?|ed|ing|ation))\s+with(?:\s+and\s+into)?|takes?\s+over|took\s+over|taking\s+over|rescu(?:es|ed|ing)|bags|bagged|grabs|buys\s+out|bought\s+out|"
    r"pa(?:ys?|id)\s+[^\s.;]{1,12}(?:\s(?:million|billion|m|bn|crore))?\s+for|(?:takes?|took|buys|bought|acquires?d?)\s+(?:an?\s+)?(?:majority\s+|controlling\s+|minority\s+)?(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent)\s+)?(?:stake|interest|share)\s+in)"
)
BOUGHT = rf"{_BUYING}\s+(?!(?i:by)\b){_FILLER}{_NOT_KIND}(?P<name>{COMPANY})"
_OFFER = rf"(?i:bid|bidder|suitors?|offer|auction|swoop|deal|move|takeover\s+approach)\s+(?:(?i:by)\s+{COMPANY}(?:\s+plc)?\s+)?(?i:for)\s+{_FILLER}{_NOT_KIND}(?P<name>{COMPANY})"
_MERGE = (
    rf"(?P<name>{COMPANY})\s+(?i:and|&)\s+(?P<other>{COMPANY})\s+(?i:(?:to|will|have\s+agreed\s+to|agree\s+to|announce|agree|plan|sign|confirm|complete)\s+)?(?:(?i:a|an|their|on|the)\s+)*"
    r"(?i:(?:all-share|all-stock|proposed|planned)\s+)?(?i:merge|combine|merger|combination)(?![\w-])"
)
_TURNS = rf"(?i:turns?|turning|make|making|makes)\s+{_FILLER}{_NOT_KIND}(?P<name>{COMPANY})\s+(?:(?i:into)\s+(?:an?\s+|its\s+)?|(?:an?\s+|its\s+))(?:[a-z-]+\s+){{0,3}}(?i:unit|subsidiary|division|arm)\b"
_PRIVATE = rf"(?i:tak(?:e|es|ing|en))\s+(?P<name>{COMPANY})\s+(?i:private)\b"
_COMPOUND = (
    rf"(?P<name>{COMPANY})\s+(?:talks|deal|bid|takeover|buyout|acquisition|purchase|buy|merger|transaction)\b"
)
_MERGER = (
    rf"(?i:merger|combination)\s+(?i:of|between)\s+(?P<name>{COMPANY})\s+(?i:and|with)\s+(?P<other>{COMPANY})"
)
_HYPHENED = rf"(?P<pair>[{UPPER}][\w.&]*[-–/][{UPPER}][\w.&]*)\s+(?i:deal|merger|tie-?up|takeover|transaction|acquisition)"
_BE = r"(?:(?:has\s+been|have\s+been|was|is|is\s+being|to\s+be|gets|will\s+be|(?:is\s+)?set\s+to\s+be|(?:has\s+)?agree[sd]?\s+to\s+be)\s+)?"
_TAKEN = (
    r"(?:acquired|bought|snapped\s+up|purchased|taken\s+over|taken\s+private|swallowed|absorbed|scooped\s+up)"
)
_PASSIVE = rf"(?P<name>{COMPANY})(?:,[^,.;]{{2,60}},)?\s+(?i:{_BE}{_TAKEN}\s+by\b)"
_NOUN_BY = rf"(?i:acquisition|takeover|buyout|purchase|buy-?out)\s+of\s+{_FILLER}(?P<name>{COMPANY})\s+by\s+(?:the\s+)?[{UPPER}]"
_AGREED = rf"^(?P<name>{COMPANY})\s[^.;]{{0,60}}?(?i:takeover|buyout|acquisition)\s+by\s"
_SELLS = (
    rf"(?P<name>{COMPANY})(?:,[^,.;]{{2,60}},)?\s+(?i:(?:agrees\s+to\s+|to\s+)?sells?(?:\s+itself)?\s+to)\s"
)
DIVESTS = (
    rf"(?i:sells?|sold|selling|divests?|divested|divesting|offloads?|offloaded|spins?\s+off|spun\s+off|disposes?\s+of|(?:sale|divestment|divestiture|disposal)\s+of)\s+"
    rf"{_FILLER}(?:its\s+)?(?P<name>{COMPANY}(?:\s+(?:business|unit|division|arm))?|(?<=its\s)[a-z][\w-]*\s+(?:business|unit|division|arm)(?=\s+to\s+[{UPPER}]))(?=[^.;]{{0,60}}?(?:\s(?:to|for)\s|[.;]|$))"
)
_UNIT = r"(?:business|unit|division|arm|subsidiary|segment|brand|app|platform|chain|studio|label|operation|affiliate|branch|line|service)"
#: "sells its podcast arm, Earshot, to": the arm has a name.
_NAMED_UNIT = rf"(?i:sells?|sold|selling|sale\s+of|divest(?:s|ed|ing|iture\s+of)?|offload(?:s|ed|ing)?|spin(?:s|ning)?\s+off|spun\s+off|dispos(?:es|ed|ing|al)\s+of|parts?\s+with|parted\s+with|buys?|bought|buying|acquir(?:es?|ed|ing)|purchas(?:es?|ed|ing))\s+(?:(?i:its|their|our|his|her|the)|{COMPANY}[’']s?)\s+(?:[\w&-]+\s+){{1,4}}?{_UNIT},?\s+(?:called\s+|named\s+|known\s+as\s+)?(?P<name>{COMPANY})(?=\s*,|\s+(?:to|for|from|in)\b|[.;]|$)"
_WE_BOUGHT = rf"(?P<name>{COMPANY}),?\s+(?:(?:the|an?|our)\s+(?:[\w’'&-]+\s+){{1,6}}?)?(?:that\s+|which\s+|whom?\s+)?(?:we|I)(?:['’]ve|\s+have)?\s+(?:just\s+|recently\s+|also\s+)?(?:bought|acquired|purchased|picked\s+up|snapped\s+up|took\s+over)\b(?!\s+(?:[{UPPER}]|an?\s|the\s|our\s|its\s|another|some))"
_IS_OURS = rf"(?P<name>{COMPANY}),?\s+(?i:is|are|becomes?|became)\s+(?i:now\s+|officially\s+|all\s+|finally\s+)*ours\b"
_NEW_OWNER = rf"(?P<name>{COMPANY})\s+(?i:(?:has|gets|have|found|finds|under)\s+(?:found\s+)?(?:an?\s+)?new\s+(?:owners?(?:hip)?|home|parent))\b"
_BELONGS = rf"(?P<name>{COMPANY})\s+(?i:now\s+belongs|belongs|will\s+belong|passes|passed)\s+(?i:in)?to\s+(?:the\s+)?[{UPPER}]"
_INTO = rf"(?P<name>{COMPANY})\s+(?i:(?:will|is|are|to|would|has|have|be|been|today)\s+)*(?i:merge[sd]?|merging|fold(?:s|ed|ing)?)\s+into\s+(?:the\s+)?[{UPPER}]"
_WING = rf"(?P<name>{COMPANY})\s+[^.;]{{0,60}}?(?i:com(?:e|es|ing)|came|moves?|moved|slips?|slipped)\s+(?i:under)\s+(?:the\s+)?(?i:wing|roof|umbrella|ownership|control)\s+of\s+(?:the\s+)?[{UPPER}]"
_TALKS = rf"(?i:talks|negotiations|discussions)\s+(?:between|of)\s+(?P<name>{COMPANY})\s+(?:and|with)\s+(?P<other>{COMPANY})\s+(?i:about|over|on|for)\s+(?:an?\s+|the\s+)?(?:[a-z-]+\s+)?(?i:takeover|buyout|merger|sale|purchase|acquisition|combination|tie-?up|deal)\b"
_SELLS_UNIT = rf"(?i:sells?|sold|selling|divests?|divested|divesting|offloads?|offloaded|parts\s+with)\s+its\s+(?:loss-making\s+)?(?P<name>(?:[\w-]+\s+){{1,3}}?(?:business|unit|division|arm|segment))\b(?!\s+[{UPPER}])"
_OWNERSHIP = rf"(?i:ownership|shareholder|stake|shareholding|holding|shares|interest|majority|control)\s+(?i:in|of)\s+{_FILLER}{_NOT_KIND}(?P<name>{COMPANY})"
_SOLD = rf"(?P<name>{COMPANY})(?:,[^,.;]{{2,60}},)?\s+(?i:(?:has\s+been|have\s+been|was|is|is\s+being|to\s+be|gets)\s+(?:acquired|bought|taken\s+over)\s+by|has\s+agreed\s+to\s+be\s+acquired|(?:has\s+been\s+|is\s+|was\s+)?sold\s+to)"
JOINS = rf"(?P<name>{COMPANY})\s+(?i:(?:is\s+|are\s+)?(?:join(?:s|ing|ed)|becom(?:es|ing)\s+part\s+of)|to\s+join|has\s+joined|is\s+now\s+part\s+of|will\s+become\s+part\s+of)\s+"

PARTNERS = tuple(
    re.compile(pattern)
    for pattern in (
        _PARTNER,
        JOINT,
        _SPONSOR,
        _TOGETHER,
        _AS_PARTNER,
        _PARTNER_OF,
        _CHOSEN_BY,
        _WORKS,
        _RESELLS,
        _JOINED,
        _RANKED,
        _MEMBER,
        _ITS_PARTNER,
        _PARTNER_COLON,
        _PROVIDER,
        _OF_THE,
        _KIND_OF_PARTNER,
        _PARTNERS_NAME,
        _CHOSEN_AS,
        _SPONSORSHIP,
        _COUNTS,
        _BUILT_IN,
        _BUILT_INTO,
    )
)
#: Asked in this order where no surer pattern finds a partner: in news of a partnership, whom it is with.
PERHAPS_PARTNERS = tuple(
    re.compile(pattern) for pattern in (_WITH, _IN_THEIRS, _SELLS_OURS, _THREE, _COMPOUND_PARTNER)
)
CUSTOMERS = tuple(
    re.compile(pattern) for pattern in (_BUYS, _SOLD_TO, _STORY, _AWARDS, _QUOTED, _STORY_OF, _WELCOMED)
)
ACQUIRED = tuple(
    re.compile(pattern)
    for pattern in (
        _NAMED_UNIT,
        _TALKS,
        _PASSIVE,
        _NOUN_BY,
        _AGREED,
        _SELLS,
        BOUGHT,
        _SOLD,
        _OFFER,
        _MERGE,
        _MERGER,
        _HYPHENED,
        _TURNS,
        _PRIVATE,
        _SELLS_UNIT,
        DIVESTS,
        _OWNERSHIP,
        _WE_BOUGHT,
        _IS_OURS,
        _NEW_OWNER,
        _BELONGS,
        _INTO,
        _WING,
        _COMPOUND,
    )
)
#: Patterns whose name may be the rival's: it is the one that is bought.
OWN_TOO = frozenset(
    pattern
    for pattern in ACQUIRED
    if pattern.pattern in {_PASSIVE, _NOUN_BY, _SELLS, _SOLD, _OWNERSHIP, _PRIVATE, _OFFER, _AGREED}
)
FIRM_BEHIND = re.compile(_FIRM_WORDS)
NO_COMPANY = re.compile(
    r"(?i:['’](?:re|ve|m|ll|d)$|^(?:dr|mr|mrs|ms|prof)\.?\s|^(?:here|it|that|there|what|let|who)['’]s)|^(?:Proposed|Planned|Cash|Tender|Takeover|Acquisition|Merger|Definitive|New|Big|Record|Multi|Week|Days?|Today|Customers?|Users?|Series|Group|Shares|Act|Law|January|Q[1-4]|AI|API|CEO|IPO|EU|UN)$"
)
#: A sentence with more capitalised words than this is a headline in title case, whose names cannot be told.
MOSTLY = 0.6
TOGETHERNESS = re.compile(
    r"\b(?:partner(?!s?\s+(?:day|program|portal))|alliance|collab|deal|agree|joint|pact|together|co-develop|sponsor|marketplace|app\s+store|tie)",
    re.IGNORECASE,
)
ANY = re.compile(
    rf"(?:(?<=\s)|^(?=[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*\s(?:and|to|will|has|is|[a-z]+s)\b))(?!(?i:one|two|three|four|five|six|seven|ten|why|how|business|data|web|internet|cloud)\b)(?P<name>{COMPANY})"
)
AFTER_PLACE = re.compile(rf"(?:\s+[a-z][\w’'-]*){{1,4}}\s+(?P<name>{COMPANY})")
#: An aside about an earlier purchase: ", which bought Zollwerk last year,".
EARLIER_ASIDE = re.compile(
    r",\s+(?:which|who)\s[^,.;]{2,80}?\b(?:last\s+(?:year|month|week|spring|summer|autumn|fall)|in\s+20\d\d|earlier|previously|already)\b[^,.;]{0,20},"
)
#: Words before a name that is no partner, or none any more.
APART = re.compile(
    r"\b(?:rupture|split(?:ting)?|break(?:ing)?(?:-?up)?|part(?:ing|ed)|dispute|row|feud|fall(?:ing)?-?out|unlike|instead\s+of)\s+(?:(?:up|ways)\s+)?(?:with\s+|from\s+)?$",
    re.IGNORECASE,
)
HANDLE = re.compile(rf"@(?=[{UPPER}])")
SPLIT = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


#: What a text must hold for a slow pattern to be tried: those that begin with any company's name.
HINTS = {
    JOINT: ("partner", "allian", "form", "announce", "force", "team", "tie", "collab", "sign", "launch", "build", "develop", "start", "enter", "ext", "exp", "deep", "cooper", "co-op", "agree", "set up", "create", "found"),
    _SPONSOR: ("sponsor",),
    _CHOSEN_AS: (" as ",),
    _COMPOUND: ("talks", "deal", "bid", "takeover", "buyout", "acquisition", "purchase", "buy", "merger", "transaction"),
    _COMPOUND_PARTNER: ("ties", "tie-up", "partnership", "alliance", "collab", "integration", "connector", "pact", "marketplace", "app store"),
    _PASSIVE: (" by ",),
    _SELLS: ("sell",),
    _SOLD: ("acquired by", "bought by", "taken over by", "be acquired", "sold to"),
    _TURNS: ("into", " a ", " its "),
    _MERGE: ("merge", "combin"),
    _WE_BOUGHT: ("we ", "i ", "we’", "we'"),
    _IS_OURS: (" ours",),
    _NEW_OWNER: ("new owner", "new home", "new parent"),
    _BELONGS: (" to ", " into "),
    _INTO: (" into ",),
    _WING: (" under ",),
    _SELLS_OURS: ("sell", "distribut", "offer", "bundle", "embed", "integrat", "carr", "add", "list", "stock"),
}  # fmt: skip
