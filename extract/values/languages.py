"""Names of languages as they call themselves, by which a choice of languages is told from a choice of anything else."""

from __future__ import annotations

from collections.abc import Sequence

_NAMES = frozenset({
    "english", "deutsch", "français", "francais", "español", "espanol", "italiano", "nederlands", "português",
    "portugues", "polski", "svenska", "norsk", "norsk bokmål", "dansk", "suomi", "íslenska", "čeština", "slovenčina",
    "slovenščina", "magyar", "română", "hrvatski", "srpski", "български", "русский", "українська", "ελληνικά", "türkçe",
    "eesti", "latviešu", "lietuvių", "català", "euskara", "galego", "gaeilge", "cymraeg", "עברית", "العربية", "فارسی",
    "हिन्दी", "বাংলা", "ไทย", "tiếng việt", "bahasa indonesia", "bahasa melayu", "日本語", "한국어", "中文", "简体中文",
    "繁體中文", "german", "french", "spanish", "italian", "dutch", "polish", "portuguese", "swedish", "norwegian",
    "danish", "finnish", "japanese", "korean", "chinese", "englisch", "anglais", "inglés", "engels",
    "en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "no", "nb", "da", "fi", "cs", "hu", "ja", "ko", "zh",
})  # fmt: skip
#: Share of the options that must be languages; one more may be the prompt to choose.
MOST = 0.6


def are_languages(options: Sequence[str]) -> bool:
    """Return whether the options of a list are the languages of a site."""
    bare = [option.split("(")[0].strip(" -–|").casefold() for option in options]
    known = sum(name in _NAMES for name in bare)
    return known >= 2 and known >= MOST * len(bare)
