"""What is asked in this room, one file a topic."""

from openhiu.web.monitoring.forms.delivery import DeliverForm, KindForm, RunForm
from openhiu.web.monitoring.forms.signals import AnswerForm, HardDayForm, RulesForm

__all__ = ["AnswerForm", "DeliverForm", "HardDayForm", "KindForm", "RulesForm", "RunForm"]
