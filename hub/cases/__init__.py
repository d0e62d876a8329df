"""The samverkansärende: parties, team, hand-over, who may tell whom what, and what an owner's official is asked."""

from hub.cases.around import CaseAround, leading_handlers, on_whom
from hub.cases.endpoints import router
from hub.cases.errors import AlreadyInTeam, LastMember, NotAColleague
from hub.cases.facts import PartySeen
from hub.cases.log_questions import LogQuestions, LogQuestionView
from hub.cases.model import CaseId, CaseState, Member, ReviewId, ReviewState
from hub.cases.own import OwnCase, OwnCases
from hub.cases.reading import CaseView
from hub.cases.reviews import ANSWERED_WITHIN, ANSWERED_WITHIN_URGENT, Reviews, ReviewView
from hub.cases.service import Cases
from hub.cases.sharing import SHARED, Sharing, Way

__all__ = [
    "ANSWERED_WITHIN",
    "ANSWERED_WITHIN_URGENT",
    "SHARED",
    "AlreadyInTeam",
    "CaseAround",
    "CaseId",
    "CaseState",
    "CaseView",
    "Cases",
    "LastMember",
    "LogQuestionView",
    "LogQuestions",
    "Member",
    "NotAColleague",
    "OwnCase",
    "OwnCases",
    "PartySeen",
    "ReviewId",
    "ReviewState",
    "ReviewView",
    "Reviews",
    "Sharing",
    "Way",
    "leading_handlers",
    "on_whom",
    "router",
]
