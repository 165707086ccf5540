"""Before something is logged once more: what is open already and looks alike."""

import hashlib
from datetime import timedelta
from typing import Any

from tests.world import LI, SMITH, World


def alike(world: World, token: str, **asked: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())  # as API Gateway hands it over, decoded
    answer = world.ask("GET", f"/v1/desk/duplicates?{query}", token=token)
    assert answer.status == 200, answer.text
    return answer.body["items"]


def test_the_most_alike_stands_first_and_says_why(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    seconds = timedelta(seconds=1)
    other = world.complain(customer, product="loans", body="Something else.")["id"]
    world.now += seconds
    product = world.complain(customer, product="cards", body="Another fee.")["id"]
    world.now += seconds
    both = world.complain(customer, product="cards")["id"]
    world.now += seconds
    asked = {"kind": "enquiry", "subject": "s", "body": "b", "topic": "fees", "product": "cards"}
    topic = world.ask("POST", "/v1/tickets", asked, customer).body["id"]
    whose = world.ask("GET", "/v1/me", token=customer).body["id"]
    sha256 = hashlib.sha256(b"Card fee\x1fI was charged twice.").hexdigest()

    found = alike(world, lead, customer=whose, product="cards", topic="fees", sha256=sha256)

    assert [(row["id"], row["why"]) for row in found] == [
        (both, ["same_text", "same_product"]),
        (topic, ["same_product", "same_topic"]),
        (product, ["same_product"]),
    ]
    assert [row["id"] for row in alike(world, lead, phone=LI)] == [topic, both, product, other]


def test_what_is_over_and_what_is_anothers_is_not_shown(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    world.complain(world.sign_in(SMITH), product="cards")
    over = world.complain(customer, product="cards")["id"]
    assert world.ask("POST", f"/v1/complaints/{over}/withdraw", token=customer).status == 200

    assert alike(world, lead, phone=LI, product="cards") == []
    assert alike(world, lead, phone=SMITH, product="cards") == []  # of another unit
    assert len(alike(world, world.staff("lead-london"), phone=SMITH, product="cards")) == 1


def test_who_is_complained_about_does_not_learn_of_it_here(world: World) -> None:
    world.complain(world.sign_in(), product="cards", about={"staff": "agent-east"})

    assert alike(world, world.staff("agent-east"), phone=LI, product="cards") == []
    assert len(alike(world, world.staff("agent-east-2"), phone=LI, product="cards")) == 1


def test_asking_for_a_number_nobody_has_used_registers_nobody(world: World) -> None:
    lead = world.staff("lead-east")
    before = len(world.items("identity"))

    assert alike(world, lead, phone=LI) == []
    assert world.ask("GET", "/v1/desk/duplicates?phone=12345", token=lead).code == "phone_invalid"
    assert len(world.items("identity")) == before
