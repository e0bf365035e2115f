"""How everything looks: one table of colours for each appearance, one palette and one style sheet made from it.

Widgets never name a colour. They carry a ``look`` (a dynamic property the style sheet knows) or, where they
paint themselves, read the tokens of the ``Theme`` they were given.
"""

from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.ui.style import STYLE

Appearance = Literal["light", "dark", "contrast"]
APPEARANCES: tuple[Appearance, ...] = ("light", "dark", "contrast")
FAMILIES = ["Atkinson Hyperlegible Next", "DejaVu Sans"]  # the second for symbols the first lacks
FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

# Spacing, in logical pixels; nothing between these steps.
XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
RADIUS = 6
TARGET = 32  # the least height of anything that can be clicked
RING = 3  # the focus ring, outside its widget

# Type, in points: a base of 13 and steps of 1.25.
SMALL, BODY, LARGE, HEADING, TITLE = 11.0, 13.0, 16.25, 20.3, 25.4


class Theme(NamedTuple):
    """The colours of one appearance, and how much larger than usual text is (1.0 to 2.0)."""

    name: Appearance
    text: str
    muted: str  # never on the audience window: stray light takes its contrast away
    ground: str
    panel: str
    border: str
    hairline: str  # separates, carries no meaning
    accent: str
    on_accent: str
    danger: str
    ok: str
    warn: str
    focus: str
    changed: str  # the ground behind words that a flip changed
    groups: tuple[str, str, str, str]  # circle, triangle, square, diamond
    scale: tuple[str, str, str, str, str]  # risks clearly ... benefits clearly; the risk side is hatched besides
    zoom: float = 1.0

    def points(self, size: float) -> float:
        """A type size as this theme shows it."""
        return size * self.zoom

    def font(self, size: float = BODY, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The family at a type size; DejaVu Sans stands in for symbols the family lacks."""
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPointSizeF(self.points(size))
        font.setWeight(weight)
        return font

    def colour(self, token: str) -> QColor:
        """A token by its name, for painting."""
        return QColor(getattr(self, token))

    def group_colour(self, shape: str) -> QColor:
        """The colour that goes with a group's shape; the shape and the initial say it first."""
        return QColor(self.groups[("circle", "triangle", "square", "diamond").index(shape)])


LIGHT = Theme(
    "light", text="#16202B", muted="#4A5766", ground="#FFFFFF", panel="#F2F5F8", border="#6B7785",
    hairline="#C9D0D8", accent="#1B4E9B", on_accent="#FFFFFF", danger="#A61B1B", ok="#14632E", warn="#7A4B00",
    focus="#FFDD00", changed="#FFF0B3", groups=("#06209C", "#2B86E0", "#780001", "#C27000"),
    scale=("#4B1D82", "#A18BCB", "#D5DAE0", "#F0A04B", "#9A4600"),
)
DARK = Theme(
    "dark", text="#F3F6F9", muted="#B4C0CC", ground="#10161D", panel="#19222C", border="#8593A1",
    hairline="#36424F", accent="#8CB8FF", on_accent="#10161D", danger="#FF9C93", ok="#7FD99A", warn="#FFC66B",
    focus="#FFDD00", changed="#4A3F0A", groups=("#5B68E8", "#6FD0FF", "#D8452B", "#F0D43A"),
    scale=("#B79CF0", "#7B62B5", "#5B6672", "#C77A1E", "#FFB765"),
)
CONTRAST = Theme(
    "contrast", text="#FFFFFF", muted="#FFFFFF", ground="#000000", panel="#000000", border="#FFFFFF",
    hairline="#FFFFFF", accent="#FFFF00", on_accent="#000000", danger="#FFFF00", ok="#FFFFFF", warn="#FFFF00",
    focus="#FFFF00", changed="#4A4A00", groups=DARK.groups, scale=DARK.scale,
)


def theme(name: Appearance, *, zoom: float = 1.0) -> Theme:
    """The theme of an appearance, with text ``zoom`` times its usual size."""
    return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[name]._replace(zoom=zoom)


def install_fonts(folder: Path = FONTS) -> None:
    """Give the program's own faces to Qt. MachineError("font_missing") where a file is absent or is no font."""
    for file in ("Regular", "SemiBold", "Bold"):
        _install(folder / f"AtkinsonHyperlegibleNext-{file}.ttf")
    _install(folder / "DejaVuSans.ttf")


def _install(path: Path) -> None:
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise MachineError("font_missing", file=path.name)


def apply(app: QApplication, look: Theme) -> None:
    """Dress the whole program: Fusion, one palette, one style sheet, one base font. What it wears already is no work."""
    sheet = style_sheet(look)
    if app.styleSheet() == sheet and app.palette() == palette(look):
        return
    app.setStyle("Fusion")
    app.setFont(look.font())
    app.setPalette(palette(look))
    app.setStyleSheet(sheet)


def dress(widget: QWidget, look: str) -> None:
    """Give a widget one of the looks of the style sheet, e.g. "title", "muted", "card", "error"."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    # A changed property takes effect only when the style looks at the widget again.
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def palette(look: Theme) -> QPalette:
    """The palette, for whatever the style sheet does not name (selections, disabled text, painted widgets)."""
    roles = {
        QPalette.ColorRole.Window: look.ground, QPalette.ColorRole.WindowText: look.text,
        QPalette.ColorRole.Base: look.ground, QPalette.ColorRole.AlternateBase: look.panel,
        QPalette.ColorRole.Text: look.text, QPalette.ColorRole.PlaceholderText: look.muted,
        QPalette.ColorRole.Button: look.panel, QPalette.ColorRole.ButtonText: look.text,
        QPalette.ColorRole.Highlight: look.accent, QPalette.ColorRole.HighlightedText: look.on_accent,
        QPalette.ColorRole.ToolTipBase: look.panel, QPalette.ColorRole.ToolTipText: look.text,
        QPalette.ColorRole.Link: look.accent, QPalette.ColorRole.BrightText: look.danger,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.muted))
    return made


def style_sheet(look: Theme) -> str:
    """The one style sheet. Sizes in points follow the zoom; spacing stays as it is."""
    sizes = {"small": SMALL, "large": LARGE, "heading": HEADING, "title": TITLE}
    colours = {name: value for name, value in look._asdict().items() if isinstance(value, str)}
    return STYLE.substitute(
        **colours,
        **{name: f"{look.points(size):.1f}" for name, size in sizes.items()},
        radius=RADIUS, step=S, side=M, pad=XS, inner=TARGET - 2 * XS - 2,
    )
