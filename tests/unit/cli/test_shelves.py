"""Folders, sets, order and variables from the command line, with the usual mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runner import Run


@pytest.fixture
def shelf(study: Run, tmp_path: Path) -> Run:
    """The study with two more texts."""
    for name in ("note", "letter"):
        (tmp_path / f"{name}.txt").write_text(f"A {name}.\n")
    study("import", "study.qcode", "note.txt", "letter.txt")
    return study


def names(shelf: Run, *more: str) -> list[str]:
    return [source["name"] for source in shelf("sources", "study.qcode", "--json", *more).json]


def test_sources_are_moved_sorted_renamed_described_and_removed(shelf: Run) -> None:
    assert shelf("sources", "move", "study.qcode", "talk", "--folder", "", "--position", "1").code == 0
    assert names(shelf) == ["talk", "letter", "note"]
    shelf("sources", "sort", "study.qcode")
    assert names(shelf) == ["letter", "note", "talk"]
    shelf("sources", "move", "study.qcode", "note", "talk", "--folder", "Field > May")
    assert names(shelf, "--folder", "Field") == ["note", "talk"]
    assert shelf("folders", "study.qcode", "--json").json[1]["path"] == "Field > May"
    assert shelf("folders", "list", "study.qcode").out.split() == [
        "folder",
        "sources",
        "Field",
        "0",
        "Field",
        ">",
        "May",
        "2",
    ]
    assert shelf("sources", "rename", "study.qcode", "note", "Note 1").out == "“note” is called “Note 1” now.\n"
    assert shelf("sources", "edit", "study.qcode", "talk", "--direction", "rtl").code == 0
    assert shelf("sources", "edit", "study.qcode", "talk").code == 2
    assert shelf("folders", "move", "study.qcode", "Field > May", "--into", "").code == 0
    assert shelf("folders", "rename", "study.qcode", "May", "June").code == 0
    gone = shelf("folders", "remove", "study.qcode", "June", "--with-sources")
    assert gone.out == "Removed 1 folder and 2 sources.\n"
    assert names(shelf) == ["letter"]
    assert shelf("undo", "study.qcode").code == 0
    assert shelf("sources", "remove", "study.qcode", "talk").out == "Removed “talk”.\n"
    assert names(shelf) == ["letter", "Note 1"]


def test_sets_are_filled_and_list_their_sources(shelf: Run) -> None:
    shelf("sets", "put", "study.qcode", "Women", "talk", "note")
    shelf("sets", "take", "study.qcode", "Women", "note")
    assert names(shelf, "--set", "Women") == ["talk"]
    assert shelf("sets", "rename", "study.qcode", "Women", "Midwives").code == 0
    (kept,) = shelf("sets", "study.qcode", "--json").json
    assert (kept["name"], kept["sources"]) == ("Midwives", ["talk"])
    assert shelf("sets", "remove", "study.qcode", "Midwives").code == 0
    assert names(shelf) == ["letter", "note", "talk"]


def test_variables_come_back_as_they_went_out_and_strangers_are_told(shelf: Run, tmp_path: Path) -> None:
    shelf("variables", "set", "study.qcode", "talk", "Age=34", "Place==1+1")
    shelf("variables", "kind", "study.qcode", "Age", "number")
    for file in ("v.csv", "v.xlsx"):
        assert shelf("variables", "export", "study.qcode", file).code == 0
        assert shelf("variables", "import", "study.qcode", file).out == "Took over 3 rows; 0 values changed.\n"
    (tmp_path / "more.csv").write_text("source;Age;Asked\ntalk;35;yes\nnobody;1;no\n")
    done = shelf("variables", "import", "study.qcode", "more.csv")
    assert (done.code, done.out) == (2, "Took over 1 row; 2 values changed, 1 new variable: Asked.\n")
    assert done.err == "Line 3: there is no source called “nobody”.\n"
    told = shelf("variables", "study.qcode", "--json").json
    assert [(one["name"], one["kind"]) for one in told["variables"]] == [
        ("Age", "number"),
        ("Place", "text"),
        ("Asked", "yes/no"),
    ]
    assert told["values"]["talk"] == {"Age": "35", "Place": "=1+1", "Asked": "yes"}
    assert shelf("variables", "remove", "study.qcode", "Asked").out == "Removed “Asked” with 1 value.\n"
    assert shelf("variables", "rename", "study.qcode", "Place", "Town").code == 0
    out = shelf("variables", "export", "study.qcode", "-").out
    assert out.lstrip("\ufeff").splitlines()[0] == "source,Age,Town"


MISTAKES = (
    (("sources", "rename", "study.qcode", "nobody", "x"), "no source called “nobody”"),
    (("sources", "move", "study.qcode", "talk", "--folder", "a>b"), "> without spaces"),
    (("folders", "make", "study.qcode", " "), "empty"),
    (("folders", "remove", "study.qcode", "None"), "no folder “None”"),
    (("sets", "take", "study.qcode", "None", "talk"), "no set called “None”"),
    (("variables", "set", "study.qcode", "talk", "Age"), "not NAME=VALUE"),
    (("variables", "kind", "study.qcode", "Age", "colour"), "colour"),
    (("variables", "export", "study.qcode", "v.doc"), "ends in none of"),
    (("variables", "import", "study.qcode", "talk.txt"), "no source"),
    (("variables", "import", "study.qcode", "none.csv"), "none.csv"),
)


def test_a_mistake_is_one_sentence_and_changes_nothing(shelf: Run) -> None:
    before = shelf("info", "study.qcode", "--json").json["changes"]
    for words, told in MISTAKES:
        refused = shelf(*words)
        assert refused.code == 2
        assert told in refused.err and refused.err.count("\n") == 1
    assert shelf("info", "study.qcode", "--json").json["changes"] == before
