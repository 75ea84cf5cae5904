"""The app of this package."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "homeward.exchange"
