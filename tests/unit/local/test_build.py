"""What the build looks at beside the template."""

import shutil
from pathlib import Path

import pytest

from infra.build import pack_faults

SHIPPED = Path(__file__).parents[3] / "chalicelib" / "packs"


def test_the_packs_that_are_shipped_are_sound() -> None:
    assert pack_faults(SHIPPED) == []


@pytest.mark.parametrize("file", ["regimes/cn.nfra.toml", "escalation/house.toml", "codes/fca_disp.toml"])
def test_a_broken_pack_stops_the_build_and_is_named(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(SHIPPED, folder)
    (folder / file).write_text("id = 1\n", "utf-8")

    (fault,) = pack_faults(folder)

    assert Path(file).name in fault
