"""Who may do what to whose case, as whoever answers for it reads it: each route by each kind of caller."""

# The case belongs to the unit east, below the head office hq; london is another unit below hq. It is a complaint of the
# customer "own", and in the column "recused" a complaint about the very agent who asks. Absences are those of agent-east, or
# one's own for the people of the head office. Appointments are those of the customer "own", at a branch of the unit east.
# Canned answers are for the unit east and below; who works there, and not above
# it, gets as far as hearing that somebody else has to approve.
#   ok   allowed        401  who are you?        403  not for people like you        404  not yours: it looks absent
#   nobody: anonymous, with a session that has expired, with one that was ended
TABLE = """
                                                | nobody     | customer  | agent             | supervisor        | others of the head office
                                                | anon exp rev | own other | own other recused | own above other   | clerk compl audit admin
POST   /v1/verifications                        | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/verifications/{verification}/resend  | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/verifications/{verification}/check   | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/sessions                             | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/staff/sessions                       | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/webhooks/sms/{provider}              | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/status/{token}                       | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/opening-hours                        | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/health                               | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/openapi.json                         | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /docs                                    | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/sessions/current                     | 401 401 401  | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/me                                   | 401 401 401  | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
DELETE /v1/sessions/current                     | 401 401 401  | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/complaints                           | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/tickets                              | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/tickets/{ticket}                     | 401 401 401  | ok  404   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/complaints/{ticket}                  | 401 401 401  | ok  404   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/tickets/{ticket}/messages            | 401 401 401  | ok  404   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
POST   /v1/tickets/{ticket}/messages            | 401 401 401  | ok  404   | ok  404 403       | ok  ok  404       | 403 403 403 403
GET    /v1/tickets/{ticket}/history             | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/desk/queue                           | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/tickets/{ticket}/history        | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/tickets/{ticket}/clocks         | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
POST   /v1/desk/tickets/{ticket}/assign         | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/handover       | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
GET    /v1/desk/duplicates                      | 401 401 401  | 403 403   | ok  ok  ok        | ok  ok  ok        | 403 ok  ok  403
GET    /v1/desk/staff                           | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  ok  ok
POST   /v1/desk/staff/{staff}/absences          | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | ok  ok  ok  ok
DELETE /v1/desk/staff/{staff}/absences/{absence} | 401 401 401 | 403 403   | ok  404 ok        | ok  ok  404       | ok  ok  ok  ok
POST   /v1/desk/complaints                      | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/complaints/{ticket}/assign      | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/take-up     | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/decide      | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/deliver     | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/close       | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
GET    /v1/desk/operations                      | 401 401 401  | 403 403   | 403 403 403       | ok  ok  ok        | 403 ok  403 ok
POST   /v1/tickets                              | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/tickets/{ticket}/reopen              | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/tickets/{ticket}/update-requests     | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/tickets/{ticket}/support-needs       | 401 401 401  | ok  404   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/complaints/{ticket}/accept           | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/complaints/{ticket}/reject           | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/complaints/{ticket}/withdraw         | 401 401 401  | ok  404   | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/states                               | 401 401 401  | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/desk/tickets                         | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/tickets/{ticket}/accept         | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/wait           | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/resume         | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/resolve        | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/close          | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/reopen         | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/merge          | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/link           | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/split          | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/promote        | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/group          | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/leave-group    | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
GET    /v1/desk/tickets/{ticket}/group          | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
POST   /v1/desk/tickets/{ticket}/no-complaint   | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/tickets/{ticket}/mandates       | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
DELETE /v1/desk/tickets/{ticket}/mandates/{representative} | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/acknowledge | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/classify    | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/new-facts   | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/pause       | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/resume      | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/extensions  | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/refer       | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/redress-paid | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/correction-ended | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 403 403 403
POST   /v1/desk/complaints/{ticket}/approve     | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/complaints/{ticket}/return      | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/complaints/{ticket}/extensions/{n}/approve | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/complaints/{ticket}/alarm-acknowledged | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/operations/dlq/{queue}/redrive  | 401 401 401  | 403 403   | 403 403 403       | 403 403 403       | 403 403 403 ok
GET    /v1/desk/answers                         | 401 401 401  | 403 403   | ok  ok  ok        | ok  ok  ok        | 403 ok  ok  403
GET    /v1/desk/answers/{answer}                | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | 403 ok  ok  403
POST   /v1/desk/answers                         | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/answers/{answer}/versions       | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/answers/{answer}/versions/{n}/propose | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/answers/{answer}/versions/{n}/approve | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/answers/{answer}/versions/{n}/return | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/answers/{answer}/versions/{n}/retire | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  403 403
POST   /v1/desk/answers/{answer}/preview        | 401 401 401  | 403 403   | ok  404 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/reports/{name}                  | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 ok  ok  403
GET    /v1/desk/reports/regulator/{scheme}      | 401 401 401  | 403 403   | 403 403 403       | 403 403 403       | 403 ok  403 403
GET    /v1/services                             | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/branches                             | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/branches/{branch}/slots              | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/calendars/{token}/visit.ics          | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
GET    /v1/visits/{token}                       | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/visits/{token}/holds                 | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/visits/{token}/reschedule            | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/visits/{token}/accept                | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/visits/{token}/cancel                | ok  ok  ok   | ok  ok    | ok  ok  ok        | ok  ok  ok        | ok  ok  ok  ok
POST   /v1/holds                                | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
POST   /v1/appointments                         | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/appointments                         | 401 401 401  | ok  ok    | 403 403 403       | 403 403 403       | 403 403 403 403
GET    /v1/appointments/{appointment}           | 401 401 401  | ok  404   | ok  404 ok        | ok  ok  404       | ok  ok  ok  403
GET    /v1/appointments/{appointment}/calendar.ics| 401 401 401 | ok 404   | ok  404 ok        | ok  ok  404       | ok  ok  ok  403
POST   /v1/appointments/{appointment}/reschedule| 401 401 401  | ok  404   | ok  404 ok        | ok  ok  404       | ok  403 403 403
POST   /v1/appointments/{appointment}/cancel    | 401 401 401  | ok  404   | ok  404 ok        | ok  ok  404       | ok  403 403 403
GET    /v1/desk/branches/{branch}/slots         | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | ok  403 403 403
POST   /v1/desk/holds                           | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | ok  403 403 403
POST   /v1/desk/appointments                    | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | ok  403 403 403
PUT    /v1/desk/branches/{branch}               | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
PUT    /v1/desk/branches/{branch}/hours         | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
PUT    /v1/desk/branches/{branch}/closures      | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
PUT    /v1/desk/branches/{branch}/continuity    | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
GET    /v1/desk/branches/{branch}/continuity    | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | ok  ok  ok  ok
GET    /v1/desk/branches/{branch}/continuity/plan | 401 401 401 | 403 403  | ok  404 ok        | ok  ok  404       | ok  ok  ok  ok
DELETE /v1/desk/branches/{branch}/continuity    | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
PUT    /v1/desk/units/{unit}/continuity         | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
GET    /v1/desk/units/{unit}/continuity         | 401 401 401  | 403 403   | ok  404 ok        | ok  ok  404       | ok  ok  ok  ok
DELETE /v1/desk/units/{unit}/continuity         | 401 401 401  | 403 403   | 403 403 403       | ok  ok  404       | 403 403 403 ok
PUT    /v1/desk/services/{service}              | 401 401 401  | 403 403   | 403 403 403       | 403 403 403       | 403 403 403 ok
"""  # noqa: E501 - a table that is broken into lines cannot be read
