"""SMS by AWS End User Messaging."""

from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.errors import Unavailable

from . import clients


@dataclass(frozen=True)
class EndUserMessaging:
    """Sends texts; our id travels as context, so that receipts can name it and a provider that can will drop a double."""

    sender: str

    def text(self, id_: str, to: str, body: str, template: str) -> str:
        """Send one text and give the provider's id; raises Unavailable if the provider does not take it."""
        try:
            answer = clients.sms().send_text_message(
                DestinationPhoneNumber=to,
                OriginationIdentity=self.sender,
                MessageBody=body,
                MessageType="TRANSACTIONAL",
                Context={"id": id_, "template": template},
            )
        except (ClientError, BotoCoreError) as trouble:
            raise Unavailable(provider="sms") from trouble
        return answer["MessageId"]
