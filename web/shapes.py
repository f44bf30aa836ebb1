"""The JSON shapes of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store.pages.accounts import AccountLine, AccountPage
from store.pages.changes import ChangePage
from store.pages.flags import FlagLine
from store.pages.signal import SignalPage
from store.pages.signals import SignalLine
from store.pages.sources import SourceLine
from store.records import JsonObject
from web.threats import WeighedExposure

_Proof = tuple[str, int, str, datetime, str]


def account_line_json(line: AccountLine) -> JsonObject:
    """Return an account as it stands in the list."""
    latest = line.latest
    return {
        "key": line.key,
        "name": line.name,
        "tier": line.tier,
        "owner": line.owner,
        "industry": line.industry,
        "renewal": line.renewal.isoformat() if line.renewal else None,
        "arr": str(line.arr) if line.arr is not None else None,
        "health": None
        if latest is None
        else {
            "as_of": latest.as_of.isoformat(),
            "score": latest.score,
            "band": latest.band.value,
            "score_without_competitors": latest.without,
            "trend_4w": line.trend_4w,
        },
        "competitor_activity_index": latest.index if latest else None,
        "flags": line.flags,
    }


def account_json(
    account: AccountPage, exposures: Sequence[WeighedExposure], urls: dict[int, str]
) -> JsonObject:
    """Return one account as the contract's ``accounts show --json``; ``urls`` are the evidence by signal."""
    health = account.health
    return {
        "key": account.key,
        "name": account.name,
        "tier": account.tier,
        "health": None
        if health is None
        else {
            "score": health.score,
            "band": health.band.value,
            "trend_4w": health.trend_4w,
            "coverage": health.coverage,
            "score_without_competitors": health.score_without,
            "parts": list(health.parts),
            "computed": {"score": health.own_score, "band": health.own_band.value},
            "version": health.version_id,
        },
        "competitor_activity_index": health.index if health else None,
        "exposures": [_exposure_json(item, urls) for item in exposures],
        "flags": [flag_json(flag) for flag in account.flags],
    }


def flag_json(flag: FlagLine) -> JsonObject:
    """Return a flag of an account."""
    return {
        "code": flag.code,
        "level": flag.level,
        "opened_at": flag.opened_at.isoformat(),
        "state": flag.state.value,
        "owner": flag.owner,
        "because": flag.because,
        "play": flag.play,
        "signal": flag.signal_id,
        "review": flag.certainty is not None and flag.certainty.review,
        "confidence": flag.certainty.confidence if flag.certainty else None,
    }


def signal_line_json(line: SignalLine, facts: JsonObject, proofs: Sequence[_Proof]) -> JsonObject:
    """Return a signal as the contract's ``signals list --json``."""
    return {
        "id": line.id,
        "category": line.category.value,
        "confidence": line.confidence,
        "impact": line.impact,
        "headline": line.headline,
        "why": line.why,
        "rival": line.rival_key,
        "first_seen": line.first_seen_at.isoformat(),
        "review": line.review,
        "held": line.held,
        "facts": facts,
        "evidence": [
            {"url": url, "change": change, "quote": quote, "seen": seen.isoformat(), "because": because}
            for url, change, quote, seen, because in proofs
        ],
        "accounts": [{"key": threat.account_key, "score": round(threat.score, 4)} for threat in line.threats],
    }


def signal_json(signal: SignalPage) -> JsonObject:
    """Return one signal."""
    proofs = [
        (proof.url, proof.change.id, proof.quote, proof.seen_at, proof.because) for proof in signal.evidence
    ]
    return {
        **signal_line_json(signal.line, signal.facts, proofs),
        "told_before": [wording.to_json() for wording in signal.told_before],
    }


def change_json(change: ChangePage) -> JsonObject:
    """Return a change as the contract's ``changes list --json``."""
    return {
        "id": change.id,
        "url": change.url,
        "source": change.source_key,
        "observed_at": change.observed_at.isoformat(),
        "page_type": change.page_type,
        "added": list(change.added),
        "removed": list(change.removed),
        "facts": [fact.to_json() for fact in change.facts],
        "state": change.state.value,
    }


def source_json(source: SourceLine) -> JsonObject:
    """Return a source with its state."""
    return {
        "key": source.key,
        "rival": source.rival_key,
        "type": source.type,
        "url": source.url,
        "every_seconds": int(source.every.total_seconds()),
        "state": source.state.value if source.state else None,
        "reason": source.reason,
        "state_since": _moment(source.state_since),
        "last_success_at": _moment(source.last_success_at),
        "last_change_at": _moment(source.last_change_at),
        "next_due_at": _moment(source.next_due_at),
    }


def _exposure_json(item: WeighedExposure, urls: dict[int, str]) -> JsonObject:
    line = item.line
    return {
        "signal": line.signal_id,
        "score": round(item.now, 4),
        "reasons": list(line.reasons),
        "url": urls.get(line.signal_id),
        "observed_at": line.observed_at.isoformat(),
        "counts": item.counts,
        "review": line.review,
        "held": line.held,
        "evidence": [{"url": proof.url, "change": proof.change_id} for proof in line.proofs],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
