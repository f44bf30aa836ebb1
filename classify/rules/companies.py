# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Companies in a text: partners, customers, and who was bought. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.rules.beside import is_beside, is_how_to, is_off, only_beside
from classify.rules.places import find_places
from classify.rules.words import COMPANY, DEMONYMS, UPPER, sentences, tidy, without_form

_DEMONYM = rf"(?:{'|'.join(sorted(DEMONYMS))})"
_TRADES = "Platform|Maker|Firm|Start-?[Uu]p|Provider|Company|Developer|Specialist|Agency|Vendor|Business|Operator|Distributor|Manufacturer|Chain|Group|Supplier|Leader|Pioneer|App|Boutique|Innovator"
#: What somebody is, before their name: "Zurich robotics lab called Kinesi", "POS firm Dukaan".
_KIND = (
    r"firm|company|start-?up|maker|provider|lab|platform|app|vendor|specialist|agency|group|business|developer|chain|rival|operator|brand"
    r"|studio|consultancy|bank|insurer|retailer|software|supplier|distributor|manufacturer|boutique|venture|player|scale-?up|fintech|neobank|competitor|peer|house|team|unit|tool|service"
)
#: What may stand between a verb and the name: "the Dutch planning-tool vendor", "Hamburg-based", "60 % of shares in".
_FILLER = (
    rf"(?:(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent)(?:\s+(?:in|of))?|[Tt]he|[Gg]lobal|Assets|Of|All|In|Privately|Held|Private|Rival|Outstanding|Issued|Remaining|Common|Shares|Stock|Stake|Majority|Substantially|Certain|[{UPPER}][\w-]*-[Bb]ased|{_DEMONYM}"
    r"|(?:stakes?|interests?|investors|co-investors|minorit(?:y|ies)|shareholders|shares?|capital|equity|holding|ownership|control|majority|assets)\s+(?:in|of)|and(?=\s[a-z])"
    r"|(?!(?:in|from|near|at|on|by|with|to|under|after|for|via|that|which|who|and|into|as)\s)[a-z][\w’'-]*"
    rf"|(?:[{UPPER}][\w-]*\s+){{1,2}}(?=(?:[a-z][\w-]*\s+){{0,2}}(?:{_KIND})\s+(?:called\s+|named\s+)?[{UPPER}])(?:[a-z][\w-]*)"
    rf"|(?:[{UPPER}][\w-]+\s+){{0,2}}(?:{_TRADES})(?=\s+[{UPPER}]))\s+){{0,10}}?"
)
#: Words behind a people's name that make it a company's: "Swiss Re", "American Express".
_FIRM_WORDS = (
    r"(?:Re|Post|Life|Express|Airways|Airlines|Air|Telecom|Bank|Steel|Gas|Railways?|Council|Army|Navy|Government|Cancer|Heart|Red|Broadcasting|Institute"
    r"|Standards?|Eagle|Tobacco|Land|Petroleum|Power|Water|Tower|Family|University|Football|National)\b"
)
_NOT_KIND = rf"(?!{_DEMONYM}\s(?!{_FIRM_WORDS})|(?:Outstanding|Issued|Remaining|Common|Shares|Stock|All|Of|Assets|Majority|Substantially)\s|[{UPPER}][\w-]*-[Bb]ased|(?:[{UPPER}][\w-]*\s+){{1,2}}(?:[a-z][\w-]*\s+){{0,2}}(?:{_KIND})\s+(?:called\s+|named\s+)?[{UPPER}])"
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
_JOINT = (
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
    r"(?i:(?:select(?:ed)?|chosen|picked|deployed|adopted|used|trusted|awarded)\s+by|"
    r"(?:contract|orders?|tender|award|deal|framework\s+agreement)(?:\s+[^.;A-Z]{0,50}?)?\s+(?:from|with|by)|delivers?\s+to|welcome\s+aboard,?|"
    rf"customers?\s+(?:such\s+as|like|including|include))\s+(?:(?i:the)\s+)?(?P<list>{COMPANY}(?:(?:,\s*|\s*,?\s+and\s+|\s*&\s*){COMPANY}){{0,7}})"
)
_STORY = rf"(?i:how|why)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})\s+(?i:uses?|used|cut|cuts|saved?|saves|runs?|scaled|moved|reduced|built|chose|automated|grew|switched|migrated|secured|boosted|doubled|modernized|modernised|transformed|replaced)"
_BUYING = (
    r"(?i:(?:to\s+)?acquir(?:es|ed|e|ing)|acquisition\s+of|buys|bought|buying|to\s+buy|(?:completes?\s+|to\s+)?purchas(?:e|es|ed|ing)(?:\s+of)?|(?:takeover|buyout|buy)\s+of|"
    r"snap(?:s|ped)\s+up|gobbl(?:es|ed)\s+up|pick(?:s|ed)\s+up|swoop(?:s|ed)\s+(?:for|on)|acqui-?hir(?:es|ed|e)|übernimmt|kauft|scoop(?:s|ed)\s+up|swallow(?:s|ed)|absorb(?:s|ed)?|(?:merg(?:es|er|ed|e|ing)|combin(?:es?|ed|ing|ation))\s+with(?:\s+and\s+into)?|takes?\s+over|took\s+over|taking\s+over|rescu(?:es|ed|ing)|bags|bagged|grabs|buys\s+out|bought\s+out|"
    r"pa(?:ys?|id)\s+[^\s.;]{1,12}(?:\s(?:million|billion|m|bn|crore))?\s+for|(?:takes?|took|buys|bought|acquires?d?)\s+(?:an?\s+)?(?:majority\s+|controlling\s+|minority\s+)?(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent)\s+)?(?:stake|interest|share)\s+in)"
)
_BOUGHT = rf"{_BUYING}\s+(?!(?i:by)\b){_FILLER}{_NOT_KIND}(?P<name>{COMPANY})"
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
_DIVESTS = (
    rf"(?i:sells?|sold|selling|divests?|divested|divesting|offloads?|offloaded|spins?\s+off|spun\s+off|disposes?\s+of|(?:sale|divestment|divestiture|disposal)\s+of)\s+"
    rf"{_FILLER}(?:its\s+)?(?P<name>{COMPANY}(?:\s+(?:business|unit|division|arm))?|(?<=its\s)[a-z][\w-]*\s+(?:business|unit|division|arm)(?=\s+to\s+[{UPPER}]))(?=[^.;]{{0,60}}?(?:\s(?:to|for)\s|[.;]|$))"
)
_SELLS_UNIT = rf"(?i:sells?|sold|selling|divests?|divested|divesting|offloads?|offloaded|parts\s+with)\s+its\s+(?:loss-making\s+)?(?P<name>(?:[\w-]+\s+){{1,3}}?(?:business|unit|division|arm|segment))\b(?!\s+[{UPPER}])"
_OWNERSHIP = rf"(?i:ownership|shareholder|stake|shareholding|holding|shares|interest|majority|control)\s+(?i:in|of)\s+{_FILLER}{_NOT_KIND}(?P<name>{COMPANY})"
_SOLD = rf"(?P<name>{COMPANY})(?:,[^,.;]{{2,60}},)?\s+(?i:(?:has\s+been|have\s+been|was|is|is\s+being|to\s+be|gets)\s+(?:acquired|bought|taken\s+over)\s+by|has\s+agreed\s+to\s+be\s+acquired|(?:has\s+been\s+|is\s+|was\s+)?sold\s+to)"
_JOINS = rf"(?P<name>{COMPANY})\s+(?i:(?:is\s+|are\s+)?(?:join(?:s|ing|ed)|becom(?:es|ing)\s+part\s+of)|to\s+join|has\s+joined|is\s+now\s+part\s+of|will\s+become\s+part\s+of)\s+"

