"""Who may do what about promised calls; the columns are those of rights.py."""

# In the order of its columns: nobody, customer, agent, supervisor, others of the head office.
CALLS = """
GET    /v1/callbacks/windows                    | 401 401 401  | ok  ok    | ok  404 ok        | ok  ok  404       | 403 403 403 403
POST   /v1/callbacks                            | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/callbacks                            | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/callbacks/{callback}                 | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/callbacks/{callback}/reschedule      | 401 401 401  | ok  404   | ok  404 ok        | ok  ok  404       | 403 403 403 403
POST   /v1/callbacks/{callback}/cancel          | 401 401 401  | ok  404   | ok  404 ok        | ok  ok  404       | 403 403 403 403
GET    /v1/callbacks/verify                     | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/me/callbacks/verify                  | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/desk/callbacks                       | 401 401 401  | 403 403   | ok  ok  ok        | ok  ok  ok        | 403 403 403 403
GET    /v1/desk/callbacks                       | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/callbacks/line                  | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/callbacks/figures               | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/callbacks/{callback}            | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  ok  403
POST   /v1/desk/callbacks/next                  | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 403 403 403
POST   /v1/desk/callbacks/{callback}/dial       | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 403 403 403
POST   /v1/desk/callbacks/{callback}/attempts   | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 403 403 403
GET    /v1/desk/callbacks/scores                | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  ok  403
POST   /v1/desk/callbacks/{callback}/answers    | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 403 403 403
POST   /v1/desk/callbacks/{callback}/release    | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 403 403 403
POST   /v1/desk/campaigns                       | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 403
GET    /v1/desk/campaigns                       | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/campaigns/{campaign}            | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/campaigns/{campaign}/figures    | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  ok  403
POST   /v1/desk/campaigns/{campaign}/draw       | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/campaigns/{campaign}/start      | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/campaigns/{campaign}/pause      | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/campaigns/{campaign}/stop       | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 403
"""  # noqa: E501
