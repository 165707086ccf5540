"""What stands in the places of a path where it is about nothing that there is."""

import re

# Ids of nothing, for the places in a path; what is left unfilled is no id of anything.
NOTHING = "01M8323B80R71NV7ECMN7C58DA"
PLACES = {
    "verification": f"ver_{NOTHING}",
    "answer": f"ans_{NOTHING}",
    "attachment": f"att_{NOTHING}",
    "callback": f"cbk_{NOTHING}",
    "campaign": f"cmp_{NOTHING}",
    "check": f"fch_{NOTHING}",
    "emergency": f"emg_{NOTHING}",
    "customer": f"cus_{NOTHING}",
    "kiosk": f"kio_{NOTHING}",
    "waiting": f"wtl_{NOTHING}",
    "provider": "dutydesk",
    "name": "open",
    "scheme": "jrt0169",
    "token": "nothing",
    "n": "1",
    "queue": "notifications",
    "representative": "cus_none",
    "staff": "agent-east",
}


def filled(path: str, ticket: str = f"tkt_{NOTHING}") -> str:
    """Give a path with its places filled."""
    places = PLACES | {"ticket": ticket, "task": f"{ticket.replace('tkt_', 'task_')}_1"}
    return re.sub(r"\{(\w+)\}", lambda found: places.get(found[1], found[0]), path)
