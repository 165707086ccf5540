"""What the functions' roles may: never change the ledger, nothing by wildcard, and no more words than IAM takes.

Each check gives faults, sentences for whoever broke it, as those in infra/checks.py.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from .package.template import Faults, Template, functions, of_type, target

# Of a role's inline policies together, and of one managed policy; and how many of those a role may have.
LONGEST_POLICIES, LONGEST_MANAGED, MOST_MANAGED = 10_240, 6_144, 10
# Of an index, in the region with the longest name: the most that one of ours can have.
LONGEST_ARN = len("arn:aws:dynamodb:ap-northeast-1:123456789012:table/dutydesk-rehearsal-notifications/index/customer")
NEVER_ON_THE_LEDGER = {
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PartiQLDelete",
}
ONLY_TOGETHER = {"ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}}
# Actions that AWS knows no resource for; every other statement names what it is about.
WITHOUT_RESOURCE = {
    "xray:PutTraceSegments": "a trace belongs to no resource",
    "xray:PutTelemetryRecords": "nor does the daemon's own health",
    "rekognition:CreateFaceLivenessSession": "a session has no name before it is there",
    "rekognition:GetFaceLivenessSessionResults": "nor one that IAM knows afterwards",
    "rekognition:CompareFaces": "it compares what it is handed, and reads what the caller may read",
    "dynamodb:ListStreams": "the poller asks which streams there are",
    "sns:Publish": "a phone has no name there; every topic is denied beside it",
}


def roles(template: Template) -> Iterator[tuple[str, list[Template], list[Template]]]:
    """Give each function's role, its inline policies and the managed ones that are laid on it."""
    found = dict(of_type(template, "AWS::IAM::Role"))
    managed = [policy for _, policy in of_type(template, "AWS::IAM::ManagedPolicy")]
    for _, function in functions(template):
        role = target(function.get("Role"))
        laid_on = [policy for policy in managed if role in map(target, policy["Roles"])]
        yield role, found.get(role, {}).get("Policies", []), laid_on


def statements(template: Template) -> Iterator[tuple[str, list[Template]]]:
    """Give each function's role and its statements."""
    for role, inline, managed in roles(template):
        yield role, [each for policy in (*inline, *managed) for each in policy["PolicyDocument"]["Statement"]]


def ledger_is_append_only(template: Template) -> Faults:
    """Every role that can name the ledger is denied to change it, and may append only within a transaction."""
    for role, given in statements(template):
        named = [one for one in given if "RecordsTable" in json.dumps(one["Resource"])]
        denied = {action for one in named if one["Effect"] == "Deny" for action in one["Action"]}
        if named and (missing := NEVER_ON_THE_LEDGER - denied):
            yield f"{role}: does not deny {', '.join(sorted(missing))} on the ledger"
        for one in named:
            if (
                one["Effect"] == "Allow"
                and "dynamodb:PutItem" in one["Action"]
                and one.get("Condition") != ONLY_TOGETHER
            ):
                yield f"{role}: may put a record outside a transaction"


def privileges_name_their_resources(template: Template) -> Faults:
    """No wildcard, but where AWS has nothing to name."""
    for role, given in statements(template):
        for one in given:
            if any("*" in action for action in one["Action"]):
                yield f"{role}: {one['Sid']} allows actions by wildcard"
            if (
                one["Effect"] == "Allow"
                and "*" in one["Resource"]
                and not WITHOUT_RESOURCE.keys() >= set(one["Action"])
            ):
                yield f"{role}: {one['Sid']} is for every resource there is"


def policies_fit_their_role(template: Template) -> Faults:
    """IAM takes so many characters of policies, white space aside, and says so only when it is deployed."""
    for role, inline, managed in roles(template):
        if (length := _length(inline)) > LONGEST_POLICIES:
            yield f"{role}: its policies have some {length} characters, more than {LONGEST_POLICIES}"
        for policy in managed:
            if (length := _length([policy])) > LONGEST_MANAGED:
                yield f"{role}: {policy['Description']}: some {length} characters, more than {LONGEST_MANAGED}"
        if len(managed) > MOST_MANAGED:
            yield f"{role}: has {len(managed)} managed policies, more than {MOST_MANAGED}"


def _length(policies: list[Template]) -> int:
    documents = [_resolved(policy["PolicyDocument"]) for policy in policies]
    return sum(len(json.dumps(document, separators=(",", ":"))) for document in documents)


def _resolved(node: Any) -> Any:
    """Put something as long as the longest name there can be in the place of what AWS fills in."""
    if isinstance(node, list):
        return [_resolved(each) for each in node]
    if not isinstance(node, dict):
        return node
    if len(node) == 1 and next(iter(node)).startswith(("Fn::", "Ref")):
        return "x" * LONGEST_ARN
    return {key: _resolved(each) for key, each in node.items()}


PRIVILEGES: tuple[Callable[[Template], Faults], ...] = (
    ledger_is_append_only,
    privileges_name_their_resources,
    policies_fit_their_role,
)
