"""Turn a corpus into a project, once, and keep it for later runs."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import defaultdict
from pathlib import Path

from sqlalchemy import insert

from benchmarks import corpus
from qcode.model import CodingRow, PassageRow, new_guid
from qcode.project import Change, codes, create, sources
from qcode.readers import Document
from qcode.store.connect import SCHEMA_VERSION

KEPT = Path(tempfile.gettempdir()) / "qcode-benchmarks"


def project_for(name: str, corpus_file: Path | None = None) -> Path:
    """Find or make the project of a workload; a corpus file of one's own is always taken in anew."""
    KEPT.mkdir(exist_ok=True)
    made = KEPT / f"{name}-{SCHEMA_VERSION}.qcode"  # a file of an older form would be measured being upgraded
    if corpus_file is None:
        if made.exists():
            return made
        corpus_file = KEPT / f"{name}.sqlite"
        corpus.make(corpus_file, name)
    made.unlink(missing_ok=True)
    source = sqlite3.connect(corpus_file)
    try:
        create(made, name=name, coder="Bench", fill=lambda tx: _fill(tx, source)).close()
    finally:
        source.close()
    return made


def _fill(tx: Change, db: sqlite3.Connection) -> None:
    groups = {
        row_id: codes.add(tx, name, is_codable=False)
        for row_id, name in db.execute("SELECT id, name FROM categories ORDER BY id")
    }
    code_ids = {
        row_id: codes.add(tx, name, parent=groups.get(group), color=color, memo=memo or "")
        for row_id, name, color, group, memo in db.execute("SELECT id, name, color, category_id, memo FROM codes")
    }
    for document, name, text in db.execute("SELECT id, name, text FROM documents ORDER BY id").fetchall():
        read = Document(
            text=text, spans=(), title="", media_type="text/plain", encoding="utf-8", encoding_guessed=False
        )
        source = sources.add(tx, read, name=name, original=text.encode(), original_name=name)
        at: dict[tuple[int, int], list[int]] = defaultdict(list)
        for code, start, end in db.execute(
            'SELECT code_id, start, "end" FROM codings WHERE doc_id = ? ORDER BY id', (document,)
        ):
            at[start, end].append(code_ids[code])
        _code(tx, source, text, at)


def _code(tx: Change, source: int, text: str, at: dict[tuple[int, int], list[int]]) -> None:
    """Insert in bulk what a researcher would have applied one by one; the ledger's triggers see every row."""
    common = {"source_id": source, "coder_id": tx.coder.id, "created_at": tx.at}
    last = tx.conn.exec_driver_sql("SELECT coalesce(max(id), 0) FROM passage").scalar_one()
    ids = {span: last + number for number, span in enumerate(at, start=1)}
    tx.conn.execute(
        insert(PassageRow),
        [
            {"id": row_id, "guid": new_guid(), "start": start, "end": end, "quote": text[start:end], **common}
            for (start, end), row_id in ids.items()
        ],
    )
    tx.conn.execute(
        insert(CodingRow),
        [
            {"guid": new_guid(), "passage_id": ids[span], "code_id": code, **common}
            for span, applied in at.items()
            for code in dict.fromkeys(applied)
        ],
    )
