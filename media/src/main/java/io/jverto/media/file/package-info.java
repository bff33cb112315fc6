/// Containers of sound: what the head of a file says. Bytes are given, no file is opened.
@org.jspecify.annotations.NullMarked
package io.jverto.media.file;
