"""The parts of `infra.build`, in the order they run.

resources   the merge template: YAML with CloudFormation's shorthand, fitted to a stage and a target machine
staging     a directory with just what belongs into the package
vendor      third-party code for the target machine, fetched by pip and slimmed
merging     `chalice package --merge-template`, in a process of its own
bytecode    .pyc files by a Python like the target's
archive     zips that are the same bytes every time
probes      importing each handler in a fresh interpreter
"""
