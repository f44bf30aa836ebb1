"""The addresses that stand in a mail."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Addresses of the dashboard for one reader. ``base_url`` comes from the settings, ``token`` from the reader.

    Mails to those who run Rivalwatch have no token: nothing to unsubscribe from.
    """

    base_url: str
    token: str

    def page(self, path: str) -> str:
        """Return the address of a page by its path."""
        return self.base_url.rstrip("/") + path

    def signal(self, signal_id: int) -> str:
        """Return the page with a signal's evidence."""
        return self.page(f"/signals/{signal_id}")

    def account(self, key: str) -> str:
        """Return an account's page."""
        return self.page(f"/accounts/{quote(key, safe='')}")

    def feedback(self, signal_id: int, verdict: str) -> str:
        """Return the page where this reader says ``useful`` or ``noise``."""
        return self.page(f"/f/{self.token}/{signal_id}/{verdict}")

    @property
    def unsubscribe(self) -> str:
        """The page that ends the subscription; a GET of it changes nothing."""
        return self.page(f"/u/{self.token}")
