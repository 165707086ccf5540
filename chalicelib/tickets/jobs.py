"""The `escalations` queue: due hints of the sweep, absences that begin, and news about word that was owed.

What is due and owed about canned answers, kiosks, checks of faces and emergencies comes the same way; one queue more would
be one function more to run.
"""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import Call, internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)
_AWAY, _ANSWER, _KIOSK, _TICKET = "away_", "ans_", "kio_", "tkt_"
_FACE, _CHECK, _EMERGENCY = "face_", "fch_", "emg_"
# After these a word is owed no longer: it is on its way, or its reader does not want it.
_TAKEN = ("text.started", "text.withheld")


@jobs.on_sqs_message(queue="escalations", batch_size=10)
@consumer
def escalate(message: dict[str, Any]) -> str:
    """Work off one hint; what it says is read again from the table."""
    call = internal(actors.system("escalations"), "queue", message.get("request_id", ""))
    about = message.get("due") or message.get("body", {}).get("about", "")
    if about.startswith(_ANSWER):
        return _about_answer(message, call)
    if about.startswith(_KIOSK):
        return _about_kiosk(message, call)
    if about.startswith(_EMERGENCY):
        return services().emergencies.due(message["due"], call)
    if about.startswith((_FACE, _CHECK)):
        return _about_face(message, call)
    if message.get("due", "").startswith(_AWAY):
        return services().leaving.moved_on(message["due"].removeprefix(_AWAY), call)
    if message.get("event") == "staff.absence_entered":
        return services().leaving.moved_on(message["body"]["staff"], call)
    if "due" in message:
        return services().watch.escalate(message["due"], call)
    news = message["body"]
    if not about.startswith(_TICKET):
        return "not_ours"
    return _word(message["event"], news, call)


def _word(event: str, news: dict[str, Any], call: Call) -> str:
    """Hear of word that a ticket owed: it is on its way or not wanted, has to wait, has arrived, or will not."""
    watch, about, key = services().watch, news["about"], news["key"]
    if event == "text.held":
        return watch.put_off(about, key, clock.moment(news["until"]), call)
    if event in _TAKEN:
        return watch.taken(about, key, call)
    return watch.arrived(about, key, event.removeprefix("text."), clock.moment(news["at"]), call)


def _about_answer(message: dict[str, Any], call: Call) -> str:
    """Work off a hint about a canned answer; whether word of it arrived changes nothing there."""
    if "due" in message:
        return services().reviewing.remind(message["due"], call)
    news = message["body"]
    return (
        services().reviewing.taken(news["about"], news["key"], call)
        if message["event"] == "text.started"
        else "settled"
    )


def _about_kiosk(message: dict[str, Any], call: Call) -> str:
    """Work off a hint about a kiosk; whether word of it arrived changes nothing there."""
    beating = services().kiosk_beating
    if "due" in message:
        return beating.due(message["due"], call)
    news = message["body"]
    return beating.taken(news["about"], news["key"], call) if message["event"] == "text.started" else "settled"


def _about_face(message: dict[str, Any], call: Call) -> str:
    """Work off a hint about a check of a face, or about what a withdrawal of consent has left over."""
    if message["due"].startswith(_CHECK):
        return services().face_reviews.due(message["pk"], message["due"], call)
    return services().face_consents.sweep(message["due"], call)
