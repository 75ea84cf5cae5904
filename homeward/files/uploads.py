"""Uploads are held in memory: nothing unencrypted is ever written to a temporary file."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from homeward.files.rules import MAX_BYTES

MOST_PER_REQUEST = 3 * MAX_BYTES


class KeptInMemory(FileUploadHandler):
    """Keeps one byte more than is taken, so that `store_file` can say that a file is too large."""

    total = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = MAX_BYTES + 1 - self.kept.tell()
        self.total += self.kept.write(raw_data[: max(room, 0)])
        if self.total > MOST_PER_REQUEST:
            raise RequestDataTooBig

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.kept.tell()
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
