/// Networks by their addresses, and lists that say which of them may do something. Nothing here opens a socket or resolves a name.
@org.jspecify.annotations.NullMarked
package io.jverto.base.net;
