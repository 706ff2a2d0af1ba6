"""Which keys each command answers to: those it came with, or those the researcher gave it.

Keys are written as Qt writes them in files ("Ctrl+K"), the same on every platform.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from qcode.errors import Conflict, InvalidInput
from qcode.ui.reader.keys import step_for

if TYPE_CHECKING:
    from qcode.ui.actions import ActionSpec
    from qcode.ui.settings import Settings

Keys = tuple[str, ...]

KEPT, LETTERS_KEPT = "keys/changed", "keys/letters"
_PORTABLE = QKeySequence.SequenceFormat.PortableText
# what the text, fields and lists answer to everywhere; moving the caret is asked of the text itself
_FIXED = {
    "Space": "turning the page",
    "Shift+Space": "turning the page",
    "Return": "applying a code to a passage",
    "Enter": "applying a code to a passage",
    "Esc": "leaving what is open",
    "Tab": "going from part to part of the window",
    "Shift+Tab": "going from part to part of the window",
    "Shift+Backtab": "going from part to part of the window",
    "Backtab": "going from part to part of the window",
    "Backspace": "typing",
    "Ctrl+E": "widening the selection",
    "Ctrl+V": "pasting",
    "Ctrl+X": "cutting",
}


def letters_work(settings: Settings) -> bool:
    """Tell whether single letters and digits, those of codes too, are keys: a key that does nothing is not shown."""
    return settings.text(LETTERS_KEPT, "on") != "off"


class Keymap:
    """Ask it which keys a command has, and change them; what is changed is kept in the settings at once."""

    def __init__(self, specs: Mapping[str, ActionSpec], settings: Settings | None = None) -> None:
        self._specs = specs
        self._settings = settings
        self._changed: dict[str, Keys] = {}
        self._letters = True
        self._now: dict[str, Keys] = {}
        self.load()

    @property
    def letters(self) -> bool:
        """Whether single letters, digits and signs are keys at all; who dictates switches them off."""
        return self._letters

    def keys(self, id_: str) -> Keys:
        """List the keys a command answers to now, the most important first."""
        keys = self._now[id_]
        return keys if self._letters else tuple(key for key in keys if not is_letter(key))

    def given(self, id_: str) -> Keys:
        """List the keys of a command, those that are switched off with all letters too."""
        return self._now[id_]

    def is_changed(self, id_: str) -> bool:
        """Tell whether a command has other keys than it came with."""
        return self._now[id_] != self._specs[id_].shortcut

    def letter_commands(self) -> dict[str, str]:
        """Give the letters that commands have, in small letters, each with the name of its command."""
        return {
            key.removeprefix("Shift+").casefold(): self._specs[id_].plain
            for id_, keys in self._now.items()
            for key in keys
            if is_letter(key)
        }

    def assign(self, id_: str, key: str, *, code_keys: Mapping[str, str] | None = None) -> None:
        """Give a command another key: a letter in place of its letter, another key in place of its other keys.

        `code_keys` are the keys of codes with their names. Raises InvalidInput for what cannot be a key and Conflict,
        with the name of the holder, when the key is taken.
        """
        key = portable(key)
        if not key:
            raise InvalidInput("This cannot be a key.", "Press a letter, or a key together with Ctrl or Alt.")
        holder = self.holder(key, id_) or _holder_among_codes(key, code_keys or {})
        if holder:
            raise Conflict(f"The key {native(key)} belongs to {holder}.", "Choose another key, or take it from there.")
        others = tuple(one for one in self._now[id_] if is_letter(one) != is_letter(key))
        self._change(id_, (*others, key) if is_letter(key) and others else (key, *others))

    def clear(self, id_: str) -> None:
        """Take all keys from a command."""
        self._change(id_, ())

    def reset(self, id_: str) -> None:
        """Give a command the keys back it came with. Raises Conflict when another command has one of them by now."""
        for key in self._specs[id_].shortcut:
            if holder := self.holder(key, id_):
                raise Conflict(f"The key {native(key)} belongs to {holder} by now.", "Take it from there first.")
        self._changed.pop(id_, None)
        self._keep()

    def reset_all(self) -> None:
        """Give all commands the keys back they came with, and switch letters on."""
        self._changed.clear()
        self._letters = True
        self._keep()

    def use_letters(self, on: bool) -> None:
        """Switch all single-letter keys on or off, without forgetting them."""
        self._letters = on
        self._keep()

    def holder(self, key: str, for_id: str = "") -> str:
        """Name what has a key already: a command, a menu, or the text; "" when it is free for a command."""
        key = portable(key)
        for id_, keys in self._now.items():
            if id_ != for_id and key in keys and not self._apart(id_, for_id):
                return f"“{self._specs[id_].plain}”"
        return self._fixed_holder(key)

    def load(self) -> None:
        """Read the keys that were given; what is not understood any more is passed over."""
        if self._settings is not None:
            self._changed = dict(_understood(self._settings.text(KEPT, "{}"), self._specs))
            self._letters = letters_work(self._settings)
        self._now = self._resolved()

    # ---- inside ----

    def _change(self, id_: str, keys: Keys) -> None:
        self._changed[id_] = keys
        self._keep()

    def _keep(self) -> None:
        self._changed = {id_: keys for id_, keys in self._changed.items() if keys != self._specs[id_].shortcut}
        self._now = self._resolved()
        if self._settings is not None:
            self._settings.put(KEPT, json.dumps(self._changed))
            self._settings.put(LETTERS_KEPT, "on" if self._letters else "off")

    def _resolved(self) -> dict[str, Keys]:
        """Put the keys together; a key that the researcher gave away is not its first owner's any more."""
        taken = {key: id_ for id_, keys in self._changed.items() for key in keys}
        return {
            id_: self._changed[id_]
            if id_ in self._changed
            else tuple(key for key in spec.shortcut if key not in taken or self._apart(id_, taken[key]))
            for id_, spec in self._specs.items()
        }

    def _apart(self, one: str, other: str) -> bool:
        """Tell whether two commands can have the same key: each works in a list of its own."""
        first, second = self._specs.get(one), self._specs.get(other)
        return bool(first and second and first.in_list and second.in_list and first.menu != second.menu)

    def _fixed_holder(self, key: str) -> str:
        if key in _FIXED:
            return f"the text, for {_FIXED[key]}"
        pressed = _first(QKeySequence(key))
        event = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
        if step_for(event) is not None and not any(key in spec.shortcut for spec in self._specs.values()):
            return "the text, for moving about"
        modifier, _, letter = key.rpartition("+")
        if modifier == "Alt":
            for menu in dict.fromkeys(spec.menu for spec in self._specs.values()):
                if menu[:1].upper() == letter:
                    return f"the menu {menu}"
        return ""


