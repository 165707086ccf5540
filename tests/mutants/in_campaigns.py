"""The lines that guard who is drawn for a campaign, who is called, and when it ends."""

from tests.mutants.mutant import Mutant

POLICY = "chalicelib/callbacks/campaigns/policy.py"
WORKING = "chalicelib/callbacks/campaigns/service/working.py"
RUNNING = "chalicelib/callbacks/campaigns/service/running.py"
INVITING = "chalicelib/callbacks/service/inviting.py"
RULES = "tests/unit/callbacks/test_campaign_policy.py::"
LIFE = "tests/unit/callbacks/test_campaigns.py::"
ENDS = "tests/unit/callbacks/test_campaign_ends.py::"
KILLS = "tests/simulation/test_campaign_kills.py::"
IN_CAMPAIGNS = [
    Mutant(
        "the first to come are drawn, whatever the seed",
        POLICY,
        'return hashlib.sha256(f"{seed}\\x1f{ticket}".encode()).hexdigest()',
        "return hashlib.sha256(ticket.encode()).hexdigest()",
        RULES + "test_another_seed_draws_others_and_everybody_is_drawn_about_as_often",
    ),
    Mutant(
        "calls under way are not counted against the quota",
        "chalicelib/callbacks/campaigns/model.py",
        "return max(0, self.quota - self.kept - len(self.open))",
        "return max(0, self.quota - self.kept)",
        RULES + "test_whatever_comes_of_the_calls_no_quota_is_passed_and_everybody_has_one_turn",
    ),
    Mutant(
        "a day has no end",
        POLICY,
        "begun = campaign.begun if campaign.begun_on == today else 0",
        "begun = 0",
        RULES + "test_no_more_are_begun_in_a_day_than_the_plan_says_and_others_the_next",
    ),
    Mutant(
        "a paused campaign calls on",
        POLICY,
        "if campaign.status is not Status.RUNNING or today > plan.ends_on or room < 1:",
        "if today > plan.ends_on or room < 1:",
        RULES + "test_nobody_has_their_turn_in_a_campaign_that_does_not_run",
    ),
    Mutant(
        "a campaign goes on after its last day",
        POLICY,
        "if campaign.status is not Status.RUNNING or today > plan.ends_on or room < 1:",
        "if campaign.status is not Status.RUNNING or room < 1:",
        RULES + "test_nobody_has_their_turn_in_a_campaign_that_does_not_run",
    ),
    Mutant(
        "refusals end nothing",
        POLICY,
        "if ended >= plan.refused_least and declined * 100 >= plan.refused_percent * ended:",
        "if ended >= plan.refused_least and declined * 100 > plan.refused_percent * 100 * ended:",
        ENDS + "test_too_many_refusals_end_it_and_what_is_under_way_is_still_counted",
    ),
    Mutant(
        "whose turn it is is not stored before they are called",
        WORKING,
        'ids.new_id("cbk", campaign.created_at, hashlib.sha256(f"{campaign.id}\\x1f{ticket}".encode()).digest())',
        'ids.new_id("cbk", campaign.created_at, hashlib.sha256(f"{campaign.version}\\x1f{ticket}".encode()).digest())',
        KILLS + "test_whatever_is_the_last_thing_it_does_is_gone_on_with",
    ),
    Mutant(
        "a stopped campaign begins the calls that it had not begun",
        WORKING,
        """        if campaign.status is Status.OVER:
            return "stopped"
""",
        "",
        ENDS + "test_what_is_stopped_makes_the_calls_that_were_announced_and_no_others",
    ),
    Mutant(
        "wishes do not count in campaigns",
        INVITING,
        "        if wish is not None:\n            return wish.why\n",
        "",
        LIFE + "test_whose_turn_it_is_but_who_must_not_be_called_is_passed_over_and_said_why",
    ),
    Mutant(
        "the same customers are asked in every campaign",
        INVITING,
        "if self._asked_since(drafted.customer_id, call.now - rest):",
        "if self._asked_since(drafted.customer_id, call.now):",
        LIFE + "test_nobody_is_asked_again_within_the_days_of_rest_nor_after_a_follow_up",
    ),
    Mutant(
        "supervisors run campaigns of every unit",
        "chalicelib/callbacks/campaigns/service/changing.py",
        "access.require_on(call.actor, act, unit=campaign.plan.unit)",
        "access.require(call.actor, act)",
        LIFE + "test_only_supervisors_of_the_unit_run_it_and_only_who_reads_reports_sees_it",
    ),
    Mutant(
        "a campaign goes before who was promised an hour",
        "chalicelib/callbacks/policy/order.py",
        "return since - credit + (YIELDS if callback.purpose is Purpose.CAMPAIGN else timedelta())",
        "return since - credit",
        LIFE + "test_its_calls_are_announced_take_no_room_and_give_way_to_who_asked",
    ),
    Mutant(
        "who is not reached for a campaign is written to",
        "chalicelib/callbacks/service/moving.py",
        'if callback.purpose is Purpose.CAMPAIGN and why != "wrong_number":',
        'if callback.purpose is None and why != "wrong_number":',
        ENDS + "test_who_is_not_reached_is_left_in_peace_and_no_owner_of_a_case_hears_of_it",
    ),
    Mutant(
        "what was tried twice and may not be tried again counts as a refusal",
        "chalicelib/callbacks/service/barring.py",
        "if callback.tries and why in _NOT_WISHES:",
        "if callback.tries and why == _NOT_WISHES:",
        ENDS + "test_who_is_not_reached_is_left_in_peace_and_no_owner_of_a_case_hears_of_it",
    ),
    Mutant(
        "it is drawn from as many cases as there are",
        RUNNING,
        "if read > policy.MOST_CASES:",
        "if read < 0:",
        LIFE + "test_more_cases_than_can_be_drawn_from_are_refused_and_nothing_is_drawn",
    ),
]
