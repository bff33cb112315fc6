/// The threads that work on the pictures of rooms, and the art that is made beside them.
@org.jspecify.annotations.NullMarked
package io.jverto.medialoop.picture;
