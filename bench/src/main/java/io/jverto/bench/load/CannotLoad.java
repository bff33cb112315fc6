package io.jverto.bench.load;

/// Something that whoever started the load can mend. The message says what.
final class CannotLoad extends RuntimeException {
    CannotLoad(String message) {
        super(message);
    }
}
