"""The names in a file that is to be imported, each to be replaced or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from qcode.project.pseudonyms import Place
from qcode.text.names import Hit
from qcode.ui.style import label
from qcode.ui.widgets.place_list import PlaceList


class NamesFound(QDialog):
    """Show the places with those ticked that will be replaced; `chosen` gives what is ticked in the end."""

    def __init__(self, places: Sequence[Place], chosen: Collection[Hit] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Names in the file")
        self.resize(860, 480)
        self.found = PlaceList()
        self.found.places.fill(places)
        if chosen is not None:
            self.found.places.choose(lambda place: place.hit in chosen)
        self.found.count()
        self.found.places.dataChanged.connect(lambda *_: self.found.count())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        about = label(
            "What is ticked is replaced before the file is imported; the file itself is then not kept.", "muted"
        )
        about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        for part in (about, self.found, buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self.found, 1)
        self.found.list.setFocus()

    @property
    def chosen(self) -> tuple[Hit, ...]:
        """The hits that are ticked."""
        return tuple(place.hit for place in self.found.places.chosen())
