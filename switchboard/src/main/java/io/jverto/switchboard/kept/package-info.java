/// What is kept of calls while the server is started again.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.kept;
