"""What several panels look at: the codebook and the list of sources, read once for all of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from qcode.project import ChangeSet, CodeId, codes, folders, source_sets, sources
from qcode.project.codes import Code
from qcode.project.folders import Folder
from qcode.project.source_sets import SourceSet
from qcode.project.sources import Source
from qcode.ui.context import Context

OF_CODES = frozenset(("code", "coder"))
OF_SOURCES = frozenset(("source", "folder", "passage", "coding"))
OF_SETS = frozenset(("source", "source_set", "source_set_member"))


class Shelf(QObject):
    """Ask it instead of the project; it reads when first asked after a change. Get it before connecting to `changed`.

    It forgets before anybody else hears of a change, because it was connected first.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._codes: list[Code] | None = None
        self._sources: list[Source] | None = None
        self._folders: list[Folder] = []
        self._sets: list[SourceSet] | None = None
        self._by_id: dict[int, Code] = {}
        self.used: Mapping[CodeId, int] = {}  # how often codes were applied, when that was last counted
        context.projectChanged.connect(self._forget)
        context.changed.connect(self._follow)

    @property
    def codes(self) -> list[Code]:
        """The codebook, parents before children; empty without a project."""
        if self._codes is None:
            self._codes = []
            if self._context.project is not None:
                with self._context.project.read() as r:
                    self._codes = codes.codebook(r)
            self._by_id = {code.id: code for code in self._codes}
        return self._codes

    def code(self, id_: object) -> Code | None:
        """Give a code by its id; None when it is not in the codebook."""
        return self._by_id.get(id_) if self.codes and isinstance(id_, int) else None

    @property
    def sources(self) -> list[Source]:
        """The sources by folder and name; empty without a project."""
        if self._sources is None:
            self._sources = []
            if self._context.project is not None:
                with self._context.project.read() as r:
                    self._sources, self._folders = sources.listing(r), folders.listing(r)
        return self._sources

    @property
    def folders(self) -> list[Folder]:
        """The folders, parents before children; empty without a project."""
        return self._folders if self.sources is not None else []  # they are read together

    @property
    def sets(self) -> list[SourceSet]:
        """The sets of sources by name; empty without a project."""
        if self._sets is None:
            self._sets = []
            if self._context.project is not None:
                with self._context.project.read() as r:
                    self._sets = source_sets.listing(r)
        return self._sets

    def _forget(self) -> None:
        self._codes = self._sources = self._sets = None
        self._folders = []
        self.used = {}

    def _follow(self, changes: ChangeSet) -> None:
        if OF_CODES & changes.rows.keys():
            self._codes = None
        if OF_SOURCES & changes.rows.keys():
            self._sources, self._folders = None, []
        if OF_SETS & changes.rows.keys():
            self._sets = None


def shelf_of(context: Context) -> Shelf:
    """Give the shelf that all panels of one window share."""
    return context.findChild(Shelf) or Shelf(context)
