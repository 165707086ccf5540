"""The deployment package: `python -m infra.build --stage prod` writes it to out/prod.

    sam.json        the template, ready for `sam deploy` or `aws cloudformation package` and `deploy`
    deployment.zip  the code of every function
    api-layer.zip     the layer of the API function

It needs no credentials, no account, and no network but pip's. The same source gives the same bytes.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.sla.contact import ContactRules
from chalicelib.sla.escalation import read_policy
from chalicelib.sla.packs import PackError, Packs
from chalicelib.sla.questionnaires import Questionnaires
from chalicelib.sla.schemes import Schemes
from chalicelib.verification.signals.policy import read_rules

from . import checks
from .package import archive, bytecode, merging, probes, resources, staging, vendor
from .package.target import LAMBDA_MACHINES, Target

STAGES = ("prod", "test", "rehearsal", "local")
_CFN_LINT = "import sys; from cfnlint.runner import main; sys.exit(main())"
FUNCTIONS_AT, LAYER_AT = "/var/task", "/opt/python"


@dataclass
class Built:
    """What a build delivered, and what it noticed on the way."""

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
    def package(self) -> Path:
        """Give what will be delivered, until it is found to be as it must be."""
        return self.scratch / "package"

    @property
    def own(self) -> Path:
        """Give our code, and what Chalice packs of itself."""
        return self.scratch / "own"

    @property
    def shared(self) -> Path:
        """Give what every function may import."""
        return self.scratch / "shared"

    @property
    def api_layer(self) -> Path:
        """Give what the layer holds."""
        return self.scratch / "sign-in"


def template(stage: str, out: Path, source: Path = staging.ROOT) -> Path:
    """Write the template alone, as the package would have it, to `out`; for whoever wants to know what is in the stack."""
    with tempfile.TemporaryDirectory() as scratch:
        trees = Trees(Path(scratch))
        project = staging.stage(trees.project, source, copy=False)
        merge = resources.merge_template(stage, Target())
        return _deliver([merging.package(project, stage, merge, trees.package, cache=True)], out)[0]


def build(stage: str, out: Path, target: Target | None = None, source: Path = staging.ROOT) -> Built:
    """Write the whole package to `out`, if it is as it must be; raises PackagingFailed with everything that is wrong."""
    target = target or Target()
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor() as pool:
        trees = Trees(Path(scratch))
        installing = [
            pool.submit(vendor.install, vendor.shared(), trees.shared, target),
            pool.submit(vendor.install, vendor.api_layer(), trees.api_layer, target),
        ]
        project = staging.stage(trees.project, source, copy=True)
        merge = resources.merge_template(stage, target)
        packed = merging.package(project, stage, merge, trees.package, cache=False)
        linting = pool.submit(lint, packed)
        functions, layer = trees.package / "deployment.zip", trees.package / "api-layer.zip"
        archive.unpack(functions, trees.own)
        for installed in installing:
            installed.result()
        _compile(trees, target, notes)
        archive.pack(functions, [trees.own, trees.shared])
        archive.pack(layer, [trees.api_layer], prefix="python/")
        if faults := _faults(packed, functions, layer, project) + linting.result():
            raise merging.PackagingFailed("\n".join(["the package is not as it must be:", *faults]))
        packed, functions, layer = _deliver([packed, functions, layer], out)
        return Built(packed, functions, layer, notes)


def _compile(trees: Trees, target: Target, notes: list[str]) -> None:
    python = bytecode.interpreter(target.python)
    if python is None:
        notes.append(f"no Python {target.python} here: nothing is compiled, so every cold start compiles everything")
        return
    notes.append(f"compiled by {python}")
    bytecode.compile_tree(python, trees.own, FUNCTIONS_AT)
    bytecode.compile_tree(python, trees.shared, FUNCTIONS_AT)
    bytecode.compile_tree(python, trees.api_layer, LAYER_AT)


def _faults(packed: Path, functions: Path, layer: Path, project: Path) -> list[str]:
    read = json.loads(packed.read_text("utf-8"))
    imported = probes.probe_all(project, checks.handlers(read))
    faults = checks.template_faults(read) + checks.handler_faults(imported)
    faults += pack_faults(project / "chalicelib" / "packs")
    return faults + checks.archive_faults(functions, layer, project, imported)


def pack_faults(folder: Path) -> list[str]:
    """Say what is wrong with the packs that are shipped: a function reads them only when it needs them."""
    try:
        Packs.load(folder)
        Schemes(folder / "codes").load()
        ContactRules(folder / "contact").load()
        Questionnaires(folder / "questionnaires").load()
        for policy in (folder / "escalation").glob("*.toml"):
            read_policy(policy)
        for table in (folder / "signals").glob("*.toml"):
            read_rules(table)
    except PackError as wrong:
        return [f"packs: {wrong}"]
    return []


def lint(packed: Path) -> list[str]:
    """Give what cfn-lint has to say about a template."""
    command = [sys.executable, "-c", _CFN_LINT, "--format", "parseable", "--regions", "us-east-1", "--", str(packed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).splitlines() if done.returncode else []


def _deliver(made: list[Path], out: Path) -> list[Path]:
    """Put finished files in place of those of an earlier build."""
    out.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, out / path.name)) for path in made]


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
