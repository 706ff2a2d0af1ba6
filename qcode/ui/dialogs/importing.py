"""What is to be imported, and how it will read: all that can be chosen before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import InvalidInput
from qcode.progress import Progress
from qcode.project import folders, split_path
from qcode.project.candidates import Candidate, look_at
from qcode.project.importing import ImportReport, import_files
from qcode.project.incoming import Incoming
from qcode.readers import Document
from qcode.text.names import Finder, Name
from qcode.ui import jobs
from qcode.ui.context import Context
from qcode.ui.dialogs.names_found import NamesFound
from qcode.ui.latest import Latest
from qcode.ui.models.incoming import Column, IncomingFiles
from qcode.ui.style import label, resize_over
from qcode.ui.usual_choices import UsualChoices
from qcode.ui.widgets.file_preview import FilePreview
from qcode.ui.widgets.form import add_row
from qcode.ui.widgets.plain import number_of
from qcode.ui.widgets.reading_options import LABELS

NO_FOLDER = "No folder"
AT_ONCE = 25  # files that are looked at between two signs of life
LOOKING = "Looking at the files… {done:,} of {all:,}"


class ImportDialog(QDialog):
    """List the files beside a preview of the one chosen. Open it with `open`; it deletes itself.

    `imported` gives the report when the files are in; while they are read, Cancel brings one back here.
    """

    imported = Signal(object)

    def __init__(self, context: Context, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._looked = 0
        self.seen: set[tuple[str, str]] = set()  # notes that were shown here already
        self.usual = UsualChoices(context.settings)
        self.files = IncomingFiles(paths, self.usual.of, self)
        self.setWindowTitle("Import sources")
        resize_over(self, 1120, 760)
        self.list = _list(self.files)
        self.preview = FilePreview(context)
        self.name, self.title, self.cite_as = QLineEdit(), QLineEdit(), QLineEdit()
        self.for_all = QPushButton()
        self.folder, self.skip = QComboBox(), QCheckBox("Leave out files that are there already")
        self.veil, self.found = QCheckBox("Replace the names of the &key"), QPushButton("Names fou&nd…")
        self.names: tuple[Name, ...] = ()
        self.said = label("", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out(buttons)
        self._fill_folders()
        self._connect(buttons)
        self._scout = Latest(self)
        self._scout.came.connect(self._take)
        self._look()
        self._choose_row(0)
        self._enable()
        self.list.setFocus()

    # ---- what it is made of ----

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._form())
        column.addWidget(self.preview, 1)
        column.addWidget(self.for_all, 0, Qt.AlignmentFlag.AlignLeft)
        self.for_all.setAutoDefault(False)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setSizes([480, 600])
        split.setHandleWidth(1)
        split.setStretchFactor(1, 1)
        below = QHBoxLayout()
        below.setSpacing(10)
        for part in (label("Put into"), self.folder, self.skip, self.veil, self.found):
            below.addWidget(part)
        self.found.setAutoDefault(False)
        self.found.hide()
        project = self._context.project
        keys = self._context.keyring
        self.veil.setVisible(project is not None and bool(keys.key(project) or keys.place(project)))
        below.addStretch(1)
        below.addWidget(self.said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(split, 1)
        layout.addLayout(below)
        layout.addWidget(buttons)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(6)
        for words, field in (("Name", self.name), ("Title", self.title), ("Cite as", self.cite_as)):
            field.setAccessibleName(words)
            add_row(form, words, field, width=LABELS)
            field.textEdited.connect(lambda _: self._keep_words())
        return form

    def _fill_folders(self) -> None:
        self.folder.setEditable(True)
        self.folder.setMinimumWidth(220)
        self.folder.setMinimumHeight(28)
        self.folder.setAccessibleName("Put into the folder, new or there")
        line = QLineEdit()
        line.setPlaceholderText(NO_FOLDER)
        self.folder.setLineEdit(line)
        self.folder.addItem("")
        project = self._context.project
        if project is not None:
            with project.read() as r:
                self.folder.addItems([one.path for one in folders.listing(r)])
        self.folder.setCurrentText(self.usual.folder if self.folder.findText(self.usual.folder) >= 0 else "")
        self.skip.setChecked(True)

    def _connect(self, buttons: QDialogButtonBox) -> None:
        buttons.accepted.connect(self.bring_in)
        buttons.rejected.connect(self.reject)
        self.list.selectionModel().currentRowChanged.connect(lambda now, _: self._show(now.row()))
        self.files.tickedChanged.connect(self._enable)
        self.list.toggled.connect(self.files.toggle)
        self.skip.toggled.connect(self.files.skip_known)
        self.preview.chosen.connect(self._keep)
        self.preview.came.connect(self._read)
        self.preview.refused.connect(lambda why: self.files.tell_problem(self.row, why))
        self.for_all.clicked.connect(lambda _=False: self.use_for_all())
        self.veil.toggled.connect(self._switch_names)
        self.found.clicked.connect(lambda _=False: self._choose_names())
        self._context.projectChanged.connect(self.reject)
        self.finished.connect(self._close_down)

    # ---- looking at the files ----

    def _look(self) -> None:
        project, paths = self._context.project, [row.candidate.path for row in self.files.rows]
        if project is None:
            return

        def work() -> Iterator[tuple[Candidate, ...]]:
            looked = look_at(project, paths)
            while some := tuple(islice(looked, AT_ONCE)):
                yield some

        self._scout.ask(work)

    def _take(self, candidates: Sequence[Candidate]) -> None:
        begin = self._looked
        self._looked += len(candidates)
        self.files.put(begin, candidates)
        if begin <= self.row < self._looked:
            self._show(self.row)

    # ---- one file ----

    @property
    def row(self) -> int:
        """The row of the file that is shown; -1 for none."""
        return self.list.currentIndex().row()

    def _choose_row(self, row: int) -> None:
        which = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().setCurrentIndex(self.files.index(row, 0), which.ClearAndSelect | which.Rows)

    def _show(self, row: int) -> None:
        if row < 0:
            return
        one = self.files.rows[row]
        for field, words in (
            (self.name, one.incoming.called),
            (self.title, one.incoming.title),
            (self.cite_as, one.incoming.cite_as),
        ):
            field.setText(words)
            field.setEnabled(one.seen)
        self.title.setPlaceholderText("")
        if one.seen:
            self.preview.show_file(one.incoming, one.candidate.media_type, one.candidate.problem)
        else:
            self.preview.show_file(None, "")
        self._enable()

    def _read(self, document: Document) -> None:
        row = self.files.rows[self.row]
        self.title.setPlaceholderText(document.title)
        self.files.tell_problem(self.row, "")
        self._count_names()
        self.seen |= {(row.candidate.path.name, note) for note in document.notes}

    def _keep(self, incoming: Incoming) -> None:
        """Keep what was chosen for the file shown, and for files of its format at the next import."""
        row = self.files.rows[self.row]
        self.files.keep(self.row, replace(row.incoming, choices=incoming.choices, hits=incoming.hits))
        self.usual.remember(row.candidate.format, incoming.choices)

    def _keep_words(self) -> None:
        row = self.files.rows[self.row]
        stem = row.candidate.path.stem
        name = self.name.text().strip()
        self.files.keep(
            self.row,
            replace(
                row.incoming,
                name="" if name == stem else name,
                title=self.title.text(),
                cite_as=self.cite_as.text(),
            ),
        )

    def use_for_all(self) -> None:
        """Read all files of this format as the one shown is read."""
        row = self.files.rows[self.row]
        choices = row.incoming.choices
        # who speaks is another in each talk: there all that seem to be speakers are taken
        shared = replace(choices, speakers=())
        many = self.files.use_for_all(shared, row.candidate.format)
        self.files.keep(self.row, replace(row.incoming, choices=choices))
        self.said.setText(f"These choices hold for {number_of(many, 'file')} now.")

    # ---- names ----

    def _switch_names(self, on: bool) -> None:
        """Replace names or not; the pass phrase of the key is asked for the first time."""
        if on:
            refused = partial(self.veil.setChecked, False)
            self._context.keyring.use(self._context, self._know_names, self, otherwise=refused)
        else:
            self._know_names(())

    def _know_names(self, names: Sequence[Name]) -> None:
        self.names = tuple(names)
        if not names and self.veil.isChecked():
            self.veil.setChecked(False)
        self.preview.veil(Finder(names) if names else None)
        self._count_names()

    def _count_names(self) -> None:
        places = self.preview.places
        self.found.setVisible(bool(self.names and places))
        self.found.setText(f"{number_of(len(places), 'name')} fou&nd…")

    def _choose_names(self) -> None:
        """Let the names in the file shown be looked at one by one."""
        dialog = NamesFound(self.preview.places, self.files.rows[self.row].incoming.hits, self)

        def accepted() -> None:
            row = self.files.rows[self.row]
            self.files.keep(self.row, replace(row.incoming, hits=dialog.chosen))
            self._show(self.row)

        dialog.accepted.connect(accepted)
        dialog.open()

    # ---- all of them ----

    def bring_in(self) -> None:
        """Read and write all that is ticked, as one change."""
        project = self._context.project
        if project is None or not self._context.writable:
            self._context.say("This project cannot be written now; your choices stay here.")
            return
        folder = self.folder.currentText().strip()
        try:
            split_path(folder)
        except InvalidInput as error:
            self.said.setText(str(error))
            self.folder.setFocus()
            return
        wanted = [replace(one, folder=folder) for one in self.files.ticked()]
        self.usual.folder = folder
        names = self.names if self.veil.isChecked() else ()

        def work(progress: Progress) -> ImportReport:
            return import_files(project, wanted, number_taken_names=True, names=names, progress=progress)

        jobs.run(self._context, "Import sources", work, self._done, parent=self)

    def _done(self, report: ImportReport) -> None:
        self.accept()
        self.imported.emit(report)

    def _enable(self) -> None:
        ticked = self.files.count(lambda row: row.ticked)
        everything = len(self.files.rows)
        finished = self._looked >= everything
        self.ok.setEnabled(finished and ticked > 0)
        self.ok.setText("Import" if ticked == everything == 1 else f"Import {number_of(ticked, 'file')}")
        self.skip.setVisible(self.files.count(lambda row: row.is_there) > 0)
        self.said.setText(self._told() if finished else LOOKING.format(done=self._looked, all=everything))
        row = self.files.rows[self.row] if self.row >= 0 else None
        alike = self.files.count(lambda one: row is not None and one.candidate.format == row.candidate.format)
        self.for_all.setVisible(row is not None and row.can_be_read and alike > 1)
        if row is not None:
            self.for_all.setText(f"Use these choices for all {alike:,} files of this kind")

    def _told(self) -> str:
        bad = self.files.count(lambda row: not row.can_be_read)
        there = self.files.count(lambda row: row.is_there)
        said = [f"{number_of(bad, 'file')} cannot be read"] if bad else []
        said += [f"{number_of(there, 'file')} there already"] if there else []
        return ", ".join(said)

    def _close_down(self) -> None:
        self._scout.halt()
        self.preview.close_down()
        self.deleteLater()


class FileTable(QTreeView):
    """Show the files; Space ticks all that are chosen, or takes their ticks away."""

    toggled = Signal(object)  # the rows

    def __init__(self) -> None:
        super().__init__()
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space for all rows that are chosen; the rest moves about."""
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit([index.row() for index in self.selectionModel().selectedRows()])
        else:
            super().keyPressEvent(event)


def _list(files: IncomingFiles) -> FileTable:
    made = FileTable()
    made.setModel(files)
    made.setAccessibleName("Files to import; Space ticks all that are chosen")
    made.header().setStretchLastSection(False)
    for column in Column:
        made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    made.header().setSectionResizeMode(Column.FORMAT, QHeaderView.ResizeMode.Interactive)
    made.header().resizeSection(Column.FORMAT, 150)
    made.header().setMinimumSectionSize(80)
    return made
