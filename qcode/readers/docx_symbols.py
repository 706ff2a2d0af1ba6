"""Signs that Word keeps as a place in a font of pictures, as the Unicode signs they stand for."""

from __future__ import annotations

import re

_PRIVATE_START = 0xF000
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_UNKNOWN = "\ufffd"

_SYMBOL_LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
_SYMBOL_SIGNS = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼",
    0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈",
    0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD8: "¬", 0xD9: "∧",
    0xDA: "∨", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x20: " ", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●",
    0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}


def sign(font: str, code: int) -> str:
    """Give the sign at a place of a font; U+FFFD where it is not known."""
    at = code - _PRIVATE_START if _PRIVATE_START <= code < _PRIVATE_START + 0x100 else code
    known = _known(font.lower(), at)
    if known:
        return known
    if code >= _PRIVATE_START and at == code:
        return _UNKNOWN  # no place of a font of pictures, and beyond what a document should name
    pictures = font.lower().startswith(("wingdings", "webdings", "symbol")) or "dingbats" in font.lower()
    shown = chr(at)
    return shown if not pictures and shown.isprintable() else _UNKNOWN


def mended(text: str, font: str) -> str:
    """Replace the places of a font of pictures that stand in a text as private characters."""
    if text.isascii():
        return text
    return _PRIVATE.sub(lambda match: sign(font, ord(match[0])), text)


def _known(font: str, at: int) -> str:
    if font == "symbol":
        if at in _SYMBOL_SIGNS:
            return _SYMBOL_SIGNS[at]
        place = _SYMBOL_LETTERS[0].find(chr(at))
        if place >= 0:
            return _SYMBOL_LETTERS[1][place]
        return chr(at) if 0x20 <= at < 0x7F else ""
    if font == "wingdings":
        return _WINGDINGS.get(at, "")
    return _WINGDINGS_2.get(at, "") if font == "wingdings 2" else ""
