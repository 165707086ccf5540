"""The environment, read once."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chalicelib.kernel.signatures import Generation, generations


@dataclass(frozen=True)
class Settings:
    """What a deployment is told from outside; everything else is data or code."""

    stage: str
    prefix: str
    secret_id: str
    oidc_issuer: str
    oidc_audience: str
    sms_sender: str
    sms_configuration: str
    sms_topic: str
    voice_sender: str
    twilio_secret_id: str
    mail_sender: str
    public_url: str
    files: str
    faces: str
    matcher: str
    scanner: str
    telephony: tuple[str, str, str]
    calls_per_agent: int
    webhook_keys: Sequence[Generation]
    test_pages: bool
    test_numbers: Mapping[str, str]
    signals: tuple[str, int, Mapping[str, Mapping[str, str]]]


# Where a number may have a fixed code that everybody knows; anywhere else it would be a way in.
_FOR_TESTS = ("local", "test")


class TestNumbers(ValueError):
    """A deployment that is real was told numbers with fixed codes or signals: it does not start."""

    __test__ = False


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
        sms_configuration=env.get("DUTYDESK_SMS_CONFIGURATION", ""),
        sms_topic=env.get("DUTYDESK_SMS_TOPIC", ""),
        voice_sender=env.get("DUTYDESK_VOICE_SENDER", ""),
        twilio_secret_id=env.get("DUTYDESK_TWILIO_SECRET_ID", ""),
        mail_sender=env.get("DUTYDESK_MAIL_SENDER", ""),
        public_url=env.get("DUTYDESK_PUBLIC_URL", "").rstrip("/"),
        files=env.get("DUTYDESK_FILES", ""),
        faces=env.get("DUTYDESK_FACES", ""),
        matcher=env.get("DUTYDESK_FACE_MATCHER", ""),
        scanner=env.get("DUTYDESK_SCANNER", ""),
        telephony=_telephony(env.get("DUTYDESK_TELEPHONY", "")),
        calls_per_agent=int(env.get("DUTYDESK_CALLS_PER_AGENT", "") or 2),
        webhook_keys=generations(env.get("DUTYDESK_WEBHOOK_KEYS", "") or "1"),
        test_pages=env.get("DUTYDESK_TEST_PAGES", "") == "true",
        test_numbers=_test_numbers(env.get("DUTYDESK_TEST_NUMBERS", ""), env["DUTYDESK_STAGE"]),
        signals=_signals(env),
    )


def _telephony(told: str) -> tuple[str, str, str]:
    """Read `<instance>/<flow>/<number>` of Amazon Connect; empty where agents dial by themselves."""
    instance, flow, source = (told or "//").split("/")
    return instance, flow, source


def _signals(env: Mapping[str, str]) -> tuple[str, int, Mapping[str, Mapping[str, str]]]:
    """Read `<provider>/<questions a day>`, none where nobody is asked; and what tests are told of numbers."""
    provider, _, daily = env.get("DUTYDESK_SIGNALS", "").partition("/")
    return provider, int(daily or 0), _test_signals(env.get("DUTYDESK_TEST_SIGNALS", ""), env["DUTYDESK_STAGE"])


def _test_numbers(told: str, stage: str) -> Mapping[str, str]:
    """Read `+447700900001=246810,...`; raises TestNumbers where there may be none."""
    pairs = [pair.partition("=") for pair in told.split(",") if pair]
    if pairs and stage not in _FOR_TESTS:
        raise TestNumbers(stage)
    return {number: code for number, _, code in pairs}


def _test_signals(told: str, stage: str) -> Mapping[str, Mapping[str, str]]:
    """Read `+447700900011=sim_swap:recent;line_type:mobile,...`; raises TestNumbers where there may be none."""
    found = _test_numbers(told, stage)
    return {
        number: {name: value for name, _, value in (pair.partition(":") for pair in signals.split(";"))}
        for number, signals in found.items()
    }
