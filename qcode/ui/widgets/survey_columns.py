"""Choose how the columns of a survey are taken: as text, as a variable, or not at all."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qcode.readers.choices import SurveyChoices
from qcode.readers.document import Survey
from qcode.ui.widgets.plain import one_line, tip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ROW = QSize(0, 26)
HEADERS = ("Column", "For example", "Taken as")
SHOWN = 7  # columns in sight


class Use(StrEnum):
    """What becomes of a column."""

    TEXT = "Text"
    NAME = "Respondent’s name"
    VARIABLE = "Variable"
    OUT = "Left out"


class Cell(IntEnum):
    """What stands in the columns of this table, each row of which is a column of the survey."""

    NAME = 0
    EXAMPLE = 1
    USE = 2


class SurveyColumns(QWidget):
    """Show a survey's columns and what becomes of them; `changed` gives the choices that the researcher made."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.apart = QCheckBox("A source for each respondent, with variables")
        self.model = _Columns(self)
        self.table = QTreeView()
        self._survey: Survey | None = None
        self._choices = SurveyChoices()
        self._dress_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.apart)
        layout.addWidget(self.table)
        self.apart.clicked.connect(lambda on: self._choose(replace(self._choices, apart=bool(on), texts=())))
        self.model.used.connect(self._use)

    def show_survey(self, survey: Survey, choices: SurveyChoices) -> None:
        """Show a table and how it is taken now."""
        self._survey, self._choices = survey, choices
        self.apart.setChecked(choices.apart)
        row = self.table.currentIndex().row()
        self.model.load(survey, choices)
        self.table.setCurrentIndex(self.model.index(max(0, row), Cell.USE))
        self.table.setFixedHeight((min(SHOWN, len(survey.columns)) + 1) * ROW.height() + 8)

    def _use(self, column: str, use: str) -> None:
        survey = self._survey
        if survey is None:
            return
        texts = {*survey.texts} - {column} | ({column} if use == Use.TEXT else set())
        out = {*self._choices.left_out} - {column} | ({column} if use == Use.OUT else set())
        named_by = "" if survey.respondent == column else survey.respondent
        self._choose(
            replace(
                self._choices,
                texts=tuple(one for one in survey.columns if one in texts),
                left_out=tuple(one for one in survey.columns if one in out),
                respondent=column if use == Use.NAME else named_by,
            )
        )

    def _choose(self, choices: SurveyChoices) -> None:
        self._choices = choices
        self.changed.emit(choices)

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(_Uses(table))
        table.setAccessibleName("Columns of the survey")
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        trigger = QAbstractItemView.EditTrigger
        table.setEditTriggers(
            trigger.DoubleClicked | trigger.SelectedClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed
        )
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(Cell.NAME, QHeaderView.ResizeMode.Stretch)
        table.header().setSectionResizeMode(Cell.EXAMPLE, QHeaderView.ResizeMode.Stretch)
        table.header().setSectionResizeMode(Cell.USE, QHeaderView.ResizeMode.Fixed)
        table.header().resizeSection(Cell.USE, 150)


class _Columns(QAbstractTableModel):
    """A row a column of the survey."""

    used = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, Use]] = []

    def load(self, survey: Survey, choices: SurveyChoices) -> None:
        """Show these columns, each with its first answer."""
        self.beginResetModel()
        self._rows = []
        for at, column in enumerate(survey.columns):
            example = next((row[at] for row in survey.rows if at < len(row) and row[at].strip()), "")
            self._rows.append((column, one_line(example, 200), _use_of(column, survey, choices)))
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Count the columns of the survey."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Name, example, use."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        return HEADERS[section] if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the use can be changed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Cell.USE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell."""
        return self._answer(index, role) if index.isValid() else None

    def _answer(self, index: Index, role: int) -> Any:
        words = str(self._rows[index.row()][index.column()])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{words}  ▾" if index.column() == Cell.USE else words
            case Qt.ItemDataRole.EditRole:
                return words
            case Qt.ItemDataRole.ToolTipRole:
                return tip(words)
            case Qt.ItemDataRole.SizeHintRole:
                return ROW
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == Cell.NAME:
                return f"{words}, {self._rows[index.row()][Cell.USE]}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on what was chosen; the file is then read so."""
        name, example, use = self._rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or index.column() != Cell.USE or value == use:
            return False
        self._rows[index.row()] = name, example, Use(value)
        self.used.emit(name, str(value))
        return True


def _use_of(column: str, survey: Survey, choices: SurveyChoices) -> Use:
    """Tell what becomes of a column; only a respondent's own source can have variables."""
    if column == survey.respondent:
        return Use.NAME
    if column in survey.texts and column not in choices.left_out:
        return Use.TEXT
    return Use.VARIABLE if choices.apart and column not in choices.left_out else Use.OUT


class _Uses(QStyledItemDelegate):
    """Choose a use from three."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open the three at once."""
        box = QComboBox(parent)
        box.addItems([str(use) for use in Use])
        box.setAccessibleName("Taken as")
        box.activated.connect(lambda _: self.commitData.emit(box))
        box.activated.connect(lambda _: self.closeEditor.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what it is now."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
