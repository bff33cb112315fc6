/// The load generator: many Verto clients against any Verto server, and what they cost it.
@org.jspecify.annotations.NullMarked
package io.jverto.bench.load;
