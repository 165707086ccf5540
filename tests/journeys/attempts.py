"""Many callers in several processes who want the same time; for the race and the benchmark of it."""

import json
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

PROCESSES = 4
THREADS = 16  # in each
Outcome = tuple[int, str]


def race(port: int, tokens: list[str], wanted: dict[str, Any], attempts: int) -> tuple[Counter[Outcome], list[Any]]:
    """Try so many times in all to hold one time; give how often what was answered, and what the winners booked."""
    each = attempts // (PROCESSES * THREADS)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        parts = [pool.submit(_process, port, tokens[number % len(tokens)], wanted, each) for number in range(PROCESSES)]
        found = [part.result() for part in parts]
    return sum((counted for counted, _ in found), Counter()), [one for _, booked in found for one in booked]


def _process(port: int, token: str, wanted: dict[str, Any], each: int) -> tuple[Counter[Outcome], list[Any]]:
    with ThreadPoolExecutor(THREADS) as threads:
        found = [threads.submit(_thread, port, token, wanted, each) for _ in range(THREADS)]
        told = [one.result() for one in found]
    return sum((counted for counted, _ in told), Counter()), [one for _, booked in told for one in booked]


def _thread(port: int, token: str, wanted: dict[str, Any], each: int) -> tuple[Counter[Outcome], list[Any]]:
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    counted: Counter[Outcome] = Counter()
    booked = []
    for _ in range(each):
        status, body = _ask(line, token, "/v1/holds", wanted)
        if status == 201:
            status, body = _ask(line, token, "/v1/appointments", {"hold": body["id"], "token": body["token"]})
            booked.append(body)
        counted[status, body.get("code", "")] += 1
    return counted, booked


def _ask(line: HTTPConnection, token: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line.request("POST", path, json.dumps(body), headers)
    answer = line.getresponse()
    return answer.status, json.loads(answer.read())
