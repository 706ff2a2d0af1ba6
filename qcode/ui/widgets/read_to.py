"""Up to where this coder has read: a line in the text, and a share in the status line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from qcode.errors import QcodeError
from qcode.project import SourceId
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_page import SourcePage
from qcode.ui.widgets.text_commands import caret_in


class ReadTo(QObject):
    """Serve source.read_to for the page in front; all windows on the project show what comes of it."""

    def __init__(
        self, context: Context, actions: Actions, pages: Callable[[], list[SourcePage]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._pages = pages
        actions["source.read_to"].triggered.connect(without_checked(self.mark))
        context.readMarked.connect(self._follow)
        context.coderChanged.connect(self._follow_coder)
        context.sourceFocused.connect(lambda _: self.tell())

    def mark(self) -> None:
        """Keep the caret's place, or the first line in sight, as read up to; the same place again forgets it."""
        page, project = self._front(), self._context.project
        if page is None or page.view is None or project is None:
            self._context.say("Open a source first.")
            return
        if project.read_only:
            self._context.say("This project was opened for reading only; the place is not kept.")
            return
        view = page.view
        here = view.top() if caret_in(view) is None else view.selection()[1]
        try:
            project.mark_read(page.source, None if project.read_to(page.source) == here else here)
        except QcodeError as error:
            self._context.refuse(error)
            return
        for one in self._context.kin():
            one.readMarked.emit(page.source)

    def tell(self) -> None:
        """Tell the status line how much of the source in front was read."""
        page = self._front()
        place = page.read_to if page is not None and page.view is not None else None
        share = None if page is None or place is None or not page.text else min(100, 100 * place // len(page.text))
        self._context.readTo.emit(share)

    def _front(self) -> SourcePage | None:
        return next((page for page in self._pages() if page.source == self._context.source), None)

    def _follow(self, source: SourceId) -> None:
        for page in self._pages():
            if page.source == source:
                page.show_read_to()
        self.tell()

    def _follow_coder(self) -> None:
        for page in self._pages():
            page.show_read_to()
        self.tell()
