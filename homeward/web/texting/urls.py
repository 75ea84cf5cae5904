"""Addresses of messages: beneath administration, and beneath the case."""

from django.urls import path

from homeward.web.texting import channels, on_case

channel_urlpatterns = [
    path("", channels.channels, name="text_channels"),
    path("<uuid:channel_id>/try/", channels.try_channel, name="try_text_channel"),
    path("<uuid:channel_id>/end/", channels.end_channel, name="end_text_channel"),
]
urlpatterns = [
    path("", on_case.case_messages, name="case_messages"),
    path("call", on_case.ask_to_call, name="ask_to_call"),
    path("noted", on_case.note_replies, name="note_replies"),
    path("visits/<uuid:visit_id>/ask", on_case.ask_by_message, name="ask_by_message"),
    path("permissions/<uuid:permission_id>/end", on_case.end_messages, name="end_messages"),
]
