"""Whoever reads for hours must be able to read everything: contrast, computed for every palette."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtGui")

from PySide6.QtGui import QColor

from qcode.project import DEFAULT_COLORS
from qcode.ui import theme
from qcode.ui.actions import SPECS
from qcode.ui.icons import pixmap
from qcode.ui.theme import BAR_CONTRAST, NAMES, TEXT_CONTRAST, Theme, contrast

TEXTS_ON_SURFACES = [
    *itertools.product(("text", "muted"), ("window", "panel", "paper", "field", "row", "hint")),
    *itertools.product(("ink",), ("paper", "selection", "row")),
    *itertools.product(("danger", "accent"), ("window", "panel", "paper")),
    ("row_text", "row"),
    ("hint_text", "hint"),
    ("on_accent", "accent"),
    ("text", "selection"),
]


@pytest.fixture(params=NAMES)
def palette(request: pytest.FixtureRequest) -> Theme:
    return theme.load(request.param)


@pytest.mark.parametrize(("words", "surface"), TEXTS_ON_SURFACES)
def test_words_can_be_read_on_every_surface_they_stand_on(palette: Theme, words: str, surface: str) -> None:
    assert contrast(getattr(palette, words), getattr(palette, surface)) >= TEXT_CONTRAST


@pytest.mark.parametrize("color", DEFAULT_COLORS)
def test_bars_stand_out_and_coded_words_stay_readable(palette: Theme, color: str) -> None:
    assert contrast(palette.bar(color), palette.paper) >= BAR_CONTRAST
    assert contrast(palette.bar(color), palette.panel) >= BAR_CONTRAST * 0.9, "swatches stand on panels"
    assert contrast(palette.ink, palette.tint(color)) >= TEXT_CONTRAST
    assert palette.tint(color).alpha() == 255, "tints are opaque, or overlaps turn to mud"


@pytest.mark.parametrize("color", ["#ffffff", "#000000", "#ffff00", "#25282e", "#fefefe"])
def test_even_a_colour_like_the_paper_gives_a_bar_that_is_seen(palette: Theme, color: str) -> None:
    assert contrast(palette.bar(color), palette.paper) >= BAR_CONTRAST


def test_light_is_light_and_dark_is_dark() -> None:
    assert not theme.load("light").dark
    assert theme.load("dark").dark
    assert theme.load("light").paper.lightness() > 200
    assert theme.load("dark").paper.lightness() < 100


def test_contrast_is_what_wcag_says() -> None:
    black, white, grey = QColor("#000000"), QColor("#ffffff"), QColor("#767676")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)


def test_a_theme_with_a_missing_or_misspelt_role_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "mine"\ndark = false\ntint_strength = 0.2\n[colors]\npapper = "#ffffff"\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"accent.*papper"):
        theme.read(file)


def test_every_picture_the_window_asks_for_is_drawn_in_strokes_and_tinted(qapp: object, checkout: Path) -> None:
    files = sorted((checkout / "resources" / "icons").glob("*.svg"))
    assert {spec.icon for spec in SPECS if spec.icon} <= {file.stem for file in files}
    for file in files:
        drawing = file.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in drawing
        assert 'viewBox="0 0 24 24"' in drawing
        red = pixmap(file.stem, QColor("#ff0000"), 48).toImage()
        seen = {
            red.pixelColor(x, y).name() for x in range(48) for y in range(48) if red.pixelColor(x, y).alpha() == 255
        }
        assert seen == {"#ff0000"}, file.stem
