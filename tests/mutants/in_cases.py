"""The lines that guard how a case goes: who approves, what stands, what is extended, merged, answered and alarmed."""

from tests.mutants.mutant import Mutant

APPROVAL = "tests/integration/test_approval.py::"
ANSWERS = "tests/integration/test_answers.py::"
TIME = "tests/integration/test_more_time.py::"
WAITING = "tests/integration/test_waiting.py::"
JOINING = "tests/integration/test_joining.py::"
SPEAKING = "tests/integration/test_speaking.py::"
CHARGE = "tests/integration/test_in_charge.py::"
ENQUIRIES = "tests/integration/test_enquiries.py::"
RECOGNISING = "tests/integration/test_recognising.py::"
GROUPING = "tests/integration/test_grouping.py::"
IN_CASES = [
    Mutant(
        "a late word about an earlier delivery ends a clock that began since",
        "chalicelib/tickets/model/clocks.py",
        "        if at < self.started_at:",
        "        if not fact:",
        "tests/unit/tickets/test_clock_facts.py::test_what_happened_before_a_clock_began_does_nothing_to_it",
    ),
    Mutant(
        "a complaint is in two groups",
        "chalicelib/tickets/service/grouping.py",
        'if one.group not in ("", leader.id):',
        "if False:",
        GROUPING + "test_a_complaint_is_in_one_group_and_no_member_leads",
    ),
    Mutant(
        "who is complained about reads the group",
        "chalicelib/tickets/service/grouping.py",
        "if row.about_staff != me.id",
        "if row",
        GROUPING + "test_what_is_about_the_reader_or_out_of_reach_is_not_in_the_list",
    ),
    Mutant(
        "an owner is asked at every angry word",
        "chalicelib/tickets/service/recognising.py",
        " or ticket.suspected_at is not None:",
        ":",
        RECOGNISING + "test_its_owner_is_asked_once_whether_it_is_one",
    ),
    Mutant(
        "a promoted matter counts from the question",
        "chalicelib/tickets/service/joining.py",
        "at = expressed_at or ticket.suspected_at or ticket.received_at",
        "at = expressed_at or ticket.received_at",
        RECOGNISING + "test_a_promoted_matter_counts_from_the_first_angry_word_and_not_from_the_question",
    ),
    Mutant(
        "who wrote a decision approves it",
        "chalicelib/complaints/service/deciding.py",
        'if call.actor.id in (ticket.process["decision"]["by"], ticket.owner):',
        "if call.actor.id == ticket.owner:",
        APPROVAL + "test_who_wrote_it_does_not_approve_it_where_another_owns_it",
    ),
    Mutant(
        "an owner approves",
        "chalicelib/complaints/service/deciding.py",
        'if call.actor.id in (ticket.process["decision"]["by"], ticket.owner):',
        'if call.actor.id == ticket.process["decision"]["by"]:',
        APPROVAL + "test_an_owner_who_did_not_write_it_does_not_approve_it",
    ),
    Mutant(
        "who works in a complained-about unit changes the case",
        "chalicelib/tickets/service/changing.py",
        'works_there = "" if act in access.LOOKING else actor.unit',
        'works_there = ""',
        APPROVAL + "test_a_unit_that_is_complained_about_changes_nothing_of_the_case",
    ),
    Mutant(
        "what is proposed is decided past its approver",
        "chalicelib/complaints/service/deciding.py",
        "NEXT, out_of=_UNDECIDED)",
        "NEXT)",
        APPROVAL + "test_what_is_proposed_is_not_taken_past_its_approver",
    ),
    Mutant(
        "a customer answers what they have not been told",
        "chalicelib/complaints/service/answering.py",
        "NEXT, out_of={Status.DELIVERED, Status.CLOSED})",
        "NEXT)",
        APPROVAL + "test_what_is_proposed_is_not_taken_past_its_approver",
    ),
    Mutant(
        "redress that is only proposed is paid",
        "chalicelib/complaints/service/delivering.py",
        "if ticket.status not in _OWED or not",
        "if not",
        APPROVAL + "test_what_is_only_proposed_is_not_paid",
    ),
    Mutant(
        "a review is decided by who decided first",
        "chalicelib/complaints/service/deciding.py",
        'if "review" in ticket.process and call.actor.id ==',
        'if call.actor.id == "" ==',
        ANSWERS + "test_a_review_is_decided_by_another_delivered_and_final",
    ),
    Mutant(
        "the time for a review begins with any clock",
        "chalicelib/complaints/service/answering.py",
        ' if clock.clock(self.packs).rule.kind == "final"]',
        "]",
        ANSWERS + "test_a_late_acknowledgement_does_not_shorten_the_time_for_a_review",
    ),
    Mutant(
        "who asks for more time grants it",
        "chalicelib/complaints/service/extending.py",
        "if one.by == call.actor.id:",
        "if False:",
        TIME + "test_nobody_approves_what_they_asked_for_and_no_agent_approves",
    ),
    Mutant(
        "a clock that ran out is extended",
        "chalicelib/complaints/service/extending.py",
        "if facts.over or derived.due(now).at <= now or step not in able:",
        "if facts.over or step not in able:",
        TIME + "test_nothing_is_extended_after_the_clock_ran_out",
    ),
    Mutant(
        "a step that needs somebody above needs nobody",
        "chalicelib/complaints/policy.py",
        "if step.approval in ABOVE:",
        "if False:",
        TIME + "test_a_step_the_text_wants_approved_above_is_approved_there",
    ),
    Mutant(
        "a clock stands for any reason",
        "chalicelib/tickets/model/clocks.py",
        " or not self.clock(packs).pausable(reason):",
        ":",
        WAITING + "test_a_statutory_clock_stands_only_for_what_its_pack_lists",
    ),
    Mutant(
        "waiting has no end",
        "chalicelib/tickets/service/handling.py",
        "if latest is not None and until > latest:",
        "if False:",
        WAITING + "test_waiting_ends_at_its_limit",
    ),
    Mutant(
        "the customer's word does not end the waiting for them",
        "chalicelib/tickets/service/conversation.py",
        "if ticket.waits_for(Reason.CUSTOMER):",
        "if False:",
        WAITING + "test_the_customers_reply_ends_the_waiting_for_them_and_for_nobody_else",
    ),
    Mutant(
        "two customers' matters are merged",
        "chalicelib/tickets/service/joining.py",
        "if gone.customer_id != kept.customer_id:",
        "if False:",
        JOINING + "test_only_open_matters_of_one_customer_are_merged",
    ),
    Mutant(
        "the later time of two is kept",
        "chalicelib/tickets/service/joining.py",
        "earlier = min(gone.received_at, kept.received_at)",
        "earlier = max(gone.received_at, kept.received_at)",
        JOINING + "test_what_is_merged_goes_on_in_the_other_from_the_earlier_time",
    ),
    Mutant(
        "a mandate never ends",
        "chalicelib/tickets/model/people.py",
        "(self.until is None or now < self.until)",
        "True",
        SPEAKING + "test_a_mandate_ends_when_it_says_and_when_it_is_taken_back",
    ),
    Mutant(
        "a sixth speaks for the customer",
        "chalicelib/tickets/service/speaking.py",
        "if len(others) >= MOST_REPRESENTATIVES:",
        "if len(others) > MOST_REPRESENTATIVES:",
        SPEAKING + "test_at_most_five_speak_for_one_customer",
    ),
    Mutant(
        "a way the customer cannot use is taken",
        "chalicelib/complaints/service/delivering.py",
        "if way in unsuitable:",
        "if False:",
        SPEAKING + "test_what_somebody_cannot_use_is_no_way_to_them",
    ),
    Mutant(
        "a critical complaint becomes a major one",
        "chalicelib/complaints/service/filing.py",
        "Severity.CRITICAL if ticket.severity is Severity.CRITICAL else Severity.MAJOR",
        "Severity.MAJOR",
        CHARGE + "test_what_turns_out_to_be_grave_alarms_then_and_stays_as_grave_as_it_was_found",
    ),
    Mutant(
        "the work of anybody accepts a case",
        "chalicelib/tickets/service/conversation.py",
        "if call.actor.id == ticket.owner:",
        "if True:",
        CHARGE + "test_the_work_of_another_does_not_accept_it",
    ),
    Mutant(
        "what is resolved long ago is reopened",
        "chalicelib/tickets/service/handling.py",
        "call.now - ticket.closed_at > policy.REOPEN_WINDOW",
        "False",
        ENQUIRIES + "test_after_thirty_days_nothing_is_reopened",
    ),
]
