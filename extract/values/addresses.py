"""Postal addresses: whether a line is part of one, and the town that stands behind a postal code."""

from __future__ import annotations

import re

#: Streets with their number, as they are written in English, German, Dutch, the Romance and the Nordic languages.
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?(?:[-–/]\d{1,5}[a-z]?)?,?\s+(?:[\w.'’]+\s+){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|square|sq|"
    r"place|pl|boulevard|blvd|quay|court|ct|terrace|way|row|wharf|parkway|pkwy|highway|hwy|crescent|close|gardens|park|"
    r"house|yard|mews|hill|walk|alley)\b|"
    r"\b[\w.-]*(?:straße|strasse|str\.|stra[sß]e|weg|platz|gasse|allee|ring|damm|ufer|chaussee|straat|laan|gracht|kade|plein|"
    r"singel|dijk|gatan|vägen|gata|gade|vej|veien|torg|torget|katu|tie)\s*\d{1,4}\s?[a-z]?\b|"
    r"\b(?:am|an der|im|zum|zur)\s+[\w.-]+(?:\s[\w.-]+)?\s\d{1,4}\s?[a-z]?\b|"
    r"\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|quai|cours|chemin|allée|impasse|passage)\b|"
    r"\b(?:calle|c/|avenida|avda?\.?|paseo|plaza|ronda|via|viale|piazza|corso|rua|praça|ul\.|ulica|aleja|al\.)\s.{2,40}?\d|"
    r"\b(?:p\.?o\.? box|postfach|boîte postale|apartado)\s*\d",
    re.I,
)
#: A postal code beside its town, or one whose form is no other number's.
_CODE_TOWN = re.compile(
    r"(?:^|[\s,–-])(?:[A-Z]{1,2}-)?(?:(?!199\d\b|20[0-4]\d\b)\d{4}|\d{5}|\d{3}\s\d{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4}\s?[A-Z]{2})\s+"
    r"(?P<town>[^\W\d_a-z][^\W\d_A-Z]+(?:[\s-][^\W\d_a-z][^\W\d_A-Z]+|\s(?:am|an der|im|la|de|sur|del)\s[^\W\d_]+)*)"
)
_TOWN_CODE = re.compile(
    r"(?P<town>[^\W\d_a-z][^\W\d_A-Z]+(?:[\s-][^\W\d_a-z][^\W\d_A-Z]+)*),?\s+(?:"
    r"[A-Z]{2}\s+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|(?:[A-Z]{2}\s+)?[A-Z]\d[A-Z]\s*\d[A-Z]\d|\d{5,6}|"
    r"(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s+\d{4})\b"
)
_CODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b|\b[A-Z]{2}\s+\d{5}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|〒\s?\d{3}-?\d{4}|"
    r"\b(?:suite|floor|unit|level|level|etage|étage|stock)\s+#?\d"
)
LINE = 160  # characters; a longer text tells a story


def is_address(line: str) -> bool:
    """Return whether a line is a postal address or a part of one."""
    if len(line) > LINE or "©" in line or not any(map(str.isdigit, line)):
        return False
    return any(pattern.search(line) for pattern in (_STREET, _CODE_TOWN, _CODE))


def town_in(address: str) -> str:
    """Return the town that stands beside the postal code; empty if there is none, or several."""
    for pattern in (_CODE_TOWN, _TOWN_CODE):
        if found := {match.group("town") for match in pattern.finditer(address)}:
            return found.pop() if len(found) == 1 else ""
    return ""
