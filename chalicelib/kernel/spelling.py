"""Words of eight letters that people say to each other: of letters that nobody mishears or misreads, in two groups."""

from .ids import ALPHABET

LETTERS = 8
_HALF = LETTERS // 2
_BITS = 5
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def letters(number: int, many: int = LETTERS) -> str:
    """Give so many letters for the lowest bits of a number, five for each."""
    return "".join(ALPHABET[number >> _BITS * place & 31] for place in range(many))


def grouped(bare: str) -> str:
    """Write eight letters as they are shown, like K7QX-2M9T."""
    return f"{bare[:_HALF]}-{bare[_HALF:]}"


def said(text: str) -> str:
    """Give the eight letters of a word, however somebody typed it; empty if it cannot be one."""
    bare = "".join(letter for letter in text.upper().translate(_ALIKE) if letter.isalnum())
    return bare if len(bare) == LETTERS and all(letter in ALPHABET for letter in bare) else ""
