"""How the text is shown to this reader now: its paper, how strong the tints are, and what helps to find one's way."""

from __future__ import annotations

from dataclasses import replace

from qcode.ui.reader.places import PlacedView
from qcode.ui.theme import Theme


class AidedView(PlacedView):
    """Change what lies on and under the words; the words and the place stay."""

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._scene.set_colors(theme, self._scene.looks)
        self._update_all()

    def set_tint_strength(self, strength: float) -> None:
        """Show the tints behind coded words stronger or weaker (0 to 1)."""
        self.set_theme(replace(self._scene.paints.theme, tint_strength=strength, _bars={}, _tints={}))

    def set_bare(self, bare: bool) -> None:
        """Show the text alone, without any sign of coding, or with them again."""
        self._scene.bare = bare
        self._update_all()
