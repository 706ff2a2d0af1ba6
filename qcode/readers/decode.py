"""From bytes to text: by its mark, as UTF-8, else by a guess that is said. No byte that does not fit is replaced."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from qcode.errors import FormatProblem
from qcode.readers.guess import guess

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text has; tab, line ends, form feed, escape and the old end-of-file mark some do.
_CONTROLS = bytes(sorted({*range(0x20)} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}))
_SAMPLE = 4_096
_CHOOSE = "Name its encoding, or open it in the program it comes from and save it as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text not yet canonical, Python's name of its encoding, and a note where that was only guessed."""

    text: str
    encoding: str
    guessed: bool = False
    note: str = ""


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Turn the bytes of a text file into text, exactly; FormatProblem when they are none or do not fit the encoding."""
    if encoding:
        return _as_told(data, name, encoding)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], marked, name, offset=len(mark)), marked)
    found = _wide_without_mark(data) or _seven_bit_japanese(data) or _utf8(data, name)
    return found or _guessed(data, name)


def _as_told(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)
    except (LookupError, ValueError, TypeError):
        raise FormatProblem(
            f"{name}: “{encoding}” is not an encoding known here.", "Use a name such as utf-8, cp1252 or shift_jis."
        ) from None
    return Decoded(_strict(data, codec, name), codec)


def _strict(data: bytes, codec: str, name: str, *, offset: int = 0) -> str:
    try:
        return data.decode(codec, _errors(codec))
    except UnicodeDecodeError as error:
        where = f"byte {offset + error.start + 1:,}"
        line = data.count(b"\n", 0, error.start) + 1 if codec[:5] not in ("utf-1", "utf-3") else None
        if line:
            where = f"line {line:,} ({where})"
        problem = FormatProblem(f"{name} is not {codec.upper()} throughout: {where} does not fit.", _CHOOSE, line=line)
        raise problem from None
    except (UnicodeError, ValueError, AssertionError):
        raise FormatProblem(f"{name} cannot be read as {codec.upper()}.", _CHOOSE) from None


def _errors(codec: str) -> str:
    """Let halves of characters through that some programs write into UTF-8; they are mended or counted later."""
    return "surrogatepass" if codec == "utf-8" else "strict"


def _utf8(data: bytes, name: str) -> Decoded | None:
    try:
        text = data.decode("utf-8", _errors("utf-8"))
    except UnicodeDecodeError:
        return None
    nuls = data.count(0)
    # A few NULs are an accident that the notes tell of; many, or with other controls, are a file of another kind.
    if nuls and (nuls * 4 >= len(data) or len(data.translate(None, _CONTROLS)) < len(data) - nuls):
        raise _binary(name)
    return Decoded(text, "utf-8")


def _guessed(data: bytes, name: str) -> Decoded:
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 500:
        raise _binary(name)
    encoding = guess(data)
    if encoding is None:
        raise FormatProblem(f"{name}: it cannot be told in which encoding this text is written.", _CHOOSE)
    note = f"The encoding was guessed: {encoding.name} ({encoding.codec}). If letters look wrong, choose another."
    return Decoded(data.decode(encoding.codec), encoding.codec, True, note)


def _wide_without_mark(data: bytes) -> Decoded | None:
    """Recognise UTF-16 and UTF-32 without a mark, which else would pass for UTF-8 full of NULs and controls."""
    sample = data[:_SAMPLE]
    odd_signs = len(sample) - len(sample.translate(None, _CONTROLS))
    # A space, a digit or the end of a line gives a NUL in all of them, whatever the script.
    if len(data) % 2 or b"\0" not in sample or odd_signs * 16 < len(sample):
        return None
    candidates: list[tuple[int, str, str]] = []
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        beginning = text[: _SAMPLE // 4]
        if _reads_well(beginning):
            candidates.append((len({ord(char) >> 8 for char in beginning}), codec, text))
    if not candidates:
        return None
    # Read with its bytes swapped, a text of one script is scattered over all.
    _, codec, text = min(candidates, key=lambda candidate: candidate[0])
    note = f"The encoding was guessed: {codec.upper()}, without its mark. If letters look wrong, choose another."
    return Decoded(text, codec, True, note)


def _reads_well(text: str) -> bool:
    """Tell whether nearly all characters are letters, signs and spaces, and some of them those of every keyboard."""
    good = sum(char in "\t\n\r" or unicodedata.category(char)[0] in "LMNPSZ" for char in text) - text.count("\ufffd")
    usual = any(char.isascii() and (char.isspace() or char.isprintable()) for char in text)
    return usual and good >= 0.98 * len(text)


def _seven_bit_japanese(data: bytes) -> Decoded | None:
    if not data.isascii() or b"\x1b$" not in data:
        return None
    try:
        text = data.decode("iso2022_jp")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "iso2022_jp", True, "The encoding was guessed: Japanese, ISO 2022 (iso2022_jp).")


def _binary(name: str) -> FormatProblem:
    return FormatProblem(
        f"{name} holds bytes that no text has; it seems to be another kind of file.",
        "Open it in the program it comes from and save it as plain text.",
    )
