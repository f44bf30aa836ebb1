"""Failed captures: what came over the wire is not the page."""

from __future__ import annotations

import re

from extract.document import Document
from extract.values.normalise import key_of, normalise

_PLACEHOLDER = re.compile(
    r"\b(?:redirect(?:ing|ed)|just a moment|please wait|checking your browser|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"enable javascript|javascript is (?:disabled|required)|turn on javascript|access denied|forbidden|"
    r"are you a robot|captcha|"
    r"unusual traffic|attention required|page not found|not found|404|403|429|500|502|503|bad gateway|"
    r"service unavailable|"
    r"temporarily unavailable|under maintenance|scheduled maintenance|be right back|something went wrong|"
    r"an error (?:has )?occurred|"
    r"too many requests|rate limit|request blocked|you are being redirected|click here if you are not|"
    r"session (?:has )?expired|"
    r"(?:mit|ohne) werbung .{0,20}(?:cookies|weiter)|avec .{0,20}cookies|"
    r"you have been blocked|(?:enable|turn on) js\b|disable any ad ?blocker|ad ?blocker detected|"
    r"(?:now|you are) in line|"
    r"waiting room|estimated wait|(?:can(?:'|’)?t|could not|cannot) be found|nothing was found|even geduld|"
    r"voeren (?:\w+ )?onderhoud uit|log ?in to continue|sign in to continue|loading\b|"
    r"security (?:check|verification)|performing security|ray id|press (?:and|&) hold|i(?:'| a)m not a robot|"
    r"(?:prove|confirm|verify) (?:that )?you(?:'re| are) (?:not a (?:ro)?bot|(?:a )?human)|enable cookies|"
    r"human verification|ddos protection|(?:planned|routine|ongoing|essential|emergency) maintenance|"
    r"(?:down|closed|offline) for (?:\w+ )?maintenance|maintenance (?:mode|window|work|in progress)|"
    r"(?:we(?:'ll| will)|will) be back|(?:be )?back (?:soon|shortly|online|in (?:a few|\d+))|"
    r"before you continue|we (?:value|care about|respect) your privacy|"
    r"wartungs(?:arbeiten|modus|pause)|gleich (?:wieder da|zurück)|wieder (?:erreichbar|für sie da)|"
    r"einen moment bitte|sind sie ein mensch|kein roboter|seite nicht gefunden|zugriff verweigert|"
    r"(?:schätzen|respektieren|achten) (?:wir )?(?:ihre|deine) privatsphäre|"
    r"(?:en|site en) maintenance|maintenance (?:en cours|programmée|planifiée)|(?:bientôt|très vite|"
    r"minutes?) de retour|"
    r"un (?:instant|moment),? (?:s'il|svp)|accès refusé|page introuvable|vous êtes humain|"
    r"respect(?:ons)? (?:de )?votre vie privée|"
    r"(?:en|por|tareas de|trabajos de) mantenimiento|volvemos (?:en|pronto)|volveremos (?:en|pronto)|"
    r"un momento,? por favor|acceso denegado|"
    r"página no encontrada|valoramos (?:tu|su) privacidad|in manutenzione|torniamo (?:presto|subito|tra)|"
    r"em manutenção|"
    r"onderhoudswerkzaamheden|(?:in|gepland) onderhoud|zo terug|zijn (?:snel|zo) weer|een moment geduld|"
    r"pagina niet gevonden|"
    r"przerwa techniczna|prace (?:techniczne|konserwacyjne|serwisowe)|(?:trwa|w trakcie) konserwacj\w+|"
    r"wracamy (?:za|wkrótce)|zaraz wracam\w*|"
    r"chwil\w+ cierpliwości|(?:planerat|pågående|under) underhåll|strax tillbaka|(?:planlagt|"
    r"under) ved(?:likehold|ligeholdelse)|メンテナンス(?:中|のため)|しばらくお待ち|"
    r"维护中|점검 중)",
    re.I,
)
_LOADING = re.compile(
    r"^\W*(?:loading|wird geladen|lade|lädt|laden|chargement|cargando|caricamento|laddar|laster|henter|ładowanie|"
    r"wczytywanie|carregando|a carregar|読み込み中)\b.{0,40}$",
    re.I,
)
_FIELD = re.compile(r"\{\{.{1,60}\}\}|\{%.{1,60}%\}|<%=?.{1,60}%>|\$\{[\w.]{1,40}\}")
FIELDS = 2
_SIGN_IN = re.compile(
    r"^\W*(?:(?:please )?(?:sign|log)[ -]?in|login|anmelden|anmeldung|einloggen|connexion|se connecter|connectez-vous|"
    r"iniciar sesión|inicie sesión|accedi|inloggen|logga in|logg inn|log ind|zaloguj|entrar|iniciar sessão|ログイン)\b",
    re.I,
)
#: What heads a page that stands where another should.
_STOPS = re.compile(
    r"\b(?:page (?:not found|has moved|no longer exists)|404|search results|(?:subscribe|register|"
    r"log in) to (?:read|continue|view)|"
    r"(?:choose|select) your (?:country|region|location|language)|members only|age (?:check|verification)|"
    r"are you over \d+|"
    r"seite nicht gefunden|suchergebnisse|land wählen|page introuvable|résultats de recherche|choisissez votre pays|"
    r"página no encontrada|elija su país|pagina niet gevonden|kies uw land|sidan finns inte)\b",
    re.I,
)
BESIDE = 0.2  # share of blocks that stand beside the matter, on every page of a site
TINY = 0.12  # share of the other side's words; below it a page is a placeholder
SMALL = 0.5  # share below which a placeholder's words tell
WALL = 160  # words; a wall that explains why it stands there has no more
FULL_PAGE = 60  # words that make a page worth protecting
OTHERWISE = 0.5  # share of blocks that stay the same when a page is served in another language
FEW_BLOCKS = 3  # of the other side; a page of fewer may have lost them all
HALF = 0.75  # share of blocks below which an unfinished page is half a page


