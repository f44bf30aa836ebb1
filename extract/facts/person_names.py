"""Names of persons and what they do: whether a short text is the one, and what role another states."""

from __future__ import annotations

import re

_ROLE = re.compile(
    r"\b(?:chief|officer|ceo|cto|cfo|coo|cmo|cpo|cro|ciso|cio|chro|c[a-z]o\b|(?:co-?)?founder|director|"
    r"president|vp|svp|evp|head|"
    r"lead(?:er)?|engineer(?:ing)?|manager|committer|pmc|chair(?:man|woman|person)?|member|partner|"
    r"principal|counsel|advisor|adviser|"
    r"analyst|designer|developer|scientist|researcher|consultant|architect|secretary|treasurer|associate|"
    r"assistant|specialist|"
    r"coordinator|recruiter|accountant|marketing|sales|operations|product|support|success|editor|"
    r"maintainer|contributor|emeritus|"
    r"board|trustee|fellow|intern|administrator|strategist|owner|professor|evangelist|advocate|moderator|"
    r"representative|"
    r"managing|reviewer|approver|staff|geschäftsführer(?:in)?|geschäftsführung|\w*leit(?:er(?:in)?|ung)|"
    r"vorstand(?:smitglied|svorsitzende[rn]?)?|inhaber(?:in)?|gründer(?:in)?|entwickler(?:in)?|berater(?:in)?|vertrieb|"
    r"prokurist(?:in)?|aufsichtsrat|sachbearbeiter(?:in)?|assistenz|assistentin|directeur|directrice|direct(?:or|ora)|"
    r"président(?:e)?|responsable|fondateur|fondatrice|gérante?|chef(?:fe)?|ingénieure?|conseill(?:er|ère)|"
    r"gerente|jefe|jefa|fundador(?:a)?|socio|socia|vd|verkställande|grundare|utvecklare|ansvarig|säljare|"
    r"\w*chef|amministrat\w+|delegat[oa]|hoofd|bestuurder|prezes|wiceprezes|dyrektor|kierownik|"
    r"diretor[a]?(?:-geral)?|gestor[a]?|"
    r"direktør|daglig leder|administrerende|toimitusjohtaja|johtaja|ředitel(?:ka)?|vedoucí|direttore|direttrice|"
    r"amministratore|responsabile|fondatore|oprichter|directie|medewerker)\b",
    re.I,
)
_CJK_HEADING = re.compile(r"経営陣|役員|会社|社員|紹介|一覧|团队|团隊|公司")
_CJK_ROLE = re.compile(
    r"代表取締役|取締役|社長|会長|部長|課長|執行役員|監査役|総经理|总经理|总裁|董事|经理|대표|이사|팀장"
)
_NAME_WORD = (
    r"(?:(?:(?:al|el|d|l|o|de|da|ibn|ben|abu|bint|ould)[-'’]\s?)?[^\W\d_a-zß-öø-ÿ][\w'’-]*\.?|"
    r"(?:de|da|das|di|do|du|van|von|vom|zu|zur|der|den|la|le|las|los|bin|binti|ibn|al|el|dos|del|della|ter|te|"
    r"ten|y|e|af|av|zum|freiherr|"
    r"freifrau|graf|gräfin)\b)"
)
_NAME = re.compile(
    rf"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Ing|"
    rf"Dipl)\.?(?:-\w+\.)?\s+)*{_NAME_WORD}(?:[\s-]+{_NAME_WORD}){{1,4}}(?:,?\s+(?:Jr|Sr|PhD|"
    rf"MD|MBA|CFA|CPA|I{{1,3}})\.?)*$"
)
_CJK_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\uac00-\ud7a3]{2,4}$")
_NO_NAME = re.compile(
    r"\b(?:our|the|team|read|more|learn|about|company|contact|join|meet|see|view|all|what|how|why|who|we|"
    r"us|your|for|and|with|get|"
    r"started|terms|privacy|policy|linkedin|twitter|github|committee|management|leadership|board|advisors|"
    r"investors|press|news|"
    r"careers|jobs|open|source|project|software|apache|foundation|release|download|documentation|"
    r"community|list|mailing|"
    r"university|inc|llc|gmbh|ltd|street|email|name|role|title|id|organization|data|cloud|security|platform)\b",
    re.I,
)
#: How somebody wants to be spoken of: ``(she/her)``.
_PRONOUNS = re.compile(
    r"\s*[(\[]?\b(?:she|he|they|sie|er|elle|il|ella|él|ze|hij|zij)\s?/\s?(?:her|hers|him|his|them|they|ihr|ihm|lui|sa|"
    r"ella|la|lo|xier|hem|haar)(?:\s?/\s?\w+)?[)\]]?\s*$",
    re.I,
)
#: Since when somebody has a role: ``Chair since 1 November 2026``, ``Geschäftsführerin (seit 2011)``.
_SINCE = re.compile(
    r"[\s,(–—-]+(?:since|seit|depuis|desde|dal|sinds|sedan|siden|od)\s(?:[^\W\d]+\.?\s|\d{1,2}\.?\s|[\d./-]+\s)*"
    r"(?:[\d./-]*(?:19|20)\d{2})\)?\s*$",
    re.I,
)
ROLE_CHARACTERS = 120


def is_name(text: str) -> bool:
    """Return whether a text looks like the name of a person and nothing else."""
    text = _PRONOUNS.sub("", text.strip())
    if len(text) > 60 or any(c.isdigit() for c in text) or _NO_NAME.search(text):
        return False
    return bool(_NAME.match(text) and not _ROLE.search(text)) or bool(
        _CJK_NAME.match(text) and not _CJK_ROLE.search(text)
    )


def role_of(text: str) -> str:
    """Return the role a short text states, or nothing."""
    text = text.strip(" ()-–—|,;")
    return (
        text
        if 2 <= len(text) <= ROLE_CHARACTERS
        and (_ROLE.search(text) or _CJK_ROLE.search(text))
        and not text.endswith((".", "?"))
        else ""
    )


def bare_name(text: str) -> str:
    """Return a name without marks, and without how somebody wants to be spoken of."""
    return _PRONOUNS.sub("", text.strip()).strip(" ,*_")


def bare_role(text: str) -> str:
    """Return a role without marks, and without since when somebody has it."""
    return (_SINCE.sub("", text).strip(" ,*_") or text).strip(" ,*_")


def is_role(text: str) -> bool:
    """Return whether a text is nothing but a word for a role."""
    return _ROLE.fullmatch(text) is not None
