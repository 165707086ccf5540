"""Rekognition behind its port: what it says, what it cannot say, and that it is asked to store nothing."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.aws import clients
from chalicelib.aws.faces import References, Rekognition, Seen
from chalicelib.kernel.errors import Unavailable
from tests.unit.aws.stub import TIMED_OUT, Stub, trouble

AWAY = EndpointConnectionError(endpoint_url="https://aws")


def looking(*answers: Any, files: Any = None) -> tuple[Rekognition, Stub]:
    stub = Stub(*answers)
    references = References(lambda: Stub(files or {}), "references")  # type: ignore[arg-type,return-value]
    return Rekognition(lambda: stub, references), stub  # type: ignore[arg-type,return-value]


def test_a_session_is_ours_by_its_token_and_stores_no_image() -> None:
    faces, stub = looking({"SessionId": "s"})

    assert faces.begin("fch_1") == "s"
    assert stub.asked == [
        {
            "operation": "create_face_liveness_session",
            "ClientRequestToken": "fch_1",
            "Settings": {"AuditImagesLimit": 0},
        }
    ]


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ({"Status": "CREATED"}, Seen(over=False)),
        ({"Status": "IN_PROGRESS"}, Seen(over=False)),
        ({"Status": "EXPIRED"}, Seen(over=True, expired=True)),
        ({"Status": "FAILED", "Confidence": 99.0}, Seen(over=True, liveness=0)),
        (
            {"Status": "SUCCEEDED", "Confidence": 98.7699, "ReferenceImage": {"Bytes": b"x"}},
            Seen(over=True, liveness=9876, image=b"x"),
        ),
        (trouble("SessionNotFoundException"), Seen(over=True, expired=True)),
    ],
)
def test_a_session_is_open_over_or_expired(answer: Any, seen: Seen) -> None:
    assert looking(answer)[0].seen("s") == seen


def test_an_image_is_never_shown() -> None:
    assert "CANARY" not in repr(Seen(over=True, image=b"CANARY"))


@pytest.mark.parametrize(
    ("answer", "similarity"),
    [
        ({"FaceMatches": [{"Similarity": 99.9999}], "UnmatchedFaces": []}, 9999),
        ({"FaceMatches": [{"Similarity": 99.9}], "UnmatchedFaces": [{}]}, None),
        ({"FaceMatches": [{"Similarity": 99.9}, {"Similarity": 20.0}]}, None),
        ({"FaceMatches": [], "UnmatchedFaces": [{}]}, 0),
        ({"FaceMatches": [], "UnmatchedFaces": []}, None),
        (trouble("InvalidS3ObjectException"), None),
        (trouble("InvalidParameterException"), None),
    ],
)
def test_a_reference_of_one_face_is_compared_and_any_other_is_none(answer: Any, similarity: int | None) -> None:
    faces, stub = looking(answer)

    assert faces.similarity(b"a face", "cus_li") == similarity
    assert stub.asked[0]["TargetImage"] == {"S3Object": {"Bucket": "references", "Name": "cus_li"}}
    assert stub.asked[0]["SimilarityThreshold"] == 0.0


def test_without_an_image_nothing_is_compared() -> None:
    faces, stub = looking({})

    assert faces.similarity(b"", "cus_li") is None
    assert stub.asked == []


def test_a_reference_is_looked_for_before_anybody_shows_their_face() -> None:
    assert looking({}, files={"ContentLength": 1})[0].has_reference("cus_li")
    for absent in ("404", "403", "NoSuchKey"):
        assert not looking({}, files=trouble(absent, int(absent) if absent.isdigit() else 404))[0].has_reference("c")


@pytest.mark.parametrize("failing", [AWAY, TIMED_OUT, trouble("ThrottlingException"), trouble("AccessDeniedException")])
def test_what_cannot_be_had_is_unavailable(failing: Exception) -> None:
    faces, _ = looking(failing, files=failing)
    for ask in (
        lambda: faces.begin("fch_1"),
        lambda: faces.seen("s"),
        lambda: faces.similarity(b"x", "c"),
        lambda: faces.has_reference("c"),
    ):
        with pytest.raises(Unavailable):
            ask()


def test_its_client_is_made_like_the_others() -> None:
    assert clients.faces().meta.service_model.service_name == "rekognition"
