/// Changes of the users in the database, asked for on this machine alone: by `./jverto user`, which asks the server that runs.
@org.jspecify.annotations.NullMarked
package io.jverto.server.users;
