"""The stack put together: who is made from what, started in which order, and stopped in the reverse one."""

import contextlib
import random
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from . import aws as places
from .aws import Aws
from .chaos import Mischief
from .clock import MovableClock
from .delays import PREFIX, Delays, forwarder
from .dev import Dev
from .due import DueIndexes
from .endpoints import Backstage, Messages, Times, endpoints
from .faces import FaceEndpoints, Looker
from .folder import Folder, read_json, write_json
from .gateway import FrontDoor
from .inner import InnerDoor
from .oidc import AUDIENCE, Issuer
from .outbox import Outbox
from .pools import Pools
from .positions import Positions
from .providers import Providers
from .provision import make_buckets, make_queues, make_secrets, make_tables
from .pumps import Pumps
from .queues import Queues
from .receipts import Receipts, poster, receipts_key
from .routes import Gateway, Mock, read_gateway
from .scanner import Scanner
from .seed import SEED, institution, mark
from .server import Server, listen
from .steps import Agenda, Moved, Mover, Settler
from .template import Function, Template
from .ticker import Ticker
from .wiring import Bells, Complaints, Wiring

# More than any of our tests has callers: a request that waits for an environment must not hold up the sign-in keys
# which that environment may be waiting for.
_FRONT_THREADS = 96
_INNER_THREADS = 8
_REFERENCES = f"dutydesk-local-files-{places.ACCOUNT}"
_PLAYED = (places.SMS, places.MAIL, places.FACES)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """What can be set from outside: API environments, and a cap for the queues' visibility time-outs in seconds."""

    environments: int = 2
    visibility: int | None = None


class Part(Protocol):
    """Something that runs on a thread of its own until it is told to stop."""

    def run(self) -> None: ...

    def stop(self) -> None: ...


# What the fake providers play.
_PLAYED = (places.SMS, places.MAIL, places.CONNECT)


