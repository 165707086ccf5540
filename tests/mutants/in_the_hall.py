"""The lines that guard who comes to a kiosk, what a hall's devices see, and documents before a visit."""

from tests.mutants.mutant import Mutant

NOTED = "tests/unit/appointments/test_noting.py::"
OFFLINE = "tests/unit/kiosks/test_offline.py::"
SHOWN = "tests/unit/appointments/test_showing.py::"
PAPERS = "tests/unit/appointments/test_papers.py::"
KEPT = "tests/unit/appointments/test_papers_kept.py::"
WAITING = "tests/unit/appointments/test_papers_waiting.py::"
SHELVES = "tests/contract/test_shelves.py::"
NOTING = "chalicelib/appointments/service/noting.py"
ARRIVALS = "chalicelib/appointments/service/arrivals.py"
SHOWING = "chalicelib/appointments/service/showing.py"
CHECKING = "chalicelib/appointments/service/papers.py"
SAVING = "chalicelib/appointments/policy/papers.py"
JUDGING = "chalicelib/attachments/service/judging.py"
IN_THE_HALL = [
    Mutant(
        "a kiosk checks people in at another unit's branch",
        NOTING,
        "        if branch.unit != call.actor.unit:\n",
        "        if False:\n",
        NOTED + "test_a_kiosk_of_another_unit_checks_nobody_in",
    ),
    Mutant(
        "who was told twice is checked in twice",
        NOTING,
        "return found.turn is not None and found.status",
        "return found.turn is None and found.status",
        NOTED + "test_who_is_told_twice_is_checked_in_once",
    ),
    Mutant(
        "of two kiosks at once both check somebody in",
        ARRIVALS,
        "            if coming.note and before.turn is not None:",
        "            if False:",
        NOTED + "test_of_two_kiosks_that_tell_at_the_same_moment_one_is_first",
    ),
    Mutant(
        "who came while there was no line counts since the sync",
        ARRIVALS,
        "policy.arrived(before, branch, pool, ticket, coming.at)",
        "policy.arrived(before, branch, pool, ticket, call.now)",
        NOTED + "test_who_came_while_there_was_no_line_counts_since_they_came",
    ),
    Mutant(
        "who came to another kiosk is told that this one checked them in",
        NOTING,
        "return Came(CHECKED_IN if turn.note == note else ALREADY,",
        "return Came(CHECKED_IN,",
        NOTED + "test_of_two_kiosks_that_noted_the_same_person_the_second_hears_that_they_are_there",
    ),
    Mutant(
        "a kiosk forgets whom it noted while the tables are away",
        NOTING,
        "        except (Conflict, NotFound) as refused:",
        "        except Exception as refused:",
        NOTED + "test_what_is_over_when_it_is_told_again_is_no_answer",
    ),
    Mutant(
        "a number of another branch is known",
        NOTING,
        "if found is None or (found.branch != branch.id and not code):",
        "if found is None:",
        NOTED + "test_a_number_of_another_branch_is_not_known_and_a_code_says_where",
    ),
    Mutant(
        "a forged code finds somebody",
        ARRIVALS,
        'id_ = self.keys.opened("check_in", who.code) if who.code else who.number',
        "id_ = who.code[:-33] if who.code else who.number",
        NOTED + "test_forged_and_foreign_codes_find_nobody",
    ),
    Mutant(
        "the list has numbers in clear",
        "chalicelib/kiosks/service/offline.py",
        "Line(hashed(one.number, salt), hashed",
        "Line(one.number, hashed",
        OFFLINE + "test_the_list_has_digests_and_neither_number_nor_code",
    ),
    Mutant(
        "a kiosk's clock is believed whatever it says",
        "chalicelib/kiosks/service/offline.py",
        "        if doubt := policy.believed(one.at, call.now):\n            return Settled(one.event, doubt)\n",
        "",
        OFFLINE + "test_each_is_told_for_itself_and_counted_in_one_record",
    ),
    Mutant(
        "a display sees another branch",
        SHOWING,
        "self.devices.branch_of(call.actor.device) != branch.id",
        "not self.devices.branch_of(call.actor.device)",
        SHOWN + "test_a_device_sees_nothing_else",
    ),
    Mutant(
        "a display that may do nothing still stands somewhere",
        "chalicelib/kiosks/service/keeping.py",
        'return kiosk.branch if kiosk is not None and kiosk.state is State.ACTIVE else ""',
        'return kiosk.branch if kiosk is not None else ""',
        "tests/unit/kiosks/test_offline.py::test_only_a_device_that_is_in_use_stands_anywhere",
    ),
    Mutant(
        "customers sign in at a display",
        "chalicelib/kernel/access.py",
        "    Act.KIOSK_VISIT: _FOR_CUSTOMERS,\n",
        "    Act.KIOSK_VISIT: _EVERY_KIOSK,\n",
        "tests/unit/kernel/test_access.py::test_a_device_of_the_hall_reads_its_one_feed_and_changes_nothing_but_itself",
    ),
    Mutant(
        "a printer loses who was given a number just before",
        "chalicelib/appointments/policy/printing.py",
        "if turn.number > after - AGAIN)",
        "if turn.number > after)",
        SHOWN + "test_what_a_printer_was_given_comes_again_for_ten_numbers",
    ),
    Mutant(
        "a document is accepted that nobody found clean",
        CHECKING,
        "    if not item.clean:\n",
        "    if not item.file:\n",
        PAPERS + "test_a_document_is_scanned_then_looked_at_then_accepted_for_good",
    ),
    Mutant(
        "a newer document is accepted unseen",
        CHECKING,
        "    if item.file != found.file:\n        raise Changed\n",
        "",
        PAPERS + "test_only_what_was_looked_at_is_judged",
    ),
    Mutant(
        "an accepted document is taken back",
        CHECKING,
        "            if paper.accepted:\n                raise",
        "            if False:\n                raise",
        PAPERS + "test_a_document_is_scanned_then_looked_at_then_accepted_for_good",
    ),
    Mutant(
        "documents come once the visit has begun",
        CHECKING,
        "mine.status == Status.BOOKED, documents",
        "True, documents",
        PAPERS + "test_a_file_is_for_a_document_of_the_visit_and_before_it",
    ),
    Mutant(
        "anything is sent in for a visit",
        "chalicelib/attachments/service/sending.py",
        "        if announced.purpose not in matter.purposes:\n",
        "        if False:\n",
        PAPERS + "test_a_file_is_for_a_document_of_the_visit_and_before_it",
    ),
    Mutant(
        "the time that was saved is not given back",
        CHECKING,
        "freed=policy.freed(before, after))",
        "freed=None)",
        KEPT + "test_a_visit_is_shorter_by_what_its_accepted_documents_save_and_the_time_is_free",
    ),
    Mutant(
        "the same time is given back twice",
        SAVING,
        "cells = min(saves // last.minutes - appointment.saved // last.minutes, last.count - 1)",
        "cells = min(saves // last.minutes, last.count - 1)",
        KEPT + "test_a_visit_is_shorter_by_what_its_accepted_documents_save_and_the_time_is_free",
    ),
    Mutant(
        "nothing is left of a visit",
        SAVING,
        "planned - LEAST))",
        "planned))",
        KEPT + "test_a_visit_keeps_five_minutes_whatever_was_accepted",
    ),
    Mutant(
        "documents are kept for ever",
        "chalicelib/attachments/model.py",
        "(at for at in (self.due_at, self.keep_until) if",
        "(at for at in (self.due_at,) if",
        KEPT + "test_what_was_sent_in_is_gone_a_week_after_the_visit_and_not_before",
    ),
    Mutant(
        "a document is noted as deleted and is still there",
        JUDGING,
        "        if over and file.status is not Status.ENDED:\n            self.files.delete(file.kept)\n",
        "",
        KEPT + "test_what_was_sent_in_is_gone_a_week_after_the_visit_and_not_before",
    ),
    Mutant(
        "documents go by the time a visit had",
        JUDGING,
        "until = self.heard.kept_until(file.ticket)",
        "until = file.keep_until",
        KEPT + "test_what_is_kept_follows_the_visit",
    ),
    Mutant(
        "a document lives on in a visit that was cancelled",
        SAVING,
        "    if appointment.status == Status.CANCELLED:\n",
        "    if False:\n",
        KEPT + "test_a_visit_that_is_cancelled_keeps_nothing",
    ),
    Mutant(
        "who has come waits for a look at their documents",
        "chalicelib/appointments/model/appointment.py",
        'return self.branch if self.unseen is not None and self.status is Status.BOOKED else ""',
        'return self.branch if self.unseen is not None else ""',
        WAITING + "test_whoever_comes_or_cancels_waits_for_no_look_at_their_documents",
    ),
    Mutant(
        "a file is written over a newer one",
        "chalicelib/attachments/store.py",
        "return unchanged(TABLE, item, version) if version else Put(TABLE, item)",
        'return unchanged(TABLE, item, version) if "attachment" not in item else Put(TABLE, item, "NOT pk = sk")',
        SHELVES + "test_a_file_that_is_not_as_it_was_read_is_not_saved_nor_its_shelf",
    ),
    Mutant(
        "those behind wait for what accepted documents save",
        "chalicelib/appointments/policy/waiting.py",
        "return max(min(took, LEAST * 60.0), took - self._saved(entry)), sum(spread for _, spread in each)",
        "return took, sum(spread for _, spread in each)",
        "tests/unit/appointments/test_queue.py::test_what_accepted_documents_save_nobody_behind_waits_for",
    ),
]
