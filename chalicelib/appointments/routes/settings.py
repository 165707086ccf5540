"""The catalogue at the desk: what a branch and a service are set to."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, Outdated
from chalicelib.web import call

from ..model import Block, Branch, CellFixed, Document, Leave, Override, Service
from .bodies import BlockIn, BranchIn, Names, OverrideIn, ServiceIn
from .desk import desk
from .public import Id
from .shapes import BranchSetOut, ServiceSetOut


@desk.put("/v1/desk/branches/{branch}", Act.BRANCH_SET, refusals=(Outdated, Changed, CellFixed))
def set_branch(branch: Id, body: BranchIn) -> BranchSetOut:
    """Set a branch, all of it; what is booked stays as it is."""
    after = services().registry.set_branch(branch_in(branch, body), call())
    return BranchSetOut(id=after.id, version=after.version)


@desk.put("/v1/desk/services/{service}", Act.SERVICE_SET, refusals=(Outdated, Changed))
def set_service(service: Id, body: ServiceIn) -> ServiceSetOut:
    """Set a service, all of it; what is booked stays as it is."""
    after = services().registry.set_service(service_in(service, body), call())
    return ServiceSetOut(id=after.id, version=after.version)


def branch_in(id_: str, body: BranchIn) -> Branch:
    """Read what a branch is set to."""
    plain = body.model_dump(exclude={"opening", "overrides", "leaves", "services"})
    return Branch(
        id=id_,
        **plain,
        services=tuple(body.services),
        opening={weekday(day): blocks(them) for day, them in body.opening.items()},
        overrides=overrides_in(body.overrides),
        leaves=tuple(
            Leave(it.pool, it.counters, it.first, it.last, (it.block.opens, it.block.closes) if it.block else None)
            for it in body.leaves
        ),
    )


def service_in(id_: str, body: ServiceIn) -> Service:
    """Read what a service is set to."""
    plain = body.model_dump(exclude={"documents", "ways"})
    documents = tuple(Document(it.id, _words(it.name), it.saves) for it in body.documents)
    return Service(id=id_, **plain, documents=documents, ways=frozenset(body.ways))


def weekday(day: str) -> int:
    """Read a weekday; what is none is found to be wrong with everything else."""
    return int(day) if day in "0123456" and len(day) == 1 else -1


def blocks(given: list[BlockIn]) -> tuple[Block, ...]:
    """Read the open stretches of a day."""
    return tuple((block.opens, block.closes) for block in given)


def overrides_in(given: list[OverrideIn]) -> tuple[Override, ...]:
    """Read the days on which a branch opens otherwise."""
    return tuple(Override(it.first, it.last, blocks(it.blocks), _words(it.reason)) for it in given)


def _words(names: Names) -> dict[str, str]:
    return {str(language): word for language, word in names.items()}
