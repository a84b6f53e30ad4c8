"""Every error this product raises on purpose.

Owns: the tree below and the rule that a message says what is wrong and what to do.
Does not own: exit codes and HTTP codes; only `ui/` turns errors into those.

    AdviserError
    ├── InputError              the person's input cannot be used
    │   ├── QuestionError       empty, too long, not text
    │   ├── SettingError        a setting has a value that cannot be used
    │   ├── NotFoundError       no source, passage, receipt or file of that name
    │   ├── FetchError          an original that cannot be fetched from its address
    │   └── FileRefusedError    a file that cannot be ingested
    │       └── UnreadableFileError    it is there but cannot be read
    ├── LibraryError            the library cannot be used as it stands
    │   ├── FingerprintMismatchError   built with another corpus, segmenter or embedding model
    │   ├── HomeNotWritableError       the folder that holds the library refuses writes
    │   ├── LibraryBusyError           another ingest holds the library too long
    │   └── IndexDamagedError          the vector or word index cannot be opened or disagrees
    ├── CorpusError             the packaged corpus breaks its own rules
    ├── ModelFileError          the embedded embedding model is missing or damaged
    └── ChatModelError          the chat model gave no usable reply; never raised past the composer
        ├── ChatModelRefusedError      it turned the request away: key, model name, address
        ├── ChatModelBusyError         it asks us to wait (429)
        ├── ChatModelDownError         it cannot be reached, failed, or took too long
        ├── ChatModelContextError      the request is longer than it takes
        └── ChatModelReplyError        its reply was cut off or could not be read
"""


class AdviserError(Exception):
    """Base of all: `str(error)` is one line fit for a user."""


class InputError(AdviserError):
    """The person's input cannot be used; nothing was changed."""


class QuestionError(InputError):
    """The question is empty, too long or not text."""


class SettingError(InputError):
    """A setting has a value that cannot be used; the message names it."""


class NotFoundError(InputError):
    """No source, passage, receipt or file of that name."""


class FetchError(InputError):
    """An original that cannot be fetched from its address; the message says why."""


class FileRefusedError(InputError):
    """A file that cannot be ingested; the message says why."""


class UnreadableFileError(FileRefusedError):
    """A file or folder that exists but cannot be read."""


class LibraryError(AdviserError):
    """The library cannot be used as it stands; nothing was lost."""


class FingerprintMismatchError(LibraryError):
    """The library was built with another corpus, segmenter or embedding model."""


class HomeNotWritableError(LibraryError):
    """The folder that holds the library refuses writes."""


class LibraryBusyError(LibraryError):
    """Another process holds the library for longer than we wait."""


class IndexDamagedError(LibraryError):
    """The vector or word index cannot be opened, or disagrees with the catalogue."""


class CorpusError(AdviserError):
    """The packaged corpus breaks its own rules; the message names the entry."""


class ModelFileError(AdviserError):
    """The embedded embedding model is missing or damaged."""


class ChatModelError(AdviserError):
    """The chat model gave no usable reply; `kind` is what a receipt keeps of it."""

    kind = "model"


class ChatModelRefusedError(ChatModelError):
    """The model's server turned the request away: a wrong key, model name or address."""

    kind = "refused"


class ChatModelBusyError(ChatModelError):
    """The model's server asks us to wait. `wait_seconds`: how long it says, when it does."""

    kind = "busy"

    def __init__(self, message: str, *, wait_seconds: float | None = None) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class ChatModelDownError(ChatModelError):
    """The model's server cannot be reached, failed, or took too long."""

    kind = "down"


class ChatModelContextError(ChatModelError):
    """The request is longer than the model takes."""

    kind = "context"


class ChatModelReplyError(ChatModelError):
    """The reply was cut off, or could not be read."""

    kind = "reply"
