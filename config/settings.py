"""``config/settings.yaml``: mail, crawl manners, model, retention, web."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from config.durations import Duration
from config.model import ConfigModel, Email


class CrawlSettings(ConfigModel):
    """How the crawler behaves towards other people's servers.

    ``allow_hosts`` names hosts (``*.name`` for all below a name) that may resolve to private or loopback addresses.
    """

    user_agent: str = "Rivalwatch/0.1"
    contact: str = "set crawl.contact in settings.yaml"
    obey_robots: bool = True
    delay: Duration = timedelta(seconds=2)
    concurrency: int = Field(default=16, ge=1, le=256)
    concurrency_per_host: int = Field(default=1, ge=1, le=16)
    timeout: Duration = timedelta(seconds=30)
    max_bytes: int = Field(default=8_000_000, ge=10_000)
    max_redirects: int = Field(default=5, ge=0, le=20)
    retries: int = Field(default=1, ge=0, le=5)
    allow_hosts: tuple[str, ...] = ()
    proxy: str | None = None
    browser: Literal["auto", "off"] = "auto"
    browser_path: str | None = None
    browser_timeout: Duration = timedelta(seconds=30)
    double_first_visit: bool = True


class DetectionSettings(ConfigModel):
    """When a difference counts as a change."""

    confirm_after: Duration = timedelta(minutes=10)
    confirm_from_impact: float = Field(default=0.5, ge=0, le=1)
    variant_memory: Duration = timedelta(days=60)
    revert_window: Duration = timedelta(days=14)


class ClassifySettings(ConfigModel):
    """Thresholds of the classifier. ``model`` is a folder, a hub name, or ``builtin`` for the packaged MiniLM."""

    model: str = "builtin"
    review_below: float = Field(default=0.40, ge=0, le=1)
    alert_from: float = Field(default=0.70, ge=0, le=1)
    threads: int = Field(default=0, ge=0, le=64)


class LinkingSettings(ConfigModel):
    """How exposure is made of reasons, and when it counts."""

    weights: dict[str, float] = Field(
        default_factory=lambda: {
            "named": 0.9,
            "their_customer": 0.6,
            "rival_present": 0.5,
            "product_overlap": 0.45,
            "same_market": 0.3,
            "stakeholder_moved": 0.85,
        }
    )
    threshold: float = Field(default=0.15, ge=0, le=1)
    half_life: Duration = timedelta(days=30)
    window: Duration = timedelta(days=90)


class MailSettings(ConfigModel):
    """How mail leaves: into a folder of ``.eml`` files, or by SMTP (password from ``$RIVALWATCH_SMTP_PASSWORD``)."""

    delivery: Literal["folder", "smtp"] = "folder"
    folder: str = "mail"
    sender: Email = "rivalwatch@localhost.localdomain"
    sender_name: str = "Rivalwatch"
    host: str = "localhost"
    port: int = Field(default=587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    timeout: Duration = timedelta(seconds=30)
    max_attempts: int = Field(default=12, ge=1)
    retry_after: Duration = timedelta(minutes=5)


class RetentionSettings(ConfigModel):
    """How long what is kept."""

    snapshots: Duration = timedelta(days=400)
    drops: Duration = timedelta(days=120)


class WebSettings(ConfigModel):
    """Where the pages are served and how links to them are written in mails."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65_535)
    base_url: str = "http://127.0.0.1:8000"
    session_hours: int = Field(default=12, ge=1, le=720)


class Settings(ConfigModel):
    """All of ``settings.yaml``."""

    company: str = "Our company"
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    crawl: CrawlSettings = CrawlSettings()
    detection: DetectionSettings = DetectionSettings()
    classify: ClassifySettings = ClassifySettings()
    linking: LinkingSettings = LinkingSettings()
    mail: MailSettings = MailSettings()
    retention: RetentionSettings = RetentionSettings()
    web: WebSettings = WebSettings()
