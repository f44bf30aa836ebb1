"""Departments by the words of a job's title."""

from __future__ import annotations

import re

OTHER = "other"

_DEPARTMENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("security", r"\b(security|ciso|infosec|trust)\b"),
        ("data and research", r"\b(data|machine learning|research|scientist|ml|ai|analytics)\b"),
        ("engineering", r"\b(engineer|engineering|developer|sre|devops|software|architect|qa|platform)\b"),
        (
            "sales",
            r"\b(sales|account executive|business development|sdr|bdr|revenue|account manager|presales)\b",
        ),
        ("customer success and support", r"\b(customer|support|success|implementation|onboarding|service)\b"),
        ("marketing", r"\b(marketing|content|growth|brand|communications|demand|seo|pr)\b"),
        ("product and design", r"\b(product|designer|design|ux|ui)\b"),
        (
            "finance, people and legal",
            r"\b(finance|accountant|accounting|legal|counsel|people|hr|recruiter|talent|compliance|payroll)\b",
        ),
        (
            "operations",
            r"\b(operations|logistics|supply|warehouse|driver|procurement|technician|manufacturing)\b",
        ),
    )
)


def department(title: str) -> str:
    """Return the department a job title belongs to, by its words; ``other`` if none fits."""
    return next((name for name, pattern in _DEPARTMENTS if pattern.search(title)), OTHER)
