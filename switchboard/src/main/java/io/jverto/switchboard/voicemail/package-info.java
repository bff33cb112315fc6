/// Mailboxes: callers leave messages, owners listen to them.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.voicemail;
