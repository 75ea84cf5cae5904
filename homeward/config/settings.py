"""Settings, all from the environment. They refuse to start insecurely."""

from os import cpu_count, environ
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from homeward.config.given import database, required
from homeward.lib.key_files import signer_path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "homeward"
# Workbooks come from strangers: the other parser that openpyxl would take reads on past a DOCTYPE.
environ["OPENPYXL_LXML"] = "False"

DEBUG = environ.get("HOMEWARD_DEBUG") == "1"
DEMO = environ.get("HOMEWARD_DEMO") == "1"
SECRET_KEY = required("HOMEWARD_SECRET_KEY")
ALLOWED_HOSTS = environ.get("HOMEWARD_HOSTS", "localhost 127.0.0.1").split()
LOCAL_ONLY = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}
HTTPS = not LOCAL_ONLY

REQUIRE_SECOND_FACTOR = environ.get("HOMEWARD_REQUIRE_SECOND_FACTOR", "0" if DEMO else "1") != "0"

if not LOCAL_ONLY and (DEBUG or DEMO):
    raise ImproperlyConfigured(
        "Neither HOMEWARD_DEBUG nor HOMEWARD_DEMO may be on when a public host is served."
    )
if not LOCAL_ONLY and not REQUIRE_SECOND_FACTOR:
    raise ImproperlyConfigured("HOMEWARD_REQUIRE_SECOND_FACTOR may not be off when a public host is served.")
if len(SECRET_KEY) < 40 or len(set(SECRET_KEY)) < 12:
    raise ImproperlyConfigured(
        "HOMEWARD_SECRET_KEY is too short or too regular. Make one: openssl rand -base64 48"
    )

DATABASES = {
    "default": database(required("HOMEWARD_DATABASE_URL")),
    "owner": database(environ.get("HOMEWARD_OWNER_DATABASE_URL", "") or required("HOMEWARD_DATABASE_URL")),
}
DATABASE_ROUTERS = ["homeward.config.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KEYS_FILE = Path(required("HOMEWARD_KEYS_FILE"))
# Only the sealer needs to read this one, and only the sealer logs in by this address.
SEALER_KEY_FILE = Path(environ.get("HOMEWARD_SEALER_KEY_FILE", "") or signer_path(KEYS_FILE))
SEALER_DATABASE_URL = environ.get("HOMEWARD_SEALER_DATABASE_URL", "")
FILES_DIR = Path(required("HOMEWARD_FILES_DIR"))
# Which people were erased, outside the database: a restored backup is held against it.
ERASURE_LEDGER = Path(
    environ.get("HOMEWARD_ERASURE_LEDGER", "") or FILES_DIR.with_name(f"{FILES_DIR.name}-erasures.jsonl")
)

# Only the process that makes extracts logs in by this address.
EXTRACTS_DATABASE_URL = environ.get("HOMEWARD_EXTRACTS_DATABASE_URL", "")
EXTRACTS_DIR = Path(
    environ.get("HOMEWARD_EXTRACTS_DIR", "") or FILES_DIR.with_name(f"{FILES_DIR.name}-extracts")
)
# What computes over extracts: duckdb, in the process that asks, or spark.
ANALYTICS = environ.get("HOMEWARD_ANALYTICS", "duckdb")
ANALYTICS_THREADS = int(environ.get("HOMEWARD_ANALYTICS_THREADS", "0")) or (cpu_count() or 1)
SPARK_MASTER = environ.get("HOMEWARD_SPARK_MASTER", "local[*]")

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "homeward.access",
    "homeward.audit",
    "homeward.organisations",
    "homeward.privacy",
    "homeward.codelists",
    "homeward.files",
    "homeward.approvals",
    "homeward.sharing",
    "homeward.programmes",
    "homeward.services",
    "homeward.surveys",
    "homeward.people",
    "homeward.consent",
    "homeward.cases",
    "homeward.assessments",
    "homeward.plans",
    "homeward.referrals",
    "homeward.assistance",
    "homeward.followup",
    "homeward.texting",
    "homeward.outcomes",
    "homeward.feedback",
    "homeward.casework",
    "homeward.firewall",
    "homeward.extracts",
    "homeward.indicators",
    "homeward.evaluation",
    "homeward.reports",
    "homeward.exchange",
    "homeward.web",
    "homeward.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "homeward.web.middleware.SecurityHeaders",
    "homeward.sync.door.Phones",
    "homeward.sync.gateways.Gateways",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "homeward.web.middleware.Acting",
    "homeward.web.gate.Gate",
    "homeward.api.middleware.ApiActing",
    "axes.middleware.AxesMiddleware",
]

# Widgets come from our templates where there is one, and from Django's otherwise.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "homeward.web.templatetags.sentences",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "homeward.web.context.frame",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True  # a component sees its own attributes, never the page's

