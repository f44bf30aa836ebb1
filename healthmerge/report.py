"""What ``accounts list`` and ``accounts show`` print: an answer to "why is this account yellow?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from config.settings import LinkingSettings
from healthmerge.churn import churn_risk
from healthmerge.score import COMPETITORS
from linking.decay import decayed
from store.accounts import get_account, list_accounts
from store.exposures import Exposure, evidence_urls, exposures_since
from store.flags import Flag, living_flags
from store.health import Health, latest_health
from store.records import JsonObject

DEFAULT_LINKING = LinkingSettings()
SHOWN = 8


def accounts_list(session: Session, now: datetime) -> list[JsonObject]:
    """Return the active accounts with health and flags, the lowest score first and unknown ones last."""
    health, flags = latest_health(session), living_flags(session)
    rows = [
        {
            "key": account.key,
            "name": account.name,
            "tier": account.tier,
            "owner": account.owner,
            "health": _health_json(health.get(account.id), brief=True),
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
    urls = evidence_urls(session, [item.signal_id for item in exposures])
    return {
        "key": account.key,
        "name": account.name,
        "tier": account.tier,
        "owner": account.owner,
        "active": account.active,
        "renewal": account.renewal.isoformat() if account.renewal else None,
        "health": _health_json(health, brief=False),
        "competitor_activity_index": _index(health),
        "churn_risk": _churn_json(health),
        "exposures": _exposures_json(exposures, urls, now, linking),
        "flags": [_flag_json(flag) for flag in living_flags(session, account.id).get(account.id, ())],
    }


def _index(health: Health | None) -> float | None:
    return health.competitor_activity_index if health else None


def _health_json(health: Health | None, *, brief: bool) -> JsonObject:
    shown: JsonObject = {
        "score": health.score if health else None,
        "band": health.band.value if health else "grey",
        "trend_4w": health.trend_4w if health else None,
        "coverage": health.coverage if health else 0.0,
        "score_without_competitors": health.score_without_competitors if health else None,
    }
    if brief:
        return shown
    return {
        **shown,
        "band_without_competitors": health.band_without_competitors.value if health else "grey",
        "trend_13w": health.trend_13w if health else None,
        "as_of": health.as_of.isoformat() if health else None,
        "green_again": health.green_again.isoformat() if health and health.green_again else None,
        "parts": list(health.parts) if health else [],
        "moves": list(health.moves) if health else [],
    }


def _churn_json(health: Health | None) -> JsonObject | None:
    if health is None or health.score_without_competitors is None:
        return None
    values = {
        m["name"]: m["value"] for part in health.parts for m in part["metrics"] if m["value"] is not None
    }
    risk = churn_risk(health.score_without_competitors, health.competitor_activity_index or 0.0, values)
    drivers = [{"name": name, "adds": round(term, 3)} for name, term in risk.drivers]
    return {"risk": health.churn_risk, "drivers": drivers}


def _exposures_json(
    exposures: Sequence[Exposure], urls: dict[int, str], now: datetime, linking: LinkingSettings
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
            "url": urls.get(item.signal_id),
            "observed_at": item.observed_at.isoformat(),
        }
        for item in exposures
        if item.counts and item.observed_at <= now
    ]
    return sorted(shown, key=lambda row: (-float(str(row["score"])), str(row["signal"])))


def _flag_json(flag: Flag) -> JsonObject:
    return {
        "id": flag.id,
        "code": flag.code,
        "level": flag.level,
        "opened_at": flag.opened_at.isoformat(),
        "due_at": flag.due_at.isoformat() if flag.due_at else None,
        "state": flag.state.value,
        "owner": flag.owner,
        "because": flag.because,
        "play": flag.play,
    }


def report_text(report: JsonObject) -> str:
    """Return an `account_report` as lines to read: the verdict first, then why, then what to do."""
    lines = [_verdict(report), *_outlook(report)]
    lines += _section("What moved it", [_move_line(move) for move in report["health"]["moves"]])
    lines += _section("What it is made of", _part_lines(report["health"]["parts"]))
    lines += _section("What competitors do here", _exposure_lines(report["exposures"]))
    lines += _section("What to do", [_flag_line(flag) for flag in report["flags"]])
    return "\n".join(_clean(line) for line in lines)


def _verdict(report: JsonObject) -> str:
    health = report["health"]
    name = f"{report['name']} ({report['tier']})"
    if health["score"] is None:
        return f"{name} is grey: too little is known of it for a score."
    text = f"{name} is {health['band']} at {health['score']:.0f} of 100"
    without = health["score_without_competitors"]
    if report["competitor_activity_index"] and without is not None and without - health["score"] >= 0.5:
        text += f"; without competitors it would be {health['band_without_competitors']} at {without:.0f}"
    return f"{text}. {health['coverage']:.0%} of what makes the score is known."


def _outlook(report: JsonObject) -> list[str]:
    health, lines = report["health"], []
    if health["green_again"]:
        lines.append(f"Green again on {health['green_again']} if nothing new comes.")
    index = report["competitor_activity_index"]
    if index is None and health["as_of"]:
        lines.append(
            "Competitor activity is unknown: most sources of the rivals that threaten it cannot be read."
        )
    elif index is not None:
        lines.append(f"Competitor Activity Index {index:.0f} of 100.")
    for weeks, trend in (("4", health["trend_4w"]), ("13", health["trend_13w"])):
        if trend is not None:
            lines.append(f"{trend:+.0f} points in {weeks} weeks.")
    if churn := report["churn_risk"]:
        drivers = ", ".join(driver["name"] for driver in churn["drivers"][:2])
        lines.append(f"Churn risk {churn['risk']:.0%}" + (f", driven by {drivers}." if drivers else "."))
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def _move_line(move: JsonObject) -> str:
    return f"{move['points']:+.1f}  {move['because']}" + (
        f"  [signal {move['signal']}]" if move.get("signal") else ""
    )


def _part_lines(parts: Sequence[JsonObject]) -> list[str]:
    lines = []
    for part in parts:
        score = "unknown" if part["score"] is None else f"{part['score']:.0f}"
        lines.append(f"{part['name']:<13}{score:>7}   ({part['weight']:.0%} of the score)")
        lines += [
            f"    {_metric_line(metric)}" for metric in part["metrics"] if metric["normalised"] is not None
        ]
        unknown = [metric["name"] for metric in part["metrics"] if metric["normalised"] is None]
        if unknown:
            lines.append(f"    not known: {', '.join(unknown)}")
    return lines


def _metric_line(metric: JsonObject) -> str:
    name = "Competitor Activity Index" if metric["name"] == COMPETITORS else metric["name"]
    return f"{name} {metric['value']:g} → {metric['normalised']:.0f} points"


def _exposure_lines(exposures: Sequence[Any]) -> list[str]:
    lines = []
    for item in exposures[:SHOWN]:
        lines.append(
            f"{item['score']:.2f}  {item['observed_at'][:10]}  {item['headline']}  [signal {item['signal']}]"
        )
        lines += [f"      {reason['because']}" for reason in item["reasons"]]
        if item["url"]:
            lines.append(f"      {item['url']}")
    if len(exposures) > SHOWN:
        lines.append(f"and {len(exposures) - SHOWN} weaker ones")
    return lines


def _flag_line(flag: JsonObject) -> str:
    code = flag["code"].replace("_", " ")
    due = f", due {flag['due_at'][:10]}" if flag["due_at"] else ""
    owner = f", {flag['owner']}" if flag["owner"] else ""
    return f"level {flag['level']} {code}{owner}{due}: {flag['because']}. {flag['play']}".rstrip()


def _clean(line: str) -> str:
    # Headlines come from competitors: nothing that steers a terminal may pass.
    return "".join(char if char.isprintable() else " " for char in line)
