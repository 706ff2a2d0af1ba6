"""Plain text: each character stays where it is."""

from __future__ import annotations

from qcode.readers.choices import AS_USUAL, TEXT_CHOICES, ReadingChoices
from qcode.readers.decode import decode
from qcode.readers.document import Document, Reader
from qcode.readers.mending import mend
from qcode.text.canonical import canonical

MEDIA_TYPE = "text/plain"


def read_plain(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read any text as it is written, marks and all; by choice, sentences that a page broke are made whole."""
    decoded = decode(data, name, choices.encoding)
    made = canonical(decoded.text)
    said = ((decoded.note,) if decoded.note else ()) + made.notes
    text = made.text
    if choices.join_broken:
        mended = mend(text, ())
        text, said = mended.text, said + mended.notes()
    return Document(text, (), "", MEDIA_TYPE, decoded.encoding, decoded.guessed, said)


def _recognises(_data: bytes, _name: str) -> bool:
    return True  # asked last: what no other format claims is text, or is refused while decoding


READER = Reader(
    "Plain text", MEDIA_TYPE, (".txt", ".text"), _recognises, read_plain, runs_inside=True, heeds=TEXT_CHOICES
)
