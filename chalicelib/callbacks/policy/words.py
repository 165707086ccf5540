"""The word by which a customer knows that it is us who call: short, and of letters that nobody mishears or misreads."""

from chalicelib.kernel import spelling


def word_written(mac: bytes) -> str:
    """Write a word of the first forty bits of a MAC, like K7QX-2M9T: nobody finds one that is in use by trying."""
    return spelling.grouped(spelling.letters(int.from_bytes(mac[:5], "big")))


def word_said(text: str) -> str:
    """Give a word as it is written, however somebody typed it; empty if it cannot be one."""
    bare = spelling.said(text)
    return spelling.grouped(bare) if bare else ""
