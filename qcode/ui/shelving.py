"""How sources are kept in order: folders, sets, places by hand or by name, each move one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from qcode.project import Change, FolderId, SourceId, folders, source_sets, sources
from qcode.project.folders import Folder
from qcode.project.source_sets import SourceSet
from qcode.project.sources import Source
from qcode.ui import jobs
from qcode.ui.actions import Actions
from qcode.ui.context import Context
from qcode.ui.dialogs.removal import folder_way
from qcode.ui.menu import Menu
from qcode.ui.models.shelf import shelf_of
from qcode.ui.models.sources import Carried, SourceTree
from qcode.ui.widgets.plain import caption, number_of, one_line
from qcode.ui.widgets.serving import without_checked
from qcode.ui.widgets.source_list import SourceView

CHOOSE = "Choose sources in the list first."


class Shelving(QObject):
    """Serve what moves and sorts sources and folders of a panel; `list_` shows `model`."""

    def __init__(self, context: Context, actions: Actions, model: SourceTree, list_: SourceView) -> None:
        super().__init__(list_)
        self._context = context
        self._actions = actions
        self._model = model
        self._list = list_
        self._shelf = shelf_of(context)
        model.folderRenamed.connect(self._rename_folder)
        model.dropped.connect(self._move)
        list_.moveAsked.connect(self.move_by)
        for id_, serve in (
            ("source.new_folder", self.new_folder),
            ("source.move_to", partial(self._pop_up, self.fill_folders)),
            ("source.sets", partial(self._pop_up, self.fill_sets)),
            ("source.sort", self.sort),
        ):
            actions[id_].triggered.connect(without_checked(serve))

    # ---- what is chosen ----

    def sources(self) -> list[Source]:
        """List the chosen sources, from top to bottom."""
        rows = self._list.selectionModel().selectedIndexes()
        chosen = {source.id: source for row in rows if (source := self._model.source_at(row))}
        return [source for source in self._model.sources() if source.id in chosen]

    def folder(self) -> Folder | None:
        """Give the chosen folder, when no source is chosen."""
        return None if self.sources() else self._model.folder_at(self._list.currentIndex())

    def _carried(self) -> Carried:
        folder = self.folder()
        return Carried(tuple(source.id for source in self.sources()), (folder.id,) if folder else ())

    # ---- folders ----

    def new_folder(self) -> None:
        """Ask for a name, and make a folder where one is; the chosen sources go into it."""
        chosen, above = self.sources(), self.folder()
        parent = above.id if above else None
        taken = {folder.name for folder in self._model.folders() if folder.parent_id == parent}
        free = next(free for number in range(1, len(taken) + 2) if (free := _numbered(number)) not in taken)
        name = self._context.ask.text("New folder", "Name of the folder:", free)
        if name is not None:
            self._make_folder(name, parent, [source.id for source in chosen])

    def _make_folder(self, name: str, parent: FolderId | None, chosen: Sequence[SourceId]) -> None:
        def work(tx: Change) -> None:
            made = folders.add(tx, name, parent=parent)
            sources.move(tx, chosen, folder=made)

        self._context.change(f"make folder {one_line(name)}", work)

    def remove_folder(self, folder: Folder) -> None:
        """Ask whether the sources in it are kept, saying what goes, and remove a folder."""
        project = self._context.project
        if project is None or not self._context.writable:
            return
        with project.read() as r:
            going = folders.removal(r, folder.id)
        way = folder_way(self._context.ask, folder, going)
        if way is not None:
            jobs.change(
                self._context,
                f"remove folder {one_line(folder.name)}",
                lambda tx: folders.remove(tx, folder.id, with_sources=way),
                rows=going.coded if way else 0,
                parent=self._list.window(),
            )

    def _rename_folder(self, folder: FolderId, name: str) -> None:
        self._context.change(f"rename folder {one_line(name)}", lambda tx: folders.rename(tx, folder, name))

    # ---- moving ----

    def move_to(self, folder: FolderId | None) -> None:
        """Put what is chosen into a folder; None: the top level."""
        self._move(self._carried(), folder, None)

    def move_by(self, steps: int) -> None:
        """Move what is chosen up or down among what stands beside it."""
        carried = self._carried()
        if self._model.is_narrowed:
            self._context.say("Empty the filter first: what is not shown has its place, too.")
        elif carried.sources:
            self._step_sources(carried.sources, steps)
        elif folder := self.folder():
            self._step_folder(folder, steps)

    def _step_sources(self, chosen: Sequence[SourceId], steps: int) -> None:
        first = self.sources()[0]
        beside = self._model.beside(first)
        if not set(chosen) <= set(beside):
            self._context.say("Choose sources of one folder to move them up or down.")
            return
        before = sum(one not in chosen for one in beside[: beside.index(first.id)])
        place = before + steps
        if 0 <= place <= len(beside) - len(chosen):
            self._put(Carried(tuple(chosen), ()), first.folder_id, place, 0)

    def _step_folder(self, folder: Folder, steps: int) -> None:
        beside = self._model.folders_in(folder.parent_id)
        place = beside.index(folder.id) + steps
        if 0 <= place < len(beside):
            self._put(Carried((), (folder.id,)), folder.parent_id, 0, place)

    def _move(self, carried: Carried, folder: FolderId | None, row: int | None) -> None:
        """Put what is carried into a folder, before a row of it; None: where the names belong."""
        if row is None:
            self._put(carried, folder, None, None)
        else:
            self._put(carried, folder, *self._model.before(row, folder, carried))

    def _put(self, carried: Carried, folder: FolderId | None, after: int | None, folders_after: int | None) -> None:
        """Move as one change; `after` counts the sources, `folders_after` the folders, that stay before the place."""
        if not carried.sources and not carried.folders:
            self._context.say(CHOOSE)
            return

        def work(tx: Change) -> None:
            if carried.sources:
                sources.move(tx, carried.sources, folder=folder, position=None if after is None else after + 1)
            for nth, one in enumerate(carried.folders, start=1):
                folders.move(tx, one, parent=folder, position=None if folders_after is None else folders_after + nth)

        self._context.change(f"move {self._named(carried)}", work)

    def _named(self, carried: Carried) -> str:
        names = [source.name for source in self._model.sources() if source.id in carried.sources]
        names += [folder.name for folder in self._model.folders() if folder.id in carried.folders]
        if len(names) == 1:
            return one_line(names[0])
        return f"{len(names)} sources and folders" if carried.folders else number_of(len(names), "source")

    def sort(self) -> None:
        """Let all sources and folders stand by their names again."""
        self._context.change("sort sources by name", sources.sort_by_name)

    # ---- sets ----

    def put_in(self, source_set: SourceSet) -> None:
        """Put the chosen sources into a set."""
        chosen = [source.id for source in self.sources()]
        if chosen:
            label = f"put {number_of(len(chosen), 'source')} into {one_line(source_set.name)}"
            self._context.change(label, lambda tx: source_sets.put_in(tx, source_set.id, chosen))

    def take_out(self, source_set: SourceSet) -> None:
        """Take the chosen sources out of a set; they stay in the project."""
        chosen = [source.id for source in self.sources()]
        if chosen:
            label = f"take {number_of(len(chosen), 'source')} out of {one_line(source_set.name)}"
            self._context.change(label, lambda tx: source_sets.take_out(tx, source_set.id, chosen))

    def new_set(self) -> None:
        """Ask for a name, and make a set of the chosen sources."""
        chosen = [source.id for source in self.sources()]
        name = self._context.ask.text("New set", f"Name of the set of {number_of(len(chosen), 'source')}:", "New set")
        if name is not None:
            self._context.change(f"make set {one_line(name)}", lambda tx: source_sets.add(tx, name, chosen))

    def rename_set(self, source_set: SourceSet) -> None:
        """Ask for another name of a set."""
        name = self._context.ask.text("Rename set", "Name of the set:", source_set.name)
        if name is not None and name != source_set.name:
            self._context.change(
                f"rename set {one_line(source_set.name)}", lambda tx: source_sets.rename(tx, source_set.id, name)
            )

    def remove_set(self, source_set: SourceSet) -> None:
        """Ask, and remove a set; its sources stay."""
        inside = number_of(len(source_set.sources), "source")
        text = (
            f"Remove the set “{one_line(source_set.name)}”?\n\nIts {inside} stay in the project.\n\nYou can undo this."
        )
        if self._context.ask.confirm("Remove set", text, "Remove"):
            self._context.change(
                f"remove set {one_line(source_set.name)}", lambda tx: source_sets.remove(tx, source_set.id)
            )

    # ---- menus ----

    def fill_folders(self, menu: QMenu) -> None:
        """Offer every place that what is chosen can go to, so that dragging is never the only way."""
        chosen, folder = self.sources(), self.folder()
        here = {source.folder_id for source in chosen} if chosen else {folder.parent_id if folder else None}
        menu.addAction("Top level", partial(self.move_to, None)).setEnabled(here != {None})
        below = {folder.id} if folder else set()
        for other in self._model.folders():
            if other.parent_id in below:
                below.add(other.id)
            elif other.id not in below:
                menu.addAction(caption(one_line(other.path)), partial(self.move_to, other.id)).setEnabled(
                    here != {other.id}
                )
        menu.addSeparator()
        menu.addAction(self._actions["source.new_folder"])

    def fill_sets(self, menu: QMenu) -> None:
        """Offer the sets to put the chosen sources into, and to take them out of."""
        chosen = {source.id for source in self.sources()}
        for one in self._shelf.sets:
            if chosen <= one.sources:
                menu.addAction(f"Take out of {caption(one_line(one.name))}", partial(self.take_out, one))
            else:
                menu.addAction(caption(one_line(one.name)), partial(self.put_in, one))
        if self._shelf.sets:
            menu.addSeparator()
        menu.addAction("New set…", self.new_set)

    def _pop_up(self, fill: Callable[[QMenu], None]) -> None:
        if not self.sources() and self.folder() is None:
            self._context.say(CHOOSE)
            return
        menu = Menu(self._list)
        fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        row = self._list.visualRect(self._list.currentIndex())
        menu.popup(self._list.viewport().mapToGlobal(QPoint(row.left() + 20, row.bottom())))


def _numbered(number: int) -> str:
    return "New folder" if number == 1 else f"New folder {number}"
