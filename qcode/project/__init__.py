"""What one can do with a project: one module a noun, each with its records, its questions and its actions."""

from qcode.model.shades import next_color
from qcode.model.values import (
    DEFAULT_COLORS,
    ChangeId,
    ChangeKind,
    CodeId,
    CoderId,
    CodingId,
    FolderId,
    PassageId,
    SourceId,
    SourceSetId,
    VariableId,
    join_path,
    parse_color,
    split_path,
)
from qcode.project.ledger import ChangeSet
from qcode.project.project import Project, create, login_name, open_project, restore
from qcode.project.transaction import Change, Reading
from qcode.store.backup import Backup

__all__ = [
    "DEFAULT_COLORS",
    "Backup",
    "Change",
    "ChangeId",
    "ChangeKind",
    "ChangeSet",
    "CodeId",
    "CoderId",
    "CodingId",
    "FolderId",
    "PassageId",
    "Project",
    "Reading",
    "SourceId",
    "SourceSetId",
    "VariableId",
    "create",
    "join_path",
    "login_name",
    "next_color",
    "open_project",
    "parse_color",
    "restore",
    "split_path",
]
