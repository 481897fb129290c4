"""The errors of the package, each with a message that says what to do next.

EmbeddingError
├── EncoderUnavailableError   the encoder that was asked for cannot be had
│   ├── ModelMissingError     its files are not there
│   └── ModelCorruptError     its files are there and are not what was built
├── EncoderBusyError          more texts are waiting than may
├── EncoderClosedError        the encoder was closed
├── ModelBuildError           the bundled model could not be built or written
└── EncodingError             an encoder gave something that is not a unit vector
"""


class EmbeddingError(Exception):
    """Base of everything that this package raises on purpose."""


class EncoderUnavailableError(EmbeddingError):
    """The encoder named by the configuration cannot be loaded."""


class ModelMissingError(EncoderUnavailableError):
    """The model's folder does not exist or holds no model."""


class ModelCorruptError(EncoderUnavailableError):
    """A file of the model is missing, or differs from the manifest written when it was built."""


class EncoderBusyError(EmbeddingError):
    """More texts are waiting than may; the caller can try again."""


class EncoderClosedError(EmbeddingError):
    """The encoder was closed before or while the texts waited."""


class ModelBuildError(EmbeddingError):
    """The bundled model could not be built: sources missing or altered, disk full, folder not writable."""


class EncodingError(EmbeddingError):
    """A vector cannot be normalised: it is all zeros or not finite."""
