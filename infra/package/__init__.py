"""The parts of `infra.build`, in the order they run.

target      the machine a package is made for
resources   the merge template: YAML with CloudFormation's shorthand, fitted to a stage and a target
refusals    what API Gateway itself refuses, in the API's words
staging     a directory with just what belongs into the package
vendor      third-party code for the target, fetched by pip and slimmed
merging     `chalice package --merge-template`, in a process of its own
bytecode    .pyc files by a Python like the target's
archive     zips that are the same bytes every time
probes      what importing a handler loads, in a fresh interpreter
imports     what the code imports anywhere, by reading it
"""
