"""What holds of every text: cutting it never goes astray, and reading it never changes it unsaid."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import FormatProblem
from qcode.readers import read
from qcode.readers.foreign import foreign_kind
from qcode.text import breaks
from qcode.text.canonical import canonical
from qcode.text.span import SpanKind

# Pieces that make breaks hard, among ordinary ones and anything else.
PIECES = [
    *"aZ é\n\t.,!?'’-(3\u3000。！はカ漢語กำ한",
    "\n\n",
    "Dr. ",
    "e.g. ",
    "A. ",
    '." ',
    ".12 ",
    "p. 3",
    "e\u0301",
    "\u0301",
    "\u200d",
    "\ufe0f",
    "👨\u200d👩\u200d👧",
    "🇩🇪",
    "🇫",
    "क्षि",
    "\u0600",
    "\u1100",
    "\u1161",
    "word ",
    "He said so. ",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map(lambda p: canonical("".join(p)).text)
STEPS: list[Callable[[str, int], int]] = [breaks.next_grapheme, breaks.next_word, breaks.next_sentence]
BACK_STEPS: list[Callable[[str, int], int]] = [
    breaks.previous_grapheme,
    breaks.previous_word,
    breaks.previous_sentence,
]
RANGES: list[Callable[[str, int], tuple[int, int]]] = [breaks.word_at, breaks.sentence_at]


def boundaries(text: str) -> set[int]:
    found = {0}
    for match in regex.finditer(r"\X", text):
        found.add(match.end())
    return found


@given(
    st.text(st.characters(), max_size=60)
    | st.text(st.sampled_from("a\r\n\0\ufeff\u2028\ufdd0\ud83d\ude00"), max_size=20)
)
def test_the_canonical_form_is_final_and_clean(raw: str) -> None:
    made = canonical(raw).text
    assert canonical(made) == type(canonical(""))(made, ())
    assert not regex.search("[\r\0\u2028\u2029\ufdd0\ufdd1\ud800-\udfff]", made)
    assert not made.startswith("\ufeff")
    made.encode("utf-8")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@given(text=texts)
def test_stepping_right_always_arrives(step: Callable[[str, int], int], text: str) -> None:
    allowed = boundaries(text)
    reached = [step(text, pos) for pos in range(len(text) + 1)]
    assert all(before <= after for before, after in pairwise(reached))
    assert all(pos < at <= len(text) for pos, at in enumerate(reached[:-1]))
    assert reached[-1] == len(text)
    assert set(reached) <= allowed


@pytest.mark.parametrize("step", BACK_STEPS, ids=lambda step: step.__name__)
@given(text=texts)
def test_stepping_left_always_arrives(step: Callable[[str, int], int], text: str) -> None:
    allowed = boundaries(text)
    reached = [step(text, pos) for pos in range(len(text) + 1)]
    assert all(before <= after for before, after in pairwise(reached))
    assert all(0 <= at < pos for pos, at in enumerate(reached) if pos)
    assert reached[0] == 0
    assert set(reached) <= allowed


@pytest.mark.parametrize(("right", "left"), list(zip(STEPS, BACK_STEPS, strict=True)), ids=lambda step: step.__name__)
@given(text=texts)
def test_the_way_back_is_the_way_there(
    right: Callable[[str, int], int], left: Callable[[str, int], int], text: str
) -> None:
    there = [right(text, 0)]
    while there[-1] < len(text):
        there.append(right(text, there[-1]))
    back = [left(text, len(text))]
    while back[-1] > 0:
        back.append(left(text, back[-1]))
    assert set(there) - {len(text)} == set(back) - {0}


@pytest.mark.parametrize("cut", RANGES, ids=lambda cut: cut.__name__)
@given(text=texts)
def test_a_word_and_a_sentence_hold_their_position(cut: Callable[[str, int], tuple[int, int]], text: str) -> None:
    allowed = boundaries(text)
    ranges = [cut(text, pos) for pos in range(len(text) + 1)]
    for pos, (start, end) in enumerate(ranges):
        assert 0 <= start <= end <= len(text)
        in_space = cut is breaks.sentence_at and not text[min(pos, end) : max(pos, start)].strip()
        assert start <= pos <= end or in_space
        # A position in the middle of a character is a position of its own only where nothing stands.
        assert {start, end} <= allowed or start == end == pos
    assert all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(ranges))


@given(text=texts, ends=st.tuples(st.integers(-2, 99), st.integers(-2, 99)))
def test_a_snapped_range_cuts_no_character_and_loses_nothing(text: str, ends: tuple[int, int]) -> None:
    low, high = (min(max(end, 0), len(text)) for end in sorted(ends))
    start, end = breaks.snap(text, *ends)
    assert {start, end} <= boundaries(text)
    assert start <= low and (end >= high or ends[0] == ends[1])
    assert breaks.snap(text, start, end) == (start, end)


@given(text=texts)
def test_paragraph_numbers_agree_with_counting_lines(text: str) -> None:
    paragraphs = breaks.Paragraphs(text)
    number, start = 0, 0
    for line in text.split("\n"):
        blank = not line.strip()
        number += not blank
        if not blank:
            assert paragraphs.span(number) == (start, start + len(line))
        assert all(paragraphs.number_at(pos) == number for pos in range(start, start + len(line) + 1))
        start += len(line) + 1
    assert len(paragraphs) == number


@given(raw=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_a_utf8_file_arrives_as_it_was_written(raw: str) -> None:
    data = raw.encode("utf-8")
    made = canonical(raw)
    try:
        document = read(data, "notes.txt")
    except FormatProblem as problem:
        assert str(problem).startswith("notes.txt")
        assert not made.text.strip() or foreign_kind(data)
        return
    assert document.text == made.text
    assert set(made.notes) <= set(document.notes)
    assert document.encoding == "utf-8"
    assert not document.encoding_guessed


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.md", "a", "ä.MARKDOWN"]))
def test_any_bytes_become_a_text_or_a_sentence(data: bytes, name: str) -> None:
    try:
        document = read(data, name)
    except FormatProblem as problem:
        assert str(problem).startswith(name)
        return
    assert canonical(document.text).text == document.text
    assert document.text.strip()


MARKED = [
    "# ",
    "## ",
    "- ",
    "  ",
    "> ",
    "*",
    "**",
    "_",
    "`",
    "~~",
    "[",
    "](x)",
    "![",
    "|",
    "\n",
    "\n\n",
    "```\n",
    "---\n",
]
MARKED += [
    "<b>",
    "&amp;",
    "1. ",
    "\\",
    "a",
    "bc ",
    "Ω",
    "😀",
    "    ",
    "[^1]: ",
    "\t",
    "|-|-|\n",
    "<!--",
    "-->",
    "===\n",
]


@given(source=st.lists(st.sampled_from(MARKED), max_size=60).map("".join))
def test_no_letter_of_markdown_is_lost_and_its_spans_lie_in_the_text(source: str) -> None:
    try:
        document = read(source.encode(), "x.md")
    except FormatProblem:
        return
    text = document.text
    assert canonical(text).text == text
    for span in document.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.kind in (SpanKind.HEADING, SpanKind.BOLD, SpanKind.ITALIC)
        assert "\n\n" not in text[span.start : span.end]
    said = text + " ".join(document.notes)
    for letter in "bcΩ😀":
        assert said.count(letter) >= source.count(letter)


WORDS = st.lists(st.sampled_from(["power", "Łódź", "e\u0301", "😀", "x2"]), min_size=1, max_size=4).map(" ".join)
LOOKS = {"# {}": (SpanKind.HEADING, "1"), "### {}": (SpanKind.HEADING, "3"), "**{}**": (SpanKind.BOLD, "")}
LOOKS |= {"*{}*": (SpanKind.ITALIC, ""), "{}": None}


@given(blocks=st.lists(st.tuples(st.sampled_from(sorted(LOOKS)), WORDS), min_size=1, max_size=8))
def test_spans_cover_the_words_that_were_marked(blocks: list[tuple[str, str]]) -> None:
    source = "\n\n".join(look.format(words) for look, words in blocks)
    document = read(source.encode(), "notes.md")
    assert document.text == "\n\n".join(words for _, words in blocks)
    expected = [(words, *found) for look, words in blocks if (found := LOOKS[look])]
    assert [(document.text[s.start : s.end], s.kind, s.value) for s in document.spans] == expected
