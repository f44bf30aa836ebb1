# ruff: noqa: E501  (scripts of pages read better in one line)
"""Pages that need a browser, in the system's Chromium."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from typing import Any

import pytest

from store.kinds import FetchState
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page

needs_browser = pytest.mark.skipif(
    not any(shutil.which(name) for name in ("chromium", "google-chrome", "chromium-browser")),
    reason="no browser on this machine",
)
IN_BROWSER = QUICK.model_copy(update={"browser_timeout": timedelta(seconds=8), "concurrency": 32})
WITHOUT = {"browser_path": "/no/such/browser"}
PLAN = "Pro costs 59 dollars a month for each seat, billed yearly."
SHELL = b"""<!doctype html><html><head><title>Plans</title></head><body><div id="root"></div><script>
fetch('/data.json').then(r => r.json()).then(d => {
  document.getElementById('root').innerHTML = '<h1>Plans</h1><p id="plan">' + d.plan + '</p>';
});</script></body></html>"""
INWARD = """<!doctype html><title>x</title><div id="root"></div><script>
const asked = [{targets}].map(url => fetch(url).then(() => 'leak', () => 'refused'));
asked.push(new Promise(done => {{ try {{ const s = new WebSocket('ws://{inside}/socket');
  s.onopen = () => done('leak'); s.onerror = () => done('refused') }} catch (e) {{ done('refused') }} }}));
