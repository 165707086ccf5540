"""What the routes of branches cost: kiosks, free times, visits, the waitlist, the day, promised calls."""

SESSION, TICKET, KIOSK, TWO, THREE = "get session", "get ticket", "get kiosk", "write 2", "write 3"
CALL = "get callback"
VISIT, WAITING = "get appointment", "get waiting"
FACE = "batch_get_item"
SIX = "write 6"
BRANCH, MEASURE = "get shanghai-pudong", "get branch#shanghai-pudong"

AT_BRANCHES = {
    # The code's tries are counted before it is compared.
    "POST /v1/kiosks/enrol": ["count", KIOSK, TWO],
    # The kiosk is read to know its key, and again to begin, so that one who was disabled meanwhile does not.
    "POST /v1/kiosks/sessions": [KIOSK, KIOSK, "write 4"],
    "DELETE /v1/kiosks/sessions/current": [SESSION, KIOSK, THREE],
    "POST /v1/kiosks/heartbeat": [SESSION, KIOSK, "write 1"],
    "GET /v1/kiosks/arrivals": [SESSION, KIOSK, "query"],
    # Each is checked in for itself; the record of them all comes last, with the answer.
    "POST /v1/kiosks/arrivals": [SESSION, KIOSK, VISIT, "count", "query", THREE, KIOSK, TWO],
    "POST /v1/kiosks/visits": [SESSION, KIOSK, "get code", "get phone", "get customer", "write 7"],
    "DELETE /v1/kiosks/visits/current": [SESSION, KIOSK, THREE],
    # The customer's session is read too: it may have been idle for too long.
    "POST /v1/kiosks/visits/current/handover": [SESSION, KIOSK, SESSION, TWO],
    "POST /v1/handovers/{token}/take": [SESSION, "get handover", TWO],
    "POST /v1/desk/kiosks": [SESSION, THREE],
    "GET /v1/desk/kiosks": [SESSION, "query"],
    "POST /v1/desk/kiosks/{kiosk}/enrolment": [SESSION, KIOSK, THREE],
    "POST /v1/desk/kiosks/{kiosk}/disable": [SESSION, KIOSK, TWO],
    "POST /v1/desk/kiosks/{kiosk}/enable": [SESSION, KIOSK, TWO],
    "POST /v1/desk/kiosks/{kiosk}/retire": [SESSION, KIOSK, TWO],
    "GET /v1/health": [],
    "GET /v1/openapi.json": [],
    "GET /docs": [],
    # The catalogue is read once a minute, and is not in these figures.
    "GET /v1/services": [],
    "GET /v1/branches": [],
    # Each search is counted for the network it comes from.
    "GET /v1/branches/{branch}/slots": ["count", "query"],
    # Beside the cell, the hold, what the customer has open and the record: how often they and their network held.
    "POST /v1/holds": [SESSION, SIX],
    "POST /v1/appointments": [SESSION, THREE],
    "GET /v1/appointments": [SESSION, "query"],
    "GET /v1/appointments/{appointment}": [SESSION, VISIT],
    # Of one cell: what it had is free in the same transaction.
    "POST /v1/appointments/{appointment}/reschedule": [SESSION, VISIT, "write 5"],
    "POST /v1/appointments/{appointment}/cancel": [SESSION, VISIT, "write 4"],
    "GET /v1/appointments/{appointment}/calendar.ics": [SESSION, VISIT],
    "GET /v1/calendars/{token}/visit.ics": [VISIT],
    "GET /v1/visits/{token}": [VISIT],
    "POST /v1/visits/{token}/holds": [VISIT, SIX],
    "POST /v1/visits/{token}/reschedule": [VISIT, "write 5"],
    # What the plan says of it follows in the same transaction.
    "POST /v1/visits/{token}/accept": [VISIT, THREE],
    "POST /v1/visits/{token}/cancel": [VISIT, "write 4"],
    # Documents before a visit: its files stand on one shelf, which is read for every list.
    "GET /v1/appointments/{appointment}/checklist": [SESSION, VISIT, "query"],
    "POST /v1/appointments/{appointment}/checklist/{document}": [SESSION, VISIT, TWO, "query"],
    "POST /v1/appointments/{appointment}/files": [SESSION, VISIT, "query", THREE],
    "POST /v1/appointments/{appointment}/files/{attachment}/uploaded": [SESSION, VISIT, "query", THREE],
    "GET /v1/visits/{token}/checklist": [VISIT, "query"],
    "POST /v1/visits/{token}/checklist/{document}": [VISIT, TWO, "query"],
    "POST /v1/visits/{token}/files": [VISIT, "query", THREE],
    "POST /v1/visits/{token}/files/{attachment}/uploaded": [VISIT, "query", THREE],
    "POST /v1/desk/appointments/{appointment}/checklist/{document}": [SESSION, VISIT, "query", THREE, "query"],
    "GET /v1/desk/branches/{branch}/papers": [SESSION, "query"],
    "GET /v1/desk/appointments/{appointment}/files/{attachment}": [SESSION, VISIT, "query", TWO],
    "POST /v1/desk/appointments/{appointment}/files/{attachment}/mark": [SESSION, VISIT, "query", THREE],
    # The entry, its line in each of its days, how often the customer waits, and the record.
    "POST /v1/waitlist": [SESSION, "write 4"],
    "POST /v1/desk/waitlist": [SESSION, "get phone", "get customer", "write 4"],
    "GET /v1/waitlist": [SESSION, "query", "batch_get_item"],
    "POST /v1/waitlist/{waiting}/leave": [SESSION, WAITING, "write 4"],
    "GET /v1/waits/{token}": [WAITING],
    "POST /v1/waits/{token}/accept": [WAITING, "write 7"],
    # The cell is given back, and the hold's chain ended.
    "POST /v1/waits/{token}/decline": [WAITING, SIX],
    "POST /v1/waits/{token}/leave": [WAITING, "write 4"],
    "GET /v1/desk/waitlist/{waiting}/history": [SESSION, WAITING, "query"],
    "GET /v1/desk/branches/{branch}/waitlist": [SESSION, "query"],
    "GET /v1/desk/branches/{branch}/slots": [SESSION, "query"],
    # The customer is looked up by their number.
    "POST /v1/desk/holds": [SESSION, "get phone", "get customer", "write 4"],
    "POST /v1/desk/appointments": [SESSION, THREE],
    # The day: a number is counted, and the whole queue is one query.
    # A device is asked for where it stands, too.
    "GET /v1/branches/{branch}/display": [SESSION, "query"],
    "GET /v1/branches/{branch}/tickets": [SESSION, KIOSK, "query"],
    "POST /v1/appointments/{appointment}/check-in": [SESSION, VISIT, "count", "query", THREE],
    "POST /v1/desk/branches/{branch}/check-in": [SESSION, VISIT, "count", "query", THREE],
    "POST /v1/desk/branches/{branch}/walk-ins": [SESSION, "count", "query", TWO],
    "GET /v1/desk/branches/{branch}/queue": [SESSION, "query"],
    "GET /v1/desk/branches/{branch}/queue/why": [SESSION, "query"],
    "GET /v1/desk/branches/{branch}/figures": [SESSION, "query"],
    # Of the first call it is measured how long it took.
    "POST /v1/desk/branches/{branch}/call-next": [SESSION, "query", VISIT, THREE],
    "POST /v1/desk/appointments/{appointment}/call": [SESSION, VISIT, THREE],
    "POST /v1/desk/appointments/{appointment}/recall": [SESSION, VISIT, TWO],
    "POST /v1/desk/appointments/{appointment}/park": [SESSION, VISIT, TWO],
    "POST /v1/desk/appointments/{appointment}/return": [SESSION, VISIT, TWO],
    "POST /v1/desk/appointments/{appointment}/transfer": [SESSION, VISIT, TWO],
    "POST /v1/desk/appointments/{appointment}/serve": [SESSION, VISIT, TWO],
    # What was seen for the visit, and the digest of the number before, are read at once; a walk-in has none.
    "POST /v1/desk/appointments/{appointment}/document": [SESSION, VISIT, FACE, TWO],
    "GET /v1/desk/appointments/{appointment}/document": [SESSION, VISIT, "get document"],
    "POST /v1/desk/appointments/{appointment}/document/second": [SESSION, VISIT, "get document", TWO],
    "POST /v1/desk/appointments/{appointment}/done": [SESSION, VISIT, THREE],
    "POST /v1/desk/appointments/{appointment}/no-show": [SESSION, VISIT, TWO],
    "PUT /v1/desk/branches/{branch}": [SESSION, "get shanghai-pudong", TWO],
    # What is set is read anew: branches and measures, then each day of each branch on which it is in force.
    "PUT /v1/desk/branches/{branch}/hours": [SESSION, BRANCH, BRANCH, TWO],
    "PUT /v1/desk/branches/{branch}/closures": [SESSION, BRANCH, "get plan", THREE, BRANCH, TWO, *["query"] * 3],
    "PUT /v1/desk/branches/{branch}/continuity": [SESSION, BRANCH, MEASURE, TWO, *["query"] * 3],
    # What is affected is looked for at each of the three branches of the unit.
    "PUT /v1/desk/units/{unit}/continuity": [SESSION, "get unit#east", TWO, *["query"] * 5],
    "GET /v1/desk/branches/{branch}/continuity": [SESSION, BRANCH, MEASURE],
    "GET /v1/desk/units/{unit}/continuity": [SESSION, "get unit#east"],
    "GET /v1/desk/branches/{branch}/continuity/plan": [SESSION, BRANCH, "get plan", "query"],
    "DELETE /v1/desk/branches/{branch}/continuity": [SESSION, BRANCH, MEASURE, TWO, *["query"] * 3],
    "DELETE /v1/desk/units/{unit}/continuity": [SESSION, "get unit#east", TWO, *["query"] * 5],
    "PUT /v1/desk/services/{service}": [SESSION, "get card-replacement", TWO],
    # Promised calls: beside the call and its record, the room in its window, the guard of the matter, and the word.
    "GET /v1/callbacks/windows": [SESSION, "query"],
    "POST /v1/callbacks": [SESSION, "get customer", "write 5"],
    "GET /v1/callbacks": [SESSION, "query"],
    "GET /v1/callbacks/{callback}": [SESSION, CALL],
    "POST /v1/callbacks/{callback}/reschedule": [SESSION, CALL, "write 4"],
    "POST /v1/callbacks/{callback}/cancel": [SESSION, CALL, "write 4"],
    "GET /v1/callbacks/verify": ["get word"],
    "GET /v1/me/callbacks/verify": [SESSION, "get word"],
    "GET /v1/me/contact-wishes": [SESSION, "get book"],
    "PUT /v1/me/contact-wishes": [SESSION, "get book", TWO],
    # The customer is looked up by their number, and where they are reached.
    "POST /v1/desk/callbacks": [SESSION, "get phone", "get customer", "get customer", "write 5"],
    "GET /v1/desk/callbacks": [SESSION, "query"],
    "GET /v1/desk/callbacks/line": [SESSION, "query"],
    # November in Shanghai begins in October of UTC.
    "GET /v1/desk/callbacks/figures": [SESSION, "query", "query"],
    "GET /v1/desk/callbacks/{callback}": [SESSION, CALL],
    "POST /v1/desk/callbacks/next": [SESSION, "query", CALL, "get book", "write 4"],
    # P5: at most four. Dialling is claimed before and confirmed after.
    "POST /v1/desk/callbacks/{callback}/dial": [SESSION, CALL, TWO, TWO],
    "POST /v1/desk/callbacks/{callback}/attempts": [SESSION, CALL, THREE],
    "GET /v1/desk/callbacks/scores": [SESSION, "query", "query"],
    "POST /v1/desk/callbacks/{callback}/answers": [SESSION, CALL, "write 2"],
    "POST /v1/desk/callbacks/{callback}/release": [SESSION, CALL, "get book", "write 4"],
    "POST /v1/desk/campaigns": [SESSION, "write 3"],
    "GET /v1/desk/campaigns": [SESSION, "query"],
    "GET /v1/desk/campaigns/{campaign}": [SESSION, "get campaign"],
    "GET /v1/desk/campaigns/{campaign}/figures": [SESSION, "get campaign"],
    "POST /v1/desk/campaigns/{campaign}/draw": [SESSION, "get campaign", "query", "write 4"],
    "POST /v1/desk/campaigns/{campaign}/start": [SESSION, "get campaign", "write 3"],
    "POST /v1/desk/campaigns/{campaign}/pause": [SESSION, "get campaign", "write 3"],
    "POST /v1/desk/campaigns/{campaign}/stop": [SESSION, "get campaign", "write 3"],
}
