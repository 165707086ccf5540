"""What every test stands on: an environment that can reach nothing, and warnings that count."""

import os

from hypothesis import HealthCheck, settings

ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    # Without it boto3 calls an account endpoint that moto does not know.
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "POWERTOOLS_TRACE_DISABLED": "1",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "DUTYDESK_STAGE": "test",
    "DUTYDESK_PREFIX": "dutydesk-test",
    "DUTYDESK_SECRET_ID": "dutydesk-test-root",
    "DUTYDESK_OIDC_ISSUER": "http://127.0.0.1:1/oidc",
    "DUTYDESK_OIDC_AUDIENCE": "dutydesk-desk",
    "DUTYDESK_SMS_SENDER": "Dutydesk",
    "DUTYDESK_MAIL_SENDER": "desk@dutydesk.test",
    "DUTYDESK_PUBLIC_URL": "https://dutydesk.test",
    "DUTYDESK_FACES": "dutydesk-test-references",
    "DUTYDESK_TEST_PAGES": "true",
}
# Before anything of the product is imported.
os.environ.update(ENVIRONMENT)
for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_PROFILE"):
    os.environ.pop(name, None)

# The same examples each time, so that what is red is red for everybody; the full run looks for others. How long it took to
# make the first ten, half a minute at most, would be the one thing left that a busy machine decides: it is no fault.
_QUIETLY = [HealthCheck.too_slow]
settings.register_profile("same", derandomize=True, database=None, deadline=None, suppress_health_check=_QUIETLY)
settings.register_profile("full", database=None, deadline=None, max_examples=1000, suppress_health_check=_QUIETLY)
settings.load_profile("full" if os.environ.get("RELIABILITY") == "full" else "same")
