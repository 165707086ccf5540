"""Comparing faces here: one face against one, and nothing where anything is missing.

The picture is a portrait of an astronaut by NASA, in the public domain, made small.
"""

from pathlib import Path
from typing import Any

import pytest

from chalicelib.aws import matching
from chalicelib.aws.faces import References
from chalicelib.aws.matching import LocalMatcher
from chalicelib.kernel.errors import Unavailable
from tests.unit.aws.stub import Stub, trouble

PHOTO = (Path(__file__).parent / "pictures" / "astronaut.jpg").read_bytes()


class Bucket(Stub):
    """A bucket of one photo."""

    def __init__(self, content: bytes) -> None:
        super().__init__({})
        self.content = content

    def get_object(self, **_: Any) -> Any:
        return {"Body": self}

    def read(self) -> bytes:
        return self.content


def matcher(content: bytes = PHOTO, **but: Any) -> LocalMatcher:
    return LocalMatcher(References(lambda: Bucket(content), "references"), **but)  # type: ignore[arg-type,return-value]


@pytest.fixture(scope="module")
def cv2() -> Any:
    """The extra, which whoever tests has: requirements-dev.txt."""
    import cv2

    return cv2


def changed(cv2: Any, change: Any) -> bytes:
    import numpy

    picture = cv2.imdecode(numpy.frombuffer(PHOTO, numpy.uint8), cv2.IMREAD_COLOR)
    return bytes(cv2.imencode(".jpg", change(picture))[1].tobytes())


def test_the_same_person_in_another_light_and_size_is_much_alike(cv2: Any) -> None:
    darker = changed(cv2, lambda one: cv2.convertScaleAbs(cv2.resize(one, None, fx=0.8, fy=0.8), alpha=0.7, beta=15))
    same = matcher().similarity(darker, "cus_li")

    assert same is not None
    assert 8000 < same <= 10_000


def test_what_shows_no_face_or_several_is_not_compared(cv2: Any) -> None:
    none = changed(cv2, lambda one: cv2.blur(one, (99, 99)))
    two = changed(cv2, lambda one: cv2.hconcat([one, one]))

    for content in (none, two, b"no picture at all"):
        assert matcher().similarity(content, "cus_li") is None
        assert matcher(content).similarity(PHOTO, "cus_li") is None


def test_a_large_picture_is_made_small_first(cv2: Any) -> None:
    large = changed(cv2, lambda one: cv2.resize(one, None, fx=12, fy=12))
    same = matcher().similarity(large, "cus_li")

    assert same is not None
    assert same > 8000


def test_a_model_that_is_not_the_one_that_was_tried_compares_nothing(cv2: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(matching._SHA256, matching._RECOGNISER, "0" * 64)
    matching.models.cache_clear()
    with pytest.raises(Unavailable):
        matcher().similarity(PHOTO, "cus_li")
    matching.models.cache_clear()


def test_where_it_is_not_installed_nothing_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(matching, "import_module", missing)
    matching.models.cache_clear()
    with pytest.raises(Unavailable):
        matcher().similarity(PHOTO, "cus_li")
    matching.models.cache_clear()


def test_without_a_photo_or_an_image_nothing_is_loaded() -> None:
    nobody = LocalMatcher(References(lambda: Stub(trouble("NoSuchKey", 404)), "references"), unloaded)  # type: ignore[arg-type,return-value]

    assert nobody.similarity(PHOTO, "cus_li") is None
    assert nobody.similarity(b"", "cus_li") is None
    assert not nobody.has_reference("cus_li")
    assert matcher().has_reference("cus_li")


def unloaded() -> Any:
    raise AssertionError("nothing was to be loaded")
