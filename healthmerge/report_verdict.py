"""How an account stands, in the first lines of its report: band, score, whose word it is, and the outlook."""

from __future__ import annotations

from store.records import JsonObject

TINY = 0.5  # points; below it a cost is not worth a line


def verdict(report: JsonObject) -> str:
    """Say how the account stands, and how much of what makes its score is known."""
    health = report["health"]
    name = f"{report['name']} ({report['tier']})"
    if health["score"] is None:
        return f"{name} is grey: too little is known of it for a score."
    text = f"{name} is {health['band']} at {health['score']:.0f} of 100"
    without = health["score_without_competitors"]
    if report["competitor_activity_index"] and without is not None and without - health["score"] >= TINY:
        text += f"; without competitors it would be {health['band_without_competitors']} at {without:.0f}"
    return f"{text}. {_held(health)}{in_percent(health['coverage'])} of what makes the score is known."


def _held(health: JsonObject) -> str:
    """Say why the band is not the one that the bare score would have; empty if it is, or the limits are not kept."""
    limits, score = health.get("limits"), (health.get("computed") or health)["score"]
    band = (health.get("computed") or health)["band"]
    if not limits or score is None or band not in ("green", "yellow", "red"):
        return ""
    plain = "green" if score >= limits["green"] else "yellow" if score >= limits["yellow"] else "red"
    if plain == band:
        return ""
    better = ("red", "yellow", "green").index(plain) > ("red", "yellow", "green").index(band)
    limit = limits[plain] if better else limits[band]
    if better:
        return f"It is {plain} again from {limit + limits['hysteresis']:g} on. "
    return f"It stays {band} until it falls below {limit - limits['hysteresis']:g}. "


def override_lines(health: JsonObject) -> list[str]:
    """Say whose word the health is, and what was computed; nothing if it is the computed one."""
    override, computed = health.get("override"), health.get("computed")
    if not override or not computed:
        return []
    score = "unknown" if computed["score"] is None else f"{computed['score']:.0f}"
    return [
        f"This is the word of {override['author']}, until {override['last_day']}: {override['reason']}",
        f"Computed, it is {computed['band']} at {score}.",
    ]


def outlook_lines(report: JsonObject) -> list[str]:
    """Say where it goes: green again, what competitors do, trends and likelihoods."""
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
    trends = [
        f"{trend:+.0f} points in {weeks} weeks"
        for weeks, trend in (("4", health["trend_4w"]), ("13", health["trend_13w"]))
        if trend is not None
    ]
    if trends:
        lines.append(f"{', '.join(trends)}.")
    lines += _likelihood("Churn risk", report["churn_risk"], "risk")
    lines += _likelihood("Likelihood to expand", report["expansion"], "likelihood")
    return lines


def _likelihood(words: str, outlook: JsonObject | None, key: str) -> list[str]:
    if not outlook:
        return []
    drivers = ", ".join(driver["name"] for driver in outlook["drivers"][:2])
    return [f"{words} {in_percent(outlook[key])}" + (f", driven by {drivers}." if drivers else ".")]


def in_percent(share: float) -> str:
    """Return a share in [0, 1] as a whole percent."""
    return f"{share * 100:.0f} %"
