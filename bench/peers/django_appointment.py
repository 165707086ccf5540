"""django-appointment in a process of its own: a staff member, half a day booked, and what it is asked line by line.

Run by the Python of its own environment: `python django_appointment.py FOLDER`. A line of JSON is a call, and so is its answer.
The database is SQLite with a write-ahead log, mail goes nowhere, and nothing is logged.
"""

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
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
from django.db import DatabaseError, connection, connections  # noqa: E402
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
            self.book(self.client, self.choose(self.client, self.busy, number))

    def signed_in(self, number: int) -> Client:
        client = Client()
        client.force_login(self.customers[number])
        return client

    def slots(self) -> int:
        """Ask for the free times of the busy day; give how many there are."""
        asked = {"selected_date": self.busy.isoformat(), "staff_member": self.staff.id, "service_id": self.service.id}
        answer = self.client.get("/ajax/available_slots/", asked, **AJAX)
        return len(answer.json()["available_slots"])

    def choose(self, client: Client, day: date, number: int) -> str:
        """Choose a time as its first page does; give where it goes on."""
        start = datetime.combine(day, datetime.min.time()) + timedelta(hours=OPENS) + number * QUARTER
        chosen = {
            "date": day.isoformat(),
            "start_time": start.time().isoformat(),
            "end_time": (start + QUARTER).time().isoformat(),
            "service": self.service.id,
            "staff_member": self.staff.id,
        }
        answer = client.post("/request-submit/", chosen)
        assert answer.status_code == 302, answer.status_code
        return str(answer.headers["Location"])

    def book(self, client: Client, onwards: str) -> None:
        """Say who it is for, which books it."""
        who = {
            "phone_0": "CN",
            "phone_1": "13800138000",
            "name": "Li Na",
            "email": "li@example.com",
            "payment_type": "full",
        }
        answer = client.post(onwards, who)
        assert answer.status_code == 302, answer.status_code

    def race(self, callers: int) -> dict[str, Any]:
        """Let so many callers ask for one time at once; give what they were answered, and how many have it."""
        day, ready = self.busy + timedelta(days=400), Barrier(callers)
        clients = [self.signed_in(number) for number in range(callers)]

        def call(client: Client) -> int:
            ready.wait()
            try:
                self.book(client, self.choose(client, day, 0))
            except DatabaseError:
                return 500
            else:
                return 302
            finally:
                connections.close_all()

        with ThreadPoolExecutor(callers) as threads:
            answers = Counter(threads.map(call, clients))
        return {"answers": {str(status): many for status, many in answers.items()}, "booked": self.at(day)}

    def day(self, number: int) -> date:
        """Give a day on which nobody is booked yet."""
        return self.busy + timedelta(days=1 + number)

    def at(self, day: date) -> int:
        requests = AppointmentRequest.objects.filter(date=day)
        return int(Appointment.objects.filter(appointment_request__in=requests).count())


def main() -> None:
    """Answer line by line; only the calls themselves are timed."""
    peer, booked = Peer(), 0
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "race":
            print(json.dumps(peer.race(asked["callers"])), flush=True)
            continue
        if asked["do"] == "slots":
            seconds, free = timed(peer.slots)
            print(json.dumps({"seconds": [seconds], "free": free}), flush=True)
            continue
        day, number = divmod(booked, VISITS)
        booked += 1
        first, onwards = timed(partial(peer.choose, peer.client, peer.day(day), number))
        second, _ = timed(partial(peer.book, peer.client, onwards))
        print(json.dumps({"seconds": [first, second]}), flush=True)


def timed(does: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = does()
    return time.perf_counter() - began, answer


if __name__ == "__main__":
    main()
