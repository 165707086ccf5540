"""The word by which a customer knows that it is us who call: short, and of letters that nobody mishears or misreads."""

from chalicelib.kernel.ids import ALPHABET

LETTERS = 8  # forty bits: nobody finds one that is in use by trying
_HALF = LETTERS // 2
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def word_written(mac: bytes) -> str:
    """Write a word of the first forty bits of a MAC, like K7QX-2M9T."""
    number = int.from_bytes(mac[:5], "big")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(LETTERS))
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def word_said(text: str) -> str:
    """Give a word as it is written, however somebody typed it; empty if it cannot be one."""
    letters = "".join(letter for letter in text.upper().translate(_ALIKE) if letter.isalnum())
    known = len(letters) == LETTERS and all(letter in ALPHABET for letter in letters)
    return f"{letters[:_HALF]}-{letters[_HALF:]}" if known else ""
