"""Rich text (RTF): words in the code pages of their fonts, with headings, emphasis, tables and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qcode.readers.choices import AS_USUAL, SPEAKERS, ReadingChoices
from qcode.readers.decode import decode
from qcode.readers.document import Document, Reader
from qcode.readers.flow import Flow
from qcode.readers.rtf_parse import parse
from qcode.readers.rtf_story import Event, Parsed, Story
from qcode.text.canonical import canonical
from qcode.text.span import SpanKind

MEDIA_TYPE = "application/rtf"
_BEGIN = b"{\\rtf"


def read_rtf(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read rich text, its notes at the end; `choices.encoding` overrules the code pages that the file names.

    Raises FormatProblem when no document can be made of it.
    """
    parsed = parse(data, name, decode(b"", name, choices.encoding).encoding if choices.encoding else None)
    flow = Flow(tight_items=False)
    _tell(flow, parsed.body)
    if parsed.notes:
        flow.rule()
    for mark, note in parsed.notes:
        flow.open_item(f"{mark} ")
        _tell(flow, note)
        flow.close_item()
    flow.end()
    spans = flow.spans()
    text = flow.page.text
    title = " ".join(canonical(parsed.title).text.split())
    if not title:
        title = next((" ".join(text[s.start : s.end].split()) for s in spans if s.kind is SpanKind.HEADING), "")
    return Document(text, spans, title, MEDIA_TYPE, parsed.codec, False, _notes(parsed))


def _recognises(data: bytes, _name: str) -> bool:
    return data[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGIN)


READER = Reader(
    "Rich text (RTF)",
    MEDIA_TYPE,
    (".rtf",),
    _recognises,
    read_rtf,
    is_text=False,
    heeds=frozenset(("encoding", *SPEAKERS)),
)


def _tell(flow: Flow, story: Story) -> None:
    """Write a story; the paragraphs of a cell stay in it."""
    after_row = False
    fresh = True
    for event in _with_boxes(story):
        if flow.in_row and event.kind in ("words", "par") and not event.in_table:
            flow.close_row()
            fresh = True
        match event.kind:
            case "words":
                if event.in_table and not flow.in_row:
                    flow.open_row(tight=after_row)
                    after_row = True
                elif fresh and not event.in_table:
                    flow.block(heading=event.heading)
                    after_row = False
                fresh = False
                flow.words(event.text, bold=event.bold, italic=event.italic)
            case "par":
                fresh = True
                flow.block()
            case "cell" if flow.in_row:
                flow.next_cell()
            case "row" if flow.in_row:
                flow.close_row()
                fresh = True
            case "tab" | "line" | "gap":
                flow.gap({"tab": "\t", "line": "\n", "gap": " "}[event.kind])
    if flow.in_row:
        flow.close_row()
    flow.end()


def _with_boxes(story: Story) -> list[Event]:
    """Add what hangs on a last paragraph that nothing ends."""
    left = [event for box in story.boxes for event in (Event("par"), *box.events)]
    return [*story.events, *left]


def _notes(parsed: Parsed) -> tuple[str, ...]:
    """Say in sentences what of the file is not in the text as it stood."""
    found: Counter[str] = parsed.left_out
    sentences: Sequence[tuple[int, str]] = (
        (found["deleted"], "Tracked changes are read as accepted: insertions stand, deletions are left out."),
        (found["comments"], f"Comments are not imported yet: {found['comments']:,} left out."),
        (found["heads"], "Headers and footers of the pages were left out."),
        (found["pictures"], f"Pictures were left out: {found['pictures']:,}."),
        (found["hidden"], "Hidden words were left out."),
        (found["unknown"], f"Bytes that the file's code pages do not know are shown as \ufffd: {found['unknown']:,}."),
        (not parsed.is_whole, "The file breaks off before its end; it may not be whole."),
    )
    return tuple(sentence for many, sentence in sentences if many)
