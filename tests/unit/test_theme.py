"""Whoever reads for hours must be able to read everything: contrast, computed for every palette."""

from __future__ import annotations

import csv
import itertools
import math
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtGui")

from PySide6.QtGui import QColor

from qcode.project import DEFAULT_COLORS
from qcode.ui import style, theme
from qcode.ui.actions import SPECS
from qcode.ui.icons import pixmap
from qcode.ui.theme import BAR_CONTRAST, PAPERS, TEXT_CONTRAST, Theme, contrast, lightness

TEXTS_ON_SURFACES = [
    *itertools.product(("text", "muted"), ("window", "panel", "paper", "field", "row", "hint")),
    *itertools.product(("ink",), ("paper", "selection", "row")),
    *itertools.product(("danger", "accent"), ("window", "panel", "paper")),
    ("row_text", "row"),
    ("hint_text", "hint"),
    ("on_accent", "accent"),
    ("text", "selection"),
]


@pytest.fixture(params=PAPERS)
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


@pytest.mark.parametrize("name", theme.NAMES)
def test_a_box_is_seen_before_it_is_ticked_and_its_tick_on_the_accent(name: str, checkout: Path) -> None:
    window = theme.load(name)
    for surface in (window.panel, window.field, window.window):
        assert contrast(style.edge(window), surface) >= BAR_CONTRAST
    for mark in ("check", "partly"):
        drawing = (checkout / "resources" / "marks" / f"{mark}-{name}.svg").read_text(encoding="utf-8")
        assert f'stroke="{window.on_accent.name()}"' in drawing
    cross = (checkout / "resources" / "marks" / f"clear-{name}.svg").read_text(encoding="utf-8")
    assert f'stroke="{window.muted.name()}"' in cross
    assert f"check-{name}.svg" in style.sheet(window, 10)


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TOLD_APART = 10.0  # CIE 1976; 2.3 is just noticeable side by side


def seen(color: QColor, eyes: str) -> tuple[float, float, float]:
    """The CIELAB coordinates of a colour as these eyes see it."""
    linear = [theme._linear(part / 255) for part in (color.red(), color.green(), color.blue())]
    red, green, blue = (
        min(1, max(0, sum(share * part for share, part in zip(row, linear, strict=True)))) for row in EYES[eyes]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def starter_colors(checkout: Path) -> list[str]:
    with (checkout / "seeds" / "codebooks" / "authority-and-power.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["color"] for row in csv.DictReader(file) if row["is_codable"] == "true"]


@pytest.mark.parametrize("eyes", EYES)
def test_the_starter_codes_are_told_apart_by_all_eyes(palette: Theme, eyes: str, checkout: Path) -> None:
    bars = [palette.bar(color) for color in starter_colors(checkout)]
    assert len(bars) == 6
    for one, other in itertools.combinations(bars, 2):
        assert math.dist(seen(one, eyes), seen(other, eyes)) >= 9


@pytest.mark.parametrize("eyes", EYES)
def test_the_default_colours_are_told_apart_by_all_eyes(palette: Theme, eyes: str) -> None:
    coordinates = {color: seen(palette.bar(color), eyes) for color in DEFAULT_COLORS}
    for one, other in itertools.combinations(DEFAULT_COLORS, 2):
        assert math.dist(coordinates[one], coordinates[other]) >= TOLD_APART, (one, other)


def test_lightness_is_that_of_cielab() -> None:
    assert lightness(QColor("#ffffff")) == pytest.approx(100)
    assert lightness(QColor("#777777")) == pytest.approx(50.03, abs=0.1)
    assert lightness(QColor("#000000")) == pytest.approx(0)


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
