package io.jverto.media.ice;

import io.jverto.media.stun.StunTransaction;

/// A binding request of ours. Its repetitions are the same message (RFC 8489 section 6.2.1).
///
/// @param nominates carries USE-CANDIDATE
/// @param controlling our role in it
record IceCheck(StunTransaction transaction, IcePair pair, boolean nominates, boolean controlling) {}
