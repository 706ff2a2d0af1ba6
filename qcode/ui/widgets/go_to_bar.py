"""Go to a paragraph by the number that stands beside it, or to a page that the source had as a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.slim_bar import SlimBar
from qcode.ui.widgets.source_page import SourcePage

PARAGRAPH, PAGE = "Go to paragraph", "Go to page"
NO_PAGES = "This source has no pages."


class GoToBar(SlimBar):
    """Ask for a number; one that is none, or is not in the text, is refused beside the field."""

    def __init__(self, context: Context, actions: Actions, page: Callable[[], SourcePage | None]) -> None:
        super().__init__(context, page, PARAGRAPH)
        self._actions = actions
        self._for_pages = False
        self.title, self.range, self.problem = label(PARAGRAPH), label("", "muted"), label("", "danger")
        self.field.setMaximumWidth(90)
        self.field.setMaxLength(9)
        self.field.entered.connect(lambda _shift: self.go())
        self.field.textChanged.connect(lambda _: self.problem.clear())
        self.fill(self.title, self.field, self.range, self.problem)
        actions["edit.go_to_paragraph"].triggered.connect(without_checked(self.ask))
        actions["edit.go_to_page"].triggered.connect(without_checked(self.ask_for_page))
        context.sourceFocused.connect(lambda _: self._follow())

    def ask(self) -> None:
        """Come up with the number of the paragraph that is read."""
        view = self.view
        if view is None:
            self.context.say("Open a source first.")
            return
        last = view.paragraph_count()
        if not last:
            self.context.say("This source has no paragraphs.")
            return
        self._for_pages = False
        self._come_up(str(max(1, view.paragraph_at(view.selection()[1]))), f"of {last:,}", f"1 to {last}")

    def ask_for_page(self) -> None:
        """Come up with the page that is read."""
        view = self.view
        pages = view.pages() if view is not None else []
        if view is None or not pages:
            self.context.say("Open a source first." if view is None else NO_PAGES)
            return
        self._for_pages = True
        caret = view.selection()[1]
        here = next((name for name, start in reversed(pages) if start <= caret), pages[0][0])
        self._come_up(here, f"{pages[0][0]} to {pages[-1][0]}", f"{pages[0][0]} to {pages[-1][0]}")

    def go(self) -> None:
        """Go there and close, or say why not."""
        if self._for_pages:
            self._go_to_page()
        else:
            self._go_to_paragraph()

    def _come_up(self, here: str, said: str, between: str) -> None:
        title = PAGE if self._for_pages else PARAGRAPH
        self.come_up()
        self.problem.clear()
        self.title.setText(title)
        self.setAccessibleName(title)
        self.range.setText(said)
        self.field.setText(here)
        self.field.setAccessibleName(f"{title}, {between}")
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_paragraph(self) -> None:
        view = self.view
        if view is None:
            return
        last = view.paragraph_count()
        typed = self.field.text().strip().removeprefix("¶").strip()
        if not typed.isdecimal():
            self._refuse(f"Type a number from 1 to {last:,}.")
        elif not 1 <= int(typed) <= last:
            self._refuse(f"There is no paragraph {int(typed):,}; this source has {last:,}.")
        else:
            self.leave()
            view.go_to_paragraph(int(typed))

    def _go_to_page(self) -> None:
        """Pages are called what the file calls them, which may be "iv"."""
        view = self.view
        if view is None:
            return
        typed = self.field.text().strip().casefold().removeprefix("p.").strip()
        start = next((start for name, start in view.pages() if name.casefold() == typed), None)
        if start is None:
            self._refuse(f"There is no page {typed}." if typed else "Type the number of a page.")
        else:
            self.leave()
            view.go_to(start)

    def _refuse(self, why: str) -> None:
        self.problem.setText(why)
        self.context.say(why)
        self.field.selectAll()

    def _follow(self) -> None:
        view = self.view
        self._actions["edit.go_to_paragraph"].setEnabled(view is not None)
        self._actions["edit.go_to_page"].setEnabled(view is not None)
        if not self.isHidden():
            self.leave()
