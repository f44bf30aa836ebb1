"""Is this English? The model and the rules read English; anything else goes to the analyst."""

from __future__ import annotations

import re

ENGLISH = "en"
UNKNOWN = "und"

# Function words that hardly occur in the other languages; a headline has one or two, a sentence several.
WORDS: dict[str, frozenset[str]] = {
    ENGLISH: frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "for",
            "with",
            "on",
            "is",
            "are",
            "we",
            "our",
            "you",
            "your",
            "by",
            "from",
            "at",
            "as",
            "its",
            "this",
            "that",
            "has",
            "have",
            "will",
            "be",
            "an",
            "new",
            "how",
            "what",
            "now",
            "it",
            "after",
            "over",
            "into",
            "their",
            "more",
            "us",
            "was",
            "were",
            "been",
            "not",
            "or",
            "all",
            "up",
            "out",
            "can",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ist",
            "mit",
            "von",
            "für",
            "den",
            "dem",
            "ein",
            "eine",
            "einen",
            "auf",
            "wir",
            "nicht",
            "sich",
            "als",
            "auch",
            "werden",
            "wird",
            "bei",
            "im",
            "zum",
            "zur",
            "aus",
            "nach",
            "über",
            "unser",
            "unsere",
            "sie",
            "ihre",
            "jetzt",
            "ab",
            "neue",
            "neuen",
            "neuer",
            "vom",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "et",
            "est",
            "une",
            "dans",
            "pour",
            "avec",
            "sur",
            "nous",
            "vous",
            "notre",
            "nos",
            "votre",
            "qui",
            "que",
            "au",
            "aux",
            "du",
            "par",
            "plus",
            "ses",
            "son",
            "sont",
            "cette",
            "ces",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "los",
            "las",
            "una",
            "para",
            "con",
            "por",
            "del",
            "y",
            "es",
            "en",
            "que",
            "nuestro",
            "nuestra",
            "nuevo",
            "nueva",
            "sus",
            "como",
            "más",
            "al",
            "se",
            "su",
        ]
    ),
    "it": frozenset(
        [
            "il",
            "gli",
            "una",
            "per",
            "con",
            "del",
            "della",
            "che",
            "è",
            "di",
            "nel",
            "nella",
            "nostro",
            "nuova",
            "più",
            "alla",
            "sono",
            "dei",
            "delle",
        ]
    ),
    "pt": frozenset(
        [
            "os",
            "as",
            "uma",
            "para",
            "com",
            "por",
            "do",
            "da",
            "em",
            "que",
            "nosso",
            "nova",
            "novo",
            "mais",
            "dos",
            "das",
            "não",
            "ao",
            "pela",
            "pelo",
        ]
    ),
    "nl": frozenset(
        [
            "het",
            "een",
            "van",
            "voor",
            "met",
            "op",
            "zijn",
            "wij",
            "onze",
            "niet",
            "dat",
            "naar",
            "bij",
            "nieuwe",
            "ook",
            "wordt",
            "je",
            "uw",
            "door",
            "en",
        ]
    ),
    "pl": frozenset(
        ["i", "w", "na", "z", "do", "się", "jest", "nie", "dla", "oraz", "nasz", "nowy", "przez", "od", "są"]
    ),
    "sv": frozenset(
        [
            "och",
            "att",
            "det",
            "som",
            "en",
            "på",
            "är",
            "för",
            "med",
            "av",
            "till",
            "vi",
            "den",
            "har",
            "inte",
            "ny",
            "våra",
        ]
    ),
}
WORD = re.compile(r"[^\W\d_]+")
MOSTLY = 0.3  # Share of letters outside the Latin script from which the script alone decides.


def detect_language(text: str) -> str:
    """Return an ISO 639-1 code, ``und`` where another script is written, ``en`` when nothing speaks against it."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return ENGLISH
    foreign = sum(1 for char in letters if ord(char) > 0x24F)
    if foreign / len(letters) > MOSTLY:
        return UNKNOWN
    words = [word.lower() for word in WORD.findall(text)]
    counts = {code: sum(word in known for word in words) for code, known in WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    # One foreign word is a name ("La Poste", "Das Auto"); two more than the English ones is a language.
    return best if counts[best] >= counts[ENGLISH] + 2 else ENGLISH
