/// Messages from user to user, also to those who are not there (verto-wire.md section 6.4).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.message;
