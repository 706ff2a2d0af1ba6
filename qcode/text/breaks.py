"""Every way to cut a text: visible characters, words, sentences, paragraphs. The view, the exports and the commands
all ask here, so that a sentence is the same everywhere.

All functions take a canonical text and code point offsets, look only around the position, never at the whole text,
and give grapheme boundaries within the text. A position outside the text counts as its nearer end.
"""

from __future__ import annotations

from qcode.text.graphemes import next_grapheme, previous_grapheme, snap
from qcode.text.paragraphs import Paragraphs
from qcode.text.sentences import next_sentence, previous_sentence, sentence_at
from qcode.text.words import next_word, previous_word, word_at

__all__ = [
    "Paragraphs",
    "next_grapheme",
    "next_sentence",
    "next_word",
    "previous_grapheme",
    "previous_sentence",
    "previous_word",
    "sentence_at",
    "snap",
    "word_at",
]
