"""What is there already, before it is logged once more."""

from typing import Annotated

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import PhoneInvalid
from chalicelib.web import Listing, Query, call

from ..model import Alike
from .desk import desk
from .shapes import RowOut
from .showing import row_out

Asked = Annotated[str | None, Query(max_length=64)]
Digest = Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")]


class AlikeOut(RowOut):
    """An open ticket that looks alike, and in what."""

    why: list[str] = Field(examples=[["same_text", "same_product"]])


def _alike_out(alike: Alike) -> AlikeOut:
    return AlikeOut(**row_out(alike.row).model_dump(), why=[why.value for why in alike.why])


@desk.get("/v1/desk/duplicates", Act.DESK_READ, refusals=(PhoneInvalid,))
def list_duplicates(
    customer: Asked = None,
    phone: Annotated[str | None, Query(max_length=32)] = None,
    product: Asked = None,
    topic: Asked = None,
    sha256: Digest = None,
) -> Listing[AlikeOut]:
    """List a customer's open tickets that look alike, the most alike first; sha256: of subject, U+001F and body."""
    likeness = services().likeness
    found = likeness.alike(customer or "", phone or "", product or "", topic or "", sha256 or "", call())
    return Listing(items=[_alike_out(alike) for alike in found], next_cursor=None)
