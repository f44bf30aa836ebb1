"""Refit the weights of `classify.tellings.likeness` on the labelled stories, and say how they do on rivals left out.

``python -m tests.classify.fit`` prints the table to copy; half a minute on one core, most of it the model's.
``python -m tests.classify.fit sets`` measures each stranger's set with weights that were fitted on all other sets.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classify.classifier import Classifier, load_classifier
from classify.meaning import is_doubtful, meaning_of, mention_of
from classify.rows import DATA
from classify.run import read_changes, reason_to_drop, rivals_of
from classify.tellings import likeness
from classify.tellings.likeness import WEIGHTS, compare
from classify.tellings.memory import actor_of, story_of, voice_of
from classify.tellings.merge import merge_meaning
from classify.tellings.stories import is_other_act, retold
from config.settings import ClassifySettings
from store.changes import waiting_changes
from store.database import Database
from store.kinds import Category
from store.schema import upgrade
from store.signal_voices import Voices
from store.signals import Meaning
from store.sources import Rival
from tests.classify.conftest import World
from tests.classify.retelling import (
    FILE,
    START,
    Retelling,
    Row,
    is_look,
    item_change,
    retell,
    rows,
    write_report,
)

FOLDS = 10
PULL = 0.3
BUSY = 0.3  # What a pair moved into a busy week counts; without any, the days alone told half of the twins apart.
TRAINING = DATA / "stories" / "told.jsonl"
STRANGERS = tuple(FILE.with_name(f"{name}.jsonl") for name in ("second", "third", "fourth", "fifth", "sixth"))
SEEN = (TRAINING, FILE, *STRANGERS[:-1])
FITTED_ON = (TRAINING, FILE, *STRANGERS)
#: Added to what is found: of what strangers tell, too little was joined, and nothing wrongly.
START_BY_HAND, BY_HAND = 0.3, {"rarest": 1.0}


@dataclass
class Telling:
    """An item, what the stage takes it for, and whether that would be news of its own."""

    item: Row
    rival: Rival
    meaning: Meaning
    voices: Voices
    news: bool
    doubt: float


@dataclass
class Pair:
    """A telling and a story that stands: what they share, and whether they are of one act."""

    rival: str
    telling: str
    values: list[float]
    same: bool
    apart: bool
    retold: bool
    texts: tuple[str, str]
    news: bool


def material(files: Sequence[Path]) -> list[Row]:
    """Return the items to fit on: all of the sets that were read whole, of another the half that may be looked at."""
    return [row for file in files for row in rows(file) if file in SEEN or is_look(row["story"])]


def tellings(database: Database, classifier: Classifier, items: list[Row]) -> list[Telling]:
    """Return what the stage takes each item for, in the order in which they were told."""
    with database.write() as session:
        world = World(session, START)
        kept = {item_change(world, item).id: item for item in sorted(items, key=lambda item: item["day"])}
        changes = waiting_changes(session, len(kept))
        rivals = rivals_of(session, changes)
        works = read_changes(changes, rivals, classifier)
    settings = ClassifySettings()
    found = []
    for work in works:
        change, rival = work.change, rivals[work.change.source_id]
        for unit, reading in work.units:
            news = reason_to_drop(unit, reading, set()) is None
            if not news and not is_doubtful(reading):
                continue
            told = (meaning_of if news else mention_of)(unit, reading, actor_of(rival), settings)
            doubt = 0.0 if news else reading.categories[Category.NONE]
            found.append(Telling(kept[change.id], rival, told, voice_of(change), news, doubt))
    return sorted(found, key=lambda telling: telling.voices.first)


def pairs(told: list[Telling]) -> Iterator[Pair]:
    """Yield each telling beside each story of its rival, as those before it make it and those after it would."""
    stories: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in told:
        stories[telling.rival.key, telling.item["story"]].append(telling)
    for telling in told:
        for (rival, story), others in stories.items():
            if rival == telling.rival.key:
                yield from _beside(telling, story, others)


def _beside(telling: Telling, story: str, others: list[Telling]) -> Iterator[Pair]:
    first = telling.voices.first
    before = [one for one in others if one.voices.first <= first and one is not telling]
    sides = [before, [one for one in others if one.voices.first > first][::-1]]
    actor = actor_of(telling.rival)
    new = story_of(telling.meaning, actor, telling.voices, doubt=telling.doubt)
    for side in sides:
        # A text that is no news founds no story, and adds nothing to one.
        news = [one for one in side if one.news]
        if news:
            other = story_of(_merged([one.meaning for one in news]), actor, _voices(news))
            yield Pair(
                telling.rival.key,
                telling.item["id"],
                [float(value) for value in asdict(compare(new, other)).values()],
                story == telling.item["story"],
                is_other_act(new, other),
                retold(new, other),
                (telling.item["text"], other.text),
                telling.news,
            )


def _voices(told: list[Telling]) -> Voices:
    whole = told[0].voices
    for telling in told[1:]:
        whole = whole.joined(telling.voices)
    return whole


def _merged(meanings: list[Meaning]) -> Meaning:
    whole = meanings[0]
    for sources, meaning in enumerate(meanings[1:], 2):
        whole = merge_meaning(whole, meaning, sources=sources)
    return whole


def fit(values: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Return weights and intercept of a logistic regression over numbers of one spread, pulled to zero."""
    busy = busier(values, same)
    every = np.vstack([values, busy])
    told = np.concatenate([same, np.zeros(len(busy), dtype=bool)])
    counts = np.concatenate([np.ones(len(values)), np.full(len(busy), BUSY)])
    spread = every.std(axis=0) + 1e-9
    model = LogisticRegression(C=PULL, max_iter=2_000).fit(every / spread, told, sample_weight=counts)
    return model.coef_[0] / spread, float(model.intercept_[0])


