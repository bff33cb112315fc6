/// What the switch says to a client, as Verto messages (verto-wire.md section 5).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.present;
