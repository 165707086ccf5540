"""An appointment for a calendar: found again under one name, whatever becomes of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.web import Response, call

from ..model import Appointment, Status
from .customer import api
from .managing import Link
from .public import Id, public

ICS = "text/calendar"


@api.get("/v1/appointments/{appointment}/calendar.ics", Act.APPOINTMENT_READ, raw=ICS)
def appointment_calendar(appointment: Id) -> Response[str]:
    """Give an appointment as an iCalendar file, to be put into a calendar once."""
    return _told(services().rebooking.reach(appointment, Act.APPOINTMENT_READ, call()), call().now)


@public.get("/v1/calendars/{token}/visit.ics", None, raw=ICS)
def calendar_by_link(token: Link) -> Response[str]:
    """Give an appointment to a calendar that comes back to look; no name is in it, nor a link that changes anything."""
    return _told(services().rebooking.by_calendar(token), call().now)


def _told(appointment: Appointment, now: datetime) -> Response[str]:
    headers = {"Content-Disposition": f'attachment; filename="{appointment.number}.ics"'}
    return Response(200, f"{ICS}; charset=utf-8", ics(appointment, now), headers=headers)


def ics(appointment: Appointment, now: datetime) -> str:
    """Write an appointment as RFC 5545 has it: one id for ever, a number that rises with each change, times in UTC.

    Instants need no VTIMEZONE and no rules of summer time that the reader would have to share; calendars show them by
    the clocks of whoever looks.
    """
    from icalendar import Calendar, Event, vCalAddress  # nobody else needs what takes as long to load as all of us

    over = appointment.status is Status.CANCELLED
    event = Event()
    event.add("uid", f"{appointment.id}@dutydesk")
    # It rises with whatever may change the time: a move, and a document that was accepted and makes the visit shorter.
    event.add("sequence", appointment.generation - 1 + appointment.accepted)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    event.add("organizer", vCalAddress(services().organizer))
    for name, text in _words(appointment).items():
        event.add(name, text)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Dutydesk//Appointments//EN")
    calendar.add("method", "CANCEL" if over else "PUBLISH")
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _words(appointment: Appointment) -> dict[str, str]:
    catalogue = services().availability.catalogue
    branch, known = catalogue.branches().get(appointment.branch), catalogue.services()
    wanted = [known[id_] for id_ in appointment.services if id_ in known]
    documents = (document for service in wanted for document in service.documents)
    bring = {it.id: it.name for it in documents if not appointment.paper(it.id).accepted}
    return {
        "summary": _both(service.name for service in wanted),
        "location": _both([branch.name, branch.address]) if branch else appointment.branch,
        "description": f"{appointment.number}\n{_both(bring.values())}",
    }


def _both(names: Iterable[Mapping[str, str]]) -> str:
    """Write names in English, then in Chinese: whose calendar it is is not known here."""
    listed = list(names)
    told = (", ".join(it[language] for it in listed if it.get(language)) for language in ("en", "zh-CN"))
    return " / ".join(filter(None, told))
