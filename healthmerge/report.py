"""What ``accounts list`` and ``accounts show --json`` print: an answer to "why is this account yellow?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import LinkingSettings
from healthmerge.costs import costs_of
from healthmerge.score import COMPETITORS
from linking.decay import decayed
from store.accounts import get_account, list_accounts
from store.exposures import Exposure, Proof, exposures_since, proofs_of
from store.flags import Flag, FlagEvent, flag_trail, living_flags
from store.health import Health, latest_health, weekly_history
from store.health_versions import version_content
from store.overrides import Override, overrides_in_force, overrides_of
from store.records import JsonObject

DEFAULT_LINKING = LinkingSettings()
HISTORY = timedelta(weeks=26)
COMPETITORS_LABEL = "Competitor Activity Index"

Labels = Mapping[str, tuple[str, str]]


def accounts_list(session: Session, now: datetime) -> list[JsonObject]:
    """Return the active accounts with health and flags, the lowest score first and unknown ones last."""
    health, flags = latest_health(session), living_flags(session)
    rows = [
        {
            "key": account.key,
            "name": account.name,
            "tier": account.tier,
            "owner": account.owner,
            "health": _health_json(health.get(account.id)),
            "competitor_activity_index": _index(health.get(account.id)),
            "flags": [_flag_json(flag) for flag in flags.get(account.id, ())],
        }
        for account in list_accounts(session)
    ]
    return sorted(rows, key=_rank)


def _rank(row: JsonObject) -> tuple[bool, float, str]:
    score = row["health"]["score"]
    return (score is None, score or 0.0, row["key"])


def account_report(
    session: Session, key: str, now: datetime, linking: LinkingSettings = DEFAULT_LINKING
) -> JsonObject | None:
    """Return the JSON of ``accounts show --json``, None if no account has that key. Exposure scores are today's."""
    account = get_account(session, key)
    if account is None:
        return None
    health = latest_health(session, account.id).get(account.id)
    exposures = exposures_since(session, now - linking.window, account.id).get(account.id, [])
    proofs = proofs_of(session, {item.signal_id for item in exposures} | _signals_of(health))
    content = version_content(session, health.version_id if health else None)
    labels = metric_labels(content)
    flags = living_flags(session, account.id).get(account.id, [])
    trail = flag_trail(session, [flag.id for flag in flags])
    override = overrides_in_force(session, now).get(account.id)
    history = weekly_history(session, account.id, (now - HISTORY).date())
    return {
        "key": account.key,
        "name": account.name,
        "tier": account.tier,
        "owner": account.owner,
        "active": account.active,
        "renewal": account.renewal.isoformat() if account.renewal else None,
        "health": {
            **_whole_health_json(health, labels, proofs, override),
            "limits": band_limits(content, account.tier),
        },
        "competitor_activity_index": _index(health),
        "activity": dict(health.activity) if health else {},
        "churn_risk": _outlook_json(health, "churn"),
        "expansion": _outlook_json(health, "expansion"),
        "exposures": _exposures_json(exposures, proofs, now, linking),
        "flags": [_whole_flag_json(flag, trail.get(flag.id, []), proofs) for flag in flags],
        "overrides": [_override_json(item, now) for item in overrides_of(session, account.id)],
        "history": [history_point(row) for row in history],
    }


def metric_labels(content: JsonObject) -> Labels:
    """Return label and unit of each metric by name, as the configuration said that made the row."""
    labels = {
        metric["name"]: (metric["label"], metric.get("unit", ""))
        for part in content.get("parts", ())
        for metric in part["metrics"]
    }
    return {**labels, COMPETITORS: (COMPETITORS_LABEL, "")}


def band_limits(content: JsonObject, tier: str) -> JsonObject | None:
    """Return where the bands begin for a tier, as the configuration said that made the row; None if it is not kept."""
    profile = content.get("profiles", {}).get(tier, {})
    return profile.get("bands") or content.get("bands")


def history_point(row: Health) -> JsonObject:
    """Return one point of an account's history, with the version of health.yaml that made it."""
    return {
        "as_of": row.as_of.isoformat(),
        "score": row.score,
        "band": row.band.value,
        "score_without_competitors": row.score_without_competitors,
        "computed_score": row.own_score,
        "competitor_activity_index": row.competitor_activity_index,
        "coverage": row.coverage,
        "version": row.version_id,
    }


def _signals_of(health: Health | None) -> set[int]:
    return {move["signal"] for move in health.moves if move.get("signal")} if health else set()


def _index(health: Health | None) -> float | None:
    return health.competitor_activity_index if health else None


def _health_json(health: Health | None) -> JsonObject:
    return {
        "score": health.score if health else None,
        "band": health.band.value if health else "grey",
        "trend_4w": health.trend_4w if health else None,
        "coverage": health.coverage if health else 0.0,
        "score_without_competitors": health.score_without_competitors if health else None,
        "overridden": bool(health and health.override_id),
    }


