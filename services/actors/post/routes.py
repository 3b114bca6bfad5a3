"""Where posts and holdings are asked for and changed over HTTP."""

from services.actors.post import actions
from services.actors.post.queries import HOLDINGS, POSTS
from services.kit.bulk import Bulk
from services.kit.resources import resource

posts = resource(POSTS, judge=actions.judge, remove=actions.remove_post, bulk=Bulk())
holdings = resource(HOLDINGS, judge=actions.judge_holding, bulk=Bulk(weigh=actions.judge_holdings))
