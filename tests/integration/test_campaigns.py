"""Campaigns over HTTP, with queues and tables: cases that were closed, customers who are called, and what they answer."""

from datetime import timedelta
from typing import Any

from infra.verify import Verifier
from tests.integration.soundings import day, planned
from tests.integration.visits import done
from tests.looking import PREFIX
from tests.world import LI, World

WANG = "+8613900139002"
LEAD, AGENT = "lead-east", "agent-east"


def closed(world: World, *phones: str) -> list[str]:
    """Let customers ask something, and close what they asked."""
    found = []
    for phone in phones:
        asked = {"kind": "enquiry", "subject": "Cards", "body": "Are you open on Saturday?"}
        case = done(world.ask("POST", "/v1/tickets", asked, world.sign_in(phone)))["id"]
        world.drain()
        done(world.ask("POST", f"/v1/desk/tickets/{case}/resolve", {"body": "Yes."}, world.staff(LEAD)))
        done(world.ask("POST", f"/v1/desk/tickets/{case}/close", {}, world.staff(LEAD)))
        found.append(str(case))
    return found


def campaign(world: World, *steps: str, **but: Any) -> dict[str, Any]:
    """Plan a campaign for the days until now, and take some steps."""
    body = {**planned(world), "closed_to": day(world, 0), **but}
    made = done(world.ask("POST", "/v1/desk/campaigns", body, world.staff(LEAD)))
    for step in steps:
        made = done(world.ask("POST", f"/v1/desk/campaigns/{made['id']}/{step}", {}, world.staff(LEAD)))
    return made


def shown(world: World, made: dict[str, Any]) -> dict[str, Any]:
    return done(world.ask("GET", f"/v1/desk/campaigns/{made['id']}", token=world.staff(LEAD)))


def test_whoever_is_drawn_is_told_with_the_proof_word_called_asked_and_counted(world: World) -> None:
    closed(world, LI, WANG)
    made = campaign(world, "draw", "start", quotas={"all": 2}, ends_on=day(world, 20))
    assert (made["status"], made["strata"][0]["population"], made["strata"][0]["sample"]) == ("running", 2, 2)

    world.pass_time(minutes=30)
    assert {len(world.provider.to(phone, "callback_soon")) for phone in (LI, WANG)} == {1}
    for _ in range(2):
        agent = world.staff(AGENT)
        card = done(world.ask("POST", "/v1/desk/callbacks/next", {"unit": "east"}, agent))
        assert (card["purpose"], card["questionnaire"]["ref"]) == ("campaign", "campaign@2026-01-01.1")
        path = f"/v1/desk/callbacks/{card['id']}"
        done(world.ask("POST", f"{path}/dial", {}, agent))
        done(world.ask("POST", f"{path}/attempts", {"outcome": "reached", "note": ""}, agent))
        answers = {"questionnaire": "campaign@2026-01-01.1", "answers": {"served": 2, "solved": True}}
        done(world.ask("POST", f"{path}/answers", answers, agent))
    assert shown(world, made)["strata"][0]["ends"] == {"kept": 2}
    assert shown(world, made)["status"] == "running"

    world.pass_time(hours=2)

    over = shown(world, made)
    assert (over["status"], over["why"]) == ("over", "quota")
    mails = world.provider.to("lead-east@dutydesk.test", "campaign_over_quota")
    assert [mail.subject for mail in mails] == [f"Campaign {made['number']} has reached its quota"]
    assert len(world.provider.to("lead-east@dutydesk.test", "recovery_asked")) == 2, "two were not content"
    rows = done(world.ask("GET", f"/v1/desk/campaigns/{made['id']}/figures", token=world.staff(LEAD)))["rows"]
    assert [(row["stratum"], row["kept"], row["response_rate"]) for row in rows] == [("all", 2, 1.0), ("total", 2, 1.0)]
    csv = world.ask("GET", f"/v1/desk/campaigns/{made['id']}/figures?format=csv", token=world.staff(LEAD)).text
    assert csv.splitlines()[1].startswith("all,2,2,2,2,0,2,0,0,0,0,0,1.0")


