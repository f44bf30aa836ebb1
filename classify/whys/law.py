# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What authorities, courts, certificates and contract terms mean for a rival's customers."""

from __future__ import annotations

from classify.whys.rule import Meaning, rule

_IN_TERMS = r"in its terms\b"

REGULATORY = Meaning(
    first=(
        rule(
            "subprocessors",
            r"sub-?processors?\b",
            "A changed list of sub-processors makes privacy officers look again; ask accounts with strict data rules what they think of it.",
        ),
        rule(
            "breach",
            r"(?:data|security|privacy|personal data) (?:breach|incident|leak)|breach (?:of|at|that|expos|affect|notif|disclos)|(?:expos|leak|stole|stolen|hack)\w* (?:\S+ ){0,6}(?:records|data|customers|files|details|passwords|information)|ransomware|cyber-?attack|hacked\b|unauthori[sz]ed (?:access|person|(?:third )?party)|hackers?\b|attackers?\b|got into our|unknown (?:third )?party|gained access|security notice|data loss|intru(?:der|sion)",
            "Their customers ask themselves whether to stay; be reachable, have facts on our own security ready, and do not gloat.",
            unless=r"(?:alleg|su|contract|fiduciary)\w* (?:\w+ ){0,3}breach|breach of (?:contract|duty|warranty)|no (?:data )?breach",
        ),
        rule(
            "recall",
            r"recall(?:s|ed|ing)?\b|safety (?:notice|alert|warning)|stop[- ]sale|field (?:safety|correction)",
            "A recall leaves customers with gaps to fill at once; ask which accounts need replacements, and what we can deliver.",
        ),
        rule(
            "cleared",
            r"(?:dismiss|drop|throw|clear|overturn|quash|reject|toss|den(?:y|ie))\w* (?:\S+ ){0,5}(?:suit|case|charges|claims?|complaint|lawsuit|appeal|action|allegations|fine)\b|(?:acquit|exonerat)\w*|clear(?:s|ed) xrivalx of|(?:suit|case|charges|probe|investigation|inquiry|lawsuit|complaint) (?:\S+ ){0,5}(?:dismissed|dropped|closed|ended|thrown out)|(?:court|judge|jury|tribunal) (?:\w+ ){0,3}(?:sides? with|finds? for|rules? for|rules? in favou?r of|backs) xrivalx|xrivalx (?:wins|won|prevails)|wins? (?:\w+ ){0,3}(?:case|suit|lawsuit|appeal|patent|court)|not (?:guilty|liable)|no (?:wrongdoing|further action)",
            "The matter is settled in their favour; drop it as an argument before an account corrects us.",
            unless=r"(?:dismiss|reject|den(?:y|ie))\w* (?:\w+ ){0,3}(?:xrivalx|its) (?:\w+ )?(?:appeal|claim|suit|motion|request)",
        ),
        rule(
            "settlement",
            r"settl(?:e|es|ed|ing|ement)\b|consent (?:decree|order)|agrees? to pay|out of court",
            "A settlement ends the doubt, so the matter loses force as an argument; read what they had to promise.",
        ),
        rule(
            "fine",
            r"fin(?:e|es|ed)\b(?! (?:print|art|tun))|penalt|sanction(?:s|ed)? (?:xrivalx|by|against|over)|ordered to pay|must pay|reprimand|cease[- ]and[- ]desist",
            "A fine is on record and comes up in supplier checks; know what it was for, and leave the judging to others.",
            unless=r"price[- ]fin|sanctions (?:list|screening|check)",
        ),
        rule(
            "suing",
            r"(?:xrivalx|we) (?:has |have |is |are )?(?:now )?(?:su(?:es?|ed|ing)\b|files? (?:\w+ ){0,4}(?:suit|complaint|lawsuit|claim|action)|filed (?:\w+ ){0,4}(?:suit|complaint|lawsuit|claim|action)|takes? (?-i:[A-Z])\w+ to court|accuses?|appeals?|challenges?|asks? (?:\w+ )?court)",
            "Who sues defends ground; check that nothing of ours does what they object to, and that our partners are safe.",
        ),
        rule(
            "sued",
            r"su(?:es?|ed|ing) xrivalx|(?:suit|lawsuit|complaint|claim|action|charges|case)s? (?:\w+ ){0,4}against xrivalx|xrivalx (?:is |was |has been )?(?:sued|accused|charged|indicted)|accuses? xrivalx|against xrivalx|takes? xrivalx to court",
            "A suit costs them attention and makes buyers fear for continuity; ask accounts whether the part in dispute concerns them.",
        ),
        rule(
            "investigation",
            r"(?:search|seiz)\w* (?:\S+ ){0,3}(?:offices|premises)|prosecutors?\b|(?:prob|investigat|inquir|enquir|subpoena|dawn raid|scrutin)\w*|raid(?:s|ed)?\b|looks? into|under review|examin(?:es|ing|ation) (?:\w+ ){0,4}(?:practice|conduct|bundling|whether)|antitrust|competition (?:authority|watchdog|commission|bureau)|statement of objections",
            "An open inquiry can last for years and ends in conditions or in nothing; accounts may want a second supplier meanwhile.",
            unless=r"(?:approv|clear|unconditional)\w*|private investigat|fraud investigat",
        ),
        rule(
            "lawsuit",
            r"su(?:es|ed|ing)\b|in the dock|charged with|docket|with prejudice|defendant|plaintiff|(?:law)?suits?\b|class action|litigation|court\b|trial\b|judge\b|jury\b|injunct|tribunal|arbitrat|verdict|ruling|infring|allegation|appeal",
            "A dispute costs attention and leaves questions open; ask accounts whether the part in dispute concerns them.",
            unless=r"clinical trial|trial (?:data|results)|food court",
        ),
        rule(
            "warning",
            r"warn(?:s|ed|ing)?\b|bans?\b|banned\b|grounds? (?:\S+ ){0,5}(?:aircraft|fleet|jets|planes)|inspectors|shut by|closed by|violat|non-?complian|revok|suspend|reject|refus|(?:clinical|regulatory) hold|complete response letter|den(?:y|ies|ied)\b|withdraw",
            "What an authority objects to leaves questions open; buyers who care about compliance will ask them, so know the facts.",
        ),
        rule(
            "liability",
            rf"(?:liab|indemni|warrant)\w*[^\n]{{0,60}}{_IN_TERMS}|{_IN_TERMS}[^\n]*(?:liab|indemni)|(?:limit|cap)\w* (?:\w+ ){{0,3}}liability",
            "What they answer for when things go wrong has changed; show legal departments our clause beside theirs.",
        ),
        rule(
            "renewal terms",
            rf"(?:renew|terminat|notice|cancel|duration|term of)\w*[^\n]{{0,60}}{_IN_TERMS}|(?:auto(?:matic)?(?:ally)?[- ]renew|notice period|minimum term)",
            "Such terms decide when an account can leave; note dates and notice for the accounts that weigh both.",
        ),
        rule(
            "service level",
            rf"(?:service level|sla\b|availab|uptime|support)\w*[^\n]{{0,60}}{_IN_TERMS}|service[- ]level (?:agreement|commitment)|sla\b|uptime (?:commitment|guarantee)",
            "What they promise on service has changed; put our own promise beside it for accounts that depend on it.",
        ),
        rule(
            "prices in terms",
            rf"(?:price|fee|payment|billing|invoice|charge)s?\b[^\n]{{0,60}}{_IN_TERMS}|{_IN_TERMS}[^\n]*(?:price|fee)s?\b",
            "Terms on prices outlast any offer; show accounts how far their price may move there, and how far ours.",
        ),
        rule(
            "data use",
            rf"(?:data|privacy|retention|training|personal|cookie|ai\b|machine learning)[^\n]{{0,60}}{_IN_TERMS}|privacy (?:policy|notice|statement)|data processing (?:agreement|addendum|terms)|dpa\b|customer data|train(?:ing)? (?:\w+ ){{0,3}}(?:models?|ai)|data protection (?:terms|notice)",
            "How they may use customers' data has changed; accounts with sensitive data will ask us how we handle theirs.",
        ),
        rule(
            "terms",
            rf"{_IN_TERMS}|terms (?:of (?:use|service|business|sale)|and conditions)|(?:our|new|updated|changed|revised|the) terms\b|service agreement|user agreement|acceptable use|licen[cs]e (?:terms|change|agreement)|(?:chang|switch|mov|relicens)\w* (?:\w+ ){{0,4}}(?:its |the |to )?(?:\w+ )?licen[cs]e",
            "Changed terms bind their customers too; read what was taken away, as those who mind have a reason to look around.",
        ),
        rule(
            "public sector",
            r"fedramp|stateramp|fips\b|cmmc\b|itar\b|impact level|il[456]\b|g-?cloud|secnumcloud|common criteria|vs-nfd|authority to operate|hds certif|crown commercial",
            "It opens public tenders that ask for it; look at the authorities among our accounts that could not buy from them until now.",
        ),
        rule(
            "patent",
            r"patents?\b|trade-?mark|intellectual property|copyright",
            "A patent may stand in our way or a partner's; have somebody who knows the field read what it claims.",
        ),
        rule(
            "certificate",
            r"certif|iso(?:/iec)? ?\d|soc ?[123]\b|pci\b|hitrust|tisax|cyber essentials|attest|audit (?:report|complet|pass)|complet\w+ (?:\w+ ){0,5}audit|audited\b|accredit|ce[- ]mark|complian|csa star|penetration test|kitemark",
            "A certificate answers a question in every security questionnaire; check whether we hold the same, and until when theirs runs.",
        ),
        rule(
            "licence",
            r"(?:receiv|obtain|get|gain|win|secur|grant|award|hold|appl)\w* (?:\S+ ){0,5}(?:licen[cs]e|permit|authori[sz]ation|concession|charter)\b|licen[cs]ed (?:as|by|to|in)|(?:banking|e-money|payment|operating|broker|insurance|gaming) licen[cs]e|(?:is|now) regulated by|permit\b|authori[sz]ed (?:as|by|to)|spectrum|auction",
            "A licence lets them do in their own name what they needed others for; see where that touches what our accounts buy.",
        ),
        rule(
            "designation",
            r"(?:fast track|orphan|breakthrough|priority|rare pediatric|special|regenerative\w*) (?:\w+ ){0,3}(?:designation|status|review)|designat",
            "A designation is no approval yet, but shortens the way to one; reckon with them earlier than planned.",
        ),
        rule(
            "approval",
            r"approv|clear(?:s|ed|ance)\b|510\(k\)|marketing authori[sz]ation|authori[sz]|green light|go-ahead|nod\b|recommend|positive opinion|unconditional|waiv|permi(?:ts|tted)|votes? \S+ for|lets? (?:\S+ ){1,6}(?:sell|use|open|fly|operate)|meets? the requirements|conform|eligib|registr",
            "What was approved can go ahead; accounts that waited for the authority's word are free to decide, so see those first.",
        ),
    ),
    general="Approvals open doors and proceedings close them; buyers who care about compliance will ask, so know the facts.",
)
