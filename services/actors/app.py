"""The actors service, assembled."""

from fastapi import FastAPI

from services.actors.actor import routes as actor
from services.actors.actor.queries import ACTORS
from services.actors.carried_issue import routes as carried_issue
from services.actors.carried_issue.queries import CARRIED_ISSUES
from services.actors.competence_profile import routes as competence_profile
from services.actors.competence_profile.queries import COMPETENCE_PROFILES
from services.actors.contact import routes as contact
from services.actors.contact.queries import CONTACTS
from services.actors.correction import routes as correction
from services.actors.criterion import routes as criterion
from services.actors.criterion.queries import CRITERIA
from services.actors.departure import routes as departure
from services.actors.endorsement import routes as endorsement
from services.actors.endorsement.queries import ENDORSEMENTS
from services.actors.gain import routes as gain
from services.actors.gain.queries import GAINS
from services.actors.importing import routes as importing
from services.actors.importing.queries import IMPORTS
from services.actors.joining import routes as joining
from services.actors.joining.queries import JOININGS
from services.actors.lead_time import routes as lead_time
from services.actors.leader_assignment import routes as leader_assignment
from services.actors.leader_assignment.queries import LEADER_ASSIGNMENTS
from services.actors.mandate import routes as mandate
from services.actors.mandate.queries import MANDATES
from services.actors.merge import routes as merge
from services.actors.method import routes as method
from services.actors.method.queries import METHODS
from services.actors.method_use import routes as method_use
from services.actors.method_use.queries import METHOD_USES
from services.actors.person import routes as person
from services.actors.person.queries import PEOPLE
from services.actors.pledge import routes as pledge
from services.actors.pledge.queries import PLEDGES
from services.actors.popolo import routes as popolo
from services.actors.post import routes as post
from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.priority import routes as priority
from services.actors.priority.queries import PRIORITIES
from services.actors.process_leadership import routes as process_leadership
from services.actors.programme import routes as programme
from services.actors.programme.queries import INTAKES, PROGRAMMES
from services.actors.readiness import routes as readiness
from services.actors.readiness.queries import READINESS
from services.actors.relation import routes as relation
from services.actors.relation.queries import RELATIONS
from services.actors.relation_rating import routes as relation_rating
from services.actors.relation_rating.queries import RELATION_RATINGS
from services.actors.rights import RIGHTS
from services.actors.role_trial import routes as role_trial
from services.actors.role_trial.queries import ROLE_TRIALS
from services.actors.standing import routes as standing
from services.actors.standing.queries import STANDINGS
from services.actors.tables import METADATA
from services.actors.takeover import routes as takeover
from services.actors.takeover.queries import TAKEOVERS
from services.actors.timeline import routes as timeline
from services.kit.app import create_service
from services.kit.settings import Settings
from services.kit.switchboard import Line, Switchboard, remote_line

COLLECTIONS = (
    ACTORS,
    STANDINGS,
    POSTS,
    HOLDINGS,
    PEOPLE,
    RELATIONS,
    RELATION_RATINGS,
    PROGRAMMES,
    INTAKES,
    CONTACTS,
    MANDATES,
    ENDORSEMENTS,
    ROLE_TRIALS,
    READINESS,
    GAINS,
    PLEDGES,
    CRITERIA,
    PRIORITIES,
    LEADER_ASSIGNMENTS,
    JOININGS,
    METHODS,
    METHOD_USES,
    COMPETENCE_PROFILES,
    CARRIED_ISSUES,
    TAKEOVERS,
    IMPORTS,
)
# Fixed addresses first: "/actors/likely-same" must not be read as an id.
ROUTERS = (
    actor.router,
    standing.router,
    departure.router,
    merge.router,
    popolo.router,
    contact.router,
    timeline.router,
    correction.router,
    actor.actors,
    departure.standings,
    post.posts,
    post.holdings,
    person.people,
    relation.relations,
    relation_rating.relation_ratings,
    programme.router,
    programme.programmes,
    programme.intakes,
    contact.contacts,
    mandate.router,
    endorsement.router,
    mandate.mandates,
    endorsement.endorsements,
    role_trial.role_trials,
    readiness.readiness,
    gain.gains,
    pledge.router,
    pledge.pledges,
    criterion.criteria,
    priority.priorities,
    leader_assignment.router,
    leader_assignment.leader_assignments,
    process_leadership.router,
    lead_time.router,
    joining.joinings,
    method.router,
    method.methods,
    method_use.method_uses,
    competence_profile.router,
    competence_profile.competence_profiles,
    carried_issue.carried_issues,
    takeover.router,
    takeover.takeovers,
    importing.router,
    importing.imports,
)


def create_app(settings: Settings) -> FastAPI:
    """The service as one ASGI app; where it has no address of councils it does not ask them."""
    app = create_service(
        "actors",
        settings=settings,
        metadata=METADATA,
        routers=ROUTERS,
        collections=COLLECTIONS,
        rights=RIGHTS,
        title="Kompetensnav: aktörer",
    )
    if addresses := settings.urls("councils"):
        connect(app, remote_line(addresses))
    return app


def connect(app: FastAPI, councils: Line) -> None:
    """Give the service its way to those who use what it keeps, and keep what it names."""
    lines = {"councils": councils}
    app.state.wire = Switchboard(app.state.settings.keys, lines, issuer="actors")
