"""The journey of one complaint in steps; each can be done again, as an app does when the line breaks."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.journeys.stack import ROOT, Stack, code_in

LI = "+8613800138000"
IN_VAIN = timedelta(days=16)


_TIMES = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


@dataclass
class Story:
    """Li complains, nobody answers in time, then the lead does; `known` is what Li's app and the desk remember."""

    stack: Stack
    known: dict[str, Any] = field(default_factory=dict)

    def steps(self) -> list[Callable[[], None]]:
        """Give the steps, in order; each is safe to repeat."""
        return [
            self.comes_while_they_are_there,
            self.asks_for_a_code,
            self.types_the_code,
            self.signs_in,
            self.complains,
            self.has_the_acknowledgement,
            self.owner_accepts,
            self.waits_in_vain,
            self.lead_signs_in,
            self.lead_answers,
            self.lead_decides,
            self.lead_delivers,
            self.has_the_decision,
            self.lead_closes,
            self.everything_settles,
        ]

    def comes_while_they_are_there(self) -> None:
        """Out of hours Li would be told other words: wait for the morning, whatever time it is where the test runs."""
        hours = self.stack.get("/v1/opening-hours?unit=east")
        if hours["opens_at"]:
            self.stack.post("/dev/clock", {"set": hours["opens_at"]})

    def asks_for_a_code(self) -> None:
        body = {"purpose": "sign_in", "phone": LI}
        self.known["verification"] = self.stack.post("/v1/verifications", body, key="start")

    def types_the_code(self) -> None:
        id_ = self.known["verification"]["id"]
        if not self.stack.texts(LI, "code_"):
            # The power went between storing the code and sending it: Li asks for another.
            self.stack.post("/dev/clock", {"advance": "PT61S"})
            self.stack.post(f"/v1/verifications/{id_}/resend", {}, key="resend")
        code = code_in(self.stack.texts(LI, "code_")[-1]["text"])
        self.known["grant"] = self.stack.post(f"/v1/verifications/{id_}/check", {"code": code}, key="check")["grant"]

    def signs_in(self) -> None:
        shown = {name: self.known["verification"]["warning"][name] for name in ("id", "version")}
        body = {"grant": self.known["grant"], "warning_acknowledged": shown}
        self.known["li"] = self.stack.post("/v1/sessions", body, key="sign-in")["token"]

    def complains(self) -> None:
        body = {"subject": "Card fee", "body": "I was charged twice."}
        self.known["complaint"] = self.stack.post("/v1/complaints", body, self.known["li"], key="complain")

    def has_the_acknowledgement(self) -> None:
        self._delivered("complaint_received")

    def owner_accepts(self) -> None:
        token = self.stack.staff(self.known["complaint"]["owner"])
        self.stack.post(f"/v1/desk/tickets/{self.id}/accept", {}, token, key="accept")

    def waits_in_vain(self) -> None:
        # A point in time, not a span: doing it again must not let another sixteen days go by.
        if "later" not in self.known:
            self.known["later"] = self._in_sixteen_days()
        self.stack.post("/dev/clock", {"set": self.known["later"]})

    def lead_signs_in(self) -> None:
        self.known["lead"] = self.stack.staff("lead-east")

    def lead_answers(self) -> None:
        self._desk(f"/v1/tickets/{self.id}/messages", {"body": "We are sorry."}, "public")
        self._desk(f"/v1/tickets/{self.id}/messages", {"body": "Table twice.", "visibility": "internal"}, "internal")

    def lead_decides(self) -> None:
        body = {"outcome": "upheld", "findings": "Charged twice.", "reasons": "The fee is due once."}
        self._desk(f"/v1/desk/complaints/{self.id}/decide", body, "decide")

    def lead_delivers(self) -> None:
        self._desk(f"/v1/desk/complaints/{self.id}/deliver", {"channel": "sms"}, "deliver")

    def has_the_decision(self) -> None:
        self._delivered("complaint_decided")

    def lead_closes(self) -> None:
        self.stack.wait(lambda: self.complaint()["status"] in ("delivered", "closed"), "the decision to arrive")
        self._desk(f"/v1/desk/complaints/{self.id}/close", {"root_cause": "fee table loaded twice"}, "close")

    def everything_settles(self) -> None:
        """Let an hour pass, so that whatever was interrupted is taken up again."""
        self.stack.post("/dev/clock", {"advance": "PT1H"})

    @property
    def id(self) -> str:
        id_: str = self.known["complaint"]["id"]
        return id_

    def complaint(self) -> dict[str, Any]:
        """Read the complaint as the lead sees it."""
        found: dict[str, Any] = self.stack.get(f"/v1/complaints/{self.id}", self.known["lead"])
        return found

    def history(self) -> list[dict[str, Any]]:
        """Read the records."""
        items: list[dict[str, Any]] = self.stack.get(f"/v1/desk/tickets/{self.id}/history", self.known["lead"])["items"]
        return items

    def end_state(self) -> dict[str, Any]:
        """Tell how it ended, without ids and times: what two runs of the same story have in common."""
        number = self.known["complaint"]["number"]
        told = ("clock", "percent", "level", "outcome", "in_time", "state", "root_cause", "how")
        happened = Counter(
            (record["event"], *((name, record["body"][name]) for name in told if name in record["body"]))
            for record in self.history()
            if record["event"] not in ("notice.taken", "notice.repeated")
        )
        complaint = self.complaint()
        # Which agent owns it follows from the id of the case, and no two runs have the same.
        owner = f"{complaint['owner']}@example.com"
        return {
            "records": happened,
            "texts": Counter((text["template"], text["status"]) for text in self.stack.texts(LI, "complaint_")),
            "mails": Counter(
                (
                    "owner" if mail["to"] == owner else mail["to"],
                    mail["template"],
                    _TIMES.sub("T", mail["text"].replace(number, "N")),
                )
                for mail in self.stack.mails()
            ),
            "status": complaint["status"],
            "clocks": {clock["id"]: clock["state"] for clock in complaint["clocks"]},
            "messages": [
                (message["author"], message["visibility"], message["body"])
                for message in self.stack.get(f"/v1/tickets/{self.id}/messages", self.known["lead"])["items"]
            ],
            "list": len(self.stack.get("/v1/desk/queue?open=false", self.known["lead"])["items"]),
        }

    def verified(self) -> None:
        """Check every chain with the verifier, as an auditor would."""
        command = [sys.executable, "-m", "infra.verify", "--data", str(self.stack.data)]
        checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr

    def _delivered(self, template: str) -> None:
        """Wait for a text, let the provider report it, and wait until that is worked off."""

        def text() -> Any:
            found = self.stack.texts(LI, template)
            if not found:
                # Taken up again within a minute or ten, if its worker was killed: no need to wait for that in real time.
                self.stack.post("/dev/clock", {"advance": "PT1M"})
            return found

        sent = self.stack.wait(text, template)[-1]
        if sent["status"] != "delivered":
            self.stack.post(f"/dev/sms/{sent['id']}/receipt", {"status": "delivered"})

    def _desk(self, path: str, body: dict[str, Any], key: str) -> None:
        self.stack.post(path, body, self.known["lead"], key=key)

    def _in_sixteen_days(self) -> str:
        now = datetime.fromisoformat(self.stack.get("/dev/clock")["now"])
        return (now + IN_VAIN).isoformat().replace("+00:00", "Z")
