"""Furniture: lines by which a site serves its visitor or betrays its machinery, and which say nothing of its firm."""

from __future__ import annotations

import re

#: Whole lines that help one about the page, in the words of many sites.
_CONTROLS = re.compile(
    r"(?:skip to (?:the )?(?:main )?(?:content|navigation|main|footer)|zum (?:haupt)?inhalt(?: springen)?|"
    r"aller au contenu|"
    r"(?:saltar|ir) al contenido|naar (?:de )?inhoud|vai al contenuto|hoppa till innehåll\w*|przejdź do treści|"
    r"print(?: this page| page)?|seite drucken|drucken|imprimer(?: cette page)?|imprimir|stampa|afdrukken|skriv ut|"
    r"share(?: this)?(?: page| article| post)?(?: (?:by|via|on) [\w-]+(?: ?mail)?)?|(?:share this|share on|"
    r"teilen|partager|"
    r"compartir|condividi|delen|dela|udostępnij)\s*:?(?: (?:facebook|linkedin|x|twitter|mastodon|bluesky|threads|"
    r"whatsapp|"
    r"reddit|e-?mail|xing|telegram|pinterest|copy link))*|copy link|back to top|nach oben|"
    r"haut de page|volver arriba|"
    r"(?:log|sign) ?(?:in|out|off|on)|my account|your account|mein konto|(?:ab|an)melden|mon compte|mi cuenta|"
    r"mijn account|"
    r"mitt konto|se (?:dé)?connecter|"
    r"(?:shopping )?(?:cart|basket|bag|warenkorb|panier|carrito|carrello|winkelwagen|varukorg|koszyk)\s*[(:]?\s*\d*\)?"
    r"(?: items?)?|"
    r"you have (?:no|\d+) (?:new |unread )?(?:messages?|notifications?)|\d+ (?:new|unread) (?:messages?|"
    r"notifications?)|"
    r"(?:sort(?:ed)? by|sortier(?:t|en) nach|trier par|ordenar por|sorteren op|sortera|ordina per)\s*[\w ]{0,24}|"
    r"(?:sort(?:ed|ing)?(?: by)?|order(?:ed)? by|filter(?:s|ed)?(?: by)?|view(?:ing)? as|display as|"
    r"sortier(?:t|en|ung)(?: nach)?|trier par|tri|ordenar por|orden|sorteren op|sortera|ordina per)\s*:"
    r"\s*[\w ,/()-]{0,32}|(?:(?:list|grid|card|table|map|calendar|tile) view|view (?:list|grid|map)|"
    r"listenansicht|kachelansicht|vue (?:liste|grille))|(?:show )?\d{1,3} "
    r"(?:(?:items?|results|entries|rows|jobs|posts) )?(?:per page|pro seite|par page|por página|per pagina)|"
    r"(?:results|items|rows|entries) per page\s*:?\s*\d{0,3}|"
    r"(?:already (?:a (?:customer|member|user)|registered|have an account)|have an account|"
    r"(?:new here|no account)(?: yet)?|"
    r"bereits kunde|noch kein konto|déjà (?:client|inscrit)|ya tienes cuenta|al klant)\s*\?.{0,40}|"
    r"(?:clear|reset|apply)(?: all)? filters?|filter (?:zurücksetzen|anwenden)|"
    r"(?:powered by )?google translate|select language(?: ▼)?|translate|"
    r"(?:increase|decrease|reset) (?:text|font)(?: size)?|high contrast|grayscale|readable font|"
    r"(?:get|download|try|use) (?:our|the) app|open in (?:the )?app(?: store)?|get it on google play|"
    r"download on the app store|"
    r"copy(?: code)?|copied!?|(?:download|save)(?: as)? pdf|pdf(?: version| herunterladen)?|read more|"
    r"show (?:more|less|all)|"
    r"add to (?:my )?calendar|(?:read|view) (?:full )?(?:bio(?:graphy)?|profile)|most (?:popular|chosen|loved|picked)|"
    r"best value|recommended|apply now|"
    r"(?:this is (?:a|the) )?(?:staging|test|preview|development)(?: environment| server| site| system)\b.{0,40}|"
    r"weiterlesen|mehr anzeigen|in den kalender|beliebteste wahl|empfohlen|lire la suite|voir plus|"
    r"le plus populaire|leer más|"
    r"más popular|leggi di più|lees meer|läs mer|czytaj więcej|meest gekozen|"
    r"view larger map|(?:get )?directions|open in (?:google |apple )?maps|route (?:planen|berechnen)|itinéraire|"
    r"(?:send|submit)(?: (?:message|form|request))?|absenden|senden|envoyer|enviar|verzenden|invia|skicka|wyślij|"
    r"(?:linkedin|facebook|instagram|youtube|x|twitter|bluesky|mastodon|threads|tiktok|xing|github|whatsapp|rss))",
    re.I,
)
#: What a site says of the browser, the connection and the address of its visitor.
_MACHINE = re.compile(
    r"\b(?:(?:you are using|your browser is) (?:an )?(?:outdated|old|unsupported)|(?:please )?(?:upgrade|"
    r"update) your browser|"
    r"you (?:are|seem to be|appear to be) offline|(?:works? best|looks best) with (?:javascript|\w+ \d+)|"
    r"(?:please )?(?:enable|activate|turn on) (?:javascript|cookies)\b|javascript (?:is )?(?:disabled|required|aus)|"
    r"(?:bitte )?aktivieren sie javascript|activez javascript|veraltete[nr]? browser|navigateur obsolète)",
    re.I,
)
_MACHINE_LINE = re.compile(
    r"^your (?:ip(?: address)?|browser|device|operating system|location|session|visitor (?:id|number))\b\s*(?:is|"
    r":).{0,60}$|"
    r"^(?:served|rendered|delivered|generated) by [\w.-]*\d[\w.-]*$|^(?:server|node|host|instance|pod|"
    r"worker)\s*:?\s*[\w.-]*\d[\w.-]*$|"
    r"^(?:reference|ref|request|error|trace|correlation|event|incident) ?(?:id|no\.?|number|"
    r"code)?\s*[:#]\s*[\w.-]*\d[\w.-]*$|"
    r"^(?:built from|deployed|commit)\s*:?\s*(?=[0-9a-f]*\d)[0-9a-f]{7,40}$|"
    r"^(?:page |site |app )?(?:version|build|release|revision)\s*:?\s*v?\d[\w.]*(?:\s*\(.{1,30}\))?$",
    re.I,
)
#: What a program leaves in a page that it could not fill in.
_UNFILLED = re.compile(
    r"\[object \w+\]|undefined|null|nan|none|lorem ipsum\b.*|\[/?[a-z][\w-]*(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|"
    r"'[^']*'|\S+))*\s*/?\]|"
    r"%[\w.]+%|\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|missing translation.*|translation missing.*|"
    r"(?:[a-z]+\.){2,}[a-z_]+",
    re.I,
)
#: What is asked of those who come from elsewhere.
_ELSEWHERE = re.compile(
    r"\b(?:it (?:looks|seems) (?:like|as if|as though)|you (?:seem|appear) to be|are you) (?:you(?:['’]re| are) )?"
    r"(?:in|from|visiting|browsing)\b.*(?:would you like|visit|go to|switch|site|store|\bzu[rm] \w+en (?:seite|shop|"
    r"website)|site \w+|versión|versione)|^zu[rm] \w+(?:en|er) (?:seite|website|shop)$|"
    r"\b(?:sie scheinen|es sieht (?:so )?aus,? als) .{0,40}\b(?:in|aus) \w+|\bvous semblez (?:être|vous trouver) |"
    r"\bparece que est[áa]s? en\b|^(?:go to|visit|continue to|stay on) (?:the |our )?[\w ]{2,24} "
    r"(?:site|store|website|page)$|\bfür ihre region\b|\bversion .{0,20}(?:de votre pays|für ihr land)\b",
    re.I,
)
#: What leads what changes with the day.
_OF_THE_DAY = re.compile(
    r"^(?:(?:tip|quote|fact|word|question|photo|picture|tipp|zitat|bild|frage|astuce|conseil|citation|consejo|"
    r"frase|tip|"
    r"citaat) (?:of the (?:day|week|month)|des (?:tages|monats)|der woche|du jour|de la semaine|del día|"
    r"van de (?:dag|week))|"
    r"did you know|wussten sie(?: schon)?|le saviez-vous|sabías que|wist u dat|visste du)\b",
    re.I,
)
#: Works on the service, holidays of the office: over before anybody has read of it.
_CLOSURE = re.compile(
    r"\b(?:scheduled|planned|routine|upcoming) maintenance\b.{0,120}(?:\d|tonight|tomorrow|today)|"
    r"\bwartungsarbeiten\b.{0,80}\d|\bmaintenance (?:prévue|programmée)\b|"
    r"\b(?:closed|shut|geschlossen|fermés?|cerrad\w+|gesloten|chius\w+|stängt)\b.{0,60}(?:christmas|new year|easter|"
    r"bank holiday|public holiday|weihnacht\w*|neujahr|silvester|ostern|feiertag\w*|noël|nouvel an|navidad|"
    r"kerst\w*|natale|"
    r"\bjul\b|nyår)|\b(?:christmas|holiday|weihnachts|noël) (?:opening|hours|öffnungszeiten|closure)",
    re.I,
)
#: From when to when nobody is in: a firm that closes an office says no end of it.
_AWAY = re.compile(
    r"\b(?:closed|geschlossen|fermée?s?|cerrad[oa]s?|gesloten|chius[oi]|stängt)\b.{0,12}?\b(?:from|between|vom|von|du|"
    r"del?|van|dal|mellan)\b.{0,24}\d.{0,16}\b(?:to|until|till|and|through|bis|und|au|al?|hasta|tot|och)\b.{0,16}\d",
    re.I,
)
#: What a form says when it has been sent.
_SENT = re.compile(
    r"^(?:thank you|thanks|vielen dank|merci|gracias|grazie|bedankt|tack)\b.{0,60}\b(?:sent|received|submi\w+|in touch|"
    r"gesendet|erhalten|envoyé|reçu|enviado|recibido|inviato|verzonden|ontvangen|skickat)\b",
    re.I,
)
_PICTURES = re.compile(
    r"^(?:pictures?|images?|photos?|illustrations?|screenshots?|abbildung(?:en)?|bilder|photo)\b.{0,30}\b(?:examples?|"
    r"may differ|illustrative|similar|ähnlich|beispiel\w*|non contractuelles?)\b.{0,40}$",
    re.I,
)
_CREDIT = re.compile(
    r"(?:photo(?:graph)?s?|pictures?|images?|illustrations?|fotos?|bild(?:er|nachweis|quelle)?|crédits? photos?)"
    r"(?: credits?| by)?\s*:\s*.{2,60}",
    re.I,
)
_ABOUT_MACHINES = ("browser", "offline", "javascript", "cookies", "best with", "navigateur")
_ABOUT_PLACES = (
    "look",
    "seem",
    "appear",
    "are you",
    "visit",
    "go to",
    "stay on",
    "continue to",
    "region",
    "version",
)
_ABOUT_CLOSURES = ("maint", "wartung", "clos", "shut", "geschl", "ferm", "cerrad", "gesloten", "chius", "stängt",
                   "christmas", "holiday", "weihnacht", "noël")  # fmt: skip
