/// Dial strings, ringing, and two channels joined (dialplan-directory.md sections 11 and 12).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.bridge;
