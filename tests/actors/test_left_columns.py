"""Each column that names a post or an actor is told of by a departure, or said why not."""

from services.actors.contract.departure import Consequences
from services.actors.tables.base import METADATA

# Every column that names a post: what a departure tells of it, or why nothing is left by it.
LEFT_BY_POST = {
    "carried_issue.ambassador_post_id": "unanswered_issues",
    "contact.owner_post_id": "open_contacts",
    "holding.post_id": "ended_holdings",
    "joining.owner_post_id": "ownerless_joinings",
    "leader_assignment.post_id": "ownerless_leader_assignments",
    "mandate.ambassador_post_ids": "mandates",
    "mandate.holder_post_id": "mandates",
    "pledge.owner_post_id": "ownerless_pledges",
    "takeover.owner_post_id": "open_takeovers",
}
TOLD_BY_POST = {
    "contact.our_post_id": "who talked",
    "contact.post_id": "who was talked with",
    "gain.confirmed_by_post_id": "who confirmed it",
    "method_use.noted_by_post_id": "who noted it",
    "priority.decided_by_post_id": "who decided it",
    "readiness.assessed_by_post_id": "who assessed",
    "takeover.left_post_id": "who left it, and takes care of it no more",
}
LEFT_BY_ACTOR = {
    "joining.actor_id": "ownerless_joinings",
    "leader_assignment.actor_id": "ownerless_leader_assignments",
    "leader_assignment.funder_actor_id": "ownerless_leader_assignments",
    "mandate.holder_actor_id": "mandates",
    "mandate.issuer_actor_id": "mandates",
    "pledge.actor_id": "ownerless_pledges",
    "post.actor_id": "post_ids",
    "programme.provider_actor_id": "programmes",
    "relation.actor_id": "rebuild_relations",
    "relation.other_actor_id": "rebuild_relations",
    "role_trial.actor_id": "waiting_role_trials",
    "standing.actor_id": "standing",
}
TOLD_BY_ACTOR = {
    "actor.merged_first_id": "what it was before a merge",
    "actor.merged_into_id": "what it lives on as",
    "carried_issue.to_actor_id": "where it was carried; its ambassador brings the answer",
    "contact.actor_id": "who was talked with; who talked takes the next step",
    "contact.our_actor_id": "who talked; the post that takes the next step is told of",
    "gain.actor_id": "its own gain",
    "priority.actor_id": "what was decided about it",
    "readiness.actor_id": "what was judged of it",
    "relation_rating.rater_actor_id": "how it found a relation",
    "takeover.left_actor_id": "who left it",
}


def naming(noun: str) -> set[str]:
    """Every column of the registry that refers to a noun."""
    refers = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.c
        if any(key.column.table.name == noun for key in column.foreign_keys)
    }
    listed = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.c
        if column.name.endswith(f"{noun}_ids")
    }
    return refers | listed


def test_each_column_that_names_a_post_or_an_actor_is_told_of_or_said_why_not() -> None:
    for noun, left, told in (
        ("post", LEFT_BY_POST, TOLD_BY_POST), ("actor", LEFT_BY_ACTOR, TOLD_BY_ACTOR),
    ):  # fmt: skip
        assert naming(noun) == {*left, *told}
        assert not {*left} & {*told}
        assert {*left.values()} <= {*Consequences.model_fields}
