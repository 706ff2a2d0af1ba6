"""How Qt's own widgets look: Fusion with our palette, and a small style sheet for what a palette cannot say.

Widgets say what they are by a property, `role`, and get their looks here:
QLabel "heading" (SOURCES), "title", "muted", "danger", "hint" (a key cap), "banner"; QToolButton "quiet" (flat);
QPushButton "row", "tile"; QFrame "card", "bar"; QPlainTextEdit "field". `set_role` sets it.
"""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from qcode.assets import asset_dir
from qcode.ui.theme import NAMES, Theme, blend, palette

_SHEET = Template("""
QToolTip { background: $field; color: $text; border: 1px solid $line; padding: 4px 6px; }
QMainWindow, QStackedWidget#pages { background: $panel; }
QScrollArea#welcome, QWidget#welcome-page { background: $window; }
QMenuBar { background: $panel; border: none; padding: 2px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $row; color: $row_text; }
QMenu { background: $field; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 5px 22px 5px 10px; border-radius: 5px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $row; color: $row_text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QSplitter::handle { background: $line; }
QStatusBar { background: $panel; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 2px 7px; }
QFrame[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[role="card"] { background: $paper; border: 1px solid $line; border-radius: 9px; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display}pt; font-weight: 600; }
QLabel[role="lead"] { color: $muted; font-size: ${lead}pt; }
QLabel[role="card-title"] { font-size: ${lead}pt; font-weight: 600; }
QLabel[role="heading"] { color: $muted; font-size: ${small}pt; font-weight: 600; letter-spacing: 1px; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="hint"] {
    background: $hint; color: $hint_text; border: 1px solid $line; border-radius: 4px; padding: 0 5px;
    font-size: ${small}pt; }
QLabel[role="banner"] { background: $hint; color: $text; padding: 7px 14px; border-bottom: 1px solid $line; }
QLineEdit, QPlainTextEdit[role="field"], QTextEdit[role="field"] {
    background: $field; border: 1px solid $line; border-radius: 6px; padding: 4px 7px;
    selection-background-color: $selection; selection-color: $ink; }
QLineEdit:focus, QPlainTextEdit[role="field"]:focus, QTextEdit[role="field"]:focus { border: 1px solid $accent; }
QLineEdit { lineedit-clear-button-icon: url("$marks/clear-$tone.svg"); }
QComboBox, QAbstractSpinBox {
    background: $field; border: 1px solid $line; border-radius: 6px; padding: 3px 4px 3px 9px; min-height: 20px;
    selection-background-color: $selection; selection-color: $ink; }
QComboBox:hover { background: $hint; }
QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus { border: 1px solid $accent; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: $faint; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {
    image: url("$marks/down-$tone.svg"); width: 14px; height: 14px; }
QAbstractSpinBox::up-arrow { image: url("$marks/up-$tone.svg"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 20px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hint; }
QComboBox QAbstractItemView { background: $field; border: 1px solid $line; padding: 3px; }
QAbstractItemView QComboBox { border-radius: 0; padding: 0 4px; min-height: 0; }
QComboBox:editable { padding-left: 4px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { background: transparent; border: none; padding: 0 3px; }
QToolButton, QPushButton {
    background: $field; border: 1px solid $line; border-radius: 6px; padding: 4px 10px; min-height: 18px; }
QToolButton[toolButtonStyle="2"] { padding-right: 3px; }
QToolButton:hover, QPushButton:hover { background: $hint; }
QToolButton:pressed, QPushButton:pressed, QToolButton:checked { background: $row; color: $row_text; }
QToolButton:focus, QPushButton:focus { border: 1px solid $accent; }
QToolButton:disabled, QPushButton:disabled { color: $faint; }
QToolButton::menu-indicator { image: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:default { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton:default:hover { background: $accent_hover; }
QPushButton:default:disabled { background: $hint; color: $faint; border: 1px solid $line; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0; }
QPushButton[role="row"]:hover { background: $hint; }
QPushButton[role="row"]:focus, QPushButton[role="tile"]:focus { border: 1px solid $accent; }
QPushButton[role="tile"] { background: $paper; border: 1px solid $line; border-radius: 7px; padding: 0; }
QPushButton[role="tile"]:hover { background: $hint; }
QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent; padding: 3px; min-height: 18px; }
QToolButton[role="quiet"]:hover { background: $hint; }
QToolButton[role="quiet"]:checked { background: $row; color: $row_text; border: 1px solid $accent; }
QToolButton[role="quiet"]:focus { border: 1px solid $accent; }
QLineEdit > QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QTreeView, QListView, QTableView {
    background: $panel; border: none; outline: none;
    selection-background-color: $row; selection-color: $row_text; }
QTreeView::item, QListView::item { min-height: 24px; }
QTableView { gridline-color: $line; }
QTableCornerButton::section { background: $panel; border: none; border-bottom: 1px solid $line; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 4px 3px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
    width: 14px; height: 14px; background: $field; border: 1px solid $edge; border-radius: 3px; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus, QTreeView::indicator:hover,
QListView::indicator:hover, QTableView::indicator:hover {
    border: 1px solid $accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked {
    background: $accent; border: 1px solid $accent; image: url("$marks/check-$tone.svg"); }
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate, QListView::indicator:indeterminate,
QTableView::indicator:indeterminate {
    background: $accent; border: 1px solid $accent; image: url("$marks/partly-$tone.svg"); }
QCheckBox::indicator:disabled, QTreeView::indicator:disabled { background: $hint; border: 1px solid $line; }
QSlider { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; background: $thumb; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 16px; height: 16px; margin: -7px 0; border-radius: 9px; background: $field; border: 1px solid $edge; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border: 2px solid $accent; margin: -8px 0; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: 1px solid transparent; border-bottom: 1px solid $line;
    border-top-left-radius: 7px; border-top-right-radius: 7px; padding: 6px 14px; min-height: 18px; }
QTabBar::tab:selected { background: $paper; color: $text; border: 1px solid $line; border-bottom: 1px solid $paper; }
QTabBar::tab:hover:!selected { color: $text; }
QTabBar::tab:focus { border: 1px solid $accent; }
QTabBar::tear { width: 0; border: none; }
QTabBar::scroller { width: 52px; }
QTabBar QToolButton { background: $panel; border: none; border-bottom: 1px solid $line; border-radius: 0; padding: 0; }
QTabBar QToolButton:hover { background: $hint; }
QTabBar QToolButton::left-arrow { image: url("$marks/left-$tone.svg"); width: 14px; height: 14px; }
QTabBar QToolButton::right-arrow { image: url("$marks/right-$tone.svg"); width: 14px; height: 14px; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $thumb; border-radius: 3px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; width: 0; height: 0; }
QProgressBar { background: $hint; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def dress(app: QApplication, theme: Theme) -> None:
    """Paint all widgets of the program in a theme, those that exist and those to come."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setStyleSheet(sheet(theme, QFontInfo(app.font()).pointSizeF()))


def sheet(theme: Theme, points: float) -> str:
    """Write the style sheet of a theme; `points` is the size of the system's font, which all sizes follow."""
    roles = (
        "window",
        "panel",
        "paper",
        "ink",
        "text",
        "muted",
        "line",
        "field",
        "accent",
        "on_accent",
        "row",
        "row_text",
    )
    names = (*roles, "selection", "hint", "hint_text", "danger")
    colors = {name: getattr(theme, name).name() for name in names}
    return _SHEET.substitute(
        colors,
        faint=blend(theme.panel, theme.muted, 0.65).name(),
        edge=edge(theme).name(),
        marks=(asset_dir("resources") / "marks").as_posix(),
        tone=theme.name if theme.name in NAMES else NAMES[0],
        thumb=blend(theme.panel, theme.muted, 0.4).name(),
        display=round(points * 2.6, 1),
        lead=round(points * 1.15, 1),
        small=round(points * 0.85, 1),
        accent_hover=blend(theme.accent, theme.text, 0.15).name(),
    )


def edge(theme: Theme) -> QColor:
    """Draw in it what must be seen though it is empty, such as a box that is not ticked: 3:1 against its surface."""
    return blend(theme.panel, theme.muted, 0.8)


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is, so that it is dressed accordingly."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)  # a role given after the widget was shown must show, too
    style.polish(widget)


def label(text: str, role: str = "") -> QLabel:
    """Make a label that shows its text as it is, never as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(made, role)
    return made


def resize_over(dialog: QWidget, width: int, height: int) -> None:
    """Give a large dialog its size, but not more than the window it stands over has: some screens are small."""
    over = dialog.parentWidget()
    wanted = QSize(width, height)
    dialog.resize(wanted if over is None else wanted.boundedTo(over.window().size()))
