"""Double click and Ctrl+Right find the words a researcher would."""

from __future__ import annotations

import pytest

from qcode.text.breaks import next_word, previous_word, word_at


def words(text: str) -> list[str]:
    """Walk through a text with Ctrl+Right and note each word."""
    found, pos = [], 0
    if text and not text[0].isalnum():
        pos = next_word(text, 0)
    while pos < len(text):
        start, end = word_at(text, pos)
        found.append(text[start:end])
        pos = next_word(text, pos)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It isn't the expert’s word.", "It|isn't|the|expert’s|word"),
        ("a well-known decision-maker", "a|well|known|decision|maker"),
        ("the students' 'own' words", "the|students|own|words"),
        ("1,000 of 3.14 at 12:30", "1,000|of|3.14|at|12:30"),
        ("the U.N. and e.g. this", "the|U.N|and|e.g|this"),
        ("Müller, naïve – “quoted”…", "Müller|naïve|quoted"),
        ("co\u00adoperation and re\u0301sume\u0301", "co\u00adoperation|and|re\u0301sume\u0301"),
        ("Вчера я был у врача", "Вчера|я|был|у|врача"),
        ('צה"ל ו־שלום', 'צה"ל|ו|שלום'),
        ("می\u200cخواهم بروم", "می\u200cخواهم|بروم"),
        ("昨天去看", "昨|天|去|看"),
        ("私はカタカナ語をよむ", "私|は|カタカナ|語|をよむ"),
        ("한국어 단어", "한국어|단어"),
        ("ok 👨\u200d👩\u200d👧🇩🇪🇫🇷 ❤\ufe0f end", "ok|👨\u200d👩\u200d👧|🇩🇪|🇫🇷|❤\ufe0f|end"),
        ("first_name = x2", "first_name|x2"),
    ],
)
def test_words_of_many_scripts(text: str, expected: str) -> None:
    assert words(text) == expected.split("|")


def test_walking_goes_to_starts_over_ends_of_lines() -> None:
    text = "One two.\n\n  Three"
    assert next_word(text, 0) == 4
    assert next_word(text, 5) == 12
    assert next_word(text, 12) == len(text)
    assert previous_word(text, len(text)) == 12
    assert previous_word(text, 12) == 4
    assert previous_word(text, 6) == 4
    assert previous_word(text, 4) == 0
    assert previous_word(text, 0) == 0


def test_the_word_is_found_from_any_of_its_letters_and_from_its_end() -> None:
    text = "see authority, now"
    assert {word_at(text, pos) for pos in range(4, 14)} == {(4, 13)}
    assert word_at(text, 14) == (14, 15)
    assert word_at(text, len(text)) == (15, 18)


def test_between_words_one_visible_character_is_meant_and_at_the_end_of_a_line_none() -> None:
    text = "a — b\n\nc"
    assert word_at(text, 2) == (2, 3)
    assert word_at(text, 6) == (6, 6)
    assert word_at("", 0) == (0, 0)


def test_a_word_longer_than_any_window_is_still_one_word() -> None:
    text = "x " + "a" * 5_000 + " y"
    assert word_at(text, 2_500) == (2, 5_002)
    assert previous_word(text, 4_000) == 2
    assert next_word(text, 4_000) == 5_003


def test_words_far_apart_are_found_over_the_gap() -> None:
    text = "left" + " ." * 3_000 + " right"
    assert next_word(text, 10) == len(text) - 5
    assert previous_word(text, len(text) - 5) == 0
