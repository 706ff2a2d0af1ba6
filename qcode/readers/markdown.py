"""Markdown: its marks become headings, emphasis and lists, its words stay; what cannot be shown is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import regex
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token

from qcode.readers.choices import AS_USUAL, TEXT_CHOICES, ReadingChoices
from qcode.readers.decode import decode
from qcode.readers.document import Document, Reader, first_heading
from qcode.readers.markdown_html import Tag, understood
from qcode.readers.mending import mend
from qcode.readers.page import Page
from qcode.text.canonical import canonical
from qcode.text.span import Span, SpanKind

MEDIA_TYPE = "text/markdown"
SUFFIXES = (".md", ".markdown")

# Deeper blocks the parser would drop without a word; such a file is read as plain text instead.
_DEEPEST = 60
_FRONT_MATTER = regex.compile(r"---[ \t]*\n(?=[\w\"'-]+[ \t]*:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_NAMED = 5


def read_markdown(data: bytes, name: str, choices: ReadingChoices = AS_USUAL) -> Document:
    """Read Markdown (CommonMark, tables, strikethrough) as the text it shows, a line a paragraph."""
    decoded = decode(data, name, choices.encoding)
    source = canonical(decoded.text)
    said = ((decoded.note,) if decoded.note else ()) + source.notes
    rendered = _render(source.text)
    if isinstance(rendered, str):
        return Document(source.text, (), "", MEDIA_TYPE, decoded.encoding, decoded.guessed, (*said, rendered))
    text, spans, notes = rendered
    title = first_heading(text, spans)
    if choices.join_broken:
        mended = mend(text, spans)
        text, spans, notes = mended.text, mended.spans, (*notes, *mended.notes())
    return Document(text, spans, title, MEDIA_TYPE, decoded.encoding, decoded.guessed, said + notes)


def _recognises(_data: bytes, name: str) -> bool:
    return PurePath(name).suffix.lower() in SUFFIXES


READER = Reader("Markdown", MEDIA_TYPE, SUFFIXES, _recognises, read_markdown, runs_inside=True, heeds=TEXT_CHOICES)


class _Parser(MarkdownIt):
    """CommonMark that leaves addresses as they were written: they are shown, never followed."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": _DEEPEST})
        self.enable(["table", "strikethrough"])
        self.block.ruler.at("reference", _reference, {"alt": []})

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def _reference(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Leave a footnote of one word ("[^1]: Ibid.") in the text; CommonMark would make it an address and hide it."""
    if state.src.startswith("[^", state.bMarks[start_line] + state.tShift[start_line]):
        return False
    return reference(state, start_line, end_line, silent)


def _render(source: str) -> tuple[str, tuple[Span, ...], tuple[str, ...]] | str:
    """Give text, spans and notes; or, where it is better read as it stands, the sentence that says why."""
    front = _FRONT_MATTER.match(source)
    body = source[front.end() :] if front else source
    env: dict[str, Any] = {}
    try:
        tokens = _Parser().parse(body, env)
    except RecursionError:
        return "Its marks are nested too deeply; it was read as plain text."
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return "Its marks are nested too deeply; it was read as plain text."
    page = Page()
    if front:
        page.begin()
        page.write(front[0].rstrip("\n"))
    shown = _Shown(page)
    shown.blocks(tokens)
    text = page.text
    if not text.strip():
        return "It holds nothing but marks; it was read as plain text."
    if text.count("\ufffd") > source.count("\ufffd"):
        shown.notes.append("Characters named by a number that is none (such as &#0;) are shown as \ufffd.")
    return text, tuple(sorted(page.spans)), (*shown.summary(), *_unused(env, shown.addresses))


def _unused(env: dict[str, Any], used: set[str]) -> tuple[str, ...]:
    """Name the link definitions that show nowhere in the text."""
    references = env.get("references", {})
    lost = [f"[{label}]: {found['href']}" for label, found in references.items() if found["href"] not in used]
    lost += [f"[{found['label']}]: {found['href']}" for found in env.get("duplicate_refs", [])]
    return (f"Definitions of links that the text does not use were left out: {_listed(lost)}.",) if lost else ()


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


@dataclass(slots=True)
class _Shown:
    """Write the parser's tokens on a page, and remember what of them a plain text cannot show."""

    page: Page
    notes: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    _pictures: list[str] = field(default_factory=list)
    _titles: list[str] = field(default_factory=list)
    _languages: list[str] = field(default_factory=list)
    _quotes: int = 0
    _html: bool = False
    _numbers: list[tuple[int, str] | None] = field(default_factory=list)  # of each open list: next number and its dot
    _links: list[tuple[int, str, str]] = field(default_factory=list)  # start, address and title of each open link
    _opened: list[int] = field(default_factory=list)  # where each open emphasis starts
    _heading: str = ""
    _tight: bool = False
    _in_row: int = -1  # cells so far; -1 outside a table

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Write a whole document."""
        for token in tokens:
            kind = token.type.removesuffix("_open").removesuffix("_close")
            if token.type == "inline":
                self._block_of_text(token)
            elif kind in ("paragraph", "heading"):
                self._tight = token.hidden
                self._heading = token.tag[1:] if kind == "heading" else ""
            elif kind in ("fence", "code_block", "html_block", "hr"):
                self._verbatim(token)
            elif kind in ("bullet_list", "ordered_list", "list_item"):
                self._list(token)
            elif kind == "blockquote":
                self._quotes += token.nesting == 1
            else:
                self._table(token)

    def summary(self) -> tuple[str, ...]:
        """Say in sentences what the text does not show as the file did."""
        notes = list(self.notes)
        if self._html:
            notes.append("HTML marks are kept as written.")
        if self._quotes:
            notes.append("Block quotes are shown as paragraphs like the others.")
        if self._pictures:
            notes.append(f"Pictures are shown by their description alone; left out: {_listed(self._pictures)}.")
        if self._titles:
            notes.append(f"Titles of links were left out: {_listed(self._titles)}.")
        if self._languages:
            notes.append(f"What is said beside the fence of a code block was left out: {_listed(self._languages)}.")
        return tuple(notes)

    def _block_of_text(self, token: Token) -> None:
        if self._in_row < 0 and token.content:
            self.page.begin(tight=self._tight)
        start = self.page.length
        self._inline(token.children or ())
        if self._heading:
            self.page.mark(start, SpanKind.HEADING, self._heading)

    def _verbatim(self, token: Token) -> None:
        self.page.begin()
        self.page.write(token.markup[:1] * 3 if token.type == "hr" else token.content.removesuffix("\n"))
        self._html |= token.type == "html_block"
        if token.info.strip():
            self._languages.append(token.info.strip())

    def _list(self, token: Token) -> None:
        if token.type == "list_item_open":
            number = self._numbers[-1]
            self.page.open_item(f"{number[0]}{number[1]} " if number else "- ")
            self._numbers[-1] = (number[0] + 1, number[1]) if number else None
        elif token.type == "list_item_close":
            self.page.close_item()
        elif token.nesting == 1:
            self.page.open_list()
            ordered = token.type == "ordered_list_open"
            self._numbers.append((int(token.attrs.get("start", 1)), token.markup) if ordered else None)
        else:
            self._numbers.pop()

    def _table(self, token: Token) -> None:
        self._heading = ""
        if token.type == "table_open":
            self._tight = False
        elif token.type == "tr_open":
            self.page.begin(tight=self._tight)
            self._in_row, self._tight = 0, True
        elif token.type in ("td_open", "th_open"):
            self.page.write("\t" if self._in_row else "")
            self._in_row += 1
        elif token.type == "tr_close":
            self._in_row = -1

    def _inline(self, tokens: Sequence[Token]) -> None:
        tags = understood(tokens)
        for at, token in enumerate(tokens):
            match token.type:
                case "html_inline" if at in tags:
                    self._tag(tags[at])
                case "softbreak":
                    self.page.write(" ")
                case "hardbreak":
                    self.page.write("\n")
                case "strong_open" | "em_open":
                    self._opened.append(self.page.length)
                case "strong_close":
                    self.page.mark(self._opened.pop(), SpanKind.BOLD)
                case "em_close":
                    self.page.mark(self._opened.pop(), SpanKind.ITALIC)
                case "s_open" | "s_close":
                    self.page.write(token.markup)  # struck out words must not read as if they stood
                case "link_open":
                    self._links.append((self.page.length, str(token.attrs["href"]), str(token.attrs.get("title", ""))))
                case "link_close":
                    self._address()
                case "image":
                    self._picture(token)
                case _:
                    self._html |= token.type == "html_inline"
                    self.page.write(token.content)

    def _tag(self, tag: Tag) -> None:
        self.page.write(tag.words)
        if tag.opens:
            self._opened.append(self.page.length)
        elif tag.look:
            self.page.mark(self._opened.pop(), SpanKind.BOLD if tag.look == "strong" else SpanKind.ITALIC)

    def _address(self) -> None:
        start, address, title = self._links.pop()
        words = self.page.since(start)
        if address and address not in (words, f"mailto:{words}"):
            self.page.write(f" <{address}>" if words else f"<{address}>")
        self.addresses.add(address)
        if title:
            self._titles.append(title)

    def _picture(self, token: Token) -> None:
        address = str(token.attrs.get("src", ""))
        self.addresses.add(address)
        start = self.page.length
        self._inline(token.children or ())
        if start == self.page.length:
            self.page.write(f"<{address}>")
        else:
            self._pictures.append(address)
        if token.attrs.get("title"):
            self._titles.append(str(token.attrs["title"]))
