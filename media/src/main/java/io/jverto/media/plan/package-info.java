/// What an offer and an answer agreed, as numbers that the media engines can work with. Immutable records, no behaviour.
@org.jspecify.annotations.NullMarked
package io.jverto.media.plan;
