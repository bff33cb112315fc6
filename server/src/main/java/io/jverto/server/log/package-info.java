/// How the log looks.
@org.jspecify.annotations.NullMarked
package io.jverto.server.log;
