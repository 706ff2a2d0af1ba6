"""A researcher does her whole study on the command line, and makes the usual mistakes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from cli_runner import Run


def _quote(words: str = "We knew how", *more: str) -> list[str]:
    return ["code", "study.qcode", "--source", "talk", "--quote", words, "--code", "Ground > Skill", *more]


def _counts(run: Run) -> dict[str, int]:
    told = run("info", "study.qcode", "--json").json
    return {key: told[key] for key in ("sources", "codes", "passages", "codings", "coders", "changes")}


# ---- making and looking ----------------------------------------------------------------------------------------------


def test_a_new_project_says_what_is_in_it(study: Run) -> None:
    made = study("new", "second.qcode", "--codebook", "book.csv", "--coder", "Tom")
    assert (made.code, made.err) == (0, "")
    assert made.out == "Made second.qcode with 0 sources, 3 codes, 0 passages.\n"
    assert study("info", "second.qcode", "--json").json["coder"] == "Tom"


def test_an_empty_name_is_not_the_folder_one_is_in(study: Run) -> None:
    for words in (("new", ""), ("info", ""), ("import", "study.qcode", ""), ("passages", "study.qcode", "-o", "")):
        refused = study(*words)
        assert (refused.code, refused.out) == (2, "")
        assert "It is empty." in refused.err


def test_info_counts_everything(study: Run) -> None:
    told = study("info", "study.qcode", "--json").json
    assert {"sources": 1, "codes": 3, "passages": 0, "codings": 0}.items() <= told.items()
    assert told["coders"] == 1
    assert told["changes"] >= 2
    assert told["schema"]
    assert told["version"]
    assert "sources" in study("info", "study.qcode").out


def test_sources_are_listed_with_their_digest(study: Run, tmp_path: Path) -> None:
    (source,) = study("sources", "study.qcode", "--json").json
    assert list(source) == ["guid", "name", "title", "folder", "length", "sha256", "passages", "codings"]
    words = (tmp_path / "talk.txt").read_bytes()
    assert source["sha256"] == hashlib.sha256(words).hexdigest()
    assert (source["name"], source["length"]) == ("talk", len(words))
    assert "talk" in study("sources", "study.qcode").out


def test_codes_have_the_columns_of_the_codebook(study: Run) -> None:
    study(*_quote())
    found = study("codes", "study.qcode", "--json").json
    assert [(code["path"], code["codings"], code["is_codable"]) for code in found] == [
        ("Ground", 0, False),
        ("Ground > Skill", 1, True),
        ("Ground > Trust", 0, True),
    ]
    assert list(found[0])[:4] == ["guid", "path", "parent", "level"]
    assert "  Skill  1          1  Ground > Skill" in study("codes", "study.qcode").out


def test_an_encoding_that_was_guessed_wrong_can_be_told(study: Run, tmp_path: Path) -> None:
    for name in ("guessed", "told", "unknown"):
        (tmp_path / f"{name}.txt").write_bytes("Größe".encode("cp437"))
    assert "guessed" in study("import", "study.qcode", "guessed.txt").err
    told = study("import", "study.qcode", "told.txt", "--encoding", "cp437")
    assert (told.code, told.err) == (0, "told.txt: The same file was imported before, as “guessed”.\n")
    assert study("text", "study.qcode", "told").out == "Größe"
    unknown = study("import", "study.qcode", "unknown.txt", "--encoding", "runes")
    assert (unknown.code, unknown.out) == (2, "")
    assert "“runes” is not an encoding known here" in unknown.err


def test_import_tells_what_can_be_read(study: Run) -> None:
    assert "qcode formats" in study("import", "--help").out
    shown = study("formats").out
    for format_and_suffix in ("Markdown", ".docx", ".odt", ".pdf", ".txt"):
        assert format_and_suffix in shown


def test_spans_tell_what_stretches_of_a_text_are(study: Run, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# On the border\n\nA *slow* day.", encoding="utf-8")
    study("import", "study.qcode", "note.md")
    assert json.loads(study("spans", "study.qcode", "note", "--json").out) == [
        {"kind": "heading", "start": 0, "end": 13, "value": "1"},
        {"kind": "italic", "start": 17, "end": 21, "value": ""},
    ]
    assert "heading" in study("spans", "study.qcode", "note").out


def test_text_is_exactly_the_text(study: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes("one\r\ntwo\rthree\u2028four\x1b[31m 👩‍👩‍👧 no newline".encode())
    study("import", "study.qcode", "odd.txt")
    assert study("text", "study.qcode", "odd").out == "one\ntwo\nthree\nfour\x1b[31m 👩‍👩‍👧 no newline"


# ---- importing -------------------------------------------------------------------------------------------------------


def test_the_good_files_of_a_batch_come_in_and_each_bad_one_is_a_line(study: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# A title\n\nWords.\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "folder.txt").mkdir()
    files = ["good.md", "empty.txt", "binary.txt", "folder.txt", "missing.txt", "talk.txt"]
    before = _counts(study)
    done = study("import", "study.qcode", *files, "--folder", "Field")
    assert done.code == 2
    assert "Imported “good”" in done.out
    complaints = done.err.splitlines()
    assert len(complaints) == 5
    for name, line in zip(files[1:], complaints, strict=True):
        assert name in line
    assert _counts(study) == before | {"sources": 2, "changes": before["changes"] + 1}
    assert study("sources", "study.qcode", "--json").json[-1]["folder"] == "Field"


def test_a_batch_with_nothing_good_changes_nothing(study: Run) -> None:
    before = _counts(study)
    assert study("import", "study.qcode", "missing.txt").code == 2
    assert _counts(study) == before


# ---- coding ----------------------------------------------------------------------------------------------------------


def test_a_quote_is_coded_with_its_reason(study: Run) -> None:
    done = study(*_quote("We knew how", "--reason", "knowledge", "--comment", "key"))
    assert done.code == 0
    assert "Applied Ground > Skill to 22:33 of “talk”." in done.out
    (found,) = study("passages", "study.qcode", "--json").json
    assert (found["quote"], found["codes"], found["comment"]) == ("We knew how", ["Ground > Skill"], "key")
    assert (found["paragraph"], found["coder"]) == (2, study("info", "study.qcode", "--json").json["coder"])


def test_several_codes_and_a_range(study: Run) -> None:
    both = ["--code", "Ground > Skill", "--code", "Ground > Trust"]
    assert study("code", "study.qcode", "--source", "talk", "--range", "0:4", *both).code == 0
    (found,) = study("passages", "study.qcode", "--json").json
    assert (found["start"], found["end"], found["codes"]) == (0, 4, ["Ground > Skill", "Ground > Trust"])


def test_a_code_that_is_there_already_is_said_and_nothing_changes(study: Run) -> None:
    study(*_quote())
    before = _counts(study)
    again = study(*_quote())
    assert again.code == 0
    assert "already" in again.out
    assert _counts(study) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (_quote("They asked us"), "2 times"),
        (_quote("They asked us", "--nth", "3"), "no number 3"),
        (_quote("we knew how"), "capitals"),
        (_quote("We knew how", "--code", "Ground"), "group"),
        (_quote("We knew how", "--code", "Ground > Skil"), "Ground > Skill"),
        (_quote("We knew how", "--range", "0:4"), "either"),
        (_quote("We knew how", "--coder", " "), "name"),
        (["code", "study.qcode", "--source", "talk", "--code", "Ground > Skill"], "either"),
        (["code", "study.qcode", "--source", "talk", "--quote", "We knew how"], "--code"),
        (["code", "study.qcode", "--source", "tale", "--range", "0:4", "--code", "Ground > Skill"], "tale"),
        *(
            (["code", "study.qcode", "--source", "talk", "--range", span, "--code", "Ground > Skill"], told)
            for span, told in [("0:9999", "past"), ("4:4", "empty"), ("4:2", "empty"), ("4", "START"), ("-1:4", "-1")]
        ),
    ],
)
def test_what_cannot_be_coded_is_one_sentence_and_nothing_changes(
    study: Run, arguments: Sequence[str], told: str
) -> None:
    before = _counts(study)
    done = study(*arguments, *([] if "--coder" in arguments else ["--coder", "Somebody new"]))
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert told in done.err
    assert done.out == ""
    assert _counts(study) == before


def test_the_second_of_several_quotes_can_be_meant(study: Run) -> None:
    assert study(*_quote("They asked us", "--nth", "2")).code == 0
    assert study("passages", "study.qcode", "--json").json[0]["start"] == 35


# ---- undo, history ---------------------------------------------------------------------------------------------------


def test_undo_takes_a_coding_back_and_redo_brings_it_again(study: Run) -> None:
    study(*_quote())
    assert study("undo", "study.qcode").out == "Undid: apply Skill.\n"
    assert _counts(study)["codings"] == 0
    assert study("redo", "study.qcode").out == "Redid: apply Skill.\n"
    assert _counts(study)["codings"] == 1
    nothing = study("redo", "study.qcode")
    assert (nothing.code, nothing.err) == (2, "There is nothing to redo.\n")


def test_who_is_named_goes_on_coding(study: Run) -> None:
    study(*_quote("We knew how", "--coder", "Mira"))
    study(*_quote("They asked us", "--nth", "1"))
    assert {found["coder"] for found in study("passages", "study.qcode", "--json").json} == {"Mira"}
    assert study("undo", "study.qcode").code == 0
    assert study("undo", "study.qcode").code == 0
    assert study("redo", "study.qcode").code == 0
    assert _counts(study)["codings"] == 1
    assert study("undo", "study.qcode", "--coder", "Mira").code == 0
    assert study("redo", "study.qcode", "--coder", "Mira").code == 0
    assert _counts(study)["codings"] == 1


def test_history_tells_all_changes_newest_first(study: Run) -> None:
    study(*_quote())
    study("undo", "study.qcode")
    undone, applied, *_ = study("history", "study.qcode", "--json").json
    assert list(undone) == ["id", "at", "coder", "label", "kind", "undoes", "reason"]
    assert (undone["kind"], undone["undoes"]) == ("undo", applied["id"])
    assert (applied["kind"], applied["label"], applied["undoes"]) == ("do", "apply Skill", None)
    assert applied["at"].endswith("Z")
    assert "apply Skill" in study("history", "study.qcode").out


# ---- exports ---------------------------------------------------------------------------------------------------------


def test_the_codebook_goes_out_and_comes_into_another_project(study: Run, tmp_path: Path) -> None:
    assert study("codebook", "export", "study.qcode", "out.csv").out == "Wrote 3 codes to out.csv.\n"
    study("new", "second.qcode")
    assert study("codebook", "import", "second.qcode", "out.csv").out == "Imported 3 codes.\n"
    study("codebook", "export", "second.qcode", "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()
    assert "just the same" in study("codebook", "import", "second.qcode", "out.csv").out
    study("codebook", "export", "second.qcode", "bare.csv", "--no-bom")
    assert (tmp_path / "bare.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()[3:]
    assert study("codebook", "export", "second.qcode", "-").out.encode() == (tmp_path / "out.csv").read_bytes()


def test_a_broken_codebook_names_file_and_line_and_changes_nothing(study: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.csv").write_text("name,color\nFine,\nBad,purple\n")
    before = _counts(study)
    done = study("codebook", "import", "study.qcode", "broken.csv", "--coder", "Somebody new")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("broken.csv: Line 3: ")
    assert _counts(study) == before


def test_passages_go_out_as_csv_and_json(study: Run, tmp_path: Path) -> None:
    study(*_quote())
    assert study("passages", "study.qcode", "-o", "out.csv", "--code", "Ground").code == 0
    assert study("passages", "study.qcode", "-o", "out.JSON", "--source", "talk").code == 0
    assert b"We knew how" in (tmp_path / "out.csv").read_bytes()
    assert json.loads((tmp_path / "out.JSON").read_text("utf-8"))[0]["quote"] == "We knew how"
    listed = study("passages", "study.qcode").out
    assert "22:33" in listed
    assert "1 passage\n" in listed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["passages", "study.qcode", "-o", "out.txt"], ".json"),
        (["passages", "study.qcode", "-o", "out.csv", "--json"], "contradict"),
        (["passages", "study.qcode", "-o", "missing/out.csv"], "no folder"),
        (["passages", "study.qcode", "--code", "Luck"], "Luck"),
        (["passages", "study.qcode", "--source", "tale"], "tale"),
        (["codebook", "export", "study.qcode", "."], "folder"),
        (["codebook", "export", "study.qcode", "study.qcode"], "another name"),
        (["codebook", "import", "study.qcode", "missing.csv"], "missing.csv"),
        (["text", "study.qcode", "tale"], "tale"),
        (["info", "missing.qcode"], "missing.qcode"),
        (["info", "talk.txt"], "talk.txt"),
        (["info", "."], ""),
        (["new", "study.qcode"], "study.qcode"),
        (["new", "other.qcode", "--codebook", "nonsense"], "nonsense"),
        (["new", "missing/other.qcode"], "missing"),
        (["restore", "missing.qcode", "new.qcode"], "missing.qcode"),
        (["restore", "study.qcode", "talk.txt"], "talk.txt"),
        (["undo", "missing.qcode"], "missing.qcode"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(
    study: Run, tmp_path: Path, arguments: Sequence[str], told: str
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    done = study(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert told in done.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


# ---- safety ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_restored_under_a_new_name(study: Run) -> None:
    study(*_quote())
    assert study("backup", "study.qcode", "copy.qcode").code == 0
    study("undo", "study.qcode")
    assert study("restore", "copy.qcode", "again.qcode").code == 0
    assert study("info", "again.qcode", "--json").json["codings"] == 1
    assert study("backup", "study.qcode").code == 0


def test_verify_tells_what_somebody_changed_behind_our_back(study: Run) -> None:
    study(*_quote())
    sound = study("verify", "study.qcode")
    assert (sound.code, sound.err) == (0, "")
    assert "is sound" in sound.out
    with sqlite3.connect("study.qcode") as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{trigger}"')
        db.execute("UPDATE change SET label = 'apply Trust' WHERE label = 'apply Skill'")
    db.close()
    wrong = study("verify", "study.qcode")
    assert wrong.code == 2
    assert wrong.err
    assert wrong.out == ""


def test_who_makes_the_sample_goes_on_in_their_own_name(run: Run) -> None:
    assert run("new", "practice.qcode", "--sample").code == 0
    told = run("info", "practice.qcode", "--json").json
    assert (told["coder"], told["coders"]) == ("rosa", 2)
    with_name = run("new", "second.qcode", "--sample", "--coder", "Tom")
    assert with_name.code == 0
    assert run("info", "second.qcode", "--json").json["coder"] == "Tom"
