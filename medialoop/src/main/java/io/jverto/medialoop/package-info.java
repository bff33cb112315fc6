/// The media threads and their UDP ports, and the switch's [io.jverto.switchboard.port.MediaService] on top of them.
@org.jspecify.annotations.NullMarked
package io.jverto.medialoop;
