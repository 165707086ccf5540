"""The front door behaves like API Gateway."""

import base64
import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from infra.local.environment import Failed
from infra.local.gateway import LARGEST, FrontDoor
from infra.local.routes import read_gateway

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ARN = "arn:aws:lambda:us-east-1:000000000000:function:dutydesk-local-api"
PROXY = {
    "x-amazon-apigateway-integration": {
        "type": "aws_proxy",
        "uri": f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{ARN}/invocations",
    }
}
CORS = {
    "x-amazon-apigateway-integration": {
        "type": "mock",
        "responses": {
            "default": {
                "statusCode": "204",
                "responseParameters": {"method.response.header.Access-Control-Allow-Origin": "'https://app.test'"},
            }
        },
    }
}


def api(**more: Any) -> dict[str, Any]:
    paths = {
        "/v1/tickets": {"get": PROXY, "post": PROXY, "options": CORS},
        "/v1/tickets/mine": {"get": PROXY},
        "/v1/tickets/{id}": {"get": PROXY},
        "/files/{rest+}": {"x-amazon-apigateway-any-method": PROXY},
    }
    body = {"paths": paths, "x-amazon-apigateway-binary-media-types": ["image/png"]}
    return {"StageName": "api", "DefinitionBody": body, **more}


@dataclass
class Door:
    """A front door, what its function was asked, and what it answers."""

    api: dict[str, Any] = field(default_factory=api)
    answer: Any = field(default_factory=lambda: {"statusCode": 200, "body": "{}"})
    events: list[dict[str, Any]] = field(default_factory=list)
    written: int = 0

    def ask(
        self, method: str, path: str, body: bytes = b"", query: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PORT": "8000",
            **headers,
        }
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            told.update(status=int(status.split()[0]), headers=dict(headers))

        content = b"".join(self._door()(environ, start))  # type: ignore[arg-type]
        return told["status"], told["headers"], content

    def _door(self) -> FrontDoor:
        return FrontDoor(read_gateway(self.api), self._invoke, lambda *_: [b"dev"], lambda: NOW, self._note)

    def _invoke(self, function: str, event: Any) -> Any:
        assert function == ARN
        self.events.append(event)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def _note(self) -> None:
        self.written += 1


def test_a_request_becomes_the_event_of_a_proxy_integration() -> None:
    door = Door()

    door.ask("GET", "/v1/tickets/tkt_1", query="a=1&a=2&b=", HTTP_ACCEPT_LANGUAGE="zh-CN")

    (event,) = door.events
    assert (event["resource"], event["path"], event["httpMethod"]) == ("/v1/tickets/{id}", "/v1/tickets/tkt_1", "GET")
    assert event["pathParameters"] == {"id": "tkt_1"}
    assert event["queryStringParameters"] == {"a": "2", "b": ""}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": [""]}
    assert event["headers"]["Accept-Language"] == "zh-CN"
    assert event["multiValueHeaders"]["Accept-Language"] == ["zh-CN"]
    assert (event["body"], event["isBase64Encoded"], event["stageVariables"]) == (None, False, None)
    context = event["requestContext"]
    assert (context["resourcePath"], context["path"], context["stage"]) == (
        "/v1/tickets/{id}",
        "/api/v1/tickets/tkt_1",
        "api",
    )
    assert (context["identity"]["sourceIp"], context["requestTimeEpoch"]) == ("127.0.0.1", 1795399200000)
    assert context["requestId"]


def test_a_named_path_comes_before_a_parameter_and_a_greedy_one_takes_the_rest() -> None:
    door = Door()

    door.ask("GET", "/v1/tickets/mine")
    door.ask("PUT", "/files/a/b/c.txt")

    assert [event["resource"] for event in door.events] == ["/v1/tickets/mine", "/files/{rest+}"]
    assert door.events[1]["pathParameters"] == {"rest": "a/b/c.txt"}


def test_a_body_that_is_not_utf_8_or_of_a_binary_kind_travels_in_base64() -> None:
    door = Door()

    door.ask("POST", "/v1/tickets", "钱".encode())
    door.ask("POST", "/v1/tickets", b"\xff\xfe")
    door.ask("POST", "/v1/tickets", b"png", CONTENT_TYPE="image/png")

    bodies = [(event["body"], event["isBase64Encoded"]) for event in door.events]
    assert bodies == [("钱", False), (base64.b64encode(b"\xff\xfe").decode(), True), ("cG5n", True)]


