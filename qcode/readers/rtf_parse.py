"""Take rich text (RTF) apart: groups, control words and bytes of many code pages become words and breaks."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from qcode.errors import FormatProblem
from qcode.readers.numerals import roman
from qcode.readers.rtf_story import Event, Parsed, Story
from qcode.readers.rtf_tables import (
    BREAKS,
    BULLETS,
    CHARSETS,
    DEEPEST,
    ESCAPED,
    FAMILIES,
    HEADING,
    NO_TEXT,
    NOTE_KIND,
    NOTED,
    PASSED_OVER,
    SIGNS,
    TEXT_AGAIN,
    TOKEN,
)


@dataclass(slots=True)
class _State:
    """What holds up to the end of a group."""

    story: Story
    shown: str = "text"  # or: over (passed over), none, fonts, styles, info, title
    uc: int = 1
    font: str = ""
    bold: bool = False
    italic: bool = False
    hidden: str = ""  # why the words are not shown
    heading: str = ""
    in_table: bool = False
    is_marker: bool = False  # of an item of a list
    starred: bool = False
    number: str = ""  # of the style or font that is being defined
    name: str = ""


def parse(data: bytes, name: str, codec: str | None = None) -> Parsed:
    """Read the whole file; `codec` overrules the code pages that it names."""
    return _Parser(data.decode("latin-1"), name, codec).parse()


class _Parser:
    def __init__(self, source: str, name: str, codec: str | None) -> None:
        self._source, self._name, self._forced = source, name, codec
        self._found = Parsed()
        if codec:
            self._found.codec = codec
        self._state = _State(self._found.body)
        self._stack: list[_State] = []
        self._pending: list[str | bytes] = []
        self._skip = 0  # characters still to come that only stand in for a sign given by its number
        self._half = ""  # the first half of a sign that the next words complete
        self._fonts: dict[str, str] = {}
        self._default_font = ""
        self._headings: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._position = 0

    def parse(self) -> Parsed:
        while match := TOKEN.match(self._source, self._position):
            self._position = match.end()
            word, argument, byte, sign, brace, text = match.groups()
            if text is not None:
                self._text(text)
            elif word is not None:
                self._skip = 0
                self._word(word, argument)
            elif byte is not None:
                self._byte(byte)
            elif sign is not None:
                self._sign(sign)
            elif brace and not self._brace(brace):
                break
        self._flush()
        return self._found

    # Groups

    def _brace(self, brace: str) -> bool:
        """Open or close a group; false at the end of the outermost, after which nothing belongs to the text."""
        self._flush()
        self._skip = 0
        if brace == "{":
            if len(self._stack) >= DEEPEST:
                raise FormatProblem(
                    f"{self._name} has groups nested too deeply to be a document.", "Save it anew as RTF or DOCX."
                )
            self._stack.append(self._state)
            self._state = replace(self._state, starred=False)
            return True
        closing = self._state
        if not self._stack:
            return True
        self._state = self._stack.pop()
        self._define(closing)
        self._found.is_whole = not self._stack
        return bool(self._stack)

    def _define(self, closed: _State) -> None:
        """Learn from a group of the table of styles or of the file's information what it defines."""
        if closed.shown == "styles" and closed.number and closed.number not in self._headings:
            named = HEADING.match(closed.name.strip())
            self._headings[closed.number] = closed.heading or (_level(int(named[1]) - 1) if named else "")
        elif closed.shown == "title" and self._state.shown != "title":
            self._found.title = closed.name.strip()

    def _destination(self, word: str) -> bool:
        """Begin a group with words of a kind of its own, if it is one."""
        state = self._state
        if word in TEXT_AGAIN and state.shown in ("text", "over"):
            state.shown = "text"
            self._begin_story(word)
        elif word in NO_TEXT:
            if state.shown in ("text", "over") and _margin(word) in NOTED:
                self._found.left_out[NOTED[_margin(word)]] += 1
            tables = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info"}
            state.shown = tables.get(word, "none") if state.shown in ("text", "over") else "none"
        elif word == "title" and state.shown == "info":
            state.shown, state.name = "title", ""
        elif state.shown == "text" and (state.starred or word in PASSED_OVER):
            state.shown = "over"
        elif word in ("listtext", "pntext"):
            state.is_marker = True
        else:
            return False
        state.starred = False
        return True

    def _begin_story(self, word: str) -> None:
        state = self._state
        if word == "footnote":
            kind = "end" if NOTE_KIND.match(self._source, self._position) else "foot"
            self._counts[kind] += 1
            number = self._counts[kind]
            mark = f"[{roman(number) if kind == 'end' else number}]"
            self._emit(mark)
            state.story = Story()
            self._found.notes.append((mark, state.story))
        elif word in ("shptxt", "dptxbxtext"):
            box = Story()
            state.story.boxes.append(box)
            state.story = box
        else:
            return
        state.heading, state.in_table, state.bold, state.italic, state.hidden = "", False, False, False, ""

    # Words

    def _text(self, text: str) -> None:
        if self._skip:
            text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        if text and self._state.shown not in ("none", "over", "info"):
            self._pending.append(text.encode("latin-1"))

    def _byte(self, byte: str) -> None:
        if self._skip:
            self._skip -= 1
        elif self._state.shown not in ("none", "over", "info"):
            self._pending.append(bytes.fromhex(byte))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._state.starred = True
        elif self._skip:
            self._skip -= 1
        elif sign in "\r\n":
            self._word("par", None)
        elif sign == "\t":
            self._word("tab", None)
        elif sign in "{}\\":
            self._pending.append(sign.encode("ascii"))  # it may be the second byte of a letter
        elif sign in ESCAPED:
            self._pending.append(ESCAPED[sign])

    def _flush(self) -> None:
        """Give the words that have come: bytes by the code page of their font, numbered signs joined to pairs."""
        if not self._pending:
            return
        pieces, self._pending = self._pending, []
        text, raw = "", bytearray()
        for piece in [*pieces, ""]:
            if isinstance(piece, bytes):
                raw += piece
                continue
            text += self._decode(bytes(raw)) + piece
            raw.clear()
        if self._state.shown == "text":
            self._emit(text)
        elif self._state.shown in ("styles", "title"):
            self._state.name += _whole(text).rstrip(";" if self._state.shown == "styles" else "")

    def _decode(self, raw: bytes) -> str:
        if not raw:
            return ""
        wanted = self._forced or self._fonts.get(self._state.font) or self._found.codec
        for codec in dict.fromkeys((wanted, self._found.codec)):
            try:
                return raw.decode(codec)
            except (UnicodeError, LookupError):
                continue
        # Bytes that the code page leaves open: the rest of the words must not suffer for them.
        text = raw.decode(wanted if _is_known(wanted) else "cp1252", "replace")
        self._found.left_out["unknown"] += text.count("\ufffd")
        return text

    def _emit(self, text: str) -> None:
        state = self._state
        if state.hidden:
            self._found.left_out[state.hidden] += 1
            return
        text, self._half = self._half + text, ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        text = "".join(BULLETS.get(char, char) for char in _whole(text))
        if state.is_marker:
            text = text.strip(" ")  # LibreOffice sets a space before the number of an item
        if text:
            event = Event("words", text, state.bold, state.italic, state.heading, state.in_table)
            state.story.events.append(event)

    # Control words

    def _word(self, word: str, argument: str | None) -> None:
        state = self._state
        if word == "bin":
            self._position += max(0, int(argument or 0))
        elif word == "u":
            self._numbered(int(argument or 0))
        elif word in SIGNS:
            self._pending.append(SIGNS[word])
        elif self._destination(word):
            pass
        elif word in BREAKS:
            self._break(BREAKS[word])
        elif word in FAMILIES:
            self._family(FAMILIES[word])
        else:
            change = _CHANGES.get(word)
            if change:
                self._flush()
                change(self, state, argument)

    def _numbered(self, number: int) -> None:
        if self._state.shown in ("text", "styles", "title"):
            self._pending.append(chr(number % 0x10000))
        self._skip = self._state.uc

    def _break(self, kind: str) -> None:
        self._flush()
        state = self._state
        if state.shown != "text" or state.hidden:
            return
        if state.is_marker:
            kind = "gap"
        if kind in ("par", "row") and state.story.boxes:
            boxes, state.story.boxes = state.story.boxes, []
            for box in boxes:
                state.story.events += [Event("par"), *box.events]
        state.story.events.append(Event(kind, in_table=state.in_table))

    def _page(self, _state: _State, argument: str | None) -> None:
        codec = _code_page(argument)
        if not self._forced and _is_known(codec):
            self._found.codec = codec

    def _font(self, state: _State, argument: str | None) -> None:
        if state.shown == "fonts":
            state.number = argument or ""
        else:
            state.font = argument or ""

    def _charset(self, state: _State, argument: str | None) -> None:
        codec = CHARSETS.get(int(argument or 0))
        if state.shown == "fonts" and codec and _is_known(codec):
            self._fonts[state.number] = codec

    def _font_page(self, state: _State, argument: str | None) -> None:
        codec = _code_page(argument)
        if state.shown == "fonts" and _is_known(codec):
            self._fonts[state.number] = codec

    def _style(self, state: _State, argument: str | None) -> None:
        if state.shown == "styles":
            state.number = argument or ""
        else:
            state.heading = self._headings.get(argument or "", "")

    def _default(self, _state: _State, argument: str | None) -> None:
        self._default_font = self._state.font = argument or ""

    def _plain(self, state: _State, _argument: str | None) -> None:
        state.bold = state.italic = False
        state.hidden = ""
        state.font = self._default_font

    def _family(self, codec: str) -> None:
        if not self._forced:
            self._found.codec = codec


