"""The lines that guard files: what may come, who sees it, when it is given out."""

from tests.mutants.mutant import Mutant

SENT = "tests/integration/test_attachments.py::"
JUDGED = "tests/integration/test_attachments_judged.py::"
SEEN = "tests/integration/test_attachments_seen.py::"
LINKS = "tests/contract/test_files.py::"
IN_FILES = [
    Mutant(
        "a file that nobody found clean is given out",
        "chalicelib/attachments/service/giving.py",
        "            if file.status in _NOT_YET:\n",
        "            if False:\n",
        JUDGED + "test_a_file_is_held_back_until_the_scanner_found_it_clean",
    ),
    Mutant(
        "a refused file is given out",
        "chalicelib/attachments/service/giving.py",
        "            if file.status is not Status.CLEAN:\n",
        "            if False:\n",
        SENT + "test_what_never_comes_is_ended_and_no_sooner_than_its_time_is_over",
    ),
    Mutant(
        "a customer reads what is internal",
        "chalicelib/attachments/service/giving.py",
        "            if not file.shown_to(staff=call.actor.is_staff):\n",
        "            if False:\n",
        SEEN + "test_what_is_internal_does_not_exist_for_customers",
    ),
    Mutant(
        "a customer is shown that there is something internal",
        "chalicelib/attachments/service/giving.py",
        "if it.shown_to(staff=call.actor.is_staff))",
        "if it.id)",
        SEEN + "test_what_is_internal_does_not_exist_for_customers",
    ),
    Mutant(
        "reading is not recorded",
        "chalicelib/attachments/service/giving.py",
        "return file, [events.AttachmentRead(file.ticket, file.id)]",
        "return file, []",
        SEEN + "test_every_link_to_a_file_is_a_record_of_who_asked",
    ),
    Mutant(
        "first bytes are not looked at",
        "chalicelib/attachments/policy.py",
        'return "" if KINDS[file.content_type].begins(first) else "type"',
        'return ""',
        SENT + "test_a_file_that_begins_otherwise_than_its_type_is_refused",
    ),
    Mutant(
        "another content than announced is taken",
        "chalicelib/attachments/policy.py",
        "    if sha256 != file.sha256:\n",
        "    if False:\n",
        SENT + "test_what_is_not_what_was_announced_is_refused_for_good",
    ),
    Mutant(
        "a ticket holds any number of files",
        "chalicelib/attachments/service/sending.py",
        "            if shelf.standing >= policy.MOST_STANDING:\n",
        "            if False:\n",
        SENT + "test_a_ticket_holds_twenty_files_and_what_came_to_nothing_does_not_count",
    ),
    Mutant(
        "a closed ticket takes files",
        "chalicelib/attachments/service/sending.py",
        "        if not matter.open:\n",
        "        if False:\n",
        SENT + "test_a_closed_ticket_takes_no_new_file_but_what_was_asked_for_before",
    ),
    Mutant(
        "that nothing was there yet is remembered as an answer",
        "chalicelib/attachments/service/sending.py",
        "replace(call, once=None), looked)",
        "call, looked)",
        SENT + "test_nothing_is_confirmed_before_it_has_arrived",
    ),
    Mutant(
        "who sent a file in finds it clean",
        "chalicelib/attachments/service/judging.py",
        "            if verdict is Verdict.CLEAN and file.by == call.actor.id:\n",
        "            if False:\n",
        JUDGED + "test_who_sent_a_file_in_does_not_find_it_clean",
    ),
    Mutant(
        "an infected file is not deleted",
        "chalicelib/attachments/service/judging.py",
        "        self.files.delete(file.kept)\n        self.heard",
        "        self.heard",
        JUDGED + "test_an_infected_file_is_deleted_and_the_customer_told_once",
    ),
    Mutant(
        "what is infected is not due until it is deleted",
        "chalicelib/attachments/service/judging.py",
        "return replace(judged, due_at=call.now), [events.AttachmentInfected",
        "return replace(judged, due_at=None), [events.AttachmentInfected",
        JUDGED + "test_while_the_store_is_away_an_infected_file_waits_to_be_deleted",
    ),
    Mutant(
        "an awaited file ends before its link does",
        "chalicelib/attachments/service/judging.py",
        "or file.due_at is None or call.now < file.due_at:\n        return file, []\n    expired",
        "or file.due_at is None:\n        return file, []\n    expired",
        SENT + "test_what_never_comes_is_ended_and_no_sooner_than_its_time_is_over",
    ),
    Mutant(
        "a file ends a waiting that began after it",
        "chalicelib/tickets/service/enclosing.py",
        "wait.reason is Reason.CUSTOMER and wait.since <= at for wait",
        "wait.reason is Reason.CUSTOMER for wait",
        SEEN + "test_a_file_ends_the_waiting_for_the_customer_that_began_before_it",
    ),
    Mutant(
        "files of a joined ticket are shown to whoever reaches the one",
        "chalicelib/tickets/service/enclosing.py",
        "waiting += self._reached(tie.ticket, act, call)",
        "waiting += [self._found(tie.ticket)]",
        SEEN + "test_who_speaks_on_one_ticket_only_does_not_see_the_files_of_the_other",
    ),
    Mutant(
        "any size may be uploaded with a link",
        "chalicelib/aws/files.py",
        '                "ContentLength": size,\n',
        "",
        LINKS + "test_a_link_to_upload_binds_size_type_checksum_and_time",
    ),
    Mutant(
        "any content may be uploaded with a link",
        "chalicelib/aws/files.py",
        '                "ChecksumSHA256": checksum,\n',
        "",
        LINKS + "test_a_link_to_upload_binds_size_type_checksum_and_time",
    ),
]