def test_an_unknown_path_and_an_unknown_method_are_refused_in_api_gateways_odd_way() -> None:
    door = Door()

    for method, path in (("GET", "/nowhere"), ("DELETE", "/v1/tickets")):
        status, headers, body = door.ask(method, path)
        assert (status, json.loads(body)) == (403, {"message": "Missing Authentication Token"})
        assert headers["x-amzn-ErrorType"] == "MISSING_AUTHENTICATION_TOKEN"
    assert door.events == []


def test_the_templates_own_answer_takes_the_place_of_api_gateways() -> None:
    response = {
        "StatusCode": 404,
        "ResponseTemplates": {"application/json": '{"code":"not_found","request_id":"$context.requestId"}'},
        "ResponseParameters": {
            "Headers": {"Content-Type": "'application/problem+json'", "X-Request-Id": "context.requestId"}
        },
    }
    door = Door(api(GatewayResponses={"MISSING_AUTHENTICATION_TOKEN": response}))

    status, headers, body = door.ask("GET", "/nowhere")

    assert (status, headers["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(body) == {"code": "not_found", "request_id": headers["X-Request-Id"]}


def test_a_class_of_answers_stands_in_for_one_that_the_template_does_not_name() -> None:
    every = {"DEFAULT_4XX": {"ResponseTemplates": {"application/json": "$context.error.responseType"}}}

    status, _, body = Door(api(GatewayResponses=every)).ask("GET", "/nowhere")

    assert (status, body) == (400, b"MISSING_AUTHENTICATION_TOKEN")


def test_a_body_that_is_too_large_never_reaches_the_function() -> None:
    door = Door()

    status, _, body = door.ask("POST", "/v1/tickets", b"x" * (LARGEST + 1))
    assert (status, json.loads(body)["message"]) == (413, "HTTP content length exceeded 10485760 bytes.")
    assert door.ask("POST", "/v1/tickets", b"x" * 7_000_000)[0] == 413
    assert door.events == []


@pytest.mark.parametrize(
    "answer", [Failed("Runtime.ExitError", "gone"), None, "text", {"body": "no status"}, {"statusCode": "x"}]
)
def test_a_function_that_fails_or_answers_nonsense_is_a_502(answer: Any) -> None:
    status, _, body = Door(answer=answer).ask("GET", "/v1/tickets")

    assert (status, json.loads(body)) == (502, {"message": "Internal server error"})


def test_an_answer_keeps_its_headers_each_of_several_values_and_its_bytes() -> None:
    answer = {
        "statusCode": 201,
        "headers": {"ETag": '"1"'},
        "multiValueHeaders": {"Link": ["a"]},
        "body": base64.b64encode(b"\x00\x01").decode(),
        "isBase64Encoded": True,
    }

    status, headers, body = Door(answer=answer).ask("GET", "/v1/tickets")

    assert (status, headers["ETag"], headers["Link"], body) == (201, '"1"', "a", b"\x00\x01")


def test_cors_is_answered_by_the_gateway_itself() -> None:
    door = Door()

    status, headers, _ = door.ask("OPTIONS", "/v1/tickets")

    assert (status, headers["Access-Control-Allow-Origin"], door.events) == (204, "https://app.test", [])


def test_a_path_that_is_not_utf_8_is_refused() -> None:
    assert Door().ask("GET", "/v1/tickets/\xff")[0] == 400


def test_only_requests_that_may_have_written_wake_the_stream() -> None:
    door = Door()

    door.ask("GET", "/v1/tickets")
    assert door.written == 0
    door.ask("POST", "/v1/tickets")
    assert door.written == 1


def test_only_dev_itself_goes_to_the_developers_endpoints() -> None:
    door = Door()

    assert door._door()({"PATH_INFO": "/dev/sms"}, lambda *_: None) == [b"dev"]  # type: ignore[arg-type,comparison-overlap]
    assert door.ask("GET", "/developers")[0] == 403
