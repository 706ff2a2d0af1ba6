"""Comments in the margin of a document, and the words that they stand at."""

from __future__ import annotations

from qcode.text.canonical import clean
from qcode.text.span import Span, SpanKind


class Comments:
    """Follow comments through a text while it is written; `spans` then tells where they stand.

    A comment covers the words between its beginning and its end; one that only points to a place covers the word
    before it, or at the beginning of a paragraph the word after it. Lengths are those of the text written so far.
    """

    def __init__(self) -> None:
        self._said: dict[str, str] = {}
        self._waiting: set[str] = set()  # begun, and no words came yet
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    @property
    def count(self) -> int:
        """How many comments say something."""
        return len(self._said)

    def say(self, key: str, author: str, words: str) -> None:
        """Tell what a comment says: "Author: words"; one without words is none."""
        said, who = clean(words.strip())[0], " ".join(clean(author)[0].split())
        if said:
            self._said[key] = f"{who}: {said}" if who else said

    def begin(self, key: str) -> None:
        """Let a comment begin with the words that come next."""
        if key not in self._starts:
            self._waiting.add(key)

    def end(self, key: str, length: int) -> None:
        """Let a comment end here."""
        self._ends.setdefault(key, length)

    def point(self, key: str, length: int, *, in_block: bool) -> None:
        """Let a comment stand at this place, unless it has a beginning and an end."""
        if key in self._ends:
            return
        if in_block:
            self._ends[key] = length
        else:
            self.begin(key)

    def wrote(self, start: int) -> None:
        """Hear that words were written from here on: what waits for its first words begins with them."""
        for key in self._waiting:
            self._starts[key] = start
        self._waiting.clear()

    def spans(self, text: str) -> list[Span]:
        """Give all comments over their words, in the order in which they were said; none where there are no words."""
        found = (self._span(key, said, text) for key, said in self._said.items())
        return [span for span in found if span.start < span.end]

    def _span(self, key: str, said: str, text: str) -> Span:
        start, end = self._starts.get(key), self._ends.get(key)
        if start is not None and end is not None and text[start:end].strip():
            words = text[start:end]
            start += len(words) - len(words.lstrip())
            return Span(start, start + len(words.strip()), SpanKind.COMMENT, said)
        if end is not None and text[:end].strip():
            end = len(text[:end].rstrip())
            start = max(text.rfind(sign, 0, end) for sign in " \t\n") + 1
            return Span(start, end, SpanKind.COMMENT, said)
        rest = text[start or 0 :]
        first = (start or 0) + len(rest) - len(rest.lstrip())
        word = rest.split(maxsplit=1)[0] if rest.strip() else ""
        return Span(first, first + len(word), SpanKind.COMMENT, said)


def kept(count: int, *, left_out: bool) -> tuple[str, ...]:
    """Say in a sentence for the report what became of the comments."""
    if not count:
        return ()
    one = count == 1
    if left_out:
        return (f"{'1 comment was' if one else f'{count:,} comments were'} left out.",)
    if one:
        return ("1 comment is kept beside the words it stands at.",)
    return (f"{count:,} comments are kept beside the words they stand at.",)
