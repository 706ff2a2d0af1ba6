"""The ledger against those who forget it, and those who tamper."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest
from sqlalchemy import exc, text

from qcode.model import TRACKED
from qcode.project import codes, passages, sources
from qcode.store import triggers
from qcode.store.connect import writing

EVERY_TABLE = pytest.mark.parametrize("table", [table.name for table in TRACKED])

ONE_MORE = {
    "coder": "INSERT INTO coder(guid, name) VALUES ('g', 'Zoe')",
    "project": "INSERT INTO project(guid, name, created_at) VALUES ('g', 'x', '2026-01-01 00:00:00.000000')",
    "folder": "INSERT INTO folder(guid, name) VALUES ('g', 'Field notes')",
    "source": "INSERT INTO source(guid, name, length, original_sha256, text_sha256, created_at) "
    "SELECT 'g', 'Twin', length, original_sha256, text_sha256, created_at FROM source LIMIT 1",
    "source_span": "INSERT INTO source_span(source_id, kind, start, \"end\") SELECT id, 'bold', 0, 3 FROM source",
    "source_revision": "INSERT INTO source_revision(source_id, number, text_sha256, original_sha256, length, "
    "replaced_at) SELECT id, 1 + (SELECT count(*) FROM source_revision), text_sha256, original_sha256, length, "
    "created_at FROM source",
    "variable": "INSERT INTO variable(guid, name) SELECT hex(randomblob(9)), 'Age ' || count(*) FROM variable",
    "variable_value": "INSERT INTO variable_value(variable_id, source_id, value) SELECT v.id, s.id, '007' "
    "FROM variable v, source s ORDER BY v.id DESC LIMIT 1",
    "source_set": "INSERT INTO source_set(guid, name) SELECT hex(randomblob(9)), 'Pilot ' || count(*) FROM source_set",
    "source_set_member": "INSERT INTO source_set_member(set_id, source_id) SELECT g.id, s.id "
    "FROM source_set g, source s ORDER BY g.id DESC LIMIT 1",
    "code": "INSERT INTO code(guid, name, color, is_codable, position, created_at, modified_at) "
    "VALUES ('g', '“😀” l1\nl2\t\u2028', '#000000', 1, 9, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
    "passage": 'INSERT INTO passage(guid, source_id, start, "end", quote, coder_id, created_at) '
    "SELECT 'g', source_id, 0, 3, 'The', coder_id, created_at FROM passage LIMIT 1",
    "coding": "INSERT INTO coding(guid, passage_id, source_id, code_id, coder_id, created_at) SELECT 'g', passage_id, "
    "source_id, (SELECT id FROM code WHERE name = 'Moral'), coder_id, created_at FROM coding LIMIT 1",
    "review": 'INSERT INTO review(passage_id, source_id, number, start, "end", why, score) '
    "SELECT max(id), source_id, 1, 0, 3, 'changed', 0.1 FROM passage",
}
TOUCH = {
    "coder": "UPDATE coder SET name = name || ' \\ \"x\" ''y'''",
    "project": "UPDATE project SET name = '😀 ' || name",
    "folder": "UPDATE folder SET position = 7",
    "source": "UPDATE source SET title = 'null', cite_as = '{}', language = '1e5'",
    "source_span": "UPDATE source_span SET value = '0012'",
    "source_revision": "UPDATE source_revision SET number = 9",
    "variable": "UPDATE variable SET kind = 'number'",
    "variable_value": "UPDATE variable_value SET value = '1e5'",
    "source_set": "UPDATE source_set SET name = 'null ' || id",
    "source_set_member": "UPDATE source_set_member SET set_id = (SELECT min(id) FROM source_set)",
    "code": "UPDATE code SET memo = char(1, 31, 127), boundary = 'l1' || char(10, 13, 9) || 'l2'",
    "passage": "UPDATE passage SET comment = 'c'",
    "coding": "UPDATE coding SET reason = 'r'",
    "review": "UPDATE review SET score = 0.30000000000000004, guess_start = 1, guess_end = 2",
}

FURTHER = [
    *[ONE_MORE[name] for name in ("source_span", "source_revision", "variable", "source_set", "source_set", "review")],
    "INSERT INTO variable_value(variable_id, source_id, value) SELECT v.id, s.id, '1' FROM variable v, source s",
    ONE_MORE["variable"],
    "INSERT INTO source_set_member(set_id, source_id) SELECT max(g.id), s.id FROM source_set g, source s",
    ONE_MORE["source_set"],
]


@pytest.fixture
def full(project, brief, expert):
    """The project with a row in every tracked table."""
    with project.change("fill") as tx:
        passages.apply(tx, brief, 4, 10, [expert], reason="because", comment="see")
        sources.edit(tx, brief, folder="Notes")
        for statement in FURTHER:
            tx.conn.exec_driver_sql(statement)
        passages.highlight(tx, brief, 11, 16)  # another one, for one more review
    return project


def snapshot(project):
    with project.read() as r:
        return {table.name: r.conn.execute(table.select().order_by(table.c.id)).all() for table in TRACKED}


@EVERY_TABLE
@pytest.mark.parametrize("kind", ["insert", "update", "delete"])
def test_raw_sql_outside_a_change_aborts(full, table, kind):
    statement = {"insert": ONE_MORE[table], "update": TOUCH[table], "delete": f"DELETE FROM {table}"}[kind]
    before = snapshot(full)
    with pytest.raises(exc.IntegrityError, match="outside an open change"), writing(full._engine) as conn, conn.begin():
        conn.exec_driver_sql(statement)
    raw = sqlite3.connect(full.path)
    with pytest.raises(sqlite3.IntegrityError, match="outside an open change"):
        raw.execute(statement)
    raw.close()
    assert snapshot(full) == before


@EVERY_TABLE
@pytest.mark.parametrize("kind", ["insert", "update", "delete"])
def test_raw_sql_inside_a_change_comes_back_byte_for_byte(full, table, kind):
    statement = {"insert": ONE_MORE[table], "update": TOUCH[table], "delete": f"DELETE FROM {table}"}[kind]
    before = snapshot(full)
    with full.change(f"{kind} {table}") as tx:
        tx.conn.exec_driver_sql(statement)
    after = snapshot(full)
    assert after != before
    if (table, kind) == ("coder", "delete"):
        return  # the coder who would undo it is gone; the ledger still knows, as verify shows
    full.undo()
    assert snapshot(full) == before
    full.redo()
    assert snapshot(full) == after
    assert full.verify() == []


def test_ids_never_change(full, expert):
    with pytest.raises(exc.IntegrityError, match="ids never change"), full.change("x") as tx:
        tx.conn.execute(text("UPDATE code SET id = 900 WHERE id = :id"), {"id": expert})


def test_a_change_that_nobody_closed_cannot_be_committed(full):
    with pytest.raises(exc.IntegrityError, match=r"(?i)foreign key"), writing(full._engine) as conn, conn.begin():
        conn.exec_driver_sql("UPDATE open_change SET change_id = 999")
        conn.exec_driver_sql("UPDATE code SET memo = 'forgotten'")


def test_a_quote_that_is_not_in_the_text_is_never_committed(full):
    with pytest.raises(AssertionError, match="not what the text says"), full.change("x") as tx:
        tx.conn.exec_driver_sql("UPDATE passage SET quote = 'agenda'")
    assert full.verify() == []


def tampered(project, sql):
    """What verify says after somebody took the triggers off, wrote, and put them back."""
    with writing(project._engine) as conn, conn.begin():
        triggers.uninstall(conn)
        conn.exec_driver_sql(sql)
        triggers.install(conn)
    return project.verify()


def test_verify_names_the_change_that_does_not_fit(full, expert):
    with full.change("rename code Expert") as tx:
        codes.update(tx, expert, name="Expertise")
    number = tx.done.id
    assert tampered(full, f"UPDATE code SET name = 'Forged' WHERE id = {expert}") == [
        f"Change {number} (rename code Expert): rows it wrote were altered outside the ledger."
    ]
    assert tampered(full, f"UPDATE code SET name = 'Expertise' WHERE id = {expert}") == []
    ghost = ONE_MORE["folder"].replace("Field", "Ghost")
    assert tampered(full, ghost)[-1].endswith("no change made this row.")
    assert tampered(full, "DELETE FROM folder WHERE name LIKE 'Ghost%'") == []
    assert "altered outside" in tampered(full, "DELETE FROM coding")[0]


def test_verify_names_an_altered_record(full):
    said = tampered(full, "UPDATE change SET label = 'innocent' WHERE id = 2")
    assert said == ["Change 2 (innocent): its record was altered."]


def test_verify_sees_a_missing_link(full, expert):
    with full.change("rename") as tx:
        codes.update(tx, expert, name="E")
    said = tampered(full, "DELETE FROM change WHERE id = 2")
    assert said[0] == "Change 2 is missing from the log."


def test_verify_reads_texts_and_quotes(full):
    said = tampered(full, "UPDATE text SET text = replace(text, 'agency', 'agents')")
    assert any("not what was imported" in line for line in said)
    assert any("not what the text says" in line for line in said)
    assert any("Original file" in line for line in tampered(full, "UPDATE content SET data = x'00'"))


def test_erased_content_keeps_the_chain_and_is_not_undone(full, brief):
    """The format: old rows lose their words and keep a digest, texts keep a tombstone."""
    with full.change("remove source Brief") as tx:
        sources.remove(tx, [brief])
    with writing(full._engine) as conn, conn.begin():
        rows = conn.exec_driver_sql("SELECT seq, old FROM change_row WHERE tbl = 'passage' AND old IS NOT NULL").all()
        assert rows
        for seq, old in rows:
            digest = hashlib.sha256(old.encode()).hexdigest()
            conn.exec_driver_sql("UPDATE change_row SET old = NULL, digest = ? WHERE seq = ?", (digest, seq))
        conn.exec_driver_sql("UPDATE text SET text = NULL, erased_at = '2026-01-01 00:00:00.000000'")
        conn.exec_driver_sql("UPDATE content SET data = NULL, erased_at = '2026-01-01 00:00:00.000000'")
    assert full.verify() == []
    with pytest.raises(Exception, match="erased for good"):
        full.undo()


def test_triggers_are_as_wanted_and_their_loss_is_seen(full):
    with full.read() as r:
        assert triggers.wrong(r.conn) == []
    with writing(full._engine) as conn, conn.begin():
        conn.exec_driver_sql("DROP TRIGGER ledger_code_u")
        assert triggers.wrong(conn) == ["ledger_code_u"]
        triggers.install(conn)
        assert triggers.wrong(conn) == []
