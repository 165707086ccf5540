"""The lines that guard which text waits, which is not wished, and what counts."""

from tests.mutants.mutant import Mutant

HOLDING = "tests/unit/notifications/test_holding.py::"
TEXTING = "tests/unit/callbacks/test_texting.py::"
CONTACT = "tests/unit/sla/test_classes_of_texts.py::"
NOTICES = "tests/unit/kernel/test_notices.py::"
IN_TEXTS = [
    Mutant(
        "staff are not told at night",
        "chalicelib/notifications/service/holding.py",
        'if word["to"] != "customer":',
        'if word["to"] == "nobody":',
        HOLDING + "test_staff_are_told_at_any_hour",
    ),
    Mutant(
        "a held text is sent though nobody owes it any more",
        "chalicelib/notifications/service/sending.py",
        'if begins and not self.owed.owes(about, word["key"]):',
        'if known == [None] and not self.owed.owes(about, word["key"]):',
        HOLDING + "test_what_is_owed_no_longer_by_the_morning_is_never_sent",
    ),
    Mutant(
        "a held text stays held for ever",
        "chalicelib/notifications/service/holding.py",
        "text is None or text.status in (Status.HELD, Status.WITHHELD)",
        "text is None",
        HOLDING + "test_whoever_asks_again_hears_it_again_and_in_the_morning_it_goes_once",
    ),
    Mutant(
        "a provider that comes back at night wakes people up",
        "chalicelib/notifications/service/sending.py",
        """        if bar is not None:
            return self.holding.wait(text, bar, call)
""",
        "",
        HOLDING + "test_a_provider_that_comes_back_at_night_wakes_nobody",
    ),
    Mutant(
        "what is not wished is asked for again every day",
        "chalicelib/notifications/service/holding.py",
        "status = Status.WITHHELD if bar.until is None else Status.HELD",
        "status = Status.HELD",
        HOLDING + "test_what_its_reader_refuses_is_withheld_and_said_so_again_to_who_has_not_heard",
    ),
    Mutant(
        "what nobody has classed is held",
        "chalicelib/callbacks/service/texting.py",
        "        if purpose is None:\n            return None\n",
        "        purpose = purpose or Purpose.NEWS\n",
        TEXTING + "test_what_is_owed_and_what_nobody_has_classed_goes_at_night_and_counts_for_nothing",
    ),
    Mutant(
        "a word that is said again counts twice",
        "chalicelib/callbacks/service/texting.py",
        "policy.barred(book.given_back(word), frame, call.now)",
        "policy.barred(book, frame, call.now)",
        TEXTING + "test_after_four_in_a_day_the_fifth_waits_for_the_next_and_news_does_not",
    ),
    Mutant(
        "reminders are not counted",
        "chalicelib/callbacks/service/texting.py",
        "if found is None and not known:",
        "if found is None and known:",
        TEXTING + "test_a_reminder_is_written_into_the_book_once_however_often_it_is_asked_about",
    ),
    Mutant(
        "reminders stand against calls that were asked for",
        "chalicelib/callbacks/policy/budget.py",
        "if one.called or rule.counts is Counted.CONTACTS]",
        "if rule]",
        TEXTING + "test_reminders_count_against_campaigns_and_not_against_what_they_asked_for",
    ),
    Mutant(
        "who refuses calls gets no reminders",
        "chalicelib/callbacks/policy/budget.py",
        "if book.do_not_call and rule.purpose not in OF_TEXTS:",
        "if book.do_not_call:",
        TEXTING + "test_do_not_call_is_of_calls",
    ),
    Mutant(
        "a refusal in a call ends the one that stands for longer",
        "chalicelib/callbacks/model/contacts.py",
        "longest = max(until, self.refused.get(purpose, until))",
        "longest = until",
        TEXTING + "test_a_refusal_of_ones_own_accord_is_not_cut_short_by_one_in_a_call",
    ),
    Mutant(
        "a call that is not wished is announced",
        "chalicelib/callbacks/service/working.py",
        """        if unwished is not None:
            return unwished
""",
        "",
        TEXTING + "test_a_call_that_is_not_wished_any_more_is_not_announced",
    ),
    Mutant(
        "a hint that comes late puts a word off again",
        "chalicelib/kernel/notices.py",
        "if it.key == key and it.asked_at < until else it",
        "if it.key == key else it",
        NOTICES + "test_what_was_asked_for_since_then_is_left_alone",
    ),
    Mutant(
        "a text may be of two classes",
        "chalicelib/sla/contact.py",
        "if len(found) < sum(map(len, classed.values())):",
        "if len(found) > sum(map(len, classed.values())):",
        CONTACT + "test_no_text_is_of_two_classes",
    ),
    Mutant(
        "the tenth version of a day comes before the second",
        "chalicelib/sla/reading.py",
        'return one.effective_from, int(one.version.rpartition(".")[2])',
        'return one.effective_from, int(one.version.rpartition(".")[2][:1])',
        "tests/unit/sla/test_reading.py",
    ),
    Mutant(
        "nobody finds where the chain of somebody's wishes ends",
        "chalicelib/callbacks/store/beside.py",
        '        "id": book.subject,\n',
        "",
        "tests/integration/test_campaigns.py::test_the_chains_of_wishes_texts_calls_and_campaigns_are_all_sound",
    ),
]
