"""Words that say that a line bears news, whatever a score makes of the rest: guards of what is told."""

from __future__ import annotations

import re

#: What happens to companies, offers and conditions, in the languages of the pages that were met.
MATTER = re.compile(
    r"\b(?:acqui|merge[rds]?\b|buys?\b|takes? over|part of (?:the )?(?-i:[A-Z])|discontinu|deprecat|retire|"
    r"end[- ]of[- ](?:life|sale|support)|last orders?\b|shut ?down|switched off|withdraw|recall|outage|degraded|"
    r"incident|breach|unauthori[sz]ed|vulnerab|insolven|bankrupt|ipo\b|series [a-e]\b|raises?\b|funding|certif|iso\b|"
    r"soc 2|fedramp|hipaa|gdpr|award|winner|named a\b|discount|rabatt|remise|descuento|sconto|korting|trial|essai|"
    r"refund|warrant|guarantee|garant|cancel|notice period|retention|no longer|not available|price|pricing|preis|prix|"
    r"precio|prezz|prijs|cennik|fees?\b|tariff?|rises?\b|increase|effective|from \d|as of \d|ab \d|zum \d|übern|gehört|"
    r"rejoint|rachète|compra\b|adquier|overname|förvärv|przejm|eingestellt|störung|panne|incidenc|guasto|storing|"
    r"awaria|launch|introduc|now available|announc|api v?\d|version \d|agents?\b|ki-|ai\b|ia\b|sales\b|"
    r"(?:ships?|dispatch\w*|deliver(?:y|ed)) (?:within|in \d|the same day)|same[- ]day|partners?hip|"
    r"customers? (?:include|win)|"
    r"moved? to|opens? (?:in|an?|its)|close[sd]? (?:its|the|our)|appoint|joins?\b|leaves?\b|steps? down|successor)",
    re.I,
)
_UNIT = (
    r"(?:days?|hours?|weeks?|months?|years?|tage?n?|stunden|wochen|monate?n?|jahre?n?|jours?|heures?|semaines?|mois|ans|"
    r"d[ií]as?|horas?|semanas?|mes(?:es)?|a[ñn]os?|giorni|ore|settimane|mesi|anni|dagen|uren|weken|maanden|jaar|dagar|"
    r"timmar|veckor|månader|år|dni|godzin|tygodni|miesięcy|lat|horas|anos)"
)
#: A term: so many days to pay, to try, to keep.
TERM = re.compile(rf"\d+\W{{0,2}}(?:business |working |calendar )?{_UNIT}\b", re.I)
#: A stretch of time that is none: how long ago, how long to read.
PASSING = re.compile(
    r"\bago\b|\bvor \d|il y a|hace \d|geleden|sedan\b|temu\b|updated|reviewed|\blast \d+|uptime|read\b|operational",
    re.I,
)
#: Money and shares beside a figure.
AMOUNT = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:€|%|EUR\b|USD\b|GBP\b|kr\b|zł|CHF)")
#: Words by which a sentence turns into its contrary or its limits.
TURNING = frozenset(
    [
        "no",
        "not",
        "never",
        "without",
        "only",
        "except",
        "unless",
        "cannot",
        "must",
        "may",
        "shall",
        "will",
        "free",
        "unlimited",
        "none",
        "kein",
        "keine",
        "nicht",
        "nur",
        "ohne",
        "muss",
        "darf",
        "sans",
        "pas",
        "non",
        "ne",
        "gratuit",
        "sin",
        "gratis",
        "senza",
        "niet",
        "geen",
        "zonder",
        "inte",
        "ej",
        "utan",
        "bez",
        "nie",
        "sem",
        "não",
    ]
)
NUMBERS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "fourteen",
        "fifteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "ninety",
        "hundred",
        "thousand",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "zehn",
        "zwölf",
        "vierzehn",
        "dreißig",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "dix",
        "quinze",
        "trente",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "diez",
        "quince",
        "treinta",
        "due",
        "tre",
        "quattro",
        "cinque",
        "dieci",
        "trenta",
        "twee",
        "drie",
        "vier",
        "vijf",
        "tien",
        "veertien",
        "dertig",
        "två",
        "tre",
        "fyra",
        "fem",
        "tio",
        "fjorton",
        "trettio",
        "dwa",
        "trzy",
        "czternaście",
        "trzydzieści",
        "dois",
        "três",
        "quatro",
        "dez",
        "trinta",
        "half",
        "double",
        "triple",
    ]
)
#: Whom a line addresses, and who speaks.
YOU = frozenset(
    [
        "you",
        "your",
        "yours",
        "yourself",
        "sie",
        "ihr",
        "ihre",
        "ihnen",
        "vous",
        "votre",
        "vos",
        "usted",
        "su",
        "sus",
        "voi",
        "vostro",
        "u",
        "uw",
        "je",
        "jouw",
        "du",
        "din",
        "ditt",
        "dina",
    ]
)
WE = frozenset(
    [
        "we",
        "our",
        "us",
        "wir",
        "unser",
        "unsere",
        "nous",
        "notre",
        "nos",
        "nosotros",
        "nuestro",
        "noi",
        "nostro",
        "wij",
        "ons",
        "onze",
        "vi",
        "vår",
        "våra",
        "my",
        "nasz",
    ]
)
