"""Names in a terminal: a key is made, names are listed, replaced, and refused to leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runner import Run
from packed_kit import p, r, word

TABLE = "name,replacement\nAgnes Thorvald,R1\nPiet,a driver\n"
TALK = "Agnes: Piet came. A. Thorvald stayed, piet not.\n"


@pytest.fixture
def named(study: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The study with a text that names people, and the key to them."""
    (tmp_path / "names.csv").write_text(TABLE)
    (tmp_path / "visit.txt").write_text(TALK)
    monkeypatch.setenv("QCODE_PASSPHRASE", "three plain words")
    assert study("key", "make", "names.csv", "study.qcodekey").code == 0
    assert study("import", "study.qcode", "visit.txt").code == 0
    return study


def test_places_are_listed_with_the_doubtful_ones_marked(named: Run) -> None:
    found = named("names", "study.qcode", "--key", "study.qcodekey", "--json").json
    assert [(one["found"], one["replacement"], one["sure"]) for one in found] == [
        ("Agnes", "R1", True), ("Piet", "a driver", True), ("A. Thorvald", "R1", True), ("piet", "a driver", False),
    ]  # fmt: skip
    listed = named("names", "study.qcode", "--key", "study.qcodekey").out
    assert "[piet]" in listed
    assert "4 places" in listed


def test_an_export_with_names_is_refused_until_they_are_replaced(named: Run, tmp_path: Path) -> None:
    assert (
        named("code", "study.qcode", "--source", "visit", "--quote", "Piet came", "--code", "Ground > Skill").code == 0
    )
    export = ("passages", "study.qcode", "-o", "out.csv", "--key", "study.qcodekey")
    refused = named(*export)
    assert refused.code == 2
    assert "“Piet” (1 ×)" in refused.err
    assert not (tmp_path / "out.csv").exists()
    assert named("text", "study.qcode", "visit", "--key", "study.qcodekey").code == 2
    done = named("pseudonymise", "study.qcode", "--key", "study.qcodekey", "--erase")
    assert done.code == 0
    assert done.out.startswith("Replaced 3 places.\nErased 1 earlier text, 1 original file")
    assert "1 place may mean something else" in done.err
    assert named(*export).code == 0
    assert "a driver came" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert named("text", "study.qcode", "visit").out == "R1: a driver came. R1 stayed, piet not.\n"
    assert named("verify", "study.qcode").code == 0


def test_a_file_whose_names_only_its_reader_sees_is_kept_in_though_the_text_was_mended(
    named: Run, tmp_path: Path
) -> None:
    (tmp_path / "letter.docx").write_bytes(word(p(r("Ag"), r("nes came."))))
    assert named("import", "study.qcode", "letter.docx").code == 0
    assert named("pseudonymise", "study.qcode", "--key", "study.qcodekey").code == 0
    assert named("text", "study.qcode", "letter", "--key", "study.qcodekey").out == "R1 came."
    refused = named("original", "study.qcode", "letter", "-o", "out.docx", "--key", "study.qcodekey")
    assert refused.code == 2
    assert "“Agnes” (1 ×)" in refused.err
    assert not (tmp_path / "out.docx").exists()


def test_names_can_be_replaced_on_the_way_in(named: Run) -> None:
    done = named("import", "study.qcode", "visit.txt", "--name", "again", "--key", "study.qcodekey")
    assert done.code == 0
    assert "Names replaced: 3." in done.err
    assert named("text", "study.qcode", "again").out == "R1: a driver came. R1 stayed, piet not.\n"
    assert named("original", "study.qcode", "again").out == "R1: a driver came. R1 stayed, piet not.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("key", "show", "names.csv"), "not a key file"),
        (("key", "show", "study.qcodekey", "--passphrase-file", "names.csv"), "not the pass phrase"),
        (("key", "make", "visit.txt", "x.qcodekey"), "no columns"),
        (("names", "study.qcode", "--key", "nowhere.qcodekey"), "no file nowhere.qcodekey"),
    ],
)
def test_what_cannot_be_read_is_said(named: Run, arguments: tuple[str, ...], said: str) -> None:
    done = named(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_without_a_pass_phrase_nothing_is_read(named: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert named("key", "show", "study.qcodekey").out.splitlines()[1].split() == ["Agnes", "Thorvald", "R1"]
    monkeypatch.delenv("QCODE_PASSPHRASE")
    assert "no pass phrase" in named("key", "show", "study.qcodekey").err


def test_found_places_and_counted_words_keep_names_in_too(named: Run, tmp_path: Path) -> None:
    for command in (("search", "study.qcode", "came"), ("words", "study.qcode")):
        refused = named(*command, "-o", "out.xlsx", "--key", "study.qcodekey")
        assert (refused.code, refused.out) == (2, "")
        assert "“Piet”" in refused.err or "“piet”" in refused.err
        assert not (tmp_path / "out.xlsx").exists()
        assert named(*command, "-o", "out.xlsx").code == 0
        (tmp_path / "out.xlsx").unlink()
