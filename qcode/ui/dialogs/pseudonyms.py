"""Names and what stands in their place: written, looked for, looked at one by one, and replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.exchange import key_file
from qcode.exchange.files import read_file
from qcode.progress import Progress
from qcode.project import Change, erasing, pseudonyms
from qcode.project.erasing import Erased
from qcode.project.pseudonyms import Place, Replaced
from qcode.text.names import Finder, Name, check
from qcode.ui import jobs
from qcode.ui.ask import TABLES
from qcode.ui.context import Context
from qcode.ui.dialogs.pass_phrase import NewPassPhraseDialog, PassPhraseDialog
from qcode.ui.keyring import Key
from qcode.ui.models.names import NAME, REPLACEMENT, NamesModel
from qcode.ui.style import label, resize_over
from qcode.ui.widgets.place_list import PlaceList, in_a_row, plain_button, plain_table
from qcode.ui.widgets.plain import number_of

T = TypeVar("T")
KEYS = f"Keys (*{key_file.SUFFIX})"
ABOUT = (
    "Write each name and what is to stand in its place. All sources, comments, reasons and definitions are looked "
    "through, for other forms of a name and initials too; you decide place by place."
)
KEPT = (
    "The texts before the change are still in the file, so that it can be undone, and so are the original files. "
    "Erase them for good? Undo does not go behind it. Backups and exports made before are not touched."
)
ERASE = "Erase for good"


class PseudonymsDialog(QDialog):
    """Work on the key of a project and replace names by it. It deletes itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Pseudonyms")
        resize_over(self, 980, 700)
        self._context = context
        self._path: Path | None = None
        self._saved: list[Name] = []
        self.names, self.found = NamesModel(self), PlaceList()
        self.places, self.place_list, self.counted = self.found.places, self.found.list, self.found.counted
        self.name_list = plain_table(self.names, "Names and what stands instead")
        self.problem = label("", "danger")
        self.search, self.replace = QPushButton("&Find places"), QPushButton("&Replace")
        self.erase = QPushButton("&Erase what was before…")
        self._lay_out()
        self._connect()
        self._begin()

    # ---- the key ----

    def open_key(self) -> None:
        """Read a key file, with its pass phrase."""
        path = self._context.ask.open_file("Open key", KEYS)
        if path is not None:
            self._unlock(path)

    def read_table(self) -> None:
        """Take names from a CSV."""
        path = self._context.ask.open_file("Names from a table", TABLES)
        if path is None:
            return
        try:
            self.names.fill([*self.names.names(), *key_file.read_list(read_file(path), path.name)])
        except QcodeError as error:
            self._refuse(error)

    def save_key(self, then: Callable[[], None] | None = None) -> None:
        """Write the key file, encrypted with a new pass phrase."""
        project, names = self._context.project, self._checked()
        if project is None or names is None:
            return
        suggested = self._path or project.path.with_suffix(key_file.SUFFIX)
        path = self._context.ask.save_file("Save key", suggested, KEYS)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(key_file.SUFFIX)
        dialog = NewPassPhraseDialog(self)

        def accepted() -> None:
            try:
                key_file.save(target, names, dialog.phrase)
            except QcodeError as error:
                self._refuse(error)
                return
            self._keep(target, names)
            self._context.say(f"The key was saved to {target}.")
            if then is not None:
                then()

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _unlock(self, path: Path) -> None:
        dialog = PassPhraseDialog(path, self)

        def accepted() -> None:
            self.names.fill(dialog.names or [])
            self._keep(path, dialog.names or [])

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep(self, path: Path | None, names: list[Name]) -> None:
        project = self._context.project
        self._path, self._saved = path, list(names)
        if project is not None:
            self._context.keyring.put(project, Key(path, tuple(names)))

    # ---- the places ----

    def look(self) -> None:
        """Look for all names, as a job."""
        project, names = self._context.project, self._checked()
        if project is None or names is None:
            return
        if not names:
            self._say_problem("Write a name and what is to stand in its place first.")
            return
        self._context.keyring.put(project, Key(self._path, tuple(names)))
        self._run("Find names", lambda progress: pseudonyms.find(project, names, progress=progress), self._show)

    def put_in(self) -> None:
        """Replace the ticked places as one change; the key is to be saved first, or nobody can tell who was who."""
        chosen = self.places.chosen()
        if not chosen:
            return
        if self.names.names() != self._saved:
            ways = ("Save the key first", "Replace without a key")
            way = self._context.ask.choose("The key is not saved", "Without it nobody can tell who is who later.", ways)
            if way == ways[0]:
                self.save_key(self.put_in)
            if way != ways[1]:
                return
        made = self._context.change("replace names", lambda tx: self._replaced(tx, chosen))
        if made is not None:
            self._tell(made)

    def forget(self) -> None:
        """Erase what earlier states hold of the names."""
        project, names = self._context.project, self._checked()
        if project is None or not names:
            return
        if self._context.ask.confirm("Erase what was before", KEPT, ERASE):
            finder = Finder(names)
            self._run("Erase", lambda progress: erasing.forget(project, finder, progress), self._tell_erased)

    @staticmethod
    def _replaced(tx: Change, chosen: list[Place]) -> Replaced:
        return pseudonyms.replace(tx, chosen)

    def _show(self, found: list[Place]) -> None:
        self.places.fill(found)
        self.names.count(found)
        self._count()
        if found:
            self.place_list.setFocus()
            self.place_list.setCurrentIndex(self.places.index(0, 0))

    def _count(self) -> None:
        chosen = self.found.count()
        self.replace.setText(f"&Replace {number_of(chosen, 'place')}" if chosen else "&Replace")
        self.replace.setEnabled(bool(chosen) and self._context.writable)

    def _tell(self, made: Replaced) -> None:
        done = f"{number_of(made.places + made.fields, 'place')} replaced."
        waits = f" {number_of(made.waiting, 'passage')} to review." if made.waiting else ""
        self._context.say(done + waits)
        self.places.fill([])
        self._count()
        self.counted.setText(f"{done}{waits} Undo takes it back, until what was before is erased.")
        self.erase.setFocus()

    def _tell_erased(self, erased: Erased) -> None:
        gone = (
            f"Erased: {number_of(erased.texts, 'earlier text')}, {number_of(erased.files, 'original file')}, "
            f"{number_of(erased.rows, 'row')} of the history."
        )
        left = (
            f" {number_of(erased.steps_left, 'step')} of the history still name somebody." if erased.steps_left else ""
        )
        self.counted.setText(gone + left)
        self._context.say(gone)

    # ---- how it is done ----

    def _checked(self) -> list[Name] | None:
        """Give the names, or show what is wrong with them."""
        names = self.names.names()
        try:
            check(names)
        except QcodeError as error:
            self._refuse(error)
            return None
        self.problem.hide()
        return names

    def _refuse(self, error: QcodeError) -> None:
        self._say_problem(str(error))

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _run(self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        jobs.run(self._context, title, work, done, failed=self._refuse, parent=self)

    def _remove_names(self) -> None:
        self.names.remove([index.row() for index in self.name_list.selectionModel().selectedIndexes()])

    def _begin(self) -> None:
        """Show the key that is at hand, or ask for the pass phrase of the one the project has."""
        project = self._context.project
        self._count()
        if project is None:
            return
        key, place = self._context.keyring.key(project), self._context.keyring.place(project)
        if key is not None:
            self.names.fill(key.names)
            self._path = key.path
            self._saved = list(key.names) if key.path else []
        elif place is not None and place.exists():
            self._unlock(place)
        self.name_list.setCurrentIndex(self.names.index(self.names.rowCount() - 1, NAME))  # to type into at once

    def _connect(self) -> None:
        self.search.clicked.connect(lambda _=False: self.look())
        self.replace.clicked.connect(lambda _=False: self.put_in())
        self.erase.clicked.connect(lambda _=False: self.forget())
        self.places.dataChanged.connect(lambda *_: self._count())
        self.place_list.activated.connect(lambda index: self._reveal(index.row()))
        gone = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.name_list)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self._remove_names)

    def _reveal(self, row: int) -> None:
        """Show a place in its source, behind this dialog."""
        place = self.places.place(row)
        if place.source is not None:
            self._context.reveal(place.source, place.hit.start, place.hit.end)

    def _lay_out(self) -> None:
        self.problem.setWordWrap(True)
        self.problem.hide()
        about = label(ABOUT, "muted")
        about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(about)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(_column(self.name_list, self._name_buttons(), self.problem))
        parts.addWidget(self.found)
        parts.setStretchFactor(1, 1)
        parts.setSizes([230, 380])
        layout.addWidget(parts, 1)
        layout.addLayout(self._ending())
        for column in (NAME, REPLACEMENT):
            self.name_list.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.search.setDefault(True)

    def _name_buttons(self) -> QHBoxLayout:
        return in_a_row(
            plain_button("&Open key…", "Read a key file, with its pass phrase", self.open_key),
            plain_button(
                "From a &table…", "Take names from the columns name and replacement of a CSV", self.read_table
            ),
            plain_button("&Save key…", "Write the names to an encrypted file apart from the project", self.save_key),
            plain_button("Re&move", "Take the chosen names off the list (Delete)", self._remove_names),
            None,
            self.search,
        )

    def _ending(self) -> QHBoxLayout:
        close = plain_button("&Close", "Close; the names stay at hand until the program ends", self.close)
        self.erase.setAutoDefault(False)
        self.replace.setAutoDefault(False)
        return in_a_row(self.erase, None, self.replace, close)


def _column(table: QTableView, buttons: QHBoxLayout, *more: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 6)
    column.setSpacing(8)
    column.addWidget(table, 1)
    for part in more:
        column.addWidget(part)
    column.addLayout(buttons)
    return whole
