"""Connect actions to methods that do not care whether they are checked."""

from __future__ import annotations

from collections.abc import Callable


def without_checked(serve: Callable[[], object]) -> Callable[[bool], None]:
    """Make a slot for QAction.triggered of a method without arguments."""

    def triggered(_checked: bool) -> None:
        serve()

    return triggered
