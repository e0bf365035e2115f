"""Bech32 (BIP 173), the writing half: how age spells a key. Reading is left to the age library."""

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """``data`` under a lower-case ``prefix``, with the six-letter checksum."""
    bits = int.from_bytes(data, "big")
    count = -(-len(data) * 8 // 5)
    bits <<= count * 5 - len(data) * 8
    values = [(bits >> 5 * place) & 31 for place in reversed(range(count))]
    checked = [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix), *values]
    check = _polymod([*checked, *[0] * 6]) ^ 1
    values += [(check >> 5 * place) & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def _polymod(values: list[int]) -> int:
    """The BCH code of BIP 173 over five-bit values."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            check ^= term if (top >> place) & 1 else 0
    return check
