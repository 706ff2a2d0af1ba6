"""The line at the foot of the window: what is saved, where one reads, how much is coded."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStatusBar, QStyle, QStyleOption

from qcode.ui.context import Context
from qcode.ui.filing import passages_said
from qcode.ui.models.tally import Counted, tally_of
from qcode.ui.showing import showing_of
from qcode.ui.style import label
from qcode.ui.widgets.painting import GAP
from qcode.ui.widgets.plain import tip

SAID_FOR_MS = 5_000  # at least
MS_PER_LETTER = 60  # longer sentences take longer to read
PRIVATE = "Nothing leaves this computer."
SAVED = "● All changes saved"


class StatusLine(QStatusBar):
    """Show it under every page; `context.say` speaks here."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self.saved, self.place, self.passages = label(PRIVATE), label(""), label("")
        self.hidden, self.read = label(""), label("")
        self.zoom = label("")
        self.zoom.setAccessibleName("Size of the text")
        for part in (self.saved, self.place, self.passages, self.hidden):
            self.addWidget(part)
        self.addPermanentWidget(self.read)
        self.addPermanentWidget(self.zoom)
        tally_of(context).counted.connect(self._show_counts)
        self._same_breath = QTimer(self, singleShot=True, interval=0)
        context.said.connect(self.say)
        context.changed.connect(lambda _: self._changed())
        context.projectChanged.connect(self._project_changed)
        context.busyChanged.connect(self._show_saved)
        context.placeChanged.connect(self.show_place)
        context.zoomChanged.connect(self.show_zoom)
        context.readTo.connect(self.show_read_to)
        showing = showing_of(context)
        showing.changed.connect(lambda: self.hidden.setText(showing.words()))
        self.show_zoom(context.settings.zoom)
        self._project_changed()

    def say(self, text: str) -> None:
        """Show a sentence for a while, in place of what stands at the left; screen readers speak it at once."""
        self.showMessage(text, max(SAID_FOR_MS, MS_PER_LETTER * len(text)))
        self._same_breath.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sentence that is too long for its room with an ellipsis; its tip has the whole."""
        whole, room = " ".join(self.currentMessage().split()), self._room()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        self._set_tip(whole if shown != whole else "")
        if not whole:
            super().paintEvent(event)
            return
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        try:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, option, painter, self)
            painter.setPen(self._context.theme.muted)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        finally:
            painter.end()

    def _room(self) -> QRect:
        """Give the room for a sentence: up to what stays at the right."""
        stays = [part.x() for part in (self.read, self.zoom) if part.isVisible()]
        left = self.saved.x() + self.saved.contentsMargins().left()
        return QRect(left, 0, max(0, min([*stays, self.width()]) - 2 * GAP - left), self.height())

    def _set_tip(self, whole: str) -> None:
        if self.toolTip() != tip(whole):
            self.setToolTip(tip(whole))

    def _changed(self) -> None:
        """Let go of what was said before a change; what belongs to the change is said in the same breath, and stays."""
        if not self._same_breath.isActive():
            self.clearMessage()

    def show_place(self, paragraph: int, of: int) -> None:
        """Show which paragraph is read; nothing when there is none."""
        # emptied, never hidden: shown again while a sentence stands there, a label would lie over the sentence
        self.place.setText(f"Paragraph {max(paragraph, 1):,} of {of:,}" if of else "")  # blank lines may come before

    def show_zoom(self, percent: int) -> None:
        """Show the size of the text."""
        self.zoom.setText(f"{percent} %")

    def show_read_to(self, share: int | None) -> None:
        """Show how much of the source was read, in per cent; nothing when that was never said."""
        self.read.setText("" if share is None else f"Read to here: {share} %")

    def _project_changed(self) -> None:
        project = self._context.project
        if project is None:
            self.show_place(0, 0)
            self.show_read_to(None)
            self.passages.setText("")
        self.zoom.setVisible(project is not None)
        self._show_saved()

    def _show_saved(self, _busy: bool = False) -> None:
        project = self._context.project
        if project is None:
            self.saved.setText(PRIVATE)
        elif project.read_only:
            self.saved.setText("Opened for reading only")
        else:
            self.saved.setText("Working…" if self._context.busy else SAVED)

    def _show_counts(self, counted: Counted) -> None:
        here = self._context.project is not None
        self.passages.setText(passages_said(counted.passages, counted.uncoded) if here else "")
