"""What the web server of enforcement bodies runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.config.enforcement_settings")
application = get_wsgi_application()
