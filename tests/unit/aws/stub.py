"""A client whose answers are written beforehand, in the words of AWS."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

TIMED_OUT = ReadTimeoutError(endpoint_url="https://dynamodb")


def trouble(code: str, status: int = 400, *reasons: str | dict[str, Any]) -> ClientError:
    """Make an error as botocore raises it; `reasons` are those of a cancelled transaction."""
    answer: dict[str, Any] = {
        "Error": {"Code": code, "Message": code},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    if reasons:
        answer["CancellationReasons"] = [{"Code": one} if isinstance(one, str) else one for one in reasons]
    return ClientError(answer, "TransactWriteItems")  # type: ignore[arg-type]


def cancelled(*reasons: str | dict[str, Any]) -> ClientError:
    """Make the error of a transaction that was cancelled for these reasons, one per item."""
    return trouble("TransactionCanceledException", 400, *reasons)


class Stub:
    """Answers each call with the next of its answers, the last one for ever; keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def ask(**given: Any) -> Any:
            self.asked.append({"operation": operation, **given})
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            if isinstance(answer, Exception):
                raise answer
            return answer

        return ask
