"""boto3 clients, made when first used."""

from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

# DynamoDB is tried again in one layer only, our own (tables.py), which also knows transaction conflicts.
_ONE_TRY = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5, parameter_validation=False)
_THREE_TRIES = Config(retries={"total_max_attempts": 3, "mode": "standard"}, connect_timeout=2, read_timeout=5)

# Links are signed the newest way, wherever the bucket is; checksums are asked for where they are wanted.
_LINKS = _THREE_TRIES.merge(
    Config(
        signature_version="s3v4",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
)


@cache
def dynamodb() -> "DynamoDBClient":
    """Give the client of the tables."""
    return boto3.client("dynamodb", config=_ONE_TRY)


@cache
def sqs() -> "SQSClient":
    """Give the client of the queues."""
    return boto3.client("sqs", config=_THREE_TRIES)


@cache
def secrets() -> "SecretsManagerClient":
    """Give the client of the root secret."""
    return boto3.client("secretsmanager", config=_THREE_TRIES)


@cache
def mail() -> "SESV2Client":
    """Give the client of the mail service."""
    return boto3.client("sesv2", config=_THREE_TRIES)


@cache
def sms() -> "PinpointSMSVoiceV2Client":
    """Give the client of the SMS service."""
    return boto3.client("pinpoint-sms-voice-v2", config=_THREE_TRIES)


@cache
def connect() -> Any:
    """Give the client of the telephony system."""
    return boto3.client("connect", config=_THREE_TRIES)


def sns() -> Any:
    """Give the client of the other SMS service."""
    return boto3.client("sns", config=_THREE_TRIES)


@cache
def files() -> "S3Client":
    """Give the client of what was sent in."""
    return boto3.client("s3", config=_LINKS)


@cache
def faces() -> "RekognitionClient":
    """Give the client of the service that looks at faces."""
    return boto3.client("rekognition", config=_THREE_TRIES)
