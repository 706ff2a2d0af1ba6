"""The first page: go on where one was, try the sample, or start anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.labels import Elided
from qcode.ui.settings import Recent
from qcode.ui.style import label, set_role

COLUMN_WIDTH = 880
IMPORT, EMPTY = "import", ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A codebook to start from; `key` is a starter's, IMPORT or EMPTY."""

    key: str
    name: str
    summary: str


class WelcomePage(QScrollArea):
    """Show it while no project is open. It does nothing itself: it says what was chosen."""

    recentChosen = Signal(object)  # noqa: N815 - the Path
    tileChosen = Signal(str)  # noqa: N815 - the tile's key

    def __init__(self, context: Context, actions: Actions, tiles: Iterable[Tile]) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._start = Card("Start")
        self._recent = Card("Recent")
        self._tiles = Card("Start from a codebook")
        self._fill_start(actions)
        self._fill_tiles(tiles)
        self.setWidget(self._page())
        context.themeChanged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the recent projects anew, and repaint the pictures."""
        _clear(self._recent.body)
        recent = self._context.settings.recent()
        for entry in recent:
            self._recent.body.addWidget(self._recent_row(entry))
        if not recent:
            empty = label("Projects you open are listed here.", "muted")
            empty.setContentsMargins(10, 6, 10, 6)
            self._recent.body.addWidget(empty)
        for row in self._start.findChildren(Row):
            row.set_icon(self._context.icons.get(row.icon_name))

    def _page(self) -> QWidget:
        title = label("QCode", "display")
        subtitle = label("Read closely. Code what you see. Show how you know.", "lead")
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(0)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(subtitle, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, 24)
        grid.addWidget(self._start, 3, 0)
        grid.addWidget(self._recent, 3, 1)
        grid.setRowMinimumHeight(4, 18)
        grid.addWidget(self._tiles, 5, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column.setLayout(grid)
        page = QWidget()
        page.setObjectName("welcome-page")
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        down = QVBoxLayout(page)
        down.setContentsMargins(24, 24, 24, 24)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(4)
        return page

    def _fill_start(self, actions: Actions) -> None:
        for id_ in ("file.sample", "file.new", "file.open"):
            spec = actions.specs[id_]
            text = spec.plain + ("…" if spec.text.endswith("…") else "")
            row = Row(text, actions.key(id_), hint=True, icon_name=spec.icon)
            row.setToolTip(spec.tip)
            row.clicked.connect(actions[id_].trigger)
            self._start.body.addWidget(row)
        self._start.body.addStretch(1)

    def _fill_tiles(self, tiles: Iterable[Tile]) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(8, 4, 8, 4)
        across.setSpacing(12)
        for tile in tiles:
            button = TileButton(tile)
            button.clicked.connect(lambda _=False, key=tile.key: self.tileChosen.emit(key))
            across.addWidget(button, 1)
        self._tiles.body.addLayout(across)

    def _recent_row(self, entry: Recent) -> Row:
        there = entry.path.exists()
        said = f"{when(entry.opened, date.today())}, {count(entry.passages, 'passage')}" if there else "missing"
        row = Row(entry.path.name, said, gone=not there)
        row.setToolTip(str(entry.path) if there else f"No longer there: {entry.path}")
        row.clicked.connect(lambda _=False: self.recentChosen.emit(entry.path))
        return row


class Row(QPushButton):
    """A line to click: picture, words, and a hint at the right; long words are elided."""

    def __init__(
        self, text: str, side: str = "", *, hint: bool = False, icon_name: str = "", gone: bool = False
    ) -> None:
        super().__init__()
        self.icon_name = icon_name
        set_role(self, "row")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text}, {side}" if side else text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = label("")
        self._icon.setVisible(bool(icon_name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 8, 3)
        layout.setSpacing(9)
        layout.addWidget(self._icon)
        layout.addWidget(Elided(text, "muted" if gone else ""), 1)
        if side:
            layout.addWidget(label(side, "hint" if hint else "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        _see_through(self)

    def set_icon(self, icon: QIcon) -> None:
        """Show a picture before the words."""
        self._icon.setPixmap(icon.pixmap(QSize(16, 16), self.devicePixelRatioF()))

    def sizeHint(self) -> QSize:
        """Ask for the room that the words need."""
        hint = _layout_of(self).sizeHint()
        return QSize(hint.width(), max(30, hint.height()))

    def minimumSizeHint(self) -> QSize:
        """Be content with elided words."""
        return QSize(120, self.sizeHint().height())


class TileButton(QPushButton):
    """A codebook to start from, with a line on what is in it."""

    def __init__(self, tile: Tile) -> None:
        super().__init__()
        self.key = tile.key
        set_role(self, "tile")
        self.setAccessibleName(tile.name)
        self.setAccessibleDescription(tile.summary)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(11, 10, 11, 12)
        layout.setSpacing(3)
        for text, role in ((tile.name, "title"), (tile.summary, "muted")):
            words = label(text, role)
            words.setWordWrap(True)
            words.setMinimumWidth(40)
            layout.addWidget(words)
        layout.addStretch(1)
        _see_through(self)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Grow with the words that wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Tell how high the wrapped words are."""
        return max(88, _layout_of(self).heightForWidth(width))

    def sizeHint(self) -> QSize:
        """Ask for a quarter of the column."""
        return QSize(180, self.heightForWidth(180))

    def minimumSizeHint(self) -> QSize:
        """Shrink with the window."""
        return QSize(110, 88)


class Card(QFrame):
    """A raised surface with a heading; put things into `body`."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(title)
        heading = label(title, "card-title")
        heading.setContentsMargins(8, 0, 0, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 14, 9, 12)
        layout.setSpacing(0)
        layout.addWidget(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        layout.addLayout(self.body)
        layout.addStretch(1)


def when(then: datetime, today: date) -> str:
    """Say a date as one would aloud: today, yesterday, 3 Nov, or with its year when that is another."""
    days = (today - then.date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    pattern = "d MMM" if then.year == today.year else "d MMM yyyy"
    return QLocale(QLocale.Language.English).toString(then.date(), pattern)  # type: ignore[call-overload, no-any-return]


def count(number: int, noun: str) -> str:
    """Say how many, with thousands set apart."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _layout_of(widget: QWidget) -> QLayout:
    layout = widget.layout()
    if layout is None:
        raise AssertionError("made without a layout")
    return layout


def _see_through(button: QWidget) -> None:
    for part in button.findChildren(QLabel):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
