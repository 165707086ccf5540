"""Where each AWS service answers, and how this process and its environments reach it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

REGION = "us-east-1"
ACCOUNT = "000000000000"

DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB"
STREAMS = "AWS_ENDPOINT_URL_DYNAMODB_STREAMS"
SQS = "AWS_ENDPOINT_URL_SQS"
S3 = "AWS_ENDPOINT_URL_S3"
SECRETS = "AWS_ENDPOINT_URL_SECRETS_MANAGER"
MAIL = "AWS_ENDPOINT_URL_SESV2"
SMS = "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2"
CONNECT = "AWS_ENDPOINT_URL_CONNECT"
FACES = "AWS_ENDPOINT_URL_REKOGNITION"
EVERYTHING = "AWS_ENDPOINT_URL"

_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
# Our own engines take any key, but for signed links, where ministack knows this one. Ours never leave the machine, and no
# real one comes near them.
_FAKE_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@dataclass(frozen=True)
class Aws:
    """The services by the name of the variable that boto3 reads, which of them are our own, the region, and the keys."""

    endpoints: Mapping[str, str]
    own: frozenset[str] = frozenset()
    region: str = REGION
    keys: Mapping[str, str] | None = None

    def environment(self, inner: Mapping[str, str]) -> dict[str, str]:
        """Give what a process needs so that boto3 finds the services, some of them behind an inner door."""
        return {
            **self.endpoints,
            **inner,
            **(self.keys or _FAKE_KEYS),
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        }

    def dynamodb(self) -> "DynamoDBClient":
        """Make a client of the tables."""
        return self._session().client("dynamodb", endpoint_url=self.endpoints[DYNAMODB], config=_config())

    def streams(self) -> "DynamoDBStreamsClient":
        """Make a client of the streams; dynoxide's sequence numbers are shorter than boto3 would allow."""
        return self._session().client(
            "dynamodbstreams", endpoint_url=self.endpoints[STREAMS], config=_config(parameter_validation=False)
        )

    def sqs(self) -> "SQSClient":
        """Make a client of the queues."""
        return self._session().client("sqs", endpoint_url=self.endpoints[SQS], config=_config())

    def secrets(self) -> "SecretsManagerClient":
        """Make a client of the secrets."""
        return self._session().client("secretsmanager", endpoint_url=self.endpoints[SECRETS], config=_config())

    def s3(self) -> "S3Client":
        """Make a client of the files."""
        return self._session().client("s3", endpoint_url=self.endpoints[S3], config=_config())

    def _session(self) -> boto3.session.Session:
        keys = self.keys or _FAKE_KEYS
        return boto3.session.Session(
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
            aws_session_token=keys.get("AWS_SESSION_TOKEN"),
            region_name=self.region,
        )


def _config(**more: Any) -> Config:
    return Config(
        connect_timeout=2,
        read_timeout=30,
        max_pool_connections=32,
        retries={"total_max_attempts": 4, "mode": "standard"},
        **more,
    )


def user_endpoint(variable: str, environment: Mapping[str, str]) -> str | None:
    """Give the address that the user wants for a service, or None for our own engine.

    Streams go where the tables are, unless said otherwise: DynamoDB Local and its like serve both at one address.
    """
    wanted = environment.get(variable)
    if not wanted and variable == STREAMS:
        wanted = environment.get(DYNAMODB)
    return wanted or environment.get(EVERYTHING)


def user_keys(environment: Mapping[str, str]) -> dict[str, str] | None:
    """Give the user's own keys, which only an engine of the user's own has a use for."""
    keys = {name: environment[name] for name in _KEYS if environment.get(name)}
    return keys if len(keys) > 1 else None
