# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Cues: turns of phrase that tell a category whatever the company or the trade.

They enter the head as features with learned weights, so a cue that misleads is simply weighed low.
"""

from __future__ import annotations

import re

# One list per act; several narrow cues beat one wide one, because each gets its own weight.
CUES: tuple[tuple[str, str], ...] = (
    (
        "launch_verb",
        r"\b(launch(es|ed|ing)?|introduc(es|ed|ing)|unveil(s|ed|ing)?|roll(s|ed|ing)? out|debuts?)\b",
    ),
    (
        "launch_release",
        r"\b(releas(es|ed|ing)|ships|shipped|generally available|general availability|public beta|early access|preview)\b",
    ),
    ("launch_version", r"\bv?\d+\.\d+(\.\d+)?\b|\brelease notes\b|\bchangelog\b"),
    (
        "launch_here",
        r"\b(is|are) (now )?(out|here|live|ready|released)( now| today)?\s*($|[.!:,\n])|^(introducing|meet|say hello to|new in|new:|now in)\b|\bsay hello to\b",
    ),
    (
        "launch_end",
        r"\b(deprecat\w+|end[- ]of[- ](life|support|sale)|sunset(s|ting)?|discontinu\w+|retir(es|ed|ing) (the|our|its)|shut(s|ting)? down)\b",
    ),
    (
        "launch_update",
        r"\b(new (feature|product|version|app|tool|service|platform|solution)s?|now (available|live|supports)|you can now|what'?s new|product updates?)\b",
    ),
    (
        "pricing_price",
        r"\b(pric(e|es|ing)|fees?|tariffs?|list price|surcharges?)\b.{0,60}\b(increas\w+|rais\w+|hik\w+|cut\w*|lower\w*|reduc\w+|drop\w*|chang\w+|ris\w+|up|go(es|ing)? up|new|updat\w+)\b",
    ),
    (
        "pricing_verb",
        r"\b(increas\w+|rais\w+|hik\w+|cut\w*|slash\w*|lower\w*|reduc\w+|eliminat\w+|waiv\w+)\b.{0,40}\b(pric\w+|fees?|rates?|cost of|subscription|charges?)\b",
    ),
    (
        "pricing_plan",
        r"\b(free|pro|team|business|enterprise|starter|growth|premium|basic|annual|monthly|paid|new|legacy)\s+(plans?|tiers?|subscriptions?)\b|\bplans? (structure|and packaging)\b",
    ),
    (
        "pricing_offer",
        r"\b(discounts?|% off|promo(tion(al)?)?( code)?|coupon|free trial|credits?|per (seat|user|month)|/(mo|month|user|seat|yr|year)\b|a month|billed)\b",
    ),
    (
        "leadership_verb",
        r"\b(appoint(s|ed|ment|ing)?|names?|named|promot(es|ed|ion)|taps|elect(s|ed)|succeed(s|ed)?|hires?)\b.{0,60}\b(c[efotimrp]o|chief|president|director|chair\w*|head|vp|vice president|partner|counsel|board|officer|manager|lead(er)?)\b",
    ),
    (
        "leadership_leave",
        r"\b(step(s|ped|ping)? (down|aside|back)|resign(s|ed|ation)?|retir(es|ed|ement|ing)|depart(s|ed|ure|ing)?|leav(es|ing)|ousted|fired|interim)\b",
    ),
    (
        "leadership_role",
        r"\b(chief \w+ officer|ceo|cfo|cto|coo|cmo|cro|ciso|board of directors|general manager|managing director|vice president|executive team)\b",
    ),
    ("leadership_join", r"\b(joins?|joined|welcomes?)\b.{0,50}\bas\b"),
    (
        "partner_verb",
        r"\b(partner(s|ed|ing|ship|ships)?|alliance|joint venture|team(s|ed|ing)? up|collaborat\w+|cooperat\w+|join(s|ed|ing)? forces|together with)\b",
    ),
    (
        "partner_kind",
        r"\b(strategic (alliance|agreement|partnership)|memorandum|mou|reseller|distribut(ion|or) (agreement|deal)|sponsor\w*|co-?(develop|market)\w*|integrat(es|ed|ion) with)\b",
    ),
    (
        "event_kind",
        r"\b(conference|summit|webinar|trade show|expo|symposium|meet-?up|workshop|fireside chat|keynote|congress|convention|forum|hackathon|roadshow|masterclass)\b",
    ),
    (
        "event_part",
        r"\b(to (present|attend|exhibit|participate|speak|host)|register (now|today|here|for)|join us|save the date|booth|agenda|speakers?|call for (papers|proposals))\b",
    ),
    (
        "regulatory_body",
        r"\b(fda|sec|ftc|doj|eu commission|european commission|regulators?|court|judge|antitrust|attorney general|ico|fca|bafin|finra|cnil|watchdog|authorities)\b",
    ),
    (
        "regulatory_act",
        r"\b(approv(al|es|ed)|clear(s|ed|ance)|licen[cs](e|es|ed)|certif(ied|ication|icate)|complian(ce|t)|patents?|recalls?|fined?|fines|penalty|investigat\w+|probe|settle(s|d|ment))\b",
    ),
    (
        "regulatory_suit",
        r"\b(lawsuit|sue[sd]?|suing|litigation|class action|ruling|verdict|injunction|complaint|charged|allegations?|accus\w+)\b",
    ),
    (
        "regulatory_terms",
        r"\b(terms of (service|use)|privacy (policy|notice)|data processing|sub-?processors?|soc ?2|iso ?\d{4,5}|hipaa|gdpr|fedramp|breach)\b",
    ),
    (
        "media_prize",
        r"\b(award(s|ed)?|winner|wins|honou?red|recogni[sz]ed|finalist|rank(s|ed|ing)?|shortlisted|prize|accolade|best (places?|workplaces?)|great place to work)\b",
    ),
    (
        "media_analyst",
        r"\b(gartner|forrester|idc|g2|magic quadrant|wave|leader in|top \d+|fortune \d+|inc\. ?5000|list of|hype cycle|named (a|an|to|one))\b",
    ),
    (
        "media_most",
        r"\b(most \w+ (\w+ )?(executives|leaders|companies|women|people)|\d+ under \d+|among the|(top|best) \d*\s?\w*|in the (list|ranking)|report (names|ranks|reinforces))\b",
    ),
    (
        "media_talk",
        r"\b(podcast|interview|featured (in|on)|profile[ds]?|in the news|press coverage|episode)\b",
    ),
    (
        "hiring_jobs",
        r"\b(hiring|we'?re looking for|job (description|openings?|type)|open (roles?|positions?)|apply (now|for|today|here)|vacanc(y|ies)|recruit\w+|careers?|full[- ]time|join our team|responsibilities|qualifications|new jobs)\b",
    ),
    (
        "hiring_cuts",
        r"\b(lay(s|ing)?[- ]?offs?|laid off|job cuts?|cut(s|ting)? .{0,30}(jobs|workforce|staff|employees|roles)|redundanc\w+|hiring freeze|workforce|headcount)\b",
    ),
    (
        "finance_round",
        r"\b(series [a-h]|seed|funding|raises?d?|financing|investment round|venture|grant|backed by|led by|valuation|ipo|crowdfund\w*)\b",
    ),
    (
        "finance_result",
        r"\b(earnings|revenues?|net (sales|profit|loss|income)|operating profit|ebit\w*|quarter(ly)?|q[1-4]|first half|full[- ]year|fiscal|guidance|outlook|eps|dividend|buyback|results)\b",
    ),
    (
        "finance_call",
        r"\b(conference call|earnings call|results call|webcast|conference id|dial(ing)?[- ]in|reporting date|interim report|press conference on)\b|\b(report|announce|release|publish) .{0,40}\bresults\b",
    ),
    (
        "finance_ipo",
        r"\b(ipo|spac|go(es|ing)? public|listing|list on|private placement|dividends?|goes public)\b",
    ),
    (
        "finance_debt",
        r"\b(bonds?|notes due|credit facility|loan|debt|bankruptcy|chapter 11|insolven\w+|notes offering|offering of|shares|listing)\b",
    ),
    (
        "acquisition_verb",
        r"\b(acqui(re|res|red|ring|sition)|merg(er|es|ed|ing)|(?<!account )(?<!session )takeover(?! (fraud|attack|attempt|risk|protection|prevention))|buys?|bought|purchases?d?|buyout|bid for|tender offer|business combination)\b",
    ),
    (
        "acquisition_sell",
        r"\b(divest\w*|spin[- ]?off|sells? .{0,40}(business|unit|stake|division|arm|assets)|stake|to be sold|carve[- ]out|sale of)\b",
    ),
    (
        "expansion_verb",
        r"\b(expand(s|ed|ing)?|expansion|open(s|ed|ing)?|enter(s|ed|ing)?|establish\w*|relocat\w+)\b.{0,70}\b(in|to|into|across|at|office|plant|facility|store|market|site|location|headquarters|region|country|centre|center)\b",
    ),
    (
        "expansion_place",
        r"\b(new (office|plant|facility|store|location|site|factory|headquarters|hub|warehouse|data cent(er|re)|market|region|campus)|square[- ]feet|now available in|capacity)\b",
    ),
    (
        "customer_win",
        r"\b(select(s|ed)|choos(es|ed)|chose|picks?|deploy(s|ed|ment)?|implements?|contract|orders?|award(s|ed)? .{0,40}contract|tender|deal (with|worth)|supply|supplier|signs?)\b",
    ),
    (
        "customer_with",
        r"^(?!.{0,80}\b(partner|alliance|agreement|stake|merg|acqui|team)).{3,60}\b(select|choos|pick|adopt|opt|go|turn|switch|move|migrate|standardi[sz]e|trust|rel|renew|sign|protect|automate|replace|modernize|secure|run|verif|open|check|screen|monitor|process)(e?s|ies)\b.{0,60}\b(with|on|to|for|by)?\b",
    ),
    (
        "customer_story",
        r"\b(case study|customer (story|stories|success)|customers?|clients?|testimonial|how \w+( \w+)? (uses?|used|saved?|cut|runs?|scaled))\b",
    ),
    (
        "customer_told",
        r"\b(case stud(y|ies)\b(?! of)|((customers?|clients?|success|users?)['’]? )(success )?(stor(y|ies)|spotlights?)|testimonials?|reference (customer|project))\b",
    ),
    (
        "customer_how",
        r"^how (?!to |we |i |you |do |does |can |much |many |long )\S.{1,50}\b(us(es|ed|ing)|leverag(es|ed|ing)|with|on|cut|saved?|scaled|reduced|built|moved|runs?|improved|increased|got)\b",
    ),
    (
        "positioning_name",
        r"\b(rebrand\w*|renam\w+|new (name|logo|brand|identity|look|tagline|slogan|chapter|vision|strategy)|brand (identity|campaign)|chang\w+ (its |our )?name|formerly|becomes|pivot\w*|reposition\w*|mission)\b",
    ),
    (
        "none_howto",
        r"\b(how to|tutorials?|step[- ]by[- ]step|in this (post|article|guide|tutorial)|learn how|best practices|tips|a guide|guide to|explained|what is|why you|cheat sheet|\d+ (ways|reasons|tips|things))\b",
    ),
    (
        "none_furniture",
        r"\b(cookies?|log ?in|sign ?in|sign ?up|subscribe|newsletter|all rights reserved|copyright|read more|menu|skip to|404|page not found|javascript|share this)\b",
    ),
    (
        "none_market",
        r"\b(stocks?|shares|investors|traders|analysts?|inflation|fed|economy|s&p|nasdaq|bitcoin|oil prices|treasur\w+|yields|markets?)\b",
    ),
    ("none_person", r"\b(i|my|me|you|your)\b"),
    ("form_we", r"\b(we|our|us)\b"),
    ("form_question", r"\?"),
    ("form_percent", r"\d\s?%|\bper ?cent\b"),
    ("form_money", r"[$€£¥]\s?\d|\b(usd|eur|gbp)\s?\d|\d\s?(million|billion|bn|mn|mln)\b"),
    ("form_ticker", r"\$[a-z]{2,5}\b"),
)
PATTERNS = tuple(re.compile(pattern) for _, pattern in CUES)


def cue_values(text: str) -> list[float]:
    """Return 1.0 or 0.0 for each cue in ``text``, in the order of `CUES`; length len(CUES)."""
    lower = text.lower()
    return [1.0 if pattern.search(lower) else 0.0 for pattern in PATTERNS]
