/// Logged-in clients by session id and by user (verto-wire.md section 4).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.session;
