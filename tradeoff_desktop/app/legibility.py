"""Whether the farthest seat can read the screen, and at which size of words.

DISCAS (aetm.org): farthest seat = picture height x height of the letters x 200. The picture is 16 wide to 9 high, the
letters' x-height is 0.496 em, and sizes are given for a picture of 1080 lines: 80 reaches 8.2 m on one 2 m wide.
"""

from typing import Final, Literal

Size = Literal[80, 96, 120]
SIZES: Final[tuple[Size, ...]] = (80, 96, 120)


def reach(width: int, size: int) -> int:
    """How far words of ``size`` can be read on a picture ``width`` cm wide, in cm."""
    return width * 9 * 496 * size * 200 // (16 * 1000 * 1080)


def fitting(width: int, farthest: int) -> Size:
    """The smallest size that the farthest seat can read; the largest there is where none is enough."""
    if width <= 0:
        return SIZES[0]
    return next((size for size in SIZES if reach(width, size) >= farthest), SIZES[-1])


def sentence(width: int, farthest: int, size: int) -> tuple[str, bool]:
    """Whether the room can read the screen, in words and as yes or no; ("", True) where nothing is known.

    Only the smallest size holds for every page: one full of words has no room for larger ones.
    """
    if width <= 0 or farthest <= 0:
        return "", True
    least, far = (f"{reach(width, one) // 10 / 10:.1f} metres" for one in (SIZES[0], size))
    if reach(width, SIZES[0]) >= farthest:
        return f"Everybody can read every page, from up to {least}.", True
    full = f"Pages full of words keep size {SIZES[0]}, which reaches {least}: read them aloud; they are on the cards too."
    if reach(width, size) >= farthest:
        return f"The farthest seat can read short pages: size {size} reaches {far}. {full}", False
    best = fitting(width, farthest)
    if reach(width, best) >= farthest:
        return f"Size {size} reaches {far}. Choose {best}, and the farthest seat can read short pages. {full}", False
    return f"The farthest seat cannot read it: size {size} reaches {far}. Move the seats closer or make the picture larger.", False
