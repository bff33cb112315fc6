/// The page at `/`.
@org.jspecify.annotations.NullMarked
package io.jverto.server.page;
