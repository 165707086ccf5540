"""The routes and the gateway's own answers, as the template's API has them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .intrinsics import Unsupported

_FUNCTION = re.compile(r"/functions/(arn:aws:lambda:[^/]+)/invocations")
_VARIABLE = re.compile(r"\$context\.([A-Za-z.]+)")
ANY = "x-amazon-apigateway-any-method"
JSON = "application/json"


@dataclass(frozen=True)
class Mock:
    """An answer that the gateway gives without a function, for CORS."""

    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Refusal:
    """How one kind of the gateway's own answers looks; `body` may name $context variables."""

    status: int
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Gateway:
    """Everything about the API: what stands behind a path and a method, and how the gateway itself refuses."""

    stage: str
    targets: Mapping[str, Mapping[str, str | Mock]]  # path -> method -> function ARN, or mock
    refusals: Mapping[str, Refusal]
    binary: frozenset[str] = field(default_factory=frozenset)

    def target(self, path: str, method: str) -> str | Mock | None:
        """Give what stands behind a route, or None."""
        methods = self.targets[path]
        return methods.get(method) or methods.get("ANY")


# What API Gateway answers when a template says nothing of it.
_OWN = {
    "MISSING_AUTHENTICATION_TOKEN": (403, "Missing Authentication Token"),
    "REQUEST_TOO_LARGE": (413, "HTTP content length exceeded 10485760 bytes."),
    "BAD_REQUEST_PARAMETERS": (400, "Bad Request"),
    "INTEGRATION_TIMEOUT": (504, "Endpoint request timed out"),
    "DEFAULT_5XX": (502, "Internal server error"),
}


def read_gateway(api: Mapping[str, Any]) -> Gateway:
    """Read the properties of an AWS::Serverless::Api; an authorizer raises Unsupported."""
    definition = api.get("DefinitionBody", {})
    targets: dict[str, dict[str, str | Mock]] = {}
    for path, methods in definition.get("paths", {}).items():
        for method, declared in methods.items():
            if method != "parameters":
                name = "ANY" if method == ANY else method.upper()
                targets.setdefault(path, {})[name] = _target(path, declared)
    told = {**definition.get("x-amazon-apigateway-gateway-responses", {}), **api.get("GatewayResponses", {})}
    return Gateway(
        stage=str(api.get("StageName", "api")),
        targets=targets,
        refusals={kind: _refusal(kind, response) for kind, response in told.items()},
        binary=frozenset(definition.get("x-amazon-apigateway-binary-media-types", [])),
    )


def _target(path: str, declared: Mapping[str, Any]) -> str | Mock:
    integration = declared.get("x-amazon-apigateway-integration", {})
    if integration.get("type") == "mock":
        answer = integration.get("responses", {}).get("default", {})
        headers = {
            name.removeprefix("method.response.header."): _unquoted(value)
            for name, value in answer.get("responseParameters", {}).items()
        }
        return Mock(int(answer.get("statusCode", 200)), headers)
    if declared.get("security"):
        raise Unsupported(f"an authorizer at {path}")
    found = _FUNCTION.search(str(integration.get("uri", "")))
    if found is None:
        raise Unsupported(f"the integration of {path}")
    return found[1]


def _refusal(kind: str, response: Mapping[str, Any]) -> Refusal:
    own = _OWN.get(kind, (400 if "4XX" in kind else 500, kind))
    templates = response.get("ResponseTemplates", response.get("responseTemplates", {}))
    headers = response.get("ResponseParameters", {}).get("Headers", {})
    status = response.get("StatusCode", response.get("statusCode", own[0]))
    return Refusal(
        int(status), str(templates.get(JSON, _message(own[1]))), {name: str(v) for name, v in headers.items()}
    )


def refuse(gateway: Gateway, kind: str, context: Mapping[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Make the gateway's own answer of a kind: the template's for it, or for its class, or API Gateway's."""
    status, message = _OWN[kind]
    fallback = Refusal(status, _message(message), {})
    refusal = gateway.refusals.get(kind) or gateway.refusals.get(f"DEFAULT_{status // 100}XX") or fallback
    facts = {**context, "error.message": message, "error.responseType": kind}
    facts["error.messageString"] = json.dumps(message)
    headers = {"Content-Type": JSON, "x-amzn-ErrorType": kind}
    for name, value in refusal.headers.items():
        headers[name] = (
            _unquoted(value) if value.startswith("'") else str(facts.get(value.removeprefix("context."), ""))
        )
    body = _VARIABLE.sub(lambda found: str(facts.get(found[1], "")), refusal.body)
    return refusal.status, headers, body.encode()


def _message(text: str) -> str:
    return json.dumps({"message": text})


def _unquoted(value: str) -> str:
    return value[1:-1] if value.startswith("'") and value.endswith("'") else value
