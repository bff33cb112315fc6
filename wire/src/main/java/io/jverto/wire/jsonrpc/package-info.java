/// JSON-RPC 2.0 as Verto speaks it: text to records and back (verto-wire.md section 2). The only package that knows Jackson.
@org.jspecify.annotations.NullMarked
package io.jverto.wire.jsonrpc;
