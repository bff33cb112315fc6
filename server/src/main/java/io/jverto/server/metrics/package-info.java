/// What monitoring reads: figures in Prometheus's format, and whether the server is well.
@org.jspecify.annotations.NullMarked
package io.jverto.server.metrics;
