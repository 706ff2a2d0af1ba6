"""What the stories about the window's frame need: a window on settings of its own, and ready answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from qcode.project import Change, CodeId, Project, codes, create
from qcode.ui.app import Parts, application, assemble
from qcode.ui.settings import Settings


@dataclass
class Answers:
    """Answer every question at once, and keep what was asked and told."""

    path: Path | None = None
    yes: bool = True
    choice: str = ""  # of several ways; else the first is taken
    asked: list[str] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)

    def confirm(self, title: str, text: str, yes: str) -> bool:
        self.asked.append(text)
        return self.yes

    def choose(self, title: str, text: str, choices: Sequence[str]) -> str | None:
        self.asked.append(text)
        return next((one for one in choices if one == self.choice), choices[0]) if self.yes else None

    def text(self, title: str, label: str, value: str = "") -> str | None:
        self.asked.append(label)
        return value

    def color(self, title: str, value: str) -> str | None:
        self.asked.append(title)
        return value

    def open_files(self, title: str, kinds: str = "") -> list[Path]:
        self.asked.append(title)
        return [self.path] if self.path else []

    def open_file(self, title: str, kinds: str = "") -> Path | None:
        self.asked.append(title)
        return self.path

    def save_file(self, title: str, suggested: Path, kinds: str = "") -> Path | None:
        self.asked.append(title)
        return self.path

    def tell(self, title: str, text: str, details: str = "") -> None:
        self.told.append((title, text, details))


@dataclass
class Frame:
    """A window in a test, with the answers that stand in for its dialogs."""

    parts: Parts
    answers: Answers
    bot: QtBot

    def __getattr__(self, name: str) -> Any:
        return getattr(self.parts, name)

    def trigger(self, id_: str) -> None:
        self.parts.actions[id_].trigger()

    def until_idle(self) -> None:
        self.bot.waitUntil(lambda: not self.parts.context.busy)

    def activate(self) -> None:
        """Give the window the keyboard: after the bar of progress of a slow machine, nobody has it off screen."""
        self.parts.window.activateWindow()
        self.bot.waitUntil(self.parts.window.isActiveWindow)
        QCoreApplication.sendPostedEvents()  # what was shown is laid out

    def open(self, path: Path) -> Project:
        self.parts.window.filing.open(path)
        self.until_idle()
        project = self.parts.context.project
        assert project is not None, self.answers.told
        return project

    @property
    def status(self) -> str:
        return self.parts.window.statusBar().currentMessage()


@contextmanager
def frame(bot: QtBot, folder: Path, *, coder: str = "Ada") -> Iterator[Frame]:
    """Give a shown window with settings in `folder`, and leave nothing of it behind."""
    settings = Settings(folder / "settings")
    settings.coder = coder
    settings.put("folder", str(folder))
    answers = Answers()
    app = application()
    app.setStyleSheet("")  # as a program begins, which puts its window together before it dresses it
    parts = assemble(app, settings, answers)
    parts.window.show()
    try:
        yield Frame(parts, answers, bot)
    finally:
        bot.waitUntil(lambda: not parts.context.busy)
        parts.window.close()
        for part in (parts.window, parts.context):
            part.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_project(path: Path, *, fill: Callable[[Change], object] | None = None, coder: str = "Ada") -> Path:
    """Make a project with a group and two codes, closed again."""

    def both(tx: Change) -> None:
        group = codes.add(tx, "Authority", is_codable=False)
        for name in ("Expert", "Moral"):
            codes.add(tx, name, parent=group, short_definition=f"What {name} means")
        if fill is not None:
            fill(tx)

    create(path, name="Readmission", coder=coder, fill=both).close()
    return path


def add_code(name: str) -> Callable[[Change], CodeId]:
    return lambda tx: codes.add(tx, name)
