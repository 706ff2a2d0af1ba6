"""Recognise files that are no text, to say by name what they are instead of showing their bytes."""

from __future__ import annotations

_STARTS = (
    (b"SQLite format 3\0", "a database (SQLite), perhaps a project"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"ID3", "a sound recording (MP3)"),
    (b"OggS", "a recording (Ogg)"),
    (b"fLaC", "a sound recording (FLAC)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska or WebM)"),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"\xfd7zXZ\0", "a compressed file (XZ)"),
    (b"BZh", "a compressed file (BZIP2)"),
    (b"\x7fELF", "a program"),
)
# Some starts are words a text might begin with; there, what follows must not be text.
_ALSO_WORDS = (b"ID3", b"OggS", b"fLaC", b"BZh")
_ZIPPED = (
    (b"ppt/presentation", "a PowerPoint presentation (PPTX)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"project.qde", "a project exchange file (REFI-QDA)"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "an old Word document (DOC)"),
    ("Workbook", "an old Excel workbook (XLS)"),
    ("PowerPoint Document", "an old PowerPoint presentation (PPT)"),
    ("EncryptedPackage", "a Word, Excel or PowerPoint file with a password"),
)


def foreign_kind(data: bytes) -> str | None:
    """Name the kind of file, with its article, when it is a well-known one that is not text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for inside, kind in _ZIPPED if inside in data), "a ZIP archive")
    if data.startswith(_OLE):
        streams = ((name.encode("utf-16-le"), kind) for name, kind in _OLE_STREAMS)
        return next((kind for name, kind in streams if name in data), "an old Office file")
    if data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return {b"WAVE": "a sound recording (WAV)", b"AVI ": "a film (AVI)"}.get(data[8:12], "a picture (WebP)")
    if data[4:8] == b"ftyp" and data[:3] == b"\0\0\0":
        return "a film or sound recording (MP4)"
    for start, kind in _STARTS:
        if data.startswith(start) and (start not in _ALSO_WORDS or b"\0" in data[:64] or not data[:64].isascii()):
            return kind
    return None
