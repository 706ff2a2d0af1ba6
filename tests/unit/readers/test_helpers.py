"""A long PDF is read by two processors at once, and comes out as if by one; a copy that dies costs one file."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from pdf_kit import Sheet, pdf

from qcode import readers
from qcode.readers.helpers import shares
from qcode.readers.sandbox import ReadingProcess


def test_many_pages_are_read_as_by_one_processor() -> None:
    sheets = [Sheet().put(70, 700, f"Page {number} of it.").put(30, 300, "climbs", turned=True) for number in range(64)]
    sheets[40].put(70, 650, "Bold.", font="F2").put(9_000, 600, "outside")
    data = pdf(sheets, title="Long", labels={0: ("r", 1), 50: ("D", 1)})
    with ReadingProcess() as process:
        assert process.read(data, "a.pdf") == readers.read(data, "a.pdf")


def test_work_is_divided_only_in_the_reading_process() -> None:
    assert shares(1_000, fewest=10) == [range(1_000)]
    assert shares(0, fewest=10) == [range(0)]


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be copied there")
def test_a_copy_gives_plain_data_and_its_death_is_noticed() -> None:
    code = """
        import os, signal
        from qcode.readers.helpers import Helper
        sound, dying, faulty = Helper(lambda: [1, "\\ud83d"]), Helper(os.abort), Helper(lambda: {}["missing"])
        assert sound.result() == [1, "\\ud83d"]
        for helper in (dying, faulty):
            try:
                helper.result()
            except RuntimeError as error:
                print(error)
        endless = Helper(signal.pause)
        endless.end()
        try:
            os.wait()
        except ChildProcessError:
            print("none is left")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["a helper of the reader died", "a helper of the reader died", "none is left"]
