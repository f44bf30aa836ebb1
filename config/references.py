"""Checks that reach across files, on the trees, so that a mistake elsewhere in an entry does not hide one here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from config.health import FLAG_THRESHOLDS, HealthConfig
from config.nodes import Items, Mapping, Node, Scalar, child, number_of, scalars, walk
from config.report import Report, did_you_mean
from config.vocabulary import REASON_CODES

_SECRET = re.compile(
    r"(?:.*[._-])?(?:pass(?:word|wd|phrase)?|pwd|secret|secret[_-]?key|token|api[_-]?key|private[_-]?key|credentials?)",
    re.IGNORECASE,
)
_WEIGHT_SUM = 100.0
_TOLERANCE = 0.01


def drop_secrets(root: Node, report: Report) -> None:
    """Report keys that hold secrets and take them out of the tree, so that their values are shown nowhere."""
    for node in walk(root):
        if not isinstance(node, Mapping):
            continue
        for key in [key for key in node.entries if _SECRET.fullmatch(key)]:
            report.add(
                node.keys[key],
                f"'{key[:60]}' is a secret and does not belong in a file",
                remedy=f"delete it here and set {_variable(key)}",
            )
            del node.entries[key], node.keys[key]


def _variable(key: str) -> str:
    if "pass" in key.lower() or "pwd" in key.lower():
        return "the environment variable RIVALWATCH_SMTP_PASSWORD"
    return "the environment variable that docs/configuration.md names for it"


def items_of(root: Node | None) -> tuple[Node, ...]:
    """Return the entries of a file that is a list."""
    return root.items if isinstance(root, Items) else ()


def check_references(
    root: Node | None,
    key: str,
    known: Collection[str],
    what: str,
    report: Report,
    words: Collection[str] = (),
) -> None:
    """Report values under ``key`` of every entry that name nothing known; ``words`` mean something by themselves."""
    for entry in items_of(root):
        node = child(entry, key)
        # A single word that is wrong is the model's to report, with the words that it takes.
        for value in scalars(node) if isinstance(node, Items) else ():
            if value.text not in known and value.text not in words:
                report.add(
                    value.place,
                    f"unknown {what} '{value.text[:60]}'",
                    found=value,
                    remedy=did_you_mean(value.text, known, f"known {_plural(what)}"),
                )


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def check_competitor_names(root: Node | None, rivals: Collection[str], report: Report) -> None:
    """Report what a connection's ``competitors`` names that is no file in ``competitors/``."""
    for entry in items_of(root):
        names = child(entry, "competitors")
        for value in names.entries.values() if isinstance(names, Mapping) else ():
            if isinstance(value, Scalar) and value.value is not None and value.text not in rivals:
                remedy = did_you_mean(value.text, rivals, "known competitors")
                report.add(value.place, f"unknown competitor '{value.text[:60]}'", found=value, remedy=remedy)


def check_metrics(root: Node | None, health: HealthConfig, report: Report) -> None:
    """Report metrics of accounts that ``health.yaml`` does not have."""
    known = health.metric_names()
    for entry in items_of(root):
        metrics = child(entry, "metrics")
        for name in metrics.entries if isinstance(metrics, Mapping) else ():
            if name not in known:
                assert isinstance(metrics, Mapping)
                report.add(
                    metrics.keys[name],
                    f"unknown metric '{name[:60]}'",
                    found=name,
                    remedy=did_you_mean(name, known, "metrics of health.yaml"),
                )


def check_unique(root: Node | None, key: str, report: Report, same: Callable[[str], str] = str) -> None:
    """Report entries whose value under ``key`` an earlier one has."""
    _check_unique(items_of(root), key, report, same)


def _check_unique(
    entries: tuple[Node, ...], key: str, report: Report, same: Callable[[str], str] = str
) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        value = child(entry, key)
        if not isinstance(value, Scalar) or value.value is None:
            continue
        line = first.setdefault(same(value.text.strip()), value.place.line)
        if line != value.place.line:
            report.add(
                value.place,
                f"the {key} '{value.text[:60]}' is taken by line {line}",
                found=value,
                remedy="delete one of the two, or give it another",
            )


def check_weights(root: Node | None, report: Report) -> None:
    """Report weights of reasons in ``settings.yaml`` that are unknown or not between 0 and 1."""
    weights = child(child(root, "linking"), "weights")
    if not isinstance(weights, Mapping):
        return
    for name, value in weights.entries.items():
        if name not in REASON_CODES:
            report.add(
                weights.keys[name],
                f"unknown reason '{name[:60]}'",
                found=name,
                remedy=did_you_mean(name, REASON_CODES, "known reasons"),
            )
        number = value.value if isinstance(value, Scalar) else None
        if type(number) in (int, float) and not 0 <= float(str(number)) <= 1:
            report.add(
                value.place, "a weight must be between 0 and 1", found=value, remedy="write 0.5, for example"
            )