SHORT = 90  # characters
LINE = 220

MARKUP, NAVIGATION, RELATED, CLOSURE, GREETING = (
    "markup",
    "navigation",
    "rotating content",
    "notice of closure",
    "greeting",
)


def furniture_sign(text: str, *, heads: bool) -> str | None:
    """Return the noise of a line that serves the visitor or betrays the machinery; None for all others."""
    if len(text) > LINE:
        return None
    if len(text) <= SHORT and not heads and _CONTROLS.fullmatch(text.strip(" :»›|")):
        return NAVIGATION
    if _UNFILLED.fullmatch(text):
        return MARKUP
    if heads:
        return None
    if _SENT.match(text):
        return GREETING
    if (
        (_may_hold(_ABOUT_MACHINES, text) and _MACHINE.search(text))
        or _MACHINE_LINE.match(text)
        or _PICTURES.match(text)
        or _CREDIT.fullmatch(text)
    ):
        return MARKUP
    if _may_hold(_ABOUT_PLACES, text) and _ELSEWHERE.search(text):
        return GREETING
    if _OF_THE_DAY.match(text):
        return RELATED
    closure = _may_hold(_ABOUT_CLOSURES, text) and (_CLOSURE.search(text) or _AWAY.search(text))
    return CLOSURE if closure else None


def _may_hold(words: tuple[str, ...], text: str) -> bool:
    """Return whether a text has one of the words without which a pattern does not match: ten times as fast."""
    lower = text.lower()
    return any(word in lower for word in words)
