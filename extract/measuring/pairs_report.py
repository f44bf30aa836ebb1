"""The figures of change detection over labelled page pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.measuring.answer_key import GROUPS
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class PairResult:
    """What was reported of one pair, and how it stands to the key.

    ``named_lines`` hold, or stand in, a string or a fact of the key; ``near_lines`` stand in
    one run of the page with such a line, or are the other side of its edit; ``true_lines`` are really on one side only.
    """

    id: str
    noise: bool
    origin: str
    changed: bool
    expected: int
    found: int
    missing: tuple[str, ...]
    lines: int
    named_lines: int
    near_lines: int
    true_lines: int
    facts: dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsReport:
    """The figures over all pairs; shares lie in [0, 1], None where nothing was counted."""

    results: tuple[PairResult, ...]

    @property
    def false_alarm_rate(self) -> float | None:
        """Return the share of noise pairs that were reported."""
        return _share([r.changed for r in self.results if r.noise])

    @property
    def recall(self) -> float | None:
        """Return the share of meaningful pairs that were reported."""
        return _share([r.changed for r in self.results if not r.noise])

    @property
    def text_recall(self) -> float | None:
        """Return the share of the key's strings that stand in what was reported."""
        return _ratio(sum(r.found for r in self.results), sum(r.expected for r in self.results))

    @property
    def line_precision(self) -> float | None:
        """Return the share of reported lines, over all pairs, that are a true difference of a meaningful pair."""
        right = sum(r.true_lines for r in self.results if not r.noise)
        return _ratio(right, sum(r.lines for r in self.results))

    @property
    def named_precision(self) -> float | None:
        """Return the share of reported lines that the key's short excerpts name: a lower bound of precision."""
        right = sum(r.named_lines for r in self.results if not r.noise)
        return _ratio(right, sum(r.lines for r in self.results))

    @property
    def near_precision(self) -> float | None:
        """Return the share of reported lines that belong to a change of which the key names a line."""
        right = sum(r.near_lines for r in self.results if not r.noise)
        return _ratio(right, sum(r.lines for r in self.results))

    def fact_figures(self) -> dict[str, dict[str, float | int | None]]:
        """Return for each group of facts how many were expected, met exactly, and claimed on those pairs."""
        expected: Counter[str] = Counter()
        met: Counter[str] = Counter()
        claimed: Counter[str] = Counter()
        for result in self.results:
            for group, (wanted, right, said) in result.facts.items():
                expected[group] += wanted
                met[group] += right
                claimed[group] += said
        return {
            group: {
                "expected": expected[group],
                "exact": met[group],
                "claimed": claimed[group],
                "exactness": _ratio(met[group], expected[group]),
                "precision": _ratio(met[group], claimed[group]),
            }
            for group in GROUPS
            if expected[group]
        }

    def to_json(self) -> JsonObject:
        """Return all figures, and the pairs that failed."""
        return {
            "pairs": len(self.results),
            "noise_pairs": sum(r.noise for r in self.results),
            "meaningful_pairs": sum(not r.noise for r in self.results),
            "false_alarm_rate": self.false_alarm_rate,
            "recall": self.recall,
            "text_recall": self.text_recall,
            "line_precision": self.line_precision,
            "named_precision": self.named_precision,
            "near_precision": self.near_precision,
            "by_origin": {origin: self._of(origin) for origin in self._origins()},
            "facts": self.fact_figures(),
            "false_alarms": [r.id for r in self.results if r.noise and r.changed],
            "missed": [r.id for r in self.results if not r.noise and not r.changed],
            "missing_text": {r.id: list(r.missing) for r in self.results if r.missing},
            "inexact_facts": sorted(
                {
                    r.id
                    for r in self.results
                    for wanted, right, said in r.facts.values()
                    if right != max(wanted, said)
                }
            ),
        }

    def to_text(self) -> str:
        """Return the figures as lines for people."""
        lines = [
            f"pairs                  {len(self.results)} "
            f"({sum(r.noise for r in self.results)} noise, {sum(not r.noise for r in self.results)} meaningful)",
            f"false alarms           {_percent(self.false_alarm_rate)} of noise pairs",
            f"meaningful reported    {_percent(self.recall)}",
            f"expected strings found {_percent(self.text_recall)}",
            f"reported lines true    {_percent(self.line_precision)} "
            f"({_percent(self.named_precision)} named by the key's excerpts, "
            f"{_percent(self.near_precision)} of one run or edit with those)",
        ]
        for group, figures in self.fact_figures().items():
            lines.append(
                f"facts, {group:<19} {figures['exact']} of {figures['expected']} exact, {figures['claimed']} claimed"
            )
        found = self.to_json()
        for title in ("false_alarms", "missed", "inexact_facts"):
            if found[title]:
                lines.append(f"{title.replace('_', ' ')}: {', '.join(found[title])}")
        lines += [f"missing in {key}: {'; '.join(texts)}" for key, texts in found["missing_text"].items()]
        return "\n".join(lines)

    def _origins(self) -> list[str]:
        return sorted({r.origin for r in self.results})

    def _of(self, origin: str) -> JsonObject:
        part = PairsReport(results=tuple(r for r in self.results if r.origin == origin))
        return {
            "pairs": len(part.results),
            "false_alarm_rate": part.false_alarm_rate,
            "recall": part.recall,
            "text_recall": part.text_recall,
        }


def _share(flags: Sequence[bool]) -> float | None:
    return _ratio(sum(flags), len(flags))


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
