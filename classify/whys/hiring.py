# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What it means whom a rival looks for, and whom it lets go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from classify.rules.departments import OTHER, department
from classify.rules.regions import country_of
from classify.signals import Opening
from classify.whys.rule import LONG_NAME, Meaning, Reason, Told, rule, say

_SOUGHT: Mapping[str, str] = {
    "sales": "More salespeople{place} mean more calls on our accounts; make sure that each has heard from us before the new ones begin.",
    "engineering": "Engineers{place} are hired for what comes next; read the ads for technology and products that accounts may be promised.",
    "security": "Security people{place} are hired where buyers ask hard questions; expect better answers in questionnaires, and check ours.",
    "data and research": "Data and research people{place} are hired for what comes next; read the ads for the problem they are to solve.",
    "customer success and support": "Where customers are to be looked after better{place}, somebody has complained or many have come; ask the accounts that know both.",
    "marketing": "More marketing{place} means that our accounts will hear more of them; keep our own comparisons up to date.",
    "product and design": "Product people{place} decide what is built next; read the ads for the area, and compare it with our plans.",
    "finance, people and legal": "Such posts prepare for size or for scrutiny; seldom a matter for accounts, unless a sale or a listing follows.",
    "operations": "Hands{place} are hired where volume grows; ask accounts whether delivery has become better or worse.",
}
_STAFF = r"(?:people|colleagues|employees|staff|workers|team ?mates|roles|jobs|posts|positions)"
_LEADER = (
    "A post for a leader{place} is a plan that has not begun; see our accounts there before it is filled."
)
_MARKET = "They look for somebody to open or run a market; see our accounts{place} before the post is filled."
_ADS_GONE = "Ads that go may mean that roles are filled, or no longer wanted; see whether names appear on their team page."
# Who is sought for such a post brings a plan along; a "principal engineer" does not.
_LEADS = re.compile(
    r"\b(?:chief|head|director|vp|svp|evp|vice president|general manager|managing director|president|c[eftoimr]o|cpo|ciso)\b",
    re.IGNORECASE,
)
_MANAGES_MARKET = re.compile(r"\b(?:country|regional|market|area|territory)\b", re.IGNORECASE)


def _by_openings(told: Told) -> Reason | None:
    openings = told.facts.openings
    added = [opening for opening in openings if opening.action == "added"]
    if added:
        return _sought(told, added)
    if not openings:
        return None
    return Reason(about="ads gone", sentence=_ADS_GONE)


def _sought(told: Told, added: list[Opening]) -> Reason | None:
    places = {opening.place for opening in added if opening.place}
    at = next(iter(places)) if len(places) == 1 else ""
    place = {"place": _in(at.split(",")[0])}
    if len(added) == 1 and _MANAGES_MARKET.search(added[0].title):
        return say("market", (_MARKET,), told, {"place": _in(country_of(at)) or " there"})
    if len(added) == 1 and _LEADS.search(added[0].title):
        return say("leader", (_LEADER,), told, place)
    return _team(told, added, place)


def _team(told: Told, added: list[Opening], place: Mapping[str, str]) -> Reason | None:
    teams = {team_of(opening) for opening in added}
    team = next(iter(teams)) if len(teams) == 1 else OTHER
    if team in _SOUGHT:
        sentence = _SOUGHT[team].format(**place)
        return Reason(about=team, sentence=sentence)
    if len(added) > 1:
        sentence = "Openings in several departments mean growth rather than one plan; look for the places and products that come up again."
        return Reason(about="several", sentence=sentence)
    if place["place"]:
        return say(
            "place",
            ("Whom they look for{place} shows where they invest next; see which of our accounts are near.",),
            told,
            place,
        )
    return None


def _in(place: str) -> str:
    return f" in {place}" if place and len(place) <= LONG_NAME else ""


def team_of(opening: Opening) -> str:
    """Return the department that looks for somebody, by the job's title, else by the team that the ad names."""
    found = department(opening.title)
    return found if found != OTHER else department(opening.team)


