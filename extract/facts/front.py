"""The front of a start page: what it calls its visitors to do, and the subjects of its main menu.

Both are beside the matter, and other words for the same are noise. That a trial gave way to a talk with sales, or that
the menu has an entry for another subject, is news: so each offer and each subject is a block of its own, known by what
it is and not by its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extract.reading.piece import Piece, Reading
from extract.reading.zones import CALL, NAVIGATION
from extract.values.normalise import key_of
from store.kinds import BlockKind, FactKind, PageType
from store.records import Block, Fact

CALL_NAME = "call to action"
_OFFERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (offer, re.compile(pattern, re.I))
    for offer, pattern in (
        ("waiting list", r"\bwait(?:ing)?[- ]?list\b|\b(?:request|get) (?:early )?access\b|\bearly access\b"),
        ("sales", r"\b(?:talk|speak|chat) (?:to|with)\b|\bcontact (?:sales|us)\b|\bget a (?:quote|demo)\b|"
                  r"^(?:book|request|schedule|get|see|watch|try)\b.{0,16}\bdemo\b|\bbook a (?:call|meeting)\b|"
                  r"\bdemo (?:buchen|anfragen|vereinbaren)\b|\b(?:vertrieb|sie uns) kontaktieren\b|"
                  r"\bkontakt aufnehmen\b|"
                  r"\b(?:demander|réserver) une démo\b|\bcontacter\b|\bsolicitar .{0,6}demo\b|\bboka .{0,4}demo\b|"
                  r"\brichiedi una demo\b|\bdemo aanvragen\b"),
        ("self-service", r"\bfree trial\b|\b(?:start|try|sign up|get started|begin|join)\b.{0,12}\bfree\b|"
                         r"^(?:get started|start (?:now|building|today|your trial)|sign up|try .{0,20}now|try it)\W*$|"
                         r"\bcreate (?:an |your |a )?(?:free )?account\b|\bkostenlos (?:testen|starten|ausprobieren)\b|"
                         r"\bjetzt (?:starten|testen|registrieren)\b|\bessa(?:yer|i) gratuit\w*|\bprueba gratis\b|"
                         r"\bempezar gratis\b|\bkom igång\b|\bprova gratis\b|\bgratis proberen\b|\bteste grátis\b"),
        ("purchase", r"^(?:buy|order|shop)(?: now| online)?\W*$|\bjetzt (?:kaufen|bestellen)\b|^acheter\b|^comprar\b"),
    )
)  # fmt: skip
#: Subjects by which a main menu says what a firm now sells and to whom; the usual rest of a menu says nothing.
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, re.compile(pattern, re.I))
    for subject, pattern in (
        ("pricing", r"^(?:pricing|plans|prices|plans (?:&|and) pricing|preise|tarife?|tarifs|precios|prezzi|prijzen|"
                    r"priser|"
                    r"planos|preços|料金)$"),
        ("enterprise", r"^(?:for )?enterprises?(?: plan)?$"),
        ("artificial intelligence", r"\bAI\b|\bKI\b|\bIA\b|\bagents?\b|\bcopilot\b|\bGPT\b"),
        ("developers", r"^(?:for )?developers?$|\bAPIs?\b|^entwickler$|^développeurs$|^desarrolladores$"),
        ("marketplace", r"\bmarketplace\b|\bapp (?:store|directory)\b|^integrations?$|^integrationen$|^integraciones$"),
        ("partners", r"^(?:our |become a )?partners?(?: program(?:me)?| portal)?$|^partner werden$|^partenaires$"),
        ("trust", r"^(?:security|trust(?: center)?|compliance|sicherheit|sécurité|seguridad)$"),
        ("startups", r"^(?:for )?start-?ups$"),
        ("public sector", r"^(?:for )?(?:government|public sector|öffentlicher sektor|secteur public)$"),
        ("hardware", r"^(?:hardware|devices)$"),
    )
)  # fmt: skip
#: What a main menu holds besides, by which it is told from lists of languages and of tools.
_MENU = re.compile(
    r"^(?:home|products?|platform|features|solutions?|use cases|customers?|resources|docs|documentation|about(?: us)?|"
    r"company|blog|contact|support|pricing|partners?|industries|services|produkte?|lösungen|unternehmen|kontakt|"
    r"über uns|"
    r"produits?|entreprise|ressources|productos?|soluciones|empresa|recursos|prodotti|azienda|producten)$",
    re.I,
)
LABEL_WORDS = 5
MENU_ENTRIES = 3  # fewer are no menu
MENUS = 4  # the main menu is among the first lists of a page


def front_blocks(reading: Reading) -> Iterator[Block]:
    """Yield a block for every offer and every telling subject at the front of a start page, keyed by what it is."""
    for offer, piece in _offers(reading):
        yield _block(f"{CALL_NAME} {offer}", piece)
    for subject, piece in _subjects(reading):
        yield _block(f"menu {subject}", piece)


def call_pieces(reading: Reading) -> frozenset[int]:
    """Return the identities of the pieces that are calls below the headline: their words by themselves say nothing."""
    return frozenset(id(piece) for piece in _calls(reading) if _offer_of(piece.text))


def read_front(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield what a start page calls for, in one fact, and the telling subjects of its main menu."""
    if page_type is not PageType.HOME:
        return
    if offers := _offers(reading):
        told = {"offer": ", ".join(offer for offer, _ in offers), "text": offers[0][1].text}
        yield Fact(kind=FactKind.CALL, name=CALL_NAME, attributes=told, quote=offers[0][1].text)
    for subject, piece in _subjects(reading):
        told = {"text": piece.text}
        yield Fact(kind=FactKind.NAVIGATION, name=subject, attributes=told, quote=piece.text)


