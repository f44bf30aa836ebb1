"""Tables for `judge`: how pages look that stand in the way of content. Data, so that a new case is one line.

A signature is something only the wall itself carries: an element id, a script's host, a header. Words alone decide
nothing, for a vendor may sell captchas and write about maintenance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A vendor's challenge: any of the headers (name, part of the value) or of the marks in lower-case markup.

    ``always``: the mark stands on challenges only; otherwise the page must also be short and hold few links.
    """

    vendor: str
    headers: Mapping[str, str] | None = None
    marks: tuple[str, ...] = ()
    always: bool = False


WALLS = (
    Wall(vendor="Cloudflare", headers={"cf-mitigated": "challenge"}, always=True),
    Wall(
        vendor="Cloudflare", marks=("_cf_chl_opt", "cf-browser-verification", "cf-error-details", "cf_chl_")
    ),
    Wall(vendor="Vercel", headers={"x-vercel-mitigated": "challenge"}, always=True),
    Wall(vendor="AWS WAF", headers={"x-amzn-waf-action": ""}, always=True),
    Wall(vendor="AWS WAF", marks=("window.gokuprops", "awswafcookiedomainlist")),
    Wall(
        vendor="DataDome",
        marks=("captcha-delivery.com/c.js", "captcha-delivery.com/i.js", "geo.captcha-delivery.com"),
    ),
    Wall(vendor="Imperva", marks=("_incapsula_resource", "incapsula incident id")),
    Wall(
        vendor="HUMAN",
        marks=('id="px-captcha"', "id='px-captcha'", "window._pxblockedurl", "px-captcha-wrapper"),
    ),
    Wall(vendor="Akamai", marks=("sec-if-cpt-container", "errors.edgesuite.net", "akamai-bm-challenge")),
    Wall(vendor="Kasada", marks=("window.kpsdk", "/149e9513-01fa-4fb0-aad4-566afd725d1b/")),
    Wall(vendor="Sucuri", marks=("sucuri_cloudproxy_js", "sucuri.net/privacy-policy")),
    Wall(vendor="DDoS-Guard", marks=("ddos-guard/js-challenge", "/.well-known/ddos-guard/")),
    Wall(vendor="Anubis", marks=('id="anubis_challenge"', "/.within.website/x/cmd/anubis/")),
    Wall(vendor="Google", marks=('action="index" method="post" id="captcha-form"', 'id="captcha-form"')),
    Wall(vendor="Radware", marks=("perfdrive.com", "validate.perfdrive")),
    Wall(
        vendor="F5",
        marks=("the requested url was rejected. please consult with your administrator", "/tspd/"),
    ),
    Wall(vendor="Reblaze", marks=("rbzns", "window.rbzns")),
    Wall(vendor="the server", marks=("undeclared automated tool", "request rate threshold exceeded")),
)

#: Walls are short and lead nowhere: the longest of the recorded ones has 3,244 characters and 4 links (the SEC's).
WALL_TEXT = 3_500
WALL_LINKS = 8


def _titles(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(parts)})[\s.!…]*(?:[|·•:—–-].{{0,80}})?$", re.I)


