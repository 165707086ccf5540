"""`python -m infra.openapi`: writes the HTTP contract, docs/openapi.json, from the routes as they are declared."""

import json
import os
import sys
from pathlib import Path

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


def text() -> str:
    """Give the document, the same each time."""
    os.environ.setdefault("DUTYDESK_STAGE", "local")
    os.environ.setdefault("DUTYDESK_PREFIX", "dutydesk-local")
    import app
    from chalicelib.web import documentation

    assert app.app is not None  # importing it is what declares the routes
    return json.dumps(documentation(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write it."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), "utf-8")
    print(f"{FILE.relative_to(Path.cwd()) if FILE.is_relative_to(Path.cwd()) else FILE}: {FILE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
