package io.jverto.media.plan;

/// A master key and salt of one side (RFC 3711 section 3.2.1).
public record SrtpMaster(SrtpProfile profile, byte[] key, byte[] salt) {
    @Override
    public String toString() {
        return "SrtpMaster[" + profile + "]"; // keys are secrets: keep them out of logs
    }
}
