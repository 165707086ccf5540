"""Encrypting what must not lie about in clear: AES-256-GCM, under a key derived from the root secret."""

from chalicelib.kernel.tokens import Keys

_NONCE = 12


class Sealing:
    """Seals for one purpose; the code that knows ciphers is loaded when something is sealed or opened first."""

    def __init__(self, keys: Keys, purpose: str) -> None:
        self._keys = keys
        self._purpose = purpose

    def seal(self, id_: str, plain: bytes, nonce: bytes) -> bytes:
        """Encrypt, bound to the id of what it belongs to; `nonce` is twelve fresh random bytes, and goes in front."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return nonce + AESGCM(self._keys.key(self._purpose)).encrypt(nonce, plain, id_.encode())

    def opened(self, id_: str, sealed: bytes) -> bytes:
        """Decrypt; what was altered, or belongs to another id, raises InvalidTag."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
        return AESGCM(self._keys.key(self._purpose)).decrypt(nonce, rest, id_.encode())
