"""A small catalogue of source types, so that these tests do not depend on the crawlers."""

from __future__ import annotations

import re
from datetime import timedelta

from config.catalogue import Parameter, SourceCatalogue, SourceTypeSpec

DAY = timedelta(days=1)
CATALOGUE = SourceCatalogue.of(
    [
        SourceTypeSpec(
            name="greenhouse",
            about="jobs at Greenhouse",
            default_every=timedelta(hours=6),
            url_required=False,
            parameters=(
                Parameter(
                    name="board",
                    about="the board's token",
                    required=True,
                    pattern=r"[\w.-]+",
                    example="northbeam",
                ),
            ),
            url_patterns=(re.compile(r"boards(?:-api)?\.greenhouse\.io/(?:v1/boards/)?(?P<board>[\w.-]+)"),),
        ),
        SourceTypeSpec(
            name="github-releases",
            about="releases on GitHub",
            default_every=timedelta(hours=1),
            url_required=False,
            parameters=(
                Parameter(
                    name="repo",
                    about="owner/name",
                    required=True,
                    pattern=r"[\w.-]+/[\w.-]+",
                    example="northbeam/sdk",
                ),
            ),
            url_patterns=(re.compile(r"^https?://github\.com/(?P<repo>[\w.-]+/[\w.-]+)/releases"),),
            aliases=("github",),
        ),
        SourceTypeSpec(
            name="edgar",
            about="filings with the SEC",
            default_every=timedelta(minutes=15),
            url_required=False,
            parameters=(
                Parameter(
                    name="cik",
                    about="the company's number",
                    required=True,
                    pattern=r"\d{1,10}",
                    example='"0001318605"',
                ),
                Parameter(name="forms", about="forms to report", many=True, example="[8-K, 10-Q]"),
            ),
        ),
        SourceTypeSpec(
            name="feed",
            about="a feed",
            default_every=timedelta(hours=1),
            url_patterns=(re.compile(r"(?:rss|atom|feed)(?:\.xml)?/?$"),),
            aliases=("rss", "atom"),
        ),
        SourceTypeSpec(
            name="pricing",
            about="a page with plans and prices",
            default_every=DAY,
            url_patterns=(re.compile(r"/(?:pricing|plans)/?$"),),
        ),
        SourceTypeSpec(
            name="terms",
            about="terms of use and privacy policies",
            default_every=DAY,
            url_patterns=(re.compile(r"/(?:terms|legal|privacy)"),),
        ),
        SourceTypeSpec(
            name="home",
            about="a home page",
            default_every=DAY,
            url_patterns=(re.compile(r"^https?://[^/]+/?$"),),
        ),
        SourceTypeSpec(name="page", about="any other page", default_every=DAY),
    ]
)
