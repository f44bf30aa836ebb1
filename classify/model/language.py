"""Which language a text is in, told by its function words; what the model does not read goes to the analyst."""

from __future__ import annotations

import re

ENGLISH = "en"
UNKNOWN = "und"

# Function words that hardly occur in the other languages; a headline has one or two, a sentence several.
_LISTS = {
    ENGLISH: "the of and to in for with on is are we our you your by from at as its this that has have will be an new"
    " how what now it after over into their more us was were been not or all up out can a i my who why when if but",
    "de": "der die das und ist mit von für den dem ein eine einen auf wir nicht sich als auch werden wird bei im zum"
    " zur aus nach über unser unsere sie ihre jetzt ab neue neuen neuer vom",
    "fr": "le la les des et est une dans pour avec sur nous vous notre nos votre qui que au aux du par plus ses son"
    " sont cette ces",
    "es": "el los las una para con por del y es en que nuestro nuestra nuevo nueva sus como más al se su",
    "it": "il gli una per con del della che è di nel nella nostro nuova più alla sono dei delle",
    "pt": "os as uma para com por do da em que nosso nova novo mais dos das não ao pela pelo",
    "nl": "het een van voor met op zijn wij onze niet dat naar bij nieuwe ook wordt je uw door en",
    "pl": "i w na z do się jest nie dla oraz nasz nowy przez od są",
    "sv": "och att det som en ett på är för med av till vi den har inte ny nytt nya våra",
    "da": "og at det som en på er for med af til vi den har ikke ny vores fra et sig",
    "no": "og å det som en på er for med av til vi den har ikke ny våre fra et seg",
    "fi": "ja on ei se että mutta sekä kun tai ovat oli joka myös uusi uuden kuin mukaan vuoden noin sen",
    "cs": "v na se je že do pro o z ve jako nové nový který jsou byl také při podle",
    "hu": "az és hogy nem egy meg új vagy már csak mint ezt volt",
    "ro": "și în de la cu pe nu este sunt o un care din pentru noua nou prin mai",
    "tr": "ve bir bu için ile olarak yeni da de çok olan daha en ya gibi",
    "id": "yang dan di untuk dengan dari ini itu kami pada adalah akan baru ke tidak dalam",
}
WORDS = {code: frozenset(words.split()) for code, words in _LISTS.items()}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MOSTLY = 0.3  # Share of letters outside the Latin script from which the script alone decides.
# An English sentence of this many words without one word of the list above does not occur in the training rows,
# apart from menus and lists of names, which are written in capitals.
SENTENCE = 12
# Share of words, names apart, with letters beyond a-z from which a text without English words is foreign.
ACCENTED = 0.25


def detect_language(text: str) -> str:
    """Return an ISO 639-1 code, ``und`` for an unknown script or language, ``en`` when nothing speaks against it."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return ENGLISH
    foreign = sum(1 for char in letters if ord(char) > 0x24F)
    if foreign / len(letters) > MOSTLY:
        return UNKNOWN
    found = WORD.findall(text)
    # Each word once: "y/y" and "per seat, per month" do not make a text Spanish or Italian.
    words = {word.lower() for word in found}
    counts = {code: sum(word in known for word in words) for code, known in WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    # One foreign word is a name ("La Poste", "Das Auto"); two more than the English ones is a language.
    if counts[best] >= counts[ENGLISH] + 2:
        return best
    return UNKNOWN if counts[ENGLISH] == 0 and _looks_foreign(found) else ENGLISH


def _looks_foreign(words: list[str]) -> bool:
    lower = [word for word in words if word.islower()]
    accented = sum(not word.isascii() for word in lower)
    return len(lower) >= SENTENCE or accented >= max(2, ACCENTED * len(words))
