"""Addresses of telephones; each stands beneath the telephone's secret, or bare with a Basic sign-in."""

from django.urls import URLPattern, path

from homeward.sync import forms, submissions

app_name = "sync"


def _addresses(above: str, mark: str) -> list[URLPattern]:
    return [
        path(f"{above}formList", forms.form_list, name=f"form_list{mark}"),
        path(f"{above}forms/<uuid:version_id>.xml", forms.form, name=f"form{mark}"),
        path(f"{above}forms/<uuid:version_id>/manifest", forms.manifest, name=f"manifest{mark}"),
        path(f"{above}forms/<uuid:version_id>/files/<str:name>", forms.file, name=f"file{mark}"),
        path(f"{above}submission", submissions.submission, name=f"submission{mark}"),
    ]


urlpatterns = [*_addresses("", ""), *_addresses("<str:secret>/", "_by_secret")]
