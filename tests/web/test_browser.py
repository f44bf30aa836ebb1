from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from config.settings import Settings
from store.kinds import FlagState
from store.models.accounts import FlagRow
from tests.web.seed import OWNER, PASSWORD
from web.app import create_app

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATHS = ("/", "/accounts?scope=all", "/accounts/harbour-bank", "/signals", "/signals/1", "/changes", "/dropped",
         "/sources", "/sources/palisade/pricing", "/snapshots/2", "/digests", "/digests/1", "/me")  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def address(seeded, clock) -> Iterator[str]:
    """The pages, served on a free loopback port."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(seeded, Settings(), now=clock)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


def log_in(page, address):
    page.goto(f"{address}/login")
    page.get_by_label("E-mail").fill(OWNER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{address}/")


def test_a_manager_logs_in_opens_an_account_and_acts_on_a_flag(address, browser, seeded):
    page = browser.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    log_in(page, address)
    page.get_by_role("link", name="Harbour Bank").first.click()
    assert "Why is this account yellow?" in page.content()
    page.get_by_role("button", name="Acknowledge").first.click()
    page.wait_for_url("**/accounts/harbour-bank#flags")
    page.get_by_text("Close", exact=True).first.click()
    page.get_by_label("What came of it?").first.fill("the champion renews")
    page.get_by_role("button", name="Close flag").first.click()
    page.wait_for_url("**/accounts/harbour-bank#flags")
    with seeded.read() as session:
        flag = session.get_one(FlagRow, 1)
        assert (flag.state, flag.outcome) == (FlagState.CLOSED.value, "the champion renews")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    assert troubles == []


def test_no_page_is_wider_than_a_phone_and_the_menu_opens(address, browser):
    page = browser.new_page(viewport={"width": 375, "height": 760})
    log_in(page, address)
    wide = {}
    for path in PATHS:
        page.goto(address + path)
        wide[path] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    assert set(wide.values()) == {0}, wide
    assert not page.get_by_role("link", name="Sources", exact=True).is_visible()
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="Sources", exact=True).is_visible()


def test_text_can_be_read_in_light_and_dark(address, browser):
    for scheme in ("light", "dark"):
        page = browser.new_context(color_scheme=scheme).new_page()
        log_in(page, address)
        for path in PATHS:
            page.goto(address + path)
            assert page.evaluate(FAINT_TEXT) == [], (scheme, path)


def test_a_mail_in_its_frame_runs_no_script(address, browser):
    page = browser.new_page()
    log_in(page, address)
    failed: dict[str, str] = {}
    page.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
    page.goto(f"{address}/digests/1")
    page.locator("iframe").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe")
    frame.get_by_text("Two accounts at risk.").wait_for()
    assert page.title() != "ran"
    # The page's own icon may be given up when the browser moves on; what counts is what the mail asked for.
    outside = {url: reason for url, reason in failed.items() if not url.startswith(address)}
    assert outside == {"https://tracker.example/pixel.gif": "csp"}


# Contrast of every visible text against the nearest opaque ground behind it (WCAG 2.1: 4.5 to 1).
FAINT_TEXT = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m[3] ?? 1}; };
  const light = ({r, g, b}) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (el) => { for (; el; el = el.parentElement) {
    const c = parse(getComputedStyle(el).backgroundColor); if (c.a === 1) return c; }
    return {r: 255, g: 255, b: 255}; };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    const unseen = !el.checkVisibility() || el.closest(".sr, svg, script, option, .skip");
    if (unseen || !walker.currentNode.data.trim()) continue;
    const a = light(parse(getComputedStyle(el).color)), b = light(ground(el));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(`${el.className || el.tagName} ${ratio.toFixed(2)}`);
  }
  return [...found];
}"""
