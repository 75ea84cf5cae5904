"""Addresses of the journey's pages, all beneath a case."""

from django.urls import path

from homeward.web.journey import (
    applying,
    appointments,
    clearances,
    clearing,
    closing,
    contact,
    counselling,
    documents,
    notes,
    sealed,
    travelling,
)
from homeward.web.journey.steps import views

urlpatterns = [
    path("application", views.resume, name="resume_application"),
    path("application/<slug:slug>", views.step, name="application_step"),
    path("counselling", counselling.record, name="record_counselling"),
    path("apply", applying.submit, name="submit_application"),
    path("applications/<uuid:application_id>/decide", applying.decide, name="decide_application"),
    path("travel", travelling.plan, name="plan_travel"),
    path("travel/change", travelling.change, name="change_travel"),
    path("gates", clearances.gates, name="case_gates"),
    path("gates/<slug:gate>/give", clearing.give, name="give_clearance"),
    path("gates/<slug:gate>/refuse", clearing.refuse, name="refuse_clearance"),
    path("gates/<slug:gate>/lapse", clearing.lapse, name="lapse_clearance"),
    path("profile", clearing.note, name="set_profile"),
    path("travel/confirm", clearing.confirm, name="confirm_travel"),
    path("departure", travelling.depart, name="record_departure"),
    path("not-travelled", travelling.not_travelled, name="record_not_travelled"),
    path("arrival", travelling.arrive, name="confirm_arrival"),
    path("contact", contact.record, name="record_contact"),
    path("contact/lost", contact.lost, name="record_contact_lost"),
    path("contact/found", contact.found, name="record_contact_found"),
    path("withdraw", contact.withdraw, name="withdraw"),
    path("moved-on", contact.remigrate, name="record_remigration"),
    path("death", contact.die, name="record_death"),
    path("close", closing.close, name="close_case"),
    path("reopen", closing.reopen, name="reopen_case"),
    path("notes/new", notes.write, name="write_note"),
    path("notes/<uuid:note_id>/correct", notes.correct, name="correct_note"),
    path("documents/new", documents.add, name="add_case_document"),
    path("appointments/new", appointments.make, name="make_appointment"),
    path("appointments/<uuid:appointment_id>/move", appointments.move, name="reschedule_appointment"),
    path("appointments/<uuid:appointment_id>/end", appointments.end, name="end_appointment"),
    path("sealed/<str:kind>/<uuid:row_id>", sealed.open_sealed, name="open_sealed"),
]
