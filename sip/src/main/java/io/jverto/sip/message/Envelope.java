package io.jverto.sip.message;

import io.jverto.base.Broken;
import java.util.ArrayList;
import java.util.List;

/// What every message has, and what a response takes over from its request (RFC 3261 section 8.2.6.2).
///
/// @param vias the topmost first; at least one
/// @param callId not empty
public record Envelope(List<Via> vias, NameAddr from, NameAddr to, String callId, CSeq cseq) {
    public Envelope {
        vias = List.copyOf(vias);
        if (callId.isBlank() || callId.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new Broken("an envelope has a Call-ID without spaces");
        }
    }

    public Via topVia() {
        return vias.getFirst();
    }

    public Envelope withTopVia(Via via) {
        List<Via> changed = new ArrayList<>(vias);
        changed.set(0, via);
        return new Envelope(changed, from, to, callId, cseq);
    }

    public Envelope withTo(NameAddr changed) {
        return new Envelope(vias, from, changed, callId, cseq);
    }

    public Envelope with(Via only, CSeq changed) {
        return new Envelope(List.of(only), from, to, callId, changed);
    }
}
