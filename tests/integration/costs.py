"""What each route may cost: its calls of DynamoDB, and the write units of the use cases that have a budget."""

# Of three units: what is open, what was paid late, what was closed, what is open now; then the chain of each complaint.
QUERIES_OF_A_FILE = 4 * 3 + 2
SESSION, TICKET, TWO, THREE, SIX = "get session", "get ticket", "write 2", "write 3", "write 6"

# Route -> the calls of DynamoDB it makes: one transaction where something changes, one read of the session where somebody
# is signed in, and one read of what it is about. A key for idempotency adds one item to the transaction, and no call.
EXPECTED = {
    # Everything a text is counted in is read at once: phone, address, prefix, the day's money, what is closed. Written are
    # the verification, its record, three buckets and the day.
    "POST /v1/verifications": ["batch_get_item", SIX],
    "POST /v1/verifications/{verification}/resend": ["get code", "batch_get_item", SIX],
    # What was typed rightly is made good for address and prefix, and noted for the phone.
    "POST /v1/verifications/{verification}/check": ["count", "write 5"],
    "POST /v1/sessions": ["get code", "get phone", "get customer", "write 4"],
    "POST /v1/staff/sessions": ["get staff", "write 4"],
    "GET /v1/sessions/current": [SESSION],
    "GET /v1/me": [SESSION],
    "DELETE /v1/sessions/current": [SESSION, SESSION, "get customer", THREE],
    "GET /v1/tickets": [SESSION, "query"],
    "GET /v1/tickets/{ticket}": [SESSION, TICKET],
    "POST /v1/tickets/{ticket}/messages": [SESSION, TICKET, THREE],
    "GET /v1/tickets/{ticket}/messages": [SESSION, TICKET, "query"],
    "GET /v1/tickets/{ticket}/history": [SESSION, TICKET, "query"],
    "GET /v1/status/{token}": [TICKET],
    "GET /v1/desk/queue": [SESSION, "query"],
    "POST /v1/desk/tickets/{ticket}/assign": [SESSION, TICKET, TWO],
    "GET /v1/desk/tickets/{ticket}/history": [SESSION, TICKET, "query"],
    "GET /v1/desk/tickets/{ticket}/clocks": [SESSION, TICKET],
    "POST /v1/desk/tickets/{ticket}/handover": [SESSION, TICKET, "write 4"],
    "GET /v1/desk/duplicates": [SESSION, "query"],
    "GET /v1/desk/staff": [SESSION],
    "POST /v1/desk/staff/{staff}/absences": [SESSION, "get staff", "write 4"],
    "DELETE /v1/desk/staff/{staff}/absences/{absence}": [SESSION, "get staff", "write 4"],
    "GET /v1/opening-hours": [],
    "POST /v1/complaints": [SESSION, TWO],
    "GET /v1/complaints/{ticket}": [SESSION, TICKET],
    "POST /v1/desk/complaints": [SESSION, "get phone", "get customer", TWO],
    "POST /v1/desk/complaints/{ticket}/assign": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/take-up": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/decide": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/deliver": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/close": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/acknowledge": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/alarm-acknowledged": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/classify": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/approve": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/return": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/redress-paid": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/refer": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/correction-ended": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/extensions": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/extensions/{n}/approve": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/new-facts": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/pause": [SESSION, TICKET, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/resume": [SESSION, TICKET, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/accept": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/wait": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/resume": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/close": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/reopen": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/promote": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/resolve": [SESSION, TICKET, THREE],
    "POST /v1/desk/tickets/{ticket}/merge": [SESSION, TICKET, TICKET, "write 4"],
    "POST /v1/desk/tickets/{ticket}/link": [SESSION, TICKET, TICKET, "write 4"],
    "POST /v1/desk/tickets/{ticket}/split": [SESSION, TICKET, "write 5"],
    # Whoever is to speak for the customer is registered first, where nobody knows them yet.
    "POST /v1/desk/tickets/{ticket}/mandates": [SESSION, TICKET, "get phone", THREE, TICKET, TWO],
    "DELETE /v1/desk/tickets/{ticket}/mandates/{representative}": [SESSION, TICKET, TWO],
    "POST /v1/complaints/{ticket}/accept": [SESSION, TICKET, TWO],
    # The members of the unit above are read, as those of a unit are once a minute.
    "POST /v1/complaints/{ticket}/reject": [SESSION, TICKET, "query", THREE],
    "POST /v1/complaints/{ticket}/withdraw": [SESSION, TICKET, TWO],
    "POST /v1/tickets": [SESSION, TWO],
    "POST /v1/tickets/{ticket}/reopen": [SESSION, TICKET, TWO],
    "POST /v1/tickets/{ticket}/update-requests": [SESSION, TICKET, TWO],
    "POST /v1/tickets/{ticket}/support-needs": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets": [SESSION, "get phone", "get customer", TWO],
    "GET /v1/states": [SESSION],
    "GET /v1/desk/operations/codes": [SESSION, "query", "query", "get reach"],
    "POST /v1/desk/operations/codes/{name}/reopen": [SESSION, "get prefix_8613999", TWO],
    "POST /v1/desk/operations/dlq/{queue}/redrive": [SESSION, "get redrive", TWO, TWO],
    "POST /v1/webhooks/sms/{provider}": [TWO],
    "GET /v1/health": [],
    "GET /v1/openapi.json": [],
    "GET /docs": [],
    "GET /v1/desk/reports/{name}": [SESSION, "query"],
    "GET /v1/desk/reports/regulator/{scheme}": [SESSION, *["query"] * QUERIES_OF_A_FILE],
    "GET /v1/desk/operations": [SESSION, "get heartbeat", *["query"] * 10],
}

# Use case -> its write units without an idempotency key, of the tables and of their indexes. The design allows a create 10
# and a reply 8 of the tables' (P6); a code cycle is start and check.
UNITS = {
    "POST /v1/verifications": (12, 0),
    "POST /v1/verifications/{verification}/check": (11, 0),
    "POST /v1/complaints": (8, 3),
    "POST /v1/tickets": (8, 3),
    "POST /v1/tickets/{ticket}/messages": (8, 2),
}
