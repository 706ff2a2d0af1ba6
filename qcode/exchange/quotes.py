"""The one place that a quote means."""

from __future__ import annotations

from qcode.errors import InvalidInput, NotFound
from qcode.project import passages

_LONG = 80  # of a quote, in a sentence about it


def place_of(text: str, quote: str, nth: int | None, *, where: str) -> tuple[int, int]:
    """Find the stretch that a quote means: its one place in the text, or the `nth` of several, counted from 1.

    Gives start and end in code points. Raises NotFound when it is not there (so often), and InvalidInput, with their
    number, when it is there more than once and no number was given; `where` names the text in the sentence.
    """
    if not quote:
        raise InvalidInput("The quote is empty.", "Give the words as they stand in the text.")
    starts = passages.find_quote(text, quote)
    shown = quote if len(quote) <= _LONG else f"{quote[:_LONG]}…"
    times = "once" if len(starts) == 1 else f"{len(starts)} times"
    if not starts:
        raise NotFound(f"“{shown}” is not in {where}.", _hint(text, quote))
    if nth is None and len(starts) > 1:
        raise InvalidInput(
            f"“{shown}” is in {where} {times}.", f"Say by its number (--nth) which one is meant, 1 to {len(starts)}."
        )
    if nth is not None and not 1 <= nth <= len(starts):
        raise NotFound(f"“{shown}” is in {where} {times}, so there is no number {nth}.", "The first is number 1.")
    start = starts[(nth or 1) - 1]
    return start, start + len(quote)


def _hint(text: str, quote: str) -> str:
    """Tell what may be wrong with a quote that is nowhere."""
    if quote.casefold() in text.casefold():
        return "It is there with other capitals; a quote must match letter for letter."
    if " ".join(quote.split()) in " ".join(text.split()):
        return "It is there with other spaces or line breaks; a quote must match letter for letter."
    return "A quote must match letter for letter, spaces and line breaks included."
