"""Raw metrics and competitor activity → one score of 0 to 100. Pure; the formulas stand in ``docs/health.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from config.health import BandConfig, CompetitorExposureConfig, HealthConfig, PartConfig
from healthmerge.points import NO_PEERS, Peers, normalise
from store.kinds import Band
from store.records import JsonObject

COMPETITORS = "competitor_exposure"
RANKS = (Band.RED, Band.YELLOW, Band.GREEN)
#: Below this share of known weight a band would claim more than is known, and the account is grey.
MIN_COVERAGE = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredMetric:
    """A metric with its points, None while unknown. ``weight`` is its share of the part."""

    name: str
    value: float | None
    normalised: float | None
    weight: float

    def to_json(self) -> JsonObject:
        """Return the JSON shape of the contract."""
        return {
            "name": self.name,
            "value": self.value,
            "normalised": None if self.normalised is None else round(self.normalised, 2),
            "weight": round(self.weight, 4),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPart:
    """A part with its score, None if nothing of it is known. ``weight`` is its share of the score."""

    name: str
    weight: float
    score: float | None
    metrics: tuple[ScoredMetric, ...]

    def to_json(self) -> JsonObject:
        """Return the JSON shape of the contract."""
        return {
            "name": self.name,
            "weight": round(self.weight, 4),
            "score": None if self.score is None else round(self.score, 2),
            "metrics": [metric.to_json() for metric in self.metrics],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A whole score, before bands."""

    score: float | None
    coverage: float
    parts: tuple[ScoredPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The score with and without competitors, capped, with both bands."""

    score: float | None
    band: Band
    without: float | None
    band_without: Band
    coverage: float
    parts: tuple[ScoredPart, ...]


def score_parts(
    config: HealthConfig,
    values: Mapping[str, float],
    index: float | None,
    *,
    stale: frozenset[str] = frozenset(),
    peers: Peers = NO_PEERS,
) -> Scored:
    """Return the score of an account. ``index`` is its Competitor Activity Index, None if that cannot be known.

    Unknown metrics are left out and the known ones of their part count for more; so do parts of which nothing is known.
    ``stale`` metrics are no coverage, and count at most as much as the other known metrics of their part: going without
    news improves nothing.
    """
    whole = sum(part.weight for part in config.parts)
    parts = tuple(
        _part(config, part, part.weight / whole, values, index, stale, peers) for part in config.parts
    )
    known = [(effective_weight(part), part.score) for part in parts if part.score is not None]
    weight = sum(share for share, _ in known)
    score = sum(share * points for share, points in known) / weight if weight else None
    covered = sum(
        part.weight * metric.weight
        for part in parts
        for metric in part.metrics
        if metric.normalised is not None and metric.name not in stale
    )
    # Rounding could carry a mean of values in [0, 100] a hair outside.
    return Scored(
        score=None if score is None else min(100.0, max(0.0, score)), coverage=min(1.0, covered), parts=parts
    )


def _part(
    config: HealthConfig,
    part: PartConfig,
    weight: float,
    values: Mapping[str, float],
    index: float | None,
    stale: frozenset[str],
    peers: Peers,
) -> ScoredPart:
    share = config.competitors.weight if part.name == "risk" else 0.0
    total = sum(metric.weight for metric in part.metrics)
    metrics = [
        ScoredMetric(
            name=metric.name,
            value=values.get(metric.name),
            normalised=normalise(metric, values[metric.name], peers.get(metric.name, ()))
            if metric.name in values
            else None,
            weight=(1.0 - share) * metric.weight / total,
        )
        for metric in part.metrics
    ]
    if stale:
        metrics = _without_old_praise(metrics, stale)
    if share:
        metrics.append(
            ScoredMetric(
                name=COMPETITORS,
                value=None if index is None else round(index, 4),
                normalised=None if index is None else 100.0 - index,
                weight=share,
            )
        )
    return ScoredPart(name=part.name, weight=weight, score=_part_score(metrics), metrics=tuple(metrics))


def _without_old_praise(metrics: list[ScoredMetric], stale: frozenset[str]) -> list[ScoredMetric]:
    # The others' own points, not what this rule made of them: else one metric growing old could lift another.
    return [_at_most_as_the_others(m, metrics) if m.name in stale else m for m in metrics]


def _at_most_as_the_others(metric: ScoredMetric, metrics: Sequence[ScoredMetric]) -> ScoredMetric:
    others = [(m.weight, m.normalised) for m in metrics if m.name != metric.name and m.normalised is not None]
    total = sum(weight for weight, _ in others)
    if metric.normalised is None or not total:
        return metric
    mean = sum(weight * points for weight, points in others) / total
    return replace(metric, normalised=min(metric.normalised, mean))


def _part_score(metrics: Sequence[ScoredMetric]) -> float | None:
    # Competitors keep their stated share whatever else is known: were it to grow as metrics go missing, an account
    # without competitors would gain from every gap in its data.
    own = [(m.weight, m.normalised) for m in metrics if m.normalised is not None and m.name != COMPETITORS]
    rivals = next((m for m in metrics if m.name == COMPETITORS and m.normalised is not None), None)
    total = sum(weight for weight, _ in own)
    mean = sum(weight * points for weight, points in own) / total if total else None
    if rivals is None or rivals.normalised is None:
        return mean
    return (
        rivals.normalised
        if mean is None
        else (1.0 - rivals.weight) * mean + rivals.weight * rivals.normalised
    )


def part_is_known(part: ScoredPart) -> bool:
    """Return True if a metric of the account's own is known; competitors alone make no score."""
    return any(metric.normalised is not None and metric.name != COMPETITORS for metric in part.metrics)


def effective_weight(part: ScoredPart) -> float:
    """Return what a known part weighs: the risk part of which only competitors are known weighs their share of it."""
    known = [metric for metric in part.metrics if metric.normalised is not None]
    only_rivals = len(known) == 1 and known[0].name == COMPETITORS
    return part.weight * (known[0].weight if only_rivals else 1.0)


def merge(
    config: HealthConfig,
    values: Mapping[str, float],
    index: float,
    *,
    blind: bool = False,
    previous: Band | None = None,
    previous_without: Band | None = None,
    stale: frozenset[str] = frozenset(),
    peers: Peers = NO_PEERS,
) -> Merged:
    """Return an account's health from its metrics and its index of what is known of competitors.

    Without competitors means an index of 0, so that no activity gives exactly that score. While ``blind`` the index is
    shown as unknown; the score then is the lower of "left out" and "what is known", because not seeing must not help.
    """
    without = score_parts(config, values, 0.0, stale=stale, peers=peers)
    seen = score_parts(config, values, index, stale=stale, peers=peers)
    shown = score_parts(config, values, None, stale=stale, peers=peers) if blind else seen
    if not any(part_is_known(part) for part in without.parts) or without.score is None or seen.score is None:
        return Merged(
            score=None,
            band=Band.GREY,
            without=None,
            band_without=Band.GREY,
            coverage=shown.coverage,
            parts=shown.parts,
        )
    score = seen.score if shown.score is None else min(seen.score, shown.score)
    band_without = band_of(without.score, config.bands, previous_without)
    lowest = _lowest_band(band_without, config.competitors)
    score = max(score, min(_floor(lowest, config.bands), without.score))
    # Between the two limits: never more than the cap below, and never above what it would be without competitors.
    band = max(band_of(score, config.bands, previous), lowest, key=RANKS.index)
    band = min(band, band_without, key=RANKS.index)
    if shown.coverage < MIN_COVERAGE:
        band = band_without = Band.GREY
    return Merged(
        score=score,
        band=band,
        without=without.score,
        band_without=band_without,
        coverage=shown.coverage,
        parts=shown.parts,
    )


def band_of(score: float, bands: BandConfig, previous: Band | None = None) -> Band:
    """Return the band of a score; leaving ``previous`` needs ``hysteresis`` points beyond the limit."""
    plain = _plain_band(score, bands)
    if previous is None or previous is Band.GREY or plain is previous:
        return plain
    if RANKS.index(plain) > RANKS.index(previous):
        held = _plain_band(score - bands.hysteresis, bands)
        return max(held, previous, key=RANKS.index)
    held = _plain_band(score + bands.hysteresis, bands)
    return min(held, previous, key=RANKS.index)


def _plain_band(score: float, bands: BandConfig) -> Band:
    if score >= bands.green:
        return Band.GREEN
    return Band.YELLOW if score >= bands.yellow else Band.RED


def _lowest_band(without: Band, competitors: CompetitorExposureConfig) -> Band:
    return RANKS[max(0, RANKS.index(without) - competitors.max_bands)]


def _floor(band: Band, bands: BandConfig) -> float:
    return {Band.RED: 0.0, Band.YELLOW: bands.yellow, Band.GREEN: bands.green}[band]
