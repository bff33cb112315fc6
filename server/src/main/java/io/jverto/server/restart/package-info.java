/// Calls that go on when the server has been started again.
@org.jspecify.annotations.NullMarked
package io.jverto.server.restart;
