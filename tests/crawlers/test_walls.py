# ruff: noqa: E501  (pages read better in one line)
"""Pages in the place of content, by vendor and kind; and whole pages that look like them and are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.judge import Answer, Verdict, judge
from crawlers.registry import adapter_for
from store.kinds import FetchState
from tests.crawlers.conftest import Watch
from tests.crawlers.site import Site, with_etag

OK, BLOCKED, BROKEN, EMPTY = FetchState.OK, FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY
URL = "https://northbeam.example/pricing"
NAV = (
    "<header><nav>" + "".join(f'<a href="/{name}">{name}</a> ' for name in "abcdefghijkl") + "</nav></header>"
)
SHORT = "<p>Pro costs 49 dollars a month. Team costs 99 dollars a month. Write to us for more.</p>"


def judged(
    body: str,
    status: int = 200,
    headers: dict[str, str] | None = None,
    url: str = URL,
    type: str = "pricing",
    rendered: bool = False,
) -> Verdict:
    """Judge a page."""
    answer = Answer(
        asked=URL,
        url=url,
        status=status,
        headers={"content-type": "text/html", **(headers or {})},
        body=body.encode(),
        rendered=rendered,
    )
    return judge(answer, adapter_for(type), {}, datetime(2026, 11, 16, tzinfo=UTC))


CHALLENGES: dict[str, tuple[str, int, dict[str, str], str]] = {
    "cloudflare-managed": ('<title>Just a moment...</title><div class="main-wrapper"><h1>northbeam.example</h1><p>Verify you are human by completing the action below.</p></div><script>window._cf_chl_opt={cType:"managed"}</script>', 403, {"cf-mitigated": "challenge"}, "Cloudflare"),
    "cloudflare-blocked": ('<title>Attention Required! | Cloudflare</title><div id="cf-wrapper"><div id="cf-error-details"><h1>Sorry, you have been blocked</h1><p>You are unable to access northbeam.example</p><p>This website is using a security service to protect itself.</p></div></div>', 403, {}, "Cloudflare"),
    "cloudflare-1020": ('<title>Access denied | northbeam.example used Cloudflare to restrict access</title><div id="cf-error-details"><h1>Error 1020</h1><p>Access denied</p></div>', 403, {}, "Cloudflare"),
    "akamai-denied": ("<TITLE>Access Denied</TITLE><H1>Access Denied</H1>You don't have permission to access \"http&#58;&#47;&#47;northbeam\" on this server.<P>Reference&#32;&#35;18&#46;d7c&#46;<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18", 403, {}, "the server"),
    "akamai-behavioural": ('<!DOCTYPE html><html><head></head><body><div id="sec-if-cpt-container" style="display:none"></div><script src="/Zx/ab"></script></body></html>', 428, {}, "Akamai"),
    "datadome": ('<html lang="en"><head><title>northbeam.example</title></head><body><p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={"rt":"c","cid":"A","hsh":"B","t":"bv","host":"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>', 403, {"x-datadome": "protected"}, "DataDome"),
    "human": ('<title>Access to this page has been denied</title><div class="px-captcha-container"><div id="px-captcha"></div></div><script>window._pxAppId="PX1";window._pxBlockedUrl="/x"</script>', 403, {}, "HUMAN"),
    "perimeterx-hold": ('<title>Northbeam</title><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><div class="px-captcha-wrapper"></div>', 200, {}, "HUMAN"),
    "imperva": ('<html><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body style="margin:0"><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=5&incident_id=1-2" frameborder=0>Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>', 200, {}, "Imperva"),
    "imperva-script": ('<html><head><script src="/_Incapsula_Resource?SWJIYLWA=719d34"></script></head><body></body></html>', 200, {}, "Imperva"),
    "distil": ("<title>Pardon Our Interruption</title><h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen.</p>", 405, {}, "the server"),
    "kasada": ('<!DOCTYPE html><html><head></head><body><script>window.KPSDK={};KPSDK.now=Date.now</script><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js"></script></body></html>', 429, {"x-kpsdk-ct": "abc"}, "Kasada"),
    "aws-waf-captcha": ('<title>Human Verification</title><div id="captcha-container"></div><script>window.gokuProps={"key":"A"}</script><script src="https://x.token.awswaf.com/x/challenge.js"></script>', 405, {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
    "aws-waf-challenge": ("", 202, {"x-amzn-waf-action": "challenge"}, "AWS WAF"),
    "hcaptcha": ('<title>northbeam.example</title><h2>Checking if the site connection is secure</h2><p>Please complete the captcha to continue.</p><script src="https://js.hcaptcha.com/1/api.js"></script><form><div class="h-captcha"></div></form>', 200, {}, "the server"),
    "recaptcha": ('<title>northbeam.example</title><p>Our systems have detected unusual traffic from your network. Please confirm that you are not a robot.</p><form><div class="g-recaptcha"></div></form><script src="https://www.google.com/recaptcha/api.js"></script>', 200, {}, "the server"),
    "google-sorry": ('<title>https://www.google.com/search</title><form id="captcha-form" action="index" method="post"></form><p>Our systems have detected unusual traffic</p>', 429, {}, "Google"),
    "sucuri": ("<title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval;sucuri_cloudproxy_js='';S='cz0i'</script>", 307, {}, "Sucuri"),
    "sucuri-firewall": ("<title>Sucuri WebSite Firewall - Access Denied</title><h1>Access Denied - Sucuri Website Firewall</h1><p>If you are the site owner, please open a ticket. See https://sucuri.net/privacy-policy</p>", 403, {}, "Sucuri"),
    "f5-rejected": ("<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 12345", 200, {}, "F5"),
    "f5-shape": ('<html><head><noscript>Please enable JavaScript to view the page content.</noscript><script src="/TSPD/08e7?type=11"></script></head><body></body></html>', 200, {}, "F5"),
    "vercel": ('<title>Vercel Security Checkpoint</title><p id="header-text">We\'re verifying your browser</p>', 429, {"x-vercel-mitigated": "challenge"}, "Vercel"),
    "anubis": ('<title>Making sure you&#39;re not a bot!</title><script id="anubis_challenge" type="application/json">{}</script><h1>Making sure you&#39;re not a bot!</h1><p>You are seeing this because the administrator of this website has set up Anubis to protect the server against the scourge of AI companies aggressively scraping websites. ' + "This can and does cause downtime for the websites. " * 9 + "</p>", 200, {}, "Anubis"),
    "ddos-guard": ('<title>DDoS-Guard</title><p>Checking your browser before accessing northbeam.example.</p><script src="/.well-known/ddos-guard/js-challenge/index.js"></script>', 403, {}, "DDoS-Guard"),
    "radware": ('<title>Radware Captcha Page</title><h2>We apologize for the inconvenience</h2><script src="https://captcha.perfdrive.com/captcha-public/js/validate.js"></script>', 200, {}, "Radware"),
    "wordfence": ("<title>Your access to this site has been limited</title><h1>Your access to this site has been limited by the site owner</h1><p>Generated by Wordfence at Mon</p>", 503, {}, "Wordfence"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHALLENGES)
def test_the_challenges_of_the_common_vendors_are_seen(name: str) -> None:
    body, status, headers, vendor = CHALLENGES[name]
    verdict = judged(body, status, headers)
    assert (verdict.state, verdict.code) == (BLOCKED, "bot-check")
    assert f"by {vendor} " in verdict.sentence


PLACES: dict[str, tuple[str, FetchState, str]] = {
    "login-form": ('<title>Northbeam</title><form><input name=email><input type="password"><button>Continue</button></form>', BLOCKED, "login"),
    "login-with-navigation": (f'<title>Sign in | Northbeam</title>{NAV}<main><h1>Sign in</h1><form><label>E-mail<input type=email></label><input type=password></form></main>', BLOCKED, "login"),
    "login-by-mail-first": ('<title>Log in to Northbeam</title><h1>Log in</h1><p>Enter your work e-mail.</p><form><input type="email"></form><a href="/sso">Single sign-on</a>', BLOCKED, "login"),
    "consent": ('<title>Northbeam News</title><h1>We value your privacy</h1><p>We and our 812 partners store and access cookies on your device.</p><button>Accept</button><button>Settings</button>', BLOCKED, "consent"),
    "consent-german": ("<title>Nordlicht</title><div>Wir brauchen Ihre Zustimmung, um Cookies zu verwenden.</div><button>Zustimmen</button>", BLOCKED, "consent"),
    "soft-404": (f"<title>Northbeam</title>{NAV}<main><h1>Oops! Page not found</h1><p>Try the search.</p></main>", BROKEN, "gone"),
    "soft-404-title": (f"<title>404 | Northbeam</title>{NAV}<main><p>Perhaps one of these helps.</p></main>", BROKEN, "gone"),
    "maintenance-in-the-text": ("<title>Northbeam</title><h1>Northbeam</h1><p>Our website is currently undergoing scheduled maintenance. We'll be back shortly.</p>", BROKEN, "maintenance"),
    "construction": ("<title>Under construction</title><p>Come again.</p><p>Northbeam</p>", BROKEN, "maintenance"),
    "parked-lander": ('<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>', BROKEN, "parked"),
    "parked-text": ("<title>northbeam.example</title><h1>northbeam.example</h1><p>This domain name is for sale. Buy this domain today.</p>", BROKEN, "parked"),
    "expired": ("<title>northbeam.example</title><p>This domain has expired. If you own it, renew it at your registrar.</p>", BROKEN, "parked"),
    "half-loaded": (f'<title>Plans</title>{NAV}<main><div class="skeleton"></div><div class="skeleton"></div></main><footer>© Northbeam, all rights reserved worldwide</footer><script src="/a.js"></script>', EMPTY, "half-loaded"),
    "still-loading": (f"<title>Plans</title>{NAV}<main><p>Loading plans…</p></main><footer>© Northbeam, all rights reserved</footer><script src=/a.js></script>", EMPTY, "half-loaded"),
    "shell-with-frame": (f'<title>Plans</title>{NAV}<div id="root"></div><footer>{"Imprint and privacy. " * 20}</footer><script src="/a.js"></script>', EMPTY, "needs-browser"),
    "cloudflare-522": ('<title>northbeam.example | 522: Connection timed out</title><div id="cf-error-details"><h1>Connection timed out</h1></div>', BROKEN, "http-522"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_pages_in_the_place_of_the_wanted_one_are_named(name: str) -> None:
    body, state, code = PLACES[name]
    verdict = judged(body, 522 if name == "cloudflare-522" else 200)
    assert (verdict.state, verdict.code) == (state, code)


PROSE = (
    "<p>" + "Northbeam verifies identities for banks and shops in forty countries, in seconds. " * 9 + "</p>"
)
WHOLE: dict[str, str] = {
    "mentions-captcha": f'<title>How captchas lost | Northbeam</title>{NAV}<main><h1>How captchas lost</h1><p>Verify that you are human, they said. I\'m not a robot, we clicked.</p>{PROSE}</main>',
    "contact-form-with-captcha": f'<title>Contact | Northbeam</title>{NAV}<main><h1>Contact</h1>{SHORT}<form><input type=email><textarea></textarea><div class="g-recaptcha"></div></form></main><script src="https://www.google.com/recaptcha/api.js"></script>',
    "turnstile-on-a-form": f'<title>Demo</title>{NAV}<main><h1>Book a demo</h1>{SHORT}<form><input type=email></form></main><script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
    "login-form-in-the-header": f'<title>Pricing | Northbeam</title><header><form><input name=user><input type="password"><button>Log in</button></form>{NAV}</header><main><h1>Plans</h1>{SHORT * 4}</main>',
    "short-pricing-with-login": f'<title>Pricing</title><form><input type="password"></form><main><h1>Plans</h1>{SHORT * 4}</main>',
    "sign-up-page": f'<title>Start free | Northbeam</title><main><h1>Start free</h1>{SHORT * 4}<form><input type=email><input type=password></form></main>',
    "maintenance-post": f"<title>Scheduled maintenance | Northbeam Blog</title>{NAV}<main><h1>Scheduled maintenance</h1><p>Our website is undergoing scheduled maintenance less often. We'll be back with news.</p>{PROSE}</main>",
    "maintenance-vendor": f"<title>Maintenance | Liftcare</title>{NAV}<main><h1>Maintenance</h1>{PROSE}</main>",
    "bot-protection-vendor": f"<title>Bot verification | Shieldy</title>{NAV}<main><h1>Bot verification</h1><p>Replaces DataDome, Kasada and px-captcha. Stop Access Denied pages.</p>{PROSE}</main>",
    "vendor-shows-marks": f'<title>Security check | Shieldy</title>{NAV}<main><h1>What a challenge looks like</h1>{PROSE * 5}<pre>window._cf_chl_opt = 1; id="px-captcha"; captcha-delivery.com/c.js</pre></main>',
    "behind-imperva": f'<title>Plans</title><script src="/_Incapsula_Resource?SWJIYLWA=719d34"></script><main><h1>Plans</h1>{SHORT * 4}</main>',
    "behind-kasada": f'<title>Plans</title><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/p.js"></script><main><h1>Plans</h1>{SHORT * 4}</main>',
    "behind-f5": f'<title>Plans</title><script src="/TSPD/08e7?type=9"></script><main><h1>Plans</h1>{SHORT * 4}</main>',
    "behind-human": f'<title>Plans</title><script>window._pxAppId="PX1"</script><script src="/px/main.min.js"></script><main><h1>Plans</h1>{SHORT}</main>',
    "behind-datadome": f'<title>Plans</title><script src="https://js.datadome.co/tags.js"></script><main><h1>Plans</h1>{SHORT}</main>',
    "behind-aws-waf": f'<title>Plans</title><script src="https://x.token.awswaf.com/x/challenge.js"></script><main><h1>Plans</h1>{SHORT * 4}</main>',
    "short-but-whole": f"<title>Office hours</title><main><h1>Office hours</h1>{SHORT}</main>",
    "short-without-scripts": "<title>Terms</title><p>Version 3 of these terms applies from 1 January.</p>",
    "next-js-short": f'<title>Plans</title><div id="__next"><nav><a href="/">Home</a></nav><main><h1>Plans</h1>{SHORT}</main></div><script src="/_next/a.js"></script>',
    "noscript-hint": f'<title>Plans</title><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"><h1>Plans</h1>{SHORT * 4}</div><script src="/a.js"></script>',
    "spinner-in-a-corner": f'<title>Plans</title>{NAV}<main><h1>Plans</h1>{SHORT}<div class="spinner" hidden></div></main><script src="/a.js"></script>',
    "article-on-404": f"<title>404 error | Glossary</title>{NAV}<main><h1>404 error</h1>{PROSE * 3}</main>",
    "cookie-banner-above": f'<title>Plans</title><div role="dialog">We value your privacy. We use cookies. <button>Accept</button></div>{NAV}<main><h1>Plans</h1>{SHORT * 9}</main>',
    "consent-vendor": f"<title>Consent management | Agreely</title>{NAV}<main><h1>We respect your privacy: cookie consent made easy</h1>{PROSE}</main>",
    "domain-broker": f"<title>Brokers | Names</title>{NAV}<main><h1>Is this domain for sale?</h1><p>Buy this domain, or another: we broker names.</p>{PROSE}</main>",
    "status-in-text": f"<title>Uptime</title>{NAV}<main><h1>Uptime</h1><p>When a site is currently unavailable, we call you. {'We watch every minute of it. ' * 12}</p></main>",
    "sign-in-documentation": f"<title>Sign in | Docs</title>{NAV}<main><h1>Sign in</h1>{PROSE}<form><input type=text name=q></form></main>",
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_whole_pages_that_look_like_walls_are_ok(name: str) -> None:
    verdict = judged(WHOLE[name])
    assert (verdict.state, verdict.code) == (OK, "")


@pytest.mark.parametrize(
    ("dates", "state", "code"),
    [
        (["2026-11-01"], OK, ""),
        (["2025-12-01", "2024-01-01"], OK, ""),
        (["2025-11-01", "2024-01-01"], BROKEN, "dead-feed"),
        (["2024-01-01", ""], OK, ""),
        ([], EMPTY, "no-entries"),
    ],
)
def test_a_feed_that_is_empty_or_silent_for_a_year_says_so(
    dates: list[str], state: FetchState, code: str
) -> None:
    items = "".join(
        f"<entry><id>{n}</id><title>News {n}</title>{f'<updated>{date}T08:00:00Z</updated>' if date else ''}</entry>"
        for n, date in enumerate(dates)
    )
    body = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{items}</feed>'
    verdict = judged(body, headers={"content-type": "application/atom+xml"}, type="feed")
    assert (verdict.state, verdict.code) == (state, code)


def test_a_page_that_still_loads_in_the_browser_asks_for_wait_for() -> None:
    body = PLACES["half-loaded"][0]
    verdict = judged(body, rendered=True)
    assert (verdict.state, verdict.code) == (EMPTY, "half-loaded")
    assert "wait_for" in verdict.sentence


def test_a_feed_that_dies_without_a_new_byte_is_noticed(site: Site, watch: Watch) -> None:
    entry = "<entry><id>1</id><title>News</title><updated>2026-11-01T08:00:00Z</updated></entry>"
    body = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{entry}</feed>'.encode()
    site.routes["/feed"] = with_etag(body, '"1"')
    watch.sources(watch.page("feed", site.url("/feed"), "feed"))
    states = []
    for days in (0, 1, 300, 360, 361):
        watch.crawl(after=timedelta(days=days))
        [feed] = watch.stored()
        states.append(feed.state)
    assert states == [OK, OK, OK, BROKEN, BROKEN]
    assert feed.reason == "dead-feed: nothing new since 2026-11-01; look for the feed's new address"
    assert feed.last_success_at is not None
    assert (feed.last_success_at - watch.now).days == 300
