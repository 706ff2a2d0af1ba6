"""What may stand in a field that a person fills in."""

from __future__ import annotations

from qcode.errors import InvalidInput

LONGEST_NAME = 1_000  # characters; a limit that no one meets by accident


def words(value: str, field: str) -> str:
    """Accept a text as it is, never trimmed or normalised.

    Raises InvalidInput when it holds a NUL or half a character, which no database keeps whole.
    """
    if "\0" in value:
        raise InvalidInput(f"The {field} contains a NUL character.", "Remove it, perhaps by typing the text anew.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        problem = f"The {field} contains half a character (a lone surrogate) at position {error.start + 1}."
        raise InvalidInput(problem, "Remove it, perhaps by typing the text anew.") from None
    return value


def name(value: str, field: str) -> str:
    """Accept a name: not empty, not only blanks, otherwise kept as it is. Raises InvalidInput."""
    if not value.strip():
        raise InvalidInput(f"The {field} is empty.", "Type at least one letter.")
    if len(value) > LONGEST_NAME:
        raise InvalidInput(f"The {field} has {len(value):,} characters; at most {LONGEST_NAME:,} are kept.")
    return words(value, field)
