"""Plain text arrives whole; what is not text is refused by name, and nothing is replaced in silence."""

from __future__ import annotations

import io
import zipfile

import pytest

from qcode.errors import FormatProblem
from qcode.readers import READERS, ReadingChoices, read


def test_marks_and_spaces_stay_as_they_are() -> None:
    raw = "# Not a heading *here*\n\n  indented\ttab  \n\n\n"
    document = read(raw.encode(), "notes.txt")
    assert document.text == raw
    assert document.spans == ()
    assert document.title == ""
    assert document.media_type == "text/plain"


@pytest.mark.parametrize("name", ["interview", "interview.log", "interview.md.txt", ".md", "a.TXT"])
def test_every_name_that_is_not_markdown_is_plain(name: str) -> None:
    assert read(b"# x", name).text == "# x"


def test_a_few_nuls_are_left_out_and_said() -> None:
    document = read(b"An interview\0 with\0 a broken recorder", "a.txt")
    assert document.text == "An interview with a broken recorder"
    assert document.notes == ("2 NUL characters were left out.",)


def test_marks_of_a_web_page_in_a_text_are_text() -> None:
    raw = b"<p>Hello</p> <b>you</b>"
    assert read(raw, "notes.txt").text == raw.decode()


def test_form_feeds_of_old_printouts_are_no_reason_to_refuse() -> None:
    assert read("Seite 1\fSträuße\x1a".encode("cp1252"), "a.txt").text == "Seite 1\fSträuße\x1a"


def zipped(*members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return target.getvalue()


def opendocument(media_type: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", media_type)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("ppt/presentation.xml"), "a PowerPoint presentation (PPTX)"),
        (opendocument("application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument file"),
        (zipped("holiday.txt"), "a ZIP archive"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word document (DOC)"),
        (OLE, "an old Office file"),
        (b"SQLite format 3\0\x10\0", "a database (SQLite), perhaps a project"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a sound recording (WAV)"),
        (b"\0\0\0\x18ftypmp42", "a film or sound recording (MP4)"),
        (b"ID3\x04\0\0", "a sound recording (MP3)"),
        (b"\x1f\x8b\x08", "a compressed file (GZIP)"),
    ],
)
@pytest.mark.parametrize("encoding", ["", "cp1252"])
def test_other_kinds_of_file_are_named(data: bytes, kind: str, encoding: str) -> None:
    with pytest.raises(FormatProblem) as caught:
        read(data, "thing.txt", ReadingChoices(encoding=encoding))
    assert caught.value.message == f"thing.txt is {kind}, which cannot be read yet."
    assert caught.value.hint == "Save it as plain text and import that."


@pytest.mark.parametrize("text", ["ID3 is a tag.", "BZh, said the bee.", "PK was here", "RIFF raff", "II* and MM"])
def test_texts_that_begin_like_such_a_file_are_texts(text: str) -> None:
    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0" * 100, b"\x01\0\x02\0\xff\xfd", b"text\0\x07\x01" * 9])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(FormatProblem, match="holds bytes that no text has"):
        read(data, "thing.dat")


def test_a_text_that_reads_well_in_no_encoding_is_not_mangled() -> None:
    with pytest.raises(FormatProblem, match="cannot be told in which encoding"):
        read(b"a\xb2b\xf7c\xb9d\xd7e\xbef\xac" * 9, "thing.txt")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty.txt is empty. Choose a file with text in it."),
        (b"\xef\xbb\xbf", "empty.txt holds no text, only white space. Choose a file with text in it."),
        (b" \r\n\t\n", "empty.txt holds no text, only white space. Choose a file with text in it."),
    ],
)
def test_nothing_to_read_is_said(data: bytes, sentence: str) -> None:
    with pytest.raises(FormatProblem) as caught:
        read(data, "empty.txt")
    assert str(caught.value) == sentence


def test_every_format_has_a_name_and_text_is_asked_last() -> None:
    assert len({reader.name for reader in READERS}) == len({reader.media_type for reader in READERS}) == len(READERS)
    assert READERS[-1].media_type == "text/plain"
