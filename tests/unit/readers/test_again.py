"""What helps a researcher to say how a file is to be read: the encodings there are, and marks that mean something."""

from __future__ import annotations

import pytest

from qcode.readers.again import USUAL, has_markdown_marks
from qcode.readers.decode import decode


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
