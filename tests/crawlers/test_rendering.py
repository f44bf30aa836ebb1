"""Pages that need a browser, in the system's Chromium."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from store.kinds import FetchState
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page

needs_browser = pytest.mark.skipif(
    not any(shutil.which(name) for name in ("chromium", "google-chrome", "chromium-browser")),
    reason="no browser on this machine",
)
SHELL = b"""<!doctype html><html><head><title>Plans</title></head><body><div id="root"></div><script>
fetch('/data.json').then(r => r.json()).then(d => {
  document.getElementById('root').innerHTML = '<h1>Plans</h1><p id="plan">' + d.plan + '</p>';
});</script></body></html>"""
INWARD = """<!doctype html><title>x</title><div id="root"></div><script>
fetch('http://{target}/secret').then(r => r.text()).then(t => {{document.body.innerText = 'leak ' + t}})
.catch(() => {{document.body.innerText = 'This page could not reach the other address, which is right.'}});</script>"""


@pytest.mark.slow
@needs_browser
def test_rendered_pages_are_read_and_their_inward_requests_refused(site: Site, watch: Watch) -> None:
    plan = "Pro costs 59 dollars a month for each seat, billed yearly."
    site.routes |= {
        "/app": Reply(SHELL),
        "/data.json": Reply(f'{{"plan": "{plan}"}}'.encode(), content_type="application/json"),
        "/inward": Reply(INWARD.format(target=f"127.0.0.1:{site.port}").encode()),
        "/secret": Reply(b"secret", headers={"Access-Control-Allow-Origin": "*"}),
        "/redirect": Reply(status=302, headers={"Location": f"http://127.0.0.1:{site.port}/secret"}),
        "/plain": Reply(page()),
    }
    sources = watch.sources(
        watch.page("app", site.url("/app"), render="browser", wait_for="#plan"),
        watch.page("late", site.url("/app"), render="browser", wait_for="#never"),
        watch.page("inward", site.url("/inward"), render="browser"),
        watch.page("redirect", site.url("/redirect"), render="browser"),
        watch.page("shell", site.url("/app")),
        watch.page("plain", site.url("/plain")),
    )
    found = watch.look_at(QUICK.model_copy(update={"browser_timeout": timedelta(seconds=4)}))
    assert found["app"][0] is FetchState.OK
    assert found["plain"][0] is FetchState.OK
    assert found["shell"] == (
        FetchState.EMPTY,
        "needs-browser: the page has no text without scripts; set render: browser",
    )
    assert found["late"][0] is FetchState.BROKEN
    assert "wait_for" in str(found["late"][1])
    assert found["redirect"][0] is FetchState.BROKEN
    assert "/secret" not in site.asked
    [app] = [source for source in sources if source.key == "north/app"]
    assert watch.snapshots(app)[0].rendered


def test_without_a_browser_the_other_sources_go_on(site: Site, watch: Watch) -> None:
    site.routes |= {"/app": Reply(SHELL), "/plain": Reply(page())}
    watch.sources(
        watch.page("app", site.url("/app"), render="browser"), watch.page("plain", site.url("/plain"))
    )
    found = watch.look_at(QUICK.model_copy(update={"browser_path": "/no/such/browser"}))
    assert found["plain"][0] is FetchState.OK
    assert found["app"][0] is FetchState.BROKEN
    assert str(found["app"][1]).startswith(
        "browser-missing: there is no browser at /no/such/browser; install"
    )
