"""The words of openings: titles of jobs, links and headings of their lists, keys of their records."""

from __future__ import annotations

import re

JOB = re.compile(
    r"\b(?:engineer|developer|designer|manager|analyst|specialist|recruiter|scientist|architect|lead|"
    r"director|head of|"
    r"representative|executive|consultant|counsel|accountant|administrator|coordinator|writer|researcher|"
    r"strategist|officer|"
    r"associate|assistant|intern(?:ship)?|technician|advocate|partner|marketer|editor|controller|"
    r"vice president|vp|sre|"
    r"supervisor|agent|operator|product owner|scrum master|programmer|tester|chief|president|trainer|"
    r"fellow(?:ship)?|"
    r"foreman|joiner|carpenter|estimator|apprentice|driver|cook|chef|nurse|teacher|electrician|mechanic|bookkeeper|"
    r"dispatcher|actuary|underwriter|adjuster|paralegal|attorney|lawyer|buyer|planner|buchhalter(?:in)?|"
    r"\w*entwickler(?:in)?|\w*ingenieur(?:in)?|praktik(?:um|ant(?:in)?)|werkstudent(?:in)?|\w*administrator(?:in)?|"
    r"\w*mitarbeiter(?:in)?|\w*leiter(?:in)?|\w*berater(?:in)?|sachbearbeiter(?:in)?|ausbildung|ingénieure?|"
    r"développeu(?:r|se)|responsable|chef(?:fe)? de|chargée? d|commercial(?:e)?|stagiaire|comptable|technicien(?:ne)?|"
    r"desarrollador(?:a)?|ingeniero|ingeniera|gerente|técnico|becario|\w*utvecklare|\w*ingenjör|säljare|\w*chef|"
    r"\w*assistent|\w*konsult|sviluppat(?:ore|rice)|tecnic[oa]|addett[oa]|impiegat[oa]|\w*ontwikkelaar|\w*leider|"
    r"monteur|"
    r"adviseur|medewerker|kierownik|programista|mechanik|specjalist(?:a|ka)|inżynier|doradca|gestor[a]?|"
    r"programador[a]?|"
    r"analista|engenheir[oa]|\w*tekniker|\w*ledare|\w*ansvarig|udvikler|\w*leder|rådgiver|chef(?:fe)? d|jef[ea] de|"
    r"técnic[oa])s?\b",
    re.I,
)
JOB_LINK = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc\w+|join|apply|roles?|stellen|jobb|emplois?|vacatures|"
    r"empleo)/[\w%-]|"
    r"greenhouse\.io|"
    r"lever\.co|ashbyhq|workable|"
    r"smartrecruiters|recruitee|personio|teamtailor|usajobs|myworkdayjobs|bamboohr|breezy|gh_jid",
    re.I,
)
NOT_A_JOB = re.compile(
    r"\b(?:apply now|learn more|read more|view all|see all|open positions|all jobs|join us|our team|"
    r"benefits|why|how|about|faq|"
    r"privacy|cookie|hiring process|interview|equal opportunity|newsletter|blog|sign in|what we|offene stellen|"
    r"jetzt bewerben|mehr erfahren|alle stellen|postuler|en savoir plus|lediga jobb)\b|[.?!]$|"
    r"^\W*(?:apply|bewerben|ansök|søk|sollicit\w+|inscribirse|candidatarsi|aplikuj|candidatar-se|応募)\W*$|"
    r"^\W*(?:next|prev(?:ious)?|older|newer|(?:load|show) more|weiter|zurück|suivant|siguiente|nästa)(?: page)?\W*$",
    re.I,
)
SECTION = re.compile(
    r"\b(?:open(?:ings?| (?:positions?|roles?|jobs?))|current(?:ly)?|vacanc\w+|positions?|roles?|jobs?|"
    r"we'?re hiring|hiring|"
    r"opportunit|accepting applications|apply|stellen(?:angebote)?|karriere|jobs?|offres? d'emploi|postes?|recrutement|"
    r"ofertas?|vacantes|empleo|trabaja con|lavora con|posizioni aperte|oferty pracy|vagas|recrutons|recrutamento|"
    r"lediga|jobb|tjänster|vacatures)\b",
    re.I,
)
OPEN = re.compile(
    r"\b(?:open|current|available)\s+(?:positions?|roles?|jobs?|openings?|vacancies)\b|^(?:vacancies|"
    r"job openings|jobs)$|"
    r"\b(?:offene stellen|stellenangebote|lediga (?:jobb|tjänster)|offres d'emploi|postes ouverts|vacantes|"
    r"vacatures|ofertas? de empleo|empleos|posizioni aperte|oferty pracy|vagas(?: abertas)?|postes? à pourvoir|"
    r"nos offres|ledige stillinger|ledige job)\b",
    re.I,
)
CLOSED = re.compile(
    r"\b(?:closed|no (?:open|current)|not (?:currently )?(?:hiring|accepting)|past|previous|upcoming)\b", re.I
)
#: The departments of a firm.
TEAM = re.compile(
    r"\b(?:engineering|research|development|product|design|marketing|sales|finance|accounting|legal|people|hr|"
    r"human resources|operations|support|success|it|data|security|quality|production|logistics|purchasing|"
    r"administration|technik|entwicklung|vertrieb|einkauf|personal|verwaltung|produktion|logistik|finanzen|"
    r"ingénierie|ventes|achats|ressources|ingeniería|ventas|finanzas|compras|teknik|försäljning|ekonomi|techniek)\b",
    re.I,
)
TITLE_KEYS = ("title", "jobtitle", "role", "position", "job", "opening", "stelle", "poste", "tjänst")
PLACE_KEYS = (
    "location",
    "locations",
    "locationname",
    "office",
    "offices",
    "place",
    "city",
    "where",
    "standort",
    "ort",
    "lieu",
)
TEAM_KEYS = (
    "department",
    "departments",
    "departmentname",
    "team",
    "teams",
    "teamname",
    "abteilung",
    "bereich",
)
