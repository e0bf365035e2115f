"""Make the bundled fonts: one embeddable TrueType file a weight out of the web subsets, and DejaVu Sans.

The web package splits each weight into a Latin and an extended Latin file; the screen, the charts and the PDF
want one. Unpack the package first, then run this from the development environment::

    npm pack @fontsource/atkinson-hyperlegible-next && tar xf fontsource-atkinson-hyperlegible-next-*.tgz
    python packaging/fonts.py package
"""

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib as mpl
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold"}
SUBSETS = ("latin", "latin-ext")
TYPOGRAPHIC_FAMILY, TYPOGRAPHIC_STYLE = 16, 17


def main() -> None:
    """Read where the unpacked package is and write every font with its licence."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="the unpacked web package")
    package = parser.parse_args().package
    for weight in STYLES:
        print(write_weight(package / "files", weight))
    shutil.copyfile(package / "LICENSE", FONTS / "AtkinsonHyperlegibleNext-OFL.txt")
    copy_symbols()


def write_weight(files: Path, weight: int) -> Path:
    """Merge the subsets of one weight and write the result; returns its path."""
    with TemporaryDirectory() as folder:
        parts = [unpacked(files, subset, weight, Path(folder)) for subset in SUBSETS]
        font = Merger().merge([str(part) for part in parts])
        # The merger stamps the present hour; the source's own dates give the same bytes every time.
        font.recalcTimestamp = False
        dated = TTFont(parts[0])["head"]
        font["head"].created, font["head"].modified = dated.created, dated.modified
    # Without these a semi-bold is a family of its own and no weight of the family answers to 600.
    for identifier, text in ((TYPOGRAPHIC_FAMILY, FAMILY), (TYPOGRAPHIC_STYLE, STYLES[weight])):
        font["name"].setName(text, identifier, 3, 1, 0x409)
    target = FONTS / f"{FAMILY.replace(' ', '')}-{STYLES[weight]}.ttf"
    font.save(target)
    return target


def unpacked(files: Path, subset: str, weight: int, folder: Path) -> Path:
    """Write one compressed web subset as plain TrueType into ``folder``; returns its path."""
    font = TTFont(
        files / f"{FAMILY.replace(' ', '-').lower()}-{subset}-{weight}-normal.woff", recalcTimestamp=False
    )
    font.flavor = None
    path = folder / f"{subset}.ttf"
    font.save(path)
    return path


def copy_symbols() -> None:
    """Copy DejaVu Sans, for symbols the family lacks, so that the screen need not load the chart library."""
    shipped = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name, target in (("DejaVuSans.ttf", "DejaVuSans.ttf"), ("LICENSE_DEJAVU", "DejaVuSans-LICENSE.txt")):
        shutil.copyfile(shipped / name, FONTS / target)


if __name__ == "__main__":
    main()
