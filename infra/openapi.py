"""`python -m infra.openapi`: writes the index of routes and the HTTP contract from the routes as they are declared."""

import json
import os
import sys
from pathlib import Path

from chalicelib.web import index

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "openapi.json"


def routes() -> str:
    """Give the index, the same each time: the routes of each module that declares some."""
    found = {}
    for path in sorted((ROOT / "chalicelib").rglob("routes*")):
        if path.name in ("routes", "routes.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[module] = [f"{route.method} {route.path}" for api in index.declared(module) for route in api.routes]
    return json.dumps(found, indent=1) + "\n"


def text() -> str:
    """Give the document, the same each time."""
    import app
    from chalicelib.web import documentation

    assert app.app is not None  # importing it is what declares the routes
    return json.dumps(documentation(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write both."""
    os.environ.setdefault("DUTYDESK_STAGE", "local")
    os.environ.setdefault("DUTYDESK_PREFIX", "dutydesk-local")
    FILE.parent.mkdir(exist_ok=True)
    # The document is made of the routes that the index knows.
    for file, give in ((index.FILE, routes), (FILE, text)):
        file.write_text(give(), "utf-8")
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
