"""The package deployed on this machine: CloudFormation, API Gateway, queues and Lambda processes of ministack.

The template is the packaged one, and the functions run under their own roles, which ministack enforces. Not as on AWS:

- The package is made for this machine's Python and architecture, since its functions run as processes here.
- Where dynoxide keeps the tables, ministack cannot poll their stream, so `carrier` does that; where ministack keeps them
  itself, it also polls the stream, by the mapping in the template, and checks what the roles may do to the tables.
- ministack takes a batch sent to a queue for an action of its own, `sqs:SendMessageBatch`; AWS knows only `sqs:SendMessage`.
- ministack does not know the API's own words for what API Gateway refuses, nor its access log.
- SMS and mail go to the fake providers of the local stack.
"""
