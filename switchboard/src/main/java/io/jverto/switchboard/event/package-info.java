/// Event channels: who hears what, in which order, and the arrays that are kept alike at many clients. No JSON text, no sockets.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.event;
