# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What a rival's appearances mean: events, awards, rankings, interviews."""

from __future__ import annotations

from classify.whys.rule import Meaning, Reason, Told, rule, say


def _met(told: Told) -> Reason | None:
    """Say what one can do before an event whose day is known, or at one that is named."""
    before = "Customers and prospects may meet them at {event}; before {date}, find out which accounts go, and see those first."
    named = (
        "Customers and prospects may meet them at {event}; find out which accounts go, and see those first."
    )
    if told.facts.event is None or not told.facts.event.name:
        return None
    return say("event", (before, named, EVENT.general), told)


EVENT = Meaning(
    first=(
        rule(
            "called off",
            r"call(?:s|ed|ing)? off|cancel|will not take place|not (?:be )?(?:held|happen)|no (?:\w+ )?(?:summit|conference) this year|scrap(?:s|ped)",
            "A cancelled event leaves its guests with a free day; invite the accounts that had planned to go.",
            unless=r"free cancel|cancel(?:lation)? (?:policy|any time|until)",
        ),
        rule(
            "moved",
            r"postpon|reschedul|mov(?:es|ed|ing) to (?:\d|(?:monday|tuesday|wednesday|thursday|friday|january|february|march|april|may|june|july|august|september|october|november|december|a (?:new|later)|the (?:autumn|spring|fall|summer)|20\d\d)\b)|new date|changed from|tickets (?:stay|remain) valid|goes? online",
            "Another date or place upsets travel plans; ask the accounts that meant to go whether they still will.",
        ),
        rule(
            "recap",
            r"recap|(?:what|that) happened|look(?:ing)? back|highlights|takeaways|recording|on demand|watch (?:the|it|again|all)|slides|what we (?:learned|learnt|saw|heard)|thank you (?:for|to)|thanks (?:for|to)|wrap(?:s|ped)?[- ]up|was a (?:success|wrap)|missed (?:it|us|the)",
            "Guests have heard the promises by now; ask accounts that were there what stuck, and what was left unsaid.",
        ),
        rule(
            "investors",
            r"investor (?:day|conference|meeting|presentation)|(?:healthcare|technology|growth|energy|industrials?|bank|capital markets|equity|annual) (?:\w+ )?(?:conference|day) (?:of|at|by|for investors)|fireside chat|capital markets day|analyst day|(?:j\.?p\.? ?morgan|jefferies|goldman|barclays|citi|ubs|stifel|cowen|piper|wells fargo|morgan stanley|bofa|baird|oppenheimer|needham|roth|raymond james|canaccord|rbc|evercore|leerink)\b",
            "What they tell investors shows which products they will push; read the slides, and note what they no longer mention.",
        ),
        rule(
            "webinar",
            r"webinar|web ?cast|online (?:event|session|demo|workshop|talk)|live ?stream|live (?:demo|session|q&a)|virtual (?:event|session|roundtable|summit|conference)|ask me anything|office hours",
            "Anybody can listen in, so somebody of ours should; note what they claim, and the questions they leave open.",
        ),
        rule(
            "stand",
            r"booth|stands?\b|exhibit|hall \d|trade (?:show|fair)|fair\b|expo\b|visit us|come (?:and|by|to|see)|see us|meet us|find us|showcas|demonstrat|display|pavilion",
            "Where they have a stand they meet people we know too; book our own meetings at {event} before they do.",
            "Where they have a stand they meet people we know too; book our own meetings there before they do.",
        ),
        rule(
            "speaking",
            r"speak(?:s|ing|er|ers)?\b|talks? (?:about|on|at)\b|gives? a talk|keynote|panel(?:s|list)?\b|on stage|presents?\b|presentation|presenting|to speak|moderat|lectur|abstract|pitch\b|(?:unveil|show|report)\w* (?:\S+ ){0,4}(?:data|results) at|session (?:on|about|at)|paper at|shar(?:es?|ing) (?:\w+ ){0,4}at\b|joins? (?:the )?(?:panel|stage)",
            "A talk shows what they want to be known for; read the abstract, and have a view of our own on the subject.",
            unless=r"(?:our|its|xrivalx[’']?s?|yearly|annual|own) (?:\w+ )?(?:conference|summit)|call for",
        ),
        rule(
            "hosting",
            r"call for (?:papers|speakers|proposals)|host(?:s|ed|ing)?\b|our (?:\w+ ){0,3}(?:conference|summit|forum|event|day|meet-?up|user group|roadshow|workshop|dinner|breakfast|open day|hackathon)|user (?:conference|group|day)|customer (?:conference|day|summit|event)|save the date|summit (?:returns|is back|comes)|invit(?:es?|ing|ed)\b|tickets|registration|register\b|sign up|agenda|early[- ]bird|xrivalx (?:\w+ )?(?:summit|conference|forum|day|live|con\b|connect|world|week|next|meet-?up|roadshow|user group)|hackathon|roadshow|meet-?up|organi[sz]|sign-ups|(?:places|seats) (?:for|are|left)|doors\b|open (?:day|house|night|evening|lab)|get-together|workshops?\b|camp\b|colloquium|game jam|breakfast|takes place|evening for",
            "Guests hear one side only there; before {date}, ask accounts who was invited and what they hope to hear.",
            "Guests hear one side only there; ask accounts who was invited, and see them before they go.",
        ),
    ),
    by_facts=_met,
    then=(
        rule(
            "attending",
            r"attend|join(?:s|ing)?\b|conference|summit|forum|congress|week\b|participat|heading to|will be (?:at|in)|see you|going to",
            "Customers and prospects may meet them there; find out which accounts go, and see those before.",
        ),
    ),
    general="Customers and prospects may meet them there; find out which accounts go, and see those before.",
)

