"""Decision reviews: what came of a decision, on a day somebody looked at it again."""

from services.kit.contract import Day, Draft, Faults, LongText, Reference, Thing, rule, wrong


class DecisionReviewDraft(Draft):
    """What somebody found when a decision was looked at again."""

    decision_id: Reference
    reviewed_on: Day
    finding: LongText
    next_review_on: Day | None = None

    @rule
    def _later(self) -> Faults:
        if self.next_review_on is not None and self.next_review_on <= self.reviewed_on:
            yield wrong("next_review_on", "too_early", "it is looked at again on a later day")


class DecisionReview(Thing, DecisionReviewDraft):
    """What came of a decision, as it was found on a day."""
