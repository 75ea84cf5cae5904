"""Addresses of style sheets, icons and scripts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedWhenCollected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names with a fingerprint once `collectstatic` has run; plain names before (development, tests)."""

    def stored_name(self, name: str) -> str:
        """The collected name, or the plain one when nothing was collected."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
