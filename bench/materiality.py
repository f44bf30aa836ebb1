"""Trains the score of materiality and judges it, with the pages of each author left out in turn.

python -m bench.materiality train     writes extract/artefacts/materiality.npz
python -m bench.materiality judge     what earlier rules told of noise, and what the score makes of it
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bench.materials.rows import MET_WEIGHT, Row, all_rows, author_of
from bench.materials.slots import HERE
from extract.comparing.material_features import HASHES, Features, edit_features, line_features, words_of
from extract.comparing.materiality import WEIGHTS, is_silent
from extract.comparing.word_vectors import TABLE, WIDTH
from store.kinds import BlockKind, PageType

#: Lines that differences of the stored pairs told, of noise as the rules of before each corpus told them.
MET = HERE / "met.jsonl"
#: A line that counts is worth so many beside the matter.
MATTER_WEIGHT = 1.5
#: Inverse of the penalty on weights. With 1.0 and no table of meanings, 26 of 45 lines that count, written afterwards
#: and like no template, were taken for noise where 44 of 50 lines of noise were.
STRENGTH = 0.1
#: The raw scores from which one such line and one such edit are lost; the constants are moved so that they become 0.5.
CAUTION = {"lines": 0.88, "edits": 0.6}
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SHARED = 0.6  # of the telling words of a line, from which a template has been written with it in mind


def met_rows() -> list[tuple[dict[str, Any], Row]]:
    """Return the lines met in differences, each with what is known of it."""
    found = []
    for line in MET.read_text("utf-8").splitlines():
        case = json.loads(line)
        before, after = case["before"], case["after"]
        row = Row(
            beside=case["noise"], before=before if before and after else None, after=after or before,
            kind=BlockKind(case["kind"]), page_type=PageType(case["page_type"]), origin=case["pair"], weight=MET_WEIGHT,
            author=author_of(case["corpus"]),
        )  # fmt: skip
        found.append((case, row))
    return found


def fit(rows: Sequence[Row], *, edits: bool) -> NDArray[np.float64]:
    """Return the weights of lines or of edits: dense, words, constant."""
    own = [row for row in rows if (row.before is not None) is edits]
    truth = np.array([row.beside for row in own])
    weights = np.array([row.weight for row in own])
    for side in (True, False):
        weights[truth == side] *= len(own) / (2 * weights[truth == side].sum())
    weights[~truth] *= MATTER_WEIGHT
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    model.fit(matrix([features_of(row) for row in own]), truth, sample_weight=weights)
    caution = CAUTION["edits" if edits else "lines"]
    return np.concatenate([model.coef_[0], model.intercept_ - np.log(caution / (1 - caution))])


def features_of(row: Row) -> Features:
    """Return what is seen of a row."""
    if row.before is not None:
        return edit_features(row.before, row.after, row.kind, row.page_type)
    return line_features(row.after, row.kind, row.page_type)


def matrix(features: Sequence[Features]) -> csr_matrix:
    """Return features as rows."""
    dense = csr_matrix(np.array([one.dense for one in features]))
    starts = np.cumsum([0, *(len(one.words) for one in features)])
    places = [place for one in features for place in one.words]
    values = [value for one in features for value in one.words.values()]
    return hstack([dense, csr_matrix((values, places, starts), shape=(len(features), HASHES))], format="csr")


def scores(weights: NDArray[np.float64], rows: Sequence[Row]) -> NDArray[np.float64]:
    """Return how sure it is of each row that it is beside the matter."""
    said = matrix([features_of(row) for row in rows]) @ weights[:-1] + weights[-1]
    return np.asarray(1 / (1 + np.exp(-said)))


def train() -> None:
    """Train on everything and write the weights."""
    rows = [*all_rows(), *(row for case, row in met_rows() if case["named"])]
    WEIGHTS.parent.mkdir(exist_ok=True)
    fitted = {name: fit(rows, edits=name == "edits").astype(np.float16) for name in ("lines", "edits")}
    np.savez_compressed(WEIGHTS, **fitted)
    print(
        f"{len(rows)} rows, {sum(row.beside for row in rows)} beside the matter; {WEIGHTS.stat().st_size} bytes"
    )


def judge() -> None:
    """Print what stays silent and what is lost, each author's pages scored by what the others taught."""
    rows, met = all_rows(), met_rows()
    found: dict[tuple[str, str], list[tuple[dict[str, Any], float]]] = defaultdict(list)
    for author in sorted({row.author for _, row in met}):
        own = [(case, row) for case, row in met if row.author == author]
        known = _near(rows, [row for _, row in own])
        taught = [row for row in rows if row.author != author and row.origin not in known]
        taught += [row for case, row in met if row.author != author and case["named"]]
        for edits in (False, True):
            part = [(case, row) for case, row in own if (row.before is not None) is edits]
            weights = fit(taught, edits=edits)
            for (case, _), value in zip(part, scores(weights, [row for _, row in part]), strict=True):
                found[case["corpus"], case["pair"]].append((case, 0.0 if case["guarded"] else float(value)))
    _print_judgement(list(found.values()))


