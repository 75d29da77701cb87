"""Static files under names with a hash of their contents, the scripts they import included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A new version never runs half of an old script: imports name the hashed files too."""

    support_js_module_import_aggregation = True
