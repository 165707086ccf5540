"""What Lambda hands to a function: events of API Gateway, of queues, of a stream and of the schedule."""

from itertools import count
from typing import Any

_numbers = count(1)


class Context:
    """What Lambda tells a function about itself."""

    function_name = "test"
    function_version = "1"
    memory_limit_in_mb = 512
    aws_request_id = "test"
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:test"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def sqs_event(queue: str, *bodies: str) -> dict[str, Any]:
    """Make the event Lambda gets from a queue."""
    return {
        "Records": [
            {
                "messageId": f"{queue}-{next(_numbers)}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "0"},
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:eu-west-1:123456789012:dutydesk-test-{queue}",
                "awsRegion": "eu-west-1",
            }
            for body in bodies
        ]
    }


def stream_event(images: list[dict[str, Any]]) -> dict[str, Any]:
    """Make the event Lambda gets from a stream, of items that were put."""
    changes = [{"dynamodb": {"NewImage": it, "SequenceNumber": "1"}, "eventName": "INSERT"} for it in images]
    return {"Records": changes}


def scheduled_event(at: str) -> dict[str, Any]:
    """Make the event Lambda gets from the schedule."""
    return {
        "id": "tick",
        "version": "0",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": at,
        "region": "eu-west-1",
        "resources": [],
        "detail": {},
    }


def event(app: Any, method: str, target: str, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
    """Make the event API Gateway makes; the path must belong to a route."""
    path, _, query = target.partition("?")
    resource, parameters = match(app.routes, path)
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(pairs) or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in pairs} or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": path,
            "requestId": f"req-{next(_numbers)}",
            "stage": "api",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "body": body,
        "isBase64Encoded": False,
    }


def match(routes: dict[str, Any], path: str) -> tuple[str, dict[str, str]]:
    """Find the route of a path, fixed parts before variable ones."""
    steps = path.strip("/").split("/")
    for resource in sorted(routes, key=lambda route: route.count("{")):
        names = resource.strip("/").split("/")
        pairs = list(zip(names, steps, strict=False))
        if len(names) == len(steps) and all(n == s or n.startswith("{") for n, s in pairs):
            return resource, {n.strip("{}"): s for n, s in pairs if n.startswith("{")}
    raise AssertionError(f"no route for {path}")
