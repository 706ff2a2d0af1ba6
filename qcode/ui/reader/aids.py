"""How the text is shown to this reader now: its paper, how strong the tints are, and what helps to find one's way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcode.text.span import Span
from qcode.ui.reader.hits import Hits
from qcode.ui.reader.marks import Mark
from qcode.ui.reader.places import PlacedView
from qcode.ui.reader.signs import Signs
from qcode.ui.theme import Theme


class AidedView(PlacedView):
    """Change what lies on and under the words; the words and the place stay."""

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours; a view may have another paper than the window around it."""
        self._scene.set_colors(theme, self._scene.looks)
        self._update_all()

    def set_tint_strength(self, strength: float) -> None:
        """Show the tints behind coded words stronger or weaker (0 to 1), whatever theme comes after."""
        self._scene.set_strength(strength)
        self._update_all()

    def set_margin(self, on: bool) -> None:
        """Show the margin, or give its room to the text where nothing is coded."""
        self._has_margin = on
        self._margin.setVisible(on)
        self._arrange()

    def set_bare(self, bare: bool) -> None:
        """Show the text alone, without any sign of coding, or with them again."""
        self._scene.bare = bare
        self._update_all()

    def set_shown(self, is_shown: Callable[[Mark], bool] | None) -> None:
        """Show only the marks of which `is_shown` says so, also among those that come later; None shows all.

        What is hidden is not painted, found or counted; a selected mark that is hidden is no longer selected.
        """
        self._scene.set_shown(is_shown)
        self._overview.forget()
        self._marks_changed(())

    def set_signs(self, spans: Sequence[Span]) -> None:
        """Show anew who speaks, where pages begin and what is not data; headings and emphasis stay as they are."""
        self._scene.signs = Signs(spans)
        self._arrange()

    def show_hits(self, spans: Sequence[tuple[int, int]], current: int = -1) -> None:
        """Mark what a find came upon, and more strongly the one at place `current`; nothing scrolls.

        The stretches come in the order of the text, do not overlap and are not changed while they are shown.
        """
        self._scene.hits = Hits(spans, current)
        self._overview.note_hits()
        self._update_all()

    def clear_hits(self) -> None:
        """Mark no hits."""
        self.show_hits(())

    def set_ruler(self, on: bool) -> None:
        """Lay a soft band on the line under the pointer or else the caret, or take it away."""
        self._scene.ruler = on
        self._text.update()

    def set_read_to(self, offset: int | None) -> None:
        """Draw a line below the line of an offset that says how far one has read; None takes it away."""
        length = len(self._scene.flow.text)
        self._scene.read_to = None if offset is None else min(max(0, offset), length)
        self._update_all()