class Stack:
    """Everything of this process. `start` returns when all of it answers."""

    def __init__(self, folder: Folder, aws: Aws, front: socket.socket, wishes: Wishes) -> None:
        self._folder = folder
        self._aws = aws
        self._front = front
        self._wishes = wishes
        self.port: int = front.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = MovableClock(folder.path("clock.json"))
        self._mischief = Mischief(random.Random())  # noqa: S311 - dice, not keys
        self._outbox = Outbox(folder.path("sent.sqlite"))
        self._bells = Bells()
        self._delays = Delays(
            forwarder(aws.endpoints[places.SQS]), self.clock.now, lambda queue: self._bells.of(queue).ring()
        )
        self._issuer = Issuer(f"{self.url}/dev/oidc", folder, institution(), self.clock.now)
        self._looker = Looker()
        self._stops: list[Callable[[], None]] = [self._outbox.close]

    def parameters(self) -> dict[str, str]:
        """Give the template's parameters for this machine."""
        return {
            "Stage": "local",
            "OidcIssuer": self._issuer.address,
            "OidcAudience": AUDIENCE,
            "SmsSender": "DUTYDESK",
            "MailSender": "desk@dutydesk.example",
            "PublicUrl": self.url,
            "MalwareScanner": "guardduty",
            "ConnectInstance": "local",
            "ConnectFlow": "to-agent",
            "ConnectNumber": "+862150000000",
            # References lie beside what is sent in: one bucket less to make.
            "FaceReferences": _REFERENCES,
        }

    def start(self, template: Template, say: Say) -> None:
        """Make what is missing on the engines, start all processes and threads, and open the front door."""
        gateway = read_gateway(template.api)
        pools = self._start_pools(template, gateway)
        queues, root = self._provision(template, say)
        pools.warm()
        say(f"{len(gateway.targets)} paths, {len(template.functions)} functions")
        self._plant(template, pools, say)
        wiring = Wiring(
            pools.invoke,
            queues,
            Positions(self._folder.path("streams.json")),
            self.clock.now,
            self._mischief,
            self._bells,
            Complaints(say),
            blind=places.SQS not in self._aws.own,
        )
        receipts = Receipts(self._outbox, receipts_key(root), self.clock.now, poster(self.port))
        move = self._start_pumps(template, wiring, pools, receipts)
        self._open(gateway, wiring, receipts, move)

    def stop(self) -> None:
        """Stop everything, the last started first."""
        while self._stops:
            with contextlib.suppress(OSError):
                self._stops.pop()()

    def _start_pools(self, template: Template, gateway: Gateway) -> Pools:
        inner = listen(0)
        place = f"http://127.0.0.1:{inner.getsockname()[1]}"
        providers = Providers(self._outbox, self._mischief, self.clock.now, self._looker)
        server = Server(inner, InnerDoor(self._delays, providers), _INNER_THREADS)
        server.start()
        self._stops.append(server.stop)
        behind = {service: place for service in _PLAYED if service not in self._aws.endpoints}
        if places.SQS in self._aws.own:
            behind[places.SQS] = place + PREFIX
        api = {arn for methods in gateway.targets.values() for arn in methods.values() if not isinstance(arn, Mock)}
        pools = Pools(
            template.functions,
            api,
            self._wishes.environments,
            self._aws.environment(behind),
            self._folder.logs,
            lambda: self.clock.offset,
        )
        self._stops.append(pools.stop)
        return pools

    def _provision(self, template: Template, say: Say) -> tuple[Queues, str]:
        made = make_tables(self._aws.dynamodb(), template.tables)
        client = self._aws.sqs()
        addresses = make_queues(client, template.queues, self._wishes.visibility)
        make_buckets(self._aws.s3(), template.buckets)
        secrets = make_secrets(self._aws.secrets(), template.secrets, self._folder)
        say(f"{len(template.tables)} tables ({made} new), {len(addresses)} queues, {len(secrets)} secret")
        queues = Queues(client, template.queues, addresses, self._aws.endpoints[places.SQS], self._delays.waiting)
        return queues, next((value for name, value in secrets.items() if name.endswith("-root")), "")

    def _plant(self, template: Template, pools: Pools, say: Say) -> None:
        planted = institution()
        if read_json(self._folder.path("seeded.json"), None) == mark():
            return
        example = next(iter(template.functions.values()))
        pools.run(Function("dutydesk-local-seed", f"{example.arn}-seed", SEED, 60, example.memory), {})
        write_json(self._folder.path("seeded.json"), mark())
        say(f"{len(planted.units)} units and {len(planted.staff)} staff planted")

    def _start_pumps(
        self, template: Template, wiring: Wiring, pools: Pools, receipts: Receipts
    ) -> Callable[[datetime], Moved]:
        pumps = Pumps(template, self._aws, wiring, self._wishes.visibility)
        ticker = Ticker(template.schedules, self.clock, wiring.invoke, wiring.called)
        parts: list[Part] = [
            *pumps.streams,
            *pumps.queues,
            ticker,
            receipts,
            self._delays,
            self._scanner(template, wiring),
        ]
        for part in parts:
            self._run(part)
        settler = Settler(lambda: pools.job_calls, lambda: pools.jobs_rest, pumps.caught_up, pumps.busy, pumps.nudge)
        due = DueIndexes(self._aws.dynamodb(), template.tables)
        agendas: list[Agenda] = [due, ticker, receipts, self._delays, *pumps.queues]

        def fire() -> int:
            self._delays.work_off()
            receipts.work_off()
            return ticker.fire(moved=True)

        mover = Mover(self.clock, agendas, due.overdue, fire, settler.settle, lambda: pumps.delivered)

        def move(target: datetime) -> Moved:
            with ticker.lock:
                return mover.move_to(target)

        return move

    def _scanner(self, template: Template, wiring: Wiring) -> Scanner:
        queue = next((queue.name for queue in template.queues if queue.name.endswith("-attachments")), "")

        def send(body: str) -> None:
            wiring.queues.send(queue, body)
            self._bells.of(wiring.queues.addresses[queue]).ring()

        return Scanner(self._aws.s3(), template.buckets, send, self._bells.written, wiring.complain)

    def _open(self, gateway: Gateway, wiring: Wiring, receipts: Receipts, move: Callable[[datetime], Moved]) -> None:
        backstage = Backstage(wiring.queues, self._mischief, self._issuer)
        faces = FaceEndpoints(self._looker, self._aws.s3(), _REFERENCES)
        dev = Dev(endpoints(Messages(self._outbox, receipts), Times(self.clock, move), backstage, faces))
        door = FrontDoor(gateway, wiring.invoke, dev, self.clock.now, self._bells.written.ring)
        server = Server(self._front, door, _FRONT_THREADS)
        server.start()
        self._stops.append(server.stop)

    def _run(self, part: Part) -> None:
        thread = threading.Thread(target=part.run, daemon=True)
        thread.start()

        def end() -> None:
            part.stop()
            thread.join(timeout=5)

        self._stops.append(end)
