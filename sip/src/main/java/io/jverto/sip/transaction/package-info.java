/// The four transactions of SIP (RFC 3261 section 17, corrected by RFC 6026): what makes a request and its response one thing although datagrams
/// get lost or come twice. Sans-IO: messages and time go in, effects go to [io.jverto.sip.transaction.TransactionOutput].
@org.jspecify.annotations.NullMarked
package io.jverto.sip.transaction;
