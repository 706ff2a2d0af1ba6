"""The tables. Importing this package makes all of them known to `metadata`."""

from qcode.model.base import UNTRACKED, Base, new_guid
from qcode.model.code import CodeRow
from qcode.model.coder import CoderRow
from qcode.model.coding import CodingRow
from qcode.model.content import ContentRow, TextRow
from qcode.model.ledger import ChangedRow, ChangeRow, OpenChange
from qcode.model.passage import PassageRow
from qcode.model.project import ProjectRow
from qcode.model.reading import ReadingRow
from qcode.model.revision import ReviewRow, RevisionRow
from qcode.model.source import FolderRow, SourceRow, SpanRow
from qcode.model.source_set import SetMemberRow, SourceSetRow
from qcode.model.variable import VariableRow, VariableValueRow

metadata = Base.metadata

# The tables whose history the ledger keeps, parents before children.
TRACKED = tuple(
    metadata.tables[row.__tablename__]
    for row in (
        CoderRow,
        ProjectRow,
        FolderRow,
        SourceRow,
        SpanRow,
        RevisionRow,
        VariableRow,
        VariableValueRow,
        SourceSetRow,
        SetMemberRow,
        CodeRow,
        PassageRow,
        CodingRow,
        ReviewRow,
    )
)

__all__ = [
    "TRACKED",
    "UNTRACKED",
    "Base",
    "ChangeRow",
    "ChangedRow",
    "CodeRow",
    "CoderRow",
    "CodingRow",
    "ContentRow",
    "FolderRow",
    "OpenChange",
    "PassageRow",
    "ProjectRow",
    "ReadingRow",
    "ReviewRow",
    "RevisionRow",
    "SetMemberRow",
    "SourceRow",
    "SourceSetRow",
    "SpanRow",
    "TextRow",
    "VariableRow",
    "VariableValueRow",
    "metadata",
    "new_guid",
]