ROOT_URLCONF = "homeward.config.urls"
WSGI_APPLICATION = "homeward.config.wsgi.application"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "homeward.web.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "homeward.web.sign_in_forms.SignInForm",
    "reset_password": "homeward.web.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "homeward.web.sign_in_forms.NewPasswordForm",
    "change_password": "homeward.web.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "homeward.web.sign_in_forms.PasswordAgainForm",
}
# A hundred wrong guesses from one network, ten at one account's second factor, in fifteen minutes.
# What is counted for passwords of one account: homeward/web/throttling.py.
ACCOUNT_RATE_LIMITS = {"login": "1000/15m/ip", "login_failed": "100/15m/ip,10/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(environ.get("HOMEWARD_TRUSTED_PROXIES", "0"))
MFA_ADAPTER = "homeward.web.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_ONLY
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation reached the address
MFA_TOTP_ISSUER = "Homeward"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "homeward.web.sign_in_forms.CodeForm",
    "reauthenticate": "homeward.web.sign_in_forms.CodeAgainForm",
    "activate_totp": "homeward.web.sign_in_forms.FirstCodeForm",
    "add_webauthn": "homeward.web.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "homeward.web.sign_in_forms.NamePasskeyForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = "homeward.web.throttling.lockout_parameters"
AXES_USERNAME_CALLABLE = "homeward.web.throttling.attempted_account"
AXES_CLIENT_IP_CALLABLE = "homeward.web.adapters.client_address"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["login", "password", "credential"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# One memory for all workers, in the database: attempts counted, one-time codes used.
# It has to hold more than anybody could fill by guessing: when it is full, counts are forgotten.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "homeward_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "var" / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "homeward.config.statics.HashedWhenCollected"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = LOCAL_ONLY

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# Telephones follow no redirect with a filled form; their door refuses what comes unencrypted.
SECURE_REDIRECT_EXEMPT = [r"^phone/", r"^gateway/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
FILE_UPLOAD_HANDLERS = ["homeward.files.uploads.KeptInMemory"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# By when the supervisory authority has to know of a breach, in hours from when it was found.
BREACH_HOURS = int(environ.get("HOMEWARD_BREACH_HOURS", "72"))
# The least that people are followed up, and when contact may be said to be lost.
FOLLOW_UP_FILE = Path(environ.get("HOMEWARD_FOLLOW_UP_FILE", "") or PACKAGE / "followup" / "least.json")
# Groups smaller than this are not told apart in the monitor of rounds.
FEWEST_IN_A_GROUP = int(environ.get("HOMEWARD_FEWEST_IN_A_GROUP", "10"))
# After so many days without a change, what was typed into the form of a visit and not sent is forgotten.
DRAFT_DAYS = int(environ.get("HOMEWARD_DRAFT_DAYS", "90"))
API_CALLS_A_MINUTE = int(environ.get("HOMEWARD_API_CALLS_A_MINUTE", "600"))
PHONE_CALLS_A_MINUTE = int(environ.get("HOMEWARD_PHONE_CALLS_A_MINUTE", "1200"))
# Messages to telephones: their texts, how long a gateway may take, how soon it is tried again.
MESSAGE_TEXTS_FILE = Path(
    environ.get("HOMEWARD_MESSAGE_TEXTS_FILE", "") or PACKAGE / "texting" / "texts.json"
)
MESSAGE_PATIENCE_SECONDS = float(environ.get("HOMEWARD_MESSAGE_PATIENCE_SECONDS", "10"))
MESSAGE_RETRY_SECONDS = float(environ.get("HOMEWARD_MESSAGE_RETRY_SECONDS", "30"))
# A gateway on the own network, or without encryption: for trying it out, and where the gateway is a modem.
MESSAGE_LOCAL_GATEWAYS = environ.get("HOMEWARD_MESSAGE_LOCAL_GATEWAYS", "off") == "on"
GATEWAY_CALLS_A_MINUTE = int(environ.get("HOMEWARD_GATEWAY_CALLS_A_MINUTE", "1200"))
PUBLIC_CALLS_A_MINUTE = int(environ.get("HOMEWARD_PUBLIC_CALLS_A_MINUTE", "120"))

# Sealed fields opened in any hour: by one person, and by everybody of one organisation.
ENQUIRIES_A_DAY = int(environ.get("HOMEWARD_ENQUIRIES_A_DAY", "5"))
ENQUIRIES_A_DAY_OF_ORGANISATION = int(environ.get("HOMEWARD_ENQUIRIES_A_DAY_OF_ORGANISATION", "20"))
OPENINGS_AN_HOUR = int(environ.get("HOMEWARD_OPENINGS_AN_HOUR", "40"))
OPENINGS_AN_HOUR_OF_ORGANISATION = int(environ.get("HOMEWARD_OPENINGS_AN_HOUR_OF_ORGANISATION", "400"))

# Whether partners may be asked about possible duplicates; how often in any day: by one person, by all.
DUPLICATE_CHECK = environ.get("HOMEWARD_DUPLICATE_CHECK", "off") == "on"
PARTNER_QUESTIONS_A_DAY = int(environ.get("HOMEWARD_PARTNER_QUESTIONS_A_DAY", "10"))
PARTNER_QUESTIONS_A_DAY_OF_ORGANISATION = int(
    environ.get("HOMEWARD_PARTNER_QUESTIONS_A_DAY_OF_ORGANISATION", "50")
)

EMAIL_BACKEND = environ.get("HOMEWARD_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = environ.get("HOMEWARD_EMAIL_FROM", "homeward@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It would write network addresses of people who mistype a password.
    "loggers": {"axes": {"level": "ERROR"}},
}
