"""What is shown can be read: in narrow windows, with long names, at the edge of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panels_kit import NOTE, Study, fill_study, study
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qcode.project import Change, sources
from qcode.readers import read
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.dialogs.reading_look import ReadingLook
from qcode.ui.labels import Elided
from qcode.ui.widgets.form import add_row
from qcode.ui.widgets.note_field import NoteField

VISITS = 9


def fill_with_visits(tx: Change) -> None:
    fill_study(tx)
    data = NOTE.encode()
    for number in range(VISITS):
        name = f"Interview with the deputy head {number}"
        sources.add(tx, read(data, f"{name}.txt"), name=name, original=data, original_name=f"{name}.txt")


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path) -> Iterator[Study]:
    with study(qtbot, tmp_path, fill=fill_with_visits) as made:
        yield made


def test_tabs_keep_their_names_readable_however_many_there_are(at_work: Study) -> None:
    at_work.window.resize(1024, 700)
    for number in range(VISITS):
        at_work.open(f"Interview with the deputy head {number}")
    tabs = at_work.reading.tabs
    front = tabs.currentIndex()
    assert tabs.tabRect(front).width() == tabs.tabSizeHint(front).width(), "the one in front is whole"
    assert min(tabs.tabRect(place).width() for place in range(1, front)) >= 150
    arrows = [one for one in tabs.findChildren(QToolButton) if one.arrowType().value and one.isVisible()]
    assert len(arrows) == 2
    for arrow in arrows:
        image = arrow.grab().toImage()
        shades = {image.pixel(x, y) for x in range(4, image.width() - 4) for y in range(8, image.height() - 8)}
        assert len(shades) > 1, "an arrow is painted on it"


def test_the_palette_leaves_the_words_in_sight_that_it_stands_beside(at_work: Study) -> None:
    palette = CodePalette(at_work.reading._shelf.codes, at_work.context, parent=at_work.window)
    screen = palette.screen().availableGeometry()
    middle = screen.center().x()
    palette.popup(QPoint(middle, screen.top() + 40), line=30)
    assert palette.y() >= screen.top() + 40, "there is room below"
    low = QPoint(middle, screen.bottom() - 60)
    palette.popup(low, line=30)
    assert palette.geometry().bottom() < low.y() - 30, "it stands above the line"
    palette.popup(low)
    assert palette.geometry().bottom() < low.y() - 20, "a line of the text without a number"
    palette.popup(QPoint(screen.right(), screen.bottom()), line=screen.height())
    assert screen.contains(palette.geometry()), "never off the screen"
    palette.close()


def test_the_lines_of_a_note_end_where_the_field_does(at_work: Study) -> None:
    inner = QWidget()
    layout = QVBoxLayout(inner)
    layout.addStretch(1)
    area = QScrollArea()
    at_work.bot.addWidget(area)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    area.resize(290, 319)
    area.show()
    before: NoteField | None = None
    for count in (1, 2, 3, 5):
        note = NoteField("Why this code")
        note.start_over("The direction turns, hence a new passage: for the first time somebody else is asked. " * count)
        if before is not None:
            layout.removeWidget(before)
            before.hide()
            before.deleteLater()
        layout.insertWidget(0, note)
        before = note
        at_work.bot.waitUntil(lambda note=note: ends_with_field(note))  # else letters are cut off on the right


def ends_with_field(note: NoteField) -> bool:
    document, field = note.field.document(), note.field
    line = document.firstBlock().layout().lineAt(0)
    return field.height() == field.minimumHeight() and line.width() == (
        field.viewport().width() - 2 * document.documentMargin()
    )


def test_of_a_long_name_and_its_count_only_the_name_is_cut(at_work: Study) -> None:
    line = Elided("", "heading")
    at_work.bot.addWidget(line)
    line.resize(360, 20)
    line.show()
    name = "Grundstücksverkehrsgenehmigungszuständigkeits\nübertragungsverordnung"
    line.set_whole(name, " · applied 39 times in 4 sources", " · 39")
    assert line.text().startswith("Grund")
    assert line.text().endswith(" · applied 39 times in 4 sources")
    assert "…" in line.text()
    assert "Grundstücksverkehrsgenehmigungszuständigkeits übertragungsverordnung" in line.toolTip()
    line.resize(160, 20)
    assert line.text().endswith(" · 39"), "the shorter count where there is no room for both"
    line.set_whole("Moral", " · 39")
    assert (line.text(), line.toolTip()) == ("Moral · 39", "")
    line.setToolTip("Authority > Moral")
    line.set_whole(name)
    assert line.toolTip() == "Authority > Moral", "a tip of its own stays"


def test_in_a_form_names_stand_level_with_what_is_written_and_all_of_it_begins_in_one_line(at_work: Study) -> None:
    shown = ReadingLook(at_work.context)
    at_work.bot.addWidget(shown)
    shown.show()
    form = shown.findChild(QFormLayout)
    assert form is not None
    for field in (shown.points, shown.line_height, shown.measure, shown.paper, shown.font_box):
        named = form.labelForField(field)
        assert abs(named.geometry().center().y() - field.geometry().center().y()) <= 1
    word, number = QLineEdit("Hill"), QSpinBox()
    number.setPrefix("Hill ")
    choice = QComboBox()
    choice.addItem("Hill")
    other = QComboBox()
    other.setEditable(True)
    other.setLineEdit(QLineEdit())
    other.setEditText("Hill")
    page = QWidget()
    at_work.bot.addWidget(page)
    rows = QFormLayout(page)
    for field in (word, number, choice, other):
        add_row(rows, "Name", field)
    page.show()
    page.setFocus()
    begins = [ink_begins(field.grab().toImage()) for field in (word, number, choice, other)]
    assert begins == [begins[0]] * 4


def ink_begins(image: QImage) -> int:
    """Tell how far from the left the first letter stands, inside of the border."""
    middle = range(image.height() // 2 - 4, image.height() // 2 + 4)
    return next(x for x in range(4, image.width()) if any(QColor(image.pixel(x, y)).lightness() < 120 for y in middle))
