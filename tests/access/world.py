"""What the access matrix of the API is tried on: Sami's case with one of everything, made when asked for."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from types import SimpleNamespace

from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.approvals.commands import answer_approval
from homeward.approvals.rules import Verdict
from homeward.approvals.tests.asked import asked
from homeward.assessments import commands as assessments
from homeward.assessments.queries import open_proposals
from homeward.assessments.rules import Kind
from homeward.assistance import commands as assistance
from homeward.assistance.commands.committing import Part
from homeward.assistance.rules import Milestone, ProofKind
from homeward.assistance.tests import money
from homeward.cases import commands as cases
from homeward.cases.commands.travelling import TravelDetails
from homeward.cases.gate_rules import Gate, ProfileFlag
from homeward.cases.journey_rules import ClosingReason, Decision, OwnView, Topic
from homeward.cases.models import Appointment, ReceivedEnquiry
from homeward.cases.queries import get_case
from homeward.cases.tests.handing import WHY
from homeward.casework import commands as casework
from homeward.casework.commands import decide_eligibility, send_package
from homeward.casework.packages import compose_package
from homeward.casework.referring import Telling
from homeward.casework.rights.commands import tell_correction
from homeward.evaluation.likeness.tests.published import comparable
from homeward.evaluation.tests.asked import a_question, an_extract
from homeward.exchange.models import KeptFromList
from homeward.exchange.tests.imports import brought, saved
from homeward.extracts.commands import ask_extract
from homeward.feedback import commands as feedback
from homeward.feedback.queries import visitor_of
from homeward.files.tests.samples import picture
from homeward.followup import commands as followup
from homeward.followup.rules import NotNeeded
from homeward.followup.sampling.tests.samples import a_plan
from homeward.followup.tests.visits import a_visit
from homeward.indicators.tests.agreed import a_draft, a_ready_table, consulted, in_force
from homeward.lib.identifiers import new_id
from homeward.organisations import commands as organisations
from homeward.outcomes.commands import start_rescoring
from homeward.people import commands as people
from homeward.people.models import Match
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails, RelationKind
from homeward.plans import commands as plans
from homeward.plans.tests import drafts
from homeward.privacy import commands as privacy
from homeward.privacy.commands.retention import set_rule
from homeward.privacy.queries import notices_about
from homeward.privacy.rules import RecordClass
from homeward.programmes.commands import add_programme, begin_version, change_version, publish_version
from homeward.programmes.queries import version_in_force
from homeward.referrals import commands as referrals
from homeward.reports.commands import answer_recommendation
from homeward.reports.rules import AdviceState
from homeward.reports.tests.made import a_frozen_report, a_recommendation, a_released_report
from homeward.services.tests.directory import a_provider, a_service, beds
from homeward.sharing import commands as sharing
from homeward.sharing.rules import Basis, Category, Purpose
from homeward.surveys.commands import add_instrument, load_shipped, publish_form
from homeward.surveys.scoring.commands import load_shipped_profile
from homeward.surveys.tests.books import workbook
from homeward.texting.tests.phones import a_channel, a_phone, says_yes
from tests.agreed import may_send_anywhere, proposed, shared
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, SALTFIELD, adil, ines, jonas, nora, rosa, vera
from tests.consented import given, notice

COUNSELLED, APPLIED, DECIDED = date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 30)
DEPARTED, ARRIVED, LATER = date(2026, 4, 20), date(2026, 4, 21), date(2026, 5, 1)
decider = system_actor(RETURN_PARTNERS)


class World:
    """The ids of what exists, as far as a row asks for them; and stations that the case has passed."""

    clinic_id, harbour_id, nora_id = CLINIC, HARBOUR, nora.user_id
    partners_id = RETURN_PARTNERS
    office_id = SALTFIELD
    membership_id = nora.membership_id

    def __init__(self, case):
        self.case = case
        self.case_id, self.person_id, self.reference = case.id, case.person_id, case.reference
        self.share_id = shared(nora, case.id, HARBOUR).id

    @property
    def case_version(self):
        with acting_as(nora):
            return get_case(nora, self.case_id).version

    # the directory of services

    @cached_property
    def service_id(self):
        return a_service(is_restricted=True, rooms=beds(2)).id

    @cached_property
    def open_service_id(self):
        return a_service(rooms=beds(2)).id

    @cached_property
    def own_service_id(self):
        return a_service(adil).id

    @cached_property
    def draft_form_id(self):
        return add_instrument(adil, file=workbook()).id

    @cached_property
    def form_id(self):
        return publish_form(adil, version_id=self.draft_form_id, expected_version=1).id

    @cached_property
    def instrument_id(self):
        return add_instrument(adil, file=workbook()).instrument_id

    @cached_property
    def scored_instrument_id(self):
        made = load_shipped(rosa, name="sustainability").instrument
        load_shipped_profile(rosa, name="sustainability")
        return made.id

    @cached_property
    def comparison_id(self):
        return comparable().id

    @cached_property
    def extract_id(self):
        return ask_extract(rosa, why="Evaluation of the spring programme").id

    @cached_property
    def rescoring_id(self):
        return start_rescoring(rosa, instrument_id=self.scored_instrument_id).id

    @cached_property
    def ready_extract_id(self):
        return an_extract().id

    @cached_property
    def question_id(self):
        return a_question().id

    @cached_property
    def framework_version(self):
        return in_force(a_draft())

    @cached_property
    def framework_version_id(self):
        return self.framework_version.id

    @cached_property
    def framework_id(self):
        return self.framework_version.framework_id

    @cached_property
    def draft_framework_id(self):
        return a_draft(code="DRAFT").id

    @cached_property
    def consulted_framework_id(self):
        return consulted(a_draft(code="ASKED")).id

    @cached_property
    def indicator_table_id(self):
        return a_ready_table(self.framework_version).id

    @cached_property
    def report_id(self):
        return a_frozen_report().id

    @cached_property
    def released_report_id(self):
        return a_released_report().id

    @cached_property
    def recommendation_id(self):
        return a_recommendation().id

    @cached_property
    def accepted_recommendation_id(self):
        made = a_recommendation()
        answer_recommendation(
            rosa, recommendation_id=made.id, answer=AdviceState.ACCEPTED, expected_version=1
        )
        return made.id

    # referrals: Harbour's counsellors run a service of their own

    @cached_property
    def harbour_service_id(self):
        return a_service(provider=a_provider(name="Harbour Advice Demo", account_id=HARBOUR)).id

    @cached_property
    def draft_referral_id(self):
        service_id = self.harbour_service_id
        return casework.refer(nora, case_id=self.case_id, service_id=service_id, need="shelter").id

    @cached_property
    def referral_id(self):
        told = Telling(("name", "languages"), "To expect him", basis=Basis.PUBLIC_INTEREST)
        return casework.send_referral(nora, referral_id=self.draft_referral_id, told=told).id

    def opened(self):
        referrals.open_referral(jonas, referral_id=self.referral_id)

    def taken_on(self):
        referrals.accept_referral(jonas, referral_id=self.referral_id)

    # following up

    @cached_property
    def visit_id(self):
        return a_visit(SimpleNamespace(id=self.case_id), to=nora, instrument="").id

    def visit_called_off(self):
        died = NotNeeded.DIED
        followup.call_off_visit(nora, visit_id=self.visit_id, expected_version=1, because=died)

    @cached_property
    def sample_id(self):
        a_visit(SimpleNamespace(id=self.case_id), to=nora)
        return a_plan(rosa).id

    # what organisations agree, and what two people decide

    @cached_property
    def agreement_id(self):
        return proposed(HARBOUR, RETURN_PARTNERS).id

    def agreement_accepted(self):
        sharing.accept_agreement(system_actor(RETURN_PARTNERS), agreement_id=self.agreement_id)

    @cached_property
    def transfer_rule_id(self):
        return may_send_anywhere(RETURN_PARTNERS).id

    # what an officer keeps

    @cached_property
    def hold_id(self):
        given = {"reason": "A court asks for these records.", "review_on": localdate() + timedelta(days=20)}
        return privacy.set_hold(ines, subject_id=self.person_id, **given).id

    @cached_property
    def restriction_id(self):
        return privacy.restrict(ines, subject_id=self.related_id, reason="She says it is all wrong.").id

    @cached_property
    def retention_rule_id(self):
        given = {"record_class": RecordClass.TRAVELLED, "months": 60, "because": "The law on public records"}
        return set_rule(ines, **given).id

    @cached_property
    def correction_id(self):
        tell_correction(ines, person_id=self.person_id, words="Born in May, not in March")
        with acting_as(ines):
            return notices_about(ines, self.person_id).get(recipient_id=HARBOUR).id

    @cached_property
    def vital_interest_id(self):
        return sharing.ask_override(
            nora,
            subject_id=self.person_id,
            case_id=self.case_id,
            organisation_id=CLINIC,
            purpose=Purpose.PROTECTION,
            categories=[Category.HEALTH],
            reason="He does not wake up.",
        ).id

    # what the person was asked, and what they ask

    @cached_property
    def notice_id(self):
        return notice().id

    @cached_property
    def consent_id(self):
        return given(self.case).id

    @cached_property
    def link_id(self):
        return feedback.offer_own_page(nora, case_id=self.case_id, language="en").id

    @cached_property
    def own_question_id(self):
        made = feedback.offer_own_page(nora, case_id=self.case_id, language="en")
        with acting_as(system_actor(RETURN_PARTNERS)):
            feedback.enter_own_page(system_actor(RETURN_PARTNERS), token=made.token, code=made.code)
            visitor = visitor_of(RETURN_PARTNERS, made.id)
        return feedback.ask_question(visitor, words="When do I travel?", language="en").id

    # what was shown field by field

    @cached_property
    def package_id(self):
        return self._sent(nora, HARBOUR)

    @cached_property
    def digest(self):
        with acting_as(nora):
            return compose_package(nora, self.case_id, ["comes_from"]).digest

    def _sent(self, actor, organisation_id):
        return send_package(
            actor,
            case_id=self.case_id,
            organisation_id=organisation_id,
            purpose=Purpose.REFERRAL,
            field_codes=["comes_from"],
            basis=Basis.PUBLIC_INTEREST,
            necessity="A check-up",
        ).id

    # what belongs to Sami

    @cached_property
    def document_id(self):
        return people.add_document(
            nora, person_id=self.person_id, kind=DocumentKind.PASSPORT, number="X1234567"
        ).id

    @cached_property
    def contact_id(self):
        return people.add_contact(nora, person_id=self.person_id, kind=ContactKind.PHONE, value="+999 555").id

    @cached_property
    def related_id(self):
        return people.register_person(nora, details=PersonDetails(given_names="Amal")).id

    @cached_property
    def relation_id(self):
        return people.relate_people(
            nora, person_id=self.person_id, related_id=self.related_id, kind=RelationKind.SIBLING
        ).id

    @cached_property
    def match_id(self):
        first, second = sorted((self.person_id, self.related_id))
        with acting_as(nora):
            return Match.objects.create(
                organisation_id=RETURN_PARTNERS, person_id=first, other_id=second, score=0.8
            ).id

    @cached_property
    def merge_id(self):
        return people.merge_people(nora, kept_id=self.person_id, merged_id=self.related_id).id

    # what belongs to the case

    @cached_property
    def emergency_id(self):
        reason = "Somebody is at his door right now."
        return cases.open_in_emergency(nora, reference=self.reference, reason=reason).id

    @cached_property
    def handover_id(self):
        return cases.offer_handover(
            nora, case_id=self.case_id, organisation_id=HARBOUR, why=WHY, message="Moves north"
        ).id

    @cached_property
    def enquiry_id(self):
        with acting_as(nora):
            reference = get_case(nora, self.case_id).reference
        cases.ask_by_reference(jonas, reference=reference, message="He is with us")
        cases.receive_enquiries(system_actor(RETURN_PARTNERS))
        with acting_as(nora):
            return ReceivedEnquiry.objects.get(case_id=self.case_id).id

    @cached_property
    def later_question_id(self):
        cases.accept_handover(jonas, handover_id=self.handover_id)
        return cases.ask_former_lead(
            jonas, case_id=self.case_id, organisation_id=RETURN_PARTNERS, text="Which school?"
        ).id

    @cached_property
    def note_id(self):
        return cases.write_note(nora, case_id=self.case_id, text="A note", on=LATER).id

    @cached_property
    def appointment_id(self):
        starts_at = now() + timedelta(days=1)
        return cases.make_appointment(nora, case_id=self.case_id, starts_at=starts_at, subject="A talk").id

    @cached_property
    def past_appointment_id(self):
        with acting_as(nora):
            Appointment.objects.filter(id=self.appointment_id).update(starts_at=now() - timedelta(days=1))
        return self.appointment_id

    @cached_property
    def scan_id(self):
        return cases.add_case_document(nora, case_id=self.case_id, name="photo.jpg", content=picture()).id

    @cached_property
    def programme_id(self):
        return add_programme(vera, name="Demonstration", code="D", opens_on=date(2026, 1, 1)).id

    # programmes with rules; the second says no to everybody

    @cached_property
    def own_programme_id(self):
        return add_programme(decider, name="Our own", code="O", opens_on=date(2026, 1, 1)).id

    @cached_property
    def draft_id(self):
        return begin_version(decider, programme_id=self.own_programme_id).id

    @cached_property
    def ruled_programme_id(self):
        one = add_programme(decider, name="By rules", code="R", opens_on=date(2026, 1, 1))
        draft = begin_version(decider, programme_id=one.id)
        rule = {"code": "never", "label": {"en": "Never"}, "expression": "false"}
        terms = {"currency": "EUR", "eligibility": [rule]}
        draft = change_version(adil, version_id=draft.id, expected_version=1, terms=terms)
        publish_version(decider, version_id=draft.id, expected_version=2, takes_effect_on=date(2026, 1, 1))
        return one.id

    @cached_property
    def version_id(self):
        with acting_as(nora):
            return version_in_force(nora, self.ruled_programme_id, APPLIED).id

    def applied_by_rules(self):
        self.counselled()
        cases.submit_application(
            nora, case_id=self.case_id, programme_id=self.ruled_programme_id, submitted_on=APPLIED
        )

    @cached_property
    def decision_id(self):
        self.applied_by_rules()
        return decide_eligibility(nora, case_id=self.case_id).id

    @cached_property
    def application_id(self):
        self.counselled()
        return cases.submit_application(
            nora, case_id=self.case_id, programme_id=self.programme_id, submitted_on=APPLIED
        ).id

    @cached_property
    def counselling_id(self):
        return cases.record_counselling(
            nora, case_id=self.case_id, held_on=COUNSELLED, topics=[Topic.OPTIONS], summary="A long talk"
        ).id

    @cached_property
    def travel_id(self):
        return self.travel_planned().id

    @cached_property
    def assessment_id(self):
        return assessments.begin_assessment(nora, case_id=self.case_id, kind=Kind.VULNERABILITY).id

    @cached_property
    def finished_assessment_id(self):
        given = {"assessment_id": self.assessment_id, "expected_version": 1}
        ill = {"individual_risks": {"value": ["illness"]}}
        assessments.save_answers(nora, **given, step="individual", answers=ill)
        return assessments.finish_assessment(
            nora, assessment_id=self.assessment_id, held_on=COUNSELLED, expected_version=2
        ).id

    @cached_property
    def proposal_id(self):
        assert self.finished_assessment_id
        with acting_as(nora):
            return open_proposals(nora, self.case_id).get().id

    @cached_property
    def clearance_id(self):
        self.health_need()
        physician = cases.DecidedBy("Dr Invented", "Physician", "Port Clinic Demo", date(2026, 4, 10))
        given = {"decided_by": physician, "document_id": self.scan_id, "conditions": "Oxygen"}
        return cases.give_clearance(nora, case_id=self.case_id, gate=Gate.FIT_TO_TRAVEL, **given).id

    @cached_property
    def closure_id(self):
        return cases.close_case(
            nora,
            case_id=self.case_id,
            closed_on=LATER,
            reason=ClosingReason.CHOSE_TO_STOP,
            own_view_asked=OwnView.TOLD,
            own_view="He was content",
        ).id

    # the case's money

    @cached_property
    def accounts(self):
        return money.accounts(SimpleNamespace(id=self.case_id))

    @property
    def entitlement_id(self):
        return self.accounts[0].id

    @property
    def budget_id(self):
        return self.accounts[1].id

    @cached_property
    def line(self):
        return money.commit(*self.accounts, "400")

    @property
    def commitment_id(self):
        return self.line.id

    @cached_property
    def entry_id(self):
        return money.deliver(self.line, "100").id

    @cached_property
    def proof_id(self):
        proof = {"kind": ProofKind.PHOTO, "name": "photo.jpg", "content": picture()}
        return assistance.add_proof(nora, entry_id=self.entry_id, **proof).id

    @cached_property
    def instalment_id(self):
        line = money.commit(*self.accounts, "100", instalments=[Part(10_000, Milestone.VISIT)])
        with acting_as(nora):
            return line.instalments.get().id

    @cached_property
    def intent_id(self):
        asked = assistance.ask_top_up(
            nora, entitlement_id=self.entitlement_id, amount=money.eur("50"), what="Chair", reason="He is ill"
        )
        answer = {"verdict": Verdict.APPROVE, "expected_version": 1}
        answer_approval(rosa, approval_id=asked.approval_id, **answer)
        return asked.id

    # what belongs to the organisation

    @cached_property
    def given(self):
        """A list that Nora brought in."""
        return brought(nora)

    @property
    def import_id(self):
        return self.given.id

    @cached_property
    def kept_id(self):
        self.list_saved()
        with acting_as(nora):
            return KeptFromList.objects.exclude(vulnerability=None).first().id

    @cached_property
    def team_id(self):
        return organisations.add_team(adil, name="Saltfield team").id

    @cached_property
    def invitation_id(self):
        return organisations.invite_member(adil, email="soon@colleague.example", role=Role.COORDINATOR).id

    @cached_property
    def integration_id(self):
        return organisations.create_integration(adil, name="Monthly report", role=Role.COORDINATOR).id

    # messages to telephones

    @cached_property
    def text_contact_id(self):
        return a_phone(self.case).id

    @cached_property
    def text_channel_id(self):
        return a_channel().id

    @cached_property
    def permission_id(self):
        return says_yes(self.case, SimpleNamespace(id=self.text_contact_id)).id

    def writable(self):
        return self.text_channel_id, self.permission_id

    # stations of the journey

    def handed_over(self):
        cases.accept_handover(jonas, handover_id=self.handover_id)

    def asked(self):
        cases.ask_before_answering(jonas, handover_id=self.handover_id, text="Since when?")

    def counselled(self):
        cases.record_counselling(
            nora,
            case_id=self.case_id,
            held_on=COUNSELLED,
            topics=[Topic.OPTIONS],
            decision=Decision.RETURN,
            is_informed=True,
        )

    def accepted(self):
        cases.decide_application(decider, application_id=self.application_id, accept=True, decided_on=DECIDED)

    def travel_planned(self):
        self.accepted()
        details = TravelDetails(
            departs_on=DEPARTED, arrives_on=ARRIVED, arrival_place="Saltfield", medical_items="Insulin"
        )
        return cases.plan_travel(nora, case_id=self.case_id, details=details)

    def health_need(self):
        cases.set_profile(nora, case_id=self.case_id, flags=[ProfileFlag.HEALTH_NEED])

    def fit_to_travel(self):
        return self.clearance_id

    def travel_confirmed(self):
        self.travel_planned()
        cases.confirm_travel(nora, case_id=self.case_id)

    def arrived(self):
        cases.confirm_arrival(nora, case_id=self.case_id, arrived_on=ARRIVED, place="Saltfield")

    plan = None

    def plan_begun(self):
        self.arrived()
        self.plan = drafts.begun(nora, self.case)

    def plan_drafted(self):
        self.plan_begun()
        drafts.with_activity(self.plan, drafts.with_goal(self.plan), replace(drafts.SHOP, package_code=""))

    def plan_proposed(self):
        self._propose(drafts.STEPS)

    def plan_approved(self):
        self._propose(())

    def plan_agreed(self):
        self.plan_approved()
        version = drafts.fresh(self.plan)
        details = drafts.agreement()
        plans.agree_to_plan(nora, version_id=version.id, content_hash=version.content_hash, details=details)

    def _propose(self, steps):
        self.plan_drafted()
        plans.propose_plan(nora, version_id=self.plan.id, expected_revision=self.plan_revision, steps=steps)

    @property
    def plan_revision(self):
        return drafts.fresh(self.plan).revision if self.plan else 1

    @property
    def plan_hash(self):
        return drafts.fresh(self.plan).content_hash if self.plan else ""

    @property
    def today(self):
        return localdate().isoformat()

    @cached_property
    def approval_id(self):
        return asked().id

    def lost(self):
        cases.record_contact_lost(nora, case_id=self.case_id, on=LATER, reason="Three calls")

    def list_saved(self):
        saved(nora, self.given)

    def withdrawn(self):
        cases.withdraw(nora, case_id=self.case_id, on=LATER, reason="He stays")


class Nowhere:
    """A world of the same shape in which no id exists."""

    digest = "0" * 64
    clinic_id, harbour_id, nora_id, case_version = CLINIC, HARBOUR, nora.user_id, 1
    plan_revision, today = 1, "2026-06-01"

    def __getattr__(self, name):
        return new_id()
