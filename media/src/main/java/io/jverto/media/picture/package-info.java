/// Pictures of 4:2:0 and what is done with them: scaling, letters, and the canvas that is put together of many.
@org.jspecify.annotations.NullMarked
package io.jverto.media.picture;