def test_who_wishes_not_to_be_asked_is_not_and_hears_nothing(world: World) -> None:
    closed(world, LI)
    wishes = {"do_not_call": False, "refuses": ["campaign"]}
    done(world.ask("PUT", "/v1/me/contact-wishes", wishes, world.sign_in(LI)))
    made = campaign(world, "draw", "start")

    world.pass_time(hours=3)

    over = shown(world, made)
    assert (over["why"], over["strata"][0]["skipped"]) == ("exhausted", {"refused": 1})
    assert world.provider.to(LI, "callback_soon") == []


def test_what_was_begun_goes_on_though_the_sweep_comes_doubled_and_late(world: World) -> None:
    closed(world, LI, WANG)
    made = campaign(world, "draw", "start", daily=1)
    for _ in range(3):
        world.work("callbacks", {"due": made["id"]})
    assert len([item for item in world.items("callbacks") if item["sk"] == "callback"]) == 1
    strata = shown(world, made)["strata"][0]
    assert (strata["asked"], strata["open"]) == (1, 1)

    world.now += timedelta(days=1)
    world.sweep()
    world.drain()

    assert shown(world, made)["strata"][0]["asked"] == 1, "no more are open at once than the plan says"


def test_campaigns_are_listed_newest_first_with_how_they_ended(world: World) -> None:
    first = campaign(world, "stop", name="First")
    world.now += timedelta(minutes=1)
    second = campaign(world, name="Second")
    path = "/v1/desk/campaigns?limit=1"

    page = done(world.ask("GET", path, token=world.staff(LEAD)))
    rest = done(world.ask("GET", f"{path}&cursor={page['next_cursor']}", token=world.staff(LEAD)))

    assert [(row["id"], row["status"], row["why"]) for row in (*page["items"], *rest["items"])] == [
        (second["id"], "draft", None),
        (first["id"], "over", "stopped"),
    ]


def test_what_makes_no_sense_is_refused_by_its_field(world: World) -> None:
    for but, field, code in (
        ({"closed_to": day(world, 2)}, "closed_to", "too_large"),
        ({"quotas": {"enquiry": 3}}, "quotas", "not_one_of"),
        ({"quotas": {}}, "quotas", "too_short"),
        ({"quotas": {"all": 0}}, "quotas.all", "too_small"),
        ({"stratify_by": "owner"}, "stratify_by", "not_one_of"),
        ({"daily": 0}, "daily", "too_small"),
    ):
        answer = world.ask("POST", "/v1/desk/campaigns", {**planned(world), **but}, world.staff(LEAD))
        told = [(error["field"], error["code"]) for error in answer.body["errors"]]
        assert (answer.status, told) == (422, [(field, code)]), but
    assert done(world.ask("GET", "/v1/desk/campaigns", token=world.staff(LEAD)))["items"] == []


def test_the_chains_of_wishes_texts_calls_and_campaigns_are_all_sound(world: World) -> None:
    closed(world, LI, WANG)
    wishes = {"do_not_call": False, "refuses": ["reminder"]}
    done(world.ask("PUT", "/v1/me/contact-wishes", wishes, world.sign_in(LI)))
    campaign(world, "draw", "start")
    world.pass_time(hours=3)
    agent = world.staff(AGENT)
    card = done(world.ask("POST", "/v1/desk/callbacks/next", {"unit": "east"}, agent))
    done(world.ask("POST", f"/v1/desk/callbacks/{card['id']}/dial", {}, agent))
    refused = {"outcome": "refused", "note": ""}
    done(world.ask("POST", f"/v1/desk/callbacks/{card['id']}/attempts", refused, agent))

    report = Verifier(world.client, PREFIX).verify()

    assert report.faults == []
    subjects = {record["pk"].partition("_")[0].partition("#")[0] for record in world.items("records")}
    assert {"contact", "cbk", "cmp", "msg", "tkt"} <= subjects
