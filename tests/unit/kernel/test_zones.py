"""A time zone is one that there is."""

import pytest

from chalicelib.kernel.zones import known_zone


def test_a_zone_is_given_back_as_it_is() -> None:
    assert known_zone("Asia/Shanghai") == "Asia/Shanghai"


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "Asia", "a\x00b"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        known_zone(name)
