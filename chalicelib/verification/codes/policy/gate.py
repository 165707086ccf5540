"""Whether a text may be sent: where it goes, how often, and what it costs. Everything here is counted before it is sent."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from chalicelib.kernel.events import Link
from chalicelib.kernel.limits import Bucket, Limit, stamp

from ..model import (
    EVERYWHERE,
    OTHER_WAYS,
    SHARDS,
    Asked,
    Channel,
    Closing,
    DestinationClosed,
    SmsUnavailable,
    Standing,
    Toll,
    TooManyCodes,
    Why,
    dial_name,
    prefix_name,
)

PREFIX = 7  # digits of a number, its dial code included, that pumped numbers share
PHONE = Limit(3, timedelta(minutes=10))
# A code is worth five tries, so twenty since the last right one are the hundred of NIST SP 800-63B 5.2.2. Who typed that
# right one is let by for as many again: a stranger can use up the first twenty, but not theirs.
ACCOUNT = Limit(20, timedelta(days=30))
# Where nobody has ever typed a right code there is no account yet, and nobody who could be let by.
NOBODY = Limit(20, timedelta(days=1))
# What was typed rightly does not count: thousands may stand behind one address, and customers of one bank share prefixes.
OPEN = Limit(20, timedelta(hours=1), open=True)
# Of at least thirty texts to a prefix in a day, one in five has to be typed rightly, or it is closed for a day.
WATCHED = timedelta(days=1)
ENOUGH = 30
ONE_IN = 5
CLOSED_FOR = timedelta(days=1)


def require_open(standing: Standing, asked: Asked, now: datetime) -> None:
    """Raise DestinationClosed for a country that is not served, SmsUnavailable for what is closed for a time."""
    found = standing.reach.destinations.get(asked.dial)
    if found is None or (found.regions and asked.region not in found.regions):
        raise DestinationClosed(alternatives=list(OTHER_WAYS))
    closed = [one for name in asked.names if (one := standing.closings.get(name)) and one.in_force(now)]
    if closed:
        raise unavailable(max(one.until for one in closed), now)


def require_within(standing: Standing, asked: Asked, now: datetime) -> None:
    """Raise TooManyCodes unless phone, account, address, device and prefix may have one more."""
    reach = standing.reach
    pairs = [
        (standing.phone, PHONE),
        (standing.address, replace(OPEN, most=reach.per_address)),
        (standing.device, OPEN),
        (standing.prefix, replace(OPEN, most=reach.per_prefix)),
    ]
    waits = [bucket.wait(limit, now) for bucket, limit in pairs if bucket is not None]
    waits.append(_since(standing).wait(_account(standing, asked), now))
    if (longest := max(waits)) > 0:
        raise TooManyCodes(retry_after=longest, remaining=0, alternatives=list(OTHER_WAYS))


def to_close(standing: Standing, asked: Asked, now: datetime) -> tuple[str, Why, datetime] | None:
    """Tell what has to be closed now instead of sending, why, and until when; None where all is well."""
    watched = standing.prefix.told(now, WATCHED)
    if watched.count >= ENOUGH and watched.good * ONE_IN < watched.count:
        return prefix_name(asked.prefix), Why.CONVERSION, now + CLOSED_FOR
    found, price = standing.reach.destinations[asked.dial], _price(standing, asked)
    spent, texts = standing.day.by_dial.get(asked.dial, 0), standing.day.texts.get(asked.dial, 0)
    if spent + price > share(found.daily_spend) or texts + 1 > share(found.daily_texts):
        return dial_name(asked.dial), Why.SPEND, tomorrow(now)
    if standing.day.spent + price > share(standing.reach.daily_spend):
        return EVERYWHERE, Why.SPEND, tomorrow(now)
    return None


def toll(standing: Standing, asked: Asked, now: datetime) -> Toll:
    """Give what is written with a text, so that it counts everywhere."""
    found, price = standing.reach.destinations[asked.dial], _price(standing, asked)
    counted = _since(standing).times
    counted = max(
        counted, standing.phone.within(PHONE, now), key=len
    )  # both are the newest of them, so one holds the other
    phone = replace(standing.phone, times=counted)
    others = [one for one in (standing.address, standing.device, standing.prefix) if one]
    return Toll(
        buckets=(
            (standing.phone, phone.taken(ACCOUNT, now, WATCHED)),
            *((one, one.taken(OPEN, now, WATCHED)) for one in others),
        ),
        day=standing.day,
        dial=asked.dial,
        price=price,
        rest=share(standing.reach.daily_spend) - price,
        rest_of_dial=share(found.daily_spend) - price,
        texts_of_dial=share(found.daily_texts) - 1,
    )


def refund(standing: Standing, asked: Asked, called: bool, now: datetime) -> Toll:
    """Give what counts a text back that no provider took: it cost nothing, and nobody can type it.

    For its phone it stays counted, so that nobody has the providers tried without end.
    """
    others = [one for one in (standing.address, standing.device, standing.prefix) if one]
    call = standing.reach.destinations[asked.dial].voice_price if called else 0
    return Toll(
        buckets=tuple((one, one.untaken(now)) for one in others),
        day=standing.day,
        dial=asked.dial,
        price=-_price(standing, asked) - call,
        rest=standing.reach.daily_spend,
        rest_of_dial=standing.reach.daily_spend,
        texts_of_dial=standing.reach.destinations[asked.dial].daily_texts,
        texts=-1,
    )


def share(ceiling: int) -> int:
    """Give one shard's part of a ceiling, rounded down: all together they never spend more than it."""
    return ceiling // SHARDS


def tomorrow(now: datetime) -> datetime:
    """Give the next midnight, UTC, when ceilings begin anew."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def unavailable(until: datetime, now: datetime) -> SmsUnavailable:
    """Refuse what is closed until then, and offer other ways."""
    left = max(1, -int((now - until).total_seconds() // 1))
    return SmsUnavailable(retry_after=left, alternatives=list(OTHER_WAYS))


def watched(bucket: Bucket, now: datetime) -> Bucket:
    """Give a prefix's bucket with its watch begun anew, for when it is closed: reopened, it is looked at afresh."""
    return replace(bucket.told(now, WATCHED), times=bucket.times[bucket.credit :], credit=0, since=0, count=0, good=0)


def until_reopened(closing: Closing, now: datetime) -> Closing:
    """Give what was closed as open from now on."""
    return replace(closing, until=now, reopened=True)


def linked(closing: Closing, link: Link) -> Closing:
    """Give a closing whose chain ends there."""
    return replace(closing, link=link)


def counted(prefix: Bucket, now: datetime) -> Bucket:
    """Give a prefix's bucket as its watch stands now."""
    return prefix.told(now, WATCHED)


def _since(standing: Standing) -> Bucket:
    """Give the codes for a phone since a right one was typed."""
    proven = stamp(standing.proven.at) if standing.proven else 0
    return replace(standing.phone, times=tuple(time for time in standing.phone.times if time > proven))


def _account(standing: Standing, asked: Asked) -> Limit:
    if standing.proven is None:
        return NOBODY
    known = standing.proven.source.like(asked.source)
    return replace(ACCOUNT, most=2 * ACCOUNT.most) if known else ACCOUNT


def _price(standing: Standing, asked: Asked) -> int:
    found = standing.reach.destinations[asked.dial]
    return found.voice_price if asked.channel is Channel.VOICE else found.price * asked.parts