HIRING = Meaning(
    first=(
        rule(
            "layoffs",
            r"lay(?:s|ing)?[- ]?offs?\b|(?:jobs|posts|positions) (?:to go|at risk|lost|under threat|axed|will go)|(?:staff|job|headcount|workforce) (?:reduction|cull)|left (?:\S+ ){0,4}under the restructuring|lose their posts|(?:axe|shed|trim)s? (?:\S+ ){0,6}(?:affected|%|percent)|team smaller|must shrink|laid off|redundanc|job (?:cuts|losses)|(?:cut|axe|shed|slash|eliminat|trim)(?:s|ting|es|ed|ding|ing)? (?:\S+ ){0,5}(?:jobs|posts|positions|staff|roles|employees|workers|workforce|people|colleagues)"
            rf"|let(?:s|ting)? go (?:of )?(?:[^\s,.:;]+ ){{0,4}}(?:\d|{_STAFF}\b)|\d\S* (?:of our |of their |\w+ )?{_STAFF} (?:are |is |will be |were |have been |will )?(?:leave|leaving|made redundant|affected|eliminated|impacted)"
            rf"|(?:say|said|saying) goodbye to (?:\S+ ){{0,3}}\d\S* (?:\S+ ){{0,3}}{_STAFF}\b|reduc\w+ (?:\S+ ){{0,5}}by (?:\S+ ){{0,3}}\d\S* (?:\w+ )?{_STAFF}\b|reduc\w+ (?:\S+ ){{0,4}}(?:team|workforce|headcount|staff) by\b"
            r"|reduc\w+ (?:its |the |our |global )*(?:workforce|headcount|staff)|let(?:s|ting)? (?:\S+ ){1,5}go\b|los(?:e|es|ing) their jobs|part(?:s|ing|ed)? (?:ways|company) with (?:\S+ ){0,3}(?:people|employees|staff|colleagues)|smaller team|downsiz|dismiss\w* (?:\S+ ){0,3}(?:staff|workers|employees)",
            "Cuts unsettle service and contacts; ask the accounts that buy from them who looks after them now.",
        ),
        rule(
            "freeze",
            r"(?:freez|paus|stop|halt|suspend)\w* (?:\w+ ){0,2}(?:hiring|recruit)|hiring (?:freeze|stop|pause)|(?:isn[’']t|not|aren[’']t) hiring|(?:posts|jobs|vacancies) (?:are )?frozen|(?:ads|hiring|recruit\w+|vacancies) on hold",
            "Who stops hiring saves; projects may slip, so ask accounts what they were promised and for when.",
        ),
        rule(
            "strike",
            r"strik(?:e|es|ing)\b|walk(?:s|ed)? out|walkout|union\b|industrial action|pay deal|works council|collective (?:agreement|bargaining)|picket|vote (?:\S+ ){0,4}(?:pact|deal|offer|action)|(?:pay|wage) (?:deal|talks|dispute|offer|rise)|down tools|stay home|protest",
            "Trouble over work can delay what customers wait for; ask accounts whether they need cover, and say what we can deliver.",
            unless=r"(?:credit|european|student) union|strik(?:e|ing) (?:a|the) balance",
        ),
        rule(
            "early talent",
            r"intern(?:ship)?s?\b|placement (?:scheme|year)|(?:graduate|trainee) intake|werkstudent|residency|returners|apprentice|trainee|graduate (?:programme|program|scheme)|working student",
            "Programmes for beginners are a sign of settled plans rather than of a move; no reason to call anybody.",
        ),
    ),
    by_facts=_by_openings,
    then=(
        rule("ads gone", r"t(?:ook|akes?|aken) down (?:\w+ ){0,4}roles?", _ADS_GONE),
        rule(
            "drive",
            r"(?:hire|recruit|add|create|take on|employ|double|triple)\w* (?:\S+ ){0,5}(?:people|jobs|engineers|staff|employees|workers|positions|roles|colleagues|headcount|team|drivers|developers|nurses)|hiring (?:spree|drive|push|plan)|\d+ (?:\w+ )?(?:jobs|roles|openings|positions|vacancies|posts|places|helpers|drivers|cooks|recruits)\b|open roles|fill (?:\S+ ){0,3}posts|takes on \d|walk-in|(?:need|want)s? \d+",
            "Hiring on such a scale shows where they mean to grow; find out for which teams, and strengthen the accounts nearby first.",
        ),
        rule(
            "sales",
            r"sales\b|account executives?|business development",
            _SOUGHT["sales"].format(place=""),
        ),
        rule(
            "engineering",
            r"engineers?\b|developers?\b|software\b",
            _SOUGHT["engineering"].format(place=""),
        ),
        rule(
            "customer success and support",
            r"(?:customer|technical) (?:support|success|service)|support (?:agent|engineer|specialist)s?",
            _SOUGHT["customer success and support"].format(place=""),
        ),
    ),
    last=(
        rule(
            "opening",
            r"\((?:m|f|w|x)/|m/f|f/m|apply\b|full-time|part-time|seek(?:s|ing)?\b|looking for|wanted\b|we need|join (?:our|us|the)|vacanc|salary|remote\b|closing date|post is|hiring\b|recruit|(?:manager|officer|assistant|nurse|worker|specialist|analyst|lecturer)\b",
            "One post says little, several of a kind say where they invest; note task and place, and see whether more follow.",
        ),
    ),
    general="Where they add or cut people shows where they invest next or retreat; see which of our accounts that touches.",
)
