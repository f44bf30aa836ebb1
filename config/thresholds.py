"""The two thresholds of confidence: from where on a signal is mailed, and up to where it is asked about."""

from __future__ import annotations

from config.nodes import Node, child, is_empty, number_of
from config.report import Report
from config.settings import ClassifySettings


def check_confidence(root: Node | None, report: Report) -> None:
    """Report a ``review_below`` under ``mail_from``: signals between them would be held, and nobody would be asked."""
    classify, defaults = child(root, "classify"), ClassifySettings()
    asked, mailed = _written(classify, "review_below"), _written(classify, "mail_from")
    below = number_of(asked) if asked else defaults.review_below
    least = number_of(mailed) if mailed else defaults.mail_from
    at = asked or mailed
    if at is None or below is None or least is None or below >= least:
        return
    report.add(
        at.place,
        f"'review_below' ({below:g}) is less than 'mail_from' ({least:g}): what is held must be asked about",
        found=at,
        remedy=f"write review_below: {least:g} or more, or mail_from: {below:g} or less",
    )


def _written(section: Node | None, key: str) -> Node | None:
    value = child(section, key)
    return None if is_empty(value) else value
