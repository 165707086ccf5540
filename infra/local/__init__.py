"""The whole product on one machine: `python -m infra.local`.

The same handlers get the same events as in Lambda; tables, queues, functions and routes come from the packaged template.
"""
