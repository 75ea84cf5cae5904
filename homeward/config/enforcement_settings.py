"""Settings of the process that enforcement bodies open: no other login, no key file, no other page."""

from os import environ
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from homeward.config.given import database, required

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "homeward"

DEBUG = False
SECRET_KEY = required("HOMEWARD_ENFORCEMENT_SECRET_KEY")
ALLOWED_HOSTS = environ.get("HOMEWARD_ENFORCEMENT_HOSTS", "localhost 127.0.0.1").split()
LOCAL_ONLY = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}
HTTPS = not LOCAL_ONLY
if len(SECRET_KEY) < 40 or len(set(SECRET_KEY)) < 12:
    raise ImproperlyConfigured(
        "HOMEWARD_ENFORCEMENT_SECRET_KEY is too short or too regular. Make one: openssl rand -base64 48"
    )

DATABASES = {"default": database(required("HOMEWARD_ENFORCEMENT_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "homeward.enforcement.middleware.Headers",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "homeward.enforcement.urls"
WSGI_APPLICATION = "homeward.config.enforcement_wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "enforcement" / "templates"],
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "var" / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {"staticfiles": {"BACKEND": "homeward.config.statics.HashedWhenCollected"}}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = LOCAL_ONLY

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
