"""What the window remembers between two starts, in one readable file that holds no word of a source."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

FOLDER_VARIABLE = "QCODE_SETTINGS_DIR"
THEMES = ("system", "light", "dark")
ZOOM_STEPS = (70, 80, 90, 100, 110, 120, 135, 150, 175, 200, 250)
RECENT_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Recent:
    """A project that was open before; `opened` is local time in ISO format, `passages` its count when it was closed."""

    path: Path
    opened: datetime
    passages: int


class Settings:
    """Keep window state, theme, zoom, recent projects and the coder's name; nothing of it is part of a project."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings_folder()
        self._file = QSettings(str(self.folder / "qcode.ini"), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """Read a remembered word."""
        return str(self._file.value(key, default))

    def put(self, key: str, value: str) -> None:
        """Remember a word, on disk at once: a crash must not take it away."""
        self._file.setValue(key, value)
        self._file.sync()

    def state(self, key: str) -> QByteArray:
        """Read what Qt's saveState or saveGeometry gave; empty when nothing was kept."""
        return QByteArray.fromBase64(QByteArray(self.text(key).encode()))

    def put_state(self, key: str, value: QByteArray) -> None:
        """Remember what Qt's saveState or saveGeometry gave."""
        self.put(key, bytes(value.toBase64().data()).decode())

    @property
    def coder(self) -> str:
        """The coder's name, asked for once; empty until then."""
        return self.text("coder")

    @coder.setter
    def coder(self, name: str) -> None:
        self.put("coder", name)

    @property
    def theme(self) -> str:
        """One of THEMES."""
        kept = self.text("theme", "system")
        return kept if kept in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self.put("theme", name)

    @property
    def zoom(self) -> int:
        """The size of the text that is read, in per cent; one of ZOOM_STEPS."""
        kept = self.text("zoom", "100")
        return int(kept) if kept.isdecimal() and int(kept) in ZOOM_STEPS else 100

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self.put("zoom", str(percent))

    @property
    def hidden_panes(self) -> frozenset[str]:
        """The keys of the panes that were closed."""
        return frozenset(self._list("panes/hidden"))

    @hidden_panes.setter
    def hidden_panes(self, keys: frozenset[str]) -> None:
        self._put_list("panes/hidden", sorted(keys))

    @property
    def shown_panes(self) -> frozenset[str]:
        """The keys of the panes that were opened, of those that are closed until asked for."""
        return frozenset(self._list("panes/shown"))

    @shown_panes.setter
    def shown_panes(self, keys: frozenset[str]) -> None:
        self._put_list("panes/shown", sorted(keys))

    def open_sources(self, project: Path, window: int = 1) -> tuple[list[str], str]:
        """Tell which tabs a project was left with: the guids of their sources, and the one in front."""
        key = _project_key(project, window)
        return self._list(f"{key}/tabs"), self.text(f"{key}/front")

    def remember_sources(self, project: Path, guids: Sequence[str], front: str = "", window: int = 1) -> None:
        """Remember the tabs of a project in one of its windows, in order, and the one in front."""
        key = _project_key(project, window)
        self._put_list(f"{key}/tabs", list(guids))
        self.put(f"{key}/front", front)

    def recent(self) -> list[Recent]:
        """List the projects opened before, newest first, those that are gone included."""
        return [made for entry in self._list("recent") if (made := _as_recent(entry))]

    def remember_recent(self, project: Path, passages: int, *, now: datetime) -> None:
        """Put a project first among the recent ones."""
        entry = Recent(project.absolute(), now, passages)
        others = [kept for kept in self.recent() if kept.path != entry.path]
        self._keep_recent([entry, *others][:RECENT_LIMIT])

    def forget_recent(self, project: Path) -> None:
        """Take a project off the list; the file stays."""
        self._keep_recent([kept for kept in self.recent() if kept.path != project.absolute()])

    def _keep_recent(self, entries: list[Recent]) -> None:
        self._put_list("recent", [json.dumps(asdict(entry), default=str, ensure_ascii=False) for entry in entries])

    def _list(self, key: str) -> list[str]:
        try:
            kept = json.loads(self.text(key, "[]"))
        except ValueError:  # somebody edited the file by hand: begin anew rather than fail to start
            return []
        return [str(one) for one in kept] if isinstance(kept, list) else []

    def _put_list(self, key: str, values: Sequence[str]) -> None:
        self.put(key, json.dumps(list(values), ensure_ascii=False))


def settings_folder() -> Path:
    """Say where the settings lie; QCODE_SETTINGS_DIR puts them elsewhere (tests, a memory stick)."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_config_path("qcode", appauthor=False)


def _project_key(project: Path, window: int) -> str:
    # a path holds slashes and any letter, which an ini key may not
    return (
        "project-"
        + hashlib.sha256(str(project.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        + (f"-window-{window}" if window > 1 else "")
    )


def _as_recent(entry: str) -> Recent | None:
    try:
        kept = json.loads(entry)
        return Recent(Path(kept["path"]), datetime.fromisoformat(kept["opened"]), int(kept["passages"]))
    except (ValueError, KeyError, TypeError):  # an entry of another version is no reason not to start
        return None
