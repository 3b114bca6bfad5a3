"""The actors service, as pages use it."""

from gateway.clients.service import Noun, Service


class Actors(Service):
    """Who there is."""

    name = "actors"
    actors = Noun("/actors")
    standings = Noun("/standings")
    posts = Noun("/posts")
    holdings = Noun("/holdings")
    people = Noun("/people")
    relations = Noun("/relations")
    relation_ratings = Noun("/relation-ratings")
    programmes = Noun("/programmes")
    intakes = Noun("/intakes")
    contacts = Noun("/contacts")
    mandates = Noun("/mandates")
    endorsements = Noun("/endorsements")
    role_trials = Noun("/role-trials")
    readiness = Noun("/readiness")
    gains = Noun("/gains")
    pledges = Noun("/pledges")
    criteria = Noun("/criteria")
    priorities = Noun("/priorities")
    leader_assignments = Noun("/leader-assignments")
    process_leadership = Noun("/process-leadership")
    joinings = Noun("/joinings")
    methods = Noun("/methods")
    method_uses = Noun("/method-uses")
    competence_profiles = Noun("/competence-profiles")
    carried_issues = Noun("/carried-issues")
    takeovers = Noun("/takeovers")
    imports = Noun("/imports")
