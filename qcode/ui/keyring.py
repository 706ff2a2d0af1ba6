"""Who is who, while the program runs: the key to a project's pseudonyms, read once with its pass phrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qcode.project import info
from qcode.ui.settings import Settings

if TYPE_CHECKING:
    from qcode.project import Project
    from qcode.text.names import Name
    from qcode.ui.context import Context

WITHOUT = "Go on without looking"


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was read or made: its file, None while it has none, and who is who."""

    path: Path | None
    names: tuple[Name, ...]


class Keyring:
    """Hold the keys that were read, a project each; the settings know only where a project's key file lies.

    Nothing of it is written to the project: whoever gets the project file gets no names with it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: dict[str, Key] = {}

    def key(self, project: Project) -> Key | None:
        """Give the key of a project when it was read or made since the program started."""
        return self._open.get(guid_of(project))

    def place(self, project: Project) -> Path | None:
        """Tell where the project's key file lies; None when it has none."""
        kept = self._settings.text(f"keys/{guid_of(project)}")
        return Path(kept) if kept else None

    def put(self, project: Project, key: Key) -> None:
        """Keep a key while the program runs, and remember where its file lies."""
        self._open[guid_of(project)] = key
        if key.path is not None:
            self._settings.put(f"keys/{guid_of(project)}", str(key.path))

    def use(
        self,
        context: Context,
        then: Callable[[Sequence[Name]], None],
        parent: QWidget | None,
        *,
        otherwise: Callable[[], object] | None = None,
    ) -> None:
        """Go on with the names of the project's key, asking for its pass phrase the first time; none without a key.

        When the researcher gives no pass phrase, they choose between going on without looking and not at all;
        with `otherwise` there is only the latter.
        """
        project = context.project
        if project is None:
            return
        key, place = self.key(project), self.place(project)
        if key is not None or place is None:
            then(key.names if key else ())
            return
        from qcode.ui.dialogs.pass_phrase import PassPhraseDialog  # noqa: PLC0415 - ciphers are not for every start

        dialog = PassPhraseDialog(place, parent, way_out="" if otherwise else WITHOUT)

        def accepted() -> None:
            if dialog.names is not None:
                self.put(project, Key(place, tuple(dialog.names)))
            then(dialog.names or ())

        dialog.accepted.connect(accepted)
        if otherwise is not None:
            dialog.rejected.connect(otherwise)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def guid_of(project: Project) -> str:
    """Give the identity of a project, which stays when its file is moved."""
    with project.read() as r:
        return info.guid(r)
