/// What somebody who looks at an installation finds, and how it is told.
@org.jspecify.annotations.NullMarked
package io.jverto.server.finding;
