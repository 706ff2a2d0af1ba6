"""Kills, locks and damaged files: what was acknowledged is there, and what is wrong is said and left alone."""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import pytest
from file_kit import WORDS, beside, contents, make_project, sha256

from qcode.errors import FileFull, FileLocked, FileProblem, FileReadOnly, QcodeError
from qcode.project import (
    CodeId,
    Project,
    SourceId,
    codes,
    create,
    history,
    open_project,
    passages,
    restore,
    sources,
)
from qcode.store.header import has_journal
from qcode.store.lock import lock_path

SOURCE, CODE = SourceId(1), CodeId(3)

Span = tuple[int, int]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Ann's project, alone in its folder."""
    (tmp_path / "desk").mkdir()
    return make_project(tmp_path / "desk" / "study.qcode")


# ---- killed while coding ----


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a kill, unlike a power cut, does not ask what reached the disk."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture
def warm(tmp_path: Path) -> Iterator[None]:
    """What every child would load and collect is loaded before they are forked, so that their time goes into coding."""
    with open_project(make_project(tmp_path / "warm.qcode"), coder="Ann") as project, project.change("warm up") as tx:
        passages.apply(tx, SOURCE, 0, 1, [CODE])
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.usefixtures("warm")
@pytest.mark.timeout(600)  # under 20 s where there is nothing else to do
def test_in_300_kills_no_acknowledged_coding_is_lost(quick_disk):
    study = make_project(quick_disk / "study.qcode")
    dice = random.Random(2026)
    known = spans_in(study)
    kills, acknowledged = 0, 0
    while kills < 300 or acknowledged < 300:  # on a busy machine a child may get little done before it is killed
        told = code_until_killed(study, known, dice.triangular(0.005, 0.060, 0.005), while_opening=kills % 2 == 0)
        there = spans_in(study)
        assert known <= there, "what an earlier program had acknowledged is gone"
        assert told <= there - known, "an acknowledged coding is gone"
        assert len(there - known - told) <= 1, "only the action in progress may be there unacknowledged"
        kills, acknowledged, known = kills + 1, acknowledged + len(told), there
    with open_project(study) as project:
        assert project.verify() == []
    assert beside(study) == []


