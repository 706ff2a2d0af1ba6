"""A press for small PDFs: words set by hand in the fonts that every reader knows."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

# In Courier each sign is 0.6 of its height wide, so that lines can be set without a table of widths.
FONTS = {"F1": "Courier", "F2": "Courier-Bold", "F3": "Courier-Oblique", "F4": "Helvetica"}
WIDTH, HEIGHT = 595, 842
SIGN = 0.6


class Sheet:
    """One page to write on; the origin is at its lower left corner."""

    def __init__(self, *, rotate: int = 0) -> None:
        self.rotate = rotate
        self._marks: list[str] = []

    def put(self, x: float, y: float, text: str, *, size: float = 10, font: str = "F1", turned: bool = False) -> Sheet:
        """Write a line with its base line at `y`; turned, it climbs."""
        matrix = "0 1 -1 0" if turned else "1 0 0 1"
        sound = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        self._marks.append(f"BT /{font} {size} Tf {matrix} {x} {y} Tm ({sound.decode('latin-1')}) Tj ET")
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = 10, font: str = "F1") -> float:
        """Write lines one under the other, 1.2 of their height apart, and give the base line for the next."""
        for line in lines:
            if line:
                self.put(x, y, line, size=size, font=font)
            y -= 1.2 * size
        return y

    def content(self) -> bytes:
        return "\n".join(self._marks).encode("latin-1")


def wrapped(text: str, width: int = 72) -> list[str]:
    """Cut a text into lines of at most so many signs."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def justified(text: str, width: int = 72) -> list[str]:
    """Cut a text into lines of which all but the last are filled up with spaces."""
    made = wrapped(text, width)
    for index, line in enumerate(made[:-1]):
        words, missing = line.split(), width - len(line)
        for gap in range(missing if len(words) > 1 else 0):
            words[gap % (len(words) - 1)] += " "
        made[index] = " ".join(words)
    return made


def pdf(
    sheets: Sequence[Sheet],
    *,
    title: str = "",
    labels: Mapping[int, tuple[str, int]] | None = None,
    encrypted: bool = False,
) -> bytes:
    """Print the sheets; `labels` gives from a page's index on the style ("D", "r") and the first number."""
    fonts = " ".join(f"/{key} {index} 0 R" for index, key in enumerate(FONTS, 3))
    objects: list[bytes] = [b"", b""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in FONTS.values()
    ]
    pages: list[int] = []
    for sheet in sheets:
        content = sheet.content()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {sheet.rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {len(objects)} 0 R >>".encode()
        )
        pages.append(len(objects))
    numbers = " ".join(f"{at} << /S /{style} /St {first} >>" for at, (style, first) in (labels or {}).items())
    named = f"/PageLabels << /Nums [{numbers}] >>" if labels else ""
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {named} >>".encode()
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()
    objects.append(b"<< /Title (%s) >>" % title.encode("latin-1"))
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if encrypted:
        secret = "00" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >>".encode())
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    return _bound(objects, trailer)


def _bound(objects: Sequence[bytes], trailer: str) -> bytes:
    book, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(book))
        book += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(book)
    book += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    book += b"".join(b"%010d 00000 n \n" % place for place in places)
    book += f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(book)
