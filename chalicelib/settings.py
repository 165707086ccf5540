"""The environment, read once."""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Settings:
    """What a deployment is told from outside; everything else is data or code."""

    stage: str
    prefix: str
    secret_id: str
    oidc_issuer: str
    oidc_audience: str
    sms_sender: str
    mail_sender: str
    public_url: str
    files: str
    scanner: str
    test_pages: bool


@cache
def settings() -> Settings:
    """Read the settings; a missing name raises KeyError at the first use, not halfway through a request."""
    env = os.environ
    return Settings(
        stage=env["DUTYDESK_STAGE"],
        prefix=env["DUTYDESK_PREFIX"],
        secret_id=env.get("DUTYDESK_SECRET_ID", ""),
        oidc_issuer=env.get("DUTYDESK_OIDC_ISSUER", ""),
        oidc_audience=env.get("DUTYDESK_OIDC_AUDIENCE", ""),
        sms_sender=env.get("DUTYDESK_SMS_SENDER", ""),
        mail_sender=env.get("DUTYDESK_MAIL_SENDER", ""),
        public_url=env.get("DUTYDESK_PUBLIC_URL", "").rstrip("/"),
        files=env.get("DUTYDESK_FILES", ""),
        scanner=env.get("DUTYDESK_SCANNER", ""),
        test_pages=env.get("DUTYDESK_TEST_PAGES", "") == "true",
    )
