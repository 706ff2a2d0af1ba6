"""Go to a paragraph by the number that stands beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.style import label
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.slim_bar import SlimBar
from qcode.ui.widgets.source_page import SourcePage


class GoToBar(SlimBar):
    """Ask for a number; one that is none, or is not in the text, is refused beside the field."""

    def __init__(self, context: Context, actions: Actions, page: Callable[[], SourcePage | None]) -> None:
        super().__init__(context, page, "Go to paragraph")
        self._actions = actions
        self.range, self.problem = label("", "muted"), label("", "danger")
        self.field.setMaximumWidth(90)
        self.field.setMaxLength(9)
        self.field.entered.connect(lambda _shift: self.go())
        self.field.textChanged.connect(lambda _: self.problem.clear())
        self.fill(label("Go to paragraph"), self.field, self.range, self.problem)
        actions["edit.go_to_paragraph"].triggered.connect(without_checked(self.ask))
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
        self.come_up()
        self.problem.clear()
        self.range.setText(f"of {last:,}")
        self.field.setText(str(max(1, view.paragraph_at(view.selection()[1]))))
        self.field.setAccessibleName(f"Go to paragraph, 1 to {last}")
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self) -> None:
        """Go there and close, or say why not."""
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

    def _refuse(self, why: str) -> None:
        self.problem.setText(why)
        self.context.say(why)
        self.field.selectAll()

    def _follow(self) -> None:
        self._actions["edit.go_to_paragraph"].setEnabled(self.view is not None)
        if not self.isHidden():
            self.leave()
