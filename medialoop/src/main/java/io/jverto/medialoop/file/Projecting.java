package io.jverto.medialoop.file;

/// A sound that plays, perhaps with pictures.
@FunctionalInterface
public interface Projecting {
    Projector projector();
}
