"""Ringing people up: by Amazon Connect, or by an agent who dials."""

from collections.abc import Mapping
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.errors import Unavailable

from . import clients


@dataclass(frozen=True)
class AmazonConnect:
    """Outbound calls of one instance: `flow` connects them to the agent whose id it is told, `source` is what the called see.

    Connect keeps a client token for seven days and gives the contact that was started under it, so that asking again after a
    crash never rings twice.
    """

    instance: str
    flow: str
    source: str
    shows_numbers: bool = False

    def ring(self, token: str, phone: str, agent: str, about: Mapping[str, str]) -> str:
        """Start one call and give Connect's id of it; raises Unavailable if Connect does not take it."""
        try:
            answer = clients.connect().start_outbound_voice_contact(
                DestinationPhoneNumber=phone,
                ContactFlowId=self.flow,
                InstanceId=self.instance,
                SourcePhoneNumber=self.source,
                ClientToken=token,
                Attributes={**about, "agent": agent},
            )
        except (ClientError, BotoCoreError) as trouble:
            raise Unavailable(provider="telephony") from trouble
        return str(answer["ContactId"])


@dataclass(frozen=True)
class AgentDials:
    """No telephony system of ours: the agent sees the number and dials it."""

    shows_numbers: bool = True

    def ring(self, token: str, phone: str, agent: str, about: Mapping[str, str]) -> str:  # noqa: ARG002 - nothing rings by us
        """Give an empty id: the call is nobody's but the agent's."""
        return ""
