"""A stranger's file may crash, stall or fool its reader; it costs one sentence, and the next file is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from packed_kit import p, r, word
from pdf_kit import Sheet, pdf

from qcode import readers
from qcode.errors import FormatProblem
from qcode.project import create, sources
from qcode.project.importing import import_files
from qcode.readers import Part, ReadingChoices, Survey, SurveyChoices, wire
from qcode.readers.document import Document
from qcode.readers.sandbox import Limits, ReadingProcess
from qcode.text.span import Span, SpanKind

# A reading process whose reader does what the name of the file says. It loads no format, so it starts at once.
TRICKSTER = """
    import os, sys
    from qcode.readers.document import Document
    from qcode.readers.sandbox import main
    from qcode.text.span import Span, SpanKind

    def read(data, name, choices):
        match name:
            case "crash.pdf":
                os.abort()
            case "quit.pdf":
                os._exit(0)
            case "hang.pdf":
                sys.stdin.buffer.read()  # nothing more comes
            case "work.pdf":
                while True:
                    pass
            case "swell.pdf":
                bytearray(2**40)
            case "fault.pdf":
                return {}["missing"]
            case "write.pdf":
                with open(data.decode(), "wb") as file:
                    file.write(b"harm")
            case "chatter.pdf":
                os.write(1, b"rubbish in the way of the answer")
                print("more of it", flush=True)
            case "half.pdf":
                return Document("half a character: \\ud83d", (), "", "a/b", "utf-8", False)
            case "beyond.pdf":
                return Document("short", (Span(0, 99, SpanKind.BOLD),), "", "a/b", "utf-8", False)
            case "nul.pdf":
                return Document("a\\0b", (), "", "a/b", "utf-8", False)
            case "title.pdf":
                return Document("text", (), "a\\0b", "a/b", "utf-8", False)
            case "vast.pdf":
                return Document("é" * 27_000_000, (), "", "a/b", "utf-8", False)
            case "refused.pdf":
                from qcode.errors import FormatProblem
                raise FormatProblem("It has a password.", "Remove it.", line=3)
        return Document("Sound.", (), str(os.getpid()), "a/b", "utf-8", False)

    main(read)
