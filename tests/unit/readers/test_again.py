"""What helps a researcher to say how a file is to be read: lines to judge by, and marks that mean something."""

from __future__ import annotations

import pytest

from qcode.errors import FormatProblem
from qcode.readers.again import USUAL, has_markdown_marks, telling_lines
from qcode.readers.decode import decode


def test_an_encoding_is_judged_by_the_lines_that_it_changes() -> None:
    data = "Plain words.\nZażółć gęślą\nMore plain words.\njaźń".encode("cp1250")
    assert telling_lines(data, "a.txt", "cp1250") == "Zażółć gęślą\njaźń"
    assert telling_lines(data, "a.txt", "cp1252").startswith("Za¿ó³æ")
    assert telling_lines(data, "a.txt", "cp1250", most=1) == "Zażółć gęślą"


def test_a_text_without_such_letters_shows_its_first_lines() -> None:
    assert telling_lines(b"One.\n\nTwo.\n", "a.txt", "cp1252") == "One.\nTwo."


def test_bytes_that_do_not_fit_are_said() -> None:
    with pytest.raises(FormatProblem, match="UTF-8"):
        telling_lines("Zażółć".encode("cp1250"), "a.txt", "utf-8")


def test_every_usual_encoding_is_known_and_named_once() -> None:
    assert len({codec for codec, _ in USUAL}) == len({name for _, name in USUAL}) == len(USUAL)
    for codec, _ in USUAL:
        assert decode("Words.".encode(codec), "a.txt", codec).text.endswith("Words.")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("# Visit\n\nThe guard **let us in**.\n", True),
        ("# Visit\n\nA line.\n\n## Later\n", True),
        ("# Visit\n\nAll *of them* left.\n", True),
        ("# only one line with a sign\n\nWords, 3 * 4 * 5.\n", False),
        ("#tag and #other\n#more\n", False),
        ("The guard **let us in**.\n", False),
        ("*Ibid.*, 3; *A book*, 4.\n\n*Ibid.*, **5**; *Another*.\n", True),
        ("", False),
    ],
)
def test_markdown_is_known_by_headings_and_emphasis(text: str, marked: bool) -> None:
    assert has_markdown_marks(text) is marked
