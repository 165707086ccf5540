"""Resolves CloudFormation's intrinsic functions, as far as a template for this machine needs them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .aws import ACCOUNT, REGION

_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")
_NAMES = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::Serverless::Function": "FunctionName",
}
_ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{name}",
    "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::SecretsManager::Secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}",
    "AWS::Serverless::Function": "arn:aws:lambda:{region}:{account}:function:{name}",
}
NOTHING = object()


class Unsupported(Exception):
    """The template uses something that this stack does not know; the text names it."""


class Intrinsics:
    """The values of one template under given parameters."""

    def __init__(self, template: Mapping[str, Any], parameters: Mapping[str, str], region: str = REGION) -> None:
        self._resources: Mapping[str, Any] = template.get("Resources", {})
        self._conditions: Mapping[str, Any] = template.get("Conditions", {})
        self._mappings: Mapping[str, Any] = template.get("Mappings", {})
        self._region = region
        self._parameters = {
            name: parameters.get(name, declared.get("Default", ""))
            for name, declared in template.get("Parameters", {}).items()
        }
        self._known: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Fn::Sub": self._sub,
            "Fn::GetAtt": self._attribute,
            "Fn::Join": lambda of: str(self.value(of[0])).join(str(part) for part in self.value(of[1])),
            "Fn::Select": lambda of: self.value(of[1])[int(self.value(of[0]))],
            "Fn::Split": lambda of: self.value(of[1]).split(self.value(of[0])),
            "Fn::FindInMap": lambda of: self._mappings[self.value(of[0])][self.value(of[1])][self.value(of[2])],
            "Fn::If": lambda of: self.value(of[1] if self.holds(of[0]) else of[2]),
        }

    def value(self, node: Any) -> Any:
        """Give a part of the template with everything in it resolved; what is AWS::NoValue is left out."""
        if isinstance(node, list):
            return [value for each in node if (value := self.value(each)) is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, argument),) = node.items()
            if name in self._known:
                return self._known[name](argument)
            if name.startswith("Fn::"):
                raise Unsupported(f"the intrinsic function {name}")
        return {key: value for key, each in node.items() if (value := self.value(each)) is not NOTHING}

    def holds(self, condition: Any) -> bool:
        """Tell whether a condition, by name or written out, is true."""
        if isinstance(condition, str):
            return self.holds(self._conditions[condition])
        ((name, of),) = condition.items()
        if name == "Condition":
            return self.holds(of)
        if name == "Fn::Equals":
            return str(self.value(of[0])) == str(self.value(of[1]))
        if name == "Fn::Not":
            return not self.holds(of[0])
        if name in ("Fn::And", "Fn::Or"):
            return (all if name == "Fn::And" else any)(self.holds(each) for each in of)
        raise Unsupported(f"the condition function {name}")

    def name(self, logical: str) -> str:
        """Give a resource's physical name; one that the template does not name is called by its logical id."""
        resource = self._resources[logical]
        name = resource.get("Properties", {}).get(_NAMES.get(resource["Type"], ""))
        return str(self.value(name)) if name is not None else logical

    def arn(self, logical: str) -> str:
        """Give a resource's ARN, for the kinds that exist here, and its logical id for the others."""
        pattern = _ARNS.get(self._resources[logical]["Type"], logical)
        return pattern.format(region=self._region, account=ACCOUNT, name=self.name(logical))

    def _ref(self, name: str) -> Any:
        pseudo = {
            "AWS::Region": self._region,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": "local",
            "AWS::NoValue": NOTHING,
        }
        if name in pseudo:
            return pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        if name not in self._resources:
            raise Unsupported(f"a reference to {name}, which the template does not have")
        return self.name(name)

    def _attribute(self, of: Any) -> str:
        logical, _, attribute = of.partition(".") if isinstance(of, str) else (of[0], ".", of[1])
        if logical not in self._resources:
            raise Unsupported(f"an attribute of {logical}, which the template does not have")
        if attribute == "Arn":
            return self.arn(logical)
        if attribute == "StreamArn":
            # The engine makes the real one up; the pump asks for it by the table's name.
            return f"{self.arn(logical)}/stream/latest"
        if attribute in ("QueueName", "TableName"):
            return self.name(logical)
        return f"{self.name(logical)}.{attribute}"

    def _sub(self, of: Any) -> str:
        text, extra = (of, {}) if isinstance(of, str) else (of[0], of[1])

        def fill(found: re.Match[str]) -> str:
            literal, name = found.groups()
            if literal:
                return f"${{{name}}}"
            if name in extra:
                return str(self.value(extra[name]))
            return str(self._attribute(name) if "." in name else self._ref(name))

        return _PLACEHOLDER.sub(fill, text)
