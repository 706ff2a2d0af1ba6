"""Context around a quote: whole words, one paragraph, nothing invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.around import after, before
from qcode.ui.models.surroundings import LONGEST, shortened

TEXTS = st.text(alphabet=st.sampled_from("ab é\n\t😀字 .—\u0301"), min_size=1, max_size=200)


@given(TEXTS, st.data())
def test_what_is_shown_stands_there_and_belongs_to_the_paragraph(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    flat = text.replace("\n", " ").replace("\t", " ")
    left, right = before(text, start).removeprefix("…"), after(text, end).removesuffix("…")
    assert flat[:start].endswith(left)
    assert flat[end:].startswith(right)
    assert "\n" not in text[start - len(left) : start]
    assert "\n" not in text[end : end + len(right)]


def test_long_context_is_cut_between_words() -> None:
    text = "alpha beta gamma delta " * 10 + "QUOTE " + "epsilon zeta eta theta " * 10
    start = text.index("QUOTE")
    left, right = before(text, start), after(text, start + 5)
    assert left.startswith("…")
    assert right.endswith("…")
    assert set(left.strip("… ").split()) <= {"alpha", "beta", "gamma", "delta"}
    assert set(right.strip("… ").split()) <= {"epsilon", "zeta", "eta", "theta"}
    assert left.endswith(" ")


def test_a_quote_is_shown_whole_unless_it_would_fill_the_pane() -> None:
    assert shortened("two\nlines") == "two lines"
    assert len(shortened("x" * LONGEST)) == LONGEST
    long = "begin " + "middle " * 400 + "end"
    short = shortened(long)
    assert short.startswith("begin middle")
    assert short.endswith("middle end")
    assert " […] " in short
    assert len(short) <= LONGEST + 6
