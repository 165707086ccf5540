"""Deploying a package with CloudFormation, and talking to what came of it."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import boto3

from chalicelib.kernel import clock
from infra.build import Built
from infra.local.intrinsics import Intrinsics
from infra.local.receipts import PATH, Receipts, receipts_key
from infra.package.resources import Template
from infra.package.staging import ROOT

from .engines import REGION, Engines
from .outside import AUDIENCE, Outside

T = TypeVar("T")

STACK = "dutydesk-rehearsal"
BUCKET = "packages"
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
_PATIENCE = 60.0  # seconds
_PLANT = (
    "from types import SimpleNamespace as It; from infra.local.seed import plant; plant({}, It(aws_request_id='seed'))"
)


class Refused(Exception):
    """CloudFormation did not make the stack; the text names the resources and reasons."""


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: Any


def adapted(template: Template) -> Template:
    """Give the packaged template with its code in the bucket, and with ministack's own name of a batch sent to a queue."""
    changed: Template = json.loads(json.dumps(template))
    for resource in changed["Resources"].values():
        properties = resource.get("Properties", {})
        for place in ("CodeUri", "ContentUri"):
            if place in properties:
                properties[place] = f"s3://{BUCKET}/{properties[place].removeprefix('./')}"
        inline = properties.get("Policies", []) if resource["Type"] == "AWS::IAM::Role" else []
        for policy in [properties] if resource["Type"] == "AWS::IAM::ManagedPolicy" else inline:
            for statement in policy["PolicyDocument"]["Statement"]:
                if "sqs:SendMessage" in statement["Action"]:
                    statement["Action"].append("sqs:SendMessageBatch")
    return changed


def parameters(issuer: str) -> dict[str, str]:
    """Give what an institution says of itself when it deploys."""
    return {
        "OidcIssuer": issuer,
        "OidcAudience": AUDIENCE,
        "SmsSender": "Dutydesk",
        "MailSender": "desk@example.com",
        "PublicUrl": "https://desk.example.com",
    }


def create(engines: Engines, built: Built, given: Mapping[str, str]) -> str:
    """Upload the package and create the stack; gives the API's id, raises Refused."""
    store, formation = engines.client("s3"), engines.client("cloudformation")
    store.create_bucket(Bucket=BUCKET)
    for archive in (built.functions, built.layer):
        store.upload_file(str(archive), BUCKET, archive.name)
    # More than a request may carry, so it goes the way of the code, as it does on AWS.
    body = json.dumps(adapted(json.loads(built.template.read_text("utf-8"))))
    store.put_object(Bucket=BUCKET, Key=built.template.name, Body=body.encode())
    url = f"{engines.endpoint}/{BUCKET}/{built.template.name}"
    told = [{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()]
    formation.create_stack(StackName=STACK, TemplateURL=url, Capabilities=_CAPABILITIES, Parameters=told)
    stack = until(lambda: _settled(formation))
    if stack["StackStatus"] != "CREATE_COMPLETE":
        events = formation.describe_stack_events(StackName=STACK)["StackEvents"]
        raise Refused("\n".join(f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '')}" for e in events))
    return str(next(out["OutputValue"] for out in stack["Outputs"] if out["OutputKey"] == "RestAPIId"))


def _settled(formation: Any) -> Any:
    (stack,) = formation.describe_stacks(StackName=STACK)["Stacks"]
    return None if stack["StackStatus"].endswith("IN_PROGRESS") else stack


def until(look: Callable[[], T | None], patience: float = _PATIENCE) -> T:
    """Look again and again until there is something; raises TimeoutError."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"nothing came within {patience:.0f} s")


@dataclass(frozen=True)
class Stack:
    """The deployed stack."""

    engines: Engines
    api: str
    outside: Outside
    template: Template
    given: Mapping[str, str]

    def name(self, logical: str) -> str:
        """Give the physical name of a resource that the template names."""
        return Intrinsics(self.template, self.given).name(logical)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Call the API; header names with _ for -."""
        url = f"{self.engines.endpoint}/restapis/{self.api}/api/_user_request_{path}"
        sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        request = urllib.request.Request(url, data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return Answer(answer.status, dict(answer.headers), json.loads(answer.read()))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, dict(refused.headers), json.loads(refused.read()))

    def invoke(self, logical: str, event: Any = None) -> Any:
        """Invoke a function by its logical id and give what it returned; raises Refused with its error."""
        function = self.engines.client("lambda")
        answer = function.invoke(FunctionName=self.name(logical), Payload=json.dumps(event or {}).encode())
        result = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise Refused(f"{logical}: {result}")
        return result

    def tables_as(self, logical: str) -> Any:
        """Make a client of the tables with the rights of a function's role, and no more."""
        role = self.engines.client("lambda").get_function_configuration(FunctionName=self.name(logical))["Role"]
        taken = self.engines.client("sts").assume_role(RoleArn=role, RoleSessionName="rehearsal")["Credentials"]
        return boto3.client(
            "dynamodb",
            endpoint_url=self.engines.tables,
            region_name=REGION,
            aws_access_key_id=taken["AccessKeyId"],
            aws_secret_access_key=taken["SecretAccessKey"],
            aws_session_token=taken["SessionToken"],
        )

    def plant(self) -> None:
        """Plant the local stack's institution, with the rights of the account's owner."""
        told = {"DUTYDESK_STAGE": "rehearsal", "DUTYDESK_PREFIX": STACK, "DUTYDESK_SECRET_ID": self.name("RootSecret")}
        subprocess.run([sys.executable, "-c", _PLANT], cwd=ROOT, env=self.engines.environment() | told, check=True)

    def receipt(self, message: str, status: str) -> int:
        """Have the SMS provider send its signed receipt of a message that it took; gives our answer's status."""
        secret = self.engines.client("secretsmanager").get_secret_value(SecretId=self.name("RootSecret"))[
            "SecretString"
        ]
        receipts = Receipts(self.outside.outbox, receipts_key(secret), clock.now, self._webhook)
        (answered,) = receipts.order(message, status, timedelta(), times=1)
        return answered

    def _webhook(self, body: bytes, signed: str) -> int:
        return self.call("POST", PATH, body, Dutydesk_Signature=signed).status

    def log(self) -> list[str]:
        """Give every line that any function wrote."""
        logs = self.engines.client("logs")
        lines: list[str] = []
        for group in logs.describe_log_groups(logGroupNamePrefix=STACK)["logGroups"]:
            written = logs.filter_log_events(logGroupName=group["logGroupName"])["events"]
            lines.extend(event["message"] for event in written)
        return lines
