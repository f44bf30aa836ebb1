"""How good are the links? Precision and recall on labelled cases: a folder of rivals, accounts and signals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from config.accounts import AccountConfig
from config.competitors import ProductConfig
from config.settings import LinkingSettings
from linking.errors import EvaluationError
from linking.materiality import base_impact
from linking.reasons import reasons_by_account
from linking.run import score_account
from linking.story import Story
from linking.world import World
from store.accounts import Account, Stakeholder
from store.kinds import Category, ReasonCode
from store.records import JsonObject
from store.sources import Rival

DEFAULT_SETTINGS = LinkingSettings()
SHOWN = 40


class _Competitor(BaseModel):
    """What linking reads of a competitor's file; its sources are not needed here."""

    model_config = ConfigDict(extra="ignore")

    name: str
    domain: str = ""
    market: str = ""
    aliases: tuple[str, ...] = ()
    products: tuple[ProductConfig, ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


class Case(BaseModel):
    """One labelled signal: whom it threatens, and why."""

    model_config = ConfigDict(extra="ignore")

    id: str
    rival: str
    category: Category
    title: str = ""
    text: str = ""
    published: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    links: dict[str, tuple[ReasonCode, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """True positives, false positives, false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was said that is true; 1 if nothing was said."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was said; 1 if nothing is true."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def to_json(self) -> JsonObject:
        """Return the figures with their counts."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksReport:
    """Figures of (signal, account) links, of reason codes on true links, by code, and every mistake."""

    cases: int
    accounts: int
    threshold: float
    links: Counts
    reasons: Counts
    by_code: Mapping[str, Counts]
    mistakes: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """Return the report for ``--json``."""
        return {
            "cases": self.cases,
            "accounts": self.accounts,
            "threshold": self.threshold,
            "links": self.links.to_json(),
            "reasons": self.reasons.to_json(),
            "by_code": {code: counts.to_json() for code, counts in sorted(self.by_code.items())},
            "mistakes": list(self.mistakes),
        }

    def to_text(self) -> str:
        """Return the report as lines to read."""
        lines = [f"{self.cases} cases, {self.accounts} accounts, threshold {self.threshold:g}"]
        lines.append(_line("links", self.links))
        lines.append(_line("reasons", self.reasons))
        lines += [_line(f"  {code}", counts) for code, counts in sorted(self.by_code.items())]
        lines += [f"  {mistake}" for mistake in self.mistakes[:SHOWN]]
        if len(self.mistakes) > SHOWN:
            lines.append(f"  and {len(self.mistakes) - SHOWN} more; --json lists all")
        return "\n".join(lines)


def _line(name: str, counts: Counts) -> str:
    return (
        f"{name:<20} precision {counts.precision:.3f}  recall {counts.recall:.3f}  "
        f"({counts.right} right, {counts.wrong} wrong, {counts.missed} missed)"
    )


def evaluate_links(folder: Path, settings: LinkingSettings = DEFAULT_SETTINGS) -> LinksReport:
    """Return how well linking finds the labelled links of a folder.

    The folder holds ``competitors/*.yaml``, ``accounts.yaml`` and ``cases.jsonl``. Raises: EvaluationError.
    """
    rivals = _read_rivals(folder)
    accounts = _read_accounts(folder / "accounts.yaml")
    cases = list(_read_cases(folder / "cases.jsonl", rivals, {account.key for account in accounts}))
    world = World.of(accounts, rivals.values())
    links: Counter[str] = Counter()
    codes: dict[str, Counter[str]] = {}
    mistakes: list[str] = []
    for case in cases:
        found = link_case(case, rivals[case.rival], world, settings)
        _judge(case, found, links, codes, mistakes)
    return LinksReport(
        cases=len(cases),
        accounts=len(accounts),
        threshold=settings.threshold,
        links=_counts(links),
        reasons=_counts(sum(codes.values(), Counter())),
        by_code={code: _counts(counter) for code, counter in codes.items()},
        mistakes=tuple(mistakes),
    )


def link_case(case: Case, rival: Rival, world: World, settings: LinkingSettings) -> dict[str, set[str]]:
    """Return the accounts whose exposure reaches the threshold, with their reason codes.

    A case carries no impact of its own, so the usual one of its category stands in.
    """
    story = Story(rival=rival, category=case.category, title=case.title, text=case.text, facts=case.facts)
    impact = base_impact(story)
    result: dict[str, set[str]] = {}
    for key, found in reasons_by_account(story, world).items():
        account = world.by_key[key]
        # Without a day, because the nearness of a renewal raises a score and must not decide a link.
        scored = score_account(account, found, impact, None, settings)
        if scored.score >= settings.threshold:
            result[key] = {reason.code.value for reason in found}
    return result


def _judge(
    case: Case,
    found: Mapping[str, set[str]],
    links: Counter[str],
    codes: dict[str, Counter[str]],
    mistakes: list[str],
) -> None:
    true = {key: {code.value for code in named} for key, named in case.links.items()}
    for key in sorted(set(found) | set(true)):
        outcome = "right" if key in found and key in true else "wrong" if key in found else "missed"
        links[outcome] += 1
        if outcome != "right":
            said = ", ".join(sorted(found.get(key, true.get(key, set()))))
            mistakes.append(f"{case.id}: link to {key} {outcome} ({said})")
        if key not in true:
            continue
        said_codes = found.get(key, set())
        for code in sorted(said_codes | true[key]):
            verdict = (
                "right" if code in said_codes & true[key] else "wrong" if code in said_codes else "missed"
            )
            codes.setdefault(code, Counter())[verdict] += 1
            if verdict != "right" and outcome == "right":
                mistakes.append(f"{case.id}: reason {code} of {key} {verdict}")


def _counts(counter: Counter[str]) -> Counts:
    return Counts(right=counter["right"], wrong=counter["wrong"], missed=counter["missed"])


def _read_rivals(folder: Path) -> dict[str, Rival]:
    files = sorted([*(folder / "competitors").glob("*.yaml"), *(folder / "competitors").glob("*.yml")])
    if not files:
        raise EvaluationError(f"{folder}: no competitors/*.yaml; the folder needs one file a rival")
    rivals: dict[str, Rival] = {}
    for number, file in enumerate(files, start=1):
        try:
            read = _Competitor.model_validate(_yaml(file))
        except ValidationError as error:
            raise EvaluationError(f"{file}: {_first(error)}") from error
        rivals[file.stem] = Rival(
            id=number,
            key=file.stem,
            name=read.name,
            domain=read.domain,
            market=read.market,
            aliases=read.aliases,
            products=tuple((product.name, product.tags) for product in read.products),
            regions=read.regions,
            industries=read.industries,
        )
    return rivals


def _read_accounts(file: Path) -> list[Account]:
    data = _yaml(file)
    listed = data.get("accounts") if isinstance(data, dict) else data
    try:
        read = TypeAdapter(tuple[AccountConfig, ...]).validate_python(listed or ())
    except ValidationError as error:
        raise EvaluationError(f"{file}: {_first(error)}") from error
    return [account_of(config, number) for number, config in enumerate(read, start=1)]


def account_of(config: AccountConfig, number: int) -> Account:
    """Return a configured account as a record with that id."""
    return Account(
        id=number,
        key=config.key,
        name=config.name,
        tier=config.tier.value,
        aliases=config.aliases,
        domain=config.domain,
        owner=config.owner,
        industry=config.industry,
        segment=config.segment,
        regions=config.regions,
        uses=config.uses,
        rivals_present=config.rivals_present,
        stakeholders=tuple(Stakeholder(name=person.name, role=person.role) for person in config.stakeholders),
        renewal=config.renewal,
        arr=config.arr,
    )


def _read_cases(file: Path, rivals: Mapping[str, Rival], accounts: set[str]) -> Iterator[Case]:
    for number, line in enumerate(_text(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            raise EvaluationError(
                f"{file}:{number}: not JSON: {error.msg}; write one object a line"
            ) from error
        except ValidationError as error:
            raise EvaluationError(f"{file}:{number}: {_first(error)}") from error
        if case.rival not in rivals:
            raise EvaluationError(
                f"{file}:{number}: no competitor '{case.rival}'; known are {', '.join(rivals)}"
            )
        if unknown := sorted(set(case.links) - accounts):
            raise EvaluationError(f"{file}:{number}: no account '{unknown[0]}' in accounts.yaml")
        yield case


def _yaml(file: Path) -> Any:
    try:
        return YAML(typ="safe").load(_text(file))
    except YAMLError as error:
        raise EvaluationError(f"{file}: not YAML: {' '.join(str(error).split())}") from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise EvaluationError(
            f"{file}: cannot be read: {error.strerror}; the folder needs this file"
        ) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file}: not UTF-8; save it as UTF-8") from error


def _first(error: ValidationError) -> str:
    details: Sequence[Any] = error.errors()
    place = ".".join(str(part) for part in details[0]["loc"])
    return f"{place}: {details[0]['msg']}"
