"""What is done on a page in the browser before it is read: waiting, refusing cookies, the source's steps, scrolling.

Everything has its time: pages may poll for ever, grow for ever, or answer no script at all.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from config.steps import BOTTOM, TEXT
from crawlers.bodies import check_size
from crawlers.consent import refuse_cookies
from crawlers.errors import FetchError, FetchReason

SETTLE_MS = 3_000  # Pages that poll for ever never fall silent; after this they are read as they are.
STEP_MS = 10_000  # for one step to find its element
SHORT_MS = 600  # after a scroll or a click that may load something
ROUNDS = 10  # times a page may grow when it is scrolled to its end
LONG_ROUNDS = 40  # the same where a step asks for it
SCROLL_SECONDS = 15.0

_SCROLL = """async () => {
  const page = document.scrollingElement || document.documentElement;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const height = page.scrollHeight, view = Math.max(window.innerHeight, 400);
  for (let top = page.scrollTop, n = 0; top < height && n < 60; top += view, n++) {
    window.scrollTo(0, top); await pause(20);
  }
  window.scrollTo(0, height);
  return height;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderPlan:
    """What one source asks of the browser. ``limit`` caps the characters of the page's markup."""

    limit: int
    wait_for: str | None = None
    steps: Sequence[Mapping[str, Any]] = ()
    timeout_seconds: float = 30.0


async def prepare(page: Page, plan: RenderPlan) -> None:
    """Bring the page to the state in which it is read. Raises: FetchError, naming the step that did not work."""
    await settle(page)
    refused = await refuse_cookies(page)
    for number, step in enumerate(plan.steps, 1):
        await _take(page, step, number)
    if plan.wait_for:
        await _await(page.locator(f"css={plan.wait_for}"), plan.timeout_seconds * 1_000)
    if not any("scroll" in step for step in plan.steps):
        await scroll_down(page, ROUNDS)
    if refused is None:
        await refuse_cookies(page)  # Some banners come late.
    async with asyncio.timeout(SETTLE_MS / 1_000):
        check_size(await page.evaluate("document.documentElement.outerHTML.length"), plan.limit)


async def settle(page: Page, milliseconds: float = SETTLE_MS) -> None:
    """Wait until the page's scripts have fetched what they need, for a while."""
    with contextlib.suppress(PlaywrightTimeout):
        await page.wait_for_load_state("networkidle", timeout=milliseconds)


async def scroll_down(page: Page, rounds: int) -> None:
    """Scroll to the end until the page no longer grows, ``rounds`` times at most."""
    last = -1.0
    with contextlib.suppress(
        TimeoutError, PlaywrightError
    ):  # A page that breaks our scrolling is read as it is.
        async with asyncio.timeout(SCROLL_SECONDS):
            for _ in range(rounds):
                await (
                    page.bring_to_front()
                )  # Only what is in front is drawn, and only what is drawn loads more.
                height = await page.evaluate(_SCROLL)
                if not isinstance(height, int | float) or height <= last:
                    return
                last = float(height)
                await page.wait_for_timeout(SHORT_MS / 3)
                await settle(page, SHORT_MS)


async def _take(page: Page, step: Mapping[str, Any], number: int) -> None:
    action = next(name for name in ("click", "fill", "select", "wait_for", "scroll") if step.get(name))
    target = str(step[action])
    try:
        await _act(page, action, target, step)
    except PlaywrightTimeout:
        raise FetchError(
            FetchReason.STEP, f"step {number} found nothing to {_VERBS[action]}: {target[:80]!r}"
        ) from None
    except PlaywrightError as error:
        first = (error.message.strip().splitlines() or ["no message"])[0][:120]
        raise FetchError(
            FetchReason.STEP, f"step {number} ({action} {target[:80]!r}) failed: {first}"
        ) from None


_VERBS = {
    "click": "click",
    "fill": "fill in",
    "select": "select",
    "wait_for": "wait for",
    "scroll": "scroll to",
}


async def _act(page: Page, action: str, target: str, step: Mapping[str, Any]) -> None:
    if action == "scroll" and target == BOTTOM:
        await scroll_down(page, LONG_ROUNDS)
        return
    element = _located(page, target)
    await page.bring_to_front()
    if action == "click":
        await _click(page, element, int(step.get("times", 1)))
    elif action == "fill":
        await element.fill(str(step["with"]), timeout=STEP_MS)
    elif action == "select":
        await element.select_option(str(step["with"]), timeout=STEP_MS)
    elif action == "wait_for":
        await element.wait_for(state="attached", timeout=STEP_MS)
    else:
        await element.scroll_into_view_if_needed(timeout=STEP_MS)


def _located(page: Page, target: str) -> Locator:
    if target.startswith(TEXT):
        return page.get_by_text(target[len(TEXT) :].strip(), exact=True).first
    return page.locator(f"css={target}").first


async def _click(page: Page, element: Locator, times: int) -> None:
    for turn in range(times):
        if turn and not await element.is_visible():
            return
        await element.wait_for(state="attached", timeout=STEP_MS)
        try:
            await element.click(timeout=SHORT_MS * 3)
        except PlaywrightTimeout:
            await element.dispatch_event(
                "click", timeout=STEP_MS
            )  # Something lies over it, such as a banner.
        await settle(page, SHORT_MS)


async def _await(element: Locator, milliseconds: float) -> None:
    try:
        await element.first.wait_for(state="attached", timeout=milliseconds)
    except PlaywrightTimeout:
        raise FetchError(FetchReason.STEP, "what 'wait_for' names did not appear on the page") from None
