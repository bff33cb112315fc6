/// One party's side of a call: its thread, its mailbox, its media, its end.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.channel;