def _block(what: str, piece: Piece) -> Block:
    return Block(kind=BlockKind.OPTION, text=piece.text, key=key_of(what), path=piece.path)


def _offers(reading: Reading) -> list[tuple[str, Piece]]:
    """Return the offers below the headline, each with its first call, in the order of `_OFFERS`."""
    near = _calls(reading)
    found = [(offer, next((p for p in near if _offer_of(p.text) == offer), None)) for offer, _ in _OFFERS]
    return [(offer, piece) for offer, piece in found if piece is not None]


def _calls(reading: Reading) -> list[Piece]:
    """Return the short lines below the headline."""
    headline = next((p.text for p in reading.pieces if p.kind is BlockKind.HEADING and p.level == 1), None)
    if headline is None:
        return []
    calls = [item.piece for item in reading.marginal if item.reason == CALL]
    return [p for p in (*calls, *reading.pieces) if p.path[-1:] == (headline[:200],) and _is_label(p)]


def _offer_of(text: str) -> str:
    return next((offer for offer, pattern in _OFFERS if pattern.search(text)), "")


def _subjects(reading: Reading) -> list[tuple[str, Piece]]:
    menu = _main_menu(reading)
    found = [
        (subject, next((piece for piece in menu if pattern.search(piece.text)), None))
        for subject, pattern in _SUBJECTS
    ]
    return [(subject, piece) for subject, piece in found if piece is not None]


def _main_menu(reading: Reading) -> list[Piece]:
    """Return the entries of the list, among the first of the page, that has most words of a main menu."""
    entries = [item.piece for item in reading.marginal if item.reason == NAVIGATION and _is_label(item.piece)]
    sizes = Counter(piece.group for piece in entries)
    first = [group for group in dict.fromkeys(p.group for p in entries) if sizes[group] >= MENU_ENTRIES][
        :MENUS
    ]
    words = Counter(piece.group for piece in entries if _MENU.match(piece.text))
    main = max(first, key=lambda group: words[group], default=None)
    return [piece for piece in entries if piece.group == main and words[main]]


def _is_label(piece: Piece) -> bool:
    return not piece.level and len(piece.text.split()) <= LABEL_WORDS
