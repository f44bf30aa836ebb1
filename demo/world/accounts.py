"""The key accounts that the rivals' moves concern, and who reads about them. Days are counted from today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """A key account; ``renewal_in`` is in days, ``metrics`` are raw values by name of ``health.yaml``."""

    key: str
    name: str
    tier: str
    owner: str
    industry: str
    segment: str
    regions: tuple[str, ...]
    uses: tuple[str, ...]
    stakeholders: tuple[tuple[str, str], ...]
    renewal_in: int
    arr: int
    metrics: Mapping[str, float]
    aliases: tuple[str, ...] = ()
    rivals_present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberRecord:
    """A reader of the weekly mail."""

    email: str
    name: str
    timezone: str
    send: str
    accounts: str
    categories: tuple[str, ...] = ()
    min_impact: float = 0.3
    cadence: tuple[str, ...] = ("weekly",)


DANA, SAM, INES = "dana@us.example", "sam@us.example", "ines@us.example"


def _metrics(**values: float) -> Mapping[str, float]:
    return values


ACCOUNTS = (
    AccountRecord(
        key="harbour-bank",
        name="Harbour Bank",
        aliases=("Harbour Bank plc",),
        tier="strategic",
        owner=DANA,
        industry="banking",
        segment="enterprise",
        regions=("GB", "IE"),
        uses=("kyc", "document-verification"),
        rivals_present=("northbeam",),
        stakeholders=(("Mara Quill", "CISO"), ("Tom Ferring", "Head of Onboarding")),
        renewal_in=75,
        arr=250_000,
        metrics=_metrics(
            payment_on_time_share=96,
            dso_days=38,
            revenue_change=6,
            adoption=71,
            active_users_change=2,
            csat=88,
            nps=41,
            stakeholder_coverage=65,
            exec_meetings=1,
            touchpoints=6,
            sentiment=0.3,
            stakeholder_loss=0,
        ),
    ),
    AccountRecord(
        key="lakeshore-credit",
        name="Lakeshore Credit Union",
        aliases=("Lakeshore CU",),
        tier="strategic",
        owner=SAM,
        industry="banking",
        segment="mid-market",
        regions=("US",),
        uses=("kyc", "device-intelligence", "account-takeover"),
        rivals_present=("corvane",),
        stakeholders=(
            ("Denise Abara", "Chief Risk Officer"),
            ("Walt Jurgens", "Director of Digital Banking"),
        ),
        renewal_in=48,
        arr=180_000,
        metrics=_metrics(
            payment_on_time_share=91,
            dso_days=52,
            revenue_change=-4,
            adoption=58,
            active_users_change=-9,
            ticket_volume=9,
            csat=77,
            nps=12,
            stakeholder_coverage=45,
            exec_meetings=0,
            touchpoints=3,
            sentiment=0.0,
            stakeholder_loss=1,
        ),
    ),
    AccountRecord(
        key="meridian-pay",
        name="Meridian Pay",
        tier="growth",
        owner=DANA,
        industry="payments",
        segment="mid-market",
        regions=("DE", "NL"),
        uses=("transaction-monitoring", "kyb"),
        rivals_present=("quorient",),
        stakeholders=(("Jorrit Hoekstra", "Head of Compliance"),),
        renewal_in=160,
        arr=96_000,
        metrics=_metrics(
            payment_on_time_share=99,
            dso_days=29,
            revenue_change=14,
            adoption=83,
            active_users_change=11,
            ticket_volume=4,
            nps=55,
            stakeholder_coverage=70,
            exec_meetings=2,
            touchpoints=9,
            sentiment=0.5,
        ),
    ),
    AccountRecord(
        key="skerry-air",
        name="Skerry Air",
        tier="growth",
        owner=DANA,
        industry="travel",
        segment="enterprise",
        regions=("IE", "GB", "FR"),
        uses=("payment-fraud", "chargebacks"),
        rivals_present=("kestrane",),
        stakeholders=(("Fionnuala Byrne", "VP Payments"), ("Luc Garnier", "Revenue Protection Manager")),
        renewal_in=210,
        arr=140_000,
        metrics=_metrics(
            payment_on_time_share=94,
            dso_days=45,
            revenue_change=3,
            adoption=66,
            active_users_change=1,
            csat=84,
            stakeholder_coverage=55,
            touchpoints=5,
            sentiment=0.2,
        ),
    ),
    AccountRecord(
        key="bluefield-insurance",
        name="Bluefield Insurance",
        aliases=("Bluefield Insurance Group",),
        tier="growth",
        owner=SAM,
        industry="insurance",
        segment="enterprise",
        regions=("US",),
        uses=("document-verification", "e-signature"),
        rivals_present=("deedwell",),
        stakeholders=(("Carla Whitlock", "COO"), ("Raj Pillai", "Head of Claims")),
        renewal_in=120,
        arr=110_000,
        metrics=_metrics(
            payment_on_time_share=88,
            dso_days=58,
            revenue_change=0,
            adoption=62,
            active_users_change=-5,
            ticket_volume=7,
            nps=24,
            stakeholder_coverage=50,
            exec_meetings=1,
            touchpoints=4,
            sentiment=0.1,
        ),
    ),
    AccountRecord(
        key="arcadia-games",
        name="Arcadia Games",
        tier="growth",
        owner=INES,
        industry="gaming",
        segment="mid-market",
        regions=("SE", "GB"),
        uses=("age-verification", "bot-detection"),
        rivals_present=("veridune",),
        stakeholders=(("Oskar Berglund", "Head of Trust and Safety"),),
        renewal_in=33,
        arr=72_000,
        metrics=_metrics(
            payment_on_time_share=79,
            dso_days=74,
            revenue_change=-15,
            adoption=39,
            active_users_change=-21,
            ticket_volume=16,
            csat=66,
            nps=-10,
            stakeholder_coverage=25,
            exec_meetings=0,
            touchpoints=2,
            sentiment=-0.3,
            stakeholder_loss=1,
        ),
    ),
    AccountRecord(
        key="polder-energie",
        name="Polder Energie",
        tier="maintenance",
        owner=INES,
        industry="utilities",
        segment="enterprise",
        regions=("NL",),
        uses=("e-signature", "vendor-verification"),
        stakeholders=(("Anouk de Wit", "Procurement Director"),),
        renewal_in=300,
        arr=54_000,
        metrics=_metrics(
            payment_on_time_share=98,
            dso_days=30,
            revenue_change=8,
            adoption=80,
            nps=47,
            stakeholder_coverage=75,
            touchpoints=6,
            sentiment=0.4,
        ),
    ),
    AccountRecord(
        key="cobalt-mobile",
        name="Cobalt Mobile",
        tier="strategic",
        owner=SAM,
        industry="telecom",
        segment="enterprise",
        regions=("CA",),
        uses=("device-intelligence", "account-takeover", "payment-fraud"),
        rivals_present=("fennmark",),
        stakeholders=(("Hugh Pelletier", "Director of Fraud"), ("Amrita Dhillon", "CIO")),
        renewal_in=95,
        arr=205_000,
        metrics=_metrics(
            payment_on_time_share=93,
            dso_days=41,
            revenue_change=5,
            adoption=74,
            active_users_change=-2,
            ticket_volume=6,
            csat=86,
            nps=33,
            stakeholder_coverage=60,
            exec_meetings=1,
            touchpoints=5,
        ),
    ),
)

SUBSCRIBERS = (
    SubscriberRecord(
        email=DANA,
        name="Dana",
        timezone="Europe/Dublin",
        send="mon 07:00",
        accounts="owned",
        cadence=("weekly", "alerts"),
    ),
    SubscriberRecord(
        email=SAM,
        name="Sam",
        timezone="America/New_York",
        send="mon 08:00",
        accounts="all",
        min_impact=0.2,
        cadence=("weekly", "monthly"),
    ),
    SubscriberRecord(
        email=INES,
        name="Ines",
        timezone="Europe/Berlin",
        send="mon 09:00",
        accounts="all",
        categories=("pricing", "launch", "positioning", "partnership", "acquisition"),
    ),
)
