/// Frames in, replies out: the life of one connection without its socket (verto-wire.md section 2).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.dispatch;
