"""Page kinds: addresses whose page is compared as a whole. One table; the order is that of recognition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from config.catalogue import SourceTypeSpec
from crawlers.adapter import Adapter, Media
from store.kinds import PageType

HALF_DAY = timedelta(hours=12)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

_LANGUAGE = r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """One page kind: ``words`` are path segments that mean it, ``hosts`` first labels of a host that do."""

    name: str
    about: str
    page_type: PageType
    every: timedelta
    words: str = ""
    hosts: str = ""
    aliases: tuple[str, ...] = ()


KINDS = (
    PageKind(
        name="pricing",
        about="plans and prices",
        page_type=PageType.PRICING,
        every=HALF_DAY,
        words=r"pricing|prices?|plans|plans-and-pricing|pricing-plans|editions|preise|tarifs|precios",
    ),
    PageKind(
        name="changelog",
        about="release notes or changelog on a page (a feed is better where there is one)",
        page_type=PageType.CHANGELOG,
        every=HALF_DAY,
        words=r"changelog|change-log|release-notes|releases|whats-new|what-s-new|product-updates|updates",
        hosts=r"changelog|releases|updates",
    ),
    PageKind(
        name="careers",
        about="open positions on the rival's own page",
        page_type=PageType.CAREERS,
        every=DAY,
        words=r"careers?|jobs|join-us|join|open-positions|open-roles|vacancies|work-with-us|karriere|emplois",
        hosts=r"careers?|jobs",
    ),
    PageKind(
        name="team",
        about="people and their roles",
        page_type=PageType.TEAM,
        every=WEEK,
        words=r"team|our-team|leadership|management|people|executives|board|about|about-us|company|ueber-uns",
    ),
    PageKind(
        name="customers",
        about="customers, case studies, references",
        page_type=PageType.CUSTOMERS,
        every=WEEK,
        words=r"customers?|customer-stories|case-studies|case-study|success-stories|references|clients|stories",
    ),
    PageKind(
        name="partners",
        about="partners and resellers",
        page_type=PageType.PARTNERS,
        every=WEEK,
        words=r"partners?|partner-program|alliances|resellers|find-a-partner",
        hosts=r"partners?",
    ),
    PageKind(
        name="integrations",
        about="integrations, apps, marketplace",
        page_type=PageType.INTEGRATIONS,
        every=WEEK,
        words=r"integrations?|apps|marketplace|connectors|app-directory",
        hosts=r"marketplace|integrations",
    ),
    PageKind(
        name="events",
        about="conferences, webinars, trade shows",
        page_type=PageType.EVENTS,
        every=DAY,
        words=r"events?|webinars?|conferences?|meetups?|roadshow|summit",
        hosts=r"events",
    ),
    PageKind(
        name="terms",
        about="terms, privacy, data processing and sub-processor pages",
        page_type=PageType.POLICY,
        every=DAY,
        words=r"terms|terms-of-service|terms-of-use|terms-and-conditions|tos|legal|privacy|privacy-policy|dpa|"
        r"subprocessors|sub-processors|sla|policies|acceptable-use|imprint|impressum",
        aliases=("policy", "legal"),
    ),
    PageKind(
        name="trust",
        about="trust centre: certificates, security statements",
        page_type=PageType.GENERIC,
        every=WEEK,
        words=r"trust|trust-center|trust-centre|security|compliance|certifications",
        hosts=r"trust|security",
    ),
    PageKind(
        name="status",
        about="a status page that is no Statuspage (type statuspage reads those better)",
        page_type=PageType.STATUS,
        every=timedelta(hours=1),
        words=r"status|system-status|uptime",
        hosts=r"status",
    ),
    PageKind(
        name="news",
        about="newsroom, press, blog on a page (a feed is better where there is one)",
        page_type=PageType.NEWS,
        every=timedelta(hours=6),
        words=r"news|newsroom|press|press-releases|media|blog|insights|announcements|aktuelles|presse",
        hosts=r"news|press|blog|newsroom",
    ),
    PageKind(
        name="product",
        about="a product, feature or solution page",
        page_type=PageType.PRODUCT,
        every=DAY,
        words=r"products?|features?|solutions?|platform|why|use-cases|capabilities",
    ),
)


def _patterns(kind: PageKind) -> tuple[re.Pattern[str], ...]:
    found = []
    if kind.hosts:
        found.append(re.compile(rf"^https?://(?:{kind.hosts})\.[^/?#]+/?(?:[?#]|$)", re.I))
    if kind.words:
        # The last segment of a short path decides; /blog/how-to-compare-pricing is no pricing page.
        found.append(
            re.compile(
                rf"^https?://[^/?#]+{_LANGUAGE}(?:/(?:company|about|about-us|resources|legal|product|products))?"
                rf"/(?:{kind.words})(?:\.(?:html?|php|aspx?))?/?(?:[?#]|$)",
                re.I,
            )
        )
    if kind.page_type is PageType.PRODUCT:
        # Products have deeper paths than one segment: /products/verifyflow.
        found.append(re.compile(rf"^https?://[^/?#]+/(?:{kind.words})/[^/?#]+/?(?:[?#]|$)", re.I))
    return tuple(found)


def _page(kind: PageKind) -> Adapter:
    spec = SourceTypeSpec(
        name=kind.name,
        about=kind.about,
        default_every=kind.every,
        url_patterns=_patterns(kind),
        aliases=kind.aliases,
    )
    return Adapter(spec=spec, page_type=kind.page_type, media=Media.HTML)


PDF = Adapter(
    spec=SourceTypeSpec(
        name="pdf",
        about="a PDF document, compared by its text: price lists, data sheets, terms",
        default_every=DAY,
        url_patterns=(re.compile(r"\.pdf(?:[?#]|$)", re.I),),
        aliases=("document",),
    ),
    page_type=PageType.GENERIC,
)
HOME = Adapter(
    spec=SourceTypeSpec(
        name="home",
        about="the home page: positioning, headline claims, logos",
        default_every=DAY,
        url_patterns=(re.compile(rf"^https?://[^/?#]+{_LANGUAGE}/?(?:[?#]|$)", re.I),),
        aliases=("homepage",),
    ),
    page_type=PageType.HOME,
)
PAGE = Adapter(
    spec=SourceTypeSpec(
        name="page", about="any other page, compared as a whole", default_every=DAY, aliases=("web",)
    ),
    page_type=PageType.GENERIC,
)


def page_adapters() -> tuple[Adapter, ...]:
    """Return the page kinds in the order in which a bare address is tried; ``page`` matches nothing by itself."""
    return (PDF, *(_page(kind) for kind in KINDS), HOME, PAGE)
