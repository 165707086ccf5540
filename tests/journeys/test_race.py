"""Many callers at once, over HTTP, on the local engine."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.stack import Stack
from tests.journeys.story import LI

CALLERS = 64


def test_sixty_four_callers_with_one_key_make_one_complaint(stack: Stack) -> None:
    token = stack.sign_in(LI)
    body = {"subject": "Fee", "body": "Twice."}

    def complain(_: int) -> tuple[int, str]:
        answer = stack.ask("POST", "/v1/complaints", body, token, key="one-key")
        return answer.status, answer.body["id"]

    with ThreadPoolExecutor(CALLERS) as callers:
        answers = list(callers.map(complain, range(CALLERS)))

    assert {status for status, _ in answers} == {201}
    assert len({id_ for _, id_ in answers}) == 1
    assert len(stack.get("/v1/tickets", token)["items"]) == 1
    other = stack.ask("POST", "/v1/complaints", {**body, "body": "Thrice."}, token, key="one-key")
    assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")


def test_a_code_can_be_guessed_five_times_by_a_hundred_guessers(stack: Stack) -> None:
    started = stack.post("/v1/verifications", {"purpose": "sign_in", "phone": LI})
    sent = stack.wait(lambda: stack.texts(LI, "code_"), "the code")[-1]["text"]
    wrong = [f"{number:06d}" for number in range(100) if f"{number:06d}" not in sent]

    def guess(code: str) -> int:
        return stack.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": code}).status

    with ThreadPoolExecutor(32) as guessers:
        answers = list(guessers.map(guess, wrong))

    assert answers.count(422) == 5
    assert answers.count(429) == len(wrong) - 5
