"""The local stack as a process of its own, and a client that behaves like a good mobile app."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
READY_WITHIN = 60  # seconds; a bare machine under load is slow, and this is no benchmark
PATIENCE = 30


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass
class Stack:
    """One local stack: started, killed and started again on the same data."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Stack":
        """Start it and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "DUTYDESK_"))}
        environment.pop("POWERTOOLS_LOG_LEVEL", None)
        self.data.mkdir(parents=True, exist_ok=True)
        log = (self.data / "terminal.log").open("ab")
        command = [sys.executable, "-m", "infra.local", "--port", str(self.port), "--data", str(self.data)]
        command += ["--visibility", "2"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        log.close()
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            try:
                if self.ask("GET", "/v1/health").status == 200:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"it did not start:\n{(self.data / 'terminal.log').read_text()[-4000:]}")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def ask(self, method: str, path: str, body: Any = None, token: str = "", key: str = "") -> Answer:
        """Make one request; raises OSError if nobody answers."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers["Idempotency-Key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except http.client.HTTPException as broken:
            raise ConnectionError("the line broke") from broken
        finally:
            connection.close()
        known = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, known, json.loads(text) if text else None)

    def post(self, path: str, body: Any, token: str = "", key: str = "") -> Any:
        """Post and expect to be served."""
        answer = self.ask("POST", path, body, token, key)
        assert answer.status < 300, (path, answer)
        return answer.body

    def get(self, path: str, token: str = "") -> Any:
        """Read and expect to be served."""
        answer = self.ask("GET", path, token=token)
        assert answer.status < 300, (path, answer)
        return answer.body

    def texts(self, to: str, template: str = "") -> list[dict[str, Any]]:
        """List the SMS sent to a phone, oldest first."""
        items = self.get(f"/dev/sms?to={quote(to)}")["items"]
        return [text for text in items if text["template"].startswith(template)]

    def mails(self) -> list[dict[str, Any]]:
        """List all mail."""
        items: list[dict[str, Any]] = self.get("/dev/mail")["items"]
        return items

    def wait(self, question: Any, what: str) -> Any:
        """Ask until there is an answer."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = question()
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"in vain: {what}")

    def staff(self, id_: str) -> str:
        """Sign a member of staff in."""
        id_token = self.post("/dev/staff-tokens", {"staff_id": id_})["id_token"]
        token: str = self.post("/v1/staff/sessions", {"id_token": id_token})["token"]
        return token

    def sign_in(self, phone: str) -> str:
        """Sign a customer in by SMS code."""
        started = self.post("/v1/verifications", {"purpose": "sign_in", "phone": phone})
        code = code_in(self.wait(lambda: self.texts(phone, "code_"), "the code")[-1]["text"])
        grant = self.post(f"/v1/verifications/{started['id']}/check", {"code": code})["grant"]
        shown = {name: started["warning"][name] for name in ("id", "version")}
        token: str = self.post("/v1/sessions", {"grant": grant, "warning_acknowledged": shown})["token"]
        return token


def code_in(text: str) -> str:
    """Find the six digits of a text."""
    digits = "".join(letter if letter.isdigit() else " " for letter in text).split()
    return next(word for word in digits if len(word) == 6)
