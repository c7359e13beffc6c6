"""How a link reads from either of its ends."""

from __future__ import annotations

from enum import Enum

from helpdesk_tui.domain.ticket import Relation
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError


class Tie(Enum):
    """A relation and the end it is looked at from: `backwards` where it is kept on the other ticket."""

    RELATES = (Relation.RELATES, False, "relates to")
    BLOCKS = (Relation.BLOCKS, False, "blocks")
    BLOCKED_BY = (Relation.BLOCKS, True, "blocked by")
    DUPLICATES = (Relation.DUPLICATES, False, "duplicates")
    DUPLICATED_BY = (Relation.DUPLICATES, True, "duplicated by")
    CHILD = (Relation.PARENT, False, "child of")
    PARENT = (Relation.PARENT, True, "parent of")

    def __init__(self, relation: Relation, backwards: bool, words: str) -> None:
        self.relation = relation
        self.backwards = backwards
        self.words = words
        """What stands between the two numbers: #142 `blocked by` #98."""

    @property
    def mutual(self) -> bool:
        """Whether it reads alike from both ends."""
        return self.relation is Relation.RELATES


TIES = {tie.words.replace(" ", "-"): tie for tie in Tie}
"""Every tie by the one word it is typed as."""

_ALSO = {
    "relates": Tie.RELATES,
    "related": Tie.RELATES,
    "related to": Tie.RELATES,
    "is blocked by": Tie.BLOCKED_BY,
    "waits for": Tie.BLOCKED_BY,
    "duplicate": Tie.DUPLICATES,
    "duplicate of": Tie.DUPLICATES,
}


def words_of(relation: str, *, backwards: bool) -> str:
    """How a kept relation reads from its beginning or, `backwards`, from its end."""
    ties = (tie for tie in Tie if tie.relation.value == relation)
    return next((tie.words for tie in ties if tie.mutual or tie.backwards is backwards), relation)


def tie(words: str) -> Tie:
    """The tie of these words. UsageError, with all there are, for anything else."""
    folded = fold(words.replace("-", " ").replace("_", " "))
    found = next((one for one in Tie if one.words == folded), _ALSO.get(folded))
    if found is None:
        shown = words if len(words) <= 30 else words[:29] + "…"
        raise UsageError(f"Tickets are not linked by {shown!r}.", f"One of: {', '.join(TIES)}.")
    return found