def _near(rows: Sequence[Row], own: Iterable[Row]) -> set[str]:
    """Return the templates that share most telling words with a line of the author left out."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    told = [_telling(f"{row.before or ''} {row.after}") for row in rows]
    for number, words in enumerate(told):
        for word in words:
            places[word].add(number)
    near: set[str] = set()
    for row in own:
        words = _telling(f"{row.before or ''} {row.after}")
        counts = (
            Counter(number for word in words for number in places[word]) if len(words) > 1 else Counter[int]()
        )
        near |= {
            rows[number].origin
            for number, count in counts.items()
            if count >= max(2, SHARED * min(len(words), len(told[number])))
        }
    return near - {"box", "block", "news", "wording"}


def _telling(text: str) -> set[str]:
    return {word for word in words_of(text) if len(word) > 3 and word.isalpha()}


def _print_judgement(pairs: Sequence[Sequence[tuple[dict[str, Any], float]]]) -> None:
    noise = [pair for pair in pairs if pair[0][0]["noise"] and not pair[0][0]["facts"]]
    news = [pair for pair in pairs if not pair[0][0]["noise"] and not pair[0][0]["facts"]]
    print(f"{len(noise)} alarms on noise, {len(news)} changes without a fact")
    for limit in LIMITS:
        silent, lost = (
            sum(is_silent([value for _, value in pair], limit) for pair in part) for part in (noise, news)
        )
        lines = sum(any(case["named"] and value >= limit for case, value in pair) for pair in news)
        print(
            f"from {limit}: {silent} alarms silent, {lost} changes lost, {lines} with a line that the key names"
        )


def draw_words() -> None:
    """Draw the table of word vectors from the sentence model."""
    import torch
    from sklearn.decomposition import PCA

    from classify.model.embed import PLAIN, load_model
    from classify.model.published import transformer_of

    model = load_model(PLAIN)
    pieces = [piece for piece, _ in sorted(model.tokenizer.get_vocab().items(), key=lambda item: item[1])]
    start, end = model.tokenizer.cls_token_id, model.tokenizer.sep_token_id
    drawn = []
    with torch.no_grad():
        for ids in torch.arange(len(pieces)).split(512):
            whole = torch.stack([torch.full_like(ids, start), ids, torch.full_like(ids, end)], 1)
            states = transformer_of(model)(input_ids=whole, attention_mask=torch.ones_like(whole))
            drawn.append(states.last_hidden_state.mean(1).float().numpy())
    rows = np.concatenate(drawn)
    rows = PCA(WIDTH, random_state=0).fit_transform(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    rows *= (np.log(1 + np.arange(len(rows))) / np.log(len(rows)))[:, None]  # Frequent pieces stand first.
    steps = np.abs(rows).max(axis=0) / 127
    said = np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8)
    TABLE.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        TABLE, pieces=said, rows=np.rint(rows / steps).astype(np.int8), steps=steps.astype(np.float32)
    )


if __name__ == "__main__":
    {"words": draw_words, "train": train, "judge": judge}[sys.argv[1]]()
