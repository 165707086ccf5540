"""The root secret, read once from Secrets Manager."""

from functools import cache

from chalicelib.kernel.tokens import Keys

from . import clients


@cache
def keys(secret_id: str) -> Keys:
    """Give the keys derived from the deployment's root secret."""
    return Keys(clients.secrets().get_secret_value(SecretId=secret_id)["SecretString"].encode())
