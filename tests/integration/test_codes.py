"""Regulators' codes on a complaint: kept under the version of their list, refused where the list is known to its end."""

from typing import Any

import pytest

from tests.integration.test_reports import logged
from tests.world import World


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ({"fca_disp": ["product.banking"]}, 200),
        ({"fca_disp": ["product.crypto"]}, 422),
        ({"fca_disp": ["cause.of_our_own"]}, 200),
        ({"jrt0169": ["A01", "B02", "C03"]}, 200),
        ({"jrt0169": ["=A1"]}, 422),
        ({"nobody": ["A01"]}, 422),
    ],
)
def test_a_code_that_the_list_in_force_cannot_have_is_refused(world: World, codes: dict[str, Any], status: int) -> None:
    id_ = logged(world, "lead-east")
    answer = world.ask(
        "POST", f"/v1/desk/complaints/{id_}/classify", {"cause": "fees", "codes": codes}, world.staff("lead-east")
    )

    assert answer.status == status, answer.text
    if status == 422:
        assert answer.code == "code_unknown"
        assert answer.body["errors"][0]["field"].startswith("codes.")
    else:
        (scheme,) = codes
        assert f'"{scheme}@20' in world.records(id_)[-1]["body"]  # kept under the version that was in force
