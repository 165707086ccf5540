"""What the product says to DynamoDB, so that a bare client can say the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore import xform_name

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Asked = tuple[str, dict[str, Any]]


class Recorder:
    """Keeps each call of a client, by its method's name, and each answer, until they are taken."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._asked: list[Asked] = []
        self._answers: list[Any] = []
        client.meta.events.register("provide-client-params.dynamodb.*", self._asking)
        client.meta.events.register("after-call.dynamodb.*", self._answered)

    def _asking(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self._asked.append((xform_name(model.name), params))

    def _answered(self, parsed: dict[str, Any], **_: Any) -> None:
        self._answers.append(parsed)

    def take(self) -> list[Asked]:
        """Give what was asked since the last time."""
        asked, self._asked[:] = list(self._asked), []
        self._answers.clear()
        return asked

    def answers(self) -> list[Any]:
        """Give what was answered since the last `take`, in order."""
        return list(self._answers)


def bound(client: "DynamoDBClient", asked: list[Asked]) -> list[tuple[Callable[..., Any], dict[str, Any]]]:
    """Give the methods of a bare client with their arguments, ready to be timed without looking anything up."""
    return [(getattr(client, name), params) for name, params in asked]
