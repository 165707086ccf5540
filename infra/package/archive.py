"""Zips that are the same bytes every time."""

import zipfile
from collections import Counter
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN, _PROGRAM = 0o100644, 0o100755


def pack(archive: Path, trees: list[Path], prefix: str = "") -> None:
    """Write all files of some trees, sorted and without their times, below `prefix`."""
    files = sorted((path.relative_to(tree).as_posix(), path) for tree in trees for path in tree.rglob("*"))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as writing:
        for name, path in files:
            if path.is_dir():
                continue
            entry = zipfile.ZipInfo(prefix + name, _EPOCH)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (_PROGRAM if path.suffix == ".so" else _PLAIN) << 16
            writing.writestr(entry, path.read_bytes())


def unpack(archive: Path, tree: Path) -> None:
    """Write all files of a zip below a folder."""
    with zipfile.ZipFile(archive) as reading:
        reading.extractall(tree)


def weights(archive: Path) -> list[tuple[str, int, int]]:
    """Give for each top entry its bytes in the zip and unzipped, heaviest first."""
    packed: Counter[str] = Counter()
    unpacked: Counter[str] = Counter()
    with zipfile.ZipFile(archive) as reading:
        for entry in reading.infolist():
            top = entry.filename.split("/")[0]
            packed[top] += entry.compress_size
            unpacked[top] += entry.file_size
    return [(top, size, unpacked[top]) for top, size in packed.most_common()]
