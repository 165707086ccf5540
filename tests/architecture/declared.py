"""What the capabilities declare, as app.py puts it together."""

import sys

import app as whole
from chalicelib.web import Api
from chalicelib.web.api import Route

assert whole.app is not None  # importing it is what declares the routes


def routes() -> list[Route]:
    """Give every declared route, without a list of our own that could forget one."""
    modules = [
        module for name, module in sorted(sys.modules.items()) if name.startswith("chalicelib.") and ".routes" in name
    ]
    apis = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Api)}
    return [route for api in apis.values() for route in api.routes]