def _whole_health_json(
    health: Health | None, labels: Labels, proofs: Mapping[int, Sequence[Proof]], override: Override | None
) -> JsonObject:
    return {
        **_health_json(health),
        "band_without_competitors": health.band_without_competitors.value if health else "grey",
        "computed": {"score": health.own_score, "band": health.own_band.value} if health else None,
        "override": _override_json(override) if override else None,
        "trend_13w": health.trend_13w if health else None,
        "as_of": health.as_of.isoformat() if health else None,
        "version": health.version_id if health else None,
        "green_again": health.green_again.isoformat() if health and health.green_again else None,
        "costs": _costs_json(health, labels),
        "parts": [_part_json(part, labels) for part in health.parts] if health else [],
        "moves": [_move_json(move, proofs) for move in health.moves] if health else [],
    }


def _costs_json(health: Health | None, labels: Labels) -> list[JsonObject]:
    if health is None:
        return []
    return [
        {
            "name": cost.name,
            "label": labels.get(cost.name, (cost.name, ""))[0],
            "part": cost.part,
            "points": round(cost.points, 2),
        }
        for cost in costs_of(health.parts, health.own_score, health.score_without_competitors)
    ]


def _part_json(part: JsonObject, labels: Labels) -> JsonObject:
    metrics = [
        {
            **metric,
            "label": labels.get(metric["name"], (metric["name"], ""))[0],
            "unit": labels.get(metric["name"], ("", ""))[1],
        }
        for metric in part["metrics"]
    ]
    return {**part, "metrics": metrics}


def _move_json(move: JsonObject, proofs: Mapping[int, Sequence[Proof]]) -> JsonObject:
    first = next(iter(proofs.get(move.get("signal") or 0, ())), None)
    return {**move, "url": first.url if first else None, "change": first.change_id if first else None}


def _override_json(override: Override, now: datetime | None = None) -> JsonObject:
    shown: JsonObject = {
        "band": override.band.value,
        "score": override.score,
        "reason": override.reason,
        "author": override.author,
        "created_at": override.created_at.isoformat(),
        "expires_at": override.expires_at.isoformat(),
        "last_day": override.last_day.isoformat(),
    }
    if now is None:
        return shown
    ended = override.ended_at.isoformat() if override.ended_at else None
    return {**shown, "in_force": override.holds(now), "ended_at": ended, "ended_by": override.ended_by}


def _outlook_json(health: Health | None, name: str) -> JsonObject | None:
    value = None if health is None else (health.churn_risk if name == "churn" else health.expansion)
    if health is None or value is None:
        return None
    return {"risk" if name == "churn" else "likelihood": value, "drivers": health.drivers.get(name, [])}


def _exposures_json(
    exposures: Sequence[Exposure],
    proofs: Mapping[int, Sequence[Proof]],
    now: datetime,
    linking: LinkingSettings,
) -> list[JsonObject]:
    shown = [
        {
            "signal": item.signal_id,
            "headline": item.headline,
            "rival": item.rival_key,
            "category": item.category.value,
            "score": round(decayed(item.score, item.observed_at, now, linking.half_life), 4),
            "score_when_observed": round(item.score, 4),
            "reasons": [reason.to_json() for reason in item.reasons],
            "url": next((proof.url for proof in proofs.get(item.signal_id, ())), None),
            "evidence": [_proof_json(proof) for proof in proofs.get(item.signal_id, ())],
            "observed_at": item.observed_at.isoformat(),
            "review": item.review,
            "confidence": round(item.confidence, 4),
        }
        for item in exposures
        if item.counts and item.observed_at <= now
    ]
    return sorted(shown, key=lambda row: (-float(str(row["score"])), str(row["signal"])))


def _proof_json(proof: Proof) -> JsonObject:
    return {
        "url": proof.url,
        "change": proof.change_id,
        "quote": proof.quote,
        "seen": proof.seen_at.isoformat(),
    }


def _flag_json(flag: Flag) -> JsonObject:
    return {
        "id": flag.id,
        "code": flag.code,
        "level": flag.level,
        "opened_at": flag.opened_at.isoformat(),
        "due_at": flag.due_at.isoformat() if flag.due_at else None,
        "snoozed_until": flag.snoozed_until.isoformat() if flag.snoozed_until else None,
        "state": flag.state.value,
        "owner": flag.owner,
        "because": flag.because,
        "play": flag.play,
        "signal": flag.signal_id,
    }


def _whole_flag_json(
    flag: Flag, trail: Sequence[FlagEvent], proofs: Mapping[int, Sequence[Proof]]
) -> JsonObject:
    return {
        **_flag_json(flag),
        "guide": {"kind": flag.guide.get("kind"), "lines": flag.guide.get("lines", [])},
        "evidence": [_proof_json(proof) for proof in proofs.get(flag.signal_id or 0, ())],
        "trail": [
            {"at": event.at.isoformat(), "who": event.who, "action": event.action, "detail": event.detail}
            for event in trail
        ],
    }
