"""Many callers at once, over HTTP, on the local engine."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.stack import Stack, code_in
from tests.journeys.story import LI

CALLERS = 64
GUESSES = 500


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


def test_of_five_hundred_guesses_at_once_five_are_compared_at_most(stack: Stack) -> None:
    started = stack.post("/v1/verifications", {"purpose": "sign_in", "phone": LI})
    right = code_in(stack.wait(lambda: stack.texts(LI, "code_"), "the code")[-1]["text"])
    guesses = [f"{(int(right) + number) % 10**6:06d}" for number in range(1, GUESSES)]
    guesses.insert(GUESSES // 2, right)

    def guess(code: str) -> int:
        return stack.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": code}).status

    with ThreadPoolExecutor(32) as guessers:
        answers = list(guessers.map(guess, guesses))

    compared = [status for status in answers if status in (200, 422)]
    assert len(compared) <= 5
    assert answers.count(200) <= 1
    # The rest were not looked at: every try is used up, or somebody was right.
    assert {status for status in answers if status not in (200, 422)} <= {409, 429}
    assert len(answers) == GUESSES
