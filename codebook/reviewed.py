"""Who has reviewed what, as a condition for queries: the latest review row is what counts."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from capture.models import Review


def reviewed_by(user_id: int, passage_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether this person has reviewed the passage, and not taken it back since."""
    review, later = aliased(Review), aliased(Review)
    superseded = select(later.id).where(
        later.user_id == user_id, later.passage_id == review.passage_id, later.id > review.id
    )
    return (
        select(review.id)
        .where(
            review.passage_id == passage_id,
            review.user_id == user_id,
            review.outcome != "withdrawn",
            ~superseded.exists(),
        )
        .exists()
    )