def check_health(root: Node | None, report: Report) -> None:
    """Report what no single key of ``health.yaml`` shows: sums, order, repetition, unknown flags."""
    parts = items_of(child(root, "parts"))
    _check_unique(parts, "name", report)
    _check_sum(parts, child(root, "parts"), report)
    _check_unique(tuple(m for part in parts for m in items_of(child(part, "metrics"))), "name", report)
    for metric in (m for part in parts for m in items_of(child(part, "metrics"))):
        _check_scale(metric, report)
    _check_bands(child(root, "bands"), report)
    _check_profiles(root, parts, report)
    flags = items_of(child(root, "flags"))
    _check_unique(flags, "code", report)
    for flag in flags:
        _check_flag(flag, report)


def _check_sum(parts: tuple[Node, ...], at: Node | None, report: Report) -> None:
    weights = [number_of(child(part, "weight")) for part in parts]
    known = [weight for weight in weights if weight is not None and weight > 0]
    if at is None or not weights or len(known) < len(weights):
        return
    total = sum(known)
    if abs(total - _WEIGHT_SUM) > _TOLERANCE:
        report.add(
            at.place,
            f"the weights of the parts make {total:g}, not 100",
            found=f"{total:g}",
            remedy="change them so that together they make 100",
        )


def _check_scale(metric: Node, report: Report) -> None:
    worst, best = number_of(child(metric, "worst")), number_of(child(metric, "best"))
    at = child(metric, "best")
    if worst is not None and worst == best and at is not None:
        report.add(at.place, "'worst' and 'best' are the same", found=at, remedy="give them different values")


def _check_profiles(root: Node | None, parts: tuple[Node, ...], report: Report) -> None:
    """Report profiles whose weights do not make 100 with those they leave, and metrics that no part has."""
    weights = {
        name.text: number_of(child(part, "weight")) for part in parts for name in scalars(child(part, "name"))
    }
    metrics = {
        n.text for p in parts for m in items_of(child(p, "metrics")) for n in scalars(child(m, "name"))
    }
    profiles = child(root, "profiles")
    for profile in profiles.entries.values() if isinstance(profiles, Mapping) else ():
        others = child(profile, "parts")
        if isinstance(others, Mapping):
            merged = {**weights, **{name: number_of(node) for name, node in others.entries.items()}}
            known = [weight for weight in merged.values() if weight is not None and weight > 0]
            if len(known) == len(merged) and abs(sum(known) - _WEIGHT_SUM) > _TOLERANCE:
                report.add(
                    others.place,
                    f"with this profile the weights of the parts make {sum(known):g}, not 100",
                    found=f"{sum(known):g}",
                    remedy="change them so that together they make 100",
                )
        changed = child(profile, "metrics")
        for name in changed.entries if isinstance(changed, Mapping) else ():
            if name not in metrics:
                assert isinstance(changed, Mapping)
                report.add(
                    changed.keys[name],
                    f"unknown metric '{name[:60]}'",
                    found=name,
                    remedy=did_you_mean(name, metrics, "metrics of this file"),
                )


def _check_bands(bands: Node | None, report: Report) -> None:
    green, yellow = number_of(child(bands, "green")), number_of(child(bands, "yellow"))
    at = child(bands, "yellow") or child(bands, "green")
    # One of the two may be left to its default.
    green, yellow = 75 if green is None else green, 50 if yellow is None else yellow
    if at is not None and yellow >= green:
        report.add(
            at.place,
            f"yellow begins at {yellow:g}, not below green at {green:g}",
            found=at,
            remedy="lower 'yellow'",
        )


def _check_flag(flag: Node, report: Report) -> None:
    code = child(flag, "code")
    if not isinstance(code, Scalar) or code.value is None:
        return
    if code.text not in FLAG_THRESHOLDS:
        remedy = did_you_mean(code.text, FLAG_THRESHOLDS, "known flags")
        report.add(code.place, f"unknown flag '{code.text[:60]}'", found=code, remedy=remedy)
    elif not FLAG_THRESHOLDS[code.text] and isinstance(flag, Mapping) and "at_least" in flag.keys:
        report.add(
            flag.keys["at_least"],
            f"the flag '{code.text}' takes no threshold",
            remedy="delete 'at_least' here",
        )
