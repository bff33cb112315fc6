/// Clients that tests steer.
@org.jspecify.annotations.NullMarked
package io.jverto.testkit.client;
