"""An account's report as lines to read: the verdict first, then why, with the evidence, then what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import fill
from typing import Any

from healthmerge.report_verdict import TINY, in_percent, outlook_lines, override_lines, verdict
from healthmerge.score import COMPETITORS
from healthmerge.wording import cause_words, flag_words
from store.records import JsonObject

EXPOSURES_SHOWN = 8
COSTS_SHOWN = 6
SHARES_SHOWN = 3
PROOFS_SHOWN = 3
#: Before the words of a line: its indent, and a figure with its sign if it begins with one.
_LEAD = re.compile(r" *(?:[+\-]?\d+\.\d+  |\d+ %  \S+  )?")
_FIRM = "\N{NO-BREAK SPACE}"
GUIDES = {"talking_points": "say", "agenda": "agenda", "action_plan": "plan"}


def report_text(report: JsonObject, width: int | None = None) -> str:
    """Return an `account_report` as text, folded to ``width`` columns. What a rival wrote cannot steer a terminal."""
    health = report["health"]
    lines = [verdict(report), *override_lines(health), *outlook_lines(report)]
    lines += _section(_question(health), _cost_lines(report))
    lines += _section("What moved it last", [line for move in health["moves"] for line in _move_lines(move)])
    lines += _section(
        "What competitors do here", [*_share_lines(report), *_exposure_lines(report["exposures"])]
    )
    lines += _section("What to do", [line for flag in report["flags"] for line in _flag_lines(flag)])
    lines += _section("What it is made of", _part_lines(health["parts"]))
    lines += _section("How it went", _history_lines(report["history"]))
    return "\n".join(_folded(_clean(line), width) for line in lines)


def _question(health: JsonObject) -> str:
    band = (health.get("computed") or health)["band"]
    return "Why is it not at 100?" if band == "green" else f"Why is it {band}?"


def _cost_lines(report: JsonObject) -> list[str]:
    """Return where the points are that it lacks to 100; the costs of competitors lead to the evidence below."""
    health = report["health"]
    computed = (health.get("computed") or health)["score"]
    costs = [cost for cost in health["costs"] if cost["points"] >= TINY]
    if computed is None or not costs:
        return []
    metrics = {m["name"]: m for part in health["parts"] for m in part["metrics"]}
    lines = [f"It lacks {100 - computed:.0f} points to 100. They went to:"]
    for cost in costs[:COSTS_SHOWN]:
        lines.append(f"{-cost['points']:+6.1f}  {_cost_words(cost, metrics, report['exposures'])}")
    rest = sum(cost["points"] for cost in costs[COSTS_SHOWN:])
    if rest:
        lines.append(f"{-rest:+6.1f}  {len(costs) - COSTS_SHOWN} further metrics")
    return lines


def _cost_words(cost: JsonObject, metrics: JsonObject, exposures: Sequence[JsonObject]) -> str:
    if cost["name"] != COMPETITORS:
        metric = metrics.get(cost["name"])
        value = f": {_value(metric)}" if metric else ""
        return f"{cost['label']}{value}  ({cost['part']})"
    if not exposures:
        return "Competitor activity"
    more = f" and {len(exposures) - 1} more below" if len(exposures) > 1 else ""
    strongest = exposures[0]
    where = f"  [signal {strongest['signal']}{_change(strongest)}]  {strongest['url'] or ''}".rstrip()
    return f"Competitor activity: {strongest['headline']}{more}{where}"


def _change(row: JsonObject) -> str:
    change = row["evidence"][0]["change"] if row.get("evidence") else row.get("change")
    return f", change {change}" if change else ""


def _move_lines(move: JsonObject) -> list[str]:
    cause = cause_words(move["because"])
    line = f"{move['points']:+6.1f}  {cause[:1].upper()}{cause[1:]}"
    if not move.get("signal"):
        return [line]
    lines = [f"{line}  [signal {move['signal']}{_change(move)}]"]
    return [*lines, f"        {move['url']}"] if move.get("url") else lines


def _share_lines(report: JsonObject) -> list[str]:
    shares = report["activity"]
    if not shares.get("rivals"):
        return []
    groups = [
        ", ".join(f"{key} {in_percent(share)}" for key, share in list(shares[name].items())[:SHARES_SHOWN])
        for name in ("rivals", "categories")
    ]
    return [f"by rival: {groups[0]}; by kind: {groups[1]}"]


def _exposure_lines(exposures: Sequence[Any]) -> list[str]:
    lines = []
    for item in exposures[:EXPOSURES_SHOWN]:
        lines.append(
            f"{in_percent(item['score']):>5}  {item['observed_at'][:10]}  {item['headline']}  [signal {item['signal']}]"
        )
        if item["review"]:
            lines.append(f"      category not certain: {in_percent(item['confidence'])}")
        lines += [f"      {reason['because']}" for reason in item["reasons"]]
        lines += _proof_lines(item["evidence"])
    if len(exposures) > EXPOSURES_SHOWN:
        lines.append(f"and {len(exposures) - EXPOSURES_SHOWN} weaker ones")
    return lines


def _proof_lines(evidence: Sequence[JsonObject]) -> list[str]:
    """Return each address once, with the changes that were seen there."""
    changes: dict[str, list[str]] = {}
    for proof in evidence:
        changes.setdefault(proof["url"], []).append(str(proof["change"]))
    return [
        f"      {url}  (change{'s' if len(ids) > 1 else ''} {', '.join(ids)})"
        for url, ids in list(changes.items())[:PROOFS_SHOWN]
    ]


def _flag_lines(flag: JsonObject) -> list[str]:
    code = flag_words(flag["code"])
    due = f", due {flag['due_at'][:10]}" if flag["due_at"] else ""
    owner = f", {flag['owner']}" if flag["owner"] else ""
    state = "" if flag["state"] == "open" else f", {flag['state']}"
    lines = [f"level {flag['level']} {code}{owner}{due}{state}: {flag['because']}."]
    if flag.get("review"):
        lines.append(f"      category not certain: {in_percent(flag['confidence'])}")
    lines += [f"      {flag['play']}"] if flag["play"] else []
    guide = flag.get("guide") or {}
    word = GUIDES.get(guide.get("kind") or "", "")
    lines += [f"      {word}: {line}" for line in guide.get("lines", [])]
    lines += [f"      {proof['url']}  (change {proof['change']})" for proof in flag.get("evidence", [])[:1]]
    return lines


def _part_lines(parts: Sequence[JsonObject]) -> list[str]:
    lines = []
    for part in parts:
        score = "unknown" if part["score"] is None else f"{part['score']:.0f}"
        lines.append(f"{part['name']:<13}{score:>7}   ({in_percent(part['weight'])} of the score)")
        lines += [
            f"    {metric['label']}: {_value(metric)} → {metric['normalised']:.0f} points"
            for metric in part["metrics"]
            if metric["normalised"] is not None
        ]
        unknown = [metric["label"] for metric in part["metrics"] if metric["normalised"] is None]
        if unknown:
            lines.append(f"    not known: {', '.join(unknown)}")
    return lines


def _value(metric: JsonObject) -> str:
    unit = f" {metric['unit']}" if metric.get("unit") else ""
    return f"{metric['value']:.4g}{unit}"


def _history_lines(history: Sequence[JsonObject]) -> list[str]:
    """Return the last weeks, one a line, with the version of health.yaml that made each."""
    lines = []
    for point in list(history)[-6:]:
        score = "unknown" if point["score"] is None else f"{point['score']:.0f}"
        index = point["competitor_activity_index"]
        activity = "unknown" if index is None else f"{index:.0f}"
        version = f"   health.yaml version {point['version']}" if point["version"] else ""
        lines.append(f"{point['as_of']}  {score:>7} {point['band']:<7} activity {activity:>7}{version}")
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"{title}", *(f"  {line}" for line in lines)] if lines else []


def _folded(line: str, width: int | None) -> str:
    """Return a line in lines of at most ``width`` columns, indented below its first word; addresses stay whole."""
    if width is None or len(line) <= width or line.lstrip().startswith("http"):
        return line
    words = _LEAD.match(line)
    indent = " " * min(words.end() if words else 0, width // 3)
    kept = line.replace(" %", _FIRM + "%")
    folded = fill(kept, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return folded.replace(_FIRM, " ")


def _clean(line: str) -> str:
    # Headlines come from competitors: nothing that steers a terminal may pass.
    return "".join(char if char.isprintable() else " " for char in line)
