"""The documentation as one plain page that needs nothing from anywhere."""

from html import escape
from typing import Any


def page(document: dict[str, Any]) -> str:
    """Write the OpenAPI document as a table of calls."""
    rows = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            codes = ", ".join(operation["responses"])
            rows.append(
                f"<tr><td>{escape(operation['tags'][0])}</td><td><code>{method.upper()} {escape(path)}</code></td>"
                f"<td>{escape(operation['summary'])}</td><td>{escape(codes)}</td></tr>"
            )
    return _PAGE.replace("{rows}", "\n".join(sorted(rows)))


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Dutydesk API</title>
<style>body{font:15px/1.5 sans-serif;margin:2em;max-width:80em}td,th{text-align:left;padding:.3em .8em;vertical-align:top}
tr:nth-child(even){background:#f4f4f4}code{white-space:nowrap}</style>
<h1>Dutydesk API</h1><p>The whole contract, for machines and tools: <a href="/v1/openapi.json">/v1/openapi.json</a></p>
<table><tr><th>Area</th><th>Call</th><th>What</th><th>Answers</th></tr>
{rows}
</table></html>"""
