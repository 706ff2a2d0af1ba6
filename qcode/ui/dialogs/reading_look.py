"""Choose how texts are shown: type, paper, tints, ruler. The open sources follow at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.context import Context
from qcode.ui.look import LINE_HEIGHT, LONGEST_LINE, PAPERS, POINTS, TINT, Look
from qcode.ui.widgets.form import add_row

OURS = "As QCode chooses"
PAPER_WORDS = ("As the window", "Light", "Sepia", "Dark")


class ReadingLook(QDialog):
    """Show and change the look of texts. It does not block the window. Open it with `show`; it deletes itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._filling = False
        self.setWindowTitle("Reading")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.own_font = QCheckBox("Another font")
        self.font_box = QFontComboBox()
        self.font_box.setEditable(False)
        self.points = _decimal(*POINTS, 0.5, " pt")
        self.line_height = _decimal(*LINE_HEIGHT, 0.02, "")
        self.measure = QSpinBox()
        self.measure.setRange(*LONGEST_LINE)
        self.measure.setSuffix(" characters")
        self.paper = QComboBox()
        self.paper.addItems(list(PAPER_WORDS))
        self.tint = QSlider(Qt.Orientation.Horizontal)
        self.tint.setRange(*TINT)
        self.tint.setPageStep(20)
        self.ruler = QCheckBox("Ruler under the line of the caret")
        self._lay_out()
        self.fill()
        self._connect()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        self.own_font.setAccessibleName("Another font than QCode chooses")
        add_row(form, self.own_font, self.font_box)
        for words, field in (
            ("Font", self.font_box),
            ("Size at 100 %", self.points),
            ("Line height", self.line_height),
            ("Longest line", self.measure),
            ("Paper", self.paper),
            ("Strength of tints", self.tint),
        ):
            field.setAccessibleName(words)
            if field is not self.font_box:
                add_row(form, words, field)
        form.addRow("", self.ruler)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        usual = buttons.addButton("As it came", QDialogButtonBox.ButtonRole.ResetRole)
        usual.setAutoDefault(False)
        usual.clicked.connect(lambda _=False: self._use(Look()))
        buttons.rejected.connect(self.close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.own_font.toggled.connect(lambda _: self._family())
        self.font_box.currentFontChanged.connect(lambda _: self._family())
        self.points.valueChanged.connect(partial(self._change, "points"))
        self.line_height.valueChanged.connect(partial(self._change, "line_height"))
        self.measure.valueChanged.connect(partial(self._change, "longest_line"))
        self.paper.currentIndexChanged.connect(lambda at: self._change("paper", PAPERS[at]))
        self.tint.valueChanged.connect(partial(self._change, "tint"))
        self.ruler.toggled.connect(partial(self._change, "ruler"))

    def fill(self) -> None:
        """Show what is chosen now."""
        look = self._context.look
        self._filling = True
        self.own_font.setChecked(bool(look.family))
        self.font_box.setEnabled(bool(look.family))
        if look.family:
            self.font_box.setCurrentFont(QFont(look.family))
        self.points.setValue(look.points)
        self.line_height.setValue(look.line_height)
        self.measure.setValue(look.longest_line)
        self.paper.setCurrentIndex(PAPERS.index(look.paper))
        self.tint.setValue(look.tint)
        self.ruler.setChecked(look.ruler)
        self._filling = False

    def _family(self) -> None:
        self.font_box.setEnabled(self.own_font.isChecked())
        self._change("family", self.font_box.currentFont().family() if self.own_font.isChecked() else "")

    def _change(self, field: str, value: object) -> None:
        if not self._filling:
            self._context.use_look(replace(self._context.look, **{field: value}))  # type: ignore[arg-type]

    def _use(self, look: Look) -> None:
        self._context.use_look(look)
        self.fill()


def _decimal(least: float, most: float, step: float, unit: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setDecimals(2 if step < 0.1 else 1)
    field.setSuffix(unit)
    return field
