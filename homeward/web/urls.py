"""Addresses of the pages, one include per stage."""

from django.urls import include, path

from homeward.web import audit, components, files, front, openings
from homeward.web.followup.urls import case_urlpatterns as follow_up_urlpatterns
from homeward.web.followup.urls import rounds_urlpatterns
from homeward.web.journey.steps import who
from homeward.web.likeness.urls import case_urlpatterns as likeness_urlpatterns
from homeward.web.referrals.urls import case_urlpatterns
from homeward.web.reports.urls import advice_urlpatterns
from homeward.web.texting.urls import channel_urlpatterns

urlpatterns = [
    path("", front.home, name="home"),
    path("health", front.health, name="health"),
    path("", include("homeward.web.case_urls")),
    path("", include("homeward.web.handovers.urls")),
    path("", include("homeward.web.packages.urls")),
    path("components/", components.components, name="components"),
    path("language/", include("django.conf.urls.i18n")),
    path("audit/", audit.audit, name="audit"),
    path("audit/export", audit.export, name="export_audit"),
    path("protection/openings", openings.openings, name="openings"),
    path("protection/openings/alerts/<uuid:alert_id>", openings.alert, name="opening_alert"),
    path("protection/", include("homeward.web.protection.urls")),
    path("files/<uuid:file_id>", files.download, name="download_file"),
    path("applications/new", who.begin, name="new_application"),
    path("cases/<uuid:case_id>/", include("homeward.web.journey.urls")),
    path("cases/<uuid:case_id>/eligibility/", include("homeward.web.eligibility.urls")),
    path("cases/<uuid:case_id>/money/", include("homeward.web.ledger.case_urls")),
    path("cases/<uuid:case_id>/", include("homeward.web.outcomes.urls")),
    path("cases/<uuid:case_id>/", include(likeness_urlpatterns)),
    path("money/", include("homeward.web.ledger.urls")),
    path("cases/<uuid:case_id>/plan/", include("homeward.web.plans.urls")),
    path("cases/<uuid:case_id>/referrals/", include(case_urlpatterns)),
    path("referrals/", include("homeward.web.referrals.urls")),
    path("cases/<uuid:case_id>/", include(follow_up_urlpatterns)),
    path("visits/", include("homeward.web.followup.urls")),
    path("rounds/", include(rounds_urlpatterns)),
    path("samples/", include("homeward.web.samples.urls")),
    path("approvals/", include("homeward.web.approvals.urls")),
    path("", include("homeward.web.assessments.urls")),
    path("", include("homeward.web.firewall.urls")),
    path("extracts/", include("homeward.web.extracts.urls")),
    path("extracts/", include("homeward.web.likeness.urls")),
    path("imports/", include("homeward.web.imports.urls")),
    path("my/", include("homeward.web.own.urls")),
    path("my/questions/", include("homeward.web.asking.own_urls")),
    path("visits/<uuid:visit_id>/ask/", include("homeward.web.asking.urls")),
    path("instruments/forms/<uuid:version_id>/try/", include("homeward.web.asking.trial_urls")),
    path("cases/<uuid:case_id>/", include("homeward.web.consents.urls")),
    path("", include("homeward.web.consents.protection_urls")),
    path("programmes/", include("homeward.web.programmes.urls")),
    path("services/", include("homeward.web.services.urls")),
    path("instruments/", include("homeward.web.instruments.urls")),
    path("evaluation/", include("homeward.web.evaluation.urls")),
    path("indicators/", include("homeward.web.indicators.urls")),
    path("reports/", include("homeward.web.reports.urls")),
    path("recommendations/", include(advice_urlpatterns)),
    path("phones/", include("homeward.web.devices.urls")),
    path("people/", include("homeward.web.people.urls")),
    path("", include("homeward.web.account_urls")),
    path("agreements/", include("homeward.web.agreements.urls")),
    path("cases/<uuid:case_id>/messages/", include("homeward.web.texting.urls")),
    path("administration/messages/", include(channel_urlpatterns)),
    path("administration/", include("homeward.web.administration.urls")),
]
