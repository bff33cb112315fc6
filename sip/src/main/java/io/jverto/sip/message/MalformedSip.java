package io.jverto.sip.message;

/// Text that does not follow the grammar. Stays inside of this package: the decoder makes a value of it.
final class MalformedSip extends Exception {
    /// @param what what is wrong, for a person; carries nothing of the message
    MalformedSip(String what) {
        super(what, null, false, false);
    }
}
