/// The threads that mix and play, on absolute 20 ms deadlines.
@org.jspecify.annotations.NullMarked
package io.jverto.medialoop.tick;
