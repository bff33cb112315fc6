/// Commands that act on channels or compute (dialplan-directory.md section 14; verto-wire.md section 7.4).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.api;
