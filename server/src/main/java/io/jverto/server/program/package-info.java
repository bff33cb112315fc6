/// A program of this machine, run within bounds.
@org.jspecify.annotations.NullMarked
package io.jverto.server.program;
