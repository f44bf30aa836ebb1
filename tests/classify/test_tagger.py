"""The tagger tells only what stands in the text; its word and the rules' are weighed; without it rules read alone."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify.errors import ModelError
from classify.facts import read_facts
from classify.facts_joined import Weights, join_acquired, join_money, join_partners, join_people
from classify.measuring.evaluate_facts import FactRow, read_fact_rows
from classify.rules.companies import find_partners
from classify.rules.money import find_money
from classify.signals import Actor, Person
from classify.tagger.labels import ACTIONS, OUTSIDE, TASKS, best_path, things
from classify.tagger.store import TAGGER_CARD, TAGGER_FILE, load_weights, save_weights
from classify.tagger.tagger import Tagger, load_tagger
from classify.tagger.text import RIVAL, places_of, said_at, tokens_of
from classify.tagger.types import NamedPerson, Tagged, TaggerText
from classify.training.tagger_examples import FACTS, example_of, examples_of, file_digests, training_rows
from classify.training.tagger_vary import make_tagger_varier
from store.kinds import Category

HELD = Path(__file__).parent / "facts"
ACTOR = Actor(name="Northbeam")
SHARE_READ = 0.80
PLAIN = Weights(said=2.0, unsaid=1.0)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = load_tagger()
    assert found is not None
    return found


def read(tagger: Tagger, *texts: str) -> list[Tagged]:
    return tagger.read([TaggerText.of(text, ACTOR) for text in texts])


# Words and labels


@given(st.text(max_size=120))
def test_each_word_stands_where_it_says(text: str):
    for token in tokens_of(text, ()):
        assert text[token.start : token.end] == token.text


def test_rival_is_one_word_under_each_of_its_names():
    tokens = tokens_of("Northbeam Labs' CTO leaves NORTHBEAM", ("Northbeam", "Northbeam Labs"))
    assert [token.text for token in tokens] == [RIVAL, "'", "CTO", "leaves", RIVAL]
    assert [token.shape for token in tokens] == ["rival", "mark", "upper", "lower", "rival"]


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_nothing_begins_in_its_middle(words: int, seed: int):
    scores = np.random.default_rng(seed).normal(size=(words, 9)).astype(np.float32)
    path = best_path(scores)
    assert len(path) == words
    for before, label in zip([OUTSIDE, *path], path, strict=False):
        assert label == OUTSIDE or label % 2 == 1 or before in {label, label - 1}
    assert sum(end - start for (start, end), _ in things(path, "people")) == sum(map(bool, path))


def row(kind: str, text: str, expected: object, category: str = "leadership") -> FactRow:
    return FactRow(
        id="r", kind=kind, category=Category(category), actor="Northbeam", text=text, expected=expected
    )


def test_labels_of_people_with_role():
    made = example_of(
        row(
            "people",
            "Northbeam names Ada Quill CFO; Jon Marsh goes",
            [
                {"name": "Ada Quill", "role": "CFO", "action": "appointed"},
                {"name": "Jon Marsh", "role": "", "action": "departed"},
            ],
        )
    )
    assert made is not None
    assert things(made.labels, "people") == [((2, 4), "appointed"), ((4, 5), "role"), ((6, 8), "departed")]
    assert dict(made.judged) == {(2, 4): "appointed", (6, 8): "departed"}
    assert made.pairs == (((2, 4), (4, 5)),)


def test_what_does_not_stand_in_the_text_teaches_nothing():
    assert example_of(row("acquired", "Northbeam buys a rival", "Lumo", "acquisition")) is None
    assert (
        example_of(row("money", "Northbeam raises cash", {"amount": "5", "currency": "USD"}, "finance"))
        is None
    )


def test_other_forms_of_a_text_keep_its_labels():
    examples = examples_of(training_rows())[:300]
    varier, chance = make_tagger_varier(examples), random.Random(7)
    for example in examples:
        varied = varier.vary(example, chance)
        assert len(varied.tokens) == len(varied.labels)
        assert [kind for _, kind in things(varied.labels, varied.task)] == [
            kind for _, kind in things(example.labels, example.task)
        ]
        assert {other for _, other in varied.pairs if other} <= set(varied.paired)
        assert [verdict for _, verdict in varied.judged] == [verdict for _, verdict in example.judged]


# What was trained


def test_tagger_has_read_nearly_all_texts_as_they_are_now():
    now, read_then = file_digests(), load_weights().adapter.files
    same = {name for name, digest in now.items() if read_then.get(name) == digest}
    texts = {name: len(read_fact_rows(FACTS / name)) for name in now}
    assert sum(texts[name] for name in same) >= SHARE_READ * sum(texts.values()), (
        "run 'python -m classify.training.tagger_train'"
    )


def test_no_held_text_was_trained_on():
    trained = {row.text.casefold() for row in training_rows()}
    for path in HELD.glob("*.jsonl"):
        if path.stem == "third":
            continue  # Read whole, and trained on, after it had served.
        rows = read_fact_rows(path)
        held = [row for row in rows if path.stem not in {"second", "fourth", "fifth"} or is_held(row)]
        assert held
        assert not trained & {row.text.casefold() for row in held}


def is_held(row: FactRow) -> bool:
    """Rows with an even digest were looked at while rules and tagger were made."""
    return int(hashlib.sha256(row.id.encode()).hexdigest(), 16) % 2 == 1


@pytest.mark.parametrize("damage", [b"", b"not a zip file", None])
def test_damaged_tagger_is_refused_with_a_remedy(tmp_path: Path, damage: bytes | None):
    save_weights(load_weights(), tmp_path)
    (tmp_path / TAGGER_FILE).unlink()
    if damage is not None:
        (tmp_path / TAGGER_FILE).write_bytes(damage)
    with pytest.raises(ModelError, match="install Rivalwatch again"):
        load_tagger(tmp_path)


def test_exchanged_numbers_are_refused(tmp_path: Path):
    save_weights(load_weights(), tmp_path)
    card = json.loads((tmp_path / TAGGER_CARD).read_text())
    (tmp_path / TAGGER_CARD).write_text(json.dumps(card | {"digest": "0" * 64}))
    with pytest.raises(ModelError, match="do not fit their card"):
        load_tagger(tmp_path)


def test_without_a_tagger_rules_read_alone(tmp_path: Path, classifier):
    assert load_tagger(tmp_path) is None
    text = "Northbeam appoints Mara Quill as Chief Revenue Officer"
    bare = replace(classifier, tagger=None)
    from classify.classifier import TextInput

    (signal,) = bare.classify([TextInput(text=text, actor=ACTOR)])
    assert signal.facts == read_facts(text, {Category.LEADERSHIP}, ACTOR)


# What it reads


@pytest.mark.parametrize(
    "text",
    ["", "   ", "…", "\x00\x01", "a" * 5_000, "Aa " * 500, "🙂" * 300, "$5m " * 300, "Mara Quill, " * 120],
)
def test_hostile_texts_are_read(tagger: Tagger, text: str):
    (tagged,) = read(tagger, text)
    read_facts(text, set(Category), ACTOR, tagged)


def test_texts_say_the_same_alone_and_together(tagger: Tagger):
    texts = (
        "Northbeam names Ada Quill CFO",
        "Short.",
        "Northbeam buys Lumo for $5m in cash, its third deal this year",
    )
    together = read(tagger, *texts)
    for text, tagged in zip(texts, together, strict=True):
        (alone,) = read(tagger, text)
        assert alone.people == tagged.people or alone.people[0].actions == pytest.approx(
            tagged.people[0].actions, abs=0.2
        )
        assert read_facts(text, set(Category), ACTOR, alone) == read_facts(text, set(Category), ACTOR, tagged)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Aa CEOPrsident,.;:()'\"“”–@$5m\n", max_size=200))
def test_all_that_is_tagged_stands_in_the_text(text: str):
    tagger = load_tagger()
    assert tagger is not None
    (tagged,) = read(tagger, text)
    facts = read_facts(text, set(Category), ACTOR, tagged)
    flat = " ".join(text.split())
    for said in (
        *(p.name for p in facts.people),
        *(p.role for p in facts.people),
        *facts.partners,
        facts.acquired or "",
    ):
        assert said in flat


# How the two are weighed


def person(actions: dict[str, float], roles: dict[str, float] | None = None) -> Tagged:
    scores = dict.fromkeys(ACTIONS, -9.0) | actions
    return Tagged(
        text="Ada Quill, CFO",
        people=(NamedPerson(name="Ada Quill", place=0, actions=scores, roles=roles or {}),),
    )


def test_surer_word_about_a_person_stands():
    ruled = (Person(name="Ada Quill", role="CFO", action="departed"),)
    assert join_people(ruled, person({"departed": -2.0, "": -0.5}), PLAIN, PLAIN) == ruled
    assert join_people(ruled, person({"departed": -6.0, "": -0.1}), PLAIN, PLAIN) == ()
    assert [
        p.action for p in join_people(ruled, person({"appointed": -0.1, "departed": -5.0}), PLAIN, PLAIN)
    ] == ["appointed"]
    assert join_people((), person({"appointed": -0.1, "": -3.0}), PLAIN, PLAIN) == (Person(name="Ada Quill"),)
    assert join_people((), person({"appointed": -0.7, "": -0.8}), PLAIN, PLAIN) == ()


def test_person_that_the_tagger_does_not_see_stays_as_the_rules_say():
    other = Person(name="Jon Marsh", role="CTO")
    assert other in join_people((other,), person({"appointed": -0.1}), PLAIN, PLAIN)


def test_surer_role_stands():
    tagged = person({"appointed": -0.1}, {"CFO": -0.1, "board": -4.0})
    ruled = Person(name="Ada Quill", role="board", action="appointed")
    assert join_people((ruled,), tagged, PLAIN, PLAIN)[0].role == "CFO"
    assert join_people((ruled,), tagged, PLAIN, Weights(said=5.0, unsaid=0.0))[0].role == "board"


def tagged_names(text: str, task: str, odds: dict[str, float]) -> Tagged:
    """Return a text where each of these names has these odds of being a thing of a task."""
    tokens = tokens_of(text, ())
    scores = np.full((len(tokens), 1 + 2 * len(TASKS[task])), -20.0, dtype=np.float32)
    scores[:, OUTSIDE] = 0.0
    for name, each in odds.items():
        for start, end in places_of(text, tokens, name):
            assert said_at(text, tokens, (start, end)) == name
            scores[start, 1] = each
            scores[start + 1 : end, 2] = 0.0
            scores[start + 1 : end, OUTSIDE] = 0.0
    return Tagged(text=text, tokens=tokens, scores={task: scores})


def test_surer_company_is_the_one_bought():
    text = "Northbeam buys Lumo, once a part of Harbour Bank"
    assert (
        join_acquired(
            "Harbour Bank", tagged_names(text, "acquired", {"Lumo": 4.0, "Harbour Bank": -1.0}), PLAIN
        )
        == "Lumo"
    )
    assert (
        join_acquired(
            "Harbour Bank", tagged_names(text, "acquired", {"Lumo": 1.5, "Harbour Bank": 0.0}), PLAIN
        )
        == "Harbour Bank"
    )
    assert join_acquired("Lumo", tagged_names(text, "acquired", {"Lumo": -3.0}), PLAIN) is None


def test_partners_are_those_of_both_in_order_of_the_text():
    text = "Northbeam, Lumo and Harbour Bank join forces; Velo looks on"
    tagged = tagged_names(text, "partners", {"Lumo": 3.0, "Harbour Bank": -1.0, "Velo": -4.0})
    assert join_partners(["Velo", "Harbour Bank"], tagged, ("Northbeam",), PLAIN) == ("Lumo", "Harbour Bank")


def test_tagger_says_which_sum_and_rules_how_much():
    text = "Valued at $900m, Lumo takes $45m in Series B money"
    tagged = tagged_names(text, "money", {})
    scores = np.array(tagged.scores["money"])
    for (start, end), each in zip(places_of(text, tagged.tokens, "$45m"), (5.0,), strict=True):
        scores[start:end, 1] = each
    money = join_money(find_money("$900m"), replace(tagged, scores={"money": scores}), PLAIN)
    assert money is not None
    assert (money.amount, money.currency, money.round) == (Decimal(45_000_000), "USD", "Series B")


def test_who_only_speaks_of_it_moved_nowhere():
    text = "Jon Marsh will retire. Ada Quill, Group Chair, commented: “We thank Jon.”"
    named = NamedPerson(
        name="Ada Quill", place=23, actions=dict.fromkeys(ACTIONS, -9.0) | {"departed": -0.1}, roles={}
    )
    assert join_people((), Tagged(text=text, people=(named,)), PLAIN, PLAIN) == ()
    comes = text.replace("Group Chair", "who joins as chair")
    assert len(join_people((), Tagged(text=comes, people=(named,)), PLAIN, PLAIN)) == 1


def test_name_of_which_the_tagger_saw_the_end_is_whole():
    text = "Northbeam has bought Gulfport Drayage from its founders"
    tagged = tagged_names(text, "acquired", {"Drayage": 4.0})
    assert join_acquired(None, tagged, PLAIN) == "Gulfport Drayage"


def test_what_a_contract_is_worth_is_the_size_of_the_news_though_the_tagger_passes_it_over(tagger):
    def told(text):
        (tagged,) = read(tagger, text)
        scores = np.full_like(tagged.scores["money"], 0.0)
        scores[:, OUTSIDE] = 2.0 + np.log(2.0)
        return join_money(find_money(text), replace(tagged, scores={"money": scores}))

    order = told("The order, worth about €3 million, is the largest so far.")
    assert order is not None
    assert order.quote == "€3 million"
    assert told("Their bank, worth about €3 million, is the largest so far.") is None


def test_a_firm_named_after_two_is_one_partner(tagger):
    text = "Certified implementation partners: Brightwell Consulting, Osmund & Hale, NordIT"
    (tagged,) = read(tagger, text)
    facts = read_facts(text, {Category.PARTNERSHIP}, ACTOR, tagged)
    assert facts.partners == ("Brightwell Consulting", "Osmund & Hale", "NordIT")
    assert find_partners("Our partners: Osmund & Hale, NordIT") == ("Osmund & Hale", "NordIT")