def busier(values: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the pairs of two acts of one category as a busy week has them: as close as tellings of one, elsewhere."""
    category, gap, source = (list(WEIGHTS).index(name) for name in ("category", "gap", "source"))
    copies = values[~same & (values[:, category] > 0)].copy()
    copies[:, gap] = np.random.default_rng(5).choice(values[same][:, gap], len(copies))
    copies[:, source] = 0.0
    return copies


def left_out(found: list[Pair]) -> NDArray[np.float64]:
    """Return the log-odds of each pair by weights that never saw its rival."""
    values, same = np.array([p.values for p in found]), np.array([p.same for p in found])
    odds = np.zeros(len(found))
    for train, test in GroupKFold(FOLDS).split(values, same, [p.rival for p in found]):
        weights, start = fit(values[train], same[train])
        odds[test] = values[test] @ weights + start
    return odds


def decide(found: list[Pair], odds: NDArray[np.float64], bar: float) -> tuple[int, int, int]:
    """Return how many tellings join their story, join another, and miss theirs."""
    best: dict[str, tuple[float, bool]] = {}
    for pair, value in zip(found, odds, strict=True):
        best[pair.telling] = max(best.get(pair.telling, (-np.inf, False)), (value, pair.same))
    joined = [(value, same) for value, same in best.values() if value > bar]
    right = sum(same for _, same in joined)
    wanted = {pair.telling for pair in found if pair.same}
    return right, len(joined) - right, len(wanted) - right


def set_left_out(classifier: Classifier, found: Mapping[Path, list[Pair]], file: Path) -> Retelling:
    """Return how a set is told with weights that were fitted on all others."""
    others = [pair for other, every in found.items() if other != file for pair in every]
    weights, start = fit(np.array([p.values for p in others]), np.array([p.same for p in others]))
    names = zip(WEIGHTS, weights, strict=True)
    kept = likeness.WEIGHTS, likeness.TOLD_APART
    tried = {name: float(weight) + BY_HAND.get(name, 0.0) for name, weight in names}, start + START_BY_HAND
    database = Database("sqlite://")
    upgrade(database)
    try:
        likeness.WEIGHTS, likeness.TOLD_APART = tried  # type: ignore[misc]
        return retell(database, classifier, material([file]))
    finally:
        likeness.WEIGHTS, likeness.TOLD_APART = kept  # type: ignore[misc]


def print_sets(classifier: Classifier) -> None:
    """Print how each stranger's set is told with weights that never saw it."""
    found = {}
    for file in FITTED_ON:
        database = Database("sqlite://")
        upgrade(database)
        told = tellings(database, classifier, material([file]))
        found[file] = [pair for pair in pairs(told) if not pair.apart and not pair.retold]
    for file in STRANGERS:
        report = set_left_out(classifier, found, file)
        sys.stdout.write(f"{file.stem}: {write_report(report, pairs=False)}\n")


def main(arguments: Sequence[str]) -> None:
    """Fit, and print the figures and the table."""
    if arguments:
        print_sets(load_classifier(ClassifySettings(threads=1)))
        return
    database = Database("sqlite://")
    upgrade(database)
    told = tellings(database, load_classifier(ClassifySettings(threads=1)), material(FITTED_ON))
    every = list(pairs(told))
    found = [pair for pair in every if not pair.apart and not pair.retold]
    odds = left_out(found)
    write = sys.stdout.write
    write(f"{len(told)} tellings, {len(found)} pairs of which {sum(p.same for p in found)} of one act\n")
    write(f"facts part {sum(p.same for p in every if p.apart)} pairs of one act\n")
    for bar in (-1.0, -0.5, 0.0, 0.5, 1.0):
        right, wrong, missed = decide(found, odds, bar)
        write(
            f"rivals left out, above {bar:+.1f}: {right} joined rightly, {wrong} wrongly, {missed} missed\n"
        )
    weights, start = fit(np.array([p.values for p in found]), np.array([p.same for p in found]))
    write(f"TOLD_APART {start + START_BY_HAND:.2f}\n")
    named = zip(WEIGHTS, weights, strict=True)
    write("".join(f"{name} {weight + BY_HAND.get(name, 0.0):.2f}\n" for name, weight in named))


if __name__ == "__main__":
    main(sys.argv[1:])
