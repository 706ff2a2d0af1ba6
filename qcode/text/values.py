"""What a value of a variable may say: how numbers, dates, and yes or no are read, and the one form they are kept in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qcode.errors import InvalidInput


class Kind(StrEnum):
    """What the values of a variable are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"


_NUMBER = re.compile(r"[+-]?\d{1,40}(?:[.,]\d{1,40})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)  # day first wherever dots are used
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?")
_YES = frozenset(("yes", "y", "true", "1", "x"))
_NO = frozenset(("no", "n", "false", "0"))
_HINTS = {
    Kind.NUMBER: "Write it as 12 or 3.5.",
    Kind.DATE: "Write it as 2026-01-31, 2026-01 or 2026.",
    Kind.YES_NO: "Write yes or no.",
}


def settled(value: str, kind: Kind) -> str:
    """Give a value in the one form in which its kind is kept; a text stays as it is, and so does no value ("").

    Raises InvalidInput, and says how to write it, when it is none of this kind.
    """
    if kind is Kind.TEXT:
        return value
    words = value.strip()
    if not words:
        return ""
    found = {Kind.NUMBER: _number, Kind.DATE: _date, Kind.YES_NO: _yes_no}[kind](words)
    if found is None:
        shown = words if len(words) <= 40 else f"{words[:39]}…"
        what = "neither yes nor no" if kind is Kind.YES_NO else f"no {kind.value}"
        raise InvalidInput(f"“{shown}” is {what}.", _HINTS[kind])
    return found


def guess(values: Iterable[str]) -> Kind:
    """Tell of which kind values are that come without one: of one that keeps each of them letter for letter.

    So “007”, “3,5” and “Yes” are text until a person says otherwise.
    """
    filled = [value for value in values if value]
    kinds = (Kind.NUMBER, Kind.DATE, Kind.YES_NO) if filled else ()
    return next((kind for kind in kinds if all(_keeps(value, kind) for value in filled)), Kind.TEXT)


def order(value: str, kind: Kind) -> tuple[int, Decimal, str]:
    """Make a key by which the values of one kind sort: numbers by size, texts without regard to case, none first."""
    if kind is Kind.NUMBER and value:
        return 1, Decimal(value), ""
    return int(bool(value)), Decimal(0), value.casefold()


def _keeps(value: str, kind: Kind) -> bool:
    try:
        return settled(value, kind) == value
    except InvalidInput:
        return False


def _number(words: str) -> str | None:
    plain = words.replace("\N{MINUS SIGN}", "-")
    return str(Decimal(plain.replace(",", "."))) if _NUMBER.fullmatch(plain) else None


def _date(words: str) -> str | None:
    day = _MIDNIGHT.sub("", words)
    if dotted := _DOTTED.fullmatch(day):
        day = f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}"
    found = _DATE.fullmatch(day)
    if found is None:
        return None
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return day


def _yes_no(words: str) -> str | None:
    plain = words.casefold()
    return "yes" if plain in _YES else "no" if plain in _NO else None
