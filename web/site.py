"""What every route needs: the database, the settings, the clock, the templates, the key that signs sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from jinja2 import Environment

from config.health import HealthConfig
from config.settings import Settings
from store.database import Database
from web.throttle import Throttle


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One running set of pages."""

    database: Database
    settings: Settings
    health: HealthConfig
    now: Callable[[], datetime]
    secret: str
    templates: Environment
    throttle: Throttle

    @property
    def is_https(self) -> bool:
        """True if people reach the pages by HTTPS, so that cookies must never go out without it."""
        return self.settings.web.base_url.lower().startswith("https://")


def site_of(request: Request) -> Site:
    """Return the site a request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