Promise.all(asked).then(all => {{ document.body.innerText = 'Asked inside: ' + all.join(' ') + ', as it should be.' }});
</script>"""


def shell(script: str, body: str = "") -> Reply:
    """Return a page that a script fills."""
    return Reply(
        f'<!doctype html><title>Plans</title><div id="root">{body}</div><script>{script}</script>'.encode()
    )


def text_of(watch: Watch, name: str) -> str:
    """Return the newest stored body of a source."""
    from store.snapshots import snapshot_bytes

    [source] = [one for one in watch.stored() if one.key == f"north/{name}"]
    with watch.database.read() as session:
        return snapshot_bytes(session, watch.snapshots(source)[-1]).decode()


@pytest.mark.slow
@needs_browser
def test_rendered_pages_are_read_and_their_inward_requests_refused(site: Site, watch: Watch) -> None:
    inside = f"127.0.0.1:{site.port}"
    decimal = f"http://2130706433:{site.port}/secret"
    targets = ", ".join(
        f"'{url}'"
        for url in (
            f"http://{inside}/secret",
            f"http://[::ffff:7f00:1]:{site.port}/secret",
            decimal,
            site.url("/redirect"),
        )
    )
    site.routes |= {
        "/app": Reply(SHELL),
        "/data.json": Reply(f'{{"plan": "{PLAN}"}}'.encode(), content_type="application/json"),
        "/inward": Reply(INWARD.format(targets=targets, inside=inside).encode()),
        "/secret": Reply(b"secret", headers={"Access-Control-Allow-Origin": "*"}),
        "/redirect": Reply(status=302, headers={"Location": f"http://{inside}/secret"}),
        "/plain": Reply(page()),
    }
    sources = watch.sources(
        watch.page("app", site.url("/app"), render="browser", wait_for="#plan"),
        watch.page("late", site.url("/app"), wait_for="#never"),
        watch.page("inward", site.url("/inward"), render="browser"),
        watch.page("redirect", site.url("/redirect"), render="browser"),
        watch.page("shell", site.url("/app"), render="static"),
        watch.page("plain", site.url("/plain")),
    )
    found = watch.look_at(IN_BROWSER.model_copy(update={"browser_timeout": timedelta(seconds=4)}))
    assert found["app"][0] is FetchState.OK
    assert found["plain"][0] is FetchState.OK
    assert found["shell"] == (
        FetchState.EMPTY,
        "needs-browser: the page has no text without scripts; set render: browser",
    )
    assert found["late"] == (FetchState.BROKEN, "step: what 'wait_for' names did not appear on the page")
    assert found["redirect"][0] is FetchState.BROKEN
    assert found["inward"][0] is FetchState.OK
    assert "refused refused refused refused refused" in text_of(watch, "inward")
    assert "/secret" not in site.asked
    assert "/socket" not in site.asked
    [app] = [source for source in sources if source.key == "north/app"]
    assert watch.snapshots(app)[0].rendered


@pytest.mark.slow
@needs_browser
def test_the_browser_is_used_only_where_a_page_is_empty_without_it_and_that_is_remembered(
    site: Site, watch: Watch
) -> None:
    site.routes |= {
        "/app": Reply(SHELL),
        "/data.json": Reply(f'{{"plan": "{PLAN}"}}'.encode(), content_type="application/json"),
        "/plain": Reply(page()),
    }
    watch.sources(watch.page("app", site.url("/app")), watch.page("plain", site.url("/plain")))
    assert {state for state, _ in watch.look_at(IN_BROWSER).values()} == {FetchState.OK}
    assert PLAN in text_of(watch, "app")
    assert (site.asked["/app"], site.asked["/plain"]) == (2, 1)
    watch.crawl(IN_BROWSER, after=timedelta(days=1))
    assert site.asked["/app"] == 3
    site.routes["/app"] = Reply(page("Plans", "Now the server itself writes the plans into the page. " * 9))
    watch.crawl(IN_BROWSER, after=timedelta(days=6))
    assert site.asked["/data.json"] == 2
    watch.crawl(IN_BROWSER.model_copy(update=WITHOUT), after=timedelta(days=8))
    [app] = [source for source in watch.stored() if source.key == "north/app"]
    assert app.state is FetchState.OK
    assert "browser_since" not in app.memory


@pytest.mark.slow
@needs_browser
def test_steps_are_taken_in_their_order(site: Site, watch: Watch) -> None:
    script = """
    const root = document.getElementById('root'), add = t => root.insertAdjacentHTML('beforeend', '<p>' + t + '</p>');
    root.innerHTML = '<button id="annual">Annual billing</button><input id="q"><select id="c"><option>USD<option>EUR' +
      '</select><button id="more">More</button><div style="height:3000px"></div><footer id="foot">end</footer>';
    annual.onclick = () => setTimeout(() => add('<b class="plan">annual plans cost 49 a month</b>'), 300);
    q.oninput = () => add('searched for ' + q.value);
    c.onchange = () => add('prices in ' + c.value);
    let n = 0; more.onclick = () => { add('page ' + ++n); if (n == 3) more.remove(); };
    """
    site.routes["/plans"] = shell(script)
    steps = (
        {"click": "text=Annual billing"},
        {"wait_for": ".plan"},
        {"fill": "#q", "with": "kyc"},
        {"select": "#c", "with": "EUR"},
        {"click": "#more", "times": 9},
        {"scroll": "#foot"},
    )
    watch.sources(
        watch.page("all", site.url("/plans"), steps=steps),
        watch.page("lost", site.url("/plans"), steps=({"click": "#annual"}, {"click": "#monthly"})),
    )
    found = watch.look_at(IN_BROWSER)
    assert found["all"][0] is FetchState.OK, found["all"]
    text = text_of(watch, "all")
    for words in ("annual plans cost 49", "searched for kyc", "prices in EUR", "page 3"):
        assert words in text
    assert found["lost"] == (FetchState.BROKEN, "step: step 2 found nothing to click: '#monthly'")


@pytest.mark.slow
@needs_browser
def test_a_page_that_grows_is_scrolled_to_its_end_and_an_endless_one_only_so_far(
    site: Site, watch: Watch
) -> None:
    script = """
    let n = 0; const add = () => { for (let i = 0; i < 8; i++) { n++; root.insertAdjacentHTML('beforeend',
      '<p style="height:200px">Entry number ' + n + ' of the list of all customers</p>'); } };
    add(); new IntersectionObserver(seen => { if (seen[0].isIntersecting && n < LIMIT) add(); }).observe(end);
    """.replace("root", "document.getElementById('root')")
    for name, limit in (("list", 40), ("endless", 10**9)):
        site.routes[f"/{name}"] = Reply(
            f'<!doctype html><title>List</title><div id="root"></div><div id="end">.</div><script>{script.replace("LIMIT", str(limit))}</script>'.encode()
        )
    watch.sources(*(watch.page(name, site.url(f"/{name}"), render="browser") for name in ("list", "endless")))
    found = watch.look_at(IN_BROWSER)
    assert (found["list"][0], found["endless"][0]) == (FetchState.OK, FetchState.OK)
    assert "Entry number 40 of" in text_of(watch, "list")
    assert 80 < text_of(watch, "endless").count("Entry number") < 2_000


BANNERS: dict[str, str] = {
    "onetrust": '<div id="onetrust-banner-sdk">cookies <button id="onetrust-accept-btn-handler">Accept All</button>'
    '<button id="onetrust-reject-all-handler">Reject All</button></div>',
    "cookiebot": '<div id="CybotCookiebotDialog">cookies <a id="CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll">OK</a>'
    '<button id="CybotCookiebotDialogBodyButtonDecline">Use necessary cookies only</button></div>',
    "didomi": '<div id="didomi-host"><button id="didomi-notice-agree-button">Agree</button>'
    '<button id="didomi-notice-disagree-button">Disagree</button></div>',
    "osano": '<div class="osano-cm-window"><button class="osano-cm-accept-all">Accept</button>'
    '<button class="osano-cm-denyAll">Deny</button></div>',
    "trustarc": '<div id="truste-consent-track"><button id="truste-consent-button">Agree</button>'
    '<button id="truste-consent-required">Required only</button></div>',
    "quantcast": '<div class="qc-cmp2-container" role="dialog">We value your privacy. <button mode="secondary">More options</button>'
    '<button mode="secondary">DISAGREE</button><button mode="primary">AGREE</button></div>',
    "german": '<div class="cookie-hinweis">Wir verwenden Cookies. <button>Alle akzeptieren</button>'
    "<button>Nur notwendige Cookies</button></div>",
    "french": '<section role="dialog">Nous utilisons des cookies. <button>Accepter</button>'
    '<a role="button" tabindex=0>Continuer sans accepter →</a></section>',
}


@pytest.mark.slow
@needs_browser
def test_cookie_banners_are_refused_and_never_accepted(site: Site, watch: Watch) -> None:
    listen = """document.addEventListener('click', e => { const b = e.composedPath()[0];
      document.body.insertAdjacentHTML('beforeend', '<p>pres' + 'sed [' + (b.innerText || '') + ']</p>'); }, true);"""
    prose = page().decode().partition("<main>")[2]
    for name, banner in BANNERS.items():
        site.routes[f"/{name}"] = Reply(
            f"<!doctype html><title>x</title>{banner}<main>{prose}<script>{listen}</script>".encode()
        )
    usercentrics = """const host = document.createElement('div'); host.id = 'usercentrics-root'; document.body.append(host);
      host.attachShadow({mode: 'open'}).innerHTML = '<button data-testid="uc-accept-all-button">Accept All</button>' +
      '<button data-testid="uc-deny-all-button">Deny</button>';"""
    site.routes["/usercentrics"] = Reply(
        f"<!doctype html><title>x</title><main>{prose}<script>{listen}{usercentrics}</script>".encode()
    )
    only = '<div class="cookie-bar">We use cookies. <button>Accept</button> <a href="/policy">Reject all</a></div>'
    site.routes["/only-accept"] = Reply(
        f"<!doctype html><title>x</title>{only}<main>{prose}<script>{listen}</script>".encode()
    )
    form = '<form class="offer">Decline or accept our offer? <button type="button">Decline</button></form>'
    site.routes["/no-banner"] = Reply(
        f"<!doctype html><title>x</title>{form}<main>{prose}<script>{listen}</script>".encode()
    )
    names = [*BANNERS, "usercentrics", "only-accept", "no-banner"]
    watch.sources(*(watch.page(name, site.url(f"/{name}"), render="browser") for name in names))
    found = watch.look_at(IN_BROWSER)
    assert {name for name, (state, _) in found.items() if state is not FetchState.OK} == set()
    pressed = {
        name: text_of(watch, name).partition("pressed [")[2].partition("]")[0].lower() for name in names
    }
    assert pressed == {
        "onetrust": "reject all",
        "cookiebot": "use necessary cookies only",
        "didomi": "disagree",
        "osano": "deny",
        "trustarc": "required only",
        "quantcast": "disagree",
        "german": "nur notwendige cookies",
        "french": "continuer sans accepter →",
        "usercentrics": "deny",
        "only-accept": "",
        "no-banner": "",
    }


@pytest.mark.slow
@needs_browser
def test_pictures_fonts_media_and_trackers_are_not_loaded(site: Site, watch: Watch) -> None:
    script = """new Image().src = '/pixel.gif'; navigator.sendBeacon('/beacon');
    fetch('https://www.google-analytics.com/collect').catch(() => document.title = 'no tracker');
    root.innerHTML = '<img src="/a.png"><video src="/a.mp4"></video><p style="font-family:F">' + 'Words of the page. '.repeat(30)
      + '<style>@font-face{font-family:F;src:url(/a.woff2)}</style>'; fetch('/wanted.json');"""
    site.routes |= {"/heavy": shell(script), "/wanted.json": Reply(b"{}")}
    watch.sources(watch.page("heavy", site.url("/heavy"), render="browser"))
    assert watch.look_at(IN_BROWSER)["heavy"][0] is FetchState.OK
    assert set(site.asked) - {"/robots.txt"} == {"/heavy", "/wanted.json"}


HOSTILE: dict[str, str] = {
    "spins": "while (true) {}",
    "alerts": "while (true) alert('x')",
    "grabs-memory": "const a = []; while (true) a.push(new Array(100000).fill(Math.random()))",
    "opens-windows": "for (let i = 0; i < 30; i++) window.open('/plain?' + i); document.body.innerText = 'x '.repeat(300)",
    "reloads": "setTimeout(() => location.reload(), 50); document.body.innerText = 'x '.repeat(300)",
    "walks-away": "location.href = 'http://169.254.169.254/latest/'",
    "grows": "document.body.innerText = 'word '.repeat(100000)",
    "breaks-scripts": "window.setTimeout = window.Promise = undefined; Element.prototype.getBoundingClientRect = () => { throw 1 };"
    "document.querySelectorAll = () => { while (true) {} }; document.body.innerText = 'x '.repeat(300)",
    "prints": "for (let i = 0; i < 1e5; i++) console.log('x'.repeat(1000)); document.body.innerText = 'x '.repeat(300)",
    "frames": "for (let i = 0; i < 100; i++) document.body.append(document.createElement('iframe')); root.innerText = 'x '.repeat(300)",
}
HOSTILE_SECONDS = (
    90.0  # for all of them together with the pages beside them, four at a time, on two busy cores
)


@pytest.mark.slow
@needs_browser
def test_hostile_pages_end_by_themselves_and_stop_no_other(site: Site, watch: Watch) -> None:
    for name, script in HOSTILE.items():
        site.routes[f"/{name}"] = shell(f"document.title = '{name}'; {script}")
    site.routes["/app"] = shell(f"root.innerText = '{PLAN} ' + 'word '.repeat(90)")
    watch.sources(
        *(watch.page(name, site.url(f"/{name}"), render="browser") for name in HOSTILE),
        *(watch.page(f"app-{n}", site.url(f"/app?{n}"), render="browser") for n in range(3)),
    )
    for n in range(3):
        site.routes[f"/app?{n}"] = site.routes["/app"]
    began = time.monotonic()
    found = watch.look_at(IN_BROWSER.model_copy(update={"browser_timeout": timedelta(seconds=4)}))
    assert time.monotonic() - began < HOSTILE_SECONDS
    assert [found[f"app-{n}"][0] for n in range(3)] == [FetchState.OK] * 3
    assert all(state is not None and "crashed:" not in str(reason) for state, reason in found.values()), found
    # A slow machine meets the limit of time before that of size.
    assert str(found["grows"][1]).startswith(("too-large:", "timeout:"))
    assert found["walks-away"][0] is not FetchState.OK


def test_without_a_browser_the_other_sources_go_on(site: Site, watch: Watch) -> None:
    site.routes |= {"/app": Reply(SHELL), "/plain": Reply(page())}
    watch.sources(
        watch.page("app", site.url("/app"), render="browser"),
        watch.page("auto", site.url("/app")),
        watch.page("plain", site.url("/plain")),
    )
    found = watch.look_at(QUICK.model_copy(update=WITHOUT))
    assert found["plain"][0] is FetchState.OK
    missing = "there is no browser at /no/such/browser; install"
    assert found["app"][0] is FetchState.BROKEN
    assert str(found["app"][1]).startswith(f"browser-missing: {missing}")
    assert found["auto"][0] is FetchState.EMPTY
    assert str(found["auto"][1]).startswith(f"needs-browser: the page has no text without scripts; {missing}")


@pytest.mark.parametrize(
    ("options", "browser"),
    [({}, False), ({"render": "browser"}, True), ({"wait_for": ".a"}, True), ({"render": "static"}, False)],
)
def test_what_a_source_says_decides_over_what_is_remembered(
    options: dict[str, Any], browser: bool, watch: Watch
) -> None:
    from crawlers.render_mode import wants_browser

    [source] = watch.sources(watch.page("a", "http://site.localhost/a", **options))
    assert wants_browser(source, watch.now) is browser
