"""The deployment package: `python -m infra.build --stage prod` writes it to out/prod.

    sam.json        the template, ready for `sam deploy` or `aws cloudformation package` and `deploy`
    deployment.zip  the code of every function
    sign-in.zip     the layer of the API function

It needs no credentials, no account, and no network but pip's. The same source gives the same bytes.
"""

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from . import checks
from .package import archive, bytecode, merging, probes, resources, staging, vendor
from .package.target import LAMBDA_MACHINES, Target

STAGES = ("prod", "test", "rehearsal", "local")
_CFN_LINT = "import sys; from cfnlint.runner import main; sys.exit(main())"
FUNCTIONS_AT, LAYER_AT = "/var/task", "/opt/python"


@dataclass
class Built:
    """What a build made, and what it noticed on the way."""

    template: Path
    functions: Path
    layer: Path
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Trees:
    """Where the pieces are put together."""

    scratch: Path

    @property
    def project(self) -> Path:
        """Give Chalice's project."""
        return self.scratch / "project"

    @property
    def own(self) -> Path:
        """Give our code, and what Chalice packs of itself."""
        return self.scratch / "own"

    @property
    def shared(self) -> Path:
        """Give what every function may import."""
        return self.scratch / "shared"

    @property
    def sign_in(self) -> Path:
        """Give what the layer holds."""
        return self.scratch / "sign-in"


def template(stage: str, out: Path, source: Path = staging.ROOT) -> Path:
    """Write the template alone, as the package would have it; for whoever wants to know what is in the stack."""
    with tempfile.TemporaryDirectory() as scratch:
        project = staging.stage(Path(scratch) / "project", source, copy=False)
        merge = resources.merge_template(stage, Target())
        return merging.package(project, stage, merge, out, cache=True)


def build(stage: str, out: Path, target: Target | None = None, source: Path = staging.ROOT) -> Built:
    """Write the whole package and check it; raises PackagingFailed with everything that is wrong."""
    target = target or Target()
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        trees = Trees(Path(scratch))
        vendor.install(vendor.shared(), trees.shared, target)
        vendor.install(vendor.sign_in(), trees.sign_in, target)
        project = staging.stage(trees.project, source, copy=True)
        packed = merging.package(project, stage, resources.merge_template(stage, target), out, cache=False)
        built = Built(packed, out / "deployment.zip", out / "sign-in.zip")
        archive.unpack(built.functions, trees.own)
        _compile(trees, target, built.notes)
        archive.pack(built.functions, [trees.own, trees.shared])
        archive.pack(built.layer, [trees.sign_in], prefix="python/")
        _check(built, project)
    return built


def _compile(trees: Trees, target: Target, notes: list[str]) -> None:
    python = bytecode.interpreter(target.python)
    if python is None:
        notes.append(f"no Python {target.python} here: nothing is compiled, so every cold start compiles everything")
        return
    notes.append(f"compiled by {python}")
    bytecode.compile_tree(python, trees.own, FUNCTIONS_AT, sources=True)
    bytecode.compile_tree(python, trees.shared, FUNCTIONS_AT, sources=False)
    bytecode.compile_tree(python, trees.sign_in, LAYER_AT, sources=False)


def _check(built: Built, project: Path) -> None:
    """Ask cfn-lint and our own checks; everything that is wrong is said at once."""
    packed = json.loads(built.template.read_text("utf-8"))
    imported = probes.probe_all(project, checks.handlers(packed))
    faults = checks.template_faults(packed) + checks.handler_faults(imported)
    faults += checks.archive_faults(built.functions, built.layer, project, imported)
    if faults:
        raise merging.PackagingFailed("\n".join(["the package is not as it must be:", *faults]))
    lint(built.template)


def lint(template: Path) -> None:
    """Let cfn-lint read a template; raises PackagingFailed with its findings."""
    merging.run([sys.executable, "-c", _CFN_LINT, "--regions", "us-east-1", "--", str(template)])


def _report(built: Built) -> None:
    for note in built.notes:
        print(note)
    for zipped in (built.functions, built.layer):
        print(f"\n{zipped}: {zipped.stat().st_size / 1e6:.2f} MB")
        for top, packed, unpacked in archive.weights(zipped):
            print(f"  {packed / 1e3:9.1f} kB  {unpacked / 1e3:9.1f} kB unzipped  {top}")
    print(f"\n{built.template}: cfn-lint and our own checks found nothing")


def main() -> int:
    """Build from the command line."""
    reading = argparse.ArgumentParser(prog="python -m infra.build", description=__doc__.partition("\n")[0])
    reading.add_argument("--stage", choices=STAGES, required=True)
    reading.add_argument("--out", type=Path, help="default: out/<stage>")
    reading.add_argument("--python", default=Target.python, help="minor version of the runtime, default %(default)s")
    reading.add_argument("--platform", choices=LAMBDA_MACHINES, default=Target.architecture, help="default %(default)s")
    given = reading.parse_args()
    try:
        built = build(
            given.stage, given.out or staging.ROOT / "out" / given.stage, Target(given.python, given.platform)
        )
    except merging.PackagingFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    _report(built)
    return 0


if __name__ == "__main__":
    sys.exit(main())
