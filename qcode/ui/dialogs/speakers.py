"""Say who speaks in a source: which of the names that stand before the words are speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from qcode.project import Change, SourceId, sources, spans
from qcode.text.canonical import sha256
from qcode.text.span import Span, SpanKind
from qcode.text.speakers import turns
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.speaker_list import Named, SpeakerList

SAID = (
    "These names stand before a colon or a time. Tick those who speak: "
    "their turns are then shown beside the text, listed in the outline, and can be marked as not data."
)
NONE = "No line of this source begins with a name and a colon, or with a name and a time."


class SpeakersDialog(QDialog):
    """Tick speakers; it is one change, and moves no coding. Open it with `open`; it deletes itself."""

    def __init__(
        self,
        context: Context,
        source: SourceId,
        text: str,
        names: Sequence[Named],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._source, self._text, self._proposed = context, source, text, names
        self._sha256 = sha256(text)
        self._spans = self._fetch()
        self._known = [span for span in self._spans if span.kind is SpanKind.SPEAKER]
        self.setWindowTitle("Speakers")
        self.resize(440, 380)
        self.list = SpeakerList()
        found = self._all()
        now = {span.value for span in self._known}
        self.list.show_names(found, now or {one.name for one in found})
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Mark turns")
        self.ok.setEnabled(bool(found))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        said = label(SAID if found else NONE, "muted")
        said.setWordWrap(True)
        self.list.setVisible(bool(found))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for part in (said, self.list, buttons):
            layout.addWidget(part)
        self.finished.connect(self.deleteLater)
        self.list.setFocus()

    def save(self) -> None:
        """Mark the turns of those who are ticked; of names that only the file itself marked, its own stay."""
        ticked, from_text = set(self.list.ticked()), {one.name for one in self._proposed}
        own = [span for span in self._known if span.value in ticked - from_text]
        found = [span for span in turns(self._text, ticked & from_text, self._spans) if span.kind is SpanKind.SPEAKER]

        def work(tx: Change) -> bool:
            sources.refuse_changed(tx, [(self._source, self._sha256)])
            spans.set_speakers(tx, self._source, sorted((*own, *found)))
            return True

        if self._context.change("say who speaks", work):
            self.accept()

    def _fetch(self) -> list[Span]:
        project = self._context.project
        if project is None:
            return []
        with project.read() as r:
            return sources.spans(r, self._source)

    def _all(self) -> list[Named]:
        """List the names found in the text, and those that are speakers already."""
        here = {one.name for one in self._proposed}
        others = Counter(span.value for span in self._known if span.value not in here)
        return [*self._proposed, *(Named(name, count) for name, count in others.most_common())]
