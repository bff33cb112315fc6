/// The program: reads the configuration, makes every part, joins them, and ends them again. The only place that knows everyone.
@org.jspecify.annotations.NullMarked
package io.jverto.server;
