/// What the founding document tells people to write, as it is written there, on the whole server.
package io.jverto.server.recipes;
