"""Cookie banners: what to press so that they go, with the least consent. Tables, and the script that uses them.

Only "reject" and "necessary only" are pressed. A banner that takes nothing but consent stays: its page can be read
below it, and whoever wants to consent says so in the source's steps.
"""

from __future__ import annotations

import asyncio
import contextlib

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page

#: A manager's name, and the buttons that refuse, the one that refuses most first.
MANAGERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("OneTrust", ("#onetrust-reject-all-handler", ".ot-pc-refuse-all-handler")),
    (
        "Cookiebot",
        (
            "#CybotCookiebotDialogBodyButtonDecline",
            "#CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll",
        ),
    ),
    (
        "Usercentrics",
        (
            '[data-testid="uc-deny-all-button"]',
            "#usercentrics-root button#deny",
            '[data-action-type="deny"]',
            ".uc-deny-button",
        ),
    ),
    (
        "Didomi",
        (
            "#didomi-notice-disagree-button",
            ".didomi-continue-without-agreeing",
            '[data-didomi-action="disagree"]',
        ),
    ),
    ("Osano", (".osano-cm-denyAll", ".osano-cm-button--type_denyAll", ".osano-cm-button--type_deny")),
    ("TrustArc", ("#truste-consent-required", ".trustarc-reject-btn", ".rejectAll[role=button]")),
    ("CookieYes", (".cky-btn-reject", '[data-cky-tag="reject-button"]')),
    ("Complianz", (".cmplz-btn.cmplz-deny",)),
    ("Klaro", (".klaro .cn-decline", ".klaro .cm-btn-decline")),
    ("iubenda", (".iubenda-cs-reject-btn",)),
    ("Borlabs", ("[data-cookie-refuse]", ".brlbs-btn-only-essential", ".brlbs-btn-accept-only-essential")),
    ("CookieFirst", ('[data-cookiefirst-action="reject"]',)),
    ("Axeptio", ("#axeptio_btn_dismiss",)),
    ("HubSpot", ("#hs-eu-decline-button",)),
    ("Termly", ('[data-tid="banner-decline"]',)),
    ("Cookie Information", ("#coiPage-1 .coi-banner__decline", "#declineButton")),
    ("Sourcepoint", ("button.sp_choice_type_13", "button.sp_choice_type_REJECT_ALL")),
    ("Cookie Consent", (".cc-window .cc-deny", '.cm [data-role="necessary"]')),
    ("Civic", ("#ccc-notify-reject", "#ccc-reject-settings")),
)

#: Whole texts of buttons that refuse, in ten languages.
REFUSALS = (
    r"(?:i )?(?:reject|decline|refuse|deny|disagree|do not accept|don['’]t accept)"
    r"(?: to)?(?: (?:all|everything))?(?: (?:optional|non-?essential|additional|unnecessary|analytics|tracking))?"
    r"(?: cookies?)?(?: (?:and|&) close)?"
    r"|(?:use |accept |allow |keep )?(?:only )?(?:strictly )?(?:necessary|essential|required)(?: cookies?)?(?: only)?"
    r"|continue without (?:accepting|agreeing|consent(?:ing)?|cookies)"
    r"|(?:alle )?(?:optionalen )?(?:cookies )?ablehnen"
    r"|nur (?:technisch )?(?:notwendige|erforderliche|essenzielle|essentielle)(?: cookies)?"
    r"(?: (?:akzeptieren|zulassen|erlauben|verwenden))?"
    r"|weiter ohne (?:zustimmung|einwilligung)"
    r"|(?:tout )?refuser(?: tout| tous les cookies| les cookies)?|continuer sans accepter"
    r"|rechazar(?: todo| todas| todas las cookies| cookies)?|solo (?:las )?(?:necesarias|esenciales)"
    r"|rifiuta(?: tutto| tutti| i cookie)?|continua senza accettare|solo (?:i )?necessari"
    r"|(?:alles |cookies )?weigeren|alleen noodzakelijke?(?: cookies)?"
    r"|rejeitar(?: tudo| todos| cookies)?|odrzuć(?: wszystkie)?"
    r"|avvisa(?: alla)?|afvis(?: alle)?|avvis(?: alle)?|endast nödvändiga(?: cookies)?|kun nødvendige(?: cookies)?"
)
FRAMES = 6  # frames looked into; managers that use one put it early in the page
SECONDS = 2.0  # for all frames together

_SCRIPT = """([managers, refusals]) => {
  const roots = [document];
  for (let i = 0; i < roots.length && roots.length < 40; i++)
    for (const element of [...roots[i].querySelectorAll('*')].slice(0, 20000))
      if (element.shadowRoot) roots.push(element.shadowRoot);
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const press = (element) => { element.click(); return true; };
  for (const [name, selectors] of managers)
    for (const selector of selectors)
      for (const root of roots) {
        const inner = root === document ? selector : selector.replace(/^#usercentrics-root /, '');
        const found = [...root.querySelectorAll(inner)].find(shown);
        if (found && press(found)) return name;
      }
  const refusal = new RegExp('^(?:' + refusals + ')$', 'iu');
  const about = /cookie|consent|privacy|datenschutz|confidentialit|privacidad/i;
  const banners = '[id*=cookie i],[class*=cookie i],[id*=consent i],[class*=consent i],[id*=gdpr i],[class*=gdpr i],' +
    '[aria-label*=cookie i],[role=dialog],[role=alertdialog],[class*=cmp i],[id*=cmp i]';
  const buttons = 'button,[role=button],a:not([href]),a[href^="#"],input[type=button],input[type=submit]';
  for (const root of roots)
    for (const banner of [...root.querySelectorAll(banners)].slice(0, 200)) {
      const text = banner.textContent || '';
      if (text.length > 5000 || !about.test(text)) continue;
      for (const button of [...banner.querySelectorAll(buttons)].slice(0, 60)) {
        const label = (button.innerText || button.value || '').replace(/[\\s.!›→]+/g, ' ').trim();
        if (label.length < 60 && refusal.test(label) && shown(button) && press(button)) return 'a banner';
      }
    }
  return null;
}"""


async def refuse_cookies(page: Page) -> str | None:
    """Press what refuses most on the page's cookie banner; return whose banner it was, None if there was none."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            for frame in page.frames[:FRAMES]:
                if (name := await _refuse_in(frame)) is not None:
                    return name
    return None


async def _refuse_in(frame: Frame) -> str | None:
    arguments = [[list(pair) for pair in MANAGERS], REFUSALS]
    with contextlib.suppress(PlaywrightError):  # A frame may go away, or the page's scripts may break ours.
        found = await frame.evaluate(_SCRIPT, arguments)
        return found if isinstance(found, str) else None
    return None
