"""``config/settings.yaml``: mail, crawl manners, model, retention, web."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field, field_validator

from config.durations import Duration, PositiveDuration
from config.model import ConfigModel, Email, Line
from config.tiers import TierSettings

_WEIGHTS = {
    "named": 0.9,
    "their_customer": 0.6,
    "rival_present": 0.5,
    "product_overlap": 0.45,
    "same_market": 0.3,
    "stakeholder_moved": 0.85,
}


class CrawlSettings(ConfigModel):
    """How the crawler behaves towards other people's servers.

    ``allow_hosts`` names hosts (``*.name`` for all below a name) that may resolve to private or loopback addresses.
    """

    user_agent: Line = Field(
        default="Rivalwatch/0.1",
        min_length=1,
        description="How the crawler calls itself. It never poses as a browser.",
    )
    contact: Line = Field(
        default="set crawl.contact in settings.yaml",
        description="E-mail address or web page where a site's owner reaches you; sent with every request.",
        examples=["web@us.example"],
    )
    obey_robots: bool = Field(default=True, description="Whether to keep to robots.txt.")
    delay: Duration = Field(
        default=timedelta(seconds=2), description="Pause between two requests to one host."
    )
    concurrency: int = Field(
        default=16, ge=1, le=256, description="Requests under way at once, over all hosts."
    )
    concurrency_per_host: int = Field(
        default=1, ge=1, le=16, description="Requests under way at once at one host."
    )
    timeout: PositiveDuration = Field(
        default=timedelta(seconds=30), description="Longest wait for an answer."
    )
    max_bytes: int = Field(
        default=8_000_000,
        ge=10_000,
        description="Largest answer in bytes, unpacked; a larger one is not read.",
    )
    max_redirects: int = Field(default=5, ge=0, le=20, description="Redirects that are followed.")
    slow_down: int = Field(
        default=4,
        ge=1,
        le=30,
        description="A source without news is asked less often, at most this many times its `every`; 1 never.",
    )
    quiet_hours: str | None = Field(
        default=None,
        pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="Hours of the day (UTC) in which nothing is fetched; it becomes due when they end.",
        examples=["22:00-05:00"],
    )
    retries: int = Field(default=1, ge=0, le=5, description="Further tries after a failure that may pass.")
    allow_hosts: tuple[Line, ...] = Field(
        default=(),
        description="Hosts inside your own network that may be fetched; `*.name` for all below a name.",
        examples=[["wiki.us.example", "*.localhost"]],
    )
    proxy: str | None = Field(
        default=None,
        description="Address of a proxy; its login comes from `$RIVALWATCH_PROXY_LOGIN` as `user:password`.",
        examples=["http://proxy.us.example:3128"],
    )
    browser: Literal["auto", "off"] = Field(
        default="auto",
        description="`auto` uses a browser for sources with `render: browser`; `off` never does.",
    )
    browser_path: str | None = Field(
        default=None, description="The browser's program file, where it is not found by itself."
    )
    browser_timeout: PositiveDuration = Field(
        default=timedelta(seconds=30), description="Longest wait for a page in the browser."
    )
    double_first_visit: bool = Field(
        default=True,
        description="Fetch a new page twice, to learn what differs from one request to the next.",
    )


PageTypeName = Literal[
    "home", "pricing", "team", "careers", "customers", "partners", "integrations", "events", "changelog", "product",
    "policy", "news", "status", "article", "generic",
]  # fmt: skip


class PageThreshold(ConfigModel):
    """Below what a change of one type of page is kept as noise."""

    words: int = Field(
        default=0, ge=0, description="Fewest words, gone and new, of a change that holds no fact."
    )
    price_step: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Smallest share of itself by which a price changes; 0.02 leaves out steps below 2 %.",
    )
    facts_only: bool = Field(
        default=False,
        description="Whether only facts count: prices, people, openings, names, events, stories.",
    )
    beside: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="From which score a change without a fact is beside the matter; 1 tells all. Usually 0.5, 0.6 for "
        "`pricing` and `status`, 1 for `policy`.",
    )


class DetectionSettings(ConfigModel):
    """When a difference counts as a change."""

    confirm_after: Duration = Field(
        default=timedelta(minutes=10),
        description="When to look again at an important change before it counts; `0s` for at once.",
    )
    confirm_from_impact: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Changes that matter at least this much are looked at again; 0 means all, 1 none.",
    )
    variant_memory: Duration = Field(
        default=timedelta(days=60),
        description="How long a page's earlier wording is remembered: what returns is no news.",
    )
    revert_window: Duration = Field(
        default=timedelta(days=14),
        description="A change undone within this time is corrected in the next mail.",
    )
    thresholds: dict[PageTypeName, PageThreshold] = Field(
        default_factory=dict,
        description="By type of page, below what a change is kept as noise; none where a type is left out.",
        examples=[{"home": {"words": 4}, "pricing": {"price_step": 0.02}}],
    )


class ClassifySettings(ConfigModel):
    """Thresholds of the classifier. ``model`` is a folder, a hub name, or ``builtin`` for the packaged MiniLM."""

    model: str = Field(
        default="builtin",
        min_length=1,
        description="`builtin`, or the folder or hub name of another sentence model.",
    )
    languages: tuple[str, ...] = Field(
        default=("en",),
        min_length=1,
        description="Languages the model and its rows read (ISO 639-1); others wait for an analyst.",
    )
    review_below: float = Field(
        default=0.84,
        ge=0,
        le=1,
        description="Of signals less sure than this an analyst is asked the category; mails say it is not certain.",
    )
    mail_from: float = Field(
        default=0.40,
        ge=0,
        le=1,
        description="Signals less sure than this are held: not mailed, no weight, until an analyst has answered.",
    )
    alert_from: float = Field(
        default=0.70,
        ge=0,
        le=1,
        description="Confidence from which a signal may be mailed as an alert at once.",
    )
    threads: int = Field(default=0, ge=0, le=64, description="Processor threads; 0 leaves it to the machine.")


class LinkingSettings(ConfigModel):
    """How exposure is made of reasons, and when it counts."""

    weights: dict[str, float] = Field(
        default_factory=lambda: dict(_WEIGHTS),
        description="How much each reason says by itself, from 0 to 1; those left out keep their value.",
        examples=[{"named": 0.9}],
    )
    threshold: float = Field(default=0.15, ge=0, le=1, description="Exposure from which a link counts.")
    half_life: PositiveDuration = Field(
        default=timedelta(days=30), description="Time after which an exposure counts half."
    )
    window: PositiveDuration = Field(
        default=timedelta(days=90), description="How far back the Competitor Activity Index looks."
    )

    @field_validator("weights")
    @classmethod
    def _complete(cls, value: dict[str, float]) -> dict[str, float]:
        return {**_WEIGHTS, **value}


class MailSettings(ConfigModel):
    """How mail leaves: into a folder of ``.eml`` files, or by SMTP (password from ``$RIVALWATCH_SMTP_PASSWORD``)."""

    delivery: Literal["folder", "smtp"] = Field(
        default="folder", description="`folder` writes .eml files instead of sending; `smtp` sends."
    )
    folder: str = Field(
        default="mail", min_length=1, description="Where the .eml files go, below the data folder."
    )
    sender: Email = Field(
        default="rivalwatch@localhost.localdomain",
        description="Address that the mail comes from.",
        examples=["rivalwatch@us.example"],
    )
    sender_name: Line = Field(default="Rivalwatch", description="Name that the mail comes from.")
    unsubscribe_mailbox: Email | None = Field(
        default=None, description="Mailbox for readers who unsubscribe by mail; stands in the mails' header."
    )
    host: Line = Field(default="localhost", description="Mail server.", examples=["smtp.us.example"])
    port: int = Field(default=587, ge=1, le=65_535, description="Port of the mail server.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="`starttls` (port 587), `tls` (port 465) or `none` (inside your network only).",
    )
    user: str | None = Field(
        default=None,
        description="User name at the mail server; its password comes from `$RIVALWATCH_SMTP_PASSWORD`.",
    )
    timeout: PositiveDuration = Field(
        default=timedelta(seconds=30), description="Longest wait for the mail server."
    )
    max_attempts: int = Field(default=12, ge=1, le=1000, description="Tries before a mail is given up.")
    retry_after: Duration = Field(
        default=timedelta(minutes=5),
        description="Pause before the second try; it grows with every further one.",
    )


class RetentionSettings(ConfigModel):
    """How long what is kept."""

    snapshots: Duration = Field(
        default=timedelta(days=400),
        description="How long fetched pages are kept; what is quoted as evidence stays.",
    )
    drops: Duration = Field(
        default=timedelta(days=120), description="How long it is kept why something was not reported."
    )


class WebSettings(ConfigModel):
    """Where the pages are served and how links to them are written in mails."""

    host: Line = Field(default="127.0.0.1", description="Address to listen on; `0.0.0.0` for all.")
    port: int = Field(default=8000, ge=1, le=65_535, description="Port to listen on.")
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Address under which readers reach the pages; links in mails begin with it.",
        examples=["https://rivalwatch.us.example"],
    )
    session_hours: int = Field(default=12, ge=1, le=720, description="Hours until a login ends.")


class Settings(ConfigModel):
    """All of ``settings.yaml``."""

    company: Line = Field(
        default="Our company", min_length=1, description="Your company's name, shown in mails."
    )
    currency: str = Field(
        default="USD",
        pattern=r"^[A-Z]{3}$",
        description="Currency of `arr`, as a three-letter code.",
        examples=["EUR"],
    )
    crawl: CrawlSettings = Field(
        default=CrawlSettings(), description="Manners towards other people's servers."
    )
    detection: DetectionSettings = Field(default=DetectionSettings(), description="What counts as a change.")
    classify: ClassifySettings = Field(default=ClassifySettings(), description="What a change means.")
    linking: LinkingSettings = Field(
        default=LinkingSettings(), description="Which account a signal threatens."
    )
    tiers: TierSettings = Field(
        default=TierSettings(), description="The rule for accounts whose tier nobody says."
    )
    mail: MailSettings = Field(default=MailSettings(), description="How mail leaves.")
    retention: RetentionSettings = Field(
        default=RetentionSettings(),
        description="How long pages and reasons are kept; `serve` removes older ones each day, `db prune` at once.",
    )
    web: WebSettings = Field(default=WebSettings(), description="The web pages.")