def _is_on(argument: str | None) -> bool:
    return argument != "0"


def _set_bold(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.bold = _is_on(argument)


def _set_italic(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.italic = _is_on(argument)


def _set_hidden(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.hidden = "hidden" if _is_on(argument) else ""


def _set_deleted(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.hidden = "deleted" if _is_on(argument) else ""


def _set_outline(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.heading = _level(int(argument or 0))


def _set_table(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.in_table = _is_on(argument)


def _set_uc(_parser: _Parser, state: _State, argument: str | None) -> None:
    state.uc = min(max(0, int(argument or 1)), 8)


def _reset(_parser: _Parser, state: _State, _argument: str | None) -> None:
    state.heading, state.in_table = "", False


_CHANGES: Mapping[str, Callable[[_Parser, _State, str | None], None]] = {
    "b": _set_bold, "i": _set_italic, "v": _set_hidden, "deleted": _set_deleted, "outlinelevel": _set_outline,
    "intbl": _set_table, "uc": _set_uc, "pard": _reset, "plain": _Parser._plain, "f": _Parser._font,
    "fcharset": _Parser._charset, "cpg": _Parser._font_page, "s": _Parser._style, "deff": _Parser._default,
    "ansicpg": _Parser._page,
}  # fmt: skip


def _level(outline: int) -> str:
    """Give the level of a heading from RTF's, which counts from 0 and has 9 for the text."""
    return str(min(outline + 1, 6)) if 0 <= outline < 9 else ""


def _margin(word: str) -> str:
    """Name heads and feet without the pages that they are for."""
    return word[:6] if word[:6] in ("header", "footer") else word


def _code_page(number: str | None) -> str:
    return "utf-8" if number == "65001" else f"cp{int(number or 0)}"


def _is_known(codec: str) -> bool:
    try:
        codecs.lookup(codec)
    except (LookupError, ValueError):
        return False
    return True


def _whole(text: str) -> str:
    """Join the halves of signs beyond the first 65,536, as emoji are written; a half without its other is none."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
