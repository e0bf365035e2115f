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
    """Whether the room can read words of ``size``, in words and as yes or no; ("", True) where nothing is known."""
    if width <= 0 or farthest <= 0:
        return "", True
    far = f"{reach(width, size) / 100:.1f} metres"
    if reach(width, size) >= farthest:
        return f"Everybody can read it: words of size {size} reach {far}.", True
    best = fitting(width, farthest)
    if best > size and reach(width, best) >= farthest:
        return f"Words of size {size} can be read from {far}. Choose {best}, and the farthest seat can read them.", False
    words = f"The farthest seat cannot read it: words of size {size} reach {far}."
    return f"{words} Move the seats closer or make the picture larger.", False
