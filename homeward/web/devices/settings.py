"""What a picture of squares tells ODK Collect and KoboCollect: where to, as whom, and how to behave. Pure."""

import base64
import json
import zlib
from dataclasses import dataclass, field

USERNAME = "phone"


@dataclass(frozen=True)
class CollectSettings:
    """A telephone's settings; the secret is a password here, so that no address ever holds it."""

    server_url: str
    secret: str = field(repr=False)
    project: str = "Homeward"

    @property
    def as_json(self) -> str:
        general = {
            "protocol": "odk_default",
            "server_url": self.server_url,
            "username": USERNAME,
            "password": self.secret,
            # The same list here and there; what is filled leaves by itself, and nothing of it stays.
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "delete_send": True,
        }
        project = {"name": self.project, "icon": "H", "color": "#1f5f5b"}
        return json.dumps({"general": general, "admin": {}, "project": project}, separators=(",", ":"))

    @property
    def as_code(self) -> str:
        """What the picture holds: the settings, packed as these apps unpack them."""
        return base64.b64encode(zlib.compress(self.as_json.encode(), 9)).decode()
