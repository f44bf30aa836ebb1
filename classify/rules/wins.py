"""Customer wins as headlines tell them: another company does something with the rival or chooses it."""

from __future__ import annotations

import re

from classify.rules.words import COMPANY, sentences, tidy
from classify.signals import Actor

_CHOOSES = (
    r"(?i:(?:has\s+|have\s+|will\s+|to\s+)?(?:select|choose?|chose|chosen|pick|adopt|deploy|implement|prefer|trust|appl(?:y|ie)|use|roll|put|"
    r"opt|go|went|gone|turn|switch|move|migrate|standardi[sz]e|rel(?:y|ie)|renew|stay)(?:s|es|ed|d)?)"
    r"(?:\s+(?i:for|with|to|on|out|live\s+(?:with|on)|over\s+to))?"
)
_DOES_WITH = r"(?:(?:has|have|will)\s+)?[a-z]+(?:s|ed)\s+(?:[^\s.;:!?]+\s+){1,6}?(?:with|using|on)"
# What companies do with each other that makes neither the other's customer; here the words decide, not the pattern.
_OTHERWISE = re.compile(
    r"\b(partner\w*|alliance|acqui\w+|merg\w+|stake|invest\w*|fund\w*|rais\w+|join\w*|joint\w*|appoint\w*|nam(?:e|es|ed)|rank\w*|award\w*|integrat\w+|"
    r"teams?|resell\w*|distribut\w+|compet\w+|su(?:es|ed)|lawsuit|settl\w+|fin(?:es|ed)|collaborat\w+|agree\w*|talks?|leav\w+|drops?|dropped|ends?|"
    r"ended|cancel\w*|webinar|podcast|interview\w*|episode|conference|summit|sponsor\w*|compar\w+|versus|vs)\b",
    re.IGNORECASE,
)


def find_buyer(text: str, actor: Actor) -> str | None:
    """Return the company that the first sentence shows as buyer or user of the rival, else None.

    ``Harbour Bank selects Northbeam``, ``Rosa Group checks guests with VerifyFlow``.
    """
    lead = next(iter(sentences(text.strip())), "")[:200]
    owned = [name for name in (*actor.names, *actor.products) if name]
    if not owned or _OTHERWISE.search(lead):
        return None
    rival = rf"(?:(?i:the)\s+)?(?i:{'|'.join(re.escape(name) for name in sorted(owned, key=len, reverse=True))})(?!\w)"
    chosen = re.match(rf"(?P<name>{COMPANY})\s+{_CHOOSES}\s+{rival}", lead)
    # One capital word and a verb may also be an order to the reader: "Verify users quickly with …".
    used = re.match(rf"(?P<name>{COMPANY})\s+{_DOES_WITH}\s+{rival}", lead)
    found = chosen or (used if used and " " in used["name"] else None)
    name = tidy(found["name"]) if found else ""
    own = any(name.lower().startswith(mine.lower()) for mine in owned)
    return name if name and not own else None
