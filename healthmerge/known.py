"""What health is computed from, loaded once for all accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from config.health import HealthConfig
from config.settings import LinkingSettings
from healthmerge.activity import BLIND_WINDOW, JUMP_WINDOW, blind_shares, worst_shares
from healthmerge.churn import STATED
from healthmerge.figures import Figures, History, account_figures
from healthmerge.logistic import Weights
from healthmerge.points import NO_PEERS, Peers, make_peers
from linking.capabilities import normal_tag
from store.accounts import Account, list_accounts
from store.exposures import Exposure, exposures_since
from store.flags import Flag, closed_by_people, living_flags
from store.health import Health, health_before, scores_between
from store.metrics import metric_history
from store.outcomes import ChurnFit, latest_fit
from store.overrides import Override, overrides_in_force
from store.sources import Rival, list_rivals, list_sources, source_turns

TREND_4W, TREND_13W = timedelta(weeks=4), timedelta(weeks=13)
TREND_SLACK = timedelta(weeks=2)  # how much older the compared row may be when none is from that very day


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was loaded, and what the configuration makes of it: profiles, figures and peers."""

    now: datetime
    linking: LinkingSettings
    accounts: Sequence[Account]
    exposures: Mapping[int, Sequence[Exposure]]
    metrics: Mapping[int, History]
    previous: Mapping[int, Health]
    four_weeks: Mapping[int, float]
    thirteen_weeks: Mapping[int, float]
    blind: Mapping[str, float]
    rival_tags: Mapping[str, frozenset[str]]
    living: Mapping[int, Sequence[Flag]]
    closed: Mapping[tuple[int, str, str], datetime]
    overrides: Mapping[int, Override]
    churn: Weights
    version: int | None
    profiles: Mapping[str, HealthConfig]
    figures: Mapping[int, Figures]
    peers: Mapping[str, Peers]

    def config_of(self, account: Account) -> HealthConfig:
        """Return the configuration as it holds for the account's tier."""
        return self.profiles[account.tier]

    def figures_of(self, account: Account) -> Figures:
        """Return the account's values of today."""
        return self.figures[account.id]

    def peers_of(self, account: Account) -> Peers:
        """Return the values of the accounts of the same tier."""
        return self.peers.get(account.tier, NO_PEERS)

    def under(self, health: HealthConfig) -> Known:
        """Return the same under another configuration, of which no version is kept."""
        profiles, figures, peers = arrange(self.accounts, self.metrics, health, self.now.date())
        return replace(self, profiles=profiles, figures=figures, peers=peers, version=None)


def load_known(
    session: Session,
    now: datetime,
    health: HealthConfig,
    linking: LinkingSettings,
    version: int | None = None,
) -> Known:
    """Return what health is computed from, loaded once for all accounts."""
    today = now.date()
    accounts, metrics = list_accounts(session), metric_history(session, date.min)
    profiles, figures, peers = arrange(accounts, metrics, health, today)
    return Known(
        now=now,
        linking=linking,
        accounts=accounts,
        # The index of a week ago reaches back a week further than today's.
        exposures=exposures_since(session, now - linking.window - JUMP_WINDOW),
        metrics=metrics,
        previous=health_before(session, today),
        four_weeks=scores_between(session, today - TREND_4W - TREND_SLACK, today - TREND_4W),
        thirteen_weeks=scores_between(session, today - TREND_13W - TREND_SLACK, today - TREND_13W),
        blind=_blindness(session, now, linking),
        rival_tags={rival.key: _tags(rival) for rival in list_rivals(session)},
        living=living_flags(session),
        closed=closed_by_people(session),
        overrides=overrides_in_force(session, now),
        churn=weights_of(latest_fit(session, now)),
        version=version,
        profiles=profiles,
        figures=figures,
        peers=peers,
    )


def arrange(
    accounts: Sequence[Account], metrics: Mapping[int, History], health: HealthConfig, today: date
) -> tuple[dict[str, HealthConfig], dict[int, Figures], dict[str, Peers]]:
    """Return configurations by tier, figures by account id, and the values to rank among by tier."""
    profiles = {tier: health.for_tier(tier) for tier in {account.tier for account in accounts}}
    figures = {
        account.id: account_figures(account, metrics.get(account.id, {}), health, today)
        for account in accounts
    }
    peers = {
        tier: make_peers(config, (figures[a.id].values for a in accounts if a.tier == tier))
        for tier, config in profiles.items()
    }
    return profiles, figures, peers


def weights_of(fit: ChurnFit | None) -> Weights:
    """Return the weights of the churn risk in force: the fitted ones, or the stated ones."""
    if fit is None:
        return STATED
    inputs = {name: float(weight) for name, weight in fit.weights.items() if name != "intercept"}
    return Weights(intercept=float(fit.weights["intercept"]), inputs=inputs)


def _blindness(session: Session, now: datetime, linking: LinkingSettings) -> dict[str, float]:
    sources, turns = list_sources(session), source_turns(session, now - linking.window, now)
    recent = [turn for turn in turns if turn.at >= now - BLIND_WINDOW]
    return worst_shares(
        blind_shares(sources, recent, now, BLIND_WINDOW), blind_shares(sources, turns, now, linking.window)
    )


def _tags(rival: Rival) -> frozenset[str]:
    return frozenset(normal_tag(tag) for _, tags in rival.products for tag in tags)
