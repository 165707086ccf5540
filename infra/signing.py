"""`python -m infra.signing receipts --secret dutydesk-prod-root [--generation 2]`: tells the key that signs a webhook's calls.

It is derived from the root secret, which has to be readable; whoever signs is given this key and nothing else. Hex.
"""

import argparse
import sys

from chalicelib.aws.keys import keys
from chalicelib.kernel.signatures import Generation
from chalicelib.kernel.tokens import Keys

WEBHOOKS = ("receipts", "calls")


def key_of(root: Keys, webhook: str, generation: int) -> str:
    """Give the key of a webhook in hex; generations count from 1."""
    return root.key(Generation(generation).purpose(webhook)).hex()


def main(arguments: list[str]) -> int:
    """Print the key that was asked for."""
    reading = argparse.ArgumentParser(prog="python -m infra.signing", description=(__doc__ or "").partition("\n")[0])
    reading.add_argument("webhook", choices=WEBHOOKS)
    reading.add_argument("--secret", required=True, help="name or ARN of the root secret")
    reading.add_argument("--generation", type=int, default=1, help="default %(default)s")
    asked = reading.parse_args(arguments)
    if asked.generation < 1:
        reading.error("generations count from 1")
    print(key_of(keys(asked.secret), asked.webhook, asked.generation))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
