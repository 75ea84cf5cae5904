"""Addresses of administration."""

from django.urls import path

from homeward.web.administration import calendars, integrations, members, organisation, partners, resets

urlpatterns = [
    path("", organisation.administration, name="administration"),
    path("organisation/", organisation.edit_organisation, name="edit_organisation"),
    path("offices/", organisation.offices, name="offices"),
    path("offices/add/", organisation.add_office, name="add_office"),
    path("offices/<uuid:office_id>/", organisation.edit_office, name="edit_office"),
    path("teams/add/", organisation.add_team, name="add_team"),
    path("teams/<uuid:team_id>/", organisation.edit_team, name="edit_team"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite_member, name="invite_member"),
    path("members/<uuid:membership_id>/", members.member, name="member"),
    path("members/<uuid:membership_id>/end/", members.end_member, name="end_member"),
    path("invitations/<uuid:invitation_id>/renew/", members.renew_invitation, name="renew_invitation"),
    path(
        "invitations/<uuid:invitation_id>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"
    ),
    path("working-days/", calendars.calendars, name="calendars"),
    path("working-days/add/", calendars.add_holiday, name="add_holiday"),
    path("working-days/file/", calendars.import_holidays, name="import_holidays"),
    path("working-days/weekend/", calendars.set_weekend, name="set_weekend"),
    path("working-days/<uuid:holiday_id>/remove/", calendars.remove_holiday, name="remove_holiday"),
    path("partners/", partners.partners, name="partners"),
    path("partners/add/", partners.introduce_partner, name="introduce_partner"),
    path("programs/", integrations.integrations, name="integrations"),
    path("programs/add/", integrations.create_integration, name="create_integration"),
    path("programs/<uuid:integration_id>/token/", integrations.rotate_integration, name="rotate_integration"),
    path("programs/<uuid:integration_id>/end/", integrations.end_integration, name="end_integration"),
    path("lost-factors/", resets.factor_resets, name="factor_resets"),
    path("lost-factors/<uuid:reset_id>/", resets.factor_reset, name="factor_reset"),
    path("lost-factors/<uuid:reset_id>/decline/", resets.decline_factor_reset, name="decline_factor_reset"),
]
