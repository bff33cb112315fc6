/// Files that play and are recorded: each on a virtual thread of its own, which a ring keeps apart from the tick threads.
@org.jspecify.annotations.NullMarked
package io.jverto.medialoop.file;
