"""A document before a visit, on the local stack: sent in by the link alone, scanned, accepted, gone after the visit."""

import urllib.request
from datetime import datetime, timedelta

from tests.journeys.stack import Stack
from tests.journeys.story import LI, Story
from tests.journeys.test_files import PDF, announced, put

WHERE = {"branch": "shanghai-bund", "service": "account-opening"}
PROOF = "proof-of-address"


def standing(stack: Stack, link: str) -> str:
    items = stack.get(f"/v1/visits/{link}/checklist")["items"]
    return next(str(item["standing"]) for item in items if item["id"] == PROOF)


def test_a_document_goes_its_whole_way_and_nothing_of_it_stays(stack: Stack) -> None:
    customer, clerk = stack.sign_in(LI), stack.staff("clerk-bund")
    free = stack.get(f"/v1/branches/{WHERE['branch']}/slots?service={WHERE['service']}&days=14")
    hold = stack.post("/v1/holds", {**WHERE, "start": free["next_free"]}, customer)
    visit = stack.post("/v1/appointments", {"hold": hold["id"], "token": hold["token"]}, customer)
    link = visit["manage_url"].rpartition("/")[2]

    told = {"document": PROOF, **announced(PDF, "bill.pdf", "application/pdf")}
    file = stack.post(f"/v1/visits/{link}/files", told)
    assert put(file["upload"], PDF) == 200
    stack.post(f"/v1/visits/{link}/files/{file['id']}/uploaded", {})
    stack.wait(lambda: standing(stack, link) == "to_check", "the scanner's verdict")
    waiting = stack.get(f"/v1/desk/branches/{WHERE['branch']}/papers", clerk)["items"]
    assert [row["number"] for row in waiting] == [visit["number"]]

    path = f"/v1/desk/appointments/{visit['id']}"
    shown = stack.get(f"{path}/files/{file['id']}", clerk)
    with urllib.request.urlopen(shown["download"]["url"], timeout=30) as answer:  # noqa: S310 - our own engine
        assert answer.read() == PDF
    accepted = {"verdict": "accepted", "file": file["id"]}
    after = stack.post(f"{path}/checklist/{PROOF}", accepted, clerk)
    earlier = datetime.fromisoformat(visit["ends_at"]) - datetime.fromisoformat(after["ends_at"])
    assert (after["saved_minutes"], earlier) == (15, timedelta(minutes=15))

    stack.post("/dev/clock", {"advance": "P25D"})
    answer = stack.ask("GET", f"{path}/files/{file['id']}", token=stack.staff("clerk-bund"))
    assert (answer.status, answer.body["code"]) == (410, "attachment_gone")
    Story(stack).verified()
