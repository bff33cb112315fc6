/// The switch's way to clients: dial strings and API commands (verto-wire.md section 11).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.endpoint;
