"""Ctrl+E grows a selection to the sentence a researcher would quote."""

from __future__ import annotations

import pytest

from qcode.text.breaks import next_sentence, previous_sentence, sentence_at


def sentences(text: str) -> list[str]:
    """Walk through a text sentence by sentence."""
    found, pos = [], 0
    while pos < len(text):
        start, end = sentence_at(text, pos)
        found.append(text[start:end])
        pos = next_sentence(text, pos)
    return found


WHOLE = [
    "Dr. Smith and Prof. J. R. Jones met Mrs. Lee.",
    "See e.g. Weber, cf. Arendt, i.e. the classics.",
    "It stands on p. 12 of vol. 3, see No. 4 and Fig. 2.",
    "The U.N. Security Council met at 3.14 p.m. in New York.",
    "Betts, A. 2008 and Lukes et al. (2005) say so.",
    "“Why?” she asked, and he said “no!” to it.",
    "It costs 3.50 at example.org, version 2.1 or later.",
    "We waited... and nothing came.",
    "2. Methods and data",
    "Am 3. Oktober im 19. Jahrhundert war es so, z.B. hier.",
    "А. С. Пушкин родился в 1799 г. в Москве, см. рис. 3.",
    "「行く。」と言った。",
    "ok that was it. then we left",
]


@pytest.mark.parametrize("text", WHOLE)
def test_full_stops_that_end_nothing(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "expected",
    [
        "He said no.|Then he left.",
        "What?|no idea!|None.",
        "It was in 2012.|Fifteen people came.",
        "She chose plan B.|The others did not.",
        "They live in the U.S.|The rest do not.",
        "He asked: “Who?”|“Me.”|Then silence.",
        "(It was so.)|And [this too.]|Again.",
        "A claim.[12]|Another.¹|A third.12|A fourth.<sup>4</sup>|The end.",
        "This is *so.*|And **this.**|Here.",
        "Wait…|What?!|Yes.",
        "Das ist gut.|„Wirklich.“|Ja.",
        "¿Qué hace?|¡Nada!|Está bien.",
        "Это так.|Да!|Нет.",
        "هل هذا صحيح؟|نعم.",
        "यह सही है।|हाँ।",
    ],
)
def test_sentences_one_after_the_other(expected: str) -> None:
    assert sentences(expected.replace("|", " ")) == expected.split("|")


@pytest.mark.parametrize("expected", ["昨天我去看医生。|他说都好！|真的吗？", "そうです。|「はい。」|おわり。"])
def test_sentences_without_spaces_between(expected: str) -> None:
    assert sentences(expected.replace("|", "")) == expected.split("|")


def test_a_sentence_ends_with_its_line_and_leaves_white_space_out() -> None:
    text = "  A heading  \n\nA first one.  A second\n"
    assert text[slice(*sentence_at(text, 5))] == "A heading"
    assert text[slice(*sentence_at(text, 0))] == "A heading"
    assert sentence_at(text, 14) == (14, 14)
    assert text[slice(*sentence_at(text, 28))] == "A first one."
    assert text[slice(*sentence_at(text, 30))] == "A second"


def test_walking_goes_over_lines_and_back_the_same_way() -> None:
    text = "One. Two.\n\n  Three.\nFour"
    starts = [0, 5, 13, 20]
    assert [next_sentence(text, start) for start in starts] == [*starts[1:], len(text)]
    assert [previous_sentence(text, start) for start in starts] == [0, *starts[:-1]]
    assert previous_sentence(text, len(text)) == 20
    assert next_sentence(text, 3) == 5
    assert next_sentence(text, 11) == 13


def test_a_long_paragraph_is_walked_from_its_middle_as_from_its_beginning() -> None:
    text = " ".join(f"Sentence {number} is here, said Dr. Lee." for number in range(2_000))
    start, end = sentence_at(text, 30_000)
    assert text[start:end].startswith("Sentence ") and text[start:end].endswith("Lee.")
    assert next_sentence(text, start) == end + 1
    assert previous_sentence(text, end + 1) == start


def test_a_paragraph_without_stops_is_cut_to_a_window() -> None:
    text = "word " * 20_000
    start, end = sentence_at(text, 50_000)
    assert (start, end) == (40_000, 59_999)
    assert next_sentence(text, 50_000) == len(text)
    assert previous_sentence(text, 50_000) == 0


def test_an_empty_text_has_no_sentence() -> None:
    assert sentence_at("", 0) == (0, 0)
    assert next_sentence("", 0) == previous_sentence("", 0) == 0
