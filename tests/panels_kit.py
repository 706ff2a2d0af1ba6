"""What the stories about reading and coding need: a small study in a real window, and hands to work in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frame_kit import Frame, frame
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcode.project import Change, CodeId, SourceId, codes, create, passages, sources
from qcode.project.codes import Code
from qcode.project.passages import Passage
from qcode.readers import read
from qcode.ui.dialogs.code_palette import CodePalette
from qcode.ui.panels.codebook import CodebookPanel
from qcode.ui.panels.definition import DefinitionPanel
from qcode.ui.panels.reading import ReadingArea
from qcode.ui.panels.sources import SourcesPanel
from qcode.ui.reader import SourceView

REGISTER = (
    "The clinic moved twice in one year.\n\n"
    "Ms Orha keeps the register. When the district wants figures, it asks her, because hers have always been right.\n\n"
    "Nobody told the families what the list was for. They came to call the tent the paper room.\n"
)
NOTE = "A second visit, in the rain. The guard let us in because the director had said so.\n"


def fill_study(tx: Change) -> None:
    """Put in two groups with four codes, and two sources without codings."""
    authority = codes.add(tx, "Authority", is_codable=False)
    power = codes.add(tx, "Power", is_codable=False)
    for key, (name, group) in enumerate(
        (("Delegated", authority), ("Moral", authority), ("Expert", authority), ("Compulsory", power)), start=1
    ):
        codes.add(tx, name, parent=group, shortcut=str(key), short_definition=f"What {name} means.")
    for name, text in (("Register", REGISTER), ("Second visit", NOTE)):
        data = text.encode()
        sources.add(tx, read(data, f"{name}.txt"), name=name, original=data, original_name=f"{name}.txt")


@dataclass
class Study:
    """A window on the study, with what a researcher does in it."""

    frame: Frame
    path: Path

    # ---- the parts of the window ----

    def __getattr__(self, name: str) -> Any:
        return getattr(self.frame, name)

    @property
    def book(self) -> CodebookPanel:
        return self.frame.window.panels["codebook"]  # type: ignore[no-any-return]

    @property
    def list(self) -> SourcesPanel:
        return self.frame.window.panels["sources"]  # type: ignore[no-any-return]

    @property
    def definition(self) -> DefinitionPanel:
        return self.frame.window.panels["definition"]  # type: ignore[no-any-return]

    @property
    def reading(self) -> ReadingArea:
        return self.frame.window.reading  # type: ignore[no-any-return]

    @property
    def view(self) -> SourceView:
        view = self.reading.view
        assert view is not None, "no source is open"
        return view

    @property
    def text(self) -> QWidget:
        """The widget that takes mouse and keys."""
        widget = self.view.focusProxy()
        assert widget is not None
        return widget

    @property
    def words(self) -> str:
        """The text that is read."""
        assert self.reading.page is not None
        return self.reading.page.text

    # ---- what the project holds ----

    def code(self, name: str) -> Code:
        with self.frame.context.project.read() as r:
            return next(code for code in codes.codebook(r) if code.name == name)

    def code_names(self) -> list[str]:
        with self.frame.context.project.read() as r:
            return [code.path for code in codes.codebook(r)]

    def source(self, name: str) -> SourceId:
        with self.frame.context.project.read() as r:
            return sources.by_name(r, name).id

    def source_names(self) -> list[str]:
        with self.frame.context.project.read() as r:
            return [source.name for source in sources.listing(r)]

    def coded(self) -> list[tuple[str, list[str]]]:
        """List the quotes of all passages with the names of their codes."""
        with self.frame.context.project.read() as r:
            names = {code.id: code.name for code in codes.codebook(r)}
            found: list[Passage] = passages.listing(r)
        return [(one.quote, [names[coding.code_id] for coding in one.codings]) for one in found]

    def apply(self, quote: str, *names: str, source: str = "Register") -> None:
        """Code as another part of the program would."""
        source_id = self.source(source)
        wanted: list[CodeId] = [self.code(name).id for name in names]

        def work(tx: Change) -> None:
            start = sources.text(tx, source_id).index(quote)
            if wanted:
                passages.apply(tx, source_id, start, start + len(quote), wanted)
            else:
                passages.highlight(tx, source_id, start, start + len(quote))

        self.frame.context.change("set the scene", work)

    # ---- hands ----

    def open(self, name: str = "Register") -> None:
        self.frame.context.reveal(self.source(name))

    def point(self, offset: int) -> QPoint:
        """Where an offset is in the text widget, in the middle of its line."""
        rect = self.view._scene.flow.caret_rect(offset)
        assert rect is not None, "out of sight"
        return rect.translated(self.view._text.ink.left, 0).center()

    def drag(self, quote: str) -> None:
        """Select words by dragging the mouse over them."""
        start = self.words.index(quote)
        left, right = self.point(start), self.point(start + len(quote))
        button = Qt.MouseButton.LeftButton
        self.frame.bot.mousePress(self.text, button, pos=left)
        self.frame.bot.mouseMove(self.text, (left + right) / 2)
        self.frame.bot.mouseMove(self.text, right)
        self.frame.bot.mouseRelease(self.text, button, pos=right)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the text."""
        self.text.setFocus()
        self.frame.bot.keyClick(self.text, key, modifiers)

    def choose(self, name: str) -> None:
        """Click a code in the codebook."""
        index = self.book.model.find(self.code(name).id)
        point = self.book.tree.visualRect(index).center()
        self.frame.bot.mouseClick(self.book.tree.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def double_click(self, name: str) -> None:
        """Double-click a code in the codebook, as a mouse does: press, release, second press."""
        self.choose(name)
        point = self.book.tree.visualRect(self.book.model.find(self.code(name).id)).center()
        self.frame.bot.mouseDClick(self.book.tree.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def palette(self) -> CodePalette:
        """The palette that is up."""
        found = self.reading.findChildren(CodePalette)
        assert found, "no palette is up"
        return found[-1]

    def undo(self) -> None:
        """Undo by the menu, which is offered a moment after there is something to undo."""
        self.frame.bot.waitUntil(self.frame.actions["edit.undo"].isEnabled)
        self.frame.trigger("edit.undo")

    def redo(self) -> None:
        self.frame.bot.waitUntil(self.frame.actions["edit.redo"].isEnabled)
        self.frame.trigger("edit.redo")

    # ---- eyes ----

    def count(self, name: str) -> int:
        """The number at the right of a code's row."""
        return self.book.model.count(self.code(name).id)

    def until_count(self, name: str, count: int) -> None:
        self.frame.bot.waitUntil(lambda: self.count(name) == count)

    def until_uncoded(self, count: int) -> None:
        self.frame.bot.waitUntil(lambda: self.book.model._uncoded == count)

    def tinted(self, quote: str, color: str) -> bool:
        """Tell whether the paper behind the first letters of a quote has the tint of a colour."""
        start = self.words.index(quote)
        left, right = self.point(start), self.point(start + 3)
        image = self.text.grab().toImage()
        shades = {image.pixel(x, y) for x in range(left.x(), right.x()) for y in range(left.y() - 8, left.y() + 8)}
        return self.frame.context.theme.tint(color).rgb() in shades

    def bracketed(self, color: str) -> bool:
        """Tell whether the margin shows a bracket in a colour."""
        return has_color(self.view._margin.grab().toImage(), self.frame.context.theme.bar(color))


def has_color(image: QImage, color: QColor) -> bool:
    """Tell whether a picture holds a pixel of this very colour."""
    wanted = color.rgb()
    return any(image.pixel(x, y) == wanted for y in range(image.height()) for x in range(image.width()))


def fill_nothing(tx: Change) -> None:
    """Leave the project empty."""


def _made_once(session: Path, fill: Callable[[Change], None]) -> Path:
    """Make a project at the first call and copy it after that: making one takes longer than most of the stories."""
    made = session / f"{fill.__module__}.{fill.__name__}.qcode"  # stories elsewhere may use the same name
    if not made.exists():
        create(made, name="Study", coder="Ada", fill=fill).close()
    return made


@contextmanager
def study(bot: QtBot, folder: Path, *, fill: Callable[[Change], None] = fill_study) -> Iterator[Study]:
    """Give a shown window with the study open in it."""
    path = Path(shutil.copy(_made_once(folder.parent, fill), folder / "study.qcode"))
    with frame(bot, folder) as made:
        made.open(path)
        made.activate()
        yield Study(made, path)
