/// The Verto endpoint: WebSockets in, calls out.
@org.jspecify.annotations.NullMarked
package io.jverto.verto;
