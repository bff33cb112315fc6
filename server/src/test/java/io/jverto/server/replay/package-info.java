/// Recorded dialogues of the reference server, played against ours.
@org.jspecify.annotations.NullMarked
package io.jverto.server.replay;
