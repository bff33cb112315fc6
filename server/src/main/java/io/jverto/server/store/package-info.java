/// What outlives the server, in an embedded database or in PostgreSQL. SQL is known here alone.
@org.jspecify.annotations.NullMarked
package io.jverto.server.store;
