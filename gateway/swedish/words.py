"""The words themselves: one for each code, and another where its class needs one."""

WORDS: dict[str, str] = {
    # roles and people
    "process_leader": "Processledare",
    "strategist": "Strateg",
    "administrator": "Administratör",
    "council_member": "Rådsledamot",
    "reader": "Läsare",
}

BY_KIND: dict[str, dict[str, str]] = {}

# How states are drawn (a form and a colour beside the word).
LOOKS: dict[str, frozenset[str]] = {
    "done": frozenset(
        {"active", "approved", "accepted", "closed_met", "covered", "done", "endorsed", "goal_met"}
        | {"locked", "met", "published", "realised", "fully", "trusting", "held", "attending"}
    ),
    "wait": frozenset(
        {"adapted", "asked", "draft", "forming", "identified", "invited", "new", "partly"}
        | {"prioritised", "proposed", "review", "strained", "planned", "pending", "unanswered"}
    ),
    "stop": frozenset(
        {"cancelled", "declined", "dropped", "gap", "overdue", "rebuild", "stopped", "missing"}
        | {"lapsed", "absent", "failed"}
    ),
    "going": frozenset({"being_met", "decided", "presented", "running", "working", "started"}),
    "rest": frozenset(
        {"closed", "dormant", "ended", "expired", "mapped", "merged", "not_yet", "superseded"}
        | {"undecidable", "withdrawn", "split"}
    ),
}