def code_until_killed(study: Path, known: set[Span], seconds: float, *, while_opening: bool) -> set[Span]:
    """Let a child code one stretch after the other, kill it, and return what it had acknowledged by then.

    The seconds count from when it begins to open the project, else from when it has opened it.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        code_on_and_on(study, known, write)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = "" if while_opening else pipe.readline()
        time.sleep(seconds)  # no wait for something to happen: any moment will do
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read()
    assert "!" not in said, said
    finished = said[: said.rfind("\n") + 1].removeprefix("open\n")
    return {(int(start), int(end)) for start, end in map(str.split, finished.splitlines())}


def code_on_and_on(study: Path, known: set[Span], tell: int) -> None:
    """The child: what it tells was acknowledged to the researcher before."""
    gc.disable()
    try:
        with open_project(study, coder="Ann") as project:
            os.write(tell, b"open\n")
            for n in count(len(known)):
                span = (n % 3000, n % 3000 + 21 + n // 3000)
                if span not in known:
                    with project.change("apply Expert") as tx:
                        passages.apply(tx, SOURCE, *span, [CODE], reason="seen")
                    os.write(tell, b"%d %d\n" % span)
    except BaseException:  # noqa: BLE001 - a forked child must not run on into the test that made it
        os.write(tell, f"! {traceback.format_exc()}\n".encode())
    os._exit(1)


def spans_in(study: Path) -> set[Span]:
    """What is in the file: after a kill in the middle of a commit, opening it takes back what was not finished."""
    if has_journal(study):
        open_project(study).close()
    with closing(sqlite3.connect(f"{study.as_uri()}?mode=ro", uri=True)) as conn:
        return set(
            conn.execute('SELECT p.start, p."end" FROM passage AS p JOIN coding AS c ON c.passage_id = p.id').fetchall()
        )


# ---- two at once ----

HOLD = """
import sys
from qcode.project import open_project
with open_project(sys.argv[1], coder="Bea"):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def elsewhere(study: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the project open."""
    command = [sys.executable, "-c", HOLD, str(study)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"open\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_has_the_project_and_may_read(study, elsewhere):
    before = sha256(study)
    with pytest.raises(FileLocked, match=f"process {elsewhere.pid}") as told:
        open_project(study)
    assert told.value.hint
    with open_project(study, read_only=True) as project, project.read() as r:
        assert len(passages.listing(r)) == 30
        copy = project.backup(study.with_name("copy.qcode"))
    assert sha256(study) == before
    with open_project(copy) as project, project.change("rename code") as tx:
        codes.update(tx, CODE, name="Technical")


def test_a_lock_of_a_killed_process_is_taken_over_at_once(study, elsewhere):
    elsewhere.kill()
    elsewhere.wait()
    assert lock_path(study).exists()
    with open_project(study, coder="Ann") as project, project.change("rename code") as tx:
        codes.update(tx, CODE, name="Technical")
    assert beside(study) == []


def test_the_command_line_says_it_in_one_line_and_leaves_the_file_alone(study, elsewhere):
    before = sha256(study)
    command = [sys.executable, "-m", "qcode", "undo", str(study)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"process {elsewhere.pid}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sha256(study) == before


# ---- the file goes away, or the disk is full ----


def rename(project: Project, name: str) -> None:
    with project.change(f"rename code {name}") as tx:
        codes.update(tx, CODE, name=name)


@pytest.mark.parametrize("how", ["replaced", "deleted"])
def test_nothing_is_written_to_a_file_that_was_replaced_or_deleted(study, tmp_path, how):
    with open_project(study, coder="Ann") as project:
        rename(project, "Technical")
        if how == "replaced":
            other = make_project(tmp_path / "other.qcode")
            before = sha256(other)
            other.replace(study)
        else:
            study.unlink()
        with pytest.raises(FileProblem, match="moved, replaced or deleted"):
            rename(project, "Lost")
        saved = project.backup(tmp_path / "saved.qcode")
    if how == "replaced":
        assert sha256(study) == before
    assert "Technical" in {row[3] for row in contents(saved)["code"]}


def test_a_full_disk_is_said_and_the_work_goes_on_when_there_is_room(study):
    with open_project(study, coder="Ann") as project:
        room(project, 0)
        with pytest.raises(FileFull, match=r"no space left for study\.qcode") as told:
            remember_much(project)
        assert "free some space" in told.value.hint
        with project.read() as r:
            assert codes.get(r, CODE).memo == ""
            assert history.listing(r, limit=1)[0].label != "write a memo"
        room(project, 1_000_000)
        remember_much(project)
    with open_project(study) as project, project.read() as r:
        assert len(codes.get(r, CODE).memo) == 200_000
        assert project.verify() == []


def remember_much(project: Project) -> None:
    with project.change("write a memo") as tx:
        codes.update(tx, CODE, memo="x" * 200_000)


def room(project: Project, pages: int) -> None:
    """Set how many pages the file may have: those it has and no more, for 0."""
    with project.read() as r:
        r.conn.exec_driver_sql(f"PRAGMA max_page_count={pages or 1}")


def test_a_full_disk_while_a_project_is_made_leaves_nothing(tmp_path):
    (tmp_path / "desk").mkdir()

    def fill(tx) -> None:
        tx.conn.exec_driver_sql("PRAGMA max_page_count=1")
        for n in range(200):
            codes.add(tx, f"Code {n}", memo="x" * 2_000)

    with pytest.raises(FileFull):
        create(tmp_path / "desk" / "new.qcode", coder="Ann", fill=fill)
    assert list((tmp_path / "desk").iterdir()) == []


# ---- on drives of our own, where the tests may mount some ----


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """A drive of two megabytes."""
    place = tmp_path / "drive"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no drive can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_up(drive: Path) -> Path:
    filler = drive / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


def test_on_a_drive_that_cannot_be_written_a_project_opens_to_read(drive):
    study = make_project(drive / "study.qcode")
    subprocess.run(["mount", "-o", "remount,ro", str(drive)], check=True)
    with open_project(study, coder="Ann") as project:
        assert project.read_only
        look_at_everything(project)
        assert project.verify() == []
        with pytest.raises(FileReadOnly, match=r"study\.qcode in .* cannot be written"):
            rename(project, "Technical")
        with pytest.raises(FileReadOnly):
            project.backup()
    with pytest.raises(FileReadOnly):
        create(drive / "new.qcode", coder="Ann")
    with pytest.raises(FileReadOnly):
        restore(study, drive / "back.qcode")
    assert [path.name for path in drive.iterdir()] == ["study.qcode"]


def test_on_a_full_drive_nothing_is_lost_and_nothing_half_is_left(drive, study):
    full = make_project(drive / "study.qcode")
    with open_project(full, coder="Ann") as project:
        rename(project, "Technical")
        filler = fill_up(drive)
        for attempt in (remember_much, lambda project: project.backup(), lambda _: create(drive / "new.qcode")):
            with pytest.raises(FileFull, match="no space left"):
                attempt(project)
        with pytest.raises(FileFull, match=r"back\.qcode"):
            restore(study, drive / "back.qcode")
        look_at_everything(project)
    with open_project(full, coder="Ann") as project:  # a full drive is no reason to keep somebody out
        filler.unlink()
        remember_much(project)
        assert project.verify() == []
    assert [path.name for path in drive.iterdir()] == ["study.qcode"]


# ---- damaged ----


def flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice([1, 1, 3, 40])):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def overwrite(data: bytearray, dice: random.Random) -> None:
    at, size = dice.randrange(len(data)), dice.choice([1, 8, 100, 512, 4096])
    data[at : at + size] = dice.randbytes(len(data[at : at + size]))


def blank_page(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data) // 4096) * 4096
    data[at : at + 4096] = bytes(4096)


def swap_pages(data: bytearray, dice: random.Random) -> None:
    a, b = (n * 4096 for n in dice.sample(range(len(data) // 4096), 2))
    data[a : a + 4096], data[b : b + 4096] = data[b : b + 4096], data[a : a + 4096]


def cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def lengthen(data: bytearray, dice: random.Random) -> None:
    data += dice.randbytes(dice.choice([1, 4096, 9999]))


def spoil_words(data: bytearray, dice: random.Random) -> None:
    """Inside what the researcher wrote: no page is out of order then, only the words are."""
    at = data.index(b"register", dice.randrange(len(data) // 2))
    data[at : at + 3] = dice.choice([b"REG", b"\xff\xfe\xfd", b"\0\0\0"])


def spoil_schema(data: bytearray, dice: random.Random) -> None:
    words = [b"CREATE TABLE", b"VARCHAR", b"NOT NULL", b"created_at", b"CONSTRAINT", b"coder_id", b"UNIQUE"]
    word = dice.choice(words)
    places = [n for n in range(len(data)) if data.startswith(word, n)]
    data[dice.choice(places) + dice.randrange(len(word))] ^= 1 << dice.randrange(7)


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip, overwrite, blank_page, swap_pages, cut, lengthen, spoil_words, spoil_schema,
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("sound") / "study.qcode")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_damage_is_refused_found_or_harmless_and_never_a_crash(sound, tmp_path, kind):
    original, whole = sound.read_bytes(), contents(sound)
    for seed in range(12):
        data = bytearray(original)
        kind(data, random.Random(seed))
        study = tmp_path / f"{seed}" / "study.qcode"
        study.parent.mkdir()
        study.write_bytes(data)
        outcome = examine(study)
        if outcome == "refused":
            assert study.read_bytes() == data
            assert beside(study) == []
        elif outcome == "nothing found":
            assert contents(study) == whole, f"seed {seed}: changed, and nobody noticed"


def examine(study: Path) -> str:
    """Do with a file what a researcher would; only errors that we know may come out."""
    try:
        project = open_project(study)
    except FileProblem:
        return "refused"
    with project:
        try:
            look_at_everything(project)
            if project.verify():
                return "found"
            project.backup(study.with_name("copy.qcode"))
        except QcodeError:
            return "found"
    return "nothing found"


def look_at_everything(project: Project) -> None:
    with project.read() as r:
        codes.codebook(r), codes.counts(r), passages.listing(r), history.listing(r)
        for source in sources.listing(r):
            sources.text(r, source.id), sources.spans(r, source.id), passages.marks(r, source.id)


def test_a_damaged_project_comes_back_from_its_backup(study):
    with open_project(study, coder="Ann") as project:
        rename(project, "Technical")
        saved = project.backup()
    os.truncate(study, 9000)
    with pytest.raises(FileProblem, match="Restore a backup"):
        open_project(study)
    back = restore(saved, study.with_name("back.qcode"))
    with open_project(back, coder="Ann") as project:
        assert project.verify() == []
        project.undo()
        with project.read() as r:
            assert codes.get(r, CODE).name == "Expert"
            assert sources.text(r, SOURCE) == WORDS
