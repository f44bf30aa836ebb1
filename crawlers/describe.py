"""Writes the page of all source types: ``python -m crawlers.describe > docs/sources.md``."""

from __future__ import annotations

import sys

from config.durations import format_duration
from crawlers.adapter import Adapter
from crawlers.registry import adapters

INTRODUCTION = """# Source types

What a rival can be watched by. This page is written by `python -m crawlers.describe > docs/sources.md`; a test keeps
it current.

A source is an address alone, whose type is then guessed (tried from the top of this page down), or a few keys:

```yaml
sources:
  - https://northbeam.example/pricing
  - {type: pricing, url: https://northbeam.example/plans, every: 6h, render: browser, only: ["#plans"]}
  - {type: greenhouse, board: northbeam}
```

Every type takes `every` (how often), `enabled`, and `name`. Pages also take `render`, `wait_for`, `steps` (see
[configuration](configuration.md#sources)), `only`, `ignore` and `ignore_text`. Services that build their address take
`base`, another root of the same API. A key is read from the environment variable that is named, never from a file.

How a visit ends:

| state | means |
|---|---|
| ok, unchanged | there was an answer that can be read; only a new one goes on to the comparison |
| blocked | somebody does not let us in: robots.txt, a bot check, a sign-in or consent page, "too often" |
| broken | it does not work: an error, no such page, maintenance, a parked domain, no feed, `only` finds nothing |
| empty | there is nothing to read; mostly a page that needs `render: browser` |

What a hostile server can cost: one answer at most `crawl.max_bytes` unpacked (a gzipped sitemap 60 MB), `crawl.timeout`
per request, `crawl.max_redirects` hops, 60 pages of a list, two layers of packing, 64 KB a header line. 131
hostile and defect kinds each end as a state of their one source and make no change; each alone stays below 12 seconds
and 260 MB (measured: 4.2 s, 167 MB; see [crawling](crawling.md#hostile-servers)).

A source whose bytes do not change is asked less often: after 20 of its intervals half as often, after 40 a third, up
to `crawl.slow_down` times its `every` (4; 1 switches it off) and never more than a week apart; the first new answer
brings its own rhythm back. Within `crawl.quiet_hours` nothing becomes due.

Lists that come in pages are followed: job boards to their end, lists with the newest first back to the last good visit.

A blocked, broken or empty answer is kept as proof and never compared: what it lacks is not news.
"""


def describe() -> str:
    """Return the page as Markdown."""
    services = [adapter for adapter in adapters() if adapter.is_entries]
    pages = [adapter for adapter in adapters() if not adapter.is_entries]
    parts = [INTRODUCTION, "## Services and feeds\n\nEach new entry is news by itself.\n"]
    parts += [_service(adapter) for adapter in services]
    parts += ["## Pages\n\nCompared as a whole with what they showed before.\n"]
    parts += ["| type | watches | every |\n|---|---|---|"]
    parts += [
        f"| `{one.spec.name}` | {one.spec.about} | {format_duration(one.spec.default_every)} |"
        for one in pages
    ]
    return "\n".join(parts) + "\n"


def _service(adapter: Adapter) -> str:
    spec = adapter.spec
    lines = [
        f"### {spec.name}\n",
        f"{spec.about[:1].upper()}{spec.about[1:]}. Every {format_duration(spec.default_every)}.",
    ]
    if spec.url_required:
        lines.append("\n- `url` (needed)")
    for index, parameter in enumerate(spec.parameters):
        need = " (needed)" if parameter.required else ""
        example = f", such as `{parameter.example}`" if parameter.example else ""
        start = "\n" if index == 0 and not spec.url_required else ""
        lines.append(f"{start}- `{parameter.name}`{need}: {parameter.about}{example}")
    if spec.one_of:
        lines.append(f"- needs {' or '.join(f'`{name}`' for name in spec.one_of)}")
    if adapter.key_variable:
        lines.append(f"- key{' (needed)' if adapter.key_required else ''}: `${adapter.key_variable}`")
    if spec.aliases:
        lines.append(f"- also called {', '.join(f'`{alias}`' for alias in spec.aliases)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(describe())