"""
STOPPED = "could not be read: the reader stopped"
HINT = "Open it in the program it comes from, save it anew or as plain text, and import that."


def script(folder: Path, code: str) -> list[str]:
    path = folder / "trickster.py"
    path.write_text(textwrap.dedent(code), encoding="utf-8")
    return [sys.executable, str(path), str(256 * 1024 * 1024)]


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ReadingProcess]:
    with ReadingProcess(command=script(tmp_path, TRICKSTER)) as process:
        yield process


def refused(process: ReadingProcess, name: str, data: bytes = b"%PDF") -> str:
    with pytest.raises(FormatProblem) as caught:
        process.read(data, name)
    return str(caught.value)


def test_a_document_read_apart_is_the_one_read_here() -> None:
    body = p(r("Ärger"), style="Heading1") + p(r("Sie sagte: "), r("nein 🙂", "<w:b/>"))
    files = {"a.docx": word(body, title="Ein Gespräch"), "b.pdf": pdf([Sheet().put(70, 700, "Set by hand.")])}
    with ReadingProcess() as process:
        for name, data in files.items():
            assert process.read(data, name) == readers.read(data, name)
        koi = "<html><p>да".encode("koi8-r")
        koi8 = ReadingChoices(encoding="koi8-r", article_only=True)
        assert process.read(koi, "c.html", koi8) == readers.read(koi, "c.html", koi8)
        table = b"Age,What did you say?\n34,I said that it would hardly do\n51,\n"
        each = ReadingChoices(survey=SurveyChoices(left_out=("Age",), apart=True))
        survey = process.read(table, "d.csv", each)
        assert survey == readers.read(table, "d.csv", each)
        assert survey.survey and survey.parts


def test_a_refusal_says_what_it_would_say_here() -> None:
    with ReadingProcess() as process, pytest.raises(FormatProblem) as apart:
        process.read(b"PK\x03\x04 broken", "\udcff.docx")
    with pytest.raises(FormatProblem) as here:
        readers.read(b"PK\x03\x04 broken", "\udcff.docx")
    assert (apart.value.message, apart.value.hint) == (here.value.message, here.value.hint)


def test_one_process_serves_the_batch_and_is_gone_at_its_end(process: ReadingProcess) -> None:
    first = process.read(b"%PDF", "a.pdf").title
    assert process.read(b"%PDF", "b.pdf").title == first
    process.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(first), 0)


@pytest.mark.parametrize("name", ["crash.pdf", "quit.pdf", "beyond.pdf", "nul.pdf", "title.pdf"])
def test_a_reader_that_dies_or_tells_nonsense_costs_one_file(process: ReadingProcess, name: str) -> None:
    before = process.read(b"%PDF", "a.pdf").title
    assert refused(process, name) == f"{name} {STOPPED}. {HINT}"
    after = process.read(b"%PDF", "b.pdf")
    assert (after.text, after.title != before) == ("Sound.", True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(before), 0)


def test_a_reader_that_hangs_is_not_waited_for(process: ReadingProcess) -> None:
    process.limits = Limits(wall=0.1)
    assert refused(process, "hang.pdf") == f"hang.pdf {STOPPED} because it took too long. {HINT}"
    process.limits = Limits()
    assert process.read(b"%PDF", "b.pdf").text == "Sound."


def test_a_large_file_may_take_longer() -> None:
    assert Limits().more(b"x") < 0.001
    assert Limits().more(bytes(50 * 1024 * 1024)) == 100
    assert Limits(per_megabyte=0).more(bytes(1024)) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no limits to resources there")
def test_a_reader_that_works_for_ever_is_ended_by_the_system(process: ReadingProcess) -> None:
    process.limits = Limits(cpu=0)
    assert refused(process, "work.pdf") == f"work.pdf {STOPPED} because it took too long. {HINT}"
    process.limits = Limits()
    assert process.read(b"%PDF", "b.pdf").text == "Sound."


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited there only")
def test_a_reader_that_takes_all_memory_is_stopped(process: ReadingProcess) -> None:
    assert refused(process, "swell.pdf") == f"swell.pdf {STOPPED} because it needed too much memory. {HINT}"
    assert process.read(b"%PDF", "b.pdf").text == "Sound."


def test_a_fault_of_a_reader_is_told_by_its_place_and_the_process_goes_on(process: ReadingProcess) -> None:
    before = process.read(b"%PDF", "a.pdf").title
    assert f"fault.pdf {STOPPED} over it (KeyError, trickster.py line " in refused(process, "fault.pdf")
    assert f"half.pdf {STOPPED} over it (UnicodeEncodeError, " in refused(process, "half.pdf")
    assert process.read(b"%PDF", "b.pdf").title == before


@pytest.mark.skipif(sys.platform == "win32", reason="no limits to resources there")
def test_a_reader_writes_no_file(process: ReadingProcess, tmp_path: Path) -> None:
    target = tmp_path / "harm"
    assert f"write.pdf {STOPPED} over it (OSError" in refused(process, "write.pdf", str(target).encode())
    assert target.stat().st_size == 0


def test_what_a_library_prints_is_not_taken_for_an_answer(process: ReadingProcess) -> None:
    assert process.read(b"%PDF", "chatter.pdf").text == "Sound."


def test_more_text_than_a_source_may_have_is_refused(process: ReadingProcess) -> None:
    assert refused(process, "vast.pdf").startswith("vast.pdf holds more than 50 MB of text; ")


def test_a_refusal_keeps_its_line_and_its_hint(process: ReadingProcess) -> None:
    with pytest.raises(FormatProblem) as caught:
        process.read(b"%PDF", "refused.pdf")
    assert (caught.value.message, caught.value.hint, caught.value.line) == ("It has a password.", "Remove it.", 3)


def test_a_process_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    with ReadingProcess(command=[str(tmp_path / "none")]) as process:
        assert "the reader could not be started" in refused(process, "a.pdf")


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"rubbish without end",
        (2**63).to_bytes(8, "big"),
        (2).to_bytes(8, "big") + b"[]" + bytes(8),
        (2).to_bytes(8, "big") + b"{}" + bytes(8),
        (100_000).to_bytes(8, "big") + b"[" * 100_000 + bytes(8),
        (4).to_bytes(8, "big") + b"\xff\xfe\0\0" + bytes(8),
    ],
    ids=["nothing", "noise", "a promise", "a list", "no fields", "too deep", "no letters"],
)
def test_rubbish_on_the_wire_is_no_document(tmp_path: Path, rubbish: bytes) -> None:
    code = f"import os, sys\nsys.stdin.buffer.read(8)\nos.write(1, {rubbish!r})\nos.close(1)\n"
    with ReadingProcess(command=script(tmp_path, code)) as process:
        assert refused(process, "a.pdf") == f"a.pdf {STOPPED}. {HINT}"


GOOD = Document(
    "Anna: yes.",
    (Span(0, 5, SpanKind.SPEAKER, "Anna"),),
    "Talk",
    "a/b",
    "utf-8",
    True,
    ("Said.",),
    Survey(("Who", "What"), (("Anna", "yes."),), 1, ("What",), (), "Who"),
    (Part("Anna", 0, 10, (("Age", "34"),)),),
    "Anna",
    (("Age", "34"),),
)


def sent() -> tuple[dict[str, Any], bytes]:
    head, text = wire.packed(GOOD, "a.pdf")
    return json.loads(json.dumps(head)), text


def test_a_document_comes_through_as_it_was_sent() -> None:
    assert wire.unpacked(*sent()) == GOOD


@pytest.mark.parametrize(
    "spoil",
    [
        lambda head: head.update(spans=[[0, 11, "bold", ""]]),
        lambda head: head.update(spans=[[5, 4, "bold", ""]]),
        lambda head: head.update(spans=[[-1, 4, "bold", ""]]),
        lambda head: head.update(spans=[[True, 4, "bold", ""]]),
        lambda head: head.update(spans=[[0, 1e9, "bold", ""]]),
        lambda head: head.update(spans=[[0, 4, "script", ""]]),
        lambda head: head.update(spans=[[0, 4, ["bold"], ""]]),
        lambda head: head.update(spans=[[0, 4, "bold"]]),
        lambda head: head.update(spans=[[0, 4, "speaker", "\ud83d"]]),
        lambda head: head.update(spans={"0": 4}),
        lambda head: head.update(notes=[1]),
        lambda head: head.update(survey=[]),
        lambda head: head["survey"][1].append("no row"),
        lambda head: head.update(parts=[["Anna", 4, 4, []]]),
        lambda head: head.update(parts=[["Anna", 4, 11, []]]),
        lambda head: head.update(variables=[["Age"]]),
        lambda head: head.update(variables=[["Age", "\0"]]),
        lambda head: head.update(media_type=None),
        lambda head: head.update(problem=["no sentence"]),
        lambda head: head.pop("title"),
    ],
)
def test_a_document_that_is_none_is_found_out(spoil: Callable[[dict[str, Any]], object]) -> None:
    head, text = sent()
    spoil(head)
    with pytest.raises(wire.Nonsense):
        wire.unpacked(head, text)


@pytest.mark.parametrize("text", [b"\xff", b"", b" \n", b"a\r\nb", b"\xed\xa0\x80", "a\u2028b".encode()])
def test_a_text_that_is_not_canonical_is_found_out(text: bytes) -> None:
    head, _ = sent()
    head.update(spans=[], parts=[])
    with pytest.raises(wire.Nonsense):
        wire.unpacked(head, text)


def test_a_bad_pdf_among_good_texts_is_the_only_one_left_out(tmp_path: Path) -> None:
    paths = []
    files = {
        "a.txt": b"Alpha.",
        "b.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>",
        "c.md": b"# Gamma",
        "d.docx": word(p(r("Delta."))),
    }
    for name, data in files.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    with create(tmp_path / "p.qcode", coder="Ada") as project:
        report = import_files(project, paths)
        assert [source.name for source in report.imported] == ["a", "c", "d"]
        assert [name for name, _ in report.problems] == ["b.pdf"]
        with project.read() as reading:
            assert sources.text(reading, report.imported[2].id) == "Delta."


def test_short_text_and_markdown_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("qcode.readers.sandbox._start", start)
    (tmp_path / "a.txt").write_text("Alpha.")
    (tmp_path / "b.md").write_text("# Beta")
    with create(tmp_path / "p.qcode", coder="Ada") as project:
        report = import_files(project, [tmp_path / "a.txt", tmp_path / "b.md"])
        assert len(report.imported) == 2
        (tmp_path / "long.txt").write_text("Alpha. " * 200_000)
        with pytest.raises(AssertionError, match="a process was started"):
            import_files(project, [tmp_path / "long.txt"])


def test_the_reading_process_knows_readers_and_texts_only() -> None:
    code = """
        import sys
        import qcode.readers.sandbox, qcode.readers.registry
        rooms = {name.split(".")[1] for name in sys.modules if name.startswith("qcode.")}
        print(sorted(rooms), sorted({"sqlalchemy", "sqlite3", "click", "PySide6", "numpy"} & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['errors', 'readers', 'text'] []"
