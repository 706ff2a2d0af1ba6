"""From a terminal: find words, count them, code what was found."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from cli_runner import Run
from python_calamine import CalamineWorkbook

from qcode.text import query

TALK = "They asked us first.\n\nWe knew how. They asked us again.\n"


def test_words_are_found_with_what_stands_around_them(study: Run) -> None:
    found = study("search", "study.qcode", "asked us", "--json").json
    assert [TALK[one["start"] : one["end"]] for one in found] == [one["words"] for one in found]
    assert [(one["source"], one["words"], one["paragraph"]) for one in found] == [
        ("talk", "asked", 1),
        ("talk", "us", 1),
        ("talk", "asked", 2),
        ("talk", "us", 2),
    ]
    assert (found[2]["before"], found[2]["after"]) == ("We knew how. They ", " us again.")
    assert found[2]["context"] == "We knew how. They asked us again."
    told = study("search", "study.qcode", '"asked us"')
    assert told.out.endswith("2 places in 1 source\n")
    assert study("search", "study.qcode", r"\bW\w+", "--regex", "--case").out.count("talk ") == 1
    assert study("search", "study.qcode", "he", "--whole-words", "--json").json == []
    assert study("search", "study.qcode", "how", "--code", "Ground", "--json").json == []


def test_what_cannot_be_looked_for_is_told(study: Run) -> None:
    for words, said in (("(a", "missing )"), ("((a{1000}){1000}){1000}", "multiply")):
        told = study("search", "study.qcode", words, "--regex")
        assert (told.code, told.out) == (2, "")
        assert said in told.err
    assert study("search", "study.qcode", "  ").code == 2
    assert "“nowhere”" in study("search", "study.qcode", "how", "--source", "nowhere").err
    assert study("search", "study.qcode", "how", "-o", "found.txt").code == 2
    assert study("search", "study.qcode", "how", "--json", "-o", "found.csv").code == 2


def test_a_search_that_never_ends_is_stopped_and_says_so(
    study: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "SECONDS", 0.05)
    (tmp_path / "long.txt").write_text("a" * 60 + "b")
    study("import", "study.qcode", "long.txt")
    told = study("search", "study.qcode", "(a|aa)+$", "--regex", "--source", "long", "--json")
    assert (told.code, told.out) == (2, "")
    assert "stopped" in told.err
    assert "“long”" in told.err


def test_words_are_counted_and_taken_out(study: Run, tmp_path: Path) -> None:
    told = study("words", "study.qcode", "--most", "1").out.splitlines()
    assert [line.split() for line in told[:2]] == [["word", "count", "sources"], ["asked", "2", "1"]]
    counted = study("words", "study.qcode", "--stop-words", "auto", "--json").json
    assert (counted[0]["word"], counted[0]["count"], counted[0]["percent"]) == ("asked", 2, 18.1818)
    assert {"they", "we", "us", "how"}.isdisjoint(one["word"] for one in counted)
    assert study("words", "study.qcode", "--csv").out.startswith(
        "\ufeffword,count,percent,sources\r\nasked,2,18.1818,1\r\n"
    )
    assert study("words", "study.qcode", "-o", "words.xlsx").out == "Wrote 8 words to words.xlsx.\n"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO((tmp_path / "words.xlsx").read_bytes())).get_sheet_by_index(0)
    assert sheet.to_python()[1][:2] == ["asked", 2.0]


def test_what_was_found_is_coded_once_looked_at_and_undone(study: Run) -> None:
    arguments = ("autocode", "study.qcode", "asked", "--unit", "sentence", "--code", "Ground > Skill")
    looked = study(*arguments, "--dry-run", "--json").json
    assert [(one["quote"], one["hits"], one["already"]) for one in looked] == [
        ("They asked us first.", 1, False),
        ("They asked us again.", 1, False),
    ]
    assert study("passages", "study.qcode", "--json").json == []
    assert study(*arguments).out == "Applied Ground > Skill to 2 passages in 1 source.\n"
    again = study(*arguments).out
    assert again == "Applied Ground > Skill to 0 passages in 1 source. 2 passages were coded so already.\n"
    assert study("search", "study.qcode", "asked", "--code", "Ground", "--json").json != []
    assert study("undo", "study.qcode").out == "Undid: auto-code Skill.\n"
    assert study("passages", "study.qcode", "--json").json == []


def test_auto_coding_wants_to_know_what_and_with_which_code(study: Run) -> None:
    assert study("autocode", "study.qcode", "--code", "Ground > Skill").code == 2
    assert study("autocode", "study.qcode", "asked").code == 2
    assert study("autocode", "study.qcode", "asked", "--heading", "x", "--code", "Ground > Skill").code == 2
    assert study("autocode", "study.qcode", "asked", "--code", "Ground").code == 2
    told = study("autocode", "study.qcode", "--speaker", "Anna", "--code", "Ground > Skill")
    assert (told.code, told.out) == (0, "Nothing was found to code.\n")
