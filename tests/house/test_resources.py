"""The bundled fonts and icons are whole: weights, figures, kerning, symbols, licences."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, get_font
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILY = "Atkinson Hyperlegible Next"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
ICONS = sorted(path.name for path in (RESOURCES / "icons").glob("*.svg"))
# English, Welsh, and the names of people from everywhere in Europe.
LETTERS = "ŵŷŴŶ£€–—’‘“”…×½·±−éñçłźąžšđőűøåßþœ"
SYMBOLS = "✓→←↑↓●○■▲◆≥≤‑"


def font_file(style: str) -> Path:
    return RESOURCES / "fonts" / f"{FAMILY.replace(' ', '')}-{style}.ttf"


@pytest.mark.parametrize("style", WEIGHTS)
def test_a_weight_has_its_letters_figures_and_kerning(style: str):
    font = TTFont(font_file(style))
    assert [letter for letter in LETTERS if ord(letter) not in font.getBestCmap()] == []
    assert font["OS/2"].usWeightClass == WEIGHTS[style]
    assert {"tnum"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"kern"} <= {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_the_second_font_has_the_symbols_the_first_lacks():
    symbols = TTFont(RESOURCES / "fonts" / "DejaVuSans.ttf").getBestCmap()
    assert [symbol for symbol in SYMBOLS if ord(symbol) not in symbols] == []


@pytest.mark.usefixtures("qapp")
def test_qt_sees_one_family_with_three_weights():
    for style in WEIGHTS:
        number = QFontDatabase.addApplicationFont(str(font_file(style)))
        assert FAMILY in QFontDatabase.applicationFontFamilies(number)
    for weight in WEIGHTS.values():
        font = QFont(FAMILY, 20)
        font.setWeight(QFont.Weight(weight))
        assert QFontInfo(font).weight() == weight
        measure = QFontMetricsF(font)
        assert measure.horizontalAdvance("To") < measure.horizontalAdvance("T") + measure.horizontalAdvance(
            "o"
        )
        font.setFeature(QFont.Tag("tnum"), 1)
        assert QFontMetricsF(font).horizontalAdvance("11") == QFontMetricsF(font).horizontalAdvance("00")


def test_the_chart_library_can_embed_the_fonts():
    for style in WEIGHTS:
        assert get_font(font_file(style)).family_name == FAMILY
        assert FontProperties(fname=font_file(style)).get_file() == str(font_file(style))


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_a_drawing(name: str):
    path = RESOURCES / "icons" / name
    drawing = QSvgRenderer(str(path))
    assert drawing.isValid()
    assert drawing.defaultSize() in {QSize(24, 24), QSize(256, 256)}


def test_what_others_made_stands_with_its_licence():
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / "AtkinsonHyperlegibleNext-OFL.txt").read_text()
    assert "Bitstream Vera" in (RESOURCES / "fonts" / "DejaVuSans-LICENSE.txt").read_text()
    assert "ISC License" in (RESOURCES / "icons" / "lucide-LICENSE.txt").read_text()
