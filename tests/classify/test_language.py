"""Which language a text is in, and what becomes of texts in a language that the model does not read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.classifier import TextInput
from classify.model.language import UNKNOWN, WORDS, detect_language
from classify.rows import FROZEN, read_rows, training_rows

FOREIGN = {
    "de": "Wir eröffnen ein neues Büro in Graz und suchen Kollegen für den Vertrieb",
    "fr": "Nous ouvrons un nouveau bureau à Lyon pour nos clients dans la région",
    "es": "La empresa abre una nueva oficina en Sevilla para sus clientes",
    "fi": "Yhtiö julkistaa uuden tuotteen ja avaa toimiston Ouluun, mutta hinnat ovat samat kuin ennen",
    "sv": "Vi öppnar ett nytt kontor i Malmö och söker säljare",
    "tr": "Şirket yeni ürününü tanıttı ve fiyatları için bir kampanya başlattı",
    "cs": "Firma otevírá novou pobočku a hledá kolegy do týmu, který je v Praze",
}


def test_the_project_s_own_texts_are_english():
    rows = [*training_rows(), *read_rows(FROZEN / "held.jsonl")]
    assert [row.text for row in rows if detect_language(row.text) != "en"] == []


@pytest.mark.parametrize("code", FOREIGN)
def test_sentences_of_other_languages_are_told(code: str):
    assert detect_language(FOREIGN[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "Мы открываем новый офис в Варшаве",
        "新しいオフィスを開設しました",
        "Công ty mở văn phòng mới tại Hà Nội và tuyển dụng nhân viên kinh doanh",
        "Įmonė atidaro naują biurą Vilniuje ir ieško darbuotojų, kurie norėtų prisijungti prie komandos",
    ],
)
def test_a_language_without_word_list_is_unknown_rather_than_english(text: str):
    assert detect_language(text) == UNKNOWN


@given(st.text(max_size=300))
def test_every_text_gets_a_known_code(text: str):
    assert detect_language(text) in {*WORDS, UNKNOWN}


def test_a_language_that_the_model_reads_needs_no_analyst(classifier):
    text = TextInput(text="Northbeam stellt Mara Quill als neue Finanzchefin ein und hat die Preise gesenkt")
    (unread,) = classifier.classify([text])
    (read,) = replace(
        classifier, review_below=0.0, mail_from=0.0, languages=frozenset(["en", "de"])
    ).classify([text])
    assert unread.review
    assert unread.held
    assert unread.confidence <= 0.35
    assert not read.review
    assert read.language == unread.language == "de"