MEDIA = Meaning(
    first=(
        rule(
            "criticism",
            r"(?:criti[cq]|complain|scandal|accus|alleg|outrage|backlash|boycott|whistle|slam|blast|angry|controvers|expos[eé]|mislead|left \w+ waiting|under fire|worst|last of \w+|poor (?:service|place|rating)|fail(?:s|ed|ing)\b|investigation by|bottom of|(?:ranks?|comes?|placed) last|fell to|falls? (?:\w+ )?places|slips? (?:to|from)|drops? out)",
            "Bad press makes their customers ask questions; stick to facts, stay calm, and be easy to reach.",
            unless=r"critical (?:capabilities|infrastructure|care)|never fail|critically acclaimed|mission[- ]critical|business[- ]critical",
        ),
        rule(
            "workplace",
            r"great place to work|best (?:places? to work|employers?|workplaces?)|top employer|employer (?:of|brand|award)|best company to work|glassdoor|kununu|great workplace|family[- ]friendly",
            "Praise as an employer helps them recruit and tells buyers little; no reason to answer it.",
        ),
        rule(
            "sustainability",
            r"sustainab|esg\b|ecovadis|carbon|cdp\b|b corp|climate|net[- ]zero|csr\b",
            "Large buyers score their suppliers on this; make sure that our own rating can be shown when they ask.",
        ),
        rule(
            "reviews",
            r"g2\b|capterra|trustpilot|gartner peer|peer insights|software advice|getapp|trustradius|(?:customer|user) (?:reviews?|ratings?|satisfaction)|from \d[\d,.]* reviews|\d[.,]\d stars|star rating|net promoter|choice award",
            "Buyers read reviews before they call; compare the complaints found there with what we do better.",
        ),
        rule(
            "analyst",
            r"magic quadrant|forrester|gartner|idc\b|marketscape|wave\b|(?:frost|omdia|everest|gigaom|kuppingercole|quadrant|isg\b|nelsonhall|hfs|constellation|celent|aite|chartis|juniper research|abi research|dresner|bloor)|analyst (?:report|firm|house|evaluation)|named (?:a |an |as a )?(?:\w+ )?(?:leader|challenger|visionary|niche player|strong performer|major player|contender|innovator)|market guide|hype cycle|cool vendor|vendor assessment|peak matrix|radar\b",
            "Analysts' reports shape shortlists; read what it says of them and of us before procurement does.",
        ),
        rule(
            "shortlist",
            r"shortlist|short-list|finalists?\b|nominat|nominee|in the running|longlist|semi-?finalist",
            "Being shortlisted is not winning, yet it will be quoted; see whether we could stand on that list as well.",
        ),
        rule(
            "podcast",
            r"podcast|episode|on (?:the )?(?:air|radio)|youtube|video (?:interview|series)|guest (?:of|on|in)\b|radio\b|on tv\b|bbc\b|cnbc\b|television|\btv\b",
            "People say more in an hour of talk than in a brochure; listen for plans, customers named and doubts admitted.",
        ),
        rule(
            "award",
            r"award|prize|bronze|silver\b|gold\b|crowned|jury|contest|museum|premiated|gadget of|most admired|wins?\b|won\b|medal|trophy|honou?r(?:s|ed)?\b|winner|accolade|hall of fame|of the year|laureate|grand prix|recogni[sz]",
            "An award turns up in their next offers; look up who judged it and on what, before an account asks.",
        ),
        rule(
            "ranking",
            r"rank(?:s|ed|ing|ings)?\b|top (?:ten|three|five|twenty)|comes? top|\d+ under \d+|scored\b|survey\b|among (?:the )?(?:leaders|best)|top \d+|list(?:s|ed)? (?:of|among|in|as)|\blist\b|number (?:\d+|one|two|three)\b|no\. ?\d|fast(?:est)?[- ]grow|(?:among|one of) the (?:\w+ )?(?:best|top|fastest|most)|index\b|fifty\b|500\b|\b100\b|benchmark|named (?:to|among|one of)|first among|unicorn|badge|placed \w+ (?:of|among|in)|test winner|comparison test|rated\b",
            "A place on a list is easy to quote; know how it was reckoned, and where we stand on it.",
        ),
        rule(
            "interview",
            r"interview|in conversation|talks? (?:to|with|about)|sp(?:eaks|oke) (?:to|with|about)|q&a\b|q ?and ?a\b|tells?\b|told\b|asked\b|profile[sd]?\b|portrait|explains?\b|opinion|column|op-ed|guest (?:post|article)|says\b|said\b|“",
            "Interviews give away what press releases keep back; read it for plans, and for what they think of their rivals.",
        ),
    ),
    last=(
        rule(
            "coverage",
            r"featur(?:e|es|ed|ing)\b|in the (?:news|press|media)|cover(?:s|ed|age)\b|writes?\b|article|report(?:s|ed)?\b|magazine|newspaper|times\b|journal|press\b|mention|quoted|appears? in|documentary",
            "What others write of them will be sent to our accounts; read it, and have one sentence ready on what it leaves out.",
        ),
    ),
    general="What is said of them in public finds its way into their pitch; have an answer ready.",
)
