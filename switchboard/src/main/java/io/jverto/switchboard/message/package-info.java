/// Written messages between users (verto-wire.md section 6.4).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.message;
