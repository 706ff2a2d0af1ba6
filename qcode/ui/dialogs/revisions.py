"""The texts that a source had before it was corrected, each beside the text it has now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import NotFound
from qcode.project import revisions, sources
from qcode.project.revisions import Revision
from qcode.project.sources import Source
from qcode.text.breaks import Paragraphs
from qcode.text.differences import Difference, differences
from qcode.ui.context import Context
from qcode.ui.latest import Latest
from qcode.ui.style import label
from qcode.ui.widgets.comparison import Comparison
from qcode.ui.widgets.moments import local
from qcode.ui.widgets.plain import number_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.ui.correcting import Correcting

NONE = "This source was never corrected: its text is the one that was brought in."
SAID = "Struck out: as it was then. Underlined: as it is now."


class Revisions(QDialog):
    """Choose an earlier text to see what changed since, and bring it back. Open it with `open`; it deletes itself."""

    def __init__(self, context: Context, source: Source, correcting: Correcting) -> None:
        super().__init__(correcting.window)
        self._context, self._source, self._correcting = context, source, correcting
        self.setWindowTitle(f"Earlier texts of “{one_line(source.name)}”")
        self.resize(860, 560)
        self._found: list[Revision] = []
        self._text = ""
        self._latest = Latest(self)
        self._latest.came.connect(self._take)
        self.list = QListWidget()
        self.list.setAccessibleName("Earlier texts")
        self.said = label(SAID, "muted")
        self.said.setWordWrap(True)
        self.changes = Comparison(context, "What changed since")
        self.back = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.restore = self.back.addButton("Bring this text back…", QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _: self._compare())
        self.restore.clicked.connect(lambda _=False: self.bring_back())
        self.back.rejected.connect(self.reject)
        context.projectChanged.connect(self.reject)
        self.finished.connect(lambda _: self._latest.halt())
        self.finished.connect(self.deleteLater)
        self._load()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(14, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.said)
        column.addWidget(self.changes, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for part in (self.list, right):
            split.addWidget(part)
        split.setSizes([260, 600])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(split, 1)
        layout.addWidget(self.back)

    def bring_back(self) -> None:
        """Correct the source to the chosen text; the passages follow, and what waited finds its place again."""
        revision = self._chosen()
        if revision is not None and self._context.writable:
            self._correcting.propose(self._source, self._text, parent=self, done=self.accept)

    def _load(self) -> None:
        project = self._context.project
        if project is not None:
            with project.read() as r:
                self._found = revisions.listing(r, self._source.id)[::-1]
        for one in self._found:
            by = f" · {one_line(one.replaced_by)}" if one.replaced_by else ""
            self.list.addItem(f"Text {one.number}, until {local(one.replaced_at)}{by}")
        if self._found:
            self.list.setCurrentRow(0)
        else:
            self.said.setText(NONE)
            self.restore.setEnabled(False)

    def _chosen(self) -> Revision | None:
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _compare(self) -> None:
        """Show what changed from the chosen text to the one of now; long texts are compared in the background."""
        project, revision = self._context.project, self._chosen()
        self.restore.setEnabled(False)
        if project is None or revision is None:
            return
        try:
            with project.read() as r:
                self._text, now = revisions.text(r, self._source.id, revision.number), sources.text(r, self._source.id)
        except NotFound as error:  # it was erased for good
            self.changes.show_pieces("", [], str(error))
            return
        old = self._text
        self.said.setText("Comparing…")

        def work() -> Iterator[tuple[list[Difference], Paragraphs]]:
            yield differences(old, now), Paragraphs(now)

        self._latest.ask(work)

    def _take(self, made: tuple[list[Difference], Paragraphs]) -> None:
        found, paragraphs = made
        self.said.setText(f"{number_of(len(found), 'change')} since. {SAID}" if found else "It is the text of now.")
        self.changes.show_differences(found, lambda one: f"¶{max(1, paragraphs.number_at(one.there)):,}")
        self.restore.setEnabled(bool(found) and self._context.writable)
