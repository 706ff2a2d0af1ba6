"""The numbers of lists as documents show them: figures, letters, Roman numerals."""

from __future__ import annotations

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # as lists use it: without ё, й, ъ, ы and ь
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 3_999
_MOST_LETTERS = 20


def letters(number: int, alphabet: str = _LATIN) -> str:
    """Count with letters as Word does: a, b ... z, aa, bb; a number that letters cannot tell stays in figures."""
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1) if 0 <= times < _MOST_LETTERS else str(number)


def russian(number: int) -> str:
    """Count with the letters of Russian lists."""
    return letters(number, _RUSSIAN)


def spreadsheet_letters(number: int) -> str:
    """Count with letters as web pages do: a, b ... z, aa, ab."""
    found, rest = "", number
    while rest > 0:
        rest, at = divmod(rest - 1, len(_LATIN))
        found = _LATIN[at] + found
    return found or str(number)


def roman(number: int) -> str:
    """Write a number in small Roman numerals; one they do not reach stays in figures."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    written, rest = "", number
    for worth, sign in _ROMAN:
        times, rest = divmod(rest, worth)
        written += sign * times
    return written


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 11th."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
