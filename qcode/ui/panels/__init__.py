"""The panes around the text: one module each in this folder, and one line each here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qcode.ui.actions import Actions
    from qcode.ui.context import Context

# module and class, the left ones from top to bottom; the class's `key` is also its switch in the menu: "view.KEY"
PANELS = (
    ("sources", "SourcesPanel"),
    ("codebook", "CodebookPanel"),
    ("definition", "DefinitionPanel"),
    ("outline", "OutlinePanel"),
    ("search", "SearchPanel"),
    ("details", "DetailsPanel"),
    ("evidence", "EvidencePanel"),
    ("review", "ReviewPanel"),
)


class PanelType(Protocol):
    """What the window asks of a panel's class; an instance is a QWidget."""

    key: ClassVar[str]
    title: ClassVar[str]
    area: ClassVar[str]  # "left"; "right" and "below" are closed until they are asked for

    def __call__(self, context: Context, actions: Actions) -> QWidget: ...


def panel_types() -> list[PanelType]:
    """Load the panels' classes, in order; done by the window when it is made, not at import."""
    return [cast(PanelType, getattr(import_module(f"{__name__}.{module}"), name)) for module, name in PANELS]
