"""Languages are known by their tags, and found by what people call them."""

from __future__ import annotations

import pytest

from qcode.text.languages import NAMES, is_tag, name_of, tag_of


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("German", "de"),
        ("deutsch", "de"),
        ("pt-BR", "pt-BR"),
        (" fr ", "fr"),
        ("English", "en"),
        ("what?", ""),
        ("", ""),
    ],
)
def test_a_language_is_found_by_name_or_tag(words, tag):
    assert tag_of(words) == tag


def test_every_language_is_found_by_all_that_it_is_shown_as():
    for tag, name in NAMES.items():
        assert is_tag(tag)
        assert name_of(tag) == name
        assert {tag_of(words) for words in (name, *name.split(" · "))} == {tag}
    assert name_of("pt-BR") == "Portuguese · português (BR)"
    assert name_of("xx") == "xx"
