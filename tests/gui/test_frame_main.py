"""From the first word typed: a window, a command, or a sentence that says why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from qcode import __main__ as program
from qcode.cli import main
from qcode.exchange.starter import new_project
from qcode.ui import theme
from qcode.ui.demo import REASON, render_demo


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """What was opened in the window, which itself is not started."""
    paths: list[Path | None] = []

    def run(path: Path | None) -> int:
        paths.append(path)
        return 0

    monkeypatch.setattr("qcode.ui.app.run", run)
    return paths


def test_without_words_the_window_opens(opened: list[Path | None]) -> None:
    assert program.main([]) == 0
    assert opened == [None]


def test_the_window_starts_without_what_only_some_work_needs() -> None:
    late = {"lxml", "pypdfium2", "markdown_it", "python_calamine", "xlsxwriter", "rapidfuzz", "cryptography", "alembic"}
    late.add("sqlalchemy.dialects.postgresql")
    code = f"import sys, qcode.ui.app; print(sorted(set(sys.modules) & {late}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_first_word_that_is_no_command_is_a_project(opened: list[Path | None], tmp_path: Path) -> None:
    project = tmp_path / "info.qcode"
    project.touch()
    assert program.main([str(project)]) == 0
    assert opened == [project]


def test_a_command_stays_a_command_even_when_a_file_has_its_name(
    opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("info").touch()
    assert program.main(["info", "--help"]) == 0
    assert program.main(["--help"]) == 0
    assert opened == []
    assert "demo" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"), [(["nothing-here.qcode"], "neither a command nor a project"), ([".", "two"], "only one")]
)
def test_what_cannot_be_opened_is_one_sentence(
    opened: list[Path | None], words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert opened == []


def test_without_a_display_it_says_so_instead_of_aborting(
    opened: list[Path | None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in program.SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert program.main([]) == 2
    assert "no display" in capsys.readouterr().err
    assert opened == []


def test_without_qt_the_window_and_the_demo_say_what_to_install(
    opened: list[Path | None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(program, "find_spec", lambda name: None)
    for words in ([], ["demo", str(tmp_path / "demo")]):
        assert program.main(words) == 2
        assert "PySide6" in capsys.readouterr().err
    assert opened == []


def test_the_demo_makes_a_project_its_exports_and_pictures(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    made = render_demo(folder)
    assert [path.name for path in made] == [
        *("sample.qcode", "codebook.csv", "passages.csv"),
        *("main-light.png", "main-dark.png", "main-panes-light.png", "main-panes-dark.png"),
        *("welcome-light.png", "welcome-dark.png"),
    ]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in made)
    for name in theme.NAMES:
        for kind in ("main", "main-panes", "welcome"):
            picture = QImage(str(folder / f"{kind}-{name}.png"))
            scale = picture.devicePixelRatio()
            assert (picture.width() / scale, picture.height() / scale) == (1440, 900)
        assert _commonest(QImage(str(folder / f"main-{name}.png"))) == theme.load(name).paper.name()
    assert len((folder / "codebook.csv").read_text(encoding="utf-8-sig").splitlines()) == 9
    assert REASON in (folder / "passages.csv").read_text(encoding="utf-8-sig")


def test_a_demo_that_somebody_worked_on_is_kept_and_shown_anew(qapp: QApplication, tmp_path: Path) -> None:
    folder, project = tmp_path / "demo", tmp_path / "demo" / "sample.qcode"
    folder.mkdir()
    new_project(project, codebook="four-forms-of-power").close()
    (tmp_path / "text.txt").write_text("Words to read.", encoding="utf-8")
    main(["import", str(project), str(tmp_path / "text.txt")])
    (folder / "codebook.csv").write_text("of yesterday", encoding="utf-8")
    before = project.read_bytes()
    made = render_demo(folder)
    assert project.read_bytes() == before
    assert "Structural" in (folder / "codebook.csv").read_text(encoding="utf-8-sig")
    assert sorted(folder.iterdir()) == sorted(made)


def test_a_demo_without_any_text_is_drawn_as_well(qapp: QApplication, tmp_path: Path) -> None:
    new_project(tmp_path / "sample.qcode").close()
    assert all(path.exists() for path in render_demo(tmp_path))


def test_the_demo_says_where_everything_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("qcode.ui.demo.render_demo", lambda directory: [directory / "sample.qcode"])
    result = CliRunner().invoke(program.demo, [str(tmp_path)])
    assert result.output == f"{tmp_path / 'sample.qcode'}\n"


def _commonest(picture: QImage) -> str:
    colors = [picture.pixelColor(x, y).name() for x in range(300, 1400, 7) for y in range(150, 850, 7)]
    return max(set(colors), key=colors.count)
