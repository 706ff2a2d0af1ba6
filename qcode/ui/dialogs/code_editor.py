"""All fields of a code on one page, written as one change; what cannot be used is said at its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import FileProblem, QcodeError
from qcode.project import Change, CodeId, codes, next_color
from qcode.project.codes import Code
from qcode.ui.coding import usable_key
from qcode.ui.context import Context
from qcode.ui.models.shelf import shelf_of
from qcode.ui.style import label, set_role
from qcode.ui.widgets.plain import one_line
from qcode.ui.widgets.swatches import Swatches

T = TypeVar("T")

# field, its words, lines shown, and what to write there
TEXTS = (
    ("short_definition", "Short definition", 2, "One sentence, seen while coding"),
    ("definition", "Definition", 4, "What the code means"),
    ("when_to_use", "When to use", 3, "What must stand in a passage"),
    ("when_not_to_use", "Not when", 3, "What is coded otherwise, and how"),
    ("boundary", "Boundary", 3, "Against its neighbours"),
    ("example", "Example", 3, "A passage that clearly has it"),
    ("near_miss", "Near miss", 3, "A passage that only seems to have it"),
    ("origin", "Origin", 1, "Theory, data, or both"),
    ("theory_reference", "Theory reference", 1, "Where the idea comes from"),
    ("memo", "Memo", 4, "Anything else worth keeping"),
)


class _AtField(Exception):
    def __init__(self, field: str, error: QcodeError) -> None:
        super().__init__(field)
        self.field = field
        self.error = error


class CodeEditor(QDialog):
    """Edit a code, or make one when `code` is None, below `parent_code`. Open it with `open`; it deletes itself."""

    def __init__(
        self,
        context: Context,
        code: Code | None = None,
        *,
        parent_code: CodeId | None = None,
        group: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._code = code
        self._parent_code = parent_code
        self.made: CodeId | None = None
        self.name = QLineEdit(code.name if code else "")
        self.key = QLineEdit(code.shortcut if code else "")
        self.group = QCheckBox("This is a group: it holds codes and is not applied to text")
        self.group.setChecked(group if code is None else not code.is_codable)
        self.swatches = Swatches(context, code.color if code else self._next_color())
        self.texts = {field: QPlainTextEdit(getattr(code, field) if code else "") for field, *_ in TEXTS}
        self.problems: dict[str, QLabel] = {}
        self._before = self.values()
        self._color_before = self.swatches.color
        self._dress_window()
        self._lay_out()
        self.finished.connect(self.deleteLater)
        self.name.setFocus()
        self.name.selectAll()

    def values(self) -> dict[str, Any]:
        """Give what stands in the fields, by the names of a code's fields; the colour apart."""
        simple = {"name": self.name.text(), "shortcut": self.key.text(), "is_codable": not self.group.isChecked()}
        return simple | {field: box.toPlainText() for field, box in self.texts.items()}

    # ---- how it looks ----

    def _dress_window(self) -> None:
        kind = "group" if self.group.isChecked() else "code"
        title = f"Edit {one_line(self._code.name)}" if self._code else f"New {kind}"
        self.setWindowTitle(title.replace("[*]", "[*][*]"))
        self.resize(560, 660)

    def _lay_out(self) -> None:
        page = QWidget()
        fields = QVBoxLayout(page)
        fields.setContentsMargins(20, 16, 20, 16)
        fields.setSpacing(4)
        self._add(fields, "name", "Name", self.name)
        self._add(fields, "color", "Colour", self.swatches)
        self.key.setMaxLength(2)  # one letter beyond the basic plane takes two units
        self.key.setFixedWidth(60)
        self._add(fields, "shortcut", "Key while reading", self.key)
        fields.addWidget(self.group)
        self._add_problem(fields, "is_codable")
        fields.addSpacing(6)
        for field, words, lines, hint in TEXTS:
            box = self.texts[field]
            set_role(box, "field")
            box.setTabChangesFocus(True)
            box.setPlaceholderText(hint)
            box.setFixedHeight(QFontMetrics(box.font()).lineSpacing() * lines + 20)
            self._add(fields, field, words, box)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 14)
        layout.setSpacing(10)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._buttons())

    def _add(self, fields: QVBoxLayout, field: str, words: str, box: QWidget) -> None:
        caption = label(words, "title")
        caption.setBuddy(box)
        box.setAccessibleName(words)
        fields.addWidget(caption)
        fields.addWidget(box)
        self._add_problem(fields, field)
        fields.addSpacing(6)

    def _add_problem(self, fields: QVBoxLayout, field: str) -> None:
        problem = label("", "danger")
        problem.setWordWrap(True)
        problem.hide()
        fields.addWidget(problem)
        self.problems[field] = problem

    def _buttons(self) -> QWidget:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        save = box.button(QDialogButtonBox.StandardButton.Save)
        save.setText("Save" if self._code else "Add")
        save.setDefault(True)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        box.setContentsMargins(20, 0, 20, 0)
        return box

    # ---- what it does ----

    def reject(self) -> None:
        """Close; ask before words that were typed are thrown away."""
        if (self.values(), self.swatches.color) != (self._before, self._color_before) and not self._context.ask.confirm(
            "Unsaved words", "Close without saving what you wrote here?", "Close without saving"
        ):
            return
        super().reject()

    def save(self) -> None:
        """Write all fields as one change and close; stay open, with the reason at its field, when one is refused."""
        for problem in self.problems.values():
            problem.hide()
        project = self._context.project
        if project is None or not self._context.writable:
            self._context.say("This project cannot be written now; what you wrote stays here.")
            return
        kind = "code" if self.values()["is_codable"] else "group"
        label_ = f"edit {one_line(self._code.name)}" if self._code else f"add {kind} {one_line(self.name.text())}"
        try:
            with project.change(label_) as tx:
                self.made = self._write(tx)
        except _AtField as refused:
            self._show_problem(refused.field, refused.error)
        except FileProblem as error:
            self._context.fail(error)
        except QcodeError as error:
            self._show_problem("name", error)
        else:
            self._context.focus_code(self.made)
            self.accept()

    def _write(self, tx: Change) -> CodeId:
        values = self.values()
        if self._code is None:
            made = _at("name", lambda: codes.add(tx, values.pop("name"), parent=self._parent_code))
            before: dict[str, Any] = {"shortcut": "", "is_codable": True} | dict.fromkeys(self.texts, "")
        else:
            made, before = self._code.id, self._before
        before = before | {"color": self._color_before if self._code else ""}
        for field, value in (values | {"color": self.swatches.color}).items():
            if value != before.get(field):
                _at(field, partial(self._set, tx, made, field, value))
        return made

    def _set(self, tx: Change, code: CodeId, field: str, value: Any) -> None:
        codes.update(tx, code, **{field: usable_key(self._context, value) if field == "shortcut" else value})

    def _show_problem(self, field: str, error: QcodeError) -> None:
        self.problems[field].setText(str(error))
        self.problems[field].show()
        boxes: dict[str, QWidget] = {"name": self.name, "shortcut": self.key, "is_codable": self.group, **self.texts}
        boxes.get(field, self.name).setFocus()

    def _next_color(self) -> str:
        """Offer the default colour that looks least like those in use."""
        return next_color(Counter(code.color for code in shelf_of(self._context).codes))


def _at(field: str, work: Callable[[], T]) -> T:
    try:
        return work()
    except FileProblem:
        raise
    except QcodeError as error:
        raise _AtField(field, error) from error
