/// `jverto cli`: a person or a script at the event socket of a server that runs.
@org.jspecify.annotations.NullMarked
package io.jverto.server.console;
