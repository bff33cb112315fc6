/// Looks at an installation for whoever runs it: what a caller would stumble over, and what to do.
@org.jspecify.annotations.NullMarked
package io.jverto.server.doctor;
