"""The samverkansärende: parties, team, hand-over, who may tell whom what, and what an owner's official is asked."""

from hub.cases.areas import AREAS, Area, Statement, area_of, by_area, since
from hub.cases.around import CaseAround, leading_handlers, on_whom
from hub.cases.drafted import Drafted
from hub.cases.endpoints import router
from hub.cases.errors import AlreadyInTeam, LastMember, NotAColleague
from hub.cases.facts import PartySeen
from hub.cases.gathering_endpoints import events
from hub.cases.gathering_endpoints import router as gathering_router
from hub.cases.inquiries import Inquiries
from hub.cases.inquiries_endpoints import router as _inquiries
from hub.cases.inquiry_asking import INQUIRY_WITHIN, INQUIRY_WITHIN_URGENT
from hub.cases.inquiry_receiving import ANSWERING, RECEIVING
from hub.cases.inquiry_said import Said, SaidFact
from hub.cases.inquiry_views import AnsweringView, InquiryView, WaitingInquiry
from hub.cases.log_questions import LogQuestions, LogQuestionView
from hub.cases.log_review_export import VERDICTS, as_csv, as_data, as_json
from hub.cases.log_review_rows import Verdict
from hub.cases.log_review_views import ReviewDue, ReviewPlan, Sample, SampledEntry
from hub.cases.log_reviews import LogReviews
from hub.cases.log_sampling import rules as log_review_rules
from hub.cases.model import CaseId, CaseState, InquiryId, InquiryState, Member, ReviewId, ReviewState, WithholdingId
from hub.cases.openings import Openings
from hub.cases.own import OwnCase, OwnCases
from hub.cases.picture import AgencyPart, Basis, Picture
from hub.cases.pictures import Pictures
from hub.cases.pins import PinId, Pinned, Pins
from hub.cases.plan import Plan
from hub.cases.preview import OwnerPart, Preview, ReceiverSees
from hub.cases.previews import Previews
from hub.cases.reading import CaseView
from hub.cases.reviews import ANSWERED_WITHIN, ANSWERED_WITHIN_URGENT, Reviews, ReviewView
from hub.cases.service import Cases
from hub.cases.sharing import SHARED, Sharing, Way
from hub.cases.who import Sees, Unread, Who, WhoSees
from hub.cases.who_rows import Official
from hub.cases.withholdings import Keep, KeepingGrounds, Kept, Withholdings
from hub.cases.withholdings_endpoints import router as _withholdings

__all__ = [
    "ANSWERED_WITHIN",
    "ANSWERED_WITHIN_URGENT",
    "ANSWERING",
    "AREAS",
    "INQUIRY_WITHIN",
    "INQUIRY_WITHIN_URGENT",
    "RECEIVING",
    "SHARED",
    "VERDICTS",
    "AgencyPart",
    "AlreadyInTeam",
    "AnsweringView",
    "Area",
    "Basis",
    "CaseAround",
    "CaseId",
    "CaseState",
    "CaseView",
    "Cases",
    "Drafted",
    "Inquiries",
    "InquiryId",
    "InquiryState",
    "InquiryView",
    "Keep",
    "KeepingGrounds",
    "Kept",
    "LastMember",
    "LogQuestionView",
    "LogQuestions",
    "LogReviews",
    "Member",
    "NotAColleague",
    "Official",
    "Openings",
    "OwnCase",
    "OwnCases",
    "OwnerPart",
    "PartySeen",
    "Picture",
    "Pictures",
    "PinId",
    "Pinned",
    "Pins",
    "Plan",
    "Preview",
    "Previews",
    "ReceiverSees",
    "ReviewDue",
    "ReviewId",
    "ReviewPlan",
    "ReviewState",
    "ReviewView",
    "Reviews",
    "Said",
    "SaidFact",
    "Sample",
    "SampledEntry",
    "Sees",
    "Sharing",
    "Statement",
    "Unread",
    "Verdict",
    "WaitingInquiry",
    "Way",
    "Who",
    "WhoSees",
    "WithholdingId",
    "Withholdings",
    "area_of",
    "as_csv",
    "as_data",
    "as_json",
    "by_area",
    "events",
    "gathering_router",
    "leading_handlers",
    "log_review_rules",
    "on_whom",
    "router",
    "since",
]

router.include_router(_inquiries)
router.include_router(_withholdings)
