"""Give commands other keys, take keys away, or switch all single letters off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.models.shelf import shelf_of
from qcode.ui.models.shortcuts import ShortcutRows
from qcode.ui.style import label
from qcode.ui.widgets.filter_field import FilterField

_MODIFIERS = (
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock),
    *(Qt.Key.Key_NumLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_Hyper_L, Qt.Key.Key_Hyper_R),
)
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeyField(QLineEdit):
    """A field that takes a key as a whole instead of typing it; Tab and Escape do what they always do."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setPlaceholderText("Press the new key here")
        self.setAccessibleName("New key")
        self.setMinimumSize(self.fontMetrics().horizontalAdvance(self.placeholderText()) + 28, 28)

    def event(self, event: QEvent) -> bool:
        """Claim every key before a command has it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() not in _LEAVING
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key, once one is pressed that is not only held."""
        if event.key() in _LEAVING:
            super().keyPressEvent(event)
        elif event.key() not in _MODIFIERS:
            self.pressed.emit(key_of(event))


class ShortcutEditor(QDialog):
    """What is changed holds at once, in menus, tips and the cheat sheet, and after the next start."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Change keys")
        self.resize(680, 600)
        self._context = context
        self._actions = actions
        self.rows = ShortcutRows(actions, self)
        self.list = self._list()
        self.filter = FilterField("Filter by command or key", self.list)
        self.filter.textChanged.connect(self._narrow)
        self.about, self.problem = label(""), label("", "danger")
        self.problem.setWordWrap(True)
        self.field = KeyField()
        self.field.pressed.connect(self._assign)
        self.clear, self.reset = QPushButton("No &key"), QPushButton("As it &came")
        self.letters = QCheckBox("Single &letters are keys, in the text and for codes (switch off to dictate)")
        self.letters.setChecked(actions.keys.letters)
        self.letters.toggled.connect(self._use_letters)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.list.setCurrentIndex(self.rows.index(0, 0))

    def _list(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.rows)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAccessibleName("Commands and their keys")
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        view.doubleClicked.connect(lambda _: self.field.setFocus())
        return view

    def _lay_out(self) -> None:
        self.clear.clicked.connect(lambda _=False: self._do(self._actions.keys.clear))
        self.reset.clicked.connect(lambda _=False: self._do(self._actions.keys.reset))
        for button in (self.clear, self.reset):
            button.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self.about, 1)
        line.addWidget(self.field)
        line.addWidget(self.clear)
        line.addWidget(self.reset)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset_all = buttons.addButton("All as they came", QDialogButtonBox.ButtonRole.ResetRole)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.reset_all.clicked.connect(lambda _=False: self._reset_all())
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addLayout(line)
        for part in (self.problem, self.letters, buttons):
            layout.addWidget(part)

    def choose(self, id_: str) -> None:
        """Go to a command."""
        self.filter.clear()
        self.list.setCurrentIndex(self.rows.index(self.rows.row(id_), 0))

    @property
    def current(self) -> str:
        """The command whose keys are changed; "" when none is chosen."""
        return self.rows.id(self.list.currentIndex())

    def _narrow(self, typed: str) -> None:
        self.rows.narrow(typed)
        self.list.setCurrentIndex(self.rows.index(0, 0) if self.rows.rowCount() else QModelIndex())
        self._show()

    def _show(self) -> None:
        """Say what is chosen, and offer what can be done with it."""
        id_ = self.current
        for part in (self.field, self.clear, self.reset):
            part.setEnabled(bool(id_))
        self.problem.clear()
        if id_:
            keymap = self._actions.keys
            self.about.setText(f"{self._actions.specs[id_].plain}: {self.rows.keys(id_) or 'no key'}")
            self.clear.setEnabled(bool(keymap.given(id_)))
            self.reset.setEnabled(keymap.is_changed(id_))

    def _assign(self, key: str) -> None:
        held = {code.shortcut: code.name for code in shelf_of(self._context).codes if code.shortcut}
        self._do(lambda id_: self._actions.keys.assign(id_, key, code_keys=held))

    def _do(self, change: Callable[[str], None]) -> None:
        id_ = self.current
        if not id_:
            return
        try:
            change(id_)
        except QcodeError as error:
            self.problem.setText(str(error))
            return
        self._actions.rekey()
        self._show()

    def _use_letters(self, on: bool) -> None:
        self._actions.keys.use_letters(on)
        self._actions.rekey()
        self._show()

    def _reset_all(self) -> None:
        self._actions.keys.reset_all()
        self.letters.setChecked(True)
        self._actions.rekey()
        self._show()


def key_of(event: QKeyEvent) -> str:
    """Write the key of a press as it is kept; a sign such as ? is itself, whether it needs Shift or not."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    key = Qt.Key(event.key()) if event.key() in Qt.Key._value2member_map_ else Qt.Key.Key_unknown
    if event.text().isprintable() and event.text() and not event.text().isalpha():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)
