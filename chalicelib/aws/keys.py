"""The root secret, read once from Secrets Manager."""

from functools import cache

from chalicelib.kernel.tokens import Keys

from . import clients


@cache
def keys(secret_id: str) -> Keys:
    """Give the keys derived from the deployment's root secret, which is read when the first of them is needed."""
    return Keys(lambda: clients.secrets().get_secret_value(SecretId=secret_id)["SecretString"].encode())
