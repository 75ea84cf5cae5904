"""The settings under test: the real ones, on a database that tests may do anything to."""

from homeward.config.environment import use_scratch_database
from homeward.config.translations import compile_catalogues

compile_catalogues()
use_scratch_database("test_homeward")

from homeward.config.settings import *  # noqa: E402, F403 - the environment has to be filled first

# Not where `homeward run` collects: tests serve the files as they lie in the source, under their own names.
STATIC_ROOT = STATIC_ROOT.with_name("test-static")  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # its absence is a warning for each client made
# Checking a password is made slow for those who guess; tests know theirs.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Every client would list all of these files when it is made; now each is found when it is asked for.
WHITENOISE_AUTOREFRESH = True
