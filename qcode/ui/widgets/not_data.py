"""Say what stretches of the source in front are: not data, or the turns of speakers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.project import Change, SourceId, spans
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.dialogs.parts import PartsDialog, counted
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_page import SourcePage
from qcode.ui.widgets.speaker_list import proposed

COMMANDS = ("source.not_data", "source.data", "source.parts", "source.speakers")
OPEN_FIRST = "Open a source first."


class NotData(QObject):
    """Serve the commands of the Source menu that say what is not data and who speaks."""

    def __init__(
        self, context: Context, actions: Actions, area: QWidget, page: Callable[[], SourcePage | None]
    ) -> None:
        super().__init__(area)
        self._context = context
        self._actions = actions
        self._area = area
        self._page = page
        serves: tuple[Callable[[], object], ...] = (self.mark, self.unmark, self.choose_parts, self.choose_speakers)
        for id_, serve in zip(COMMANDS, serves, strict=True):
            actions[id_].triggered.connect(without_checked(serve))
        for told in (context.sourceFocused, context.projectChanged, context.busyChanged):
            told.connect(self._enable)

    def mark(self) -> None:
        """Mark the selected words, or the paragraph at the caret, as not data."""
        meant = self._meant()
        if meant is None:
            return
        source, stretch, what = meant

        def work(tx: Change) -> bool:
            spans.mark(tx, source, [stretch])
            return True

        if self._context.change(f"mark {what} as not data", work):
            self._context.say(f"Marked {what} as not data: left out of shares and counts of words.")

    def unmark(self) -> None:
        """Take the selected words, or the stretch that the caret is in, as data again."""
        meant, page = self._meant(), self._page()
        if meant is None or page is None or page.view is None:
            return
        source, stretch, what = meant
        start, end = page.view.selection()
        if start == end and (around := page.view.not_data_at(end)):
            stretch, what = around, "this stretch"

        def work(tx: Change) -> bool:
            spans.unmark(tx, source, [stretch])
            return True

        if self._context.change(f"mark {what} as data again", work):
            self._context.say(f"Marked {what} as data again.")

    def choose_parts(self) -> None:
        """Choose speakers, notes and sections that are not data from a list."""
        page, project = self._page(), self._context.project
        if page is None or page.view is None or project is None:
            self._context.say(OPEN_FIRST)
            return
        source, window = page.source, self._area.window()
        jobs.run(
            self._context,
            "Look for parts",
            lambda _: counted(project, source),
            lambda found: PartsDialog(self._context, source, found, window).open(),
            parent=window,
        )

    def choose_speakers(self) -> None:
        """Choose from the names in the text who speaks."""
        page = self._page()
        if page is None or page.view is None:
            self._context.say(OPEN_FIRST)
            return
        from qcode.ui.dialogs.speakers import SpeakersDialog  # noqa: PLC0415 - no start need wait for it

        source, text, window = page.source, page.text, self._area.window()
        jobs.run(
            self._context,
            "Look for speakers",
            lambda _: proposed(text),
            lambda names: SpeakersDialog(self._context, source, text, names, window).open(),
            parent=window,
        )

    def _meant(self) -> tuple[SourceId, tuple[int, int], str] | None:
        """Give the selected words or, without any, the paragraph at the caret; and what to call them."""
        page = self._page()
        if page is None or page.view is None:
            self._context.say(OPEN_FIRST)
            return None
        start, end = page.view.selection()
        if start < end:
            return page.source, (start, end), "words"
        number = page.view.paragraph_at(start)
        if not number:
            self._context.say("Select some words first.")
            return None
        return page.source, page.view.paragraph(number), f"paragraph {number:,}"

    def _enable(self) -> None:
        on = self._page() is not None and self._context.writable
        for id_ in COMMANDS:
            self._actions[id_].setEnabled(on)
