"""The closed sets that several stages share."""

from __future__ import annotations

from enum import StrEnum

HIGHEST_ID = 2**31 - 1  # what an id may be on PostgreSQL; a database asked for a higher one fails


class Stage(StrEnum):
    """The stages, in the order of the data."""

    CRAWL = "crawl"
    EXTRACT = "extract"
    CLASSIFY = "classify"
    LINK = "link"
    HEALTH = "health"
    DIGEST = "digest"


class FetchState(StrEnum):
    """How a fetch ended. Only ``ok`` can lead to a change."""

    OK = "ok"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    BROKEN = "broken"
    EMPTY = "empty"


class Look(StrEnum):
    """Why a snapshot was taken: on schedule, to learn what varies by request, or to confirm a change."""

    REGULAR = "regular"
    LEARN = "learn"
    CONFIRM = "confirm"


class PageType(StrEnum):
    """What a page is about; decides which facts are read from it."""

    HOME = "home"
    PRICING = "pricing"
    TEAM = "team"
    CAREERS = "careers"
    CUSTOMERS = "customers"
    PARTNERS = "partners"
    INTEGRATIONS = "integrations"
    EVENTS = "events"
    CHANGELOG = "changelog"
    PRODUCT = "product"
    POLICY = "policy"
    NEWS = "news"
    STATUS = "status"
    ARTICLE = "article"
    GENERIC = "generic"


class BlockKind(StrEnum):
    """What a block is in its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CARD = "card"
    LOGO = "logo"
    OPTION = "option"
    STATE = "state"


class FactKind(StrEnum):
    """What a fact states."""

    PRICE = "price"
    PERSON = "person"
    OPENING = "opening"
    CUSTOMER = "customer"
    PARTNER = "partner"
    EVENT = "event"
    ENTRY = "entry"
    CLAUSE = "clause"
    FEATURE = "feature"
    PRODUCT = "product"
    CALL = "call to action"
    NAVIGATION = "navigation"
    OFFICE = "office"


#: The key under which a fact's name stands in JSON.
FACT_LABELS: dict[FactKind, str] = {
    FactKind.PRICE: "plan",
    FactKind.PERSON: "name",
    FactKind.OPENING: "title",
    FactKind.CUSTOMER: "name",
    FactKind.PARTNER: "name",
    FactKind.EVENT: "name",
    FactKind.ENTRY: "title",
    FactKind.CLAUSE: "title",
    FactKind.FEATURE: "name",
    FactKind.PRODUCT: "name",
    FactKind.CALL: "name",
    FactKind.NAVIGATION: "name",
    FactKind.OFFICE: "name",
}


class FactAction(StrEnum):
    """What became of a fact."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class ChangeState(StrEnum):
    """What a change turned out to be. Only ``confirmed`` goes on to `classify`."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    VARIANT = "variant"
    REVERTED = "reverted"


class Category(StrEnum):
    """What a signal is about."""

    LAUNCH = "launch"
    PRICING = "pricing"
    LEADERSHIP = "leadership"
    PARTNERSHIP = "partnership"
    EVENT = "event"
    REGULATORY = "regulatory"
    MEDIA = "media"
    HIRING = "hiring"
    FINANCE = "finance"
    ACQUISITION = "acquisition"
    EXPANSION = "expansion"
    CUSTOMER = "customer"
    POSITIONING = "positioning"
    NONE = "none"


class ReasonCode(StrEnum):
    """Why an account is exposed to a signal. ``renewal_near`` raises a score but is no link by itself."""

    NAMED = "named"
    THEIR_CUSTOMER = "their_customer"
    RIVAL_PRESENT = "rival_present"
    PRODUCT_OVERLAP = "product_overlap"
    SAME_MARKET = "same_market"
    STAKEHOLDER_MOVED = "stakeholder_moved"
    RENEWAL_NEAR = "renewal_near"


class Band(StrEnum):
    """Health band; grey is *unknown*."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


class FlagState(StrEnum):
    """Where a flag stands with its owner."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class FlagVerdict(StrEnum):
    """What a person says came of a flag, so that its rule can be judged later."""

    HELPED = "helped"
    NO_EFFECT = "no_effect"
    TOO_LATE = "too_late"
    FALSE_ALARM = "false_alarm"


class OutcomeKind(StrEnum):
    """What became of an account when its contract was decided."""

    RENEWED = "renewed"
    EXPANDED = "expanded"
    DOWNGRADED = "downgraded"
    CHURNED = "churned"


class MailState(StrEnum):
    """Where a mail in the outbox stands.

    ``handing_over`` is committed just before the last byte goes out. A mail found in that state after a crash is
    *in doubt*: it was most likely delivered, so it is never sent again by itself.
    """

    QUEUED = "queued"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


class MailKind(StrEnum):
    """What kind of mail it is."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ALERT = "alert"
    OPERATIONS = "operations"


class Role(StrEnum):
    """What a person may see and do on the web pages, each including those after it."""

    ADMIN = "admin"
    ANALYST = "analyst"
    MANAGER = "manager"
    VIEWER = "viewer"
