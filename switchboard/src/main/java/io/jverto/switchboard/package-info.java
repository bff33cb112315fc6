/// The switch: calls come in through `port`, run through a dialplan, and are joined with users, rooms and sounds.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard;
