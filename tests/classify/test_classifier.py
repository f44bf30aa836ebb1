"""The classifier on texts it never saw, its output shape, and the quality figures."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classify.classifier import TextInput
from classify.impact import measure_impact
from classify.measuring.evaluate import evaluate_signals
from classify.signals import Actor, SignalFacts
from store.kinds import Category, PageType

UNSEEN = [
    ("Brightwell names Tomasz Nowak chief technology officer", "leadership"),
    ("Brightwell secures $18 million in Series A funding", "finance"),
    ("Our Basic plan now costs €12 instead of €10 per month", "pricing"),
    ("Brightwell to buy analytics start-up Fennel", "acquisition"),
    ("Brightwell and Oslo Energy announce strategic partnership", "partnership"),
    ("Join our webinar on 4 March: fraud in retail", "event"),
    ("Brightwell opens new office in Warsaw", "expansion"),
    ("Brightwell unveils new brand identity and logo", "positioning"),
    ("Brightwell hit with antitrust lawsuit", "regulatory"),
    ("We are hiring: Senior Data Engineer, Madrid, full-time", "hiring"),
    ("Brightwell wins customer experience award", "media"),
    ("How to write a good incident report", "none"),
    ("We use cookies. Accept all or manage your settings.", "none"),
]


def test_plain_news_gets_its_category(classifier):
    signals = classifier.classify([TextInput(text=text) for text, _ in UNSEEN])
    right = [signal.category.value == label for signal, (_, label) in zip(signals, UNSEEN, strict=True)]
    assert sum(right) >= len(UNSEEN) - 1, [(t, s.category) for (t, _), s in zip(UNSEEN, signals, strict=True)]


def test_output_has_the_shape_of_the_contract(classifier):
    (signal,) = classifier.classify(
        [TextInput(id="x", title="Brightwell names CTO", text="Tomasz Nowak joins as CTO.")]
    )
    line = json.loads(json.dumps(signal.to_json()))
    assert {
        "id",
        "category",
        "confidence",
        "categories",
        "impact",
        "drivers",
        "headline",
        "facts",
        "review",
        "held",
        "language",
    } <= set(line)
    assert {"people", "partners", "product", "prices", "money", "event", "places", "date"} <= set(
        line["facts"]
    )
    assert line["id"] == "x"
    assert line["confidence"] == max(line["categories"].values())
    assert line["facts"]["people"][0]["name"] == "Tomasz Nowak"


def test_order_and_company_change_nothing(classifier):
    texts = [TextInput(text=text) for text, _ in UNSEEN]
    together = classifier.read(texts)
    alone = [classifier.read([text])[0] for text in reversed(texts)][::-1]
    for one, other in zip(together, alone, strict=True):
        assert one.category is other.category
        assert one.confidence == pytest.approx(other.confidence, abs=0.01)


@pytest.mark.parametrize("text", ["", " ", "—", "\x00", "a" * 50_000])
def test_odd_texts_are_read(classifier, text):
    (signal,) = classifier.classify([TextInput(text=text)])
    assert np.isclose(sum(classifier.read([TextInput(text=text)])[0].categories.values()), 1.0, atol=0.01)
    assert len(signal.headline) <= 160


def test_page_type_and_source_are_evidence(classifier):
    text = "Senior role with responsibility for our platform in Lisbon"
    plain = classifier.read([TextInput(text=text)])[0].categories
    on_careers = classifier.read([TextInput(text=text, page_type=PageType.CAREERS)])[0].categories
    hinted = classifier.read([TextInput(text=text, hint=Category.HIRING)])[0].categories
    assert on_careers[Category.HIRING] > plain[Category.HIRING]
    assert hinted[Category.HIRING] > plain[Category.HIRING]


def test_one_mended_fault_is_no_news_even_on_a_changelog(classifier):
    lines = (
        "1.14.3. fix: handle null tenant ids in webhook payloads",
        "fix: security hole in webhook payloads",
    )
    fix, hole = classifier.classify([TextInput(text=line, page_type=PageType.CHANGELOG) for line in lines])
    assert fix.category is Category.NONE
    assert hole.category is not Category.NONE


def test_who_is_now_part_of_the_rival_was_bought(classifier):
    text = "ShiftWren is now part of Northbeam! We can't wait to build the future of shift work together."
    (signal,) = classifier.classify([TextInput(text=text, actor=Actor(name="Northbeam"))])
    assert signal.category is Category.ACQUISITION
    assert signal.facts.acquired == "ShiftWren"


def test_foreign_text_is_for_the_analyst(classifier):
    (signal,) = classifier.classify(
        [TextInput(text="Wir erhöhen die Preise für alle Kunden ab Januar und der Tarif ist neu")]
    )
    assert signal.review
    assert signal.held
    assert signal.language == "de"


def test_unknown_page_type_and_date_do_not_stop_a_text():
    read = TextInput.model_validate({"text": "x", "page_type": "blog", "published": "yesterday", "more": 1})
    assert read.page_type is None
    assert read.published is None


def test_a_source_of_terms_is_evidence_of_policy_and_case_of_a_page_type_makes_no_difference():
    assert TextInput.model_validate({"text": "x", "page_type": "terms"}).page_type is PageType.POLICY
    assert TextInput.model_validate({"text": "x", "page_type": "Pricing"}).page_type is PageType.PRICING


def test_a_row_may_name_the_rival_that_headline_and_facts_are_about(classifier):
    row = TextInput.model_validate({"text": "Our new office in Oslo is open.", "rival": "Northbeam"})
    (signal,) = classifier.classify([row])
    assert signal.headline.startswith("Northbeam: ")


def test_what_cannot_be_seen_or_is_markup_is_no_part_of_a_text():
    signs = "North\x00beam\x07 raises\x1b[31m Pro\x1b[0m\u202e to $59 \ud800"
    assert TextInput(text=signs).text == "Northbeam raises Pro to $59 \ufffd"
    marked = "<h1>Northbeam appoints <b>Mara Quill</b> as CRO</h1><p>Peel &amp; Marsh<br>.</p><script>go()</script>"
    assert TextInput(text=marked).text == "Northbeam appoints Mara Quill as CRO\nPeel & Marsh\n."
    told = "Fixed: <b> in titles, a < b and c > d"
    assert TextInput(text=told).text == told


def test_evaluation_reports_all_figures(classifier, tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in UNSEEN))
    report = evaluate_signals(path, classifier)
    figures = report.to_json()
    assert figures["rows"] == len(UNSEEN)
    assert 0.9 <= figures["accuracy"] <= 1
    assert set(figures["labels"]["none"]) == {"precision", "recall", "f1", "rows"}
    assert {"macro_f1", "coverage", "covered_accuracy", "calibration_error"} <= set(figures)
    assert "macro-F1" in report.to_text()


def test_evaluation_says_which_threshold_leaves_nearly_only_right_ones(classifier, tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    wrong = [(text, "event" if label == "none" else "none") for text, label in UNSEEN]
    path.write_text("".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in wrong))
    report = evaluate_signals(path, classifier)
    assert (report.wanted_share, report.wanted_from) == (0.0, 1.0)
    path.write_text("".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in UNSEEN))
    report = evaluate_signals(path, classifier)
    kept = evaluate_signals(path, replace(classifier, review_below=report.wanted_from))
    assert kept.coverage == report.wanted_share
    assert kept.covered_accuracy is not None
    assert kept.covered_accuracy >= 0.95


def test_impact_states_what_drove_it():
    impact = measure_impact(Category.LAUNCH, SignalFacts(), "The old API will shut down in June", sources=3)
    assert impact.score == pytest.approx(0.75)
    assert impact.drivers == (
        "launch news (+0.45)",
        "reported by 3 sources (+0.10)",
        "end of a product or service (+0.20)",
    )
    assert measure_impact(Category.NONE, SignalFacts(), "breach").score == 0
