"""How far a search is, in words: while it goes on, when it is over, and when it was stopped."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.ui.widgets.plain import number_of
from qcode.ui.widgets.query_bar import QueryBar
from qcode.ui.widgets.scope_button import ScopeButton


@dataclass(slots=True)
class SearchState:
    """What is known of the search that was asked for last; begin a new one with each search.

    `more` tells that there are more places than are listed, `stopped` that the search was given up: then what was found
    is not taken for all there is.
    """

    done: int = 0
    total: int = 0
    more: bool = False
    stopped: bool = False
    searching: bool = False

    @property
    def whole(self) -> bool:
        """Whether what is listed is all there is."""
        return not (self.searching or self.stopped or self.more)

    def said(self, places: int, sources: int) -> str:
        """Say how much was found, or how far one is."""
        if self.searching and not self.total:
            return ""  # "0 of 0 sources" would look like an answer
        if self.searching:
            return f"{self.done:,} of {number_of(self.total, 'source')} · {number_of(places, 'place')}"
        found = f"{number_of(places, 'place')} in {number_of(sources, 'source')}"
        if self.stopped:
            return f"Stopped · {found} until then"
        return f"The first {found}" if self.more else found

    def nothing(self, bar: QueryBar, scope: ScopeButton, nothing_yet: str) -> str:
        """Say why there is nothing to see."""
        if self.searching:
            return "Searching…"
        if self.stopped:
            return "The search was stopped before anything was found."
        if bar.query is None:
            return "" if bar.problem.text() else nothing_yet
        return f"Nothing found for {bar.wanted.said} in {scope.said}."
