/// The pictures of one room: what its members send is decoded, painted on canvases and encoded for those who watch. Composes `media.frame` and
/// `media.picture`; belongs to the thread of pictures.
@org.jspecify.annotations.NullMarked
package io.jverto.media.studio;
