/// What goes to one client, in the order that clients rely on (verto-wire.md section 1.5).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.outbound;