BOT_TITLES = _titles(
    r"just a moment",
    r"attention required",
    r"access (?:is )?(?:temporarily )?denied",
    r"access to this page has been denied",
    r"pardon our interruption",
    r"are you (?:a )?(?:human|robot)\??",
    r"robot (?:check|or human\??)",
    r"(?:bot|human|browser) (?:verification|check)",
    r"security (?:check|checkpoint|verification)",
    r"vercel security checkpoint",
    r"(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human",
    r"verifying your browser",
    r"checking your browser",
    r"one more step",
    r"making sure you(?:'|’)?re not a bot",
    r"you have been blocked",
    r"ddos-guard",
    r"forbidden",
    r"403 forbidden",
    r"unauthorized",
    r"request rate threshold exceeded",
)
MAINTENANCE_TITLES = _titles(
    r"(?:site |scheduled |planned |under |website )*maintenance(?: mode| page| in progress)?",
    r"(?:we are|we're|we’re|the site is|site is|currently) (?:currently )?(?:down for|under|undergoing)"
    r"(?: scheduled| planned)? maintenance",
    r"(?:we'll|we’ll|we will) be (?:right )?back(?: soon| shortly)?",
    r"be right back",
    r"(?:service |site |temporarily )+unavailable",
    r"50[0234] [a-z ]{0,40}",
    r"(?:site |website )?under construction",
    r"(?:internal server|application) error",
    r"error establishing a database connection",
    r"wartungsarbeiten",
    r"site en maintenance",
    r"en mantenimiento",
)
MISSING_TITLES = _titles(
    r"(?:http |error[ :]*)*404(?: error)?(?:[\s:—–-]*(?:page |file )?(?:not found|error|missing))?",
    r"(?:oops|sorry|uh-oh|whoops)?\W*(?:the |this |that )?page (?:you requested |you are looking for )?"
    r"(?:(?:was |is |could |can )?(?:not |n['’]t )(?:be )?found|not found|can['’]t be found|"
    r"(?:does not|doesn['’]t|no longer) exists?)",
    r"(?:sorry|oops)\W*(?:we )?(?:can['’]t|cannot|couldn['’]t) find (?:that|this|the) page",
    r"not found",
    r"seite (?:wurde )?nicht gefunden",
    r"page (?:introuvable|non trouvée)",
    r"página no encontrada",
    r"410 gone",
)
DEFAULT_TITLES = _titles(
    r"welcome to nginx",
    r"apache2? (?:ubuntu|debian|http server)? ?(?:default|test) page(?:: it works)?",
    r"iis windows(?: server)?",
    r"test page for the .{0,40}",
    r"index of /.{0,60}",
    r"it works",
    r"default web site page",
    r"domain default page",
    r"coming soon",
)
PARKED_TITLES = re.compile(
    r"(?:domain|website|\.[a-z]{2,12})\W{0,3}(?:name )?(?:is |may be )?(?:for sale|parked|expired)|"
    r"^buy \S+\.[a-z]{2,12}|hugedomains\.com|^this domain|domain (?:has )?expired",
    re.I,
)
PARKED_MARKS = (
    "sedoparking.com",
    "parkingcrew.net",
    "parklogic.com",
    "bodis.com",
    "window.park =",
    "d38psrni17bvxu.cloudfront.net",
    "hugedomains.com/domain_profile",
    "afternic.com/forsale",
    "dan.com/buy-domain",
    "img1.wsimg.com/parking-lander",
    "above.com/marketplace",
    "domainmarket.com/buynow",
)
LOGIN_PATH = re.compile(
    r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:(?:users?|accounts?|auth|sso|oauth2?|saml|identity|session|sessions|u)/)*"
    r"(?:login|log-in|log_in|signin|sign-in|sign_in|sso|saml2?|authorize|authenticate|auth|authwall|uas/login)(?:[/.;]|$)",
    re.I,
)
LOGIN_HOSTS = re.compile(
    r"^(?:accounts\.google\.com|login\.[^/]+|signin\.[^/]+|sso\.[^/]+|auth\.[^/]+|[^/]+\.okta\.com|[^/]+\.auth0\.com|"
    r"[^/]+\.b2clogin\.com|[^/]+\.onelogin\.com)$",
    re.I,
)
CONSENT_HOSTS = re.compile(
    r"^(?:consent\.[^/]+|guce\.[^/]+|[^/]*privacy-mgmt\.com|[^/]*consensu\.org)$", re.I
)
CONSENT_TITLES = _titles(
    r"before you continue(?: to .{1,40})?",
    r"(?:your |cookie |privacy )*consent(?: required)?",
    r"we value your privacy",
    r"bevor sie (?:zu .{1,40} )?weitergehen",
)
SCRIPT_NEEDED = re.compile(
    r"(?:enable|requires?|turn on|activate|need)\s+(?:to (?:enable|run)\s+)?javascript|"
    r"javascript (?:is )?(?:disabled|required)",
    re.I,
)
