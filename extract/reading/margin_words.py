"""Words by which a line stands beside the matter: its noise is told by the text alone."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.reading.furniture import furniture_sign
from extract.reading.passing import passing_sign
from extract.reading.zones import AD, CALL, CHAT, COOKIE, PROMOTION, RELATED

SOCIAL_PROOF = "social proof"
GREETING = "greeting"
CLOCK = "clock"
MARKUP = "markup"
_COOKIE = re.compile(
    r"\bcookies?\b|\bstor\w+ (?:and/or access(?:ing)? )?information on (?:a|your) device\b|\bour \d+ partners\b|"
    r"\bwe and our (?:\d+ )?partners\b|\bwir und unsere (?:\d+ )?partner\b|\bnous et nos (?:\d+ )?partenaires\b|"
    r"\bunsere \d+ partner\b|\bnos \d+ partenaires\b",
    re.I,
)
#: What heads the comments of readers.
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:comments?|responses|replies|kommentare?|commentaires?|comentarios?|commenti|reacties|kommentarer|"
    r"komentarz\w*)(?: ?\(\d+\))?",
    re.I,
)
COMMENTS = "comments"
#: A notice of one text, with its button at the end.
_CHOSEN = re.compile(
    r"[.!?]\s+(?:(?:accept|allow|agree|got it|ok|okay|reject|decline)(?: all)?(?: cookies)?|"
    r"alle(?:s)? akzeptieren|akzeptieren|"
    r"zustimmen|(?:tout )?accepter|aceptar(?: todo)?|accetta(?: tutti)?|(?:alles )?accepteren|godkänn(?: alla)?)\W*$",
    re.I,
)
_CONSENT_LINK = re.compile(
    r"(?:your )?privacy choices|cookies? (?:settings|preferences)|manage cookies|do not sell.{0,40}", re.I
)
_RELATED = re.compile(
    r"^(?:archives?|(?:popular )?(?:tags|topics)|(?:recent|latest|neueste|derniers) (?:comments|kommentare|"
    r"commentaires)|"
    r"(?:customers|people|others|readers) (?:who .{3,30} )?also (?:bought|viewed|read|liked)|"
    r"frequently bought together|"
    r"wird oft zusammen gekauft|kunden kauften auch)\W*$|"
    r"^(?:related|recommended|similar|suggested|popular|trending|most read|more from|ähnliche|verwandte|"
    r"weitere (?:artikel|beiträge)|meistgelesen|articles (?:similaires|recommandés)|les plus lus|"
    r"artículos relacionados|más leídos|relaterade|mest lästa)\b.{0,30}$|"
    r"^(?:our )?(?:(?:staff|team|editor['’]?s['’]?) (?:picks?|choices?|favou?rites?)|"
    r"(?:featured )?(?:job|role|guide|article|story|product|template|app|integration|video|"
    r"book) of the (?:day|week|month)|(?:job|stelle|artikel|produkt|tipp) (?:der woche|des (?:tages|monats))|"
    r"(?:coups? de cœur|offre de la semaine))\W*$|"
    r"^(?:you (?:may|might) also (?:like|enjoy)|read next|keep reading|further reading|what to read next|"
    r"more like this|more (?:stories|articles|reads)|continue reading|(?:recommended|picked) for you|(?:lies|"
    r"lesen sie) auch|"
    r"weiterlesen|lire (?:aussi|ensuite)|sigue leyendo|leggi anche|lees ook|leia também|czytaj też|"
    r"das könnte (?:sie|dich|euch) (?:auch )?interessieren|à lire aussi|vous aimerez aussi|"
    r"también te puede (?:gustar|interesar)|läs också)\W*$",
    re.I,
)
_ADVERTISEMENT = re.compile(
    r"^(?:advertisement|sponsored|anzeige|werbung|publicité|publicidad|annons)\b", re.I
)
_CALL = re.compile(
    r"^(?:get started(?: (?:now|free|today|for free))?|try (?:it )?(?:for )?(?:free|now|it)(?: for free)?|"
    r"start (?:your |a |my )?(?:for )?(?:free )?(?:trial|now|free|building|today)|"
    r"(?:book|see|request|get|watch|schedule) (?:a |your )?(?:free |live |quick )?demo|"
    r"sign up(?: (?:now|free|for free|today))?|create (?:an |your )?(?:free )?account|learn more|read more|"
    r"find out more|buy now|download(?: now)?|subscribe(?: now)?|join now|save your seat|register now|"
    r"jetzt (?:starten|testen|kaufen|anfragen|anmelden|registrieren|bewerben)|kostenlos (?:testen|starten|"
    r"ausprobieren)|"
    r"demo (?:buchen|anfragen|vereinbaren)|mehr erfahren|essayer(?: gratuitement)?|commencer|demander une démo|"
    r"en savoir plus|empezar(?: gratis)?|prueba gratis|más información|solicitar (?:una )?demo|kom igång|läs mer|"
    r"boka (?:en )?demo|prova gratis)\W*$",
    re.I,
)
#: A call to be quick, with no amount or share that would be news.
_URGENT = re.compile(
    r"^(?!.*(?:[$€£%]|\b(?:19|20)\d{2}\b)).*\b(?:(?:only|just|last)\s+\d+\s+(?:days?|hours?|minutes?)\s+(?:left|"
    r"to go)|"
    r"(?:offer|sale|registration|deal)s?\s+ends?\s+(?:soon|today|tonight|tomorrow|in\s+\d+)|last chance|"
    r"early[- ]bird(?: (?:rates?|prices?|tickets?|offer|discount))? "
    r"(?:until|till|ends?|ended|is over|closed|expired)\b|"
    r"(?:hurry|act fast|don['’]t miss out)\b|limited[- ]time offer|nur noch \d+ (?:tage|stunden)|"
    r"plus que \d+ (?:jours|heures)|solo (?:quedan )?\d+ (?:días|horas))",
    re.I,
)
#: What a shop or an office says of this hour.
_HOURS = re.compile(
    r"^(?:we(?: are|['’]re) )?(?:(?:open|closed) (?:now|today|until\b.{1,20})|(?:currently|now) (?:open|closed)|"
    r"(?:open|closed)\s*[·•|–-]\s*(?:opens|closes|reopens|until)\b.{1,30}|"
    r"(?:jetzt|derzeit|aktuell) (?:geöffnet|geschlossen)|(?:ouvert|fermé) (?:maintenant|actuellement)|"
    r"(?:abierto|cerrado) ahora)\W*$|"
    r"^(?:(?:jetzt|nu|teraz|ahora|actuellement|ora)\s+)?(?:geöffnet|geschlossen|open|closed|gesloten|ouvert|"
    r"fermé|abierto|"
    r"cerrado|otwarte|zamknięte|aperto|chiuso|öppet|stängt|aberto|fechado)\s*[·•|,–-]\s*(?:schließt|öffnet|bis|wieder|"
    r"sluit|opent|tot|ferme|ouvre|jusqu|cierra|abre|hasta|zamyka|otwiera|chiude|apre|fino|stänger|öppnar|fecha|até)"
    r"\b.{0,30}$",
    re.I,
)
_PLACEHOLDER = re.compile(r"%[A-Z][A-Z0-9_]+%|\{\{[\w. |]+\}\}|\$\{[\w.]+\}")
_CHAT = re.compile(
    r"^(?:(?:hi|hello|hey|hallo|bonjour|hola)(?: there)?[!,.] .{2,60}\?|(?:start|open) (?:a |the )?(?:live )?chat|"
    r"chat now|example questions|ask (?:ai|a question|.{2,30} a question)|chat with us|how can (?:i|"
    r"we) help\b.*|did this answer your question\W*|(?:we|i) (?:usually |typically |normally )?(?:repl(?:y|ies)|"
    r"answer|respond) (?:in|within)\b.*|"
    r"chat (?:with|now with) .{2,60}|(?:talk|speak) to .{2,30}(?:online|available) now|"
    r"typically replies\b.*)$",
    re.I,
)
#: What a popup says of other visitors: a name, what they did, and when.
_PROOF = re.compile(
    r"^.{2,60}\b(?:signed up|just joined|joined|purchased|bought|ordered|subscribed|booked|upgraded|downloaded|"
    r"started (?:a|their) trial|hat (?:sich|gerade)|vient de|acaba de)\b.{0,60}\b(?:ago|just now|minutes?|"
    r"hours?|today|"
    r"vor \w+ \w+|il y a .+|hace .+)\W*$",
    re.I,
)
#: What a page says to the visitor alone.
_GREETING = re.compile(
    r"^(?:welcome back|good (?:morning|afternoon|evening|day)|guten (?:morgen|tag|abend)|willkommen zurück|"
    r"bon(?:jour|soir)|bon retour|buen(?:os días|as tardes|as noches)|god (?:morgon|kväll)|välkommen tillbaka)\b"
    r"(?:[\s,]+[\w.-]+){0,3}\s*[!.\U0001F44B]?$|^(?:hi|hello|hey|hallo|salut|hola|hej),? [\w.-]+[!,.]?$",
    re.I,
)
#: What a page says to the visitor alone, and of where it takes them to be.
_GREETING_MORE = re.compile(
    r"^(?:welcome(?: back)?|good (?:morning|afternoon|evening|day)|guten (?:morgen|tag|abend)|bon(?:jour|soir)|"
    r"buen(?:os días|as tardes|as noches)|god (?:morgon|kväll|dag)|goede(?:morgen|middag|navond)|dzień dobry|"
    r"dobry wieczór|"
    r"buon(?:giorno|asera)|bo[am] (?:dia|tarde|noite)|"
    r"hi|hello|hallo|hola|hej)\b[\s,]+"
    r"(?:(?:to (?:our|the) )?visitors?|guest|friend|besucher|gast|visiteur|visitante|bezoeker|"
    r"gość)\b[^.!?]{0,40}[.!]?"
    r"(?:\s[^.!?]{3,50}[.!]?)?$",
    re.I,
)
_LOCATED = re.compile(
    r"^(?:(?:all )?prices (?:are )?(?:shown|displayed|listed|given) in [A-Z]{3}|"
    r"(?:you(?:'re| are)|you seem to be) (?:visiting|browsing|shopping|located|in)\b(?: (?:from|in|our))?|"
    r"(?:shipping|delivering|deliver|ship) to\b|(?:your (?:location|region|country)|we think you are in)\b|"
    r"(?:preise in|lieferung nach|ihr standort|livraison (?:en|vers)|prix (?:affichés )?en|"
    r"envío a|precios en|verzending naar|prijzen in|wysyłka do|ceny w))[^.!?]{0,40}[.!]?$",
    re.I,
)
_WEATHER = re.compile(
    r"^[^\W\d_][\w .'’-]{1,30}[,:·|-]?\s+[-−]?\d{1,2}\s?°\s?[CF]?\b[,:·|\s-]*(?:(?:mostly|partly|light|heavy|leicht|"
    r"parcialmente|lluvia|peu) )?(?:sunny|sun|clear|cloud\w*|overcast|rain\w*|drizzle|showers?|snow\w*|fog\w*|"
    r"wind\w*|"
    r"storm\w*|sonnig|heiter|wolkig|bewölkt|bedeckt|regen|regnerisch|schnee|nebel|ensoleillé|soleil|nuageux|"
    r"pluie|pluvieux|"
    r"neige|couvert|soleado|despejado|nublado|lluvia|lluvioso|nieve|niebla|tormenta|viento|sole|soleggiato|"
    r"sereno|nuvoloso|"
    r"pioggia|neve|zonnig|bewolkt|regenachtig|sneeuw|mist|słonecznie|pochmurno|deszcz\w*|śnieg|mgła|sol\w*|moln\w*|"
    r"regn\w*|snö|chuva|ensolarado)?$",
    re.I,
)
_CAPTCHA = re.compile(
    r"\b(?:captcha|i(?:'m| am) not a robot|ich bin kein roboter|je ne suis pas un robot|no soy un robot)\b|"
    r"^(?:(?:please )?(?:type|enter|copy|repeat|write|solve)|bitte |geben sie|gib|tippen|tapez|saisissez|"
    r"recopiez|recopier|"
    r"escrib[ae]|introduzca|introduce|copie|typ|voer|wpisz|przepisz|scrivi|inserisci|skriv|digite|"
    r"código de seguridad|"
    r"security code|anti-?spam|sicherheitscode|sicherheitsfrage)\b.{0,40}"
    r"(?::|\?|=)\s*(?:[\da-z]{4,8}|\d{1,2}\s?[+x×*-]\s?\d{1,2}\s?(?:=\s?\??)?)$|"
    r"\b(?:enter|type) the (?:characters|text|code|letters|word) (?:you see|shown|from|in)\b|"
    r"^(?:what is|how much is|was ist|wie viel ist|combien font|cuánto es|hoeveel is|"
    r"ile jest)\s+\d{1,2}\s?[+x×*-]\s?\d{1,2}"
    r"\s*=?\s*\??$",
    re.I,
)
CAPTCHA, WEATHER = "captcha", "weather"
#: A text on cookies, which is a banner if buttons to choose by follow.
NOTICE = "notice"


def heads_related(text: str) -> bool:
    """Return whether a short line heads a box of other stories or products."""
    return bool(_RELATED.match(text))


# Two captures of a page share most of their texts, and the pages of a site their boilerplate.
@lru_cache(maxsize=8_192)
def sign_of(text: str, heads: bool, last: bool) -> str | None:
    """Return what the words of a text are a sign of. ``heads``: it is a heading; ``last``: nothing follows it."""
    length = len(text)
    if _ADVERTISEMENT.match(text):
        return AD
    if length < 40 and not heads and _CALL.match(text):
        return CALL
    if length < 120 and _PROOF.match(text):
        return SOCIAL_PROOF
    if length < 120 and not (heads and last) and _greets(text):
        return GREETING
    if length < 90 and (sign := _of_this_hour(text)):
        return sign
    if length < 60 and _PLACEHOLDER.fullmatch(text):
        return MARKUP
    if length < 120 and not heads and _URGENT.match(text):
        return PROMOTION
    if length < 90 and _CHAT.match(text):
        return CHAT
    if length < 60 and _RELATED.match(text):
        return RELATED
    if sign := passing_sign(text, heads=heads):
        return sign
    return _of_site(text, heads)


def _of_site(text: str, heads: bool) -> str | None:
    """Return the noise of a line by which a site serves its visitor: consent, tools, comments."""
    length = len(text)
    if _CONSENT_LINK.fullmatch(text):
        return COOKIE
    if sign := furniture_sign(text, heads=heads):
        return sign
    if length < 60 and _COMMENTS.fullmatch(text):
        return COMMENTS
    if length >= 700 or heads or not _COOKIE.search(text):
        return None
    return COOKIE if _CHOSEN.search(text) else NOTICE


def _greets(text: str) -> bool:
    """Return whether a line is for this visitor alone: a greeting, or where it takes them to be."""
    short = len(text) < 60 and bool(_GREETING.match(text))
    return short or bool(_GREETING_MORE.match(text) or _LOCATED.match(text))


def _of_this_hour(text: str) -> str | None:
    """Return the noise of a line that holds for this hour or this request: hours, weather, the riddle of a form."""
    if len(text) < 60 and _HOURS.match(text):
        return CLOCK
    if "°" in text and len(text) < 60 and _WEATHER.match(text):
        return WEATHER
    return CAPTCHA if _CAPTCHA.search(text) else None
