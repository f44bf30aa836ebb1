"""What ``accounts list`` and ``accounts show --json`` print: an answer to "why is this account yellow?"."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import LinkingSettings
from healthmerge.report_evidence import exposures_json, flag_json, whole_flag_json
from healthmerge.report_health import (
    band_limits,
    health_json,
    history_point,
    index_of,
    metric_labels,
    outlook_json,
    override_json,
    whole_health_json,
)
from store.accounts import get_account, list_accounts
from store.certainty import certainties_of
from store.exposures import exposures_since, proofs_of
from store.flags import flag_trail, living_flags
from store.health import Health, latest_health, weekly_history
from store.health_versions import version_content
from store.overrides import overrides_in_force, overrides_of
from store.records import JsonObject

DEFAULT_LINKING = LinkingSettings()
HISTORY = timedelta(weeks=26)


def accounts_list(session: Session, now: datetime) -> list[JsonObject]:
    """Return the active accounts with health and flags, the lowest score first and unknown ones last."""
    health, flags = latest_health(session), living_flags(session)
    sure = certainties_of(session, [flag.signal_id for standing in flags.values() for flag in standing])
    rows = [
        {
            "key": account.key,
            "name": account.name,
            "tier": account.tier,
            "owner": account.owner,
            "health": health_json(health.get(account.id)),
            "competitor_activity_index": index_of(health.get(account.id)),
            "flags": [flag_json(flag, sure.get(flag.signal_id)) for flag in flags.get(account.id, ())],
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
    sure = certainties_of(session, [flag.signal_id for flag in flags])
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
            **whole_health_json(health, labels, proofs, override),
            "limits": band_limits(content, account.tier),
        },
        "competitor_activity_index": index_of(health),
        "activity": dict(health.activity) if health else {},
        "churn_risk": outlook_json(health, "churn"),
        "expansion": outlook_json(health, "expansion"),
        "exposures": exposures_json(exposures, proofs, now, linking),
        "flags": [
            whole_flag_json(flag, sure.get(flag.signal_id), trail.get(flag.id, []), proofs) for flag in flags
        ],
        "overrides": [override_json(item, now) for item in overrides_of(session, account.id)],
        "history": [history_point(row) for row in history],
    }


def _signals_of(health: Health | None) -> set[int]:
    return {move["signal"] for move in health.moves if move.get("signal")} if health else set()
