package io.jverto.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What whoever starts the server chose.
///
/// @param page the folder of the built page
/// @param password of the default users; null for the generated one
/// @param anyPorts listen wherever it is free, on this machine only
record Options(Path conf, Path data, Path page, @Nullable String password, boolean anyPorts) {}
