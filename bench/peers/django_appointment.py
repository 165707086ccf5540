"""django-appointment in a process of its own: a staff member, half a day booked, and what it is asked line by line.

Run by the Python of its own environment: `python django_appointment.py FOLDER`. A line of JSON is a call, and so is its answer.
The database is SQLite with a write-ahead log, mail goes nowhere, and nothing is logged.
"""

import json
import logging
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

FOLDER = Path(sys.argv[1])
QUARTER, OPENS, VISITS = timedelta(minutes=15), 9, 32
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}

settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - nothing is kept here
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    TIME_ZONE="Asia/Shanghai",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    LOGGING_CONFIG=None,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "appointments.sqlite3",
            "OPTIONS": {"timeout": 60},
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "phonenumber_field",
        "appointment",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()
logging.disable(logging.CRITICAL)
urlpatterns = [path("", include("appointment.urls"))]

from appointment.models import Appointment, AppointmentRequest, Service, StaffMember, WorkingHours  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402


class Peer:
    """A calendar of one staff member, and a customer who is signed in."""

    def __init__(self) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)  # its wheel has no migrations
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
        users = get_user_model().objects
        self.customers = [users.create_user(f"customer{n}", f"customer{n}@example.com", "x") for n in range(32)]
        self.service = Service.objects.create(name="Replace a card", duration=QUARTER, price=0)
        self.staff = StaffMember.objects.create(user=users.create_user("clerk", "clerk@example.com", "x"))
        self.staff.services_offered.add(self.service)
        self.staff.slot_duration, self.staff.work_on_saturday, self.staff.work_on_sunday = 15, True, True
        self.staff.save()
        for day in range(7):
            WorkingHours.objects.create(staff_member=self.staff, day_of_week=day, start_time="09:00", end_time="17:00")
        self.client = self.signed_in(0)
        self.busy = date.today() + timedelta(days=7)  # noqa: DTZ011 - a day of the calendar, as its forms ask for it
        for number in range(0, VISITS, 2):
            self.book(self.client, self.busy, number)

    def signed_in(self, number: int) -> Client:
        client = Client()
        client.force_login(self.customers[number])
        return client

    def slots(self) -> int:
        """Ask for the free times of the busy day; give how many there are."""
        asked = {"selected_date": self.busy.isoformat(), "staff_member": self.staff.id, "service_id": self.service.id}
        answer = self.client.get("/ajax/available_slots/", asked, **AJAX)
        return len(answer.json()["available_slots"])

    def book(self, client: Client, day: date, number: int) -> int:
        """Book as its pages do: the time first, and then who it is for; give the last status."""
        start = datetime.combine(day, datetime.min.time()) + timedelta(hours=OPENS) + number * QUARTER
        chosen = {
            "date": day.isoformat(),
            "start_time": start.time().isoformat(),
            "end_time": (start + QUARTER).time().isoformat(),
            "service": self.service.id,
            "staff_member": self.staff.id,
        }
        first = client.post("/request-submit/", chosen)
        if first.status_code != 302:
            return int(first.status_code)
        who = {
            "phone_0": "CN",
            "phone_1": "13800138000",
            "name": "Li Na",
            "email": "li@example.com",
            "payment_type": "full",
        }
        return int(client.post(first.headers["Location"], who).status_code)

    def race(self, callers: int) -> dict[str, Any]:
        """Let so many callers ask for one time at once; give what they were answered, and how many have it."""
        day, ready = self.busy + timedelta(days=400), Barrier(callers)
        clients = [self.signed_in(number) for number in range(callers)]

        def call(client: Client) -> int:
            ready.wait()
            try:
                return self.book(client, day, 0)
            except Exception:
                return 500
            finally:
                connections.close_all()

        with ThreadPoolExecutor(callers) as threads:
            answers = Counter(threads.map(call, clients))
        return {"answers": {str(status): many for status, many in answers.items()}, "booked": self.at(day)}

    def at(self, day: date) -> int:
        requests = AppointmentRequest.objects.filter(date=day)
        return int(Appointment.objects.filter(appointment_request__in=requests).count())


def main() -> None:
    """Answer line by line; only the call itself is timed."""
    peer, booked = Peer(), 0
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.perf_counter()
        if asked["do"] == "slots":
            answer: dict[str, Any] = {"free": peer.slots()}
        elif asked["do"] == "book":
            day, number = divmod(booked, VISITS)
            booked += 1
            answer = {"status": peer.book(peer.client, peer.busy + timedelta(days=1 + day), number)}
        else:
            answer = peer.race(asked["callers"])
        answer["seconds"] = time.perf_counter() - began
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
