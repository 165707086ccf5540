"""What is sent to routes that are about no ticket, and which routes take nothing at all."""

from typing import Any

from tests.integration.stages import LOGGED
from tests.kiosk import SHOWN, ec_key, jwk
from tests.world import LI, SMITH

# Bodies of the routes that are about no ticket yet; those about one stand in stages.py.
BODIES: dict[str, Any] = {
    "POST /v1/complaints": {"subject": "s", "body": "b"},
    "POST /v1/tickets": {"kind": "enquiry", "subject": "s", "body": "b"},
    "POST /v1/desk/complaints": LOGGED,
    "POST /v1/desk/tickets": LOGGED | {"kind": "request"},
    "POST /v1/desk/staff/{staff}/absences": {"since": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"},
    "POST /v1/verifications": {"purpose": "sign_in", "phone": SMITH},
    "POST /v1/verifications/{verification}/check": {"code": "000000"},
    "POST /v1/sessions": {"grant": "none", "warning_acknowledged": {"id": "code-sharing", "version": 1}},
    "POST /v1/staff/sessions": {"id_token": "none"},
    # To the head office everything is its own; that the field is looked at shows that they were let in.
    "POST /v1/desk/emergencies": {"unit": "hq", "reason": "A card has to be stopped."},
    "POST /v1/desk/emergencies/{emergency}/answer": {"justified": True, "note": "n"},
    "POST /v1/sessions/current/step-up": {"grant": "none"},
    "POST /v1/me/phone": {
        "grant": "none",
        "warning_acknowledged": {"id": "new-phone", "version": 1, "dwell": 9},
    },
    "POST /v1/kiosks/enrol": {"code": "0000-0000-0000", "public_key": jwk(ec_key())},
    "POST /v1/kiosks/sessions": {"device": "kio_none", "proof": "none"},
    "POST /v1/kiosks/heartbeat": {"software": "1"},
    "POST /v1/kiosks/arrivals": {"arrivals": [{"event": "e", "at": "2026-11-23T02:00:00Z", "number": "A-1"}]},
    "POST /v1/kiosks/visits": {"grant": "none", "warning_acknowledged": SHOWN},
    "POST /v1/kiosks/visits/current/handover": {"to": "phone", "draft": {}},
    "POST /v1/fraud-reports": {"kind": "impersonation"},
    "POST /v1/desk/fraud-reports": {"kind": "code_asked", "phone": LI},
    "POST /v1/desk/words": {"channel": "call", "phone": LI},
    "POST /v1/words/check": {"word": "wrong", "phone": SMITH},
    "POST /v1/desk/kiosks": {"branch": "shanghai-bund", "name": "Hall", "services": ["requests"], "unit": "east"},
}
# These check something of their own instead of a session; that they refuse what is not real shows they were reached.
OWN_PROOF = {
    "POST /v1/verifications/{verification}/resend": "not_found",
    "POST /v1/verifications/{verification}/check": "not_found",
    "POST /v1/sessions": "grant_invalid",
    "POST /v1/staff/sessions": "not_signed_in",
    "POST /v1/sessions/current/step-up": "grant_invalid",
    # That more than a session is asked for shows that they were let in.
    "POST /v1/me/phone": "step_up_needed",
    # None of one's own is named so; ending one is tested where sessions are.
    "DELETE /v1/sessions/{session}": "not_found",
    "POST /v1/webhooks/sms/{provider}": "signature_invalid",
    "POST /v1/webhooks/twilio/{text}": "signature_invalid",
    "POST /v1/webhooks/sns": "signature_invalid",
    "POST /v1/webhooks/calls/{provider}": "signature_invalid",
    # Nothing was ever closed there; opening what is, is tested where codes are.
    "POST /v1/desk/operations/codes/{name}/reopen": "not_found",
    # None was begun; answering for what was is tested where emergencies are.
    "POST /v1/desk/emergencies/{emergency}/answer": "not_found",
    "POST /v1/kiosks/enrol": "enrolment_invalid",
    "POST /v1/kiosks/sessions": "proof_invalid",
}
# What each route that takes a body is refused for: a field nobody knows beside whatever it needs.
BODILESS = (
    *(
        "/resend",
        "/take-up",
        "/redrive",
        "/v1/webhooks/sms/{provider}",
        "/v1/webhooks/twilio/{text}",
        "/v1/webhooks/sns",
        "/v1/webhooks/calls/{provider}",
        "/accept",
        "/approve",
        "/withdraw",
    ),
    *("/enrolment", "/disable", "/enable", "/retire", "/take", "/leave-group", "/codes/{name}/reopen"),
    *("/dial", "/release", "/result", "/waitlist/{waiting}/leave", "/waits/{token}/leave"),
    *("/draw", "/start", "/pause", "/stop"),
    *("/recall", "/v1/desk/appointments/{appointment}/return", "/done", "/no-show", "/cancel"),
    *(
        "/propose",
        "/acknowledge",
        "/alarm-acknowledged",
        "/update-requests",
        "/uploaded",
        "/v1/desk/tickets/{ticket}/close",
    ),
)
