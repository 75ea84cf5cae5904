"""All addresses of the process of enforcement bodies."""

from django.urls import include, path

from homeward.enforcement import views

urlpatterns = [
    path("", views.sign_in, name="sign_in"),
    path("notices", views.notices, name="notices"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("invitation/<str:token>", views.join, name="join"),
    path("health", views.health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
]
handler404 = "homeward.enforcement.views.not_found"