def failed_side(before: Document, after: Document) -> str | None:
    """Return ``before`` or ``after`` if that side is no capture of the page, None if both are."""
    if _is_empty(after, before):
        return "after"
    if _is_empty(before, after):
        return "before"
    left, right = _words(before), _words(after)
    strange = _are_strangers(before, after)
    if strange and _is_wall(after, right):
        return "after"
    if strange and _is_wall(before, left):
        return "before"
    for document, other, name in ((after, before, "after"), (before, after, "before")):
        if (
            _is_unloaded(document, other)
            or _asks_to_sign_in(document, other)
            or _is_unfilled(document, other)
        ):
            return name
    if right >= FULL_PAGE and _is_placeholder(before, left, right, strange):
        return "before"
    if left >= FULL_PAGE and _is_placeholder(after, right, left, strange):
        return "after"
    if _is_half(after, before):
        return "after"
    if _is_half(before, after):
        return "before"
    return None


def _is_empty(document: Document, other: Document) -> bool:
    """Return whether a page with a title shows nothing, not even a menu, as one does that scripts should fill."""
    return bool(
        document.title and not document.blocks and not document.asides and len(other.blocks) >= FEW_BLOCKS
    )


def is_in_other_language(before: Document, after: Document) -> bool:
    """Return whether the captures say that they are in two languages, and next to no text stands in both."""
    if not before.language or not after.language or before.language == after.language:
        return False
    left, right = ({block.key for block in side.blocks} for side in (before, after))
    return bool(left and right) and len(left & right) <= OTHERWISE * min(len(left), len(right))


def looks_failed(document: Document) -> bool:
    """Return whether a document by itself reads like an error, redirect or bot page."""
    text = " ".join(block.text for block in document.blocks)
    return len(text.split()) < FULL_PAGE and is_placeholder(f"{document.title or ''} {text}")


def is_placeholder(text: str) -> bool:
    """Return whether a title or heading holds words of an error, redirect or bot page."""
    return bool(_PLACEHOLDER.search(text))


def _is_placeholder(document: Document, own: int, other: int, strange: bool) -> bool:
    """Return whether a page stands where another was. ``strange``: the two have nothing in common, not even a menu."""
    if own < TINY * other:
        return True
    if own >= SMALL * other:
        return False
    return looks_failed(document) or (own < WALL and (strange or _is_headed(document)))


def _is_wall(document: Document, words: int) -> bool:
    """Return whether a page that shares nothing with the other reads like a wall, however short the other is."""
    return words < WALL and bool(document.blocks) and (_is_headed(document) or looks_failed(document))


def _are_strangers(before: Document, after: Document) -> bool:
    """Return whether two captures share no text at all, neither in their matter nor beside it."""
    left = {block.key for block in before.blocks} | {key_of(aside.text) for aside in before.asides}
    right = {block.key for block in after.blocks} | {key_of(aside.text) for aside in after.asides}
    return left.isdisjoint(right)


def _is_unloaded(document: Document, other: Document) -> bool:
    """Return whether a page shows that it is still loading, and nothing else that the other capture does not show."""
    known = {block.key for block in other.blocks}
    new = [block.text for block in document.blocks if block.key not in known]
    return (
        bool(new)
        and all(_LOADING.match(text) or is_placeholder(text) for text in new)
        and any(_LOADING.match(text) for text in new)
        and len(other.blocks) > len(document.blocks)
    )


def _is_unfilled(document: Document, other: Document) -> bool:
    """Return whether a page shows the fields of its template where the other shows what they stand for."""
    return _fields(document) >= FIELDS and not _fields(other)


def _fields(document: Document) -> int:
    texts = (*(aside.text for aside in document.asides), *(block.text for block in document.blocks))
    return sum(bool(_FIELD.search(text)) for text in texts if "{" in text or "<%" in text)


def _asks_to_sign_in(document: Document, other: Document) -> bool:
    """Return whether a short page is headed by a request to sign in and has none of the other's matter."""
    heads, others = _heads(document), _heads(other)
    if not any(map(_stops, heads)) or any(map(_stops, others)) or _words(document) >= WALL:
        return False
    known = {block.key for block in document.blocks}
    return sum(block.key in known for block in other.blocks) <= max(1, BESIDE * len(other.blocks))


def _stops(title: str) -> bool:
    return bool(_SIGN_IN.match(title) or _STOPS.search(title))


def _heads(document: Document) -> tuple[str, str]:
    return document.title or "", document.blocks[0].text if document.blocks else ""


def _is_headed(document: Document) -> bool:
    """Return whether a page's title or its first line are those of a wall."""
    first = document.blocks[0].text if document.blocks else ""
    return is_placeholder(f"{document.title or ''} {first}")


def _is_half(document: Document, other: Document) -> bool:
    if document.complete or not other.complete or not document.blocks:
        return False
    keys = {block.key for block in other.blocks}
    known = sum(1 for block in document.blocks if block.key in keys)
    return len(document.blocks) < HALF * len(other.blocks) and known >= 0.8 * len(document.blocks)


def _words(document: Document) -> int:
    return sum(len(normalise(block.text).split()) for block in document.blocks)
