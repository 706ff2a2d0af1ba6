"""What a command says stays on its line, lines up, and is UTF-8 whatever the system thinks."""

from __future__ import annotations

import io
import sys

import pytest

from qcode.cli.output import count, one_line, prepare, say, write_table


def test_names_with_line_breaks_and_control_characters_stay_on_one_line() -> None:
    assert one_line("a\nb\r\x1b[31m\u2028") == "a\\nb\\r\\x1b[31m\\u2028"
    assert one_line("👩‍👩‍👧 سلطة") == "👩‍👩‍👧 سلطة"


def test_columns_line_up_and_numbers_stand_right(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(("name", "n"), [("权力", 7), ("a\tb", 1200)], right=(1,))
    assert capsys.readouterr().out == "name     n\n权力     7\na\\tb  1200\n"


def test_a_table_without_rows_is_its_header(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(("name", "n"), [])
    assert capsys.readouterr().out == "name  n\n"


def test_counts_agree_with_their_noun() -> None:
    assert [count(n, "code") for n in (0, 1, 1200)] == ["0 codes", "1 code", "1,200 codes"]
    assert count(2, "code was", "codes were") == "2 codes were"


def test_an_ascii_terminal_still_gets_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline="\n"))
    prepare()
    say("“سلطة” \udcff")
    sys.stdout.flush()
    assert raw.getvalue().decode() == "“سلطة” \\udcff\n"
