"""What can be wrong with a file."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class FileTooLarge(Problem):
    status = 413
    code = "file_too_large"
    message = _("This file is larger than 20 MB. Send a smaller scan, or split it.")


class FileTypeRefused(Problem):
    status = 415
    code = "file_type_refused"
    message = _(
        "This kind of file cannot be kept. Use a picture (JPEG, PNG, WebP), a PDF, a Word or Excel document "
        "without macros, or plain text."
    )


class ImageTooLarge(Problem):
    status = 422
    code = "image_too_large"
    message = _("This picture has more than 50 million pixels. Save it smaller and send it again.")


class FileDamaged(Problem):
    status = 422
    code = "file_damaged"
    message = _("This file is damaged or not what its beginning says. Open it, save it again and send that.")


class FileLost(Problem):
    """What is on disk is missing or was altered; nothing of it is shown."""

    status = 500
    code = "file_lost"
    message = _("The stored file cannot be opened. An administrator can bring it back from a backup.")
