"""Words are counted as a reader would count them."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from qcode.text import tally
from qcode.text.stopwords import LANGUAGES, all_of, likely, stop_words
from qcode.text.stretches import without
from qcode.text.tally import Tally
from qcode.text.words import words_in


def test_one_word_is_one_word_however_it_is_written() -> None:
    counted = Tally()
    counted.add("Café, cafe\u0301! Don’t don't. 😀 -- 3.14 and 3.14; L’autorité, l'autorité, QU’ELLE")
    counted.add("café")
    assert counted.counts == {
        "café": 3,
        "don't": 2,
        "3.14": 2,
        "and": 1,
        "l": 2,
        "autorité": 2,
        "qu": 1,
        "elle": 1,
    }
    assert counted.texts["café"] == 2
    assert counted.texts["don't"] == 1


def test_only_what_is_meant_is_counted() -> None:
    text = "Cover page. They said so."
    counted = Tally()
    counted.add(text, without([(0, len(text))], [(0, 11)]))
    assert counted.counts == {"they": 1, "said": 1, "so": 1}


@given(st.lists(st.text("aAß’'. é\u0301\n1-我", max_size=30), max_size=4))
def test_counting_piece_by_piece_is_counting_word_by_word(texts: list[str]) -> None:
    tally._AT_ONCE, kept = 5, tally._AT_ONCE
    try:
        counted = Tally()
        for text in texts:
            counted.add(text)
    finally:
        tally._AT_ONCE = kept
    expected: Counter[str] = Counter()
    for text in texts:
        for start, end in words_in(text):
            word = unicodedata.normalize("NFC", text[start:end]).lower().replace("’", "'")
            expected.update(one for one in tally._parted(word) if any(c.isalnum() for c in one))
    assert counted.counts == expected


def test_each_language_has_its_stop_words_and_is_known_by_them() -> None:
    said = {
        "en": "The agency was not there when they came, and nobody told them why it had gone.",
        "fr": "Les familles ne savaient pas pourquoi la liste était dans le bureau de la directrice.",
        "de": "Die Behörde war nicht da, als sie kamen, und niemand hat ihnen gesagt, warum.",
        "es": "Las familias no sabían por qué la lista estaba en la oficina de la directora.",
        "ru": "Никто не сказал им, почему список был у директора и что с ним будет.",
    }
    assert set(said) == set(LANGUAGES)
    for language, text in said.items():
        counted = Tally()
        counted.add(text)
        assert likely(counted.counts) == language
        assert len(stop_words(language)) > 150
        assert all(word == tally.plain(word) for word in stop_words(language))
    assert all_of(["en", "de"]) == stop_words("en") | stop_words("de")
    assert likely({"xyzzy": 10}) == likely({}) == ""
