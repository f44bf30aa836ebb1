"""What counts against an account, in its JSON: exposures and flags, each with what proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from config.settings import LinkingSettings
from linking.decay import decayed
from store.certainty import Certainty
from store.exposures import Exposure, Proof
from store.flags import Flag, FlagEvent
from store.records import JsonObject


def exposures_json(
    exposures: Sequence[Exposure],
    proofs: Mapping[int, Sequence[Proof]],
    now: datetime,
    linking: LinkingSettings,
) -> list[JsonObject]:
    """Return the exposures that count, the strongest of today first."""
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


def flag_json(flag: Flag, certainty: Certainty | None) -> JsonObject:
    """Return a flag of an account in a list; ``certainty`` is that of the signal behind it."""
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
        "review": certainty is not None and certainty.review,
        "confidence": None if certainty is None else round(certainty.confidence, 4),
    }


def whole_flag_json(
    flag: Flag, certainty: Certainty | None, trail: Sequence[FlagEvent], proofs: Mapping[int, Sequence[Proof]]
) -> JsonObject:
    """Return a flag with its guide, its evidence, and its trail."""
    return {
        **flag_json(flag, certainty),
        "guide": {"kind": flag.guide.get("kind"), "lines": flag.guide.get("lines", [])},
        "evidence": [_proof_json(proof) for proof in proofs.get(flag.signal_id or 0, ())],
        "trail": [
            {"at": event.at.isoformat(), "who": event.who, "action": event.action, "detail": event.detail}
            for event in trail
        ],
    }
