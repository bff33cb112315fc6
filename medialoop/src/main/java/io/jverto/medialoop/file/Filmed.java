package io.jverto.medialoop.file;

/// A recording that takes pictures.
@FunctionalInterface
public interface Filmed {
    Film film();
}
