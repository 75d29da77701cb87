"""What the service itself knows of a period, for reports: an actor and a period come in; counts,
what changed, and what clients let us tell go out, in the shape of service_facts.json.

Counts are as they are. Whatever leaves the service from them passes the disclosure room first.
"""

from openhiu.web.casework.facts.gathering import VERSION, also_tells, facts_for
from openhiu.web.casework.facts.period import Period, period_of, quarter_period

__all__ = ["VERSION", "Period", "also_tells", "facts_for", "period_of", "quarter_period"]