PARTNERS = tuple(
    re.compile(pattern)
    for pattern in (
        _PARTNER,
        _JOINT,
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
CUSTOMERS = tuple(re.compile(pattern) for pattern in (_BUYS, _SOLD_TO, _STORY))
ACQUIRED = tuple(
    re.compile(pattern)
    for pattern in (
        _PASSIVE,
        _NOUN_BY,
        _AGREED,
        _SELLS,
        _BOUGHT,
        _SOLD,
        _OFFER,
        _MERGE,
        _MERGER,
        _HYPHENED,
        _TURNS,
        _PRIVATE,
        _SELLS_UNIT,
        _DIVESTS,
        _OWNERSHIP,
        _COMPOUND,
    )
)
#: Patterns whose name may be the rival's: it is the one that is bought.
_OWN_TOO = frozenset(
    pattern
    for pattern in ACQUIRED
    if pattern.pattern in {_PASSIVE, _NOUN_BY, _SELLS, _SOLD, _OWNERSHIP, _PRIVATE, _OFFER, _AGREED}
)
# An aside about an earlier purchase: ", which bought Zollwerk last year,".
_FIRM_BEHIND = re.compile(_FIRM_WORDS)
_NO_COMPANY = re.compile(
    r"(?i:['’](?:re|ve|m|ll|d)$|^(?:here|it|that|there|what|let|who)['’]s)|^(?:Proposed|Planned|Cash|Tender|Takeover|Acquisition|Merger|Definitive|New|Big|Record|Multi|Week|Days?|Today|Customers?|Users?|Series|Group|Shares|Act|Law|January|Q[1-4]|AI|API|CEO|IPO|EU|UN)$"
)
#: A sentence with more capitalised words than this is a headline in title case, whose names cannot be told.
MOSTLY = 0.6
_TOGETHERNESS = re.compile(
    r"\b(?:partner(?!s?\s+(?:day|program|portal))|alliance|collab|deal|agree|joint|pact|together|co-develop|sponsor|marketplace|app\s+store|tie)",
    re.IGNORECASE,
)
_ANY = re.compile(
    rf"(?:(?<=\s)|^(?=[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*\s(?:and|to|will|has|is|[a-z]+s)\b))(?!(?i:one|two|three|four|five|six|seven|ten|why|how|business|data|web|internet|cloud)\b)(?P<name>{COMPANY})"
)
_AFTER_PLACE = re.compile(rf"(?:\s+[a-z][\w’'-]*){{1,4}}\s+(?P<name>{COMPANY})")
_BEFORE = re.compile(
    r",\s+(?:which|who)\s[^,.;]{2,80}?\b(?:last\s+(?:year|month|week|spring|summer|autumn|fall)|in\s+20\d\d|earlier|previously|already)\b[^,.;]{0,20},"
)
#: Words before a name that is no partner, or none any more.
_APART = re.compile(
    r"\b(?:rupture|split(?:ting)?|break(?:ing)?(?:-?up)?|part(?:ing|ed)|dispute|row|feud|fall(?:ing)?-?out|unlike|instead\s+of)\s+(?:(?:up|ways)\s+)?(?:with\s+|from\s+)?$",
    re.IGNORECASE,
)
_HANDLE = re.compile(rf"@(?=[{UPPER}])")
_SPLIT = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*(?=[A-Z][\w]*,)")


#: What a text must hold for a slow pattern to be tried: those that begin with any company's name.
_HINTS = {
    _JOINT: ("partner", "allian", "form", "announce", "force", "team", "tie", "collab", "sign", "launch", "build", "develop", "start", "enter", "ext", "exp", "deep", "cooper", "co-op", "agree", "set up", "create", "found"),
    _SPONSOR: ("sponsor",),
    _CHOSEN_AS: (" as ",),
    _COMPOUND: ("talks", "deal", "bid", "takeover", "buyout", "acquisition", "purchase", "buy", "merger", "transaction"),
    _COMPOUND_PARTNER: ("ties", "tie-up", "partnership", "alliance", "collab", "integration", "connector", "pact", "marketplace", "app store"),
    _PASSIVE: (" by ",),
    _SELLS: ("sell",),
    _SOLD: ("acquired by", "bought by", "taken over by", "be acquired", "sold to"),
    _TURNS: ("into", " a ", " its "),
    _MERGE: ("merge", "combin"),
    _SELLS_OURS: ("sell", "distribut", "offer", "bundle", "embed", "integrat", "carr", "add", "list", "stock"),
}  # fmt: skip


def _tried(pattern: re.Pattern[str], lower: str) -> bool:
    """Return True if a pattern can match a text, by the words that it cannot do without."""
    hints = _HINTS.get(pattern.pattern)
    return hints is None or any(hint in lower for hint in hints)


def find_partners(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as partners; ``own`` names of the rival are left out."""
    own = tuple(own)
    text = _HANDLE.sub("", text)
    if only_beside(text, own) or is_how_to(text):
        return ()
    found = _find((*PARTNERS, *_beside(own)), text, own)
    if not found and any(_says(name, text) for name in own):
        lead = " ".join(sentences(text)[:2])
        found = next((names for pattern in PERHAPS_PARTNERS if (names := _find((pattern,), lead, own))), ())
        found = found or _named_beside(sentences(text)[:1], own)
    return tuple(
        dict.fromkeys(
            partner_said(name, text) for name in found if not is_beside(name, text, of_partners=True)
        )
    )


def partner_said(name: str, text: str) -> str:
    """Return a partner as it is called: without its marketplace, its kind ("Paylater firm Snooze") or "MSP" before it."""
    kind = re.search(rf"{re.escape(name)}\s+(?:{_KIND})\s+(?:called\s+|named\s+)?(?P<name>{COMPANY})", text)
    name = _bare(kind["name"]) if kind else name
    name = re.sub(r"^(?:MSP|ISV|VAR|NGO|POS|ERP|CRM)\s+(?=[A-Z])", "", name)
    bare = re.sub(
        r"(?<=\w)\s+(?:Marketplace|App\s?Store|AppExchange|Partner\s+(?:Network|Program(?:me)?))$", "", name
    )
    return as_said(_with_last_word(bare, text), text) if bare == name else bare


def _with_last_word(name: str, text: str) -> str:
    """Return "Prairie Care Partners" for "Prairie Care": its last word is also a common one, which begins no new thing."""
    found = re.search(
        rf"(?<!\w){re.escape(name)}\s+(?:Partners|Products|Press)(?=[\s.,;:’']|$)(?!\s+(?i:with|to|on|for|in)\b)",
        text,
    )
    return found.group() if found else name


def _named_beside(lead: list[str], own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the companies that a sentence about a partnership names; nothing where all words are capitalised."""
    sentence = "".join(lead)
    words = re.findall(r"[^\W\d_]\w*", sentence)
    capital = sum(word[0].isupper() for word in words)
    if not _TOGETHERNESS.search(sentence) or not words or capital > MOSTLY * len(words):
        return ()
    return _find((_ANY,), sentence, own)


def _says(name: str, text: str) -> bool:
    return bool(name) and name.lower() in text.lower()


def _beside(own: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return patterns of a name set beside the rival's: "Northbeam and Harbour Bank", "Harbour Bank x Northbeam"."""
    if not any(own):
        return []
    rival = rf"(?<!\w)(?i:{'|'.join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name)})(?!\w)"
    link = r"\s*(?:,|&|\+|×|[🤝♥❤✖♡💙💚💛🧡💜🖤]\ufe0f?|(?<=\s)(?:and|x|X)(?=\s))\s*(?:the\s+)?"
    return [
        re.compile(rf"{rival}{link}(?P<name>{COMPANY})"),
        re.compile(rf"(?P<name>{COMPANY}){link}{rival}"),
    ]


def find_customers(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as customers; ``own`` names of the rival are left out."""
    return _find(CUSTOMERS, text, own)


def find_acquired(text: str, own: Iterable[str] = ()) -> str | None:
    """Return the company or asset that is bought, if the text names one."""
    own = tuple(own)
    if is_off(text) or only_beside(text, own) or is_how_to(text):
        return None
    text = _BEFORE.sub(",", text)
    if _owned(text, own):
        return own[0]
    lower, target = text.lower(), None
    for pattern in (*ACQUIRED, *_joining(own)):
        for match in pattern.finditer(text) if _tried(pattern, lower) else ():
            for found in _names(match, own):
                name = _without_trade(found)
                unit = pattern.pattern == _DIVESTS and name.lower() not in {one.lower() for one in own}
                mine = is_own(name, own) and pattern not in _OWN_TOO and not unit
                target = name if mine and pattern.pattern == _BOUGHT else target
                if _place_or_people(name):
                    name = _behind(text, match, name)
                if (
                    len(name) > 1
                    and not mine
                    and not _place_or_people(name)
                    and not _NO_COMPANY.search(name)
                    and not is_beside(name, text, of_partners=False)
                ):
                    return as_said(_with_last_word(name, text), text)
    return target


def _owned(text: str, own: tuple[str, ...]) -> bool:
    """Return True for "Northbeam's new owner is Falken Group": the rival is what is bought."""
    names = "|".join(re.escape(name) for name in own if name)
    return (
        bool(names)
        and re.search(
            rf"(?<!\w)(?i:{names})(?:[’']s?\s+new\s+owners?\b|\s+(?:has|gets|have)\s+(?:a\s+)?new\s+owners?\b)|\bnew\s+owners?\s+(?:of|for)\s+(?i:{names})(?!\w)",
            text,
        )
        is not None
    )


def _behind(text: str, match: re.Match[str], name: str) -> str:
    """Return the name behind a place: "Lumera" for "buys Boston biotech Lumera"."""
    found = _AFTER_PLACE.match(text, match.end("name")) if "name" in match.re.groupindex else None
    return _bare(found["name"]) if found else name


def _joining(own: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return the pattern of a company that "is joining" the rival; it says a purchase only among talk of one."""
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name)
    return [re.compile(rf"{_JOINS}(?:the\s+)?(?i:{names})(?!\w)")] if names else []


def _without_trade(name: str) -> str:
    """Return "WageWise" for "Payroll Platform WageWise": in headlines the trade is capitalised too."""
    return re.sub(rf"^(?:[\w-]+\s+){{0,2}}(?:{_TRADES})\s+(?=\S)", "", name)


def _find(patterns: Iterable[re.Pattern[str]], text: str, own: Iterable[str]) -> tuple[str, ...]:
    own = tuple(own)
    found: dict[str, None] = {}
    lower = text.lower()
    said = any(_says(name, text) for name in own)
    for pattern in patterns:
        for match in pattern.finditer(text) if _tried(pattern, lower) else ():
            if (
                said
                and pattern.pattern == _JOINT
                and not any(is_own(name, own) for name in _names(match, own))
            ):
                continue  # "Co-Development and Commercialization Agreement": two things, none of them the rival.
            if _APART.search(text[: _name_start(match)][-40:]):
                continue
            for name in _names(match, own):
                if (
                    len(name) > 1
                    and not is_own(name, own)
                    and not _place_or_people(name)
                    and not _NO_COMPANY.search(name)
                ):
                    found.setdefault(name)
    return tuple(found)[:12]


def _name_start(match: re.Match[str]) -> int:
    groups = ("name", "list", "pair")
    return next((match.start(group) for group in groups if match.groupdict().get(group)), match.start())


def _names(match: re.Match[str], own: tuple[str, ...]) -> list[str]:
    groups = match.groupdict()
    if groups.get("pair"):
        sides = re.split(r"[-–/]", groups["pair"])
        return (
            [side for side in sides if not is_own(side, own)]
            if any(is_own(side, own) for side in sides)
            else []
        )
    listed = [re.sub(r"^(?:[a-z][\w-]*\s+)+", "", part) for part in _SPLIT.split(groups.get("list") or "")]
    return [_bare(name) for name in (groups.get("name"), groups.get("other"), *listed) if name]


def _bare(name: str) -> str:
    """Return a name without legal form, without the place before it ("Japan's Hoshi Fire") and without "Danish"."""
    name = without_place(tidy(name))
    name = re.sub(r"^(?:the|The)\s+", "", without_form(name))
    owner, mark, rest = re.sub(r"['’]s\s+", "\0", name, count=1).partition("\0")
    if mark and rest and _place_or_people(owner):
        name = rest
    first, _, rest = name.partition(" ")
    return rest if rest[:1].isupper() and first in DEMONYMS and not _FIRM_BEHIND.match(rest) else name


def _place_or_people(name: str) -> bool:
    """Return True for "Japan", "Irish" or "U.S": where a company is from, not who it is."""
    return (
        name in DEMONYMS
        or name.rstrip(".") in {"U.S", "U.K", "US", "UK", "EU"}
        or name in find_places(f"in {name}")
    )


def without_place(name: str) -> str:
    """Return a name without the next sentence's beginning: "Penarth Cover" for "Penarth Cover Cork-based Bantry"."""
    return re.sub(r"\s+\S+-[Bb]ased\b.*$", "", name)


def as_said(name: str, text: str) -> str:
    """Return "Delta Valve" for "Delta Valve Co.", a legal form, and "Mitsui & Co." in full: its name ends so."""
    if not name.endswith(" Co") or f"{name}." not in text:
        return name
    return f"{name}." if name.endswith("& Co") else name.removesuffix(" Co").rstrip(" ,")


def is_own(name: str, own: Iterable[str]) -> bool:
    """Return True if a name is one of the rival's own, or begins with it."""
    lower = name.lower()
    return any(
        lower == mine.lower() or lower.startswith(f"{mine.lower()} ") or mine.lower().startswith(f"{lower} ")
        for mine in own
        if mine
    )
