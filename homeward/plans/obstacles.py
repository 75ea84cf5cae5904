"""Whether a case is still on a path that a plan belongs to."""

from typing import TYPE_CHECKING

from homeward.cases.journey_rules import Act, Obstacle
from homeward.cases.obstacles import NotNow, obstacle_for

if TYPE_CHECKING:
    from homeward.cases.models import Case


def require_on_path(case: "Case") -> None:
    """Raise NotNow, saying why, when nothing is planned with this person any more, or not yet."""
    obstacle = obstacle_for(case, Act.BEGIN_PLANNING)
    if obstacle and obstacle != Obstacle.PLANNING_ALREADY:
        raise NotNow(obstacle)
