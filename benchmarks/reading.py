"""What a researcher waits for when sources come in: reading large documents, and importing many texts at once."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Report
from qcode import readers
from qcode.project import create
from qcode.project.importing import import_files
from qcode.readers.sandbox import ReadingProcess
from tests.packed_kit import p, r, word
from tests.pdf_kit import Sheet, pdf, wrapped

PAGES_PDF, PAGES_WORD, FILES, FILE_BYTES = 200, 500, 1_000, 100_000
_VOCABULARY = 8_000


def run(report: Report) -> None:
    """Measure reading and importing; the limit of each stands in its label."""
    _read_documents(report)
    _import_texts(report)


def _words(rng: random.Random) -> list[str]:
    letters = "etaoinshrdlucmfwypvbgk"
    return ["".join(rng.choices(letters, weights=range(22, 0, -1), k=rng.randint(2, 11))) for _ in range(_VOCABULARY)]


def _prose(rng: random.Random, words: list[str], count: int) -> str:
    made: list[str] = []
    while len(made) < count:
        sentence = rng.choices(words, k=rng.randint(6, 28))
        sentence[0] = sentence[0].capitalize()
        sentence[-1] += "."
        made += sentence
    return " ".join(made[:count])


def dense_pdf(pages: int = PAGES_PDF) -> bytes:
    """Print pages of some 600 words in two columns, each with a running head and its number."""
    return _printed(pages, columns=(60, 310), letters=43, words_each=60, size=9, gap=4)


def book_pdf(pages: int = PAGES_PDF) -> bytes:
    """Print pages of some 490 words in one column, as books and reports have them."""
    return _printed(pages, columns=(60,), letters=80, words_each=70, size=11, gap=8)


def _printed(pages: int, *, columns: tuple[int, ...], letters: int, words_each: int, size: int, gap: int) -> bytes:
    rng = random.Random(3)
    words = _words(rng)
    sheets = []
    for number in range(1, pages + 1):
        sheet = Sheet().put(60, 800, "Journal of Things", size=8).put(500, 800, str(number), size=8)
        for x in columns:
            y = 770.0
            while y > 120:
                y = sheet.lines(x, y, wrapped(_prose(rng, words, words_each), letters), size=size) - gap
        sheets.append(sheet)
    return pdf(sheets, title="Things")


def long_word_document(pages: int = PAGES_WORD) -> bytes:
    """Write pages of some 450 words: paragraphs of several runs, headings, a table every ten pages."""
    rng = random.Random(4)
    words = _words(rng)
    body: list[str] = []
    for page in range(pages):
        body.append(p(f"Chapter {page}", style="Heading1"))
        for _ in range(5):
            runs = [r(_prose(rng, words, 20) + " ", rng.choice(("", "", "<w:b/>", "<w:i/>"))) for _ in range(4)]
            body.append(p(*runs))
        if page % 10 == 0:
            cells = "".join(f"<w:tc>{p(word_)}</w:tc>" for word_ in rng.choices(words, k=4))
            body.append(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 10}</w:tbl>")
    return word("".join(body))


def _read_documents(report: Report) -> None:
    for name, data, action in (
        ("a.pdf", book_pdf(), f"read {PAGES_PDF} pages (limit 1 s)"),
        ("a.pdf", dense_pdf(), f"read {PAGES_PDF} dense pages in two columns"),
        ("a.docx", long_word_document(), f"read {PAGES_WORD} pages (limit 2 s)"),
    ):
        with ReadingProcess() as process:
            process.read(b"\xef\xbb\xbfa,b\n1,2\n", "a.csv")  # it has started by then
            size = f"{name[2:].upper()} {len(data) / 1024**2:.1f} MB"
            report.time(size, action, lambda name=name, data=data: process.read(data, name), times=5)
        work = _work(lambda name=name, data=data: readers.read(data, name))
        report.add(size, "the same, work of a processor", [work])


def _work(work: Callable[[], object]) -> float:
    """Give how many milliseconds of a processor some work takes, however busy the machine is."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1_000


def _import_texts(report: Report) -> None:
    """Import many texts while another thread, as a window would, wants to be served every few milliseconds."""
    rng = random.Random(5)
    words = _words(rng)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(FILES):
            paths.append(Path(folder) / f"text {number}.txt")
            text = _prose(rng, words, FILE_BYTES // 7).replace(". ", ".\n\n")
            paths[-1].write_text(text[:FILE_BYTES], encoding="utf-8")
        with create(Path(folder) / "p.qcode", coder="Bench") as project:
            pauses, took = _beside(lambda: import_files(project, paths))
    workload = f"{FILES:,} x {FILE_BYTES // 1_000} kB"
    report.add(workload, "import texts (limit 30 s)", [took], unit="s")
    report.add(workload, "a window waits meanwhile", pauses)


def _beside(work: Callable[[], object]) -> tuple[list[float], float]:
    """Do work in a thread; give how long this one was kept from waking up (ms), and how long the work took (s)."""
    began = time.perf_counter()
    worker = threading.Thread(target=work)
    worker.start()
    pauses = []
    while worker.is_alive():
        before = time.perf_counter()
        time.sleep(0.005)
        pauses.append((time.perf_counter() - before - 0.005) * 1_000)
    worker.join()
    return pauses, time.perf_counter() - began