def is_letter(key: str) -> bool:
    """Tell whether a key is a single letter, digit or sign, such as one types."""
    return len(key.removeprefix("Shift+")) == 1


def is_typed(key: str) -> bool:
    """Tell whether a key is a letter or digit: lists take those for themselves, so it can only work in the text."""
    return is_letter(key) and key[-1].isalnum()


def portable(key: str) -> str:
    """Write a key as it is kept; "" for what is none. Only the first of several keys pressed in a row counts."""
    sequence = QKeySequence(key)
    if sequence.isEmpty() or _first(sequence).key() in (Qt.Key.Key_unknown, Qt.Key(0)):
        return ""
    return QKeySequence(_first(sequence)).toString(_PORTABLE)


def _first(sequence: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs do not know that it is a list of keys
    return first


def native(key: str) -> str:
    """Write a key as this platform shows it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _holder_among_codes(key: str, code_keys: Mapping[str, str]) -> str:
    if not is_letter(key):
        return ""
    letter = key[-1].casefold()
    name = next((name for own, name in code_keys.items() if own.casefold() == letter), None)
    return f"the code “{name}”" if name is not None else ""


def _understood(kept: str, known: Iterable[str]) -> Iterable[tuple[str, Keys]]:
    try:
        read = json.loads(kept)
    except ValueError:  # somebody edited the file by hand: the keys everything came with are better than none
        return
    taken: set[str] = set()
    for id_ in known:
        keys = read.get(id_) if isinstance(read, dict) else None
        if isinstance(keys, list) and all(isinstance(key, str) and portable(key) for key in keys):
            free = tuple(portable(key) for key in keys if portable(key) not in taken)
            taken.update(free)
            yield id_, free
