"""E-mail by SES."""

from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.errors import Unavailable

from . import clients


@dataclass(frozen=True)
class Ses:
    """Sends plain-text mail; our id travels as a tag."""

    sender: str

    def mail(self, id_: str, to: str, subject: str, body: str, template: str) -> str:
        """Send one mail and give the provider's id; raises Unavailable if the provider does not take it."""
        try:
            answer = clients.mail().send_email(
                FromEmailAddress=self.sender,
                Destination={"ToAddresses": [to]},
                Content={
                    "Simple": {
                        "Subject": {"Data": subject, "Charset": "UTF-8"},
                        "Body": {"Text": {"Data": body, "Charset": "UTF-8"}},
                    }
                },
                EmailTags=[{"Name": "id", "Value": id_}, {"Name": "template", "Value": template}],
            )
        except (ClientError, BotoCoreError) as trouble:
            raise Unavailable(provider="mail") from trouble
        return answer["MessageId"]
