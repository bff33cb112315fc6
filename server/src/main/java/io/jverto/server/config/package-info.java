/// Reads a FreeSWITCH configuration tree: preprocessor, includes, XML (dialplan-directory.md sections 1 and 2).
@org.jspecify.annotations.NullMarked
package io.jverto.server.config;
