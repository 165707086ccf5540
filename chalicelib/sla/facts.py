"""The facts that start, meet, stop or restart a clock: what a pack may name, and nothing else."""

# A misspelt fact would never happen and its clock never end, so the reader of packs refuses what is not listed here.
# docs/packs.md says the same in its own words, and a test compares the two.
FACTS: dict[str, str] = {
    "received": "the matter reached us",
    "assigned": "somebody became its owner",
    "accepted": "the owner said that they take it",
    "acknowledgement.delivered": "the acknowledgement reached the customer",
    "acknowledgement.posted": "the acknowledgement was handed to the post, with proof",
    "replied": "a person of ours answered the customer",
    "updated": "the customer was told something new about the matter",
    "holding_response.delivered": "the word why there is no answer yet reached the customer",
    "holding_response.posted": "the same, handed to the post, with proof",
    "investigated": "the facts are found out",
    "error_found": "we found that an error had happened",
    "corrected": "the error is put right",
    "internal_ombudsman.told": "the internal ombudsman has the case",
    "decision.delivered": "the decision reached the customer",
    "decision.posted": "the decision was handed to the post, with proof",
    "resolved": "the matter is settled",
    "new_facts": "the customer brought new facts and reasons",
    "withdrawn": "the customer took the matter back",
    "closed": "the matter was closed",
    "review_requested": "the customer asked for a review",
    "review.delivered": "the result of the review reached the customer",
    "review.posted": "the result of the review was handed to the post, with proof",
    "ombudsman.used": "the customer went to an ombudsman or another outside body",
    "ombudsman.notice": "an ombudsman asked us for an answer",
    "ombudsman.answered": "our answer reached the ombudsman",
    "objections.ended": "the time for objections to a death benefit is over",
}
